/**
 * Limits on the hot path, exact over all processes for a fraction of a write per request: a process takes several points
 * of a key's window with one write of the shared store and gives them out from memory.
 *
 * What holds, whatever the number of processes:
 * - A window never lets more pass than its points: a lease is points that the store has counted already, and it dies with
 *   its window, judged from before it was asked for. (Two windows that touch may pass twice the points within one length.)
 * - A process leases no more than it gave out in the window so far, and `MOST_LEASED` at most. So what lies unused in all
 *   processes is less than what was given out, and nobody is refused who asks for less than half the points; beyond that
 *   at most `MOST_LEASED` points are missed for each process besides the one that refuses.
 * - A key whose window is used up is refused from memory until it ends.
 * - A store that does not answer lets all pass, for `PASS_MS` without being asked again.
 */
import { type RateLimiterRes } from "rate-limiter-flexible";

export const MOST_LEASED = 10;
const PASS_MS = 1_000;
const STORE_TIMEOUT_MS = 500;
/** Keys in memory; beyond it those whose window is over go, then the oldest. */
const MOST_KEPT = 50_000;

/** `rate-limiter-flexible`, as far as leases need it: counts `points` of a key, rejects with the same answer beyond. */
export type Store = { consume(key: string, points: number): Promise<RateLimiterRes> };

export type Window = {
  isAllowed: boolean;
  /** Points of the window that this process knows to be left. */
  remaining: number;
  /** Milliseconds until the window ends. */
  resetMs: number;
};

type Lease = {
  left: number;
  given: number;
  /** Points left in the store after our last taking. */
  beyond: number;
  /** By this process's monotonic clock. */
  endsAtMs: number;
  isUsedUp: boolean;
  waiting: number;
  taking: Promise<void> | undefined;
};

export class Leases {
  readonly #leases = new Map<string, Lease>();
  #passUntilMs = 0;

  constructor(
    readonly store: Store,
    readonly points: number,
    readonly windowMs: number,
    /** Told when the store did not answer. */
    readonly onFailure: (error: unknown) => void,
  ) {}

  /** Takes `count` points, all or none. */
  async take(key: string, count = 1): Promise<Window> {
    for (;;) {
      const now = performance.now();
      const lease = this.#leaseOf(key, now);
      if (lease.left >= count) return this.#give(lease, count, now);
      if (lease.isUsedUp) return { isAllowed: false, remaining: 0, resetMs: lease.endsAtMs - now };
      if (now < this.#passUntilMs) return { isAllowed: true, remaining: this.points, resetMs: this.windowMs };
      lease.waiting += count;
      lease.taking ??= this.#fill(key, lease).finally(() => {
        lease.taking = undefined;
        lease.waiting = 0;
      });
      await lease.taking;
    }
  }

  #leaseOf(key: string, now: number): Lease {
    const known = this.#leases.get(key);
    if (known && (known.taking || now < known.endsAtMs)) return known;
    const fresh: Lease = {
      ...{ left: 0, given: 0, beyond: 0, isUsedUp: false, waiting: 0, taking: undefined },
      endsAtMs: now + this.windowMs,
    };
    this.#leases.delete(key);
    this.#leases.set(key, fresh);
    if (this.#leases.size > MOST_KEPT) this.#forget(now);
    return fresh;
  }

  #give(lease: Lease, count: number, now: number): Window {
    lease.left -= count;
    lease.given += count;
    return { isAllowed: true, remaining: lease.left + lease.beyond, resetMs: lease.endsAtMs - now };
  }

  async #fill(key: string, lease: Lease): Promise<void> {
    const wanted = Math.max(1, Math.min(MOST_LEASED, lease.given), lease.waiting - lease.left);
    const askedAtMs = performance.now();
    try {
      const answer = await withTimeout(counted(this.store.consume(key, wanted)));
      const endsAtMs = askedAtMs + answer.msBeforeNext;
      // The store began a new window meanwhile: what was left of the old one is worth nothing.
      if (endsAtMs - lease.endsAtMs > this.windowMs / 2) lease.left = lease.given = 0;
      const before = answer.consumedPoints - wanted;
      const got = Math.max(0, Math.min(wanted, this.points - before));
      lease.left += got;
      lease.beyond = Math.max(0, this.points - answer.consumedPoints);
      lease.endsAtMs = endsAtMs;
      lease.isUsedUp = got < wanted;
    } catch (error) {
      this.#passUntilMs = performance.now() + PASS_MS;
      this.onFailure(error);
    }
  }

  #forget(now: number) {
    for (const [key, { endsAtMs, taking }] of this.#leases)
      if (!taking && endsAtMs <= now) this.#leases.delete(key);
    for (const key of this.#leases.keys()) {
      if (this.#leases.size <= MOST_KEPT) return;
      this.#leases.delete(key);
    }
  }
}

/** Beyond the points the library rejects with the same answer, and has counted too. */
const counted = (consumed: Promise<RateLimiterRes>): Promise<RateLimiterRes> =>
  consumed.catch((refused: unknown) => {
    if (refused instanceof Error) throw refused;
    return refused as RateLimiterRes;
  });

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error("the store of limits did not answer in time")),
      STORE_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
