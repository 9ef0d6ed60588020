import "server-only";
export { correctUsage, countCall, flushCalls, meteringSweeps, overageOf, verifyLedger } from "./flows";
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
