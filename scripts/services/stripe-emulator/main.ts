// The process of the local Stripe. What it needs comes by its environment, so that no key stands in a process list.
import path from "node:path";
import { startStripe } from "./emulator";

const {
  STRIPE_EMULATOR_HOME: home,
  STRIPE_EMULATOR_KEY: secretKey,
  STRIPE_EMULATOR_URL: baseUrl,
} = process.env;
const { STRIPE_EMULATOR_WEBHOOK_URL: url, STRIPE_EMULATOR_WEBHOOK_SECRET: secret } = process.env;
if (!home || !secretKey || !baseUrl || !url || !secret)
  throw new Error(
    "The local Stripe is started by scripts/services/stripe.ts, which says where and with which keys.",
  );

const stripe = await startStripe({
  secretKey,
  baseUrl,
  port: Number(new URL(baseUrl).port),
  webhook: { url, secret },
  file: path.join(home, "stripe", "state.json"),
});
console.log(`stripe answers at ${stripe.url}`);

let closing: Promise<void> | undefined;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    closing ??= stripe.close().finally(() => process.exit(0));
  });
}
