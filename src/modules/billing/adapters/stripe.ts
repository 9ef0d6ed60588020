/** What we ask Stripe for, one function an intent; ids and idempotency keys come from the caller. */
import type Stripe from "stripe";
import { DomainError } from "~/kernel/errors";
import type { Plan } from "~/kernel/plans";
import { env } from "~/server/config/env";
import { planNotSold, taxIdRefused } from "../errors";
import { isLive, planProductName, productOfPlan } from "../rules";
import { OverageMeter, type CustomerState, type InvoicePreview, type SubscriptionStatus } from "../schema";
import { fromMinor, toMinor } from "~/kernel/money";
import { putProduct } from "./products";
import { callStripe, stripeCodeOf } from "./stripe-client";
import { clock } from "~/kernel/clock";
import { customerState, heldMetadata, invoiceState, planOfPrice, subscriptionState } from "./stripe-shapes";

export { isStripeSetUp, stripeState } from "./stripe-client";

/** Names under which `npm run stripe:sync` puts prices and meters. */
export const planKey = (plan: Plan): string => `${plan.toLowerCase()}_monthly`;
export const overageKey = (meter: OverageMeter): string => `overage_${meter}`;
export const meterEventName = (meter: OverageMeter): string => `tenantry_${meter}`;

const isMissing = (error: unknown): boolean => stripeCodeOf(error) === "resource_missing";

/** Milliseconds after which the names of prices are read again: a sync may have made new ones. */
const CATALOGUE_MS = 5 * 60_000;
type Catalogue = { readAt: number; idOf: Map<string, string> };
const held = globalThis as typeof globalThis & { __tenantryStripePrices?: Map<string, Catalogue> };

/** Ids of our prices by lookup key, kept a few minutes. */
async function catalogue(): Promise<Catalogue> {
  const at = `${env().STRIPE_API_URL ?? ""} ${env().STRIPE_SECRET_KEY ?? ""}`;
  held.__tenantryStripePrices ??= new Map();
  const known = held.__tenantryStripePrices.get(at);
  if (known && Date.now() - known.readAt < CATALOGUE_MS && known.idOf.size > 0) return known;
  const keys = [planKey("PRO"), planKey("ENTERPRISE"), ...OverageMeter.options.map(overageKey)];
  const { data } = await callStripe("prices.list", (stripe) =>
    stripe.prices.list({ lookup_keys: keys, active: true, limit: 100 }),
  );
  const named = data.flatMap(({ id, lookup_key }) => (lookup_key ? [[lookup_key, id] as const] : []));
  const read = { readAt: Date.now(), idOf: new Map(named) };
  held.__tenantryStripePrices.set(at, read);
  return read;
}

export async function createCustomer(asked: {
  orgId: string;
  creationId: string;
  name: string;
  email: string;
}): Promise<string> {
  const { orgId, creationId, name, email } = asked;
  const { id } = await callStripe("customers.create", (stripe) =>
    stripe.customers.create(
      { name, email, metadata: { org_id: orgId } },
      { idempotencyKey: `customer:${creationId}` },
    ),
  );
  return id;
}

/** All that the mirror keeps of a customer, read now. Null when Stripe knows none of this id. */
export async function readCustomer(stripeCustomerId: string): Promise<CustomerState | null> {
  const customer = await callStripe("customers.retrieve", (stripe) =>
    stripe.customers.retrieve(stripeCustomerId, { expand: ["invoice_settings.default_payment_method"] }),
  ).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (!customer) return null;
  if (customer.deleted)
    return {
      stripeId: customer.id,
      orgId: null,
      isDeleted: true,
      card: null,
      taxId: null,
      creditAmount: "0",
      subscriptions: [],
      invoices: [],
    };
  const of = { customer: stripeCustomerId };
  const [subscriptions, invoices, taxIds] = await Promise.all([
    callStripe("subscriptions.list", (stripe) =>
      stripe.subscriptions.list({
        ...of,
        status: "all",
        limit: 100,
        expand: ["data.default_payment_method", "data.discounts.source.coupon"],
      }),
    ),
    callStripe("invoices.list", (stripe) => stripe.invoices.list({ ...of, limit: 100 })),
    callStripe("customers.listTaxIds", (stripe) =>
      stripe.customers.listTaxIds(stripeCustomerId, { limit: 10 }),
    ),
  ]);
  const now = clock.now();
  return customerState(customer, {
    taxIds: taxIds.data,
    // Checkout gives its card to the subscription, the portal to the customer.
    paidBy: subscriptions.data
      .filter(({ status }) => isLive(status as SubscriptionStatus))
      .map(({ default_payment_method: method }) => method),
    subscriptions: subscriptions.data.flatMap((one) => subscriptionState(one, now) ?? []),
    invoices: await Promise.all(
      invoices.data.map(async (invoice) => invoiceState(invoice, await linesOf(invoice))),
    ),
  });
}

/** An invoice carries its first lines; one with more is asked for the rest. */
async function linesOf({ id, lines }: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!lines.has_more) return lines.data;
  return callStripe("invoices.listLineItems", (stripe) =>
    stripe.invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: 1_000 }),
  );
}

/** The listed price of a plan. @throws billing.plan_not_sold. */
export async function listedPrice(plan: Plan): Promise<string> {
  const price = (await catalogue()).idOf.get(planKey(plan));
  if (!price) throw planNotSold(plan);
  return price;
}

/** Items of a subscription: its licensed price, and every overage price, from the start. */
async function itemsOf(licensed: string): Promise<{ price: string; quantity?: number }[]> {
  const { idOf } = await catalogue();
  const metered = OverageMeter.options.flatMap((meter) => idOf.get(overageKey(meter)) ?? []);
  return [{ price: licensed, quantity: 1 }, ...metered.map((price) => ({ price }))];
}

/** Stripe wants the end of a trial at least two days ahead. */
const SHORTEST_TRIAL_MS = 48 * 3_600_000 + 60_000;

/** A page where the plan is paid. A trial that runs on goes on at Stripe: the first charge comes at its end. */
export async function openCheckout(asked: {
  orgId: string;
  stripeCustomerId: string;
  priceId: string;
  intentId: string;
  trialEndsAt: Date | null;
  now: Date;
  returnUrl: string;
}): Promise<string> {
  const { orgId, stripeCustomerId, priceId, intentId, trialEndsAt, now, returnUrl } = asked;
  const line_items = await itemsOf(priceId);
  const runsOn = trialEndsAt !== null && trialEndsAt.getTime() - now.getTime() > SHORTEST_TRIAL_MS;
  const session = await callStripe("checkout.sessions.create", (stripe) =>
    stripe.checkout.sessions.create(
      {
        mode: "subscription",
        customer: stripeCustomerId,
        client_reference_id: orgId,
        line_items,
        allow_promotion_codes: true,
        tax_id_collection: { enabled: true },
        customer_update: { name: "auto", address: "auto" },
        metadata: { org_id: orgId },
        subscription_data: {
          metadata: { org_id: orgId },
          ...(runsOn && { trial_end: Math.floor(trialEndsAt.getTime() / 1000) }),
        },
        success_url: `${returnUrl}?checkout=done`,
        cancel_url: `${returnUrl}?checkout=left`,
      },
      { idempotencyKey: `checkout:${orgId}:${intentId}` },
    ),
  ).catch((error: unknown) => {
    // Perhaps a price that was changed a moment ago: the next press reads them anew.
    held.__tenantryStripePrices?.clear();
    throw error;
  });
  if (!session.url) throw new Error("a checkout session without an address");
  return session.url;
}

/**
 * Our portal's configuration at Stripe. Made when it is not there and `isToBeMade`.
 * @returns its id when it was made now, or is there and only asked for; else null.
 */
export async function portalConfiguration(isToBeMade = false): Promise<string | null> {
  const { data } = await callStripe("billingPortal.configurations.list", (stripe) =>
    stripe.billingPortal.configurations.list({ active: true, limit: 100 }),
  );
  const there = data.find(({ metadata }) => metadata?.tenantry === "billing");
  if (there) return isToBeMade ? null : there.id;
  if (!isToBeMade) return null;
  const { id } = await callStripe("billingPortal.configurations.create", (stripe) =>
    stripe.billingPortal.configurations.create({
      metadata: { tenantry: "billing" },
      features: {
        payment_method_update: { enabled: true },
        invoice_history: { enabled: true },
        customer_update: { enabled: true, allowed_updates: ["email", "address", "tax_id"] },
        subscription_cancel: { enabled: true, mode: "at_period_end" },
      },
    }),
  );
  return id;
}

/** A page of Stripe's portal: cards, addresses, tax numbers, invoices. */
export async function openPortal(stripeCustomerId: string, returnUrl: string): Promise<string> {
  // Without one of ours, Stripe takes the default of its dashboard.
  const configuration = await portalConfiguration();
  const { url } = await callStripe("billingPortal.sessions.create", (stripe) =>
    stripe.billingPortal.sessions.create({
      customer: stripeCustomerId,
      return_url: returnUrl,
      ...(configuration && { configuration }),
    }),
  );
  return url;
}

export const setCancelAtPeriodEnd = (
  stripeSubscriptionId: string,
  cancels: boolean,
  intentId: string,
): Promise<unknown> =>
  callStripe("subscriptions.update", (stripe) =>
    stripe.subscriptions.update(
      stripeSubscriptionId,
      { cancel_at_period_end: cancels },
      { idempotencyKey: `${cancels ? "cancel" : "resume"}:${stripeSubscriptionId}:${intentId}` },
    ),
  );

/** Ends it at once, without a credit. It having ended already is what was wanted. */
export async function endSubscription(stripeSubscriptionId: string, intent: string): Promise<void> {
  await callStripe("subscriptions.cancel", (stripe) =>
    stripe.subscriptions.cancel(stripeSubscriptionId, {}, { idempotencyKey: `end:${intent}` }),
  ).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

/** Deletes a customer for good. It being gone already is what was wanted. */
export async function deleteCustomer(stripeCustomerId: string): Promise<void> {
  await callStripe("customers.del", (stripe) => stripe.customers.del(stripeCustomerId)).catch(
    (error: unknown) => {
      if (!isMissing(error)) throw error;
    },
  );
}

/** Sends receipts to another address. */
export async function moveReceipts(stripeCustomerId: string, email: string): Promise<void> {
  await callStripe("customers.update", (stripe) => stripe.customers.update(stripeCustomerId, { email }));
}

/** To another price from now on: the rest of the period is credited and charged by the second, and paid at once. */
export async function stepUp(
  stripeSubscriptionId: string,
  { priceId, countedAt, intentId }: { priceId: string; countedAt: Date; intentId: string },
): Promise<void> {
  const items = await exchange(stripeSubscriptionId, priceId);
  await callStripe("subscriptions.update", (stripe) =>
    stripe.subscriptions.update(
      stripeSubscriptionId,
      {
        items,
        proration_behavior: "always_invoice",
        proration_date: Math.floor(countedAt.getTime() / 1000),
        // A card that is refused changes nothing.
        payment_behavior: "error_if_incomplete",
        cancel_at_period_end: false,
        metadata: heldMetadata(null),
      },
      { idempotencyKey: `plan:${stripeSubscriptionId}:${intentId}` },
    ),
  );
}

/**
 * To another price with the next period, without a credit or a charge: what is paid for goes on until then, which is
 * written into the subscription (`held`). Null takes such a step back: the price of before stays.
 */
export async function stepAtPeriodEnd(
  stripeSubscriptionId: string,
  {
    priceId,
    held,
    intentId,
  }: { priceId: string; held: { plan: Plan; until: Date; priceId: string } | null; intentId: string },
): Promise<void> {
  const items = await exchange(stripeSubscriptionId, priceId);
  await callStripe("subscriptions.update", (stripe) =>
    stripe.subscriptions.update(
      stripeSubscriptionId,
      { items, proration_behavior: "none", metadata: heldMetadata(held) },
      { idempotencyKey: `plan:${stripeSubscriptionId}:${intentId}` },
    ),
  );
}

/** The price that is paid until the period ends, when a smaller one was chosen. */
export async function heldPrice(stripeSubscriptionId: string): Promise<string | null> {
  const { metadata } = await callStripe("subscriptions.retrieve", (stripe) =>
    stripe.subscriptions.retrieve(stripeSubscriptionId),
  );
  return metadata.held_price || null;
}

/** A price of one organization's own, under the plan's product; the same offer gets the same one. */
export async function createOfferPrice(offer: {
  id: string;
  orgId: string;
  plan: Plan;
  monthlyAmount: string;
  currency: string;
}): Promise<string> {
  const product = productOfPlan(offer.plan);
  await putProduct({ product, name: planProductName(offer.plan) });
  const { id } = await callStripe("prices.create", (stripe) =>
    stripe.prices.create(
      {
        product,
        currency: offer.currency.toLowerCase(),
        unit_amount: Number(toMinor(offer.monthlyAmount, offer.currency)),
        recurring: { interval: "month" },
        nickname: "Offer to one organization",
        metadata: { org_id: offer.orgId, offer_id: offer.id },
      },
      { idempotencyKey: `offer:${offer.id}` },
    ),
  );
  return id;
}

/** Nobody subscribes to it any more; who did keeps it. */
export const retirePrice = (priceId: string): Promise<unknown> =>
  callStripe("prices.update", (stripe) => stripe.prices.update(priceId, { active: false }));

/** The licensed item, with another price. */
async function exchange(
  stripeSubscriptionId: string,
  price: string,
): Promise<{ id: string; price: string }[]> {
  const subscription = await callStripe("subscriptions.retrieve", (stripe) =>
    stripe.subscriptions.retrieve(stripeSubscriptionId),
  );
  const licensed = subscription.items.data.find((item) => planOfPrice(item.price) !== null);
  if (!licensed) throw new Error("a subscription without a licensed item");
  return [{ id: licensed.id, price }];
}

/** What comes next as things are (`priceId` null), or what is paid at once for a change to that price at `countedAt`. */
export async function previewInvoice(
  stripeCustomerId: string,
  stripeSubscriptionId: string,
  { priceId, countedAt }: { priceId: string | null; countedAt: Date },
): Promise<InvoicePreview | null> {
  const items = priceId ? await exchange(stripeSubscriptionId, priceId) : undefined;
  const preview = await callStripe("invoices.createPreview", (stripe) =>
    stripe.invoices.createPreview({
      customer: stripeCustomerId,
      subscription: stripeSubscriptionId,
      ...(items && {
        subscription_details: {
          items,
          proration_behavior: "always_invoice",
          proration_date: Math.floor(countedAt.getTime() / 1000),
        },
      }),
    }),
  ).catch((error: unknown) => {
    // A subscription that ends has no next invoice.
    if (stripeCodeOf(error) === "invoice_upcoming_none") return null;
    throw error;
  });
  if (!preview) return null;
  const money = (minor: number) => fromMinor(minor, preview.currency);
  return {
    currency: preview.currency.toUpperCase(),
    total: money(preview.total),
    amountDue: money(preview.amount_due),
    at: priceId ? countedAt : new Date((preview.next_payment_attempt ?? preview.period_end) * 1000),
    countedAt,
    lines: (await linesOf(preview)).map((line) => ({
      description: line.description ?? "",
      amount: money(line.amount),
      isProration:
        line.parent?.subscription_item_details?.proration ??
        line.parent?.invoice_item_details?.proration ??
        false,
    })),
  };
}

/** Puts the number in the place of the ones before; an empty one only takes them away. @throws billing.tax_id_refused. */
export async function replaceTaxId(
  stripeCustomerId: string,
  { type, value, intentId }: { type: string; value: string; intentId: string },
): Promise<void> {
  const before = await callStripe("customers.listTaxIds", (stripe) =>
    stripe.customers.listTaxIds(stripeCustomerId, { limit: 10 }),
  );
  const same = before.data.find((one) => one.type === type && one.value === value);
  if (value !== "" && !same)
    await callStripe("customers.createTaxId", (stripe) =>
      stripe.customers.createTaxId(
        stripeCustomerId,
        { type: type as Stripe.CustomerCreateTaxIdParams.Type, value },
        { idempotencyKey: `tax:${stripeCustomerId}:${intentId}` },
      ),
    ).catch((error: unknown) => {
      if (error instanceof DomainError && stripeCodeOf(error) === "tax_id_invalid") throw taxIdRefused();
      throw error;
    });
  for (const { id } of before.data)
    if (id !== same?.id)
      await callStripe("customers.deleteTaxId", (stripe) =>
        stripe.customers.deleteTaxId(stripeCustomerId, id),
      ).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
}

/** Tells a batch of overage; Stripe drops a repeated identifier for at least 24 hours. */
export const sendMeterEvent = (batch: {
  id: string;
  meter: OverageMeter;
  stripeCustomerId: string;
  quantity: bigint;
  countedAt: Date;
}): Promise<unknown> =>
  callStripe("billing.meterEvents.create", (stripe) =>
    stripe.billing.meterEvents.create(
      {
        event_name: meterEventName(batch.meter),
        identifier: batch.id,
        timestamp: Math.floor(batch.countedAt.getTime() / 1000),
        payload: { stripe_customer_id: batch.stripeCustomerId, value: batch.quantity.toString() },
      },
      { idempotencyKey: `usage:${batch.id}` },
    ),
  );

/** Whether Stripe has this identifier already: it says so when it is told again. */
export const isKnownMeterEvent = (error: unknown): boolean =>
  stripeCodeOf(error) === "duplicate_meter_event" ||
  (error instanceof Error &&
    /identifier/i.test((error.cause as Error | undefined)?.message ?? "") &&
    /already/i.test((error.cause as Error).message));

/** Units that Stripe has counted of a meter in [start, end), both whole minutes outward. */
export async function countedByStripe(
  meter: OverageMeter,
  stripeCustomerId: string,
  period: { start: Date; end: Date },
): Promise<bigint> {
  const meters = await callStripe("billing.meters.list", (stripe) =>
    stripe.billing.meters.list({ limit: 100, status: "active" }),
  );
  const known = meters.data.find(({ event_name }) => event_name === meterEventName(meter));
  if (!known) return 0n;
  const minute = (at: Date, up: boolean) => (up ? Math.ceil : Math.floor)(at.getTime() / 60_000) * 60;
  const summaries = await callStripe("billing.meters.listEventSummaries", (stripe) =>
    stripe.billing.meters
      .listEventSummaries(known.id, {
        customer: stripeCustomerId,
        start_time: minute(period.start, false),
        end_time: minute(period.end, true),
        limit: 100,
      })
      .autoPagingToArray({ limit: 1_000 }),
  );
  return summaries.reduce((sum, { aggregated_value }) => sum + BigInt(Math.round(aggregated_value)), 0n);
}

/** Events Stripe has made since, oldest last; for what never arrived. */
export const listEvents = (since: Date): Promise<Stripe.Event[]> =>
  callStripe("events.list", (stripe) =>
    stripe.events
      .list({ created: { gte: Math.floor(since.getTime() / 1000) }, limit: 100 })
      .autoPagingToArray({ limit: 10_000 }),
  );

/** Everybody with a subscription at Stripe that has not ended. */
export async function listSubscribers(): Promise<
  { subscriptionId: string; customerId: string; orgId: string | null }[]
> {
  const all = await callStripe("subscriptions.list", (stripe) =>
    stripe.subscriptions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 }),
  );
  return all.map(({ id, customer, metadata }) => ({
    subscriptionId: id,
    customerId: typeof customer === "string" ? customer : customer.id,
    orgId: metadata.org_id ?? null,
  }));
}

export const readEvent = (id: string): Promise<Stripe.Event> =>
  callStripe("events.retrieve", (stripe) => stripe.events.retrieve(id));
