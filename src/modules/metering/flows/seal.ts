/** One chain per organization over its ledger, appended by one sealer at a time (design decision 29). */
import { sealAll } from "~/server/chain/sealer";
import { metrics } from "~/server/observability/metrics";
import { isAnythingUnsealed, oldestUnsealedSeconds, sealEntries } from "../queries/system";

/** Seals all that waits. @returns how many entries; 0 when another process has the turn. */
export const sealLedger = (): Promise<number> =>
  sealAll({
    name: "the ledger",
    isAnythingUnsealed,
    oldestUnsealedSeconds,
    seal: sealEntries,
    tell: (seconds) => metrics().ledgerUnsealedSeconds.set(seconds),
  });
