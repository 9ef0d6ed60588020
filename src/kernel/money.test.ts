import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addAmounts, compareAmounts, fromMinor, roundToMinor, timesAmount, toMinor } from "./money";

describe("amounts", () => {
  it.each([
    [2900, "usd", "29"],
    [1, "USD", "0.01"],
    [500, "jpy", "500"],
    [1234, "kwd", "1.234"],
    ["0.1", "usd", "0.001"],
    [-1450, "usd", "-14.5"],
  ])("takes %s minor units of %s for %s", (minor, currency, amount) => {
    expect(fromMinor(minor, currency)).toBe(amount);
  });

  it.each([
    ["0.005", "usd", "0.01"],
    ["0.0049999", "usd", "0.00"],
    ["-0.005", "usd", "-0.01"],
    ["0.5", "jpy", "1"],
    ["1.2345", "kwd", "1.235"],
  ])("rounds %s %s half up to %s", (amount, currency, rounded) => {
    expect(roundToMinor(amount, currency)).toBe(rounded);
  });

  it("comes back from minor units unchanged, whatever the currency", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom("usd", "jpy", "kwd"), (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency)).toBe(String(minor));
      }),
    );
  });

  it("adds what floats cannot", () => {
    expect(addAmounts("0.1", "0.2")).toBe("0.3");
    expect(timesAmount("0.001", 1_234_567n)).toBe("1234.567");
    expect(compareAmounts("29.000", "29")).toBe(0);
  });
});
