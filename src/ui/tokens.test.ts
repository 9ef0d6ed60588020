import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { composite, contrast, type LinearRgb, parseColour } from "./colour";
import { readTokens } from "./tokens";

const tokens = readTokens(readFileSync(path.resolve("src/ui/tokens.css"), "utf8"));

const GROUNDS = ["canvas", "surface", "raised", "sunken"];
const TEXTS = ["ink", "ink-soft", "ink-faint", "accent", "positive", "caution", "negative", "info"];
const DYES = ["dye-1", "dye-2", "dye-3", "dye-4", "dye-5"];

describe.each(["light", "dark"] as const)("colours (%s)", (scheme) => {
  const colour = (name: string): LinearRgb => {
    const value = tokens[scheme].get(name);
    if (!value) throw new Error(`No token ${name}`);
    return parseColour(value);
  };
  /** Names of the pairs that stay below the ratio: empty when all is well. */
  const below = (ratio: number, pairs: [string, LinearRgb, LinearRgb][]): string[] =>
    pairs
      .map(([name, one, other]) => ({ name, ratio: contrast(one, other) }))
      .filter((pair) => pair.ratio < ratio)
      .map((pair) => `${pair.name} ${pair.ratio.toFixed(2)}`);

  it("text reads at 4.5:1 on every ground", () => {
    const pairs = [...TEXTS, ...DYES].flatMap((text) =>
      GROUNDS.map((ground): [string, LinearRgb, LinearRgb] => [
        `${text} on ${ground}`,
        colour(text),
        colour(ground),
      ]),
    );
    expect(below(4.5, pairs)).toEqual([]);
  });

  it("badges and avatars read at 4.5:1 on a tint of their own colour", () => {
    const pairs = [
      ...TEXTS.slice(3).map((name) => ({ name, alpha: 0.1 })),
      ...DYES.map((name) => ({ name, alpha: 0.14 })),
    ].flatMap(({ name, alpha }) =>
      // Bare, and under the tint of a row or button that the pointer is on.
      GROUNDS.slice(0, 3).flatMap((ground) =>
        [0, 0.05].map((hover): [string, LinearRgb, LinearRgb] => [
          `${name} on its tint over ${ground}${hover ? ", pointed at" : ""}`,
          colour(name),
          composite(colour(name), composite(colour("ink"), colour(ground), hover), alpha),
        ]),
      ),
    );
    expect(below(4.5, pairs)).toEqual([]);
  });

  it("what is written on a fill reads at 4.5:1", () => {
    expect(
      below(4.5, [
        ["accent-ink on accent", colour("accent-ink"), colour("accent")],
        ["canvas on negative", colour("canvas"), colour("negative")],
        ["canvas on ink (tooltips)", colour("canvas"), colour("ink")],
      ]),
    ).toEqual([]);
  });

  it("frames of controls, the focus ring and bars stand out at 3:1", () => {
    const shapes = ["line-strong", "accent", "positive", "caution", "negative", "ink-soft"];
    const pairs = shapes.flatMap((shape) =>
      GROUNDS.map((ground): [string, LinearRgb, LinearRgb] => [
        `${shape} on ${ground}`,
        colour(shape),
        colour(ground),
      ]),
    );
    expect(below(3, pairs)).toEqual([]);
  });

  it("can be shown by any screen, so that the contrast above is what people get", () => {
    const outside = [...tokens[scheme].keys()].filter((name) =>
      colour(name).some((channel) => channel < -0.004 || channel > 1.004),
    );
    expect(outside).toEqual([]);
  });
});

it("gives each colour a light and a dark value", () => {
  expect([...tokens.dark.keys()].sort()).toEqual([...tokens.light.keys()].sort());
});
