import { describe, expect, it } from "vitest";

import { dyeOf, initials } from "./initials";

describe("initials", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["ada", "A"],
    ["Jean-Luc Picard", "JP"],
    ["grace.hopper@example.com", "GH"],
    ["  (Acme)  Ltd ", "AL"],
    ["محمد علي", "مع"],
    ["𝒜da", "𝒜"],
    ["", "?"],
    ["—", "?"],
  ])("%s → %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe("dyeOf", () => {
  it("never changes for a seed", () => {
    expect(dyeOf("0190b3a2-77c1")).toBe(dyeOf("0190b3a2-77c1"));
  });

  it("uses every dye, and only those there are", () => {
    const seen = new Set(Array.from({ length: 200 }, (_, index) => dyeOf(`person ${index}`)));
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
