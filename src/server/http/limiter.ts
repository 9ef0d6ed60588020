/** Counts how often something was tried within a time, shared by all instances through Postgres. */
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import pg from "pg";
import { DomainError } from "~/kernel/errors";
import { env } from "~/server/config/env";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";

export type Limit = {
  /** Bounded name; part of the key. */
  name: string;
  /** Tries allowed per window. */
  points: number;
  windowSeconds: number;
};

const held = globalThis as typeof globalThis & {
  __tenantryLimiter?: { pool: pg.Pool; limiters: Map<string, RateLimiterPostgres> };
};

function limiterOf(limit: Limit): RateLimiterPostgres {
  held.__tenantryLimiter ??= {
    pool: new pg.Pool({
      connectionString: env().DATABASE_SYSTEM_URL,
      max: 1,
      connectionTimeoutMillis: 5_000,
    }),
    limiters: new Map(),
  };
  const { pool, limiters } = held.__tenantryLimiter;
  // An idle connection that dies is replaced by the next try.
  if (pool.listenerCount("error") === 0) pool.on("error", () => {});
  const known = limiters.get(limit.name);
  if (known) return known;
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    tableName: "rate_limit",
    tableCreated: true,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.windowSeconds,
    clearExpiredByTimeout: false,
    inMemoryBlockOnConsumed: limit.points,
  });
  limiters.set(limit.name, limiter);
  return limiter;
}

/**
 * Counts one try of `key`.
 * @throws kernel.too_many_requests with `retryAfterSeconds` when the window is used up. A database that does not
 * answer lets the try pass: a limiter must not be what takes sign-in down.
 */
export async function countTry(limit: Limit, key: string): Promise<void> {
  try {
    await limiterOf(limit).consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) {
      logger().warn({ err: refused, limit: limit.name }, "limiter did not answer; the try passed");
      return;
    }
    const retryAfterSeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw new DomainError(
      "too_many_requests",
      "kernel.too_many_requests",
      `Too many tries. Wait ${retryAfterSeconds < 90 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`} and try again.`,
      { retryAfterSeconds },
    );
  }
}

/** Removes counters whose window is over, every 10 minutes: keys hold addresses. */
export const limiterSweeps = (): Sweep[] => [
  {
    name: "limiter",
    everyMs: 10 * 60_000,
    turn: () =>
      inTurn(
        "limiter",
        ({ db }) => db.$executeRaw`DELETE FROM rate_limit WHERE expire < ${BigInt(Date.now())}`,
      ),
  },
];

export async function closeLimiter(): Promise<void> {
  await held.__tenantryLimiter?.pool.end();
  held.__tenantryLimiter = undefined;
}
