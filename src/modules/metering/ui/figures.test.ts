import { describe, expect, it } from "vitest";
import { METER_NAMES } from "~/kernel/meter-table";
import { amount, dailyPace, dayWords, figure, nextToRunOut, ofLimit, shareUsed, standingOf } from "./figures";

describe("figures", () => {
  it("speak in the plan's units", () => {
    expect(amount("jobs", 1_200)).toBe("1,200 jobs");
    expect(amount("jobs", 1)).toBe("1 job");
    expect(amount("tts_seconds", 90)).toBe("1.5 minutes");
    expect(amount("render_seconds", 60)).toBe("1 minute");
    expect(amount("storage_bytes", 250_000_000)).toBe("0.25 GB");
    expect(figure("ai_tokens", 1_000_000)).toBe("1,000,000");
  });

  it("have a word for one of each unit", () => {
    for (const meter of METER_NAMES) expect(amount(meter, 0)).toMatch(/^0 \w+$/);
  });

  it("name a limit where there is one", () => {
    expect(ofLimit({ meter: "jobs", used: 3, limit: 500 })).toBe("3 of 500 jobs");
    expect(ofLimit({ meter: "api_calls", used: 3, limit: -1 })).toBe("3 calls");
  });
});

describe("standing", () => {
  const at = (used: number, limit = 100) => standingOf({ meter: "jobs", used, limit });
  it("warns from 80 % on, and says at 100 % that it has run out", () => {
    expect([79, 80, 99, 100, 140].map((used) => at(used))).toEqual(["fine", "near", "near", "full", "full"]);
  });

  it("is fine where there is no limit, and where the plan has none of it and none was used", () => {
    expect(at(1_000_000, -1)).toBe("fine");
    expect(at(0, 0)).toBe("fine");
    expect(at(1, 0)).toBe("full");
  });
});

describe("nextToRunOut", () => {
  const jobs = { meter: "jobs" as const, used: 10, limit: 100 };
  const images = { meter: "images" as const, used: 9, limit: 10 };
  it("is the one with the largest share used", () => {
    expect(nextToRunOut([jobs, images])).toBe(images);
  });
  it("is never one without a limit, nor one the plan lacks", () => {
    expect(
      nextToRunOut([
        { meter: "api_calls", used: 9_999, limit: -1 },
        { meter: "images", used: 0, limit: 0 },
      ]),
    ).toBeUndefined();
    expect(
      nextToRunOut([
        { ...jobs, used: 0 },
        { ...images, used: 0 },
      ]),
    ).toMatchObject({ meter: "jobs" });
  });
});

it("a pace is the limit by days, and a day is read in its own zone's words", () => {
  expect(dailyPace(300, 30)).toBe(10);
  expect(dailyPace(-1, 30)).toBeNull();
  expect(dayWords("2026-11-01")).toBe("1 Nov");
  expect(shareUsed({ meter: "jobs", used: 50, limit: 200 })).toBe(0.25);
});
