import type { Config } from "tailwindcss";

/**
 * Colours, sizes and radii replace Tailwind's own instead of adding to them:
 * `text-gray-500`, `text-4xl` or `rounded-3xl` do not exist here, so a page
 * cannot leave the scale by habit.
 */
const config: Config = {
  content: ["./src/**/*.{ts,tsx}"],
  darkMode: ["variant", "&:where(.dark, .dark *)"],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      inherit: "inherit",
      canvas: "var(--canvas)",
      surface: "var(--surface)",
      raised: "var(--raised)",
      sunken: "var(--sunken)",
      line: { DEFAULT: "var(--line)", strong: "var(--line-strong)" },
      ink: { DEFAULT: "var(--ink)", soft: "var(--ink-soft)", faint: "var(--ink-faint)" },
      accent: { DEFAULT: "var(--accent)", ink: "var(--accent-ink)" },
      positive: "var(--positive)",
      caution: "var(--caution)",
      negative: "var(--negative)",
      info: "var(--info)",
      dye: {
        1: "var(--dye-1)",
        2: "var(--dye-2)",
        3: "var(--dye-3)",
        4: "var(--dye-4)",
        5: "var(--dye-5)",
      },
      scrim: "var(--scrim)",
    },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "ui-sans-serif", "system-ui", "sans-serif"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
    },
    fontSize: {
      xs: ["0.75rem", { lineHeight: "1rem" }],
      sm: ["0.8125rem", { lineHeight: "1.25rem" }],
      base: ["0.875rem", { lineHeight: "1.25rem" }],
      lg: ["1rem", { lineHeight: "1.5rem" }],
      xl: ["1.25rem", { lineHeight: "1.75rem", letterSpacing: "-0.012em" }],
      "2xl": ["1.75rem", { lineHeight: "2.25rem", letterSpacing: "-0.02em" }],
      "3xl": ["2.5rem", { lineHeight: "2.75rem", letterSpacing: "-0.028em" }],
    },
    borderRadius: {
      none: "0",
      DEFAULT: "6px",
      md: "6px",
      lg: "8px",
      full: "9999px",
    },
    boxShadow: {
      none: "none",
      float: "var(--elevation)",
    },
    extend: {
      spacing: {
        control: "var(--control)",
        row: "var(--row)",
      },
      maxWidth: {
        prose: "68ch",
        page: "76rem",
      },
      transitionDuration: { DEFAULT: "var(--motion)" },
      transitionTimingFunction: { DEFAULT: "var(--ease)" },
      keyframes: {
        "fade-in": { from: { opacity: "0" } },
        "fade-out": { to: { opacity: "0" } },
        "pop-in": { from: { opacity: "0", transform: "scale(0.97)" } },
        "pop-out": { to: { opacity: "0", transform: "scale(0.98)" } },
        "slide-in-end": { from: { transform: "translateX(calc(var(--inline) * 100%))" } },
        "slide-out-end": { to: { transform: "translateX(calc(var(--inline) * 100%))" } },
        "slide-in-start": { from: { transform: "translateX(calc(var(--inline) * -100%))" } },
        "slide-out-start": { to: { transform: "translateX(calc(var(--inline) * -100%))" } },
        "slide-in-bottom": { from: { transform: "translateY(100%)" } },
        "slide-out-bottom": { to: { transform: "translateY(100%)" } },
        breathe: { "50%": { opacity: "0.45" } },
        // Quick at first, then ever slower: it never pretends to have arrived.
        route: {
          from: { transform: "scaleX(0.04)" },
          "20%": { transform: "scaleX(0.55)" },
          to: { transform: "scaleX(0.94)" },
        },
      },
      animation: {
        "fade-in": "fade-in var(--motion) var(--ease)",
        "fade-out": "fade-out 120ms var(--ease)",
        "pop-in": "pop-in var(--motion) var(--ease)",
        "pop-out": "pop-out 120ms var(--ease)",
        "slide-in-end": "slide-in-end 180ms var(--ease)",
        "slide-out-end": "slide-out-end var(--motion) var(--ease)",
        "slide-in-start": "slide-in-start 180ms var(--ease)",
        "slide-out-start": "slide-out-start var(--motion) var(--ease)",
        "slide-in-bottom": "slide-in-bottom 180ms var(--ease)",
        "slide-out-bottom": "slide-out-bottom var(--motion) var(--ease)",
        breathe: "breathe 1.8s ease-in-out infinite",
        route: "route 6s ease-out forwards",
      },
    },
  },
};

export default config;
