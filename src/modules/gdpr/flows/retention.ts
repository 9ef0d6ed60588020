/** What was kept of erased organizations goes when the law wants it no more: a year at a time, from its first day (UTC). */
import { clock } from "~/kernel/clock";
import { keptSince, type Privacy } from "~/kernel/privacy";
import { record } from "~/modules/audit";
import { forgetCustomer } from "~/modules/billing";
import { endLedger, ledgerToEnd } from "~/modules/metering";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { applyRule, claimKeeping, countRule, keepingErasures, references } from "../queries/system";
import { CLAIM_MS, endOfKeeping, inOrder, RUN_MS, tablesOf, type Declared } from "../rules";

const ROWS_AT_ONCE = 500;
const MOST_AT_ONCE = 50;

type Run = {
  /** By `performance.now()`. */
  until: number;
  trace: { correlationId: string; address: null };
  ordered: readonly Declared[];
};

/**
 * Goes through erased organizations, each once a year, and removes what has had its years. Killed or repeated, it finds
 * what is left; it works about 20 s, and the next turn goes on.
 * @returns how many rows went.
 */
export async function endRetention(privacy: readonly Privacy[], workMs = RUN_MS): Promise<number> {
  const now = clock.now();
  const year = now.getUTCFullYear();
  const trace = { correlationId: newId(), address: null };
  const until = performance.now() + workMs;
  const [due, links] = await readSystem({ reason: "find what was kept long enough", trace }, (scope) =>
    Promise.all([keepingErasures(scope, { year, now, most: MOST_AT_ONCE }), references(scope)]),
  );
  const goes = (of: Parameters<typeof endOfKeeping>[0]) => [endOfKeeping(of) ?? []].flat();
  const run: Run = {
    until,
    trace,
    ordered: due.length > 0 ? inOrder(goes, tablesOf(privacy), links) : [],
  };
  let removed = 0;
  for (const one of due) {
    try {
      // What was begun is done by the year it was begun for, and then the year that has come since.
      removed += await endKeeping(run, { ...one, year: one.begun ?? year });
    } catch (error) {
      // Stripe does not answer, for one: its claim ends, and it is tried again. Others need not wait for it.
      logger().warn(
        { err: error, org_id: one.orgId },
        "what was kept long enough was not removed; tried again",
      );
    }
    if (performance.now() > until) break;
  }
  return removed;
}

/** One year's end for one organization: written down once, by the run that begins it, however many it takes. */
async function endKeeping(
  run: Run,
  { id, orgId, year }: { id: string; orgId: string; year: number },
): Promise<number> {
  const { until, trace, ordered } = run;
  const since = keptSince(new Date(Date.UTC(year, 0, 1)));
  const whose = { id: orgId, email: "", since };
  const asked = { reason: "what is kept has had its years", trace };
  const rules = ordered.map((of) => ({ table: of.table, rule: endOfKeeping(of)! }));
  // Said before it is done, in the log that stays; another process that is at it keeps this one away.
  const isOurs = await withSystem(asked, async (scope) => {
    const now = clock.now();
    const claim = { id, year, now, until: new Date(now.getTime() + CLAIM_MS) };
    const claimed = await claimKeeping(scope, claim);
    if (claimed !== "begins") return claimed === "goes on";
    const rows: Record<string, number> = {};
    for (const { table, rule } of rules) {
      const found = await countRule(scope, { table, rule, whose });
      if (found > 0) rows[table] = found;
    }
    const entries = await ledgerToEnd(scope, orgId, since);
    if (entries > 0) rows.usage_ledger = entries;
    if (Object.keys(rows).length > 0)
      await record(
        scope,
        {
          action: "retention.ended",
          target: { type: "organization", id: orgId },
          after: { before: since.toISOString(), rows },
        },
        { orgId },
      );
    return true;
  });
  if (!isOurs) return 0;
  const { isMore, removed: ofLedger } = await endLedger(orgId, { before: since, until, trace });
  let removed = ofLedger;
  let isDone = !isMore;
  if (isDone) await forgetCustomer(orgId, since, trace);
  for (const { table, rule } of isDone ? rules : []) {
    for (let batch = ROWS_AT_ONCE; batch > 0;) {
      batch = await withSystem(asked, (scope) =>
        applyRule(scope, { table, rule, whose, pages: null, limit: ROWS_AT_ONCE }),
      );
      removed += batch;
      if (performance.now() > until) break;
    }
    if (performance.now() > until) {
      isDone = false;
      break;
    }
  }
  await withSystem(asked, ({ db }) =>
    db.erasure.updateMany({
      where: { id },
      data: { claimedUntil: null, ...(isDone && { retentionYear: year }) },
    }),
  );
  return removed;
}
