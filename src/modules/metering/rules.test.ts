import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METER_NAMES } from "~/kernel/meter-table";
import {
  beyond,
  daysBetween,
  forecast,
  limitInUnits,
  overageCost,
  overageUnitPrice,
  periodBack,
  reachesLimitAt,
} from "./rules";
import { billingPeriod } from "~/kernel/billing-period";

const instant = (text: string) => new Date(text);
const NOVEMBER = { start: instant("2026-11-01T00:00:00Z"), end: instant("2026-12-01T00:00:00Z") };

describe("limits", () => {
  it("turns minutes into seconds and GB into bytes of 10⁹, and leaves unlimited alone", () => {
    expect(limitInUnits("tts_seconds", 1_000)).toBe(60_000);
    expect(limitInUnits("storage_bytes", 100)).toBe(100_000_000_000);
    expect(limitInUnits("jobs", 5_000)).toBe(5_000);
    for (const meter of METER_NAMES) expect(limitInUnits(meter, -1)).toBe(-1);
  });

  it("finds nothing beyond an unlimited plan, and only what is beyond a limited one", () => {
    expect(beyond(1_000_000, -1)).toBe(0);
    expect(beyond(10, 10)).toBe(0);
    expect(beyond(13, 10)).toBe(3);
  });
});

describe("overage", () => {
  it("costs what the table of plans says: image $0.05, speech $0.001 a second, rendering $0.10 a minute, storage $0.10 a GB-month", () => {
    expect(overageCost("images", 7)).toBe("0.350");
    expect(overageCost("tts_seconds", 1)).toBe("0.001");
    expect(overageCost("render_seconds", 60)).toBe("0.100");
    expect(overageCost("render_seconds", 61)).toBe("0.102");
    expect(overageCost("storage_bytes", 2_500_000_000)).toBe("0.250");
  });

  it("has no price for jobs and AI tokens, of which nothing beyond can be bought", () => {
    expect(overageCost("jobs", 5)).toBeNull();
    expect(overageUnitPrice("ai_tokens")).toBeNull();
    expect(overageUnitPrice("render_seconds")).toBe("0.001666666667");
  });
});

describe("forecast", () => {
  it("draws a straight line through the start of the period", () => {
    expect(forecast(100, NOVEMBER, instant("2026-11-11T00:00:00Z"))).toBe(300);
  });

  it("says nothing on the first day, nor after the end", () => {
    expect(forecast(5, NOVEMBER, instant("2026-11-01T12:00:00Z"))).toBeNull();
    expect(forecast(5, NOVEMBER, instant("2026-12-01T00:00:00Z"))).toBeNull();
  });

  it("names the instant the limit is reached at, when that is within the period", () => {
    const at = instant("2026-11-11T00:00:00Z");
    expect(reachesLimitAt(100, 200, NOVEMBER, at)).toEqual(instant("2026-11-21T00:00:00Z"));
    expect(reachesLimitAt(100, 301, NOVEMBER, at)).toBeNull();
    expect(reachesLimitAt(100, 100, NOVEMBER, at)).toBeNull();
    expect(reachesLimitAt(100, -1, NOVEMBER, at)).toBeNull();
  });
});

describe("days", () => {
  it("names each day of a time zone once, over both changes of the clock", () => {
    const days = daysBetween(
      "Europe/Berlin",
      instant("2026-03-27T23:00:00Z"),
      instant("2026-03-30T21:59:59Z"),
    );
    expect(days).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    const autumn = daysBetween(
      "Europe/Berlin",
      instant("2026-10-23T22:00:00Z"),
      instant("2026-10-26T12:00:00Z"),
    );
    expect(autumn).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
  });

  it("leaves no day out and doubles none, whatever zone and period", () => {
    const zones = fc.constantFrom("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "Africa/Cairo");
    const instants = fc.date({ min: instant("2020-01-01"), max: instant("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 0, max: 40 * 86_400_000 }), (zone, start, length) => {
        const days = daysBetween(zone, start, new Date(start.getTime() + length));
        for (const [index, day] of days.entries()) {
          const before = days[index - 1];
          if (before)
            expect(Date.parse(`${day}T00:00:00Z`) - Date.parse(`${before}T00:00:00Z`)).toBe(86_400_000);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("periodBack", () => {
  it("walks back one period at a time", () => {
    const at = (moment: Date) => billingPeriod(instant("2026-01-31T10:00:00Z"), moment);
    const now = instant("2026-04-15T00:00:00Z");
    expect(periodBack(at, now, 0).start).toEqual(instant("2026-03-31T10:00:00Z"));
    expect(periodBack(at, now, 2).start).toEqual(instant("2026-01-31T10:00:00Z"));
  });
});
