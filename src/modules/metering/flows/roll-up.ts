/** Sums over the ledger; each can be run again at any time and says the same. */
import { clock } from "~/kernel/clock";
import type { Trace } from "~/kernel/actor";
import { withSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import {
  closePeriods,
  counterDrifts,
  lockRolledUntil,
  nextSlice,
  rollUpQuarterHours,
  setRolledUntil,
} from "../queries/system";

/** Transactions last 15 s at most: what was begun earlier than this is committed or gone. */
const SETTLED_AFTER_MS = 60_000;
/** Entries that one transaction rolls up, about. */
const SLICE = 20_000;

/**
 * Rolls the ledger up to a minute ago, by quarters of an hour. Instants of writing are the database's own and have nothing
 * to do with `clock.now()`. @returns buckets written.
 */
export async function rollUp(trace: Trace): Promise<number> {
  let buckets = 0;
  for (let isDone = false; !isDone;) {
    const turn = await withSystem({ reason: "roll up usage", trace }, async (scope) => {
      const from = await lockRolledUntil(scope);
      const { until, isLast } = await nextSlice(scope, from, {
        entries: SLICE,
        settledAfterMs: SETTLED_AFTER_MS,
      });
      if (until <= from) return { buckets: 0, isDone: true };
      const written = await rollUpQuarterHours(scope, from, until);
      await setRolledUntil(scope, until);
      return { buckets: written, isDone: isLast };
    });
    buckets += turn.buckets;
    isDone = turn.isDone;
  }
  return buckets;
}

/** Writes down what each ended period came to, by the ledger and by the counter, and logs where they differ. */
export async function closeEndedPeriods(trace: Trace): Promise<number> {
  const closed = await withSystem({ reason: "close billing periods", trace }, (scope) =>
    closePeriods(scope, clock.now()),
  );
  const drifts = await withSystem({ reason: "compare counters with the ledger", trace }, counterDrifts);
  metrics().ledgerCounterDrifts.set(drifts.length);
  for (const drift of drifts) logger().error({ drift }, "a usage counter differs from the ledger");
  return closed;
}
