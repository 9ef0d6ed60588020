import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startStripe } from "./emulator";

const KEY = `sk_${"test"}_emulator`;
let emulator: Awaited<ReturnType<typeof startStripe>>;
let stripe: Stripe;

beforeAll(async () => {
  emulator = await startStripe({ secretKey: KEY });
  const { hostname, port } = new URL(emulator.url);
  stripe = new Stripe(KEY, { host: hostname, port, protocol: "http", maxNetworkRetries: 0 });
});
afterAll(() => emulator.close());

test("sells a subscription on its checkout page", async () => {
  await stripe.products.create({ id: "tenantry_pro", name: "PRO" });
  const meter = await stripe.billing.meters.create({
    display_name: "Images",
    event_name: "tenantry_images",
    default_aggregation: { formula: "sum" },
    customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
    value_settings: { event_payload_key: "value" },
  });
  const pro = await stripe.prices.create({
    product: "tenantry_pro",
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
    lookup_key: "pro_monthly",
  });
  const images = await stripe.prices.create({
    product: "tenantry_pro",
    currency: "usd",
    unit_amount_decimal: Stripe.Decimal.from("5"),
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    lookup_key: "overage_images",
  });
  const customer = await stripe.customers.create({ email: "owner@acme.test", metadata: { org_id: "o1" } });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: pro.id, quantity: 1 }, { price: images.id }],
    success_url: "http://localhost:3000/ok?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/no",
    allow_promotion_codes: true,
    tax_id_collection: { enabled: true },
    customer_update: { name: "auto", address: "auto" },
    subscription_data: { metadata: { org_id: "o1" } },
  });
  const page = await fetch(session.url ?? "");
  expect(await page.text()).toContain("$29.00");
  const paid = await fetch(session.url ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      action: "pay",
      cardNumber: "4242 4242 4242 4242",
      cardExpiry: "12 / 40",
      cardCvc: "123",
      country: "US",
    }),
  });
  expect(paid.headers.get("location")).toBe(`http://localhost:3000/ok?session=${session.id}`);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription.latest_invoice"],
  });
  const subscription = done.subscription as Stripe.Subscription;
  expect(subscription.status).toBe("active");
  expect((subscription.latest_invoice as Stripe.Invoice).amount_paid).toBe(2900);
  const told = await stripe.events.list({ limit: 100 });
  expect(told.data.map(({ type }) => type)).toContain("checkout.session.completed");
});
