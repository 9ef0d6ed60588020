import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { at, card, makeCatalogue, startForTest, type Local } from "./testing";

/**
 * A customer's year, worked out by hand. PRO is $29.00 and TEAM $99.00 a month; an image is 5 cents, a second of
 * speech 0.1, a second of rendering 0.166666666667, a GB-month 10. Half a cent is rounded up.
 */
const TABLE = [
  // WELCOME takes half off for three months: 29.00 − 14.50.
  { day: "2026-01-10", lines: [29.0], off: 14.5, total: 14.5, due: 14.5, attempts: 1 },
  // 120 images of January: (29.00 + 6.00) ÷ 2.
  { day: "2026-02-10", lines: [29.0, 6.0, 0, 0, 0], off: 17.5, total: 17.5, due: 17.5, attempts: 1 },
  // To TEAM after 14 of 28 days: half of the 14.50 paid comes back, half of 99.00 ÷ 2 is due. 12,345 s of speech are
  // 12.345 → 12.35; 61 s of rendering 0.10166… → 0.10. Half of 99.00 + 12.35 + 0.10 = 111.45 is 55.725 → 55.73.
  {
    day: "2026-03-10",
    lines: [-7.25, 24.75, 99.0, 0, 12.35, 0.1, 0],
    off: 55.73,
    total: 73.22,
    due: 73.22,
    attempts: 1,
  },
  // Back to PRO after 10 of 31 days, invoiced at once: of the 49.50 paid for TEAM 21/31 come back, 33.532… → 33.53;
  // 29.00 × 21/31 = 19.645… → 19.65, less half of it, 9.825 → 9.83. The 23.71 too much stay as credit.
  { day: "2026-03-20", lines: [-33.53, 9.82], off: 0, total: -23.71, due: 0, attempts: 0 },
  // The coupon is over. 37 images and 12.345 GB-months, 1.2345 → 1.23; the credit pays 23.71.
  { day: "2026-04-10", lines: [29.0, 1.85, 0, 0, 1.23], off: 0, total: 32.08, due: 8.37, attempts: 1 },
  // Declined on May 10, 11 and 13; paid by a new card on the 15th.
  { day: "2026-05-10", lines: [29.0, 0, 0, 0, 0], off: 0, total: 29.0, due: 29.0, attempts: 4 },
  { day: "2026-06-10", lines: [29.0, 0, 0, 0, 0], off: 0, total: 29.0, due: 29.0, attempts: 1 },
  { day: "2026-07-10", lines: [29.0, 0, 0, 0, 0], off: 0, total: 29.0, due: 29.0, attempts: 1 },
  // Three licences from July 20 at noon, 20.5 of 31 days before the end: −19.177… → −19.18, 57.532… → 57.53.
  {
    day: "2026-08-10",
    lines: [-19.18, 57.53, 87.0, 0, 0, 0, 0],
    off: 0,
    total: 125.35,
    due: 125.35,
    attempts: 1,
  },
  // One licence from August 20 (21 of 31 days: −58.935… → −58.94, 19.645… → 19.65), two from the 30th (11 of the 21
  // days of those 19.65: −10.292… → −10.29; 11/31 of 58.00: 20.580… → 20.58).
  {
    day: "2026-09-10",
    lines: [-58.94, 19.65, -10.29, 20.58, 58.0, 0, 0, 0, 0],
    off: 0,
    total: 29.0,
    due: 29.0,
    attempts: 1,
  },
  { day: "2026-10-10", lines: [58.0, 0, 0, 0, 0], off: 0, total: 58.0, due: 58.0, attempts: 1 },
  // Cancelled to the period's end: only the 400 images of the last month.
  { day: "2026-11-10", lines: [20.0], off: 0, total: 20.0, due: 20.0, attempts: 1 },
] as const;

let local: Local;
let stripe: Stripe;
let customer: string;
let clock: string;
let subscription: string;
let previewed: Stripe.Invoice;

beforeAll(async () => {
  local = await startForTest();
  ({ stripe } = local);
  await live();
}, 60_000);
afterAll(() => local.stop());

async function until(iso: string): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: at(iso) });
}

async function report(meter: string, value: string, day: string): Promise<void> {
  await stripe.billing.meterEvents.create({
    event_name: `tenantry_${meter}`,
    identifier: `${meter} ${day}`,
    timestamp: at(`${day}T00:00:00Z`),
    payload: { stripe_customer_id: customer, value },
  });
}

async function licence(): Promise<string> {
  const { items } = await stripe.subscriptions.retrieve(subscription);
  return items.data.find(({ price }) => price.recurring?.usage_type === "licensed")?.id ?? "";
}

async function live(): Promise<void> {
  const { all } = await makeCatalogue(local);
  const team = await stripe.prices.create({
    product_data: { name: "Tenantry TEAM" },
    currency: "usd",
    unit_amount: 9900,
    recurring: { interval: "month" },
  });
  const coupon = await stripe.coupons.create({
    percent_off: 50,
    duration: "repeating",
    duration_in_months: 3,
  });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "WELCOME" });
  ({ id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: at("2026-01-10T00:00:00Z") }));
  ({ id: customer } = await stripe.customers.create({ email: "year@acme.test", test_clock: clock }));
  const configuration = await stripe.billingPortal.configurations.create({
    features: { payment_method_update: { enabled: true }, subscription_cancel: { enabled: true } },
  });
  const portal = () =>
    stripe.billingPortal.sessions.create({
      customer,
      configuration: configuration.id,
      return_url: "http://localhost/back",
    });

  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: all,
    allow_promotion_codes: true,
    success_url: "http://localhost/ok",
  });
  await local.submit(session.url ?? "", { action: "apply", promotionCode: "welcome" });
  await local.submit(session.url ?? "", card("4242424242424242"));
  subscription = String((await stripe.checkout.sessions.retrieve(session.id)).subscription);

  await until("2026-01-20T00:00:00Z");
  await report("images", "120", "2026-01-15");
  await until("2026-02-20T00:00:00Z");
  await report("tts_seconds", "12345", "2026-02-12");
  await report("render_seconds", "61", "2026-02-13");
  await until("2026-02-24T00:00:00Z");
  const upgrade = {
    items: [{ id: await licence(), price: team.id }],
    proration_behavior: "create_prorations" as const,
  };
  previewed = await stripe.invoices.createPreview({ subscription, subscription_details: upgrade });
  await stripe.subscriptions.update(subscription, upgrade);
  await until("2026-03-20T00:00:00Z");
  const [pro] = (await stripe.prices.list({ lookup_keys: ["pro_monthly"] })).data;
  await stripe.subscriptions.update(subscription, {
    items: [{ id: await licence(), price: pro?.id }],
    proration_behavior: "always_invoice",
  });
  await until("2026-04-01T00:00:00Z");
  await report("images", "37", "2026-04-01");
  await report("storage_gb_months", "12.345", "2026-03-31");
  await until("2026-05-01T00:00:00Z");
  await local.submit((await portal()).url, { ...card("4000000000000341"), action: "card" });
  await until("2026-05-14T00:00:00Z");
  await local.submit((await portal()).url, { ...card("4242424242424242"), action: "card" });
  await until("2026-06-20T00:00:00Z");
  await until("2026-07-20T12:00:00Z");
  await stripe.subscriptions.update(subscription, { items: [{ id: await licence(), quantity: 3 }] });
  await until("2026-08-20T00:00:00Z");
  await stripe.subscriptions.update(subscription, { items: [{ id: await licence(), quantity: 1 }] });
  await until("2026-08-30T00:00:00Z");
  await stripe.subscriptions.update(subscription, { items: [{ id: await licence(), quantity: 2 }] });
  await until("2026-10-15T00:00:00Z");
  await local.submit((await portal()).url, { action: "cancel", subscription, feedback: "unused" });
  await report("images", "400", "2026-10-15");
  await until("2026-12-01T00:00:00Z");
  await until("2027-01-10T00:00:00Z");
}

const dollars = (cents: number): number => cents / 100;

describe("a simulated year", () => {
  test("has every invoice to the cent, as the table was worked out by hand", async () => {
    const { data } = await stripe.invoices.list({ customer, limit: 100 });
    const year = data.reverse().map((invoice) => ({
      day: new Date(invoice.created * 1000).toISOString().slice(0, 10),
      lines: invoice.lines.data.map(({ amount }) => dollars(amount)),
      off: dollars((invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)),
      total: dollars(invoice.total),
      due: dollars(invoice.amount_due),
      attempts: invoice.attempt_count,
    }));
    expect(year).toEqual(TABLE);
    expect(data.every(({ status }) => status === "paid")).toBe(true);
  });

  test("was paid in full: what came in is what was due", async () => {
    const { data } = await stripe.invoices.list({ customer, limit: 100 });
    const paid = data.reduce((sum, { amount_paid: amount }) => sum + amount, 0);
    expect(dollars(paid)).toBe(432.94);
    expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({
      balance: 0,
      delinquent: false,
    });
  });

  test("came to the invoice that was previewed, line by line", async () => {
    const { data } = await stripe.invoices.list({ customer, limit: 100 });
    const followed = data.find(({ period_start: start }) => start === at("2026-02-10T00:00:00Z"));
    const face = (invoice: Stripe.Invoice | undefined) =>
      invoice?.lines.data.map(({ amount, description, period, quantity, discount_amounts: off }) => ({
        amount,
        description,
        period,
        quantity,
        off: (off ?? []).map(({ amount: part }) => part),
      }));
    expect(face(previewed)).toEqual(face(followed));
    expect(previewed.total).toBe(followed?.total);
    expect(previewed.amount_due).toBe(followed?.amount_due);
  });

  test("was late in May, recovered, and ended in November", async () => {
    const statuses: string[] = [];
    for await (const event of stripe.events.list({
      types: ["customer.subscription.updated", "customer.subscription.deleted"],
    })) {
      const { status } = event.data.object as Stripe.Subscription;
      if (statuses[0] !== status) statuses.unshift(status);
    }
    expect(statuses).toEqual(["active", "past_due", "active", "canceled"]);
    const ended = await stripe.subscriptions.retrieve(subscription);
    expect(ended.ended_at).toBe(at("2026-11-10T00:00:00Z"));
    expect(ended.cancellation_details).toMatchObject({
      feedback: "unused",
      reason: "cancellation_requested",
    });
  });

  test("tells its events in the order of their instants", async () => {
    const times: number[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) {
      const { object } = event.data as { object: { customer?: string } };
      if (object.customer === customer) times.unshift(event.created);
    }
    expect(times.length).toBeGreaterThan(60);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
