import { describe, expect, it } from "vitest";

import { formatExact, formatRelative } from "./format-time";

const now = new Date("2026-03-14T09:00:00Z");
const ago = (milliseconds: number): string =>
  formatRelative(new Date(now.getTime() - milliseconds), now, "en-GB", "UTC");

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("formatRelative", () => {
  it.each([
    [0, "now"],
    [44_000, "now"],
    [46_000, "1 minute ago"],
    [59 * minute + 59_000, "59 minutes ago"],
    [hour, "1 hour ago"],
    [119 * minute, "1 hour ago"],
    [day, "yesterday"],
    [6 * day, "6 days ago"],
    [7 * day, "7 Mar"],
    [100 * day, "4 Dec 2025"],
    [-46_000, "in 1 minute"],
    [-3 * hour, "in 3 hours"],
    [-day, "tomorrow"],
  ])("%i ms ago is %s", (elapsed, expected) => {
    expect(ago(elapsed)).toBe(expected);
  });

  it("takes day and year from the zone it is told, not from the machine's", () => {
    const newYear = new Date("2025-12-31T23:30:00Z");
    expect(formatRelative(newYear, now, "en-GB", "UTC")).toBe("31 Dec 2025");
    expect(formatRelative(newYear, now, "en-GB", "Asia/Tokyo")).toBe("1 Jan");
  });

  it("speaks the language it is told", () => {
    expect(formatRelative(new Date(now.getTime() - hour), now, "de", "UTC")).toBe("vor 1 Stunde");
  });
});

describe("formatExact", () => {
  it("names the second and the zone", () => {
    expect(formatExact(now, "en-GB", "Europe/Berlin")).toBe("14 Mar 2026, 10:00:00 CET");
  });
});
