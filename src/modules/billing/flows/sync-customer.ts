/**
 * The one way from Stripe into the mirror: what is true now is asked for, whatever event, button or clock made us look.
 * So it does not matter which events came, in which order, or how often.
 */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { readCustomer } from "../adapters/stripe";
import {
  beginReading,
  dropDunning,
  isGivenUp,
  isNewestReading,
  mirroredSubscriptions,
  planDunning,
  settledInvoices,
  writeCustomer,
  writeInvoice,
  writeMovement,
  writeSubscription,
  type MirroredSubscription,
} from "../queries/system";
import {
  chosenSubscription,
  dunningOf,
  isLive,
  monthlyRevenue,
  movementOf,
  pastDueSince,
  standingOf,
} from "../rules";
import type { CustomerState, SubscriptionState } from "../schema";
import { closeOffer, offerOfPrice } from "../queries/offers";
import { putOnPlan } from "./put-on-plan";

/**
 * Reads a customer at Stripe and writes the mirror, the plan, dunning and revenue from it, in one transaction.
 * @returns the organization, or null when the customer is none of ours.
 * @throws billing.payments_delayed, billing.not_set_up.
 */
export const syncCustomer = async (stripeCustomerId: string, trace: Trace): Promise<string | null> =>
  (await readAndMirror(stripeCustomerId, trace))?.orgId ?? null;

export type Reading = {
  orgId: string;
  /** By the database's clock: what came before is in it. */
  begunAt: Date;
};

const held = globalThis as typeof globalThis & {
  __tenantryReadings?: Map<string, { now: Promise<unknown>; next: Promise<Reading | null> | null }>;
};

/**
 * The same for a burst: who asks while a reading is under way shares the next one with all others who ask, since the one
 * under way may have looked too early for them. So a burst costs two readings of a process, not one each.
 */
export function syncCustomerShared(stripeCustomerId: string, trace: Trace): Promise<Reading | null> {
  const readings = (held.__tenantryReadings ??= new Map());
  const underWay = readings.get(stripeCustomerId);
  if (underWay) return (underWay.next ??= underWay.now.then(begin, begin));
  return begin();

  function begin(): Promise<Reading | null> {
    const reading = readAndMirror(stripeCustomerId, trace);
    const entry = { now: reading, next: null };
    readings.set(stripeCustomerId, entry);
    const forget = () => {
      if (readings.get(stripeCustomerId) === entry && entry.next === null) readings.delete(stripeCustomerId);
    };
    reading.then(forget, forget);
    return reading;
  }
}

async function readAndMirror(stripeCustomerId: string, trace: Trace): Promise<Reading | null> {
  const begun = await withSystem({ reason: "a reading of Stripe begins", trace }, (scope) =>
    beginReading(scope, stripeCustomerId),
  );
  if (!begun) return null;
  const { orgId, reading, begunAt } = begun;
  const state = await readCustomer(stripeCustomerId);
  if (!state) {
    logger().warn({ org_id: orgId, correlation_id: trace.correlationId }, "Stripe knows no such customer");
    return { orgId, begunAt };
  }
  if (state.orgId !== null && state.orgId !== orgId) {
    // Somebody has edited metadata at Stripe, or restored a copy: our own row decides.
    logger().warn({ org_id: orgId }, "a customer at Stripe names another organization");
  }
  await withSystem({ reason: "write what Stripe says", trace }, async (scope) => {
    if (await isNewestReading(scope, orgId, reading)) await writeMirror(scope, orgId, state, reading);
  });
  return { orgId, begunAt };
}

async function writeMirror(
  scope: SystemScope,
  orgId: string,
  state: CustomerState,
  reading: bigint,
): Promise<void> {
  const now = clock.now();
  const before = await mirroredSubscriptions(scope, orgId);
  await writeCustomer(scope, orgId, state, { reading, now });

  const settled = await settledInvoices(scope, orgId);
  for (const invoice of state.invoices)
    if (settled.get(invoice.stripeId) !== invoice.status) await writeInvoice(scope, orgId, invoice);

  const ids = new Map<string, string>();
  const episodes: Date[] = [];
  for (const subscription of state.subscriptions) {
    const since = pastDueSince(subscription, state.invoices);
    const id = await writeSubscription(scope, orgId, subscription, since);
    ids.set(subscription.stripeId, id);
    if (since && isLive(subscription.status)) {
      episodes.push(since);
      await planDunning(scope, { orgId, subscriptionId: id, episode: since }, dunningOf(since));
    }
    await recordChange(
      scope,
      orgId,
      before.find((one) => one.stripeId === subscription.stripeId),
      subscription,
    );
  }
  await dropDunning(scope, orgId, episodes);

  const chosen = chosenSubscription(state.subscriptions);
  const givenUp = chosen ? await isGivenUp(scope, orgId, pastDueSince(chosen, state.invoices)) : false;
  await moveRevenue(scope, orgId, chosenSubscription(before), chosen, ids);
  const isOffered = chosen !== null && (await takeUpOffer(scope, orgId, chosen));
  await putOnPlan(scope, orgId, standingOf(chosen, givenUp, now), isOffered);
}

/** An offer is taken up by paying its price. @returns whether what is paid was offered. */
async function takeUpOffer(
  scope: SystemScope,
  orgId: string,
  { priceId, status }: SubscriptionState,
): Promise<boolean> {
  const offer = await offerOfPrice(scope, orgId, priceId);
  if (!offer || !isLive(status) || status === "incomplete") return false;
  if (offer.state === "open" && (await closeOffer(scope, offer.id, "accepted", clock.now())))
    await record(scope, { action: "offer.accepted", target: { type: "offer", id: offer.id } }, { orgId });
  return true;
}

/** An owner finds in the audit log what became of the subscription, whoever changed it. */
async function recordChange(
  scope: SystemScope,
  orgId: string,
  before: MirroredSubscription | undefined,
  after: SubscriptionState,
): Promise<void> {
  const facts = (one: SubscriptionState) => ({
    status: one.status,
    plan: one.plan,
    ...(one.heldPlan && { until: one.heldUntil?.toISOString(), still: one.heldPlan }),
    cancels: one.cancelAtPeriodEnd,
    periodEnd: one.periodEnd.toISOString(),
  });
  if (before && JSON.stringify(facts(before)) === JSON.stringify(facts(after))) return;
  await record(
    scope,
    {
      action: before ? "subscription.changed" : "subscription.begun",
      target: { type: "subscription", id: after.stripeId },
      ...(before && { before: facts(before) }),
      after: facts(after),
    },
    { orgId },
  );
}

async function moveRevenue(
  scope: SystemScope,
  orgId: string,
  was: SubscriptionState | null,
  is: SubscriptionState | null,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const [before, after] = [monthlyRevenue(was), monthlyRevenue(is)];
  const kind = movementOf(before, after);
  if (!kind) return;
  const of = (kind === "churn" ? was : is) ?? was!;
  await writeMovement(scope, {
    orgId,
    subscriptionId: ids.get(of.stripeId) ?? null,
    kind,
    plan: of.plan,
    currency: of.currency,
    before,
    after,
    occurredAt: clock.now(),
  });
}
