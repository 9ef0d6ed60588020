import fc from "fast-check";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import { describe, expect, it } from "vitest";
import { Leases, MOST_LEASED, type Store } from "./leases";

/** A real store of the library's in memory, that counts its writes and answers when it likes. */
function sharedStore(points: number, delay: () => Promise<void> = async () => {}) {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  const counts = { writes: 0 };
  const store: Store = {
    async consume(key, taken): Promise<RateLimiterRes> {
      counts.writes += 1;
      await delay();
      return limiter.consume(key, taken);
    },
  };
  return { store, counts };
}
const never = (error: unknown) => {
  throw error;
};
const processes = (count: number, store: Store, points: number) =>
  Array.from({ length: count }, () => new Leases(store, points, 60_000, never));

describe("leases", () => {
  it("never let more pass than the limit, whoever asks which process in what order; and refuse nobody under half of it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 5 })), { maxLength: 120 }),
        async (scheduler, points, count, asked) => {
          const { store } = sharedStore(points, () => scheduler.schedule(Promise.resolve()));
          const all = processes(count, store, points);
          const answers = asked.map(async ([at, calls]) => ({
            calls,
            ...(await all[at % count]!.take("k", calls)),
          }));
          await scheduler.waitFor(Promise.all(answers));
          const done = await Promise.all(answers);
          const sum = (isAllowed: boolean) =>
            done.filter((one) => one.isAllowed === isAllowed).reduce((total, { calls }) => total + calls, 0);
          expect(sum(true)).toBeLessThanOrEqual(points);
          if (sum(true) + sum(false) < points / 2) expect(sum(false)).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("miss at most a lease for each process besides the one that refuses", async () => {
    for (const count of [1, 2, 5]) {
      const points = 300;
      const { store } = sharedStore(points);
      const all = processes(count, store, points);
      let passed = 0;
      for (let at = 0; at < 2 * points; at++) if ((await all[at % count]!.take("k")).isAllowed) passed += 1;
      expect(passed).toBeLessThanOrEqual(points);
      expect(passed).toBeGreaterThanOrEqual(points - (count - 1) * MOST_LEASED);
    }
  });

  it("cost about a tenth of a write per request once a key is busy, and none once it is refused", async () => {
    const { store, counts } = sharedStore(600);
    const [one] = processes(1, store, 600);
    for (let at = 0; at < 600; at++) await one!.take("k");
    expect(counts.writes).toBeLessThanOrEqual(66);
    for (let at = 0; at < 5; at++) expect((await one!.take("k")).isAllowed).toBe(false);
    expect(counts.writes).toBeLessThanOrEqual(67);
  });

  it("take a batch whole or not at all", async () => {
    const { store } = sharedStore(10);
    const [one] = processes(1, store, 10);
    expect((await one!.take("k", 8)).isAllowed).toBe(true);
    expect((await one!.take("k", 8)).isAllowed).toBe(false);
    expect((await one!.take("k", 2)).isAllowed).toBe(true);
    expect((await one!.take("k")).isAllowed).toBe(false);
  });

  it("let all pass while the store fails, and do not ask it again at each request", async () => {
    const failures: unknown[] = [];
    let asked = 0;
    const broken: Store = {
      consume: async () => {
        asked += 1;
        throw new Error("down");
      },
    };
    const one = new Leases(broken, 1, 60_000, (error) => failures.push(error));
    for (let at = 0; at < 5; at++) expect((await one.take("k")).isAllowed).toBe(true);
    expect([failures.length, asked]).toEqual([1, 1]);
  });
});
