/**
 * What follows when a subscription is not paid: mails on days 1, 3 and 7, FREE after 14, data untouched. Due times are
 * columns; each step is decided once, by a row, and then carried out by a function that may repeat.
 */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { countUsageIn } from "~/modules/metering";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { sendSoon, writeOutbox } from "~/server/events/outbox";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { mailPaymentFailed, mailPlanEnded, type DunningMail } from "../adapters/mail";
import { endSubscription } from "../adapters/stripe";
import { DUNNING_DECIDED } from "../events";
import {
  customerOfOrg,
  decideDueSteps,
  dropStep,
  dueDowngrades,
  markMailed,
  openInvoice,
  ownersOf,
  stepById,
  unfinishedSteps,
} from "../queries/system";
import { graceEnds } from "../rules";
import { putOnPlan } from "./put-on-plan";
import { syncCustomer } from "./sync-customer";

/** Milliseconds after which a decided step that was not carried out is asked for again. */
const AGAIN_MS = 30 * 60_000;

/** @returns how many steps were decided, or null when another process is at it. */
export async function decideDunning(): Promise<number | null> {
  const now = clock.now();
  const trace = { correlationId: newId(), address: null };
  const unheard = await hearOutDowngrades(now, trace);
  const decided = await inTurn("dunning", async (scope) => {
    const steps = await decideDueSteps(scope, now, unheard);
    for (const step of steps) {
      if (step.act === "downgrade") {
        await putOnPlan(scope, step.orgId, { plan: "FREE", period: null });
        await record(
          scope,
          {
            action: "subscription.given_up",
            target: { type: "subscription", id: step.subscriptionId },
            after: { day: step.day },
          },
          { orgId: step.orgId },
        );
      }
      await writeOutbox(scope.db, step.orgId, {
        id: `dunning:${step.id}`,
        name: DUNNING_DECIDED,
        data: { stepId: step.id },
      });
    }
    // What the engine gave up on is asked for again.
    const unfinished = await unfinishedSteps(scope, new Date(now.getTime() - AGAIN_MS));
    for (const step of unfinished)
      await writeOutbox(scope.db, step.orgId, {
        id: `dunning:${step.id}:${Math.floor(now.getTime() / AGAIN_MS)}`,
        name: DUNNING_DECIDED,
        data: { stepId: step.id },
      });
    return steps.length;
  });
  if (decided) sendSoon();
  return decided;
}

/**
 * Before a plan is taken, Stripe is asked whether it was not paid after all: the event may be lost.
 * @returns organizations about which Stripe did not answer; nothing is decided about them now.
 */
async function hearOutDowngrades(now: Date, trace: Trace): Promise<string[]> {
  const due = await readSystem({ reason: "plans that are about to end", trace }, (scope) =>
    dueDowngrades(scope, now),
  );
  const unheard: string[] = [];
  for (const { orgId, stripeCustomerId } of due) {
    try {
      await syncCustomer(stripeCustomerId, trace);
    } catch (error) {
      logger().warn({ err: error, org_id: orgId }, "a plan is kept until Stripe answers");
      unheard.push(orgId);
    }
  }
  return unheard;
}

/** Sends the mail of a step, or ends its subscription at Stripe. Repeated, the mails are recognisably the same. */
export async function carryOutDunning({ stepId }: { stepId: string }, trace: Trace): Promise<void> {
  const step = await readSystem({ reason: "a step of dunning", trace }, (scope) => stepById(scope, stepId));
  if (!step || step.state !== "done" || step.mailedAt) return;
  const { orgId, subscription, episode } = step;
  if (step.act === "downgrade") {
    await endSubscription(subscription.stripeSubscriptionId, `dunning:${step.id}`);
    const customer = await readSystem({ reason: "whose plan ended", trace }, (scope) =>
      customerOfOrg(scope, orgId),
    );
    if (customer?.stripeCustomerId) await syncCustomer(customer.stripeCustomerId, trace);
  } else if (subscription.pastDueSince?.getTime() !== episode.getTime()) {
    // Paid between the decision and now.
    await withSystem({ reason: "a mail about money has no cause any more", trace }, (scope) =>
      dropStep(scope, step.id),
    );
    return;
  }
  const [owners, invoice] = await readSystem({ reason: "who is told of a failed payment", trace }, (scope) =>
    Promise.all([ownersOf(scope, orgId), openInvoice(scope, orgId)]),
  );
  for (const { userId, userEmail, organization } of owners) {
    const mail: DunningMail = {
      to: userEmail,
      organization: organization.name,
      slug: organization.slug,
      amount: invoice ? { total: invoice.amountRemaining.toFixed(), currency: invoice.currency } : null,
      payUrl: invoice?.hostedUrl ?? null,
      endsAt: graceEnds(episode),
      identity: `${step.id}.${userId}`,
    };
    await (step.act === "downgrade" ? mailPlanEnded(mail) : mailPaymentFailed(mail));
  }
  await withSystem({ reason: "owners were told of a failed payment", trace }, async (scope) => {
    const now = clock.now();
    await markMailed(scope, step.id, now);
    for (const { userId } of owners)
      await countUsageIn(
        { db: scope.db, orgId },
        {
          meter: "emails",
          quantity: 1,
          idempotencyKey: `mail:dunning.${step.id}.${userId}`,
          occurredAt: now,
          source: { type: "mail", id: step.id },
        },
      );
  });
}

export const dunningSweeps = (): Sweep[] => [{ name: "dunning", everyMs: 60_000, turn: decideDunning }];
