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
import { putOnPlan } from "./put-on-plan";

/**
 * Reads a customer at Stripe and writes the mirror, the plan, dunning and revenue from it, in one transaction.
 * @returns the organization, or null when the customer is none of ours.
 * @throws billing.payments_delayed, billing.not_set_up.
 */
export async function syncCustomer(stripeCustomerId: string, trace: Trace): Promise<string | null> {
  const begun = await withSystem({ reason: "a reading of Stripe begins", trace }, (scope) =>
    beginReading(scope, stripeCustomerId),
  );
  if (!begun) return null;
  const { orgId, reading } = begun;
  const state = await readCustomer(stripeCustomerId);
  if (!state) {
    logger().warn({ org_id: orgId, correlation_id: trace.correlationId }, "Stripe knows no such customer");
    return orgId;
  }
  if (state.orgId !== null && state.orgId !== orgId) {
    // Somebody has edited metadata at Stripe, or restored a copy: our own row decides.
    logger().warn({ org_id: orgId }, "a customer at Stripe names another organization");
  }
  await withSystem({ reason: "write what Stripe says", trace }, async (scope) => {
    if (await isNewestReading(scope, orgId, reading)) await writeMirror(scope, orgId, state, reading);
  });
  return orgId;
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
  await putOnPlan(scope, orgId, standingOf(chosen, givenUp));
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
