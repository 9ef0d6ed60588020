// The same limits on a real Redis, chosen by REDIS_URL alone.
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { redisProgram, startRedis } from "~/testing/redis";
import { asOwner, unique } from "~/testing/tenants";
import { Leases, MOST_LEASED } from "./leases";
import { limiterFor } from "./limit-store";
import { closeLimiter, countTry } from "./limiter";
import { countCalls, forgetLeases } from "./rate-limits";

const program = redisProgram() ?? "";
const isThere = program !== "";
if (!isThere) {
  console.log("not run here: limits in Redis need redis-server, or Python's pip to fetch it");
  it.runIf(process.env.CI === "true")("Redis is needed, and in CI everything must run", () => {
    expect(isThere).toBe(true);
  });
}

let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
beforeAll(async () => {
  if (isThere) redis = await startRedis(program);
}, 60_000);
beforeEach(() => {
  process.env.REDIS_URL = redis?.url;
  process.env.REQUESTS_PER_SECOND_AT_LEAST = "0";
  forgetEnv();
  forgetLeases();
});
afterEach(async () => {
  delete process.env.REDIS_URL;
  forgetEnv();
  forgetLeases();
  await closeLimiter();
});
afterAll(() => redis?.stop());

it.runIf(isThere)("counts there, with an end to each key, and leaves Postgres alone", async () => {
  const key = unique("r");
  for (let at = 0; at < 30; at++)
    expect((await countCalls({ kind: "user", key, perSecond: 10 })).refusal).toBeNull();
  expect((await countCalls({ kind: "user", key, perSecond: 10 })).refusal).not.toBeNull();
  const client = new Redis(redis!.url);
  const [name] = await client.keys(`*${key}`);
  expect(await client.pttl(name!)).toBeGreaterThan(0);
  client.disconnect();
  expect(await asOwner("select 1 from rate_limit where key like $1", [`%${key}`])).toEqual([]);
});

it.runIf(isThere)(
  "lets several processes pass together what one may ask, at most a lease each less",
  async () => {
    const window = { keyPrefix: unique("many"), points: 200, duration: 60 };
    const all = Array.from(
      { length: 4 },
      () =>
        new Leases(limiterFor(window), window.points, 60_000, (error) => {
          throw error;
        }),
    );
    let passed = 0;
    for (let round = 0; round < 25; round++) {
      const answers = await Promise.all(Array.from({ length: 16 }, (_, at) => all[at % 4]!.take("busy")));
      passed += answers.filter(({ isAllowed }) => isAllowed).length;
    }
    expect(passed).toBeLessThanOrEqual(200);
    expect(passed).toBeGreaterThanOrEqual(200 - 3 * MOST_LEASED);
  },
);

it.runIf(isThere)("holds the limits of sign-in and tokens too", async () => {
  const limit = { name: unique("sign-in"), points: 2, windowSeconds: 60 };
  await countTry(limit, "a");
  await countTry(limit, "a");
  await expect(countTry(limit, "a")).rejects.toMatchObject({ code: "kernel.too_many_requests" });
});

it.runIf(isThere)("lets all pass while it cannot be reached", async () => {
  process.env.REDIS_URL = "redis://127.0.0.1:1";
  forgetEnv();
  await closeLimiter();
  const key = unique("r");
  for (let at = 0; at < 40; at++)
    expect((await countCalls({ kind: "user", key, perSecond: 10 })).refusal).toBeNull();
});
