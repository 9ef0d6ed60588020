import "server-only";
export { takeInWebhook } from "./flows/take-in-webhook";
export { billingSweeps } from "./flows";
