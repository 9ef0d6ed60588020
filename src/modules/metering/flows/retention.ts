/** The end of a ledger: that of an organization which is gone, once none of it need be kept any more. */
import type { Trace } from "~/kernel/actor";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { countEntries, ledgerEnd, removeLedgerTail } from "../queries/retention";

/** Seals and entries of one transaction: a small part of the 15 s that it may last. */
const BATCH = 2_000;

/**
 * Removes the whole ledger of an erased organization when the last of it was written before `before` (UTC): from its end
 * backwards, so that what is left is a chain without a gap at every commit, and whoever is killed is gone on for. A file of
 * the export that is gone in part says from where (`usage_export.removed_from`).
 * @param until by `performance.now()`: when this call leaves the rest to the next one.
 * @param batch for tests: how many entries go with one transaction.
 * @returns how many entries went, and whether there are more that should go.
 */
export async function endLedger(
  orgId: string,
  { before, until, trace, batch = BATCH }: { before: Date; until: number; trace: Trace; batch?: number },
): Promise<{ removed: number; isMore: boolean }> {
  const asked = { reason: "a ledger need not be kept any more", trace };
  const end = await readSystem(asked, (scope) => ledgerEnd(scope, orgId));
  if (end === null || end >= before) return { removed: 0, isMore: false };
  for (let removed = 0; ;) {
    const gone = await withSystem(asked, (scope) => removeLedgerTail(scope, orgId, batch));
    removed += gone;
    if (gone === 0) return { removed, isMore: false };
    if (performance.now() > until) return { removed, isMore: true };
  }
}

/** How many entries `endLedger` would remove. */
export async function ledgerToEnd(scope: SystemScope, orgId: string, before: Date): Promise<number> {
  const end = await ledgerEnd(scope, orgId);
  return end === null || end >= before ? 0 : countEntries(scope, orgId);
}
