import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSuccess, judge, MAX_ATTEMPTS, nextTry, retryAfterMs, type Health, type Outcome } from "./rules";

const now = new Date("2026-11-21T12:00:00Z");
const answered = (status: number, retryAfterMs: number | null = null): Outcome => ({
  kind: "answered",
  status,
  retryAfterMs,
});
const hours = (count: number) => count * 3_600_000;

describe("a try", () => {
  it("succeeds with any 2xx and nothing else: a redirect is not followed", () => {
    expect(
      [199, 200, 202, 204, 299, 300, 302, 400, 410, 500].filter((status) => isSuccess(answered(status))),
    ).toEqual([200, 202, 204, 299]);
    expect(isSuccess({ kind: "failed", fault: "timeout" })).toBe(false);
  });

  it("that failed is repeated ten times over three to four days, ever more patiently", () => {
    let at = now;
    const waits: number[] = [];
    for (let attempt = 1; ; attempt++) {
      const next = nextTry(attempt, answered(500), at, 0.5);
      if (!next) break;
      waits.push(next.getTime() - at.getTime());
      at = next;
    }
    expect(waits).toHaveLength(MAX_ATTEMPTS - 1);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(at.getTime() - now.getTime()).toBeGreaterThan(hours(72));
    expect(at.getTime() - now.getTime()).toBeLessThan(hours(96));
  });

  it("waits as long as the answer asks, up to a day", () => {
    expect(nextTry(1, answered(429, 60_000), now, 0.5)!.getTime() - now.getTime()).toBe(60_000);
    expect(nextTry(1, answered(503, hours(999)), now, 0.5)!.getTime() - now.getTime()).toBe(hours(24));
    expect(nextTry(9, answered(503, 1), now, 0.5)!.getTime() - now.getTime()).toBe(hours(24));
  });

  it("reads Retry-After as seconds or as a date, and nothing from anything else", () => {
    expect(retryAfterMs("120", now)).toBe(120_000);
    expect(retryAfterMs("Sat, 21 Nov 2026 12:00:30 GMT", now)).toBe(30_000);
    expect(retryAfterMs("Sat, 21 Nov 2026 11:00:00 GMT", now)).toBe(0);
    expect(["soon", "", undefined].map((text) => retryAfterMs(text, now))).toEqual([null, null, null]);
  });
});

describe("an endpoint", () => {
  const failing = (sinceHours: number, warned = false): Health => ({
    failingSince: new Date(now.getTime() - hours(sinceHours)),
    warnedAt: warned ? now : null,
  });

  it("begins to fail with its first failure, and is well again with one success", () => {
    expect(judge({ failingSince: null, warnedAt: null }, answered(500), now)).toEqual({
      health: { failingSince: now, warnedAt: null },
      act: "none",
    });
    expect(judge(failing(50, true), answered(204), now)).toEqual({
      health: { failingSince: null, warnedAt: null },
      act: "none",
    });
  });

  it("is warned of after a day, once, and left alone after three", () => {
    expect(judge(failing(23.9), answered(500), now).act).toBe("none");
    expect(judge(failing(24), answered(500), now)).toMatchObject({ act: "warn", health: { warnedAt: now } });
    expect(judge(failing(30, true), answered(500), now).act).toBe("none");
    expect(judge(failing(72, true), { kind: "failed", fault: "dns" }, now).act).toBe("disable_failing");
  });

  it("that answers 410 is left alone at once", () => {
    expect(judge({ failingSince: null, warnedAt: null }, answered(410), now).act).toBe("disable_gone");
  });

  it("is never disabled while it answers now and then, whatever else it does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 35 })), { maxLength: 60 }),
        (tries) => {
          let health: Health = { failingSince: null, warnedAt: null };
          let at = now.getTime();
          let lastGood = at;
          for (const [isGood, after] of tries) {
            at += hours(after);
            const verdict = judge(health, answered(isGood ? 200 : 500), new Date(at));
            if (isGood) lastGood = at;
            if (verdict.act === "disable_failing") expect(at - lastGood).toBeGreaterThanOrEqual(hours(72));
            health = verdict.health;
          }
        },
      ),
    );
  });
});
