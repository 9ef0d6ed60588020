/** Stripe's objects in our words. */
import type Stripe from "stripe";
import { fromMinor } from "~/kernel/money";
import { Plan } from "~/kernel/plans";
import {
  InvoiceStatus,
  OverageMeter,
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

/** `overage_images` → images; null for what is no overage price of ours. */
export const meterOfLookupKey = (key: string | null | undefined): OverageMeter | null => {
  const read = OverageMeter.safeParse(key?.replace(/^overage_/, ""));
  return key?.startsWith("overage_") && read.success ? read.data : null;
};

/** `pro_monthly` → PRO. */
export const planOfLookupKey = (key: string | null | undefined): Plan | null => {
  const read = Plan.safeParse(key?.replace(/_monthly$/, "").toUpperCase());
  return key?.endsWith("_monthly") && read.success ? read.data : null;
};

/** Null for a subscription without an item of a plan of ours: it is none of the platform's. */
export function subscriptionState(subscription: Stripe.Subscription): SubscriptionState | null {
  const status = SubscriptionStatus.safeParse(subscription.status);
  const licensed = subscription.items.data.find(({ price }) => planOfLookupKey(price.lookup_key) !== null);
  if (!licensed || !status.success) return null;
  const { price, quantity = 1 } = licensed;
  return {
    stripeId: subscription.id,
    status: status.data,
    plan: planOfLookupKey(price.lookup_key)!,
    currency: subscription.currency.toUpperCase(),
    monthlyAmount: fromMinor((price.unit_amount ?? 0) * quantity, subscription.currency),
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

export function invoiceLine(
  line: Stripe.InvoiceLineItem,
  lookupKeyOf: (priceId: string) => string | null,
): InvoiceLineState {
  const price = line.pricing?.price_details?.price;
  const key = typeof price === "string" ? lookupKeyOf(price) : price?.lookup_key;
  const unit = line.pricing?.unit_amount_decimal;
  const details = line.parent?.subscription_item_details ?? line.parent?.invoice_item_details;
  return {
    stripeId: line.id,
    description: line.description ?? "",
    amount: fromMinor(line.amount, line.currency),
    quantity: line.quantity === null ? null : BigInt(line.quantity),
    unitAmount: unit === null || unit === undefined ? null : fromMinor(String(unit), line.currency),
    meter: meterOfLookupKey(key),
    isProration: details?.proration ?? false,
    periodStart: instant(line.period.start),
    periodEnd: instant(line.period.end),
  };
}

export function invoiceState(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
  lookupKeyOf: (priceId: string) => string | null,
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
    lines: lines.map((line) => invoiceLine(line, lookupKeyOf)),
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
