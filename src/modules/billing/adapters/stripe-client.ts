/** The way to Stripe: the official SDK, with timeouts, its own retries, and a circuit breaker around every call. */
import Stripe from "stripe";
import { env } from "~/server/config/env";
import { createBreaker, isCircuitOpen, type Breaker } from "~/server/outbound/breaker";
import { cardDeclined, paymentsDelayed, paymentsNotSetUp, stripeRefused } from "../errors";

/** Milliseconds one try may take; Stripe's own retries come on top. */
const TIMEOUT_MS = 8_000;
const RETRIES = 2;

const held = globalThis as typeof globalThis & {
  __tenantryStripe?: { client: Stripe; breaker: Breaker; key: string; at: string | undefined };
};

export const isStripeSetUp = (): boolean => env().STRIPE_SECRET_KEY !== undefined;

/**
 * Told by its `type`, never by its class: the client is one for the process, and may have been made in another bundle,
 * whose classes are not ours.
 */
const stripeErrorOf = (error: unknown): Stripe.errors.StripeError | undefined =>
  error instanceof Error && "type" in error && /^Stripe\w+Error$/.test(String(error.type))
    ? (error as Stripe.errors.StripeError)
    : undefined;

/** No answer, or one that says "later". What Stripe refuses is an answer. */
export function isStripeOutage(error: unknown): boolean {
  const told = stripeErrorOf(error);
  return (
    told?.type === "StripeConnectionError" ||
    told?.type === "StripeRateLimitError" ||
    (told?.statusCode ?? 0) >= 500
  );
}

function way() {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_URL: at } = env();
  if (!key) throw paymentsNotSetUp();
  if (held.__tenantryStripe?.key === key && held.__tenantryStripe.at === at) return held.__tenantryStripe;
  const local = at ? new URL(at) : undefined;
  const client = new Stripe(key, {
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    appInfo: { name: "tenantry" },
    ...(local && {
      host: local.hostname,
      port: Number(local.port || (local.protocol === "https:" ? 443 : 80)),
      protocol: local.protocol === "https:" ? "https" : "http",
    }),
  });
  const breaker = createBreaker({ party: "stripe", isOutage: isStripeOutage });
  return (held.__tenantryStripe = { client, breaker, key, at });
}

/** Whether calls are answered, as far as this process knows. */
export const stripeState = (): "ready" | "delayed" | "not_set_up" =>
  !isStripeSetUp() ? "not_set_up" : way().breaker.state() === "open" ? "delayed" : "ready";

/**
 * One call. @throws billing.not_set_up without a key, billing.payments_delayed when Stripe does not answer,
 * billing.card_declined, billing.refused_by_stripe for what only we can mend.
 */
export async function callStripe<T>(operation: string, work: (stripe: Stripe) => Promise<T>): Promise<T> {
  const { client, breaker } = way();
  try {
    return await breaker.call(operation, () => work(client));
  } catch (error) {
    if (isCircuitOpen(error) || isStripeOutage(error)) throw paymentsDelayed(error);
    const told = stripeErrorOf(error);
    if (!told) throw error;
    throw told.type === "StripeCardError" ? cardDeclined(told) : stripeRefused(told);
  }
}

/** Stripe's own code behind a refusal (`resource_missing`, `tax_id_invalid`, …). */
export const stripeCodeOf = (error: unknown): string | undefined =>
  error instanceof Error ? stripeErrorOf(error.cause)?.code : undefined;

/** For tests that bring a Stripe of their own. */
export const forgetStripe = (): void => {
  held.__tenantryStripe = undefined;
};
