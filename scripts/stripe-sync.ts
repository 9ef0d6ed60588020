// Puts products, meters, prices and the portal's configuration to Stripe, from the plan table: npm run stripe:sync.
// With STRIPE_SECRET_KEY, the Stripe of that key; without, the local one of a running `npm run dev`.
import { syncPrices } from "../src/modules/billing/flows/sync-prices";

try {
  const done = await syncPrices();
  for (const words of done) console.log(words);
  if (done.length === 0) console.log("Stripe has everything already.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
