import "server-only";
export { billingSweeps, paymentsState, pricing, syncPrices } from "./flows";
export { takeInWebhook } from "./flows/take-in-webhook";
export { priceList } from "./rules";
export type { Pricing } from "./schema";
