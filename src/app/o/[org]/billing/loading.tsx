import { BillingSkeleton } from "~/modules/billing/ui";

export default BillingSkeleton;
