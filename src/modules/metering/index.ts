import "server-only";
export {
  correctUsage,
  countCall,
  endLedger,
  flushCalls,
  ledgerCsv,
  ledgerToEnd,
  meteringSweeps,
  overageOf,
  usageDaysCsv,
  verifyLedger,
} from "./flows";
export { ListEntriesInput, UsageByDayInput } from "./schema";
export type { Overage } from "./flows";
export {
  checkUsage,
  commitUsage,
  countUsage,
  countUsageIn,
  releaseUsage,
  releaseUsageIn,
  reserveUsage,
  usageSummary,
  usageThisPeriod,
  warningOf,
} from "./service";
export type { CountUsageInput, ReserveUsageInput, Usage, UsageReceipt, UsageSummary } from "./schema";
