/** One chain per organization over its ledger, appended by one sealer at a time (design decision 29). */
import { newId } from "~/server/db/ids";
import { readSystem } from "~/server/db/with-system";
import { inTurn } from "~/server/events/sweeper";
import { metrics } from "~/server/observability/metrics";
import { isAnythingUnsealed, oldestUnsealedSeconds, sealEntries } from "../queries/system";

const BATCH = 1_000;

const looking = () => ({ reason: "is anything unsealed", trace: { correlationId: newId(), address: null } });

/** Seals all that waits, a batch a transaction. @returns how many entries; 0 when another process has the turn. */
export async function sealLedger(): Promise<number> {
  if (!(await readSystem(looking(), isAnythingUnsealed))) {
    metrics().ledgerUnsealedSeconds.set(0);
    return 0;
  }
  let sealed = 0;
  for (let batch = BATCH; batch === BATCH; sealed += batch)
    batch = (await inTurn("seal the ledger", (scope) => sealEntries(scope, BATCH))) ?? 0;
  metrics().ledgerUnsealedSeconds.set(await readSystem(looking(), oldestUnsealedSeconds));
  return sealed;
}
