/** Pure decisions of billing: what a subscription grants, what it earns, what follows when it is not paid. */
import { METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { addAmounts, compareAmounts, divideAmount, negative, timesAmount } from "~/kernel/money";
import { isHigherPlan, PLAN_PRICES, PLAN_WORDS, PLANS, type Plan } from "~/kernel/plans";
import { OVERAGE_METERS } from "./schema";
import type {
  DifferenceKind,
  DunningAct,
  InvoiceState,
  MovementKind,
  OverageMeter,
  Repair,
  SubscriptionState,
  SubscriptionStatus,
} from "./schema";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Not over: it may still charge. Stripe's statuses but `canceled` and `incomplete_expired`. */
export const isLive = (status: SubscriptionStatus): boolean =>
  status !== "canceled" && status !== "incomplete_expired";

/** Gives its plan. `past_due` does until dunning ends; what was never paid (`incomplete`) and `unpaid` do not. */
const grants = (status: SubscriptionStatus): boolean =>
  status === "active" || status === "trialing" || status === "past_due";

/** The one that counts when there are several: one that grants before one that does not, then the newest. */
export function chosenSubscription<S extends Pick<SubscriptionState, "status" | "startedAt" | "stripeId">>(
  subscriptions: readonly S[],
): S | null {
  const weight = ({ status }: S) => (grants(status) ? 2 : isLive(status) ? 1 : 0);
  return (
    [...subscriptions].sort(
      (one, other) =>
        weight(other) - weight(one) ||
        other.startedAt.getTime() - one.startedAt.getTime() ||
        (one.stripeId < other.stripeId ? 1 : -1),
    )[0] ?? null
  );
}

/**
 * What Stripe says the organization is on; null when Stripe says nothing (no subscription ever, or one that never began).
 * `isGivenUp`: dunning of its present episode ended in a downgrade.
 */
export function standingOf(
  subscription: SubscriptionState | null,
  isGivenUp: boolean,
  now: Date,
): { plan: Plan; period: { start: Date; end: Date } | null } | null {
  if (!subscription || subscription.status === "incomplete" || subscription.status === "incomplete_expired")
    return null;
  if (!grants(subscription.status) || isGivenUp) return { plan: "FREE", period: null };
  return {
    plan: heldPlan(subscription, now) ?? subscription.plan,
    period: { start: subscription.periodStart, end: subscription.periodEnd },
  };
}

/** The larger plan that is paid for still, after a smaller one was chosen for the periods to come; else null. */
export const heldPlan = (
  { plan, heldPlan: held, heldUntil }: Pick<SubscriptionState, "plan" | "heldPlan" | "heldUntil">,
  now: Date,
): Plan | null => (held && heldUntil && now < heldUntil && isHigherPlan(held, plan) ? held : null);

/** A discount at Stripe: off each invoice that comes until its end, or off the next one alone. */
export type DiscountState = {
  percentOff: number | null;
  amountOff: string | null;
  isOnce: boolean;
  endsAt: Date | null;
};

/** What a month costs after the discounts that recur, one after the other; one that is taken off once recurs not. */
export function netOf(monthlyAmount: string, discounts: readonly DiscountState[], now: Date): string {
  const net = discounts
    .filter(({ isOnce, endsAt }) => !isOnce && (endsAt === null || now < endsAt))
    .reduce(
      (amount, { percentOff, amountOff }) =>
        percentOff !== null
          ? divideAmount(timesAmount(amount, String(100 - percentOff)), 100, 3)
          : addAmounts(amount, negative(amountOff ?? "0")),
      monthlyAmount,
    );
  return compareAmounts(net, "0") < 0 ? "0" : net;
}

/** What a wish for a plan means for a subscription as it is. */
export type PlanStep = "nothing" | "up" | "down" | "stay";

/**
 * `up` is paid for at once, by the second; `down` begins with the next period; `stay` takes a `down` back. A price of its
 * own for the plan that is there is an `up`: it holds from now on.
 */
export function planStep(
  subscription: Pick<SubscriptionState, "plan" | "priceId" | "heldPlan" | "heldUntil">,
  to: Plan,
  offeredPriceId: string | null,
  now: Date,
): PlanStep {
  const held = heldPlan(subscription, now);
  if (offeredPriceId !== null && offeredPriceId !== subscription.priceId) return "up";
  if (held) return to === held ? "stay" : to === subscription.plan ? "nothing" : "up";
  if (to === subscription.plan) return "nothing";
  return isHigherPlan(to, subscription.plan) ? "up" : "down";
}

/**
 * The instant that Stripe's monthly periods are counted from, told from one of them: its bound with the later day of the
 * month. A subscription of the 31st has periods from Feb 28 to Mar 31 and from Mar 31 to Apr 30; counted from the 28th or
 * the 30th, all later ones would be wrong (design decision 27).
 */
export const anchorOf = ({ start, end }: { start: Date; end: Date }): Date =>
  end.getUTCDate() > start.getUTCDate() ? end : start;

/**
 * Monthly recurring revenue of a subscription, after discounts that recur, before tax and usage: what is paid, or owed,
 * for a month. A step down counts from when it was decided.
 */
export const monthlyRevenue = (
  subscription: Pick<SubscriptionState, "status" | "netAmount"> | null,
): string =>
  subscription && (subscription.status === "active" || subscription.status === "past_due")
    ? subscription.netAmount
    : "0";

/** How revenue moved, or null when it did not. */
export function movementOf(before: string, after: string): MovementKind | null {
  const change = compareAmounts(after, before);
  if (change === 0) return null;
  if (compareAmounts(before, "0") === 0) return "new";
  if (compareAmounts(after, "0") === 0) return "churn";
  return change > 0 ? "expansion" : "contraction";
}

/** Since when it is not paid: the oldest open invoice of it that was tried, so that all who look agree. */
export function pastDueSince(
  subscription: Pick<SubscriptionState, "status" | "stripeId" | "periodStart">,
  invoices: readonly Pick<InvoiceState, "status" | "subscriptionId" | "issuedAt" | "attemptCount">[],
): Date | null {
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return null;
  const open = invoices
    .filter(
      (one) => one.status === "open" && one.subscriptionId === subscription.stripeId && one.attemptCount > 0,
    )
    .map(({ issuedAt }) => issuedAt.getTime());
  return new Date(open.length > 0 ? Math.min(...open) : subscription.periodStart.getTime());
}

/** Days after the first failed payment, and what happens then. Source: spec §5, dunning (grace, banner, downgrade). */
export const DUNNING: readonly { day: number; act: DunningAct }[] = [
  { day: 1, act: "mail" },
  { day: 3, act: "mail" },
  { day: 7, act: "mail" },
  { day: 14, act: "downgrade" },
];

export const dunningOf = (episode: Date) =>
  DUNNING.map(({ day, act }) => ({ day, act, dueAt: new Date(episode.getTime() + day * DAY_MS) }));

/** When the plan is lost if nothing is paid. */
export const graceEnds = (pastDueSinceAt: Date): Date =>
  new Date(pastDueSinceAt.getTime() + DUNNING.at(-1)!.day * DAY_MS);

/** Start of the hour, UTC. */
export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

/** Units to tell Stripe now: never less than nothing, as what was told cannot be taken back. */
export const unitsToReport = (over: bigint, told: bigint): bigint => (over > told ? over - told : 0n);

/**
 * The instant Stripe counts a batch at: now, or the last second of the period for what came in after its end, since
 * Stripe puts usage on the invoice of the period its instant lies in.
 */
export const countedAt = (period: { start: Date; end: Date }, now: Date): Date =>
  now < period.end ? (now < period.start ? period.start : now) : new Date(period.end.getTime() - 1_000);

/** A batch unconfirmed for this long is compared with Stripe's own sum before it is sent again (design decision 31). */
export const UNCLEAR_AFTER_MS = 20 * HOUR_MS;

/** Whether a batch may be sent again blindly: Stripe drops a repeated identifier for at least 24 hours. */
export const mayResend = (firstSentAt: Date | null, now: Date): boolean =>
  firstSentAt === null || now.getTime() - firstSentAt.getTime() < UNCLEAR_AFTER_MS;

/** After so many tries an event is left to a person, who finds it in the inbox. */
export const MAX_EVENT_TRIES = 12;

/** When an event that could not be handled is tried again; null when it is left to a person. */
export const nextEventTry = (attempts: number, now: Date): Date | null =>
  attempts >= MAX_EVENT_TRIES
    ? null
    : new Date(now.getTime() + Math.min(30_000 * 2 ** attempts, 6 * HOUR_MS));

/** Events that say that something of a customer changed; all others are stored and ignored. */
const ACTED_ON = new Set([
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "customer.updated",
  "customer.discount.created",
  "customer.discount.updated",
  "customer.discount.deleted",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "customer.tax_id.created",
  "customer.tax_id.updated",
  "customer.tax_id.deleted",
  "invoice.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice.payment_failed",
  "invoice.payment_action_required",
  "invoice.voided",
  "invoice.marked_uncollectible",
  "invoice.updated",
  "payment_method.attached",
  "payment_method.detached",
]);
export const isActedOn = (type: string): boolean => ACTED_ON.has(type);

/** What a difference is mended by; `none` where only a person at Stripe can. */
export const REPAIRS: Record<DifferenceKind, Repair> = {
  mirror_stale: "sync",
  subscription_unknown: "sync",
  subscription_gone: "sync",
  several_subscriptions: "none",
  plan_differs: "sync",
  customer_unknown: "none",
  invoice_missing: "sync",
  invoice_sum: "none",
  usage_unreported: "report",
  usage_overreported: "none",
  event_missing: "replay",
};

export type Difference = { kind: DifferenceKind; subject: string; expected: string; found: string };

/** The same words for the same amount, however many digits it came with. */
const amountWords = (amount: string): string => addAmounts(amount, "0");

/** The words of a subscription that the mirror must share with Stripe. */
const facts = (one: Omit<SubscriptionState, "items">): string =>
  [
    one.status,
    one.plan,
    one.periodStart.toISOString(),
    one.periodEnd.toISOString(),
    one.cancelAtPeriodEnd ? "cancels" : "goes on",
    `${amountWords(one.netAmount)} a month`,
    ...(one.heldPlan && one.heldUntil ? [`${one.heldPlan} until ${one.heldUntil.toISOString()}`] : []),
  ].join(", ");

/** How a customer's mirror and plan differ from Stripe. Both may be empty; expected is what Stripe says. */
export function compareCustomer(
  stripe: { subscriptions: readonly SubscriptionState[]; invoices: readonly InvoiceState[] },
  mirror: {
    subscriptions: readonly SubscriptionState[];
    invoices: readonly { stripeId: string; status: string; total: string }[];
    plan: Plan;
    isGivenByStaff: boolean;
    isGivenUp: boolean;
  },
  now: Date,
): Difference[] {
  const found: Difference[] = [];
  const mirrored = new Map(mirror.subscriptions.map((one) => [one.stripeId, one]));
  const there = new Set(stripe.subscriptions.map(({ stripeId }) => stripeId));
  for (const one of stripe.subscriptions) {
    const copy = mirrored.get(one.stripeId);
    if (!copy)
      found.push({
        kind: "subscription_unknown",
        subject: one.stripeId,
        expected: facts(one),
        found: "nothing",
      });
    else if (facts(copy) !== facts(one))
      found.push({ kind: "mirror_stale", subject: one.stripeId, expected: facts(one), found: facts(copy) });
  }
  for (const copy of mirror.subscriptions)
    if (!there.has(copy.stripeId) && isLive(copy.status))
      found.push({
        kind: "subscription_gone",
        subject: copy.stripeId,
        expected: "nothing",
        found: facts(copy),
      });

  const live = stripe.subscriptions.filter(({ status }) => isLive(status));
  if (live.length > 1) {
    const subject = live
      .map(({ stripeId }) => stripeId)
      .sort()
      .join(" ");
    found.push({
      kind: "several_subscriptions",
      subject,
      expected: "one live subscription",
      found: `${live.length}`,
    });
  }

  const chosen = chosenSubscription(stripe.subscriptions);
  const standing = standingOf(chosen, mirror.isGivenUp, now);
  if (chosen && standing && !mirror.isGivenByStaff && standing.plan !== mirror.plan)
    found.push({
      kind: "plan_differs",
      subject: chosen.stripeId,
      expected: standing.plan,
      found: mirror.plan,
    });

  const invoices = new Map(mirror.invoices.map((one) => [one.stripeId, one]));
  for (const one of stripe.invoices) {
    const copy = invoices.get(one.stripeId);
    const words = `${one.status}, ${one.total}`;
    if (!copy)
      found.push({ kind: "invoice_missing", subject: one.stripeId, expected: words, found: "nothing" });
    else if (copy.status !== one.status || compareAmounts(copy.total, one.total) !== 0)
      found.push({
        kind: "invoice_missing",
        subject: one.stripeId,
        expected: words,
        found: `${copy.status}, ${copy.total}`,
      });
  }
  return found;
}

// ── The price list (spec §5), from the kernel's tables ──

/** Overage is told to Stripe in whole units: seconds, images, and megabyte-months (10⁶ bytes for a period). */
const UNITS: Record<OverageMeter, { meter: Meter; unitsPerReported: number; label: string }> = {
  images: { meter: "images", unitsPerReported: 1, label: "Images beyond the plan" },
  tts_seconds: { meter: "tts_seconds", unitsPerReported: 1, label: "Speech beyond the plan, seconds" },
  render_seconds: {
    meter: "render_seconds",
    unitsPerReported: 1,
    label: "Rendering beyond the plan, seconds",
  },
  storage_mb_months: {
    meter: "storage_bytes",
    unitsPerReported: 1_000_000,
    label: "Storage beyond the plan, MB-months",
  },
};

export const overageMeterOf = (meter: Meter): OverageMeter | null =>
  OVERAGE_METERS.find((one) => UNITS[one].meter === meter) ?? null;
export const meterOf = (overage: OverageMeter): Meter => UNITS[overage].meter;

/** The product at Stripe that a plan is; a price of it may be listed, changed or one organization's own. */
export const productOfPlan = (plan: Plan): string => `tenantry_${plan.toLowerCase()}`;
export const planOfProduct = (product: string): Plan | null =>
  PLANS.find((plan) => productOfPlan(plan) === product) ?? null;
const productOfOverage = (overage: OverageMeter): string => `tenantry_overage_${overage}`;
export const overageOfProduct = (product: string): OverageMeter | null =>
  OVERAGE_METERS.find((one) => productOfOverage(one) === product) ?? null;
export const planProductName = (plan: Plan): string => `Tenantry ${PLAN_WORDS[plan].label}`;

export type ListedPrice =
  | { lookupKey: string; product: string; name: string; plan: Plan; amount: string }
  | { lookupKey: string; product: string; name: string; overage: OverageMeter; unitAmount: string };

/** Digits after the point of a unit price (design decision 28; Stripe takes twelve of a cent). */
const UNIT_DIGITS = 14;

/** What Stripe is to sell: each plan with a price, and each unit beyond it. US dollars. */
export function priceList(): ListedPrice[] {
  const plans = PLANS.flatMap((plan): ListedPrice[] => {
    const amount = PLAN_PRICES[plan];
    if (amount === null || compareAmounts(amount, "0") === 0) return [];
    const key = plan.toLowerCase();
    return [
      {
        lookupKey: `${key}_monthly`,
        product: productOfPlan(plan),
        name: planProductName(plan),
        plan,
        amount,
      },
    ];
  });
  const overage = OVERAGE_METERS.flatMap((one): ListedPrice[] => {
    const { meter, unitsPerReported, label } = UNITS[one];
    const price = METERS[meter].overage;
    if (!price) return [];
    return [
      {
        lookupKey: `overage_${one}`,
        product: productOfOverage(one),
        name: label,
        overage: one,
        unitAmount: divideAmount(timesAmount(price.price, unitsPerReported), price.per, UNIT_DIGITS),
      },
    ];
  });
  return [...plans, ...overage];
}

/** What so many units beyond the plan cost, unrounded, in US dollars. */
export const overageCost = (overage: OverageMeter, units: number | bigint): string => {
  const { meter, unitsPerReported } = UNITS[overage];
  const price = METERS[meter].overage;
  return price
    ? divideAmount(timesAmount(timesAmount(price.price, unitsPerReported), units), price.per, 6)
    : "0";
};
