/**
 * Mail programs know neither custom properties nor OKLCH. These are the tokens
 * of tokens.css in hexadecimal; palette.test.ts holds the two together.
 */
export const mailPalette = {
  light: {
    canvas: "#fbf9f5",
    surface: "#fffefd",
    sunken: "#f3f1ec",
    line: "#e2dfda",
    ink: "#221d18",
    "ink-soft": "#565049",
    "ink-faint": "#6f6962",
    accent: "#166b57",
    "accent-ink": "#f5fefb",
  },
  dark: {
    canvas: "#110f0d",
    surface: "#181613",
    sunken: "#0c0b09",
    line: "#2d2a27",
    ink: "#efece7",
    "ink-soft": "#b6b2aa",
    "ink-faint": "#9b968f",
    accent: "#68cdb0",
    "accent-ink": "#021b14",
  },
} as const;
