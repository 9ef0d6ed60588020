/** Where limits are counted over all instances: Postgres, or Redis where `REDIS_URL` names one. */
import { Redis } from "ioredis";
import pg from "pg";
import { RateLimiterPostgres, RateLimiterRedis, type RateLimiterStoreAbstract } from "rate-limiter-flexible";
import { env } from "~/server/config/env";

/** Milliseconds after which a store that does not answer is given up for this try. */
const TIMEOUT_MS = 5_000;

type Store = { pool: pg.Pool } | { redis: Redis };
const held = globalThis as typeof globalThis & { __tenantryLimitStore?: Store };

function open(): Store {
  if (held.__tenantryLimitStore) return held.__tenantryLimitStore;
  const { REDIS_URL, DATABASE_SYSTEM_URL } = env();
  if (REDIS_URL) {
    const redis = new Redis(REDIS_URL, {
      // A request fails at once while there is no connection, instead of waiting for one: then it passes.
      maxRetriesPerRequest: 0,
      enableOfflineQueue: true,
      connectTimeout: TIMEOUT_MS,
      commandTimeout: TIMEOUT_MS,
    });
    // It connects again by itself; tries meanwhile say that they were not counted.
    redis.on("error", () => {});
    return (held.__tenantryLimitStore = { redis });
  }
  const pool = new pg.Pool({
    connectionString: DATABASE_SYSTEM_URL,
    max: 2,
    connectionTimeoutMillis: TIMEOUT_MS,
  });
  // An idle connection that dies is replaced by the next try.
  pool.on("error", () => {});
  return (held.__tenantryLimitStore = { pool });
}

export type Window = {
  keyPrefix: string;
  points: number;
  duration: number;
  inMemoryBlockOnConsumed?: number;
};

/** A counter of `points` in windows of `duration` seconds, for each key. */
export function limiterFor(window: Window): RateLimiterStoreAbstract {
  const store = open();
  if ("redis" in store)
    return new RateLimiterRedis({
      ...window,
      keyPrefix: `limit:${window.keyPrefix}`,
      storeClient: store.redis,
    });
  return new RateLimiterPostgres({
    ...window,
    storeClient: store.pool,
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
  });
}

export async function closeLimitStore(): Promise<void> {
  const store = held.__tenantryLimitStore;
  held.__tenantryLimitStore = undefined;
  if (!store) return;
  if ("redis" in store) store.redis.disconnect();
  else await store.pool.end();
}
