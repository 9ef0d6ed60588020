// The limits on real Postgres: several processes, each with its own connections, share one table.
import pg from "pg";
import { RateLimiterPostgres } from "rate-limiter-flexible";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { metrics } from "~/server/observability/metrics";
import { unique } from "~/testing/tenants";
import { Leases, MOST_LEASED } from "./leases";
import { closeLimiter } from "./limiter";
import { countCalls, forgetLeases, rateHeaders, type Counted } from "./rate-limits";

const url = process.env.DATABASE_SYSTEM_URL!;
beforeEach(() => {
  process.env.REQUESTS_PER_SECOND_AT_LEAST = "0";
  process.env.ANONYMOUS_REQUESTS_PER_MINUTE = "60";
  forgetEnv();
  forgetLeases();
});
afterEach(async () => {
  process.env.DATABASE_SYSTEM_URL = url;
  forgetEnv();
  forgetLeases();
  await closeLimiter();
});

describe("four processes on one table", () => {
  const pools = Array.from({ length: 4 }, () => new pg.Pool({ connectionString: url, max: 2 }));
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  it("let pass together what one may ask, at most a lease each less, for a fraction of a write per request", async () => {
    const points = 200;
    let writes = 0;
    const keyPrefix = unique("many");
    const all = pools.map((storeClient) => {
      const limiter = new RateLimiterPostgres({
        ...{ storeClient, keyPrefix, points, duration: 60 },
        tableName: "rate_limit",
        tableCreated: true,
        clearExpiredByTimeout: false,
      });
      const store = {
        consume: (key: string, taken: number) => {
          writes += 1;
          return limiter.consume(key, taken);
        },
      };
      return new Leases(store, points, 60_000, (error) => {
        throw error;
      });
    });
    let passed = 0;
    // Rounds of requests that come at once, as from a busy program over a load balancer.
    for (let round = 0; round < 25; round++) {
      const answers = await Promise.all(Array.from({ length: 16 }, (_, at) => all[at % 4]!.take("busy")));
      passed += answers.filter(({ isAllowed }) => isAllowed).length;
    }
    expect(passed).toBeLessThanOrEqual(points);
    expect(passed).toBeGreaterThanOrEqual(points - 3 * MOST_LEASED);
    expect(writes).toBeLessThan(passed / 3);
  });
});

describe("a caller", () => {
  const times = async (count: number, who: Counted) => {
    const answers = [];
    for (let at = 0; at < count; at++) answers.push(await countCalls(who));
    return answers;
  };

  it.each([
    ["an address where nobody is known", { kind: "anonymous", key: unique("a") } as const, 60, 60],
    ["a person without an organization", { kind: "user", key: unique("u"), perSecond: 0 } as const, 30, 3],
    ["a key of a plan with 50 a second", { kind: "key", key: unique("k"), perSecond: 50 } as const, 150, 3],
  ])("has its limit: %s", async (_name, who, limit, windowS) => {
    const before = (await metrics().rateRefusals.get()).values.find(
      ({ labels }) => labels.kind === who.kind,
    )?.value;
    const answers = await times(limit + 1, who);
    expect(answers.filter(({ refusal }) => refusal).length).toBe(1);
    const last = answers.at(-1)!;
    expect(last.refusal).toMatchObject({ kind: "too_many_requests", code: "kernel.too_many_requests" });
    expect(last.refusal!.details.retryAfterSeconds).toBeLessThanOrEqual(windowS);
    expect(rateHeaders(last.state)).toEqual({
      "ratelimit-limit": String(limit),
      "ratelimit-remaining": "0",
      "ratelimit-reset": String(last.refusal!.details.retryAfterSeconds),
      "ratelimit-policy": `${limit};w=${windowS}`,
    });
    const after = (await metrics().rateRefusals.get()).values.find(({ labels }) => labels.kind === who.kind);
    expect(after!.value - (before ?? 0)).toBe(1);
  });

  it("may ask again when its window is over", async () => {
    const who = { kind: "user", key: unique("u"), perSecond: 0 } as const;
    expect((await times(31, who)).at(-1)!.refusal).not.toBeNull();
    await expect
      .poll(async () => (await countCalls(who)).refusal, { timeout: 4_000, interval: 100 })
      .toBeNull();
  });

  it("is not held against another one", async () => {
    await times(31, { kind: "user", key: unique("busy"), perSecond: 0 });
    expect((await countCalls({ kind: "user", key: unique("calm"), perSecond: 0 })).refusal).toBeNull();
  });

  it("passes while the store cannot be reached, and metrics say so", async () => {
    await closeLimiter();
    process.env.DATABASE_SYSTEM_URL = "postgresql://a:b@127.0.0.1:1/c";
    forgetEnv();
    const before = (await metrics().rateStoreFailures.get()).values[0]?.value ?? 0;
    const answers = await times(40, { kind: "user", key: unique("u"), perSecond: 0 });
    expect(answers.filter(({ refusal }) => refusal)).toEqual([]);
    expect((await metrics().rateStoreFailures.get()).values[0]!.value).toBe(before + 1);
  });
});
