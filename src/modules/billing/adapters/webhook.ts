/** Proof that a webhook is Stripe's and fresh: its signature over the raw body. */
import Stripe from "stripe";
import { env } from "~/server/config/env";
import { paymentsNotSetUp } from "../errors";

/** Seconds a signature is good for: long enough for clocks that differ, too short to be worth stealing. */
const TOLERANCE_S = 300;

export type Verdict = { is: "genuine"; event: Stripe.Event } | { is: "forged" | "stale" | "malformed" };

/**
 * Every secret is tried, so that one can be replaced without losing an event.
 * @throws billing.not_set_up without a secret.
 */
export function verifyWebhook(body: string, signature: string | null): Verdict {
  const secrets = (env().STRIPE_WEBHOOK_SECRET ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  if (secrets.length === 0) throw paymentsNotSetUp();
  if (!signature) return { is: "forged" };
  let verdict: Verdict = { is: "forged" };
  for (const secret of secrets) {
    try {
      const event = Stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_S);
      return isEvent(event) ? { is: "genuine", event } : { is: "malformed" };
    } catch (error) {
      if (error instanceof SyntaxError) return { is: "malformed" };
      if (error instanceof Error && /timestamp outside/i.test(error.message)) verdict = { is: "stale" };
    }
  }
  return verdict;
}

const isEvent = (value: unknown): boolean => {
  const event = value as Partial<Stripe.Event> | null;
  return (
    typeof event?.id === "string" &&
    event.id.length <= 255 &&
    typeof event.type === "string" &&
    event.type.length <= 255 &&
    typeof event.created === "number" &&
    typeof event.data === "object"
  );
};

/** The customer an event is about, where its object names one. */
export function customerOf({ data }: Stripe.Event): string | null {
  const object = data.object as { id?: unknown; object?: unknown; customer?: unknown };
  if (object.object === "customer") return typeof object.id === "string" ? object.id : null;
  const { customer } = object;
  if (typeof customer === "string") return customer;
  const id = (customer as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? id : null;
}
