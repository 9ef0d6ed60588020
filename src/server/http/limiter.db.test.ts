import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { asOwner, unique } from "~/testing/tenants";
import { closeLimiter, countTry, limiterSweeps, type Limit } from "./limiter";

const url = process.env.DATABASE_SYSTEM_URL!;
let limit: Limit;
beforeEach(() => {
  limit = { name: unique("limit"), points: 3, windowSeconds: 60 };
});
afterEach(async () => {
  process.env.DATABASE_SYSTEM_URL = url;
  forgetEnv();
  await closeLimiter();
});
afterAll(closeClients);

const tries = async (count: number, key = "somebody") => {
  const answers: string[] = [];
  for (let at = 0; at < count; at++) {
    answers.push(
      await countTry(limit, key).then(
        () => "passed",
        ({ code }: { code: string }) => code,
      ),
    );
  }
  return answers;
};

describe("a limit", () => {
  it("lets exactly as many tries pass as it names, and says when to come back", async () => {
    expect(await tries(4)).toEqual(["passed", "passed", "passed", "kernel.too_many_requests"]);
    const refusal = (await countTry(limit, "somebody").catch((error: unknown) => error)) as {
      kind: string;
      publicMessage: string;
      details: { retryAfterSeconds: number };
    };
    expect(refusal).toMatchObject({ kind: "too_many_requests" });
    expect(refusal.details.retryAfterSeconds).toBeGreaterThan(50);
    expect(refusal.details.retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(refusal.publicMessage).toMatch(/^Too many tries\. Wait \d+ seconds and try again\.$/);
  });

  it("tells long waits in minutes", async () => {
    limit.windowSeconds = 900;
    await tries(3);
    await expect(countTry(limit, "somebody")).rejects.toMatchObject({
      publicMessage: expect.stringMatching(/Wait 15 minutes/),
    });
  });

  it("counts each key and each name for itself", async () => {
    await tries(3);
    expect(await tries(1, "somebody else")).toEqual(["passed"]);
    limit = { ...limit, name: unique("other") };
    expect(await tries(1)).toEqual(["passed"]);
  });

  it("holds over all instances together, not for each", async () => {
    expect(await tries(2)).toEqual(["passed", "passed"]);
    await closeLimiter(); // the next try is another process's first
    expect(await tries(2)).toEqual(["passed", "kernel.too_many_requests"]);
  });

  it("lets exactly as many pass of tries that come at once", async () => {
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => countTry(limit, "crowd")));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });

  it("ends with its window", async () => {
    limit.windowSeconds = 1;
    expect(await tries(4)).toEqual(["passed", "passed", "passed", "kernel.too_many_requests"]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await tries(1)).toEqual(["passed"]);
  });
});

it("lets tries pass while the database is down: a limiter must not be what takes sign-in down", async () => {
  await tries(3);
  await closeLimiter();
  process.env.DATABASE_SYSTEM_URL = "postgresql://a:b@127.0.0.1:1/c";
  forgetEnv();
  expect(await tries(2)).toEqual(["passed", "passed"]);
});

it("forgets keys, which hold addresses, when their window is over", async () => {
  const long = limit;
  await tries(1, "203.0.113.5");
  limit = { ...limit, name: unique("short"), windowSeconds: 1 };
  await tries(1, "203.0.113.6");
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  for (const { turn } of limiterSweeps()) await turn();
  const keys = await asOwner<{ key: string }>("select key from rate_limit where key = any($1)", [
    [`${long.name}:203.0.113.5`, `${limit.name}:203.0.113.6`],
  ]);
  expect(keys).toEqual([{ key: `${long.name}:203.0.113.5` }]);
});
