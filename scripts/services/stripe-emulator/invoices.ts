import { page, type Paging } from "./answers";
import { DECLINED, declineCodeOf, outcomeOf } from "./cards";
import { moveBalance } from "./customers";
import { discounted, isMetered, isRunning, meteredLine, net } from "./lines";
import { sum } from "./money";
import type {
  BillingReason,
  CardError,
  Customer,
  Discount,
  Invoice,
  Line,
  Metadata,
  PaymentIntent,
  Span,
  Subscription,
} from "./objects";
import { DAY_S } from "./periods";
import { cardDeclined, invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { afterFailure, afterPayment } from "./standing";
import { mergedMetadata, newId, type World } from "./world";

/** Below it no card is charged: the amount waits in the customer's balance. Of USD, in cents. */
const SMALLEST_CHARGE = 50;

export interface Draft {
  reason: BillingReason;
  period: Span;
  lines: Line[];
  discounts: Discount[];
}

/** An invoice with its sums, of nobody's keeping yet. */
export function invoiceOf(world: World, subscription: Subscription, draft: Draft): Invoice {
  const customer = world.get("customer", subscription.customer);
  discounted(world, draft.lines, draft.discounts);
  const invoice: Invoice = {
    ...world.base("in", "invoice", customer.id),
    account_country: "US",
    account_name: world.state.settings.account_name,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: draft.reason,
    collection_method: "charge_automatically",
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.business_name ?? customer.name,
    customer_phone: customer.phone,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt,
    customer_tax_ids: world
      .all("tax_id")
      .filter((taxId) => taxId.customer === customer.id)
      .map(({ type, value }) => ({ type, value })),
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: draft.discounts.map(({ id }) => id),
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: draft.lines, has_more: false, url: "" },
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: draft.period.end,
    period_start: draft.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  sumUp(invoice, customer);
  return invoice;
}

/** Sets every sum from the lines and the customer's balance. */
function sumUp(invoice: Invoice, customer: Customer): void {
  const lines = invoice.lines.data;
  for (const line of lines) line.invoice = invoice.id;
  invoice.lines.url = `/v1/invoices/${invoice.id}/lines`;
  invoice.subtotal = invoice.subtotal_excluding_tax = sum(lines.map(({ amount }) => amount));
  const off = lines.flatMap((line) => line.discount_amounts);
  invoice.total_discount_amounts = invoice.discounts.map((discount) => ({
    amount: sum(off.filter((part) => part.discount === discount).map(({ amount }) => amount)),
    discount,
  }));
  invoice.total = invoice.total_excluding_tax = sum(lines.map(net));
  invoice.starting_balance = customer.balance;
  const owed = invoice.total + customer.balance;
  invoice.amount_due = owed < SMALLEST_CHARGE ? 0 : owed;
  invoice.amount_remaining = invoice.amount_due;
}

/** Keeps a draft, and takes note of what it charges, so that a later change can credit it. */
export function keepDraft(
  world: World,
  subscription: Subscription,
  invoice: Invoice,
  metered: Span | null,
): Invoice {
  const notes = world.state.subscriptions[subscription.id];
  world.state.invoices[invoice.id] = {
    firstAttempt: null,
    retries: 0,
    balanceBefore: null,
    metered: metered
      ? subscription.items.data.filter(isMetered).map(({ id }) => ({ item: id, ...metered }))
      : [],
  };
  for (const line of invoice.lines.data) {
    const { subscription_item: item, proration } = line.parent.subscription_item_details;
    if (!notes || !subscription.items.data.some(({ id }) => id === item)) continue;
    const held = notes.billed[item];
    if (held?.line === line.id) held.invoice = invoice.id;
    const isLicensed = !subscription.items.data.some((other) => other.id === item && isMetered(other));
    if (isLicensed && !proration) {
      notes.billed[item] = {
        amount: net(line),
        from: line.period.start,
        to: line.period.end,
        invoice: invoice.id,
        line: line.id,
      };
    }
  }
  world.put("invoice", invoice);
  subscription.latest_invoice = invoice.id;
  world.emit("invoice.created", invoice);
  endOnceDiscounts(world, subscription, invoice);
  return invoice;
}

/** A coupon for one time is used up by the first invoice on which it took something off. */
function endOnceDiscounts(world: World, subscription: Subscription, invoice: Invoice): void {
  for (const { discount: id, amount } of invoice.total_discount_amounts) {
    const discount = world.find("discount", id);
    const isOnce = world.find("coupon", discount?.source.coupon)?.duration === "once";
    if (discount && isOnce && amount > 0) endDiscount(world, subscription, discount);
  }
}

export function endDiscount(world: World, subscription: Subscription, discount: Discount): void {
  discount.end ??= world.now(subscription.customer);
  subscription.discounts = subscription.discounts.filter((id) => id !== discount.id);
  world.emit("customer.discount.deleted", discount);
}

export function finalize(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== "draft")
    throw invalid(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      undefined,
      "invoice_not_editable",
    );
  const customer = world.get("customer", invoice.customer);
  const now = world.now(customer.id);
  readMeters(world, invoice);
  sumUp(invoice, customer);
  const notes = notesOf(world, invoice);
  notes.balanceBefore = customer.balance;
  const owed = invoice.total + customer.balance;
  const ending = owed < SMALLEST_CHARGE ? owed : 0;
  if (ending !== customer.balance) {
    moveBalance(world, customer, {
      amount: ending - customer.balance,
      type: owed > 0 && owed < SMALLEST_CHARGE ? "invoice_too_small" : "applied_to_invoice",
      invoice: invoice.id,
    });
  }
  invoice.ending_balance = ending;
  invoice.status = "open";
  invoice.number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence++).padStart(4, "0")}`;
  invoice.status_transitions.finalized_at = invoice.effective_at = now;
  invoice.automatically_finalizes_at = null;
  const address = `${world.baseUrl}/i/${invoice.id}`;
  invoice.hosted_invoice_url = address;
  invoice.invoice_pdf = `${address}/pdf`;
  world.emit("invoice.finalized", invoice);
  if (invoice.amount_due > 0) makePayment(world, invoice);
  return invoice;
}

/** Usage may be reported until the invoice is final. */
function readMeters(world: World, invoice: Invoice): void {
  const subscription = world.get("subscription", invoice.parent.subscription_details.subscription);
  let changed = false;
  for (const { item: id, start, end } of notesOf(world, invoice).metered) {
    const item = subscription.items.data.find((held) => held.id === id);
    const index = invoice.lines.data.findIndex(
      (line) =>
        line.parent.subscription_item_details.subscription_item === id &&
        !line.parent.subscription_item_details.proration,
    );
    const old = invoice.lines.data[index];
    if (!item || !old) continue;
    const line = meteredLine(world, subscription, item, { start, end });
    if (line.quantity_decimal === old.quantity_decimal) continue;
    invoice.lines.data[index] = { ...line, id: old.id };
    changed = true;
  }
  if (!changed) return;
  const discounts = invoice.discounts.flatMap((id) => world.find("discount", id) ?? []);
  discounted(world, invoice.lines.data, discounts);
  // A discount is split over all lines, so what the licence cost may have moved by a cent.
  const held = world.state.subscriptions[subscription.id]?.billed ?? {};
  for (const billed of Object.values(held)) {
    const line = invoice.lines.data.find(({ id }) => id === billed.line);
    if (line) billed.amount = net(line);
  }
}

function makePayment(world: World, invoice: Invoice): PaymentIntent {
  const intent: PaymentIntent = {
    ...world.base("pi", "payment_intent", invoice.customer),
    amount: invoice.amount_due,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic",
    client_secret: "",
    confirmation_method: "automatic",
    currency: invoice.currency,
    customer: invoice.customer,
    customer_account: null,
    description:
      invoice.billing_reason === "subscription_create" ? "Subscription creation" : "Subscription update",
    last_payment_error: null,
    latest_charge: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_types: ["card"],
    receipt_email: null,
    review: null,
    setup_future_usage: invoice.billing_reason === "subscription_create" ? "off_session" : null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_group: null,
  };
  intent.client_secret = `${intent.id}_secret_${newId("x").slice(2)}`;
  world.put("payment_intent", intent);
  world.put("invoice_payment", {
    ...world.base("inpay", "invoice_payment", invoice.customer),
    amount_paid: null,
    amount_requested: invoice.amount_due,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    payment: { payment_intent: intent.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
  return intent;
}

export function notesOf(world: World, invoice: Invoice) {
  return (world.state.invoices[invoice.id] ??= {
    firstAttempt: null,
    retries: 0,
    metered: [],
    balanceBefore: null,
  });
}

/** What would be charged now: the subscription's card, else the customer's. */
export function cardOf(world: World, invoice: Invoice): string | null {
  const subscription = world.find("subscription", invoice.parent.subscription_details.subscription);
  const customer = world.get("customer", invoice.customer);
  return (
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer.invoice_settings.default_payment_method
  );
}

export interface Attempt {
  method?: string | null;
  /** Its owner is at the screen. */
  isPresent?: boolean;
  /** The owner has just authenticated. */
  isAuthenticated?: boolean;
  /** One of the automatic attempts, which are followed by the next one. */
  isScheduled?: boolean;
}

/** Tries to collect an open invoice once. */
export function attempt(
  world: World,
  invoice: Invoice,
  how: Attempt,
): "paid" | "declined" | "requires_action" {
  if (invoice.amount_due === 0) {
    paid(world, invoice);
    return "paid";
  }
  const now = world.now(invoice.customer);
  const notes = notesOf(world, invoice);
  const method = how.method ?? cardOf(world, invoice);
  const outcome = how.isAuthenticated ? "succeeds" : outcomeOf(world, method, how.isPresent ?? false);
  const { intent, payment } = paymentOf(world, invoice);
  invoice.attempted = true;
  if (how.isScheduled ?? true) {
    invoice.attempt_count += 1;
    notes.firstAttempt ??= now;
  }
  intent.payment_method = method;
  if (outcome === "succeeds") {
    intent.status = "succeeded";
    intent.amount_received = intent.amount;
    intent.last_payment_error = intent.next_action = null;
    payment.status = "paid";
    payment.amount_paid = payment.amount_requested;
    payment.status_transitions.paid_at = now;
    world.emit("payment_intent.succeeded", intent);
    world.emit("invoice_payment.paid", payment);
    invoice.amount_paid = invoice.amount_due;
    invoice.amount_remaining = 0;
    paid(world, invoice);
    return "paid";
  }
  const needsAction = outcome === "authenticates";
  intent.status = needsAction ? "requires_action" : "requires_payment_method";
  intent.last_payment_error = needsAction ? null : declineOf(world, method);
  intent.next_action = needsAction
    ? {
        type: "redirect_to_url",
        redirect_to_url: { return_url: null, url: invoice.hosted_invoice_url ?? "" },
      }
    : null;
  scheduleRetry(world, invoice);
  world.emit(needsAction ? "payment_intent.requires_action" : "payment_intent.payment_failed", intent);
  world.emit("invoice.payment_failed", invoice);
  if (needsAction) world.emit("invoice.payment_action_required", invoice);
  world.emit("invoice.updated", invoice);
  afterFailure(world, invoice);
  return needsAction ? "requires_action" : "declined";
}

export function paymentOf(world: World, invoice: Invoice) {
  const payment = world
    .all("invoice_payment")
    .findLast((held) => held.invoice === invoice.id && held.status === "open");
  if (!payment) throw invalid("Invoice has no open payment.", undefined, "invoice_no_payment");
  return { payment, intent: world.get("payment_intent", payment.payment.payment_intent) };
}

function declineOf(world: World, method: string | null): CardError {
  if (method === null)
    return {
      type: "card_error",
      code: "payment_intent_payment_attempt_failed",
      message: "There is no card to charge.",
    };
  return {
    type: "card_error",
    code: "card_declined",
    decline_code: declineCodeOf(world, method),
    message: DECLINED,
  };
}

/** Days 1, 3, 5 and 7 after the first attempt; the first invoice of a subscription is not tried again by itself. */
function scheduleRetry(world: World, invoice: Invoice): void {
  const notes = notesOf(world, invoice);
  const days = world.state.settings.retry_days;
  const nextDay = invoice.auto_advance && !isFirst(world, invoice) ? days[notes.retries] : undefined;
  invoice.next_payment_attempt =
    nextDay === undefined || notes.firstAttempt === null ? null : notes.firstAttempt + nextDay * DAY_S;
}

function isFirst(world: World, invoice: Invoice): boolean {
  const subscription = world.find("subscription", invoice.parent.subscription_details.subscription);
  return invoice.billing_reason === "subscription_create" && subscription?.status === "incomplete";
}

function paid(world: World, invoice: Invoice): void {
  const now = world.now(invoice.customer);
  invoice.status = "paid";
  invoice.attempted = true;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = now;
  world.emit("invoice.paid", invoice);
  world.emit("invoice.payment_succeeded", invoice);
  afterPayment(world, invoice);
}

/** Finalizes and collects at once, as Stripe does with a first invoice and with prorations asked for immediately. */
export function collectNow(world: World, invoice: Invoice, how: Attempt): ReturnType<typeof attempt> {
  finalize(world, invoice);
  return attempt(world, invoice, how);
}

export function voidInvoice(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalid("You can only void an open or uncollectible invoice.", undefined, "invoice_not_editable");
  const customer = world.get("customer", invoice.customer);
  const moved = (invoice.ending_balance ?? 0) - (notesOf(world, invoice).balanceBefore ?? 0);
  if (moved !== 0) {
    moveBalance(world, customer, { amount: -moved, type: "unapplied_from_invoice", invoice: invoice.id });
  }
  if (invoice.amount_due > 0) cancelPayment(world, invoice);
  world.change("invoice.updated", invoice, (held) => {
    held.status = "void";
    held.next_payment_attempt = null;
    held.status_transitions.voided_at = world.now(customer.id);
  });
  world.emit("invoice.voided", invoice);
  return invoice;
}

function cancelPayment(world: World, invoice: Invoice): void {
  const { intent, payment } = paymentOf(world, invoice);
  const now = world.now(invoice.customer);
  intent.status = "canceled";
  intent.canceled_at = now;
  intent.cancellation_reason = "void_invoice";
  payment.status = "canceled";
  payment.status_transitions.canceled_at = now;
  world.emit("payment_intent.canceled", intent);
}

/** No further attempt by itself: the subscription has ended. */
export function stopCollecting(world: World, subscription: string): void {
  for (const invoice of world.all("invoice")) {
    if (invoice.parent.subscription_details.subscription !== subscription) continue;
    if (invoice.status !== "open" && invoice.status !== "draft") continue;
    world.change("invoice.updated", invoice, (held) => {
      held.auto_advance = false;
      held.next_payment_attempt = null;
      held.automatically_finalizes_at = null;
    });
  }
}

/** The discounts that take something off an invoice made now. */
export function runningDiscounts(world: World, subscription: Subscription, at: number): Discount[] {
  return subscription.discounts
    .flatMap((id) => world.find("discount", id) ?? [])
    .filter((held) => isRunning(held, at));
}

interface PayParams {
  payment_method?: string;
  off_session?: boolean;
  paid_out_of_band?: boolean;
}

/** Reading, paying and closing invoices. */
export const invoices: Routes = {
  "GET /v1/invoices": handle<Paging & { customer?: string; subscription?: string; status?: string }>(
    ({ world, params, url }) => {
      understands(
        params,
        "customer subscription status created limit starting_after ending_before".split(" "),
      );
      const found = world
        .all("invoice")
        .filter(
          (invoice) =>
            (!params.customer || invoice.customer === params.customer) &&
            (!params.subscription ||
              invoice.parent.subscription_details.subscription === params.subscription) &&
            (!params.status || invoice.status === params.status),
        );
      return page(found, params, url);
    },
  ),
  "GET /v1/invoices/{invoice}": handle(({ world, id }) => world.get("invoice", id())),
  "POST /v1/invoices/{invoice}": handle<{
    auto_advance?: boolean;
    description?: string;
    metadata?: Metadata | "";
    default_payment_method?: string;
  }>(({ world, params, id }) => {
    understands(params, ["auto_advance", "description", "metadata", "default_payment_method"]);
    return world.change("invoice.updated", world.get("invoice", id()), (invoice) => {
      if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
      if (params.description !== undefined) invoice.description = params.description || null;
      if (params.default_payment_method !== undefined)
        invoice.default_payment_method = params.default_payment_method || null;
      invoice.metadata = mergedMetadata(invoice.metadata, params.metadata);
    });
  }),
  "GET /v1/invoices/{invoice}/lines": handle<Paging>(({ world, params, id, url }) =>
    // Lines stand in the order of the invoice, not newest first.
    page([...world.get("invoice", id()).lines.data].reverse(), params, url),
  ),
  "POST /v1/invoices/{invoice}/finalize": handle<{ auto_advance?: boolean }>(({ world, params, id }) => {
    const invoice = finalize(world, world.get("invoice", id()));
    if (params.auto_advance ?? invoice.auto_advance) attempt(world, invoice, {});
    return invoice;
  }),
  "POST /v1/invoices/{invoice}/pay": handle<PayParams>(({ world, params, id }) => {
    understands(params, ["payment_method", "off_session", "paid_out_of_band"]);
    const invoice = world.get("invoice", id());
    if (invoice.status === "draft") finalize(world, invoice);
    if (invoice.status === "paid")
      throw invalid("Invoice is already paid", undefined, "invoice_already_paid");
    if (invoice.status !== "open" && invoice.status !== "uncollectible")
      throw invalid(
        `You cannot pay an invoice that is ${invoice.status}.`,
        undefined,
        "invoice_not_editable",
      );
    if (params.payment_method) world.get("payment_method", params.payment_method, "payment_method");
    if (params.paid_out_of_band) {
      cancelPayment(world, invoice);
      invoice.amount_paid_off_stripe = invoice.amount_paid = invoice.amount_due;
      invoice.amount_remaining = 0;
      paid(world, invoice);
      return invoice;
    }
    const method = params.payment_method ?? cardOf(world, invoice);
    const outcome = attempt(world, invoice, {
      method,
      isPresent: params.off_session === false,
      isScheduled: false,
    });
    if (outcome === "paid") return invoice;
    if (outcome === "requires_action")
      throw cardDeclined(
        "authentication_required",
        "This payment requires additional user action before it can be completed successfully.",
      );
    throw cardDeclined(declineCodeOf(world, method), DECLINED);
  }),
  "POST /v1/invoices/{invoice}/void": handle(({ world, id }) =>
    voidInvoice(world, world.get("invoice", id())),
  ),
  "POST /v1/invoices/{invoice}/mark_uncollectible": handle(({ world, id }) => {
    const invoice = world.get("invoice", id());
    if (invoice.status !== "open") throw invalid("You can only mark an open invoice as uncollectible.");
    world.change("invoice.updated", invoice, (held) => {
      held.status = "uncollectible";
      held.next_payment_attempt = null;
      held.status_transitions.marked_uncollectible_at = world.now(held.customer);
    });
    world.emit("invoice.marked_uncollectible", invoice);
    return invoice;
  }),
};
