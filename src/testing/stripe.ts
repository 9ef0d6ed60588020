/** A local Stripe inside the test's process, with the price list in it; and who pays on its pages. */
import Stripe from "stripe";
import { inject } from "vitest";
import { clock } from "~/kernel/clock";
import { syncPrices } from "~/modules/billing";
import { forgetEnv } from "~/server/config/env";
import { heldToContract } from "../../scripts/services/stripe-emulator/contract/held";
import { startStripe } from "../../scripts/services/stripe-emulator/emulator";
import { asOwner } from "./tenants";

/** Test cards, as Stripe names them. */
export const CARDS = {
  fine: "4242424242424242",
  declined: "4000000000000002",
} as const;

type Delivery = { id: string; event: string; type: string; state: string };

export type TestStripe = {
  url: string;
  /** `POST` or `GET /_emulator/…`. */
  control<Answer>(path: string, body?: Record<string, unknown>): Promise<Answer>;
  /** Pays at the address of a checkout, by a card. @returns where it leads, or null when the card was refused. */
  pay(url: string, card?: string, coupon?: string): Promise<string | null>;
  /** Gives a customer a card that takes every charge for a mistake. */
  declineFromNowOn(stripeCustomerId: string): Promise<void>;
  /** Moves Stripe's time, and ours. */
  moveTo(now: Date): Promise<void>;
  /** Bodies with fresh signatures of all events that wait, oldest first; they wait on. */
  waiting(): Promise<{ id: string; type: string; body: string; signature: string }[]>;
  /** Every kind of request so far, held to Stripe's document and to the official stripe-mock. */
  contract(): Promise<{ kinds: number; wrong: string[] }>;
  close(): Promise<void>;
};

/** Starts it, and makes it this process's Stripe. Events are held back. Call `close` after the tests. */
export async function startTestStripe(): Promise<TestStripe> {
  const { secretKey, publishableKey, webhookSecret } = inject("secrets").stripe;
  const emulator = await startStripe({
    secretKey,
    webhook: { url: `${process.env.APP_URL!}/api/webhooks/stripe`, secret: webhookSecret },
  });
  Object.assign(process.env, {
    STRIPE_API_URL: emulator.url,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: publishableKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  });
  forgetEnv();
  const control = async <Answer>(path: string, body?: Record<string, unknown>): Promise<Answer> => {
    const answer = await fetch(`${emulator.url}/_emulator/${path}`, {
      ...(body && {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    if (!answer.ok) throw new Error(`/_emulator/${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  await control("webhooks", { mode: "hold" });
  await syncPrices();
  return {
    url: emulator.url,
    control,
    async pay(url, card = CARDS.fine, coupon) {
      if (coupon)
        await fetch(url, {
          method: "POST",
          redirect: "manual",
          body: new URLSearchParams({ action: "apply", promotionCode: coupon }),
        });
      const paid = await fetch(url, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({
          action: "pay",
          cardNumber: card,
          cardExpiry: "12 / 40",
          cardCvc: "123",
          country: "US",
        }),
      });
      return paid.headers.get("location");
    },
    async declineFromNowOn(customer) {
      const { hostname, port } = new URL(emulator.url);
      const api = new Stripe(secretKey, { host: hostname, port, protocol: "http" });
      const { id } = await api.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
      await api.customers.update(customer, { invoice_settings: { default_payment_method: id } });
      for (const subscription of (await api.subscriptions.list({ customer })).data)
        await api.subscriptions.update(subscription.id, { default_payment_method: id });
    },
    async moveTo(now) {
      clock.setOffset(now.getTime() - Date.now());
      await control("clock", { now: now.toISOString() });
    },
    async waiting() {
      const deliveries = await control<Delivery[]>("deliveries?state=pending");
      const told = await Promise.all(
        deliveries.map(async ({ id, type }) => {
          // The oldest events are forgotten after a while, as at Stripe.
          const delivery = await control<{ body: string; signature: string }>(`delivery?id=${id}`).catch(
            () => null,
          );
          return delivery && { id, type, ...delivery };
        }),
      );
      return told.filter((one) => one !== null);
    },
    contract: async () => heldToContract(await control("requests")),
    close: async () => {
      clock.setOffset(0);
      await emulator.close();
    },
  };
}

/** The plan an organization is on, and why. */
export const planOf = async (orgId: string) =>
  (
    await asOwner<{ plan: string; source: string }>(
      "select plan, source from organization_plan where org_id = $1",
      [orgId],
    )
  )[0];

/** The id of an organization's customer at Stripe. */
export const customerOf = async (orgId: string) =>
  (
    await asOwner<{ id: string }>("select stripe_customer_id as id from billing_customer where org_id = $1", [
      orgId,
    ])
  )[0]!.id;
