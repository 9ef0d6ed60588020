import Stripe from "stripe";
import { at, card, makeCatalogue, startForTest, type Local } from "../testing";

const DAY_S = 86_400;

/**
 * Every call that our code makes of Stripe, and the pages between them, through the official SDK: what the contract
 * tests hold against Stripe's document and against stripe-mock.
 */
export async function playThrough(local: Local): Promise<void> {
  const { stripe } = local;
  const { pro, overage, all } = await makeCatalogue(local);
  await keepCatalogue(local, pro);
  const promotion = await giveCoupons(stripe);
  await sellOnPages(local, all, promotion);
  await liveByClock(local, pro, all, overage);
  await failAndRecover(local, pro);
  await readEvents(stripe);
}

async function keepCatalogue({ stripe }: Local, pro: string): Promise<void> {
  await stripe.products.update("tenantry_pro", { description: "For teams", metadata: { plan: "PRO" } });
  await stripe.products.retrieve("tenantry_pro", { expand: ["default_price"] });
  await stripe.products.list({ active: true, ids: ["tenantry_pro"], limit: 3 });
  await stripe.prices.list({
    lookup_keys: ["pro_monthly", "overage_images"],
    active: true,
    expand: ["data.product"],
  });
  await stripe.prices.retrieve(pro, { expand: ["product"] });
  const dearer = await stripe.prices.create({
    product: "tenantry_pro",
    currency: "usd",
    unit_amount: 3900,
    recurring: { interval: "month" },
    lookup_key: "pro_monthly",
    transfer_lookup_key: true,
    tax_behavior: "exclusive",
  });
  await stripe.prices.update(dearer.id, { active: false, nickname: "old", metadata: { was: "dear" } });
  await stripe.prices.update(pro, { lookup_key: "pro_monthly", transfer_lookup_key: true });
  const { data: meters } = await stripe.billing.meters.list({ status: "active", limit: 100 });
  const [meter] = meters;
  if (!meter) throw new Error("no meter");
  await stripe.billing.meters.retrieve(meter.id);
  await stripe.billing.meters.update(meter.id, { display_name: "Images made" });
  await stripe.billing.meters.deactivate(meter.id);
  await stripe.billing.meters.reactivate(meter.id);
}

async function giveCoupons(stripe: Stripe): Promise<string> {
  const coupon = await stripe.coupons.create({
    id: "WELCOME50",
    percent_off: 50,
    duration: "repeating",
    duration_in_months: 3,
    name: "Half price for three months",
  });
  await stripe.coupons.create({ amount_off: 500, currency: "usd", duration: "once", max_redemptions: 10 });
  await stripe.coupons.retrieve(coupon.id);
  await stripe.coupons.list({ limit: 10 });
  const promotion = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "WELCOME",
    restrictions: { first_time_transaction: true },
  });
  await stripe.promotionCodes.retrieve(promotion.id, { expand: ["promotion.coupon"] });
  await stripe.promotionCodes.update(promotion.id, { active: true, metadata: { by: "test" } });
  await stripe.promotionCodes.list({ code: "WELCOME", active: true });
  return promotion.code;
}

type Lines = { price: string; quantity?: number }[];

async function sellOnPages(local: Local, lines: Lines, code: string): Promise<void> {
  const { stripe, submit, url } = local;
  const customer = await stripe.customers.create({
    email: "owner@acme.test",
    name: "Acme",
    metadata: { org_id: "o1" },
    address: { country: "US", postal_code: "94105" },
    preferred_locales: ["en"],
    tax_exempt: "none",
  });
  await stripe.customers.update(customer.id, {
    phone: "+1 555",
    description: "first",
    metadata: { org_id: "o1", old: "" },
  });
  await stripe.customers.list({ email: "owner@acme.test", created: { gte: 1 } });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    client_reference_id: "o1",
    line_items: lines,
    allow_promotion_codes: true,
    billing_address_collection: "auto",
    tax_id_collection: { enabled: true },
    customer_update: { name: "auto", address: "auto" },
    metadata: { org_id: "o1" },
    subscription_data: { metadata: { org_id: "o1" } },
    success_url: "http://localhost:3000/o/acme/billing?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/o/acme/billing",
  });
  const page = session.url ?? "";
  await submit(page, { action: "apply", promotionCode: code });
  await submit(page, card("4000 0000 0000 0002"));
  const bank = await submit(page, {
    ...card("4000 0025 0000 3155"),
    taxIdType: "eu_vat",
    taxId: "DE123456789",
    businessName: "Acme GmbH",
  });
  await submit(bank.to ?? "", { action: "complete" });
  await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["line_items", "customer", "subscription.latest_invoice.payments", "invoice"],
  });
  await stripe.checkout.sessions.listLineItems(session.id);
  await stripe.checkout.sessions.list({ customer: customer.id, status: "complete" });
  const trial = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer_email: "new@globex.test",
    line_items: lines,
    payment_method_collection: "if_required",
    subscription_data: { trial_end: Math.floor(Date.now() / 1000) + 10 * DAY_S },
    success_url: "http://localhost:3000/ok",
  });
  await submit(trial.url ?? "", { action: "pay", email: "new@globex.test" });
  const left = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: lines,
    discounts: [{ coupon: "WELCOME50" }],
    success_url: "http://localhost:3000/ok",
  });
  await stripe.checkout.sessions.expire(left.id);
  await visitPortal(local, customer.id);
  await stripe.customers.retrieve(customer.id, {
    expand: ["tax_ids", "subscriptions", "invoice_settings.default_payment_method", "test_clock"],
  });
  if (!url) throw new Error("no address");
}

async function visitPortal({ stripe, submit }: Local, customer: string): Promise<void> {
  const configuration = await stripe.billingPortal.configurations.create({
    business_profile: { headline: "Tenantry" },
    default_return_url: "http://localhost:3000/o/acme/billing",
    features: {
      customer_update: { enabled: true, allowed_updates: ["email", "name", "tax_id"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: "at_period_end",
        cancellation_reason: { enabled: true, options: ["too_expensive", "unused", "other"] },
      },
    },
    metadata: { made_by: "tenantry" },
  });
  await stripe.billingPortal.configurations.update(configuration.id, { name: "Tenantry" });
  await stripe.billingPortal.configurations.list({ active: true, limit: 10 });
  await stripe.billingPortal.configurations.retrieve(configuration.id);
  const session = await stripe.billingPortal.sessions.create({
    customer,
    configuration: configuration.id,
    return_url: "http://localhost:3000/o/acme/billing",
  });
  const [subscription] = (await stripe.subscriptions.list({ customer, limit: 1 })).data;
  if (!subscription) throw new Error("no subscription");
  await stripe.billingPortal.sessions.create({
    customer,
    configuration: configuration.id,
    flow_data: {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: "redirect", redirect: { return_url: "http://localhost:3000/ok" } },
    },
  });
  await submit(session.url, { ...card("5555 5555 5555 4444"), action: "card" });
  await submit(session.url, { action: "details", name: "Acme Ltd", email: "billing@acme.test" });
  await submit(session.url, { action: "add-tax-id", taxIdType: "gb_vat", taxIdValue: "GB123456789" });
  await submit(session.url, {
    action: "cancel",
    subscription: subscription.id,
    feedback: "unused",
    comment: "Bye",
  });
  await submit(session.url, { action: "resume", subscription: subscription.id });
}

async function liveByClock({ stripe }: Local, pro: string, lines: Lines, overage: Record<string, string>) {
  const clock = await stripe.testHelpers.testClocks.create({
    frozen_time: at("2026-01-31T10:00:00Z"),
    name: "year",
  });
  const customer = await stripe.customers.create({ email: "clock@acme.test", test_clock: clock.id });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  await stripe.customers.listPaymentMethods(customer.id, { type: "card" });
  await stripe.paymentMethods.retrieve(method.id);
  const taxId = await stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "DE123456789" });
  await stripe.customers.listTaxIds(customer.id, { limit: 10 });
  await stripe.customers.retrieveTaxId(customer.id, taxId.id);
  await stripe.customers.deleteTaxId(customer.id, taxId.id);
  await stripe.customers.createBalanceTransaction(customer.id, {
    amount: -700,
    currency: "usd",
    description: "Sorry",
  });
  await stripe.customers.listBalanceTransactions(customer.id);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: lines,
    discounts: [{ coupon: "WELCOME50" }],
    metadata: { org_id: "o2" },
    expand: ["latest_invoice.confirmation_secret", "discounts.source.coupon"],
  });
  const [item] = subscription.items.data;
  if (!item) throw new Error("no item");
  await stripe.billing.meterEvents.create({
    event_name: "tenantry_images",
    identifier: "batch-1",
    timestamp: at("2026-02-03T00:00:00Z") - 3 * DAY_S,
    payload: { stripe_customer_id: customer.id, value: "120" },
  });
  await stripe.billing.meterEvents.create({
    event_name: "tenantry_storage_gb_months",
    payload: { stripe_customer_id: customer.id, value: "12.345" },
  });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at("2026-02-10T10:00:00Z") });
  await stripe.testHelpers.testClocks.retrieve(clock.id);
  const meter = (await stripe.prices.retrieve(overage.images ?? "")).recurring?.meter ?? "";
  await stripe.billing.meters.listEventSummaries(meter, {
    customer: customer.id,
    start_time: at("2026-01-31T00:00:00Z"),
    end_time: at("2026-02-10T00:00:00Z"),
    value_grouping_window: "day",
  });
  await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: {
      items: [{ id: item.id, price: pro, quantity: 2 }],
      proration_behavior: "create_prorations",
    },
  });
  await stripe.invoices.createPreview({
    customer: customer.id,
    subscription_details: { items: [{ price: pro }] },
  });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, quantity: 3 }],
    proration_behavior: "always_invoice",
    payment_behavior: "error_if_incomplete",
  });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, quantity: 1 }],
    proration_behavior: "create_prorations",
  });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at("2026-03-01T10:00:00Z") });
  await stripe.subscriptions.update(subscription.id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: "unused" },
  });
  await stripe.subscriptions.update(subscription.id, {
    cancel_at_period_end: false,
    metadata: { seen: "1" },
    discounts: "",
  });
  await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["items.data.price.product", "customer", "latest_invoice"],
  });
  const { data: invoices } = await stripe.invoices.list({
    customer: customer.id,
    subscription: subscription.id,
    limit: 100,
  });
  for (const invoice of invoices) {
    await stripe.invoices.retrieve(invoice.id, {
      expand: ["payments.data.payment.payment_intent", "discounts"],
    });
    await stripe.invoices.listLineItems(invoice.id, { limit: 2 });
  }
  const [newest] = invoices;
  if (newest) await stripe.invoices.update(newest.id, { metadata: { seen: "1" }, description: "Thank you" });
  await stripe.subscriptions.cancel(subscription.id, { invoice_now: true, prorate: true });
  await stripe.subscriptions.list({ customer: customer.id, status: "all" });
  await stripe.testHelpers.testClocks.list({ limit: 1 });
}

async function failAndRecover({ stripe, submit }: Local, pro: string): Promise<void> {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at("2026-01-01T00:00:00Z") });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "late@acme.test" });
  const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pro }],
    default_payment_method: good.id,
    trial_end: at("2026-01-11T00:00:00Z"),
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    payment_settings: { save_default_payment_method: "on_subscription" },
  });
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at("2026-01-20T00:00:00Z") });
  const late = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice.payments"] });
  const invoice = late.latest_invoice as Stripe.Invoice;
  const intent = invoice.payments?.data[0]?.payment.payment_intent;
  await stripe.paymentIntents.retrieve(typeof intent === "string" ? intent : "");
  await stripe.invoices.pay(invoice.id).catch(() => undefined);
  await submit(invoice.hosted_invoice_url ?? "", card("4000 0027 6000 3184")).then(({ to }) =>
    submit(to ?? "", { action: "complete" }),
  );
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at("2026-02-12T00:00:00Z") });
  const { data } = await stripe.invoices.list({ subscription: subscription.id, status: "open" });
  for (const open of data) await stripe.invoices.pay(open.id, { payment_method: good.id, off_session: true });
  await stripe.paymentMethods.detach(bad.id);
  const unpaid = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: pro }],
    payment_behavior: "default_incomplete",
    expand: ["latest_invoice.confirmation_secret"],
  });
  await stripe.invoices.markUncollectible((unpaid.latest_invoice as Stripe.Invoice).id);
  await stripe.invoices.voidInvoice((unpaid.latest_invoice as Stripe.Invoice).id);
  const paused = await stripe.customers.create({ test_clock: clock.id });
  const trial = await stripe.subscriptions.create({
    customer: paused.id,
    items: [{ price: pro }],
    trial_period_days: 2,
    trial_settings: { end_behavior: { missing_payment_method: "pause" } },
  });
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at("2026-02-16T00:00:00Z") });
  const found = await stripe.paymentMethods.attach("pm_card_visa", { customer: paused.id });
  await stripe.customers.update(paused.id, { invoice_settings: { default_payment_method: found.id } });
  await stripe.subscriptions.resume(trial.id);
  await stripe.customers.del(paused.id);
  await stripe.customers.retrieve(paused.id);
  await stripe.testHelpers.testClocks.del(clock.id);
}

async function readEvents(stripe: Stripe): Promise<void> {
  const { data } = await stripe.events.list({
    limit: 100,
    types: ["invoice.paid", "customer.subscription.updated"],
  });
  const [event] = data;
  if (event) await stripe.events.retrieve(event.id);
  await stripe.events.list({ type: "invoice.*", created: { gte: 1 }, limit: 1 });
  await stripe.coupons.del("WELCOME50");
}

/** Plays it on a Stripe of its own: each request with its answer, and all events. */
export async function play() {
  const local = await startForTest({ webhook: undefined });
  try {
    await playThrough(local);
    const events: Stripe.Event[] = [];
    const requests = await local.recorded();
    for await (const event of local.stripe.events.list({ limit: 100 })) events.push(event);
    return { requests, events };
  } finally {
    await local.stop();
  }
}
