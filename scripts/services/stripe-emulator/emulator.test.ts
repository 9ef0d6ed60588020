import { createHmac } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { at, card, KEY, makeCatalogue, startForTest, type Local } from "./testing";

let local: Local;
let stripe: Stripe;
beforeEach(async () => {
  local = await startForTest();
  ({ stripe } = local);
});
afterEach(() => local.stop());

/** The refusal that a call ends in. */
async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error("the call was not refused");
}

async function raw(pathname: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(local.url + pathname, {
    method: "POST",
    body,
    headers: {
      authorization: `Bearer ${KEY}`,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
}

describe("requests", () => {
  test("refuses a wrong key, an unknown parameter, a missing one and a wrong type, in Stripe's words", async () => {
    const stranger = new Stripe("sk_other", {
      host: "127.0.0.1",
      port: new URL(local.url).port,
      protocol: "http",
      maxNetworkRetries: 0,
    });
    expect(await refusal(stranger.products.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    const unknown = await raw("/v1/customers", "emial=a@b.test");
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({
      error: { type: "invalid_request_error", code: "parameter_unknown", param: "emial" },
    });
    expect(await (await raw("/v1/prices", "unit_amount=1&product=p")).json()).toMatchObject({
      error: { code: "parameter_missing", param: "currency" },
    });
    expect(await (await raw("/v1/prices", "currency=usd&unit_amount=a")).json()).toMatchObject({
      error: { code: "parameter_invalid_integer", param: "unit_amount" },
    });
    expect(await (await raw("/v1/prices", "currency=usd&recurring[interval]=moon")).json()).toMatchObject({
      error: { param: "recurring[interval]" },
    });
    expect((await refusal(stripe.customers.retrieve("cus_none"))).code).toBe("resource_missing");
    expect((await refusal(stripe.customers.retrieve("cus_none"))).statusCode).toBe(404);
  });

  test("refuses what Stripe takes and it cannot emulate, so that nobody relies on nothing", async () => {
    const call = stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: "manual" } } });
    expect(await refusal(call)).toMatchObject({ code: "not_emulated", param: "cash_balance" });
  });

  test("answers a repeated idempotency key once more without acting, and refuses it with other parameters", async () => {
    const first = await stripe.customers.create({ email: "a@b.test" }, { idempotencyKey: "k1" });
    const again = await stripe.customers.create({ email: "a@b.test" }, { idempotencyKey: "k1" });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await stripe.customers.list()).data).toHaveLength(1);
    const other = await refusal(stripe.customers.create({ email: "c@d.test" }, { idempotencyKey: "k1" }));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(other.statusCode).toBe(400);
  });

  test("turns pages both ways, newest first, and lists by what is asked", async () => {
    for (const name of ["a", "b", "c", "d", "e"]) await stripe.products.create({ id: `p_${name}`, name });
    const names = async (params: Stripe.ProductListParams) =>
      (await stripe.products.list(params)).data.map(({ name }) => name);
    expect(await names({ limit: 2 })).toEqual(["e", "d"]);
    expect(await names({ limit: 2, starting_after: "p_d" })).toEqual(["c", "b"]);
    expect(await names({ limit: 2, ending_before: "p_b" })).toEqual(["d", "c"]);
    expect((await stripe.products.list({ limit: 2, starting_after: "p_c" })).has_more).toBe(false);
    const every = [];
    for await (const { name } of stripe.products.list({ limit: 2 })) every.push(name);
    expect(every).toEqual(["e", "d", "c", "b", "a"]);
    await stripe.products.update("p_a", { active: false });
    expect(await names({ active: true })).toEqual(["e", "d", "c", "b"]);
  });

  test("gives a lookup key to one price, and takes it from the other only when asked to", async () => {
    await makeCatalogue(local);
    const asked = {
      product: "tenantry_pro",
      currency: "usd",
      unit_amount: 3900,
      recurring: { interval: "month" },
      lookup_key: "pro_monthly",
    } as const;
    expect((await refusal(stripe.prices.create(asked))).param).toBe("lookup_key");
    const dearer = await stripe.prices.create({ ...asked, transfer_lookup_key: true });
    const { data } = await stripe.prices.list({ lookup_keys: ["pro_monthly"] });
    expect(data.map(({ id }) => id)).toEqual([dearer.id]);
  });

  test("merges metadata, and takes a key away by an empty value", async () => {
    const { id } = await stripe.customers.create({ metadata: { a: "1", b: "2" } });
    expect((await stripe.customers.update(id, { metadata: { b: "", c: "3" } })).metadata).toEqual({
      a: "1",
      c: "3",
    });
  });

  test("fails on demand, and then no more", async () => {
    await local.control("POST", "/failures", { kind: "500", count: 1, path: "/v1/products" });
    expect(await refusal(stripe.products.list())).toBeInstanceOf(Stripe.errors.StripeAPIError);
    expect((await stripe.products.list()).data).toEqual([]);
    await local.control("POST", "/failures", { kind: "429", count: -1 });
    expect(await refusal(stripe.customers.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(await refusal(stripe.products.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    await local.control("DELETE", "/failures");
    await local.control("POST", "/failures", { kind: "timeout" });
    const late = stripe.products.list({}, { timeout: 200, maxNetworkRetries: 0 });
    expect(await refusal(late)).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect((await stripe.products.list()).data).toEqual([]);
  });
});

describe("meters", () => {
  const event = (
    customer: string,
    value: string,
    more: Partial<Stripe.Billing.MeterEventCreateParams> = {},
  ) =>
    stripe.billing.meterEvents.create({
      event_name: "tenantry_images",
      payload: { stripe_customer_id: customer, value },
      ...more,
    });

  test("count an identifier once within 24 hours, and not at all when it is older than 35 days", async () => {
    await makeCatalogue(local);
    const { id } = await stripe.customers.create({});
    const now = Math.floor(Date.now() / 60_000) * 60;
    await event(id, "7", { identifier: "batch-1", timestamp: now - 3_600 });
    const again = await refusal(event(id, "7", { identifier: "batch-1", timestamp: now - 3_600 }));
    expect(again).toMatchObject({ statusCode: 400, param: "identifier" });
    expect((await refusal(event(id, "1", { timestamp: now - 36 * 86_400 }))).code).toBe(
      "timestamp_too_far_in_past",
    );
    expect((await refusal(event(id, "1", { timestamp: now + 3_600 }))).code).toBe("timestamp_in_future");
    expect((await refusal(event(id, "many"))).code).toBe("meter_event_invalid_value");
    expect((await refusal(event(id, "1234567890.123456"))).code).toBe("meter_event_value_too_many_digits");
    expect((await refusal(event("cus_none", "1"))).code).toBe("resource_missing");
    await event(id, "0.5", { identifier: "batch-2", timestamp: now - 60 });
    const [meter] = (await stripe.billing.meters.list()).data.filter(
      (one) => one.event_name === "tenantry_images",
    );
    const { data } = await stripe.billing.meters.listEventSummaries(meter?.id ?? "", {
      customer: id,
      start_time: now - 86_400,
      end_time: now,
    });
    expect(data.map(({ aggregated_value: value }) => value)).toEqual([7.5]);
  });
});

/** A customer with a good card on a clock of its own, and a subscription to PRO. */
async function subscribed(
  start: string,
  params: Partial<Stripe.SubscriptionCreateParams> = {},
  card = "pm_card_visa",
) {
  const { pro } = await makeCatalogue(local);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at(start) });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "owner@acme.test" });
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pro }],
    ...params,
  });
  const until = (iso: string) => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at(iso) });
  const now = () => stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  return { customer: customer.id, subscription, until, now, pro };
}

const invoiceOf = ({ latest_invoice: invoice }: Stripe.Subscription) => invoice as Stripe.Invoice;

describe("what time brings", () => {
  test("renews on the last day of shorter months without drifting", async () => {
    const { now, until } = await subscribed("2026-01-31T12:00:00Z");
    const ends: string[] = [];
    for (const month of ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]) {
      await until(`${month}T00:00:00Z`);
      const [item] = (await now()).items.data;
      ends.push(new Date((item?.current_period_end ?? 0) * 1000).toISOString());
    }
    expect(ends).toEqual([
      "2026-02-28T12:00:00.000Z",
      "2026-03-31T12:00:00.000Z",
      "2026-04-30T12:00:00.000Z",
      "2026-05-31T12:00:00.000Z",
    ]);
  });

  test("keeps a renewal a draft for an hour, in which usage still counts", async () => {
    const { customer, until, now, subscription } = await subscribed("2026-01-01T00:00:00Z");
    const [overage] = (await stripe.prices.list({ lookup_keys: ["overage_images"] })).data;
    await stripe.subscriptions.update(subscription.id, { items: [{ price: overage?.id }] });
    await until("2026-02-01T00:30:00Z");
    const draft = invoiceOf(await now());
    expect([draft.status, draft.total]).toEqual(["draft", 2900]);
    await stripe.billing.meterEvents.create({
      event_name: "tenantry_images",
      payload: { stripe_customer_id: customer, value: "10" },
      timestamp: at("2026-01-31T23:59:59Z"),
    });
    await until("2026-02-01T01:00:00Z");
    const final = invoiceOf(await now());
    expect([final.id, final.status, final.total]).toEqual([draft.id, "paid", 2950]);
  });

  test("tries a declined renewal again after 1, 3, 5 and 7 days and then leaves it past due", async () => {
    const { now, until } = await subscribed(
      "2026-01-01T00:00:00Z",
      { trial_end: at("2026-01-04T00:00:00Z") },
      "pm_card_chargeCustomerFail",
    );
    const seen: [string, number, string, string | null][] = [];
    for (const day of ["04", "05", "07", "09", "11"]) {
      await until(`2026-01-${day}T02:00:00Z`);
      const subscription = await now();
      const { attempt_count: count, status, next_payment_attempt: next } = invoiceOf(subscription);
      seen.push([
        subscription.status,
        count,
        status ?? "",
        next ? new Date(next * 1000).toISOString().slice(0, 13) : null,
      ]);
    }
    expect(seen).toEqual([
      ["past_due", 1, "open", "2026-01-05T01"],
      ["past_due", 2, "open", "2026-01-07T01"],
      ["past_due", 3, "open", "2026-01-09T01"],
      ["past_due", 4, "open", "2026-01-11T01"],
      ["past_due", 5, "open", null],
    ]);
  });

  test.each([
    ["unpaid", "unpaid"],
    ["cancel", "canceled"],
  ])("after the last retry does what is set: %s", async (policy, status) => {
    await local.control("POST", "/settings", { after_retries: policy });
    const { now, until } = await subscribed(
      "2026-01-01T00:00:00Z",
      { trial_end: at("2026-01-04T00:00:00Z") },
      "pm_card_chargeCustomerFail",
    );
    await until("2026-01-20T00:00:00Z");
    expect((await now()).status).toBe(status);
  });

  test("tells the end of a trial three days ahead, then charges", async () => {
    const { now, until, subscription } = await subscribed("2026-01-01T00:00:00Z", {
      trial_end: at("2026-01-15T00:00:00Z"),
    });
    expect([subscription.status, invoiceOf(await now()).total]).toEqual(["trialing", 0]);
    await until("2026-01-15T02:00:00Z");
    const [told] = (await stripe.events.list({ type: "customer.subscription.trial_will_end" })).data;
    expect(told?.created).toBe(at("2026-01-12T00:00:00Z"));
    expect([(await now()).status, invoiceOf(await now()).amount_paid]).toEqual(["active", 2900]);
  });

  test("expires a subscription whose first invoice was not paid within 23 hours", async () => {
    const { now, until } = await subscribed("2026-01-01T00:00:00Z", {}, "pm_card_chargeCustomerFail");
    expect((await now()).status).toBe("incomplete");
    await until("2026-01-02T00:00:00Z");
    expect([(await now()).status, invoiceOf(await now()).status]).toEqual(["incomplete_expired", "void"]);
  });

  test("moves the world's own time by the control call, for customers without a clock", async () => {
    const { pro } = await makeCatalogue(local);
    const customer = await stripe.customers.create({ payment_method: "pm_card_visa" });
    const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data;
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: pro }],
      default_payment_method: method?.id,
    });
    await local.control("POST", "/clock", { now: new Date(Date.now() + 65 * 86_400_000).toISOString() });
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data.map(({ billing_reason: reason, status }) => `${reason} ${status}`)).toEqual([
      "subscription_cycle paid",
      "subscription_cycle paid",
      "subscription_create paid",
    ]);
    const [item] = (await stripe.subscriptions.retrieve(id)).items.data;
    expect((item?.current_period_end ?? 0) * 1000).toBeGreaterThan(Date.now() + 65 * 86_400_000);
  });
});

describe("money", () => {
  test("carries an amount too small to charge over to the next invoice", async () => {
    const { now, until, customer } = await subscribed("2026-01-01T00:00:00Z");
    await stripe.customers.createBalanceTransaction(customer, { amount: -2870, currency: "usd" });
    await until("2026-02-01T02:00:00Z");
    expect([invoiceOf(await now()).amount_due, invoiceOf(await now()).status]).toEqual([0, "paid"]);
    expect(((await stripe.customers.retrieve(customer)) as Stripe.Customer).balance).toBe(30);
    await until("2026-03-01T02:00:00Z");
    expect(invoiceOf(await now()).amount_due).toBe(2930);
  });

  test("takes an amount off once", async () => {
    const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd", duration: "once" });
    const { now, until } = await subscribed("2026-01-01T00:00:00Z", { discounts: [{ coupon: coupon.id }] });
    expect(invoiceOf(await now()).total).toBe(2400);
    await until("2026-02-01T02:00:00Z");
    expect(invoiceOf(await now()).total).toBe(2900);
  });

  test("previews the next invoice without a coupon that ends before it", async () => {
    const coupon = await stripe.coupons.create({
      percent_off: 50,
      duration: "repeating",
      duration_in_months: 1,
    });
    const { now, until, subscription } = await subscribed("2026-01-01T00:00:00Z", {
      discounts: [{ coupon: coupon.id }],
    });
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    await until("2026-02-01T02:00:00Z");
    expect([preview.total, invoiceOf(await now()).total]).toEqual([2900, 2900]);
  });

  test("refuses a coupon that is used up", async () => {
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever", max_redemptions: 1 });
    const { customer, pro } = await subscribed("2026-01-01T00:00:00Z", {
      discounts: [{ coupon: coupon.id }],
    });
    const second = stripe.subscriptions.create({
      customer,
      items: [{ price: pro }],
      discounts: [{ coupon: coupon.id }],
    });
    expect((await refusal(second)).code).toBe("coupon_expired");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });

  test("begins a new period at once when the interval changes, and credits the old one", async () => {
    const { now, until, subscription } = await subscribed("2026-01-01T00:00:00Z");
    const yearly = await stripe.prices.create({
      product: "tenantry_pro",
      currency: "usd",
      unit_amount: 29_000,
      recurring: { interval: "year" },
    });
    await until("2026-01-11T00:00:00Z");
    await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id, price: yearly.id }],
    });
    const changed = await now();
    // 21 of 31 days of 29.00 come back: 19.645… → 19.65.
    expect(invoiceOf(changed).lines.data.map(({ amount }) => amount)).toEqual([-1965, 29_000]);
    expect(changed.items.data[0]?.current_period_end).toBe(at("2027-01-11T00:00:00Z"));
  });

  test("starts no subscription when it must not start unpaid", async () => {
    const { customer, pro } = await subscribed(
      "2026-01-01T00:00:00Z",
      { trial_period_days: 3 },
      "pm_card_chargeCustomerFail",
    );
    const call = stripe.subscriptions.create({
      customer,
      items: [{ price: pro }],
      payment_behavior: "error_if_incomplete",
    });
    expect(await refusal(call)).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
  });
});

describe("pages", () => {
  async function session(params: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
    const { all } = await makeCatalogue(local);
    const customer = await stripe.customers.create({ email: "owner@acme.test", name: "Acme" });
    const made = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer: customer.id,
      line_items: all,
      success_url: "http://localhost:3000/ok?id={CHECKOUT_SESSION_ID}",
      ...params,
    });
    return { id: made.id, page: made.url ?? "", customer: customer.id };
  }

  test("sell to a good card, and lead back", async () => {
    const { id, page, customer } = await session({
      metadata: { org_id: "o1" },
      subscription_data: { metadata: { org_id: "o1" } },
    });
    expect(await (await fetch(page)).text()).toContain('id="due-today">$29.00');
    const { to } = await local.submit(page, card("4242 4242 4242 4242"));
    expect(to).toBe(`http://localhost:3000/ok?id=${id}`);
    const [subscription] = (await stripe.subscriptions.list({ customer })).data;
    expect(subscription).toMatchObject({ status: "active", metadata: { org_id: "o1" } });
    expect((await fetch(page)).status).toBe(410);
  });

  test("keep the session open when the card is declined, also the one that only fails when charged", async () => {
    const { page, customer } = await session();
    for (const number of ["4000000000000002", "4000000000000341"]) {
      const { to, html } = await local.submit(page, card(number));
      expect([to, html.includes("Your card was declined.")]).toEqual([null, true]);
    }
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
    expect((await local.submit(page, card("4242424242424242"))).to).not.toBeNull();
  });

  test("ask for authentication, and sell nothing when it fails", async () => {
    const { page, customer } = await session();
    const first = await local.submit(page, card("4000002500003155"));
    const failed = await local.submit(first.to ?? "", { action: "fail" });
    expect(failed.html).toContain("unable to authenticate");
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toEqual([]);
    const second = await local.submit(page, card("4000002500003155"));
    expect((await local.submit(second.to ?? "", { action: "complete" })).to).toContain("/ok");
    expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
  });

  test("say which field is wrong", async () => {
    const { page } = await session();
    const { html } = await local.submit(page, { ...card("1234"), cardExpiry: "12 / 60" });
    expect(html).toContain('id="cardNumber-error" role="alert"');
    const old = await local.submit(page, { ...card("4242424242424242"), cardExpiry: "01 / 20" });
    expect(old.html).toContain("Your card has expired.");
  });

  test("show what a person wrote as text, never as markup", async () => {
    const { page } = await session({ allow_promotion_codes: true });
    const { html } = await local.submit(page, {
      action: "apply",
      promotionCode: '"><script>alert(1)</script>',
    });
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;");
  });

  test("want what Stripe's Checkout wants", async () => {
    const [first] = (await makeCatalogue(local)).all;
    const made = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
      stripe.checkout.sessions.create({
        mode: "subscription",
        line_items: first && [first],
        success_url: "http://localhost/ok",
        ...params,
      });
    const soon = Math.floor(Date.now() / 1000) + 3_600;
    expect((await refusal(made({ subscription_data: { trial_end: soon } }))).param).toBe(
      "subscription_data[trial_end]",
    );
    const { id } = await stripe.customers.create({});
    expect((await refusal(made({ customer: id, tax_id_collection: { enabled: true } }))).param).toBe(
      "customer_update[name]",
    );
    const [metered] = (await stripe.prices.list({ lookup_keys: ["overage_images"] })).data;
    expect((await refusal(made({ line_items: [{ price: metered?.id, quantity: 1 }] }))).param).toBe(
      "line_items[0][quantity]",
    );
    expect((await refusal(stripe.billingPortal.sessions.create({ customer: id }))).message).toContain(
      "No configuration provided",
    );
  });

  test("give a PDF that names each line", async () => {
    const { page, customer } = await session();
    await local.submit(page, card("4242424242424242"));
    const [invoice] = (await stripe.invoices.list({ customer })).data;
    const response = await fetch(invoice?.invoice_pdf ?? "");
    const file = Buffer.from(await response.arrayBuffer()).toString("latin1");
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(file.startsWith("%PDF-1.4")).toBe(true);
    expect(file).toContain("Tenantry PRO");
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe("xref");
    for (const [, offset = "", number] of [...file.matchAll(/^(\d{10}) 00000 n /gm)].map(
      (hit, index) => [hit[0], hit[1], index + 1] as const,
    ))
      expect(file.slice(Number(offset)).startsWith(`${number} 0 obj`)).toBe(true);
  });

  test("pay an open invoice with another card, which then is the one that is charged", async () => {
    const { now, until, customer } = await subscribed(
      "2026-01-01T00:00:00Z",
      { trial_end: at("2026-01-04T00:00:00Z") },
      "pm_card_chargeCustomerFail",
    );
    await until("2026-01-04T02:00:00Z");
    const late = invoiceOf(await now());
    const address = late.hosted_invoice_url ?? "";
    expect((await local.submit(address, { action: "pay-saved" })).html).toContain("Your card was declined.");
    await local.submit(address, card("4242424242424242"));
    expect([(await now()).status, invoiceOf(await now()).status]).toEqual(["active", "paid"]);
    const held = (await stripe.customers.retrieve(customer, {
      expand: ["invoice_settings.default_payment_method"],
    })) as Stripe.Customer;
    expect((held.invoice_settings.default_payment_method as Stripe.PaymentMethod).card?.last4).toBe("4242");
  });
});

describe("webhooks", () => {
  const SECRET = "whsec_of_this_test";
  let receiver: http.Server;
  let got: { type: string; id: string; body: string; signature: string }[];
  let answer: number;

  beforeEach(async () => {
    got = [];
    answer = 200;
    receiver = http.createServer((request, response) => {
      let body = "";
      request.on("data", (part: Buffer) => (body += part.toString()));
      request.on("end", () => {
        const { type, id } = JSON.parse(body) as { type: string; id: string };
        got.push({ type, id, body, signature: String(request.headers["stripe-signature"]) });
        response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const { port } = receiver.address() as AddressInfo;
    await local.control("POST", "/webhooks", { url: `http://127.0.0.1:${port}/hook`, secret: SECRET });
  });
  afterEach(() => new Promise((resolve) => receiver.close(resolve)));

  async function eventually(holds: () => boolean): Promise<void> {
    for (let tries = 0; tries < 300 && !holds(); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(holds()).toBe(true);
  }

  test("are signed over the raw body, as the official SDK checks it", async () => {
    await stripe.products.create({ name: "A" });
    await eventually(() => got.length === 1);
    const [{ body, signature } = { body: "", signature: "" }] = got;
    expect(stripe.webhooks.constructEvent(body, signature, SECRET).type).toBe("product.created");
    expect(() => stripe.webhooks.constructEvent(`${body} `, signature, SECRET)).toThrow();
    const [, time, hash] = /^t=(\d+),v1=(\w+)$/.exec(signature) ?? [];
    expect(createHmac("sha256", SECRET).update(`${time}.${body}`).digest("hex")).toBe(hash);
  });

  test("come again after a refusal, the same event", async () => {
    answer = 503;
    await stripe.products.create({ name: "A" });
    await eventually(() => got.length === 1);
    answer = 200;
    await eventually(() => got.length === 2);
    expect(got[1]?.id).toBe(got[0]?.id);
    await eventually(() => got.length === 2);
    const [delivery] = await local.control<{ state: string; attempts: number }[]>("GET", "/deliveries");
    expect(delivery).toMatchObject({ state: "delivered", attempts: 2 });
  });

  test("wait, however far time is moved meanwhile", async () => {
    await local.control("POST", "/webhooks", { mode: "hold" });
    await stripe.products.create({ name: "A" });
    await local.control("POST", "/clock", { offset_ms: 90 * 86_400_000 });
    await local.control("POST", "/deliveries/release", {});
    expect(got.map(({ type }) => type)).toEqual(["product.created"]);
  });

  test("are held, reordered, dropped and repeated on demand", async () => {
    await local.control("POST", "/webhooks", { mode: "hold" });
    for (const name of ["A", "B", "C"]) await stripe.products.create({ name });
    const waiting = await local.control<{ id: string; event: string }[]>("GET", "/deliveries?state=pending");
    const [first, second, third] = waiting;
    expect([waiting.length, got.length]).toEqual([3, 0]);
    await local.control("POST", "/deliveries/drop", { ids: [second?.id] });
    await local.control("POST", "/deliveries/release", { ids: [third?.id, first?.event] });
    await local.control("POST", "/deliveries/repeat", { ids: [first?.id], times: 2 });
    expect(got.map(({ id }) => id)).toEqual([third, first, first, first].map((delivery) => delivery?.event));
    expect(await local.control("GET", "/deliveries?state=pending")).toEqual([]);
    const { body, signature } = await local.control<{ body: string; signature: string }>(
      "GET",
      `/delivery?id=${third?.id}`,
    );
    expect(stripe.webhooks.constructEvent(body, signature, SECRET).id).toBe(third?.event);
  });
});

test("keeps what there is over a restart, with the time it had", async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "stripe-")), "state.json");
  const first = await startForTest({ file });
  const { id } = await first.stripe.customers.create({ email: "kept@acme.test" });
  const told = await first.control<{ offset_ms: number }>("POST", "/clock", { offset_ms: 86_400_000 });
  await first.stop();
  // As an earlier version would have written it.
  const kept = JSON.parse(fs.readFileSync(file, "utf8")) as { state: Record<string, unknown> };
  delete kept.state.eventsMade;
  fs.writeFileSync(file, JSON.stringify(kept));
  // The app may be on another port by then.
  const webhook = { url: "http://127.0.0.1:1/elsewhere", secret: "whsec_of_this_test" };
  const second = await startForTest({ file, webhook });
  expect(await second.control("GET", "/webhooks")).toMatchObject({ url: webhook.url });
  expect(((await second.stripe.customers.retrieve(id)) as Stripe.Customer).email).toBe("kept@acme.test");
  expect(await second.control("GET", "/clock")).toMatchObject({ offset_ms: told.offset_ms });
  await second.stop();
  fs.rmSync(path.dirname(file), { recursive: true });
});
