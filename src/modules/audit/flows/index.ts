import type { Sweep } from "~/server/events/sweeper";
import { forgetOldKeyUses } from "./key-use";
import { FLUSH_MS, flushRefusals, tellRefusals } from "./refusals";
import { sealAudit } from "./seal";
import { tellFaults } from "./verify";

export { eraseDetailOf } from "./erase";
export { recordKeyUse } from "./key-use";
export { flushRefusals, recordRefusal, tellRefusals, type Refused } from "./refusals";
export { sealAudit } from "./seal";
export { verifyAudit, verifyDue, type Verdict } from "./verify";

/** The timers of this slice; `wiring/sweeps.ts` lists them. */
export const auditSweeps = (): Sweep[] => [
  { name: "seal the audit log", everyMs: 700, turn: sealAudit },
  { name: "count refusals", everyMs: FLUSH_MS, turn: flushRefusals },
  { name: "tell refusals", everyMs: 15_000, turn: () => tellRefusals() },
  { name: "tell of broken audit chains", everyMs: 60_000, turn: tellFaults },
  { name: "forget uses of keys", everyMs: 3_600_000, turn: forgetOldKeyUses },
];
