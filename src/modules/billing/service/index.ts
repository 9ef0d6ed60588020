/** Use cases of billing that only read, inside one organization. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { viewTerms } from "~/modules/entitlements";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { currentSubscription, customerRow, invoiceRow, invoiceRows, unpaidInvoice } from "../queries";
import { openOffer } from "../queries/offers";
import { graceEnds, heldPlan, isLive } from "../rules";
import type {
  BillingOverview,
  InvoiceDetail,
  InvoiceItem,
  InvoiceStatus,
  ListInvoicesInput,
  OverageMeter,
  PaymentNotice,
} from "../schema";

/** What the organization is on, and how it pays; from the mirror, so that it shows while Stripe does not answer. */
export async function billingOverview(
  scope: TenantReadScope,
  payments: BillingOverview["payments"],
): Promise<BillingOverview> {
  const [terms, current, customer, offer] = await Promise.all([
    viewTerms({ db: scope.db, orgId: scope.actor.orgId }),
    currentSubscription(scope),
    customerRow(scope),
    openOffer(scope),
  ]);
  const now = clock.now();
  const held = current && heldPlan(current, now);
  const subscription = current && isLive(current.status) ? current : null;
  return {
    payments,
    plan: terms.plan,
    basePlan: terms.basePlan,
    source: terms.source,
    trialEndsAt: terms.trialEndsAt,
    period: terms.period,
    subscription: subscription && {
      status: subscription.status,
      plan: subscription.plan,
      monthlyAmount: subscription.monthlyAmount,
      currency: subscription.currency,
      period: { start: subscription.periodStart, end: subscription.periodEnd },
      cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
      held: held && subscription.heldUntil && { plan: held, until: subscription.heldUntil },
      trialEnd: subscription.trialEnd && subscription.trialEnd > now ? subscription.trialEnd : null,
      pastDueSince: subscription.pastDueSince,
      graceEndsAt: subscription.pastDueSince && graceEnds(subscription.pastDueSince),
    },
    card:
      customer?.cardBrand && customer.cardLast4
        ? {
            brand: customer.cardBrand,
            last4: customer.cardLast4,
            expMonth: customer.cardExpMonth ?? 0,
            expYear: customer.cardExpYear ?? 0,
          }
        : null,
    taxId:
      customer?.taxIdType && customer.taxIdValue
        ? { type: customer.taxIdType, value: customer.taxIdValue, status: customer.taxIdStatus }
        : null,
    creditAmount: customer?.creditAmount.toFixed() ?? "0",
    offer: offer && {
      id: offer.id,
      plan: offer.plan,
      monthlyAmount: offer.monthlyAmount,
      currency: offer.currency,
      madeAt: offer.createdAt,
    },
    overage: terms.overage,
    syncedAt: customer?.syncedAt ?? null,
  };
}

type InvoiceRow = NonNullable<Awaited<ReturnType<typeof invoiceRow>>>;

const itemOf = (row: Omit<InvoiceRow, "lines">): InvoiceItem => ({
  id: row.id,
  number: row.number,
  status: row.status as InvoiceStatus,
  currency: row.currency,
  total: row.total.toFixed(),
  amountRemaining: row.amountRemaining.toFixed(),
  issuedAt: row.issuedAt,
  period: { start: row.periodStart, end: row.periodEnd },
  hostedUrl: row.hostedUrl,
  pdfUrl: row.pdfUrl,
});

export async function listInvoices(scope: TenantReadScope, input: ListInvoicesInput) {
  const rows = await invoiceRows(scope, { before: input.cursor ?? null, take: input.limit + 1 });
  return cutPage(rows.map(itemOf), input.limit, ({ id }) => id);
}

/** With its lines, in Stripe's order. @throws kernel.not_found. */
export async function invoiceById(scope: TenantReadScope, id: string): Promise<InvoiceDetail> {
  const row = await invoiceRow(scope, id);
  if (!row || row.status === "draft") throw notFound("invoice");
  return {
    ...itemOf(row),
    reason: row.reason,
    subtotal: row.subtotal.toFixed(),
    discount: row.discount.toFixed(),
    tax: row.tax.toFixed(),
    amountDue: row.amountDue.toFixed(),
    amountPaid: row.amountPaid.toFixed(),
    paidAt: row.paidAt,
    lines: row.lines.map((line) => ({
      id: line.id,
      description: line.description,
      amount: line.amount.toFixed(),
      quantity: line.quantity?.toString() ?? null,
      unitAmount: line.unitAmount?.toFixed() ?? null,
      meter: line.meter as OverageMeter | null,
      isProration: line.isProration,
      period: { start: line.periodStart, end: line.periodEnd },
    })),
  };
}

/** What every page says while payment fails; null when all is well. */
export async function paymentNotice(scope: TenantReadScope): Promise<PaymentNotice> {
  const current = await currentSubscription(scope);
  if (!current?.pastDueSince || !isLive(current.status)) return null;
  const invoice = await unpaidInvoice(scope);
  return {
    pastDueSince: current.pastDueSince,
    graceEndsAt: graceEnds(current.pastDueSince),
    hostedUrl: invoice?.hostedUrl ?? null,
  };
}
