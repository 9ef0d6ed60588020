export { BillingPage } from "./billing-page";
export { BillingSkeleton } from "./billing-skeleton";
export { PaymentBanner } from "./payment-banner";
export { PricingTable } from "./pricing-table";
export { RevenuePage } from "./revenue/revenue-page";
export { isPlanRefusal, UpgradeAtLimit } from "./upgrade-at-limit";
export { UpgradeButton } from "./upgrade-button";
export { UpgradeDialog } from "./upgrade-dialog";
