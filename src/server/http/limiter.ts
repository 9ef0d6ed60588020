/** Counts how often something was tried within a time, shared by all instances through their store. */
import { type RateLimiterRes, type RateLimiterStoreAbstract } from "rate-limiter-flexible";
import { DomainError } from "~/kernel/errors";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { closeLimitStore, limiterFor } from "./limit-store";

export type Limit = {
  /** Bounded name; part of the key. */
  name: string;
  /** Tries allowed per window. */
  points: number;
  windowSeconds: number;
};

const held = globalThis as typeof globalThis & {
  __tenantryLimiters?: Map<string, RateLimiterStoreAbstract>;
};

function limiterOf({ name, points, windowSeconds }: Limit): RateLimiterStoreAbstract {
  const limiters = (held.__tenantryLimiters ??= new Map());
  const known = limiters.get(name);
  if (known) return known;
  const limiter = limiterFor({
    ...{ keyPrefix: name, points, duration: windowSeconds },
    inMemoryBlockOnConsumed: points,
  });
  limiters.set(name, limiter);
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
    // What the store failed with is an Error; a refusal is not (and its class may be of another bundle).
    if (refused instanceof Error) {
      logger().warn({ err: refused, limit: limit.name }, "limiter did not answer; the try passed");
      return;
    }
    const retryAfterSeconds = Math.max(1, Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000));
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
  held.__tenantryLimiters = undefined;
  await closeLimitStore();
}
