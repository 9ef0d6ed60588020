/** Words for what billing shows. */
import type { BillingOverview, DifferenceView, InvoiceItem, OverageMeter, Revenue } from "../schema";

export const STATUS_WORDS: Record<
  InvoiceItem["status"],
  { label: string; tone: "positive" | "caution" | "neutral" | "negative" }
> = {
  draft: { label: "Draft", tone: "neutral" },
  open: { label: "To be paid", tone: "caution" },
  paid: { label: "Paid", tone: "positive" },
  uncollectible: { label: "Written off", tone: "negative" },
  void: { label: "Void", tone: "neutral" },
};

type Subscription = NonNullable<BillingOverview["subscription"]>;
export const SUBSCRIPTION_WORDS: Record<
  Subscription["status"],
  { label: string; tone: "positive" | "caution" | "neutral" | "negative" | "info" }
> = {
  active: { label: "Active", tone: "positive" },
  trialing: { label: "Trial", tone: "info" },
  past_due: { label: "Payment failed", tone: "negative" },
  unpaid: { label: "Unpaid", tone: "negative" },
  incomplete: { label: "Payment not finished", tone: "caution" },
  incomplete_expired: { label: "Never paid", tone: "neutral" },
  paused: { label: "Paused", tone: "neutral" },
  canceled: { label: "Ended", tone: "neutral" },
};

export const OVERAGE_WORDS: Record<OverageMeter, string> = {
  images: "Images",
  tts_seconds: "Speech, seconds",
  render_seconds: "Rendering, seconds",
  storage_mb_months: "Storage, MB-months",
};

export const MOVEMENT_WORDS: Record<Revenue["movements"][number]["kind"], string> = {
  new: "New",
  expansion: "Expansion",
  contraction: "Contraction",
  churn: "Churn",
};

export const DIFFERENCE_WORDS: Record<DifferenceView["kind"], string> = {
  mirror_stale: "Our copy is behind",
  subscription_unknown: "A subscription we do not know",
  subscription_gone: "A subscription Stripe does not know",
  several_subscriptions: "More than one subscription charges",
  plan_differs: "Another plan than what is paid",
  customer_unknown: "A customer of no organization",
  invoice_missing: "An invoice is missing or behind",
  invoice_sum: "Lines do not add up",
  usage_unreported: "Usage that Stripe does not count",
  usage_overreported: "More told than used",
  event_missing: "An event never arrived",
};

export const REPAIR_WORDS: Record<DifferenceView["repair"], string> = {
  sync: "Read Stripe again",
  report: "Tell Stripe again",
  replay: "Fetch and handle the event",
  none: "Mend it at Stripe, then dismiss",
};
