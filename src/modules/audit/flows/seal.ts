/** The chains: one per organization and one of the platform, appended by one sealer at a time (design decision 29). */
import { sealAll } from "~/server/chain/sealer";
import { metrics } from "~/server/observability/metrics";
import { isAnythingUnsealed, oldestUnsealedSeconds, sealEntries } from "../queries/system";

/** Seals all that waits. @returns how many entries; 0 when another process has the turn. */
export const sealAudit = (): Promise<number> =>
  sealAll({
    name: "the audit log",
    isAnythingUnsealed,
    oldestUnsealedSeconds,
    seal: sealEntries,
    tell: (seconds) => metrics().auditUnsealedSeconds.set(seconds),
  });
