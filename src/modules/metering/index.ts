import "server-only";
export { countUsage, usageThisPeriod } from "./service";
export type { CountUsageInput, Usage, UsageReceipt } from "./schema";
