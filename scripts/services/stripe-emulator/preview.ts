import { invoiceOf, runningDiscounts } from "./invoices";
import type { DiscountParams } from "./lines";
import type { Discount, Invoice, Line, Span, Subscription } from "./objects";
import { invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { notesOf } from "./standing";
import {
  buildSubscription,
  cancelLines,
  changeOf,
  discountOf,
  firstLines,
  periodOf,
  periodAfter,
  renewalLines,
  type ItemParams,
  type ProrationBehavior,
} from "./subscriptions";
import { newId, type World } from "./world";

interface PreviewParams {
  customer?: string;
  subscription?: string;
  discounts?: DiscountParams[] | "";
  preview_mode?: "next" | "recurring";
  subscription_details?: {
    items?: ItemParams[];
    billing_cycle_anchor?: "now" | "unchanged";
    cancel_at_period_end?: boolean;
    cancel_now?: boolean;
    proration_behavior?: ProrationBehavior;
    proration_date?: number;
    trial_end?: "now" | number;
  };
}

const DETAILS =
  "items billing_cycle_anchor cancel_at_period_end cancel_now proration_behavior proration_date trial_end".split(
    " ",
  );

/** The invoice that a change would bring, by the same arithmetic as the change itself; nothing is kept. */
function preview(world: World, params: PreviewParams): Invoice {
  understands(params, ["customer", "subscription", "discounts", "preview_mode", "subscription_details"]);
  understands(params.subscription_details ?? {}, DETAILS, "subscription_details");
  if (params.preview_mode === "recurring")
    throw invalid("The local Stripe previews the next invoice only.", "preview_mode", "not_emulated");
  if (params.subscription)
    return previewChange(world, world.get("subscription", params.subscription, "subscription"), params);
  if (!params.customer)
    throw invalid("You must provide a customer or a subscription.", "customer", "parameter_missing");
  const { items, trial_end: trialEnd } = params.subscription_details ?? {};
  const subscription = buildSubscription(world, { customer: params.customer, items, trial_end: trialEnd });
  const { created } = subscription;
  return asUpcoming(
    world,
    subscription,
    firstLines(world, subscription),
    { start: created, end: created },
    params,
    created,
  );
}

function previewChange(world: World, kept: Subscription, params: PreviewParams): Invoice {
  if (kept.ended_at !== null)
    throw invalid(
      "No upcoming invoices for customer: " + kept.customer,
      "subscription",
      "invoice_upcoming_none",
    );
  const details = params.subscription_details ?? {};
  const subscription = structuredClone(kept);
  const notes = structuredClone(notesOf(world, kept));
  const now = world.now(subscription.customer);
  const period = periodOf(subscription);
  if (details.cancel_now) {
    const prorate = (details.proration_behavior ?? "create_prorations") !== "none";
    const lines = cancelLines(world, subscription, notes, now, prorate, true);
    return asUpcoming(
      world,
      subscription,
      [...notes.pending, ...lines],
      { start: period.start, end: now },
      params,
      now,
    );
  }
  const change = changeOf(world, subscription, notes, details);
  const waiting = [...notes.pending, ...change.lines];
  subscription.items.data = change.items;
  if (change.restarts || details.proration_behavior === "always_invoice") {
    const end = change.restarts?.start ?? period.end;
    return asUpcoming(world, subscription, waiting, { start: period.start, end }, params, now);
  }
  const isLast = details.cancel_at_period_end ?? subscription.cancel_at_period_end;
  const lines = renewalLines(world, subscription, period, isLast ? null : periodAfter(subscription));
  const used = isLast ? lines.filter(({ quantity_decimal: quantity }) => quantity !== "0") : lines;
  return asUpcoming(world, subscription, [...waiting, ...used], period, params, period.end);
}

function asUpcoming(
  world: World,
  subscription: Subscription,
  lines: Line[],
  period: Span,
  params: PreviewParams,
  at: number,
): Invoice {
  const discounts: Discount[] =
    params.discounts === undefined
      ? runningDiscounts(world, subscription, at)
      : (params.discounts || []).map(
          (given) => world.find("discount", given.discount) ?? discountOf(world, subscription, given),
        );
  const invoice = invoiceOf(world, subscription, {
    reason: "upcoming",
    period,
    lines,
    discounts,
  });
  invoice.id = `upcoming_${newId("in")}`;
  for (const line of invoice.lines.data) line.invoice = invoice.id;
  invoice.lines.url = `/v1/invoices/upcoming/lines?subscription=${subscription.id}`;
  invoice.created = at;
  invoice.next_payment_attempt = at + world.state.settings.draft_seconds;
  return invoice;
}

export const previews: Routes = {
  "POST /v1/invoices/create_preview": handle<PreviewParams>(({ world, params }) => preview(world, params)),
};
