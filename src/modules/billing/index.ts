import "server-only";
export { billingSweeps, paymentsState, syncPrices } from "./flows";
export { takeInWebhook } from "./flows/take-in-webhook";
export { priceList } from "./rules";
