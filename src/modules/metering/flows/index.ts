import type { Sweep } from "~/server/events/sweeper";
import { FLUSH_MS, flushCalls } from "./count-calls";
import { exportSweeps } from "./export-ledger";
import { expireReservations, purgeSettled } from "./expire";
import { sealLedger } from "./seal";

export { countCall, flushCalls } from "./count-calls";
export { correctUsage } from "./correct";
export { exportLedger } from "./export-ledger";
export { endLedger, ledgerToEnd } from "./retention";
export { verifyExport, type ExportFinding } from "./verify-export";
export { verifyLedger, type Finding } from "./verify";
export { ledgerCsv, usageDaysCsv } from "./export-usage";
export { overageOf, type Overage } from "./overage";

/** The timers of this slice; `wiring/sweeps.ts` lists them. */
export const meteringSweeps = (): Sweep[] => [
  { name: "seal the ledger", everyMs: 700, turn: sealLedger },
  { name: "count API calls", everyMs: FLUSH_MS, turn: flushCalls },
  { name: "expire reservations", everyMs: 30_000, turn: expireReservations },
  { name: "purge reservations", everyMs: 3_600_000, turn: purgeSettled },
  ...exportSweeps(),
];
