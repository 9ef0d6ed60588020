import { describe, expect, it } from "vitest";

import { formatNumber } from "./format-number";

describe("formatNumber", () => {
  it("keeps every digit of a decimal string", () => {
    expect(formatNumber("12345678901234567890.12", { maximumFractionDigits: 2 })).toBe(
      "12,345,678,901,234,567,890.12",
    );
  });

  it("shows money in the digits of its currency", () => {
    expect(formatNumber("1234.5", { currency: "EUR" })).toBe("€1,234.50");
    expect(formatNumber("1234", { currency: "JPY" })).toBe("¥1,234");
  });

  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [1_540_000_000, "1.5 GB"],
    [2e18, "2,000 PB"],
  ])("counts %i bytes by the thousand: %s", (bytes, expected) => {
    expect(formatNumber(bytes, { style: "bytes" })).toBe(expected);
  });

  it("shortens, signs and turns into percent when asked", () => {
    expect(formatNumber(1_234_567, { compact: true })).toBe("1.2M");
    expect(formatNumber(12, { signed: true })).toBe("+12");
    expect(formatNumber(0.125, { style: "percent", maximumFractionDigits: 1 })).toBe("12.5%");
  });

  it("follows the locale", () => {
    expect(formatNumber(1234.5, { locale: "de-DE" })).toBe("1.234,5");
  });
});
