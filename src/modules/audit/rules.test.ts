import { describe, expect, it } from "vitest";
import { canonicalJson, maskSecrets } from "./rules";

describe("masking", () => {
  it("replaces whatever is called like a secret, at any depth and inside lists", () => {
    const masked = maskSecrets({ name: "Ada", apiKey: "k", inner: [{ refresh_token: "t", role: "owner" }] });
    expect(masked).toEqual({
      name: "Ada",
      apiKey: "[masked]",
      inner: [{ refresh_token: "[masked]", role: "owner" }],
    });
  });
  it("leaves dates and plain values alone", () => {
    const at = new Date();
    expect(maskSecrets({ at, count: 1, none: null })).toEqual({ at, count: 1, none: null });
  });
});

describe("canonical JSON", () => {
  it("is the same text for the same values in another order", () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: [3] } })).toBe(canonicalJson({ a: { c: [3], d: 2 }, b: 1 }));
  });
  it("keeps the order of lists, which means something", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });
});
