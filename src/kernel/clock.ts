/**
 * The one source of "now". Its offset can be moved in `local` only (the door to it checks), so that months can
 * be tested in seconds. Rows use it wherever a due time is compared; `created_at` stays the database's own.
 */
// On globalThis, because Next bundles instrumentation and routes apart and both must tell the same time.
const held = globalThis as typeof globalThis & { __tenantryClockOffsetMs?: number };

export const clock = {
  /** Current instant plus the test offset, UTC. */
  now: (): Date => new Date(Date.now() + (held.__tenantryClockOffsetMs ?? 0)),
  /** Moves "now" by `ms` milliseconds against the machine's clock, for this process. */
  setOffset: (ms: number): void => {
    held.__tenantryClockOffsetMs = ms;
  },
};
