/** The price list at Stripe, from the plan table: `npm run stripe:sync`. */
import { putPriceList } from "../adapters/price-list";
import { priceList } from "../rules";

/** @returns what was made or changed, in words; nothing when all was there. @throws billing.not_set_up. */
export const syncPrices = (): Promise<string[]> => putPriceList(priceList());
