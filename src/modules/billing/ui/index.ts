export { BillingPage } from "./billing-page";
export { BillingSkeleton } from "./billing-skeleton";
export { PaymentBanner } from "./payment-banner";
export { PricingTable } from "./pricing-table";
export { RevenuePage } from "./revenue-page";
export { isPlanRefusal, UpgradeAtLimit } from "./upgrade-at-limit";
export { UpgradeDialog } from "./upgrade-dialog";
