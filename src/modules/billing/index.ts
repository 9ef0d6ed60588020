import "server-only";
export { billingSweeps, paymentsState, pricing, syncPrices } from "./flows";
export { recurringRevenue } from "./flows/revenue";
export {
  endPayments,
  forgetCustomer,
  paymentsToEnd,
  recordPaymentsEnded,
  redirectReceipts,
} from "./flows/end-payments";
export { takeInWebhook } from "./flows/take-in-webhook";
export { priceList } from "./rules";
export type { Pricing } from "./schema";
