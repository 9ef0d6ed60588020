/** Stripe's objects in our words. */
import type Stripe from "stripe";
import { fromMinor } from "~/kernel/money";
import { Plan } from "~/kernel/plans";
import { netOf, overageOfProduct, planOfProduct, type DiscountState } from "../rules";
import {
  InvoiceStatus,
  SubscriptionStatus,
  type CustomerState,
  type InvoiceLineState,
  type InvoiceState,
  type SubscriptionState,
} from "../schema";

const instant = (seconds: number): Date => new Date(seconds * 1000);
const orNull = (seconds: number | null | undefined): Date | null => (seconds ? instant(seconds) : null);
const idOf = (thing: string | { id: string } | null | undefined): string | null =>
  typeof thing === "string" ? thing : (thing?.id ?? null);

/**
 * Which plan a price is of, told by its product: a price that was changed since loses its lookup key to the new one, and one
 * organization's own never had one.
 */
export const planOfPrice = ({ product }: Pick<Stripe.Price, "product">): Plan | null =>
  planOfProduct(idOf(product) ?? "");

/** Expanded as far as its coupon; one that is not tells nothing, and takes nothing off. */
function discountState(discount: string | Stripe.Discount): DiscountState[] {
  const coupon = typeof discount === "string" ? null : discount.source.coupon;
  if (typeof discount === "string" || !coupon || typeof coupon === "string") return [];
  return [
    {
      percentOff: coupon.percent_off,
      amountOff: coupon.amount_off === null ? null : fromMinor(coupon.amount_off, coupon.currency ?? "usd"),
      isOnce: coupon.duration === "once",
      endsAt: orNull(discount.end),
    },
  ];
}

/** What we wrote into the subscription when a smaller plan was chosen: the larger one goes on until its period ends. */
export const heldMetadata = (held: { plan: Plan; until: Date; priceId: string } | null) =>
  held
    ? {
        held_plan: held.plan,
        held_until: String(Math.floor(held.until.getTime() / 1000)),
        held_price: held.priceId,
      }
    : { held_plan: "", held_until: "", held_price: "" };

function heldOf({ held_plan: plan, held_until: until }: Stripe.Metadata) {
  const read = Plan.safeParse(plan);
  const seconds = Number(until);
  return read.success && seconds > 0
    ? { heldPlan: read.data, heldUntil: instant(seconds) }
    : { heldPlan: null, heldUntil: null };
}

/** Null for a subscription without an item of a plan of ours: it is none of the platform's. */
export function subscriptionState(subscription: Stripe.Subscription, now: Date): SubscriptionState | null {
  const status = SubscriptionStatus.safeParse(subscription.status);
  const licensed = subscription.items.data.find(({ price }) => planOfPrice(price) !== null);
  if (!licensed || !status.success) return null;
  const { price, quantity = 1 } = licensed;
  const monthlyAmount = fromMinor((price.unit_amount ?? 0) * quantity, subscription.currency);
  return {
    stripeId: subscription.id,
    status: status.data,
    plan: planOfPrice(price)!,
    priceId: price.id,
    ...heldOf(subscription.metadata),
    currency: subscription.currency.toUpperCase(),
    monthlyAmount,
    netAmount: netOf(monthlyAmount, subscription.discounts.flatMap(discountState), now),
    periodStart: instant(licensed.current_period_start),
    periodEnd: instant(licensed.current_period_end),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    cancelAt: orNull(subscription.cancel_at),
    trialEnd: orNull(subscription.trial_end),
    startedAt: instant(subscription.start_date),
    endedAt: orNull(subscription.ended_at),
  };
}

const sum = (parts: readonly { amount: number }[] | null | undefined): number =>
  (parts ?? []).reduce((total, { amount }) => total + amount, 0);

export function invoiceLine(line: Stripe.InvoiceLineItem): InvoiceLineState {
  const unit = line.pricing?.unit_amount_decimal;
  const details = line.parent?.subscription_item_details ?? line.parent?.invoice_item_details;
  return {
    stripeId: line.id,
    description: line.description ?? "",
    amount: fromMinor(line.amount, line.currency),
    quantity: line.quantity === null ? null : BigInt(line.quantity),
    unitAmount: unit === null || unit === undefined ? null : fromMinor(String(unit), line.currency),
    meter: overageOfProduct(line.pricing?.price_details?.product ?? ""),
    isProration: details?.proration ?? false,
    periodStart: instant(line.period.start),
    periodEnd: instant(line.period.end),
  };
}

export function invoiceState(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
): InvoiceState {
  const money = (minor: number) => fromMinor(minor, invoice.currency);
  return {
    stripeId: invoice.id,
    subscriptionId: idOf(invoice.parent?.subscription_details?.subscription),
    number: invoice.number,
    status: InvoiceStatus.parse(invoice.status ?? "draft"),
    reason: invoice.billing_reason,
    currency: invoice.currency.toUpperCase(),
    subtotal: money(invoice.subtotal),
    discount: money(sum(invoice.total_discount_amounts)),
    tax: money(sum(invoice.total_taxes)),
    total: money(invoice.total),
    amountDue: money(invoice.amount_due),
    amountPaid: money(invoice.amount_paid),
    amountRemaining: money(invoice.amount_remaining),
    hostedUrl: invoice.hosted_invoice_url ?? null,
    pdfUrl: invoice.invoice_pdf ?? null,
    periodStart: instant(invoice.period_start),
    periodEnd: instant(invoice.period_end),
    attemptCount: invoice.attempt_count,
    nextAttemptAt: orNull(invoice.next_payment_attempt),
    issuedAt: instant(invoice.status_transitions.finalized_at ?? invoice.created),
    paidAt: orNull(invoice.status_transitions.paid_at),
    lines: lines.map(invoiceLine),
  };
}

export function customerState(
  customer: Stripe.Customer,
  rest: {
    taxIds: readonly Stripe.TaxId[];
    /** Of living subscriptions, newest first. */
    paidBy: readonly Stripe.Subscription["default_payment_method"][];
    subscriptions: SubscriptionState[];
    invoices: InvoiceState[];
  },
): CustomerState {
  const method = rest.paidBy.find((one) => one !== null) ?? customer.invoice_settings.default_payment_method;
  const card = method && typeof method !== "string" ? method.card : undefined;
  const taxId = rest.taxIds[0];
  return {
    stripeId: customer.id,
    orgId: customer.metadata.org_id ?? null,
    isDeleted: false,
    card: card
      ? { brand: card.brand, last4: card.last4, expMonth: card.exp_month, expYear: card.exp_year }
      : null,
    taxId: taxId
      ? {
          stripeId: taxId.id,
          type: taxId.type,
          value: taxId.value,
          status: taxId.verification?.status ?? null,
        }
      : null,
    // Stripe's balance is what the customer owes: negative is credit.
    creditAmount: fromMinor(-customer.balance, customer.currency ?? "usd"),
    subscriptions: rest.subscriptions,
    invoices: rest.invoices,
  };
}
