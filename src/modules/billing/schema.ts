/** Billing's contracts: what may cross this slice's doors. Pure; safe in the browser. Amounts are decimal strings. */
import { z } from "zod";
import { PageInput, pageOf } from "~/kernel/paging";
import { Plan, type Entitlement } from "~/kernel/plans";
import { line } from "~/kernel/text";

export const SubscriptionStatus = z.enum([
  "incomplete",
  "incomplete_expired",
  "trialing",
  "active",
  "past_due",
  "canceled",
  "unpaid",
  "paused",
]);
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>;

export const InvoiceStatus = z.enum(["draft", "open", "paid", "uncollectible", "void"]);
export type InvoiceStatus = z.infer<typeof InvoiceStatus>;

/** Overage as Stripe counts it, in whole units: the name of its meter and price is made of this. */
export const OVERAGE_METERS = ["images", "tts_seconds", "render_seconds", "storage_mb_months"] as const;
export const OverageMeter = z.enum(OVERAGE_METERS);
export type OverageMeter = z.infer<typeof OverageMeter>;

/** Half-open [start, end), UTC. */
const Period = z.object({ start: z.date(), end: z.date() });

/** A subscription as Stripe has it, in our words. */
export type SubscriptionState = {
  stripeId: string;
  status: SubscriptionStatus;
  plan: Plan;
  currency: string;
  /** Of the licensed item, for one month, before discounts. */
  monthlyAmount: string;
  /** The same after the discounts that recur. */
  netAmount: string;
  /** Of the licensed item, at Stripe. */
  priceId: string;
  /** A larger plan that is paid for until `heldUntil`, when a smaller one was chosen; else null, both. */
  heldPlan: Plan | null;
  heldUntil: Date | null;
  periodStart: Date;
  periodEnd: Date;
  cancelAtPeriodEnd: boolean;
  cancelAt: Date | null;
  trialEnd: Date | null;
  startedAt: Date;
  endedAt: Date | null;
};

export type InvoiceLineState = {
  stripeId: string;
  description: string;
  amount: string;
  quantity: bigint | null;
  unitAmount: string | null;
  meter: OverageMeter | null;
  isProration: boolean;
  periodStart: Date;
  periodEnd: Date;
};

export type InvoiceState = {
  stripeId: string;
  subscriptionId: string | null;
  number: string | null;
  status: InvoiceStatus;
  reason: string | null;
  currency: string;
  subtotal: string;
  discount: string;
  tax: string;
  total: string;
  amountDue: string;
  amountPaid: string;
  amountRemaining: string;
  hostedUrl: string | null;
  pdfUrl: string | null;
  periodStart: Date;
  periodEnd: Date;
  attemptCount: number;
  nextAttemptAt: Date | null;
  issuedAt: Date;
  paidAt: Date | null;
  lines: InvoiceLineState[];
};

export type CustomerState = {
  stripeId: string;
  /** What the customer says about itself: `metadata.org_id`, written by us when it was made. */
  orgId: string | null;
  isDeleted: boolean;
  card: { brand: string; last4: string; expMonth: number; expYear: number } | null;
  taxId: { stripeId: string; type: string; value: string; status: string | null } | null;
  /** Negative: the customer owes it, and the next invoice asks for it. */
  creditAmount: string;
  subscriptions: SubscriptionState[];
  /** The newest hundred. */
  invoices: InvoiceState[];
};

export const DunningAct = z.enum(["mail", "downgrade"]);
export type DunningAct = z.infer<typeof DunningAct>;
export const MovementKind = z.enum(["new", "expansion", "contraction", "churn"]);
export type MovementKind = z.infer<typeof MovementKind>;

export const DifferenceKind = z.enum([
  /** The mirror says something else than Stripe. */
  "mirror_stale",
  /** Stripe has a subscription that the mirror lacks. */
  "subscription_unknown",
  /** The mirror has a live one that Stripe lacks. */
  "subscription_gone",
  /** More than one subscription may charge. */
  "several_subscriptions",
  /** The organization is on another plan than it pays for. */
  "plan_differs",
  /** A customer says that it is an organization's which knows nothing of it. */
  "customer_unknown",
  "invoice_missing",
  /** Lines of an invoice do not add up to its total. */
  "invoice_sum",
  /** The ledger counts more overage than Stripe was told. */
  "usage_unreported",
  "usage_overreported",
  /** Stripe has sent an event that never came. */
  "event_missing",
]);
export type DifferenceKind = z.infer<typeof DifferenceKind>;
export const Repair = z.enum(["sync", "report", "replay", "none"]);
export type Repair = z.infer<typeof Repair>;

/** One press of a button: the same intent is done once, however often it is sent. */
const intentId = z.uuid();

export const CheckoutInput = z.object({ plan: Plan, intentId });
export type CheckoutInput = z.infer<typeof CheckoutInput>;
/** A page of Stripe to go to. */
export const Away = z.object({ url: z.url() });

export const IntentInput = z.object({ intentId });

/** Kinds of tax numbers that the form offers; Stripe knows more, which the portal takes. */
export const TAX_ID_TYPES = [
  { value: "eu_vat", label: "EU VAT number", example: "DE123456789" },
  { value: "gb_vat", label: "United Kingdom VAT number", example: "GB123456789" },
  { value: "ch_vat", label: "Swiss VAT number", example: "CHE-123.456.789 MWST" },
  { value: "us_ein", label: "United States EIN", example: "12-3456789" },
  { value: "in_gst", label: "Indian GST number", example: "12ABCDE3456FGZH" },
  { value: "ae_trn", label: "United Arab Emirates TRN", example: "123456789012345" },
  { value: "sa_vat", label: "Saudi Arabian VAT number", example: "123456789012345" },
  { value: "au_abn", label: "Australian ABN", example: "12345678912" },
  { value: "ca_bn", label: "Canadian BN", example: "123456789" },
] as const;
const TAX_TYPES = TAX_ID_TYPES.map(({ value }) => value);
export const TaxIdInput = z.object({
  type: z.enum(TAX_TYPES, "Choose what kind of number it is."),
  value: z
    .string()
    .trim()
    .max(40, "At most 40 characters.")
    .regex(/^[\p{L}\p{N} .\-/]*$/u, "Use letters, digits, points and hyphens."),
  intentId,
});
export type TaxIdInput = z.infer<typeof TaxIdInput>;

export const InvoiceItem = z.object({
  id: z.uuid(),
  number: z.string().nullable(),
  status: InvoiceStatus,
  currency: z.string(),
  total: z.string(),
  amountRemaining: z.string(),
  issuedAt: z.date(),
  period: Period,
  hostedUrl: z.string().nullable(),
  pdfUrl: z.string().nullable(),
});
export type InvoiceItem = z.infer<typeof InvoiceItem>;
export const ListInvoicesInput = PageInput.extend({
  cursor: z.uuid().nullish(),
  limit: z.int().min(1).max(100).default(12),
});
export type ListInvoicesInput = z.infer<typeof ListInvoicesInput>;
export const InvoicePage = pageOf(InvoiceItem);

export const InvoiceDetail = InvoiceItem.extend({
  reason: z.string().nullable(),
  subtotal: z.string(),
  discount: z.string(),
  tax: z.string(),
  amountDue: z.string(),
  amountPaid: z.string(),
  paidAt: z.date().nullable(),
  lines: z.array(
    z.object({
      id: z.uuid(),
      description: z.string(),
      amount: z.string(),
      quantity: z.string().nullable(),
      unitAmount: z.string().nullable(),
      meter: OverageMeter.nullable(),
      isProration: z.boolean(),
      period: Period,
    }),
  ),
});
export type InvoiceDetail = z.infer<typeof InvoiceDetail>;

/** A price of the organization's own for a plan. US dollars a month, before tax. */
export const Offer = z.object({
  id: z.uuid(),
  plan: Plan,
  monthlyAmount: z.string(),
  currency: z.string(),
  madeAt: z.date(),
});
export type Offer = z.infer<typeof Offer>;

export const BillingOverview = z.object({
  /** `not_set_up`: no key. `delayed`: Stripe does not answer; what is shown is what was last heard. */
  payments: z.enum(["ready", "delayed", "not_set_up"]),
  /** In force, a trial included. */
  plan: Plan,
  /** Without the trial. */
  basePlan: Plan,
  source: z.enum(["none", "stripe", "staff"]),
  trialEndsAt: z.date().nullable(),
  period: Period,
  subscription: z
    .object({
      status: SubscriptionStatus,
      plan: Plan,
      monthlyAmount: z.string(),
      currency: z.string(),
      period: Period,
      cancelAtPeriodEnd: z.boolean(),
      /** The larger plan that goes on until then, when a smaller one was chosen. */
      held: z.object({ plan: Plan, until: z.date() }).nullable(),
      trialEnd: z.date().nullable(),
      pastDueSince: z.date().nullable(),
      /** When the plan is lost unless paid. */
      graceEndsAt: z.date().nullable(),
    })
    .nullable(),
  card: z.object({ brand: z.string(), last4: z.string(), expMonth: z.int(), expYear: z.int() }).nullable(),
  taxId: z.object({ type: z.string(), value: z.string(), status: z.string().nullable() }).nullable(),
  creditAmount: z.string(),
  /** Open, and not yet taken up. */
  offer: Offer.nullable(),
  overage: z.object({ isAllowed: z.boolean(), isEnabled: z.boolean(), cap: z.string().nullable() }),
  /** When Stripe was last read. */
  syncedAt: z.date().nullable(),
});
export type BillingOverview = z.infer<typeof BillingOverview>;

/** What Stripe would write next, were nothing changed; or with a larger plan, what is paid for it now. */
export const PreviewInput = z.object({ plan: Plan.nullish() });
export const InvoiceIdInput = z.object({ id: z.uuid() });
export const ChangePlanInput = z.object({
  plan: Plan,
  intentId,
  /** The instant of the preview that was agreed to: what is paid is worked out by its second. */
  countedAt: z.date().nullish(),
});
export type ChangePlanInput = z.infer<typeof ChangePlanInput>;

export const InvoicePreview = z.object({
  currency: z.string(),
  total: z.string(),
  amountDue: z.string(),
  /** When it is due. */
  at: z.date(),
  /** To the second of which the rest of the period is counted; to be sent along when the change is agreed to. */
  countedAt: z.date(),
  lines: z.array(z.object({ description: z.string(), amount: z.string(), isProration: z.boolean() })),
});
export type InvoicePreview = z.infer<typeof InvoicePreview>;

/** What every page of the organization says when payment failed. */
export const PaymentNotice = z
  .object({ pastDueSince: z.date(), graceEndsAt: z.date(), hostedUrl: z.string().nullable() })
  .nullable();
export type PaymentNotice = z.infer<typeof PaymentNotice>;

// ── For platform admins ──

const InboxState = z.enum(["received", "handled", "ignored", "failed"]);

export const DifferenceView = z.object({
  id: z.uuid(),
  orgId: z.uuid().nullable(),
  organization: z.string().nullable(),
  kind: DifferenceKind,
  subject: z.string(),
  expected: z.string(),
  found: z.string(),
  repair: Repair,
  state: z.enum(["open", "repaired", "dismissed", "gone"]),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
  reason: z.string().nullable(),
});
export type DifferenceView = z.infer<typeof DifferenceView>;

/** Decimal US dollars a month, at most two decimals. */
const MonthlyPrice = z
  .string()
  .trim()
  .regex(/^\d{1,6}(\.\d{1,2})?$/, { error: "Write an amount in dollars, such as 499 or 499.50." })
  .refine((value) => Number(value) > 0, { error: "An offer costs something." });

export const MakeOfferInput = z.object({
  /** The organization's name in its address. */
  organization: line(60),
  monthlyAmount: MonthlyPrice,
  /** Kept with the act; the organization does not see it. */
  reason: line(500),
});
export type MakeOfferInput = z.infer<typeof MakeOfferInput>;
export const WithdrawOfferInput = z.object({ id: z.uuid(), reason: line(500) });
export type WithdrawOfferInput = z.infer<typeof WithdrawOfferInput>;
export const OfferView = Offer.extend({
  organization: z.string(),
  slug: z.string(),
  state: z.enum(["open", "accepted", "withdrawn"]),
  reason: z.string(),
  closedAt: z.date().nullable(),
});
export type OfferView = z.infer<typeof OfferView>;

export const Revenue = z.object({
  payments: z.enum(["ready", "delayed", "not_set_up"]),
  /** US dollars a month, after discounts that recur, before tax and usage. */
  mrr: z.string(),
  plans: z.array(z.object({ plan: Plan, organizations: z.int(), amount: z.string() })),
  /** By calendar month, UTC, newest first. */
  movements: z.array(z.object({ month: z.date(), kind: MovementKind, amount: z.string(), count: z.int() })),
  failedPayments: z.array(
    z.object({
      invoiceId: z.uuid(),
      orgId: z.uuid(),
      organization: z.string(),
      number: z.string().nullable(),
      currency: z.string(),
      amount: z.string(),
      attempts: z.int(),
      since: z.date(),
      nextAttemptAt: z.date().nullable(),
    }),
  ),
  /** Of periods that have not ended. */
  overage: z.array(
    z.object({
      meter: OverageMeter,
      organizations: z.int(),
      units: z.string(),
      /** Of them, not confirmed by Stripe yet. */
      waiting: z.string(),
      amount: z.string(),
    }),
  ),
  /** Open ones first; a hundred. */
  differences: z.array(DifferenceView),
  openDifferences: z.int(),
  reconciledAt: z.date().nullable(),
  /** Open ones first, then the newest; fifty. */
  offers: z.array(OfferView),
});
export type Revenue = z.infer<typeof Revenue>;

export const InboxInput = PageInput.extend({
  cursor: z.iso.datetime().nullish(),
  state: z.enum(["all", ...InboxState.options]).default("all"),
});
export type InboxInput = z.infer<typeof InboxInput>;
export const InboxItem = z.object({
  id: z.string(),
  type: z.string(),
  organization: z.string().nullable(),
  state: InboxState,
  attempts: z.int(),
  lastError: z.string().nullable(),
  occurredAt: z.date(),
  receivedAt: z.date(),
});
export type InboxItem = z.infer<typeof InboxItem>;
export const InboxPage = pageOf(InboxItem);
export type InboxPage = z.infer<typeof InboxPage>;

export const StripeEventInput = z.object({ id: z.string().min(1).max(255) });
export const StripeEventDetail = InboxItem.omit({ organization: true }).extend({
  /** As it came; null when it was emptied. */
  body: z.string().nullable(),
  handledAt: z.date().nullable(),
});
export type StripeEventDetail = z.infer<typeof StripeEventDetail>;

export const CloseDifferenceInput = z.object({
  id: z.uuid(),
  act: z.enum(["repair", "dismiss"]),
  /** Kept with the act. */
  reason: line(500),
});
export type CloseDifferenceInput = z.infer<typeof CloseDifferenceInput>;

/** What is sold. Limits by name, -1 is unlimited; features 1 or 0. Prices in US dollars, before tax. */
export type Pricing = {
  plans: { plan: Plan; price: string | null; limits: Record<Entitlement, number> }[];
  overage: { label: string; price: string; per: string }[];
};
