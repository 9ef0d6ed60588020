import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billingPeriod } from "./billing-period";

const instant = (text: string) => new Date(text);
const periodOf = (anchor: string, at: string) => {
  const { start, end } = billingPeriod(instant(anchor), instant(at));
  return [start.toISOString(), end.toISOString()];
};

const instants = fc.date({
  min: instant("2020-01-01T00:00:00Z"),
  max: instant("2040-01-01T00:00:00Z"),
  noInvalidDate: true,
});

describe("billingPeriod", () => {
  it("begins with the organization's creation instant", () => {
    expect(periodOf("2026-01-15T09:30:00.123Z", "2026-01-15T09:30:00.123Z")).toEqual([
      "2026-01-15T09:30:00.123Z",
      "2026-02-15T09:30:00.123Z",
    ]);
  });

  it("puts the instant of a bound into the later period, so that no use belongs to two", () => {
    expect(periodOf("2026-01-15T09:30:00Z", "2026-02-15T09:29:59.999Z")[0]).toBe("2026-01-15T09:30:00.000Z");
    expect(periodOf("2026-01-15T09:30:00Z", "2026-02-15T09:30:00.000Z")[0]).toBe("2026-02-15T09:30:00.000Z");
  });

  it("ends on the last day of a month that lacks the anchor day, and comes back to the day afterwards", () => {
    const starts = ["2026-02-10", "2026-03-10", "2026-04-10", "2026-05-10", "2028-03-05"].map(
      (at) => periodOf("2026-01-31T12:00:00Z", `${at}T00:00:00Z`)[0],
    );
    expect(starts).toEqual([
      "2026-01-31T12:00:00.000Z",
      "2026-02-28T12:00:00.000Z",
      "2026-03-31T12:00:00.000Z",
      "2026-04-30T12:00:00.000Z",
      "2028-02-29T12:00:00.000Z",
    ]);
  });

  it("holds the asked instant, whatever anchor and instant", () => {
    fc.assert(
      fc.property(instants, instants, (anchor, at) => {
        const { start, end } = billingPeriod(anchor, at);
        expect(start <= at && at < end).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves no gap and no overlap between neighbours", () => {
    fc.assert(
      fc.property(instants, instants, (anchor, at) => {
        const { start, end } = billingPeriod(anchor, at);
        expect(billingPeriod(anchor, end).start).toEqual(end);
        expect(billingPeriod(anchor, new Date(start.getTime() - 1)).end).toEqual(start);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never drifts from the anchor's day and time, but for days a month lacks", () => {
    fc.assert(
      fc.property(instants, instants, (anchor, at) => {
        const { start } = billingPeriod(anchor, at);
        const lastDay = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
        expect(start.getUTCDate()).toBe(Math.min(anchor.getUTCDate(), lastDay));
        expect(start.getTime() % 86_400_000).toBe(anchor.getTime() % 86_400_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
