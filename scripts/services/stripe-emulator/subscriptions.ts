import { page, type Paging } from "./answers";
import { DECLINED, declineCodeOf, outcomeOf } from "./cards";
import { liveCustomer } from "./customers";
import {
  attempt,
  collectNow,
  endDiscount,
  finalize,
  invoiceOf,
  keepDraft,
  runningDiscounts,
  stopCollecting,
  voidInvoice,
  type Attempt,
} from "./invoices";
import {
  creditLine,
  debitLine,
  isMetered,
  licensedLine,
  meteredLine,
  usable,
  type DiscountParams,
} from "./lines";
import type { BillingReason, Discount, Invoice, Item, Line, Metadata, Span, Subscription } from "./objects";
import { DAY_S, moved, movedMonths, nextBoundary } from "./periods";
import { cardDeclined, invalid } from "./refusal";
import { notesOf } from "./standing";
import { handle, understands, type Routes } from "./routes";
import { mergedMetadata, newId, type SubscriptionNotes, type World } from "./world";

const TRIAL_TOLD_S = 3 * DAY_S;

export type ProrationBehavior = "create_prorations" | "always_invoice" | "none";

export interface ItemParams {
  id?: string;
  price?: string;
  quantity?: number;
  deleted?: boolean;
  clear_usage?: boolean;
  metadata?: Metadata | "";
}

export interface CreateParams {
  customer?: string;
  items?: ItemParams[];
  description?: string;
  default_payment_method?: string;
  discounts?: DiscountParams[] | "";
  metadata?: Metadata | "";
  off_session?: boolean;
  payment_behavior?:
    "allow_incomplete" | "default_incomplete" | "error_if_incomplete" | "pending_if_incomplete";
  payment_settings?: { save_default_payment_method?: "off" | "on_subscription" };
  proration_behavior?: ProrationBehavior;
  trial_end?: "now" | number;
  trial_period_days?: number;
  trial_settings?: Subscription["trial_settings"];
  cancel_at_period_end?: boolean;
}

export function periodOf(subscription: Subscription): Span {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${subscription.id} has no item`);
  return { start: item.current_period_start, end: item.current_period_end };
}

function intervalOf(items: Item[]) {
  const recurring = items[0]?.price.recurring;
  if (!recurring)
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      "items[0][price]",
    );
  return recurring;
}

function makeItem(
  world: World,
  subscription: string,
  params: ItemParams,
  index: number,
  span: Span,
  at: number,
): Item {
  const param = `items[${index}][price]`;
  if (!params.price) throw invalid(`Missing required param: ${param}.`, param, "parameter_missing");
  const price = world.get("price", params.price, param);
  if (!price.active)
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, param);
  if (!price.recurring)
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      param,
    );
  const isUsage = price.recurring.usage_type === "metered";
  if (isUsage && params.quantity !== undefined)
    throw invalid(
      `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`items[${index}]\``,
      `items[${index}][quantity]`,
    );
  return {
    id: newId("si", 14),
    object: "subscription_item",
    created: at,
    current_period_end: span.end,
    current_period_start: span.start,
    discounts: [],
    metadata: mergedMetadata({}, params.metadata),
    price: structuredClone(price),
    ...(!isUsage && { quantity: params.quantity ?? 1 }),
    subscription,
    tax_rates: [],
  };
}

/** A subscription as its parameters ask, kept nowhere yet. */
export function buildSubscription(world: World, params: CreateParams): Subscription {
  const customer = liveCustomer(world, params.customer ?? "", "customer");
  const base = world.base("sub", "subscription", customer.id);
  const at = base.created;
  const trialEnd = trialEndOf(params, at);
  const asked = params.items ?? [];
  if (!asked.length) throw invalid("Missing required param: items.", "items", "parameter_missing");
  const items = asked.map((item, index) => makeItem(world, base.id, item, index, { start: at, end: at }, at));
  const prices = items.map(({ price }) => price.id);
  if (new Set(prices).size !== prices.length)
    throw invalid("Cannot add multiple subscription items with the same plan.", "items");
  const interval = intervalOf(items);
  const isMixed = items.some(
    ({ price }) =>
      price.recurring?.interval !== interval.interval ||
      price.recurring.interval_count !== interval.interval_count,
  );
  if (isMixed) throw invalid("The local Stripe has one interval a subscription.", "items", "not_emulated");
  const end = trialEnd ?? moved(at, interval, 1);
  for (const item of items) item.current_period_end = end;
  return {
    ...base,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: trialEnd ?? at,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: at },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: params.cancel_at_period_end ? end : null,
    cancel_at_period_end: params.cancel_at_period_end ?? false,
    canceled_at: params.cancel_at_period_end ? at : null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: "charge_automatically",
    currency: items[0]?.price.currency ?? "usd",
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: params.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: params.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      object: "list",
      data: items,
      has_more: false,
      url: `/v1/subscription_items?subscription=${base.id}`,
    },
    latest_invoice: null,
    metadata: mergedMetadata({}, params.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: params.payment_settings?.save_default_payment_method ?? "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: at,
    status: trialEnd === null ? "incomplete" : "trialing",
    test_clock: customer.test_clock,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: params.trial_settings ?? { end_behavior: { missing_payment_method: "create_invoice" } },
    trial_start: trialEnd === null ? null : at,
  };
}

function trialEndOf(params: CreateParams, at: number): number | null {
  if (params.trial_period_days) return at + params.trial_period_days * DAY_S;
  if (params.trial_end === undefined || params.trial_end === "now") return null;
  if (params.trial_end <= at)
    throw invalid("Invalid timestamp: must be an integer Unix timestamp in the future.", "trial_end");
  return params.trial_end;
}

/** The lines of a subscription's first invoice. */
export function firstLines(world: World, subscription: Subscription): Line[] {
  const isTrial = subscription.status === "trialing";
  return subscription.items.data
    .filter((item) => !isMetered(item))
    .map((item) => licensedLine(world, subscription, item, periodOf(subscription), isTrial));
}

const CREATE_FIELDS = (
  "customer items description default_payment_method discounts metadata off_session payment_behavior payment_settings " +
  "proration_behavior trial_end trial_period_days trial_settings cancel_at_period_end"
).split(" ");

/**
 * Starts a subscription: its first invoice is made and collected at once.
 * @throws Refusal 402 when it must not start unpaid
 */
export function createSubscription(world: World, params: CreateParams, how: Attempt = {}): Subscription {
  const subscription = buildSubscription(world, params);
  const { customer: customerId, trial_end: trialEnd } = subscription;
  const customer = world.get("customer", customerId);
  if (params.default_payment_method)
    world.get("payment_method", params.default_payment_method, "default_payment_method");
  const card = params.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const behavior = params.payment_behavior ?? "allow_incomplete";
  if (behavior === "pending_if_incomplete")
    throw invalid("pending_if_incomplete is for updates.", "payment_behavior");
  // Refused before anything is kept.
  for (const given of params.discounts || []) usable(world, given, customerId, subscription.created);
  if (
    trialEnd === null &&
    card === null &&
    behavior !== "default_incomplete" &&
    !isFree(world, subscription, params)
  )
    throw invalid(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method.",
      undefined,
      "resource_missing",
    );
  if (behavior === "error_if_incomplete" && trialEnd === null && !how.isAuthenticated)
    refuseIfUnpaid(world, card, how);
  world.put("subscription", subscription);
  const notes = notesOf(world, subscription);
  for (const given of params.discounts || []) giveDiscount(world, subscription, given);
  world.emit("customer.subscription.created", subscription);
  if (trialEnd !== null && trialEnd - subscription.created <= TRIAL_TOLD_S) tellTrialEnd(world, subscription);
  notes.pending = [];
  const invoice = draft(world, subscription, {
    reason: "subscription_create",
    period: { start: subscription.created, end: subscription.created },
    lines: firstLines(world, subscription),
  });
  finalize(world, invoice);
  if (behavior !== "default_incomplete" || invoice.amount_due === 0) attempt(world, invoice, how);
  return subscription;
}

function isFree(world: World, subscription: Subscription, params: CreateParams): boolean {
  const free = (params.discounts || []).some(
    (given) => usable(world, given, subscription.customer, subscription.created).coupon.percent_off === 100,
  );
  return free || firstLines(world, subscription).every(({ amount }) => amount === 0);
}

function refuseIfUnpaid(world: World, card: string | null, how: Attempt): void {
  const outcome = outcomeOf(world, card, how.isPresent ?? false);
  if (outcome === "declines") throw cardDeclined(declineCodeOf(world, card), DECLINED);
  if (outcome === "authenticates")
    throw cardDeclined(
      "authentication_required",
      "Your card was declined. This transaction requires authentication.",
    );
}

export function giveDiscount(
  world: World,
  subscription: Subscription,
  given: DiscountParams,
  checkout: string | null = null,
): Discount {
  const held = world.find("discount", given.discount);
  if (held) return held;
  const discount = discountOf(world, subscription, given, checkout);
  const { coupon, promotion } = usable(world, given, subscription.customer, discount.start);
  coupon.times_redeemed += 1;
  if (coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions)
    coupon.valid = false;
  if (promotion) promotion.times_redeemed += 1;
  world.put("discount", discount);
  subscription.discounts.push(discount.id);
  world.emit("customer.discount.created", discount);
  return discount;
}

export function discountOf(
  world: World,
  subscription: Subscription,
  given: DiscountParams,
  checkout: string | null = null,
): Discount {
  const start = world.now(subscription.customer);
  const { coupon, promotion } = usable(world, given, subscription.customer, start);
  return {
    id: newId("di", 14),
    object: "discount",
    checkout_session: checkout,
    customer: subscription.customer,
    customer_account: null,
    end: coupon.duration === "repeating" ? movedMonths(start, coupon.duration_in_months ?? 0) : null,
    invoice: null,
    invoice_item: null,
    promotion_code: promotion?.id ?? null,
    source: { coupon: coupon.id, type: "coupon" },
    start,
    subscription: subscription.id,
    subscription_item: null,
  };
}

/** Makes the next invoice: what waited for it comes first. */
function draft(
  world: World,
  subscription: Subscription,
  what: { reason: BillingReason; period: Span; lines: Line[]; metered?: Span },
): Invoice {
  const notes = notesOf(world, subscription);
  const lines = [...notes.pending, ...what.lines];
  notes.pending = [];
  const at = world.now(subscription.customer);
  const invoice = invoiceOf(world, subscription, {
    reason: what.reason,
    period: what.period,
    lines,
    discounts: runningDiscounts(world, subscription, at),
  });
  return keepDraft(world, subscription, invoice, what.metered ?? null);
}

/** What a period's end brings: usage of the one that ends, the licence of the one that begins. */
export function renewalLines(
  world: World,
  subscription: Subscription,
  ended: Span,
  begun: Span | null,
): Line[] {
  const wasTrial = subscription.status === "trialing";
  const metered = subscription.items.data
    .filter((item) => isMetered(item) && !wasTrial)
    .map((item) => meteredLine(world, subscription, item, countedFrom(item, ended)));
  const licensed = begun
    ? subscription.items.data
        .filter((item) => !isMetered(item))
        .map((item) => licensedLine(world, subscription, item, begun, false))
    : [];
  return [...licensed, ...metered];
}

/** An item that came during the period counts from then on. */
function countedFrom(item: Item, period: Span): Span {
  return { start: Math.min(Math.max(period.start, item.created), period.end), end: period.end };
}

/** The period that follows the running one, from the anchor. */
export function periodAfter(subscription: Subscription): Span {
  const { end } = periodOf(subscription);
  return {
    start: end,
    end: nextBoundary(subscription.billing_cycle_anchor, intervalOf(subscription.items.data), end),
  };
}

/** Carries a subscription over the end of its period. */
export function renew(world: World, subscription: Subscription): void {
  const ended = periodOf(subscription);
  const wasTrial = subscription.status === "trialing";
  if (wasTrial && !hasCard(world, subscription)) {
    const { missing_payment_method: missing } = subscription.trial_settings.end_behavior;
    if (missing === "cancel") return cancelNow(world, subscription, { reason: "payment_failed" });
    if (missing === "pause") {
      world.change("customer.subscription.updated", subscription, (held) => (held.status = "paused"));
      return world.emit("customer.subscription.paused", subscription);
    }
  }
  const begun = periodAfter(subscription);
  const lines = renewalLines(world, subscription, ended, begun);
  const isUnpaid = subscription.status === "unpaid";
  world.change("customer.subscription.updated", subscription, (held) => {
    if (wasTrial) held.status = "active";
    setPeriod(held, begun);
  });
  const invoice = draft(world, subscription, {
    reason: "subscription_cycle",
    period: ended,
    lines,
    metered: wasTrial ? undefined : ended,
  });
  const pause = subscription.pause_collection?.behavior;
  if (isUnpaid || pause === "keep_as_draft") {
    invoice.auto_advance = false;
    return;
  }
  if (pause) {
    finalize(world, invoice);
    if (pause === "void") voidInvoice(world, invoice);
    else world.change("invoice.updated", invoice, (held) => (held.status = "uncollectible"));
    return;
  }
  advance(world, invoice);
}

/** A renewal stays a draft for an hour, in which usage may still be reported. */
function advance(world: World, invoice: Invoice): void {
  const { draft_seconds: wait } = world.state.settings;
  if (wait === 0) collectNow(world, invoice, {});
  else invoice.automatically_finalizes_at = world.now(invoice.customer) + wait;
}

function setPeriod(subscription: Subscription, period: Span): void {
  for (const item of subscription.items.data) {
    item.current_period_start = period.start;
    item.current_period_end = period.end;
  }
}

function hasCard(world: World, subscription: Subscription): boolean {
  const customer = world.get("customer", subscription.customer);
  return (subscription.default_payment_method ?? customer.invoice_settings.default_payment_method) !== null;
}

export function tellTrialEnd(world: World, subscription: Subscription): void {
  notesOf(world, subscription).trialEndTold = true;
  world.emit("customer.subscription.trial_will_end", subscription);
}

/** The end that was asked for: what was used is billed, nothing begins. */
export function finish(world: World, subscription: Subscription): void {
  const ended = periodOf(subscription);
  const at = world.now(subscription.customer);
  const counted = { start: ended.start, end: Math.min(at, ended.end) };
  const lines = renewalLines(world, subscription, counted, null).filter(
    ({ quantity_decimal: used }) => used !== "0",
  );
  const isOwed = lines.length + notesOf(world, subscription).pending.length > 0;
  end(world, subscription, at);
  if (!isOwed) return;
  advance(
    world,
    draft(world, subscription, { reason: "subscription_cycle", period: ended, lines, metered: counted }),
  );
}

function end(world: World, subscription: Subscription, at: number): void {
  stopCollecting(world, subscription.id);
  subscription.status = "canceled";
  subscription.ended_at = at;
  subscription.canceled_at ??= at;
  subscription.discounts = [];
  world.emit("customer.subscription.deleted", subscription);
}

interface CancelParams {
  invoice_now?: boolean;
  prorate?: boolean;
  cancellation_details?: { comment?: string; feedback?: string };
  reason?: string;
}

export function cancelNow(world: World, subscription: Subscription, params: CancelParams): void {
  const at = world.now(subscription.customer);
  const period = periodOf(subscription);
  const notes = notesOf(world, subscription);
  const lines = cancelLines(
    world,
    subscription,
    notes,
    at,
    params.prorate ?? false,
    params.invoice_now ?? false,
  );
  if (!params.invoice_now && !params.prorate) notes.pending = [];
  const { comment, feedback } = params.cancellation_details ?? {};
  subscription.cancellation_details = {
    comment: comment || null,
    feedback: feedback || null,
    reason: params.reason ?? "cancellation_requested",
  };
  end(world, subscription, at);
  if (!params.invoice_now) {
    notes.pending.push(...lines);
    return;
  }
  if (lines.length + notes.pending.length === 0) return;
  const invoice = draft(world, subscription, {
    reason: "subscription_update",
    period: { start: period.start, end: at },
    lines,
    metered: { start: period.start, end: at },
  });
  collectNow(world, invoice, {});
}

export function cancelLines(
  world: World,
  subscription: Subscription,
  notes: SubscriptionNotes,
  at: number,
  prorate: boolean,
  invoiceNow: boolean,
): Line[] {
  const credits = prorate ? creditsOf(world, subscription, notes, at) : [];
  const counted = { start: periodOf(subscription).start, end: at };
  const usage =
    invoiceNow && subscription.status !== "trialing" ? renewalLines(world, subscription, counted, null) : [];
  return [...credits, ...usage.filter(({ quantity_decimal: used }) => used !== "0")];
}

function creditsOf(world: World, subscription: Subscription, notes: SubscriptionNotes, at: number): Line[] {
  return subscription.items.data.flatMap((item) => {
    const billed = notes.billed[item.id];
    return billed && billed.to > at && billed.amount > 0
      ? [creditLine(world, subscription, item, billed, at)]
      : [];
  });
}

/** What a change of items makes of a subscription; nothing is kept yet. */
interface Change {
  items: Item[];
  lines: Line[];
  billed: SubscriptionNotes["billed"];
  /** The period begins anew now, which Stripe invoices at once. */
  restarts: Span | null;
}

interface ChangeParams {
  items?: ItemParams[];
  proration_behavior?: ProrationBehavior;
  proration_date?: number;
  billing_cycle_anchor?: "now" | "unchanged";
  trial_end?: "now" | number;
}

/** Works out a change by the second of `at`, for the update and for its preview alike. */
export function changeOf(
  world: World,
  subscription: Subscription,
  notes: SubscriptionNotes,
  params: ChangeParams,
): Change {
  const now = world.now(subscription.customer);
  const period = periodOf(subscription);
  const at = params.proration_date ?? now;
  if (at < period.start || at > period.end)
    throw invalid("proration_date must be within the current period.", "proration_date");
  const isTrial = subscription.status === "trialing";
  const prorates = (params.proration_behavior ?? "create_prorations") !== "none" && !isTrial;
  const change: Change = {
    items: structuredClone(subscription.items.data),
    lines: [],
    billed: structuredClone(notes.billed),
    restarts: null,
  };
  const discounts = runningDiscounts(world, subscription, at);
  const credit = (item: Item) => {
    const billed = change.billed[item.id];
    if (prorates && billed && billed.to > at && billed.amount > 0)
      change.lines.push(creditLine(world, subscription, item, billed, at));
  };
  const began: Item[] = [];
  for (const [index, asked] of (params.items ?? []).entries()) {
    const old = asked.id ? change.items.find(({ id }) => id === asked.id) : undefined;
    if (asked.id && !old)
      throw invalid(`No such subscription item: '${asked.id}'`, `items[${index}][id]`, "resource_missing");
    if (!old) {
      if (change.items.some(({ price }) => price.id === asked.price))
        throw invalid("Cannot add multiple subscription items with the same plan.", `items[${index}][price]`);
      const made = makeItem(world, subscription.id, asked, index, period, at);
      change.items.push(made);
      began.push(made);
      continue;
    }
    if (asked.metadata !== undefined) old.metadata = mergedMetadata(old.metadata, asked.metadata);
    if (asked.deleted) {
      credit(old);
      if (isMetered(old) && !isTrial) {
        const line = meteredLine(
          world,
          subscription,
          old,
          countedFrom(old, { start: period.start, end: at }),
        );
        if (line.quantity_decimal !== "0") change.lines.push(line);
      }
      change.items = change.items.filter(({ id }) => id !== old.id);
      delete change.billed[old.id];
      continue;
    }
    const isOther = asked.price !== undefined && asked.price !== old.price.id;
    const isMore = asked.quantity !== undefined && asked.quantity !== old.quantity;
    if (!isOther && !isMore) continue;
    const replacement = makeItem(
      world,
      subscription.id,
      { ...asked, price: asked.price ?? old.price.id, quantity: asked.quantity ?? old.quantity },
      index,
      period,
      at,
    );
    if (isMetered(old) || isMetered(replacement))
      throw invalid(
        "The local Stripe changes no metered item: delete it and add another.",
        `items[${index}]`,
        "not_emulated",
      );
    credit(structuredClone(old));
    old.price = replacement.price;
    old.quantity = replacement.quantity;
    began.push(old);
  }
  if (!change.items.length) throw invalid("A subscription must have at least one active item.", "items");
  change.restarts = restartOf(subscription, change.items, params, at);
  if (change.restarts) restart(world, subscription, change, began, { at, prorates, isTrial });
  else if (prorates) {
    for (const item of began.filter((one) => !isMetered(one))) {
      const line = debitLine(world, subscription, item, period, at, discounts);
      change.lines.push(line);
      change.billed[item.id] = {
        amount: line.amount,
        from: at,
        to: period.end,
        invoice: null,
        line: line.id,
      };
    }
  }
  return change;
}

/** A new interval, a new anchor or the end of the trial begin a period at once. */
function restartOf(subscription: Subscription, items: Item[], params: ChangeParams, at: number): Span | null {
  const [before, after] = [intervalOf(subscription.items.data), intervalOf(items)];
  const isTrial = subscription.status === "trialing";
  const isOther = before.interval !== after.interval || before.interval_count !== after.interval_count;
  if (typeof params.trial_end === "number") return null;
  if (isTrial ? params.trial_end === "now" : isOther || params.billing_cycle_anchor === "now")
    return { start: at, end: moved(at, after, 1) };
  return null;
}

function restart(
  world: World,
  subscription: Subscription,
  change: Change,
  began: Item[],
  { at, prorates, isTrial }: { at: number; prorates: boolean; isTrial: boolean },
): void {
  const begun = change.restarts ?? { start: at, end: at };
  const ended = { start: periodOf(subscription).start, end: at };
  for (const item of change.items) {
    if (isMetered(item)) {
      if (isTrial) continue;
      const line = meteredLine(world, subscription, item, countedFrom(item, ended));
      if (line.quantity_decimal !== "0") change.lines.push(line);
      continue;
    }
    const billed = change.billed[item.id];
    if (prorates && billed && billed.to > at && billed.amount > 0 && !began.includes(item))
      change.lines.push(creditLine(world, subscription, item, billed, at));
    change.lines.push(licensedLine(world, subscription, item, begun, false));
  }
}

export interface UpdateParams extends ChangeParams {
  cancel_at?: number | "";
  cancel_at_period_end?: boolean;
  cancellation_details?: { comment?: string; feedback?: string };
  default_payment_method?: string;
  description?: string;
  discounts?: DiscountParams[] | "";
  metadata?: Metadata | "";
  off_session?: boolean;
  pause_collection?: { behavior: "keep_as_draft" | "mark_uncollectible" | "void"; resumes_at?: number } | "";
  payment_behavior?: CreateParams["payment_behavior"];
  payment_settings?: CreateParams["payment_settings"];
  trial_settings?: Subscription["trial_settings"];
}

const UPDATE_FIELDS = (
  "items proration_behavior proration_date billing_cycle_anchor trial_end cancel_at cancel_at_period_end " +
  "cancellation_details default_payment_method description discounts metadata off_session pause_collection " +
  "payment_behavior payment_settings trial_settings"
).split(" ");

export function updateSubscription(
  world: World,
  subscription: Subscription,
  params: UpdateParams,
): Subscription {
  if (subscription.ended_at !== null) {
    understands(params, ["metadata", "cancellation_details"]);
  }
  const { customer } = subscription;
  const notes = notesOf(world, subscription);
  const touchesItems =
    params.items || params.billing_cycle_anchor === "now" || params.trial_end !== undefined;
  const change = touchesItems ? changeOf(world, subscription, notes, params) : undefined;
  const behavior = params.payment_behavior ?? "allow_incomplete";
  if (behavior === "pending_if_incomplete")
    throw invalid("The local Stripe has no pending updates.", "payment_behavior", "not_emulated");
  const isNow =
    change !== undefined && (change.restarts !== null || params.proration_behavior === "always_invoice");
  if (isNow && behavior === "error_if_incomplete") {
    const card =
      subscription.default_payment_method ??
      world.get("customer", customer).invoice_settings.default_payment_method;
    refuseIfUnpaid(world, card, {});
  }
  for (const given of params.discounts || []) {
    if (!given.discount) usable(world, given, customer, world.now(customer));
  }
  const period = periodOf(subscription);
  world.change("customer.subscription.updated", subscription, (held) => {
    if (change) {
      held.items.data = change.items;
      notes.pending.push(...change.lines);
      notes.billed = change.billed;
      if (change.restarts) {
        setPeriod(held, change.restarts);
        held.billing_cycle_anchor = change.restarts.start;
        if (held.status === "trialing") {
          held.status = "active";
          held.trial_end = change.restarts.start;
        }
      }
    }
    if (typeof params.trial_end === "number") extendTrial(world, held, params.trial_end);
    writeFields(world, held, params);
  });
  if (isNow && notes.pending.length) {
    const invoice = draft(world, subscription, {
      reason: "subscription_update",
      period: change.restarts ? { start: period.start, end: change.restarts.start } : period,
      lines: [],
    });
    collectNow(world, invoice, {});
  }
  return subscription;
}

function extendTrial(world: World, subscription: Subscription, until: number): void {
  const now = world.now(subscription.customer);
  if (until <= now)
    throw invalid("Invalid timestamp: must be an integer Unix timestamp in the future.", "trial_end");
  subscription.trial_start ??= now;
  subscription.trial_end = subscription.billing_cycle_anchor = until;
  subscription.status = "trialing";
  setPeriod(subscription, { start: now, end: until });
  notesOf(world, subscription).trialEndTold = false;
}

function writeFields(world: World, held: Subscription, params: UpdateParams): void {
  const now = world.now(held.customer);
  held.metadata = mergedMetadata(held.metadata, params.metadata);
  if (params.description !== undefined) held.description = params.description || null;
  if (params.default_payment_method)
    world.get("payment_method", params.default_payment_method, "default_payment_method");
  if (params.default_payment_method !== undefined)
    held.default_payment_method = params.default_payment_method || null;
  if (params.trial_settings) held.trial_settings = params.trial_settings;
  if (params.payment_settings?.save_default_payment_method)
    held.payment_settings.save_default_payment_method = params.payment_settings.save_default_payment_method;
  if (params.pause_collection !== undefined)
    held.pause_collection = params.pause_collection ? { resumes_at: null, ...params.pause_collection } : null;
  if (params.cancellation_details) {
    const { comment, feedback } = params.cancellation_details;
    if (comment !== undefined) held.cancellation_details.comment = comment || null;
    if (feedback !== undefined) held.cancellation_details.feedback = feedback || null;
  }
  if (params.cancel_at_period_end !== undefined && params.cancel_at_period_end !== held.cancel_at_period_end)
    setEnd(held, params.cancel_at_period_end ? periodOf(held).end : null, now, params.cancel_at_period_end);
  if (typeof params.cancel_at === "number" || params.cancel_at === "")
    setEnd(held, params.cancel_at || null, now, false);
  if (params.discounts !== undefined) {
    const kept = new Set((params.discounts || []).flatMap(({ discount }) => discount ?? []));
    for (const id of held.discounts) {
      const discount = world.find("discount", id);
      if (discount && !kept.has(id)) endDiscount(world, held, discount);
    }
    for (const given of params.discounts || []) giveDiscount(world, held, given);
  }
}

function setEnd(held: Subscription, at: number | null, now: number, atPeriodEnd: boolean): void {
  held.cancel_at_period_end = atPeriodEnd;
  held.cancel_at = at;
  held.canceled_at = at === null ? null : now;
  held.cancellation_details.reason = at === null ? null : "cancellation_requested";
  if (at === null) held.cancellation_details.comment = held.cancellation_details.feedback = null;
}

/** Its first invoice was not paid within 23 hours. */
export function expire(world: World, subscription: Subscription): void {
  const invoice = world.find("invoice", subscription.latest_invoice);
  world.change("customer.subscription.updated", subscription, (held) => {
    held.status = "incomplete_expired";
    held.ended_at = world.now(held.customer);
  });
  if (invoice?.status === "open") voidInvoice(world, invoice);
}

/** Asking for subscriptions, changing and ending them. */
export const subscriptions: Routes = {
  "GET /v1/subscriptions": handle<
    Paging & { customer?: string; price?: string; status?: string; test_clock?: string }
  >(({ world, params, url }) => {
    understands(
      params,
      "customer price status test_clock created limit starting_after ending_before".split(" "),
    );
    const { status = "" } = params;
    const found = world
      .all("subscription")
      .filter(
        (subscription) =>
          (!params.customer || subscription.customer === params.customer) &&
          (!params.test_clock || subscription.test_clock === params.test_clock) &&
          (!params.price || subscription.items.data.some(({ price }) => price.id === params.price)) &&
          (status === "all" ||
            (status === "ended"
              ? subscription.ended_at !== null
              : status
                ? subscription.status === status
                : subscription.status !== "canceled")),
      );
    return page(found, params, url);
  }),
  "POST /v1/subscriptions": handle<CreateParams>(({ world, params }) => {
    understands(params, CREATE_FIELDS);
    return createSubscription(world, params, { isPresent: params.off_session === false });
  }),
  "GET /v1/subscriptions/{subscription_exposed_id}": handle(({ world, id }) =>
    world.get("subscription", id()),
  ),
  "POST /v1/subscriptions/{subscription_exposed_id}": handle<UpdateParams>(({ world, params, id }) => {
    understands(params, UPDATE_FIELDS);
    return updateSubscription(world, world.get("subscription", id()), params);
  }),
  "DELETE /v1/subscriptions/{subscription_exposed_id}": handle<CancelParams>(({ world, params, id }) => {
    understands(params, ["invoice_now", "prorate", "cancellation_details"]);
    const subscription = world.get("subscription", id());
    if (subscription.ended_at !== null)
      throw invalid(`No such subscription: '${subscription.id}'`, "id", "resource_missing");
    cancelNow(world, subscription, params);
    return subscription;
  }),
  "POST /v1/subscriptions/{subscription}/resume": handle<object>(({ world, params, id }) => {
    understands(params, []);
    const subscription = world.get("subscription", id());
    if (subscription.status !== "paused")
      throw invalid(
        "Subscription cannot be resumed because it is not paused.",
        undefined,
        "subscription_not_paused",
      );
    resume(world, subscription);
    return subscription;
  }),
};

function resume(world: World, subscription: Subscription): void {
  const at = world.now(subscription.customer);
  const begun = { start: at, end: moved(at, intervalOf(subscription.items.data), 1) };
  const lines = renewalLines(world, subscription, { start: at, end: at }, begun).filter(
    ({ amount }) => amount > 0,
  );
  world.change("customer.subscription.updated", subscription, (held) => {
    held.billing_cycle_anchor = at;
    setPeriod(held, begun);
  });
  const invoice = draft(world, subscription, { reason: "subscription_update", period: begun, lines });
  collectNow(world, invoice, {});
  if (invoice.status === "paid") world.emit("customer.subscription.resumed", subscription);
}
