import type { Sweep } from "~/server/events/sweeper";
import { stripeState } from "../adapters/stripe";
import { dunningSweeps } from "./dunning";
import { reconciliationSweeps } from "./reconcile";
import { overageSweeps } from "./report-overage";
import { inboxSweeps } from "./take-in-webhook";

export {
  changePlan,
  openBillingPortal,
  previewNext,
  refreshBilling,
  setCancellation,
  setTaxId,
  startCheckout,
  switchOverage,
} from "./pay";
export { closeFoundDifference, inbox, inboxEvent, replayEvent, revenueNow } from "./revenue";
export { makeOffer, withdrawOffer } from "./offers";
export { pricing } from "./pricing";
export { syncPrices } from "./sync-prices";

/** Whether payments can be made now, as far as this process knows. */
export const paymentsState = (): "ready" | "delayed" | "not_set_up" => stripeState();

export const billingSweeps = (): Sweep[] => [
  ...inboxSweeps(),
  ...dunningSweeps(),
  ...overageSweeps(),
  ...reconciliationSweeps(),
];
