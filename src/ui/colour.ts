/** Linear-light sRGB, each channel 0 to 1. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

type Oklch = readonly [lightness: number, chroma: number, hueDegrees: number];

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

// Matrices from Björn Ottosson, "A perceptual color space for image processing".
function oklchToLinear([lightness, chroma, hue]: Oklch): LinearRgb {
  const radians = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(radians);
  const b = chroma * Math.sin(radians);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function linearToOklch([red, green, blue]: LinearRgb): Oklch {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(a, b), ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360];
}

const encode = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;

const decode = (encoded: number): number =>
  encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;

/** Reads `oklch(L C H)` or `#rrggbb`. Throws a RangeError for anything else. */
export function parseColour(source: string): LinearRgb {
  const oklch = /^oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\)$/.exec(source.trim());
  if (oklch) return oklchToLinear([Number(oklch[1]), Number(oklch[2]), Number(oklch[3])]);

  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(source.trim());
  if (hex) {
    const channel = (digits: string | undefined): number => decode(Number.parseInt(digits ?? "0", 16) / 255);
    return [channel(hex[1]), channel(hex[2]), channel(hex[3])];
  }
  throw new RangeError(`Not an oklch() or #rrggbb colour: ${source}`);
}

export function toHex(colour: LinearRgb): string {
  return `#${colour
    .map((channel) =>
      Math.round(encode(clamp(channel)) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** What the eye gets when `over` is painted at `alpha` (0 to 1) on `under`. */
export function composite(over: LinearRgb, under: LinearRgb, alpha: number): LinearRgb {
  // Browsers blend encoded values, not light.
  const blend = (top: number, bottom: number): number =>
    decode(encode(clamp(top)) * alpha + encode(clamp(bottom)) * (1 - alpha));
  return [blend(over[0], under[0]), blend(over[1], under[1]), blend(over[2], under[2])];
}

function luminance([red, green, blue]: LinearRgb): number {
  return 0.2126 * clamp(red) + 0.7152 * clamp(green) + 0.0722 * clamp(blue);
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(one: LinearRgb, other: LinearRgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function isInGamut(colour: LinearRgb): boolean {
  return colour.every((channel) => channel >= -0.0005 && channel <= 1.0005);
}

/**
 * The colour nearest to `colour` that reads on `background` at `ratio` or more:
 * hue stays, lightness moves away from the background in steps of one
 * hundredth, chroma gives way only where the screen cannot show it. A colour
 * somebody chose for their brand is so corrected instead of refused.
 * Takes and returns `#rrggbb`.
 */
export function readableOn(colour: string, background: string, ratio = 4.5): string {
  const under = parseColour(background);
  const start = parseColour(colour);
  if (contrast(start, under) >= ratio) return toHex(start);

  const [lightness, chroma, hue] = linearToOklch(start);
  // Black reads better than white on anything lighter than this luminance.
  const direction = luminance(under) > 0.179 ? -1 : 1;
  for (let l = lightness; l >= 0 && l <= 1; l += direction * 0.01) {
    let c = chroma;
    while (c > 0.002 && !isInGamut(oklchToLinear([l, c, hue]))) c *= 0.92;
    const hex = toHex(oklchToLinear([l, c, hue]));
    if (contrast(parseColour(hex), under) >= ratio) return hex;
  }
  return direction < 0 ? "#000000" : "#ffffff";
}

/**
 * A fill somebody chose and the ink to write on it: of the two inks the one that
 * reads better. A colour so middling that neither reads at 4.5:1 is moved away
 * from the first. Takes and returns `#rrggbb`.
 */
export function legibleFill(
  colour: string,
  [first, second]: readonly [string, string],
): { fill: string; ink: string } {
  const against = (ink: string): number => contrast(parseColour(ink), parseColour(colour));
  const ink = against(first) >= against(second) ? first : second;
  if (against(ink) >= 4.5) return { fill: toHex(parseColour(colour)), ink };
  return { fill: readableOn(colour, first), ink: first };
}
