import { describe, expect, it } from "vitest";

import { contrast, legibleFill, parseColour, readableOn, toHex } from "./colour";

describe("contrast", () => {
  it("is 21 for black on white and 1 for a colour on itself", () => {
    expect(contrast(parseColour("#000000"), parseColour("#ffffff"))).toBeCloseTo(21);
    expect(contrast(parseColour("#123456"), parseColour("#123456"))).toBe(1);
  });

  it("agrees with the published value for the lightest grey that reads on white", () => {
    expect(contrast(parseColour("#767676"), parseColour("#ffffff"))).toBeCloseTo(4.54, 2);
  });
});

describe("parseColour", () => {
  it("reads the same colour in both notations", () => {
    expect(toHex(parseColour("oklch(0.6279 0.2577 29.23)"))).toBe("#ff0000");
  });

  it("refuses what it cannot read instead of guessing", () => {
    expect(() => parseColour("hotpink")).toThrow(RangeError);
  });
});

describe("readableOn", () => {
  it("leaves a colour alone that reads already", () => {
    expect(readableOn("#166b57", "#ffffff")).toBe("#166b57");
  });

  it.each([
    ["#ffd400", "#ffffff"],
    ["#00ffff", "#fffefd"],
    ["#1a1a80", "#181613"],
    ["#808080", "#808080"],
    ["#ffffff", "#ffffff"],
  ])("makes %s read on %s", (colour, background) => {
    const corrected = readableOn(colour, background);
    expect(contrast(parseColour(corrected), parseColour(background))).toBeGreaterThanOrEqual(4.5);
  });
});

describe("legibleFill", () => {
  it("keeps a bright colour and writes on it in the dark ink", () => {
    expect(legibleFill("#ffd400", ["#ffffff", "#111111"])).toEqual({ fill: "#ffd400", ink: "#111111" });
  });

  it("always gives a pair that reads, for greys from black to white", () => {
    for (let grey = 0; grey < 256; grey += 3) {
      const channel = grey.toString(16).padStart(2, "0");
      const { fill, ink } = legibleFill(`#${channel.repeat(3)}`, ["#f5fefb", "#021b14"]);
      expect(contrast(parseColour(fill), parseColour(ink))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
