/** What platform admins see of money, and what they may mend. Each act asks for a reason, which is kept. */
import type { UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { addAmounts } from "~/kernel/money";
import { record } from "~/modules/audit";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { readEvent, stripeState } from "../adapters/stripe";
import { cannotRepair, differenceClosed } from "../errors";
import {
  closeDifference,
  countOpenDifferences,
  differenceById,
  differenceRows,
  failedPayments,
  inboxRows,
  lastFinishedRun,
  overageNow,
  revenueByPlan,
  revenueMovements,
} from "../queries/reconciliation";
import { customerOfOrg, eventById, reopenEvent } from "../queries/system";
import { overageCost } from "../rules";
import type {
  CloseDifferenceInput,
  InboxInput,
  InboxPage,
  OverageMeter,
  Revenue,
  StripeEventDetail,
} from "../schema";
import { offerRows } from "../queries/offers";
import { batchOverage, tellOverage } from "./report-overage";
import { handleStripeEvent } from "./handle-event";
import { syncCustomer } from "./sync-customer";
import { takeIn } from "./take-in-webhook";

/** Months of movement that are shown. */
const MONTHS = 12;

/** What recurs a month, by plan, in US dollars: after discounts that recur, before tax and usage. */
export async function recurringRevenue(scope: Pick<SystemScope, "db">) {
  const plans = await revenueByPlan(scope as SystemScope);
  return { mrr: addAmounts("0", ...plans.map(({ amount }) => amount)), plans };
}

export async function revenueNow({ userId, trace }: UserActor): Promise<Revenue> {
  const now = clock.now();
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + 1, 1));
  return readSystem(
    { reason: "a platform admin looks at revenue", trace, actorId: userId },
    async (scope) => {
      const [plans, movements, failed, overage, differences, run, open, offers] = await Promise.all([
        revenueByPlan(scope),
        revenueMovements(scope, since),
        failedPayments(scope),
        overageNow(scope, now),
        differenceRows(scope),
        lastFinishedRun(scope),
        countOpenDifferences(scope),
        offerRows(scope),
      ]);
      return {
        payments: stripeState(),
        mrr: addAmounts("0", ...plans.map(({ amount }) => amount)),
        plans,
        movements: movements.map(({ kind, ...row }) => ({
          ...row,
          kind: kind as Revenue["movements"][number]["kind"],
        })),
        failedPayments: failed,
        overage: overage.map(({ meter, organizations, told, waiting }) => ({
          meter: meter as OverageMeter,
          organizations,
          units: told.toString(),
          waiting: waiting.toString(),
          amount: overageCost(meter as OverageMeter, told),
        })),
        differences,
        openDifferences: open,
        reconciledAt: run?.finishedAt ?? null,
        offers,
      };
    },
  );
}

export async function inbox({ userId, trace }: UserActor, input: InboxInput): Promise<InboxPage> {
  const rows = await readSystem(
    { reason: "a platform admin reads the inbox of Stripe", trace, actorId: userId },
    (scope) =>
      inboxRows(scope, {
        state: input.state === "all" ? null : input.state,
        before: input.cursor ? new Date(input.cursor) : null,
        take: input.limit + 1,
      }),
  );
  const items = rows.slice(0, input.limit);
  return {
    items,
    nextCursor: rows.length > input.limit ? items.at(-1)!.receivedAt.toISOString() : null,
  };
}

/** With its body as it came: looking at it is written down, since it names who pays. @throws kernel.not_found. */
export async function inboxEvent({ userId, trace }: UserActor, id: string): Promise<StripeEventDetail> {
  return withSystem(
    { reason: "a platform admin reads an event of Stripe", trace, actorId: userId },
    async (scope) => {
      const event = await eventById(scope, id);
      if (!event) throw notFound("event");
      await record(
        scope,
        { action: "stripe_event.read", target: { type: "stripe_event", id } },
        { orgId: event.orgId },
      );
      const { type, state, attempts, lastError, body, occurredAt, receivedAt, handledAt } = event;
      return {
        id,
        type,
        state: state as StripeEventDetail["state"],
        attempts,
        lastError,
        body,
        occurredAt,
        receivedAt,
        handledAt,
      };
    },
  );
}

/** Handles an event again, now. @throws kernel.not_found; what became of it stands in its row. */
export async function replayEvent({ userId, trace }: UserActor, id: string): Promise<void> {
  await withSystem(
    { reason: "a platform admin replays an event of Stripe", trace, actorId: userId },
    async (scope) => {
      if (!(await reopenEvent(scope, id, clock.now()))) throw notFound("event");
      await record(scope, { action: "stripe_event.replayed", target: { type: "stripe_event", id } });
    },
  );
  await handleStripeEvent({ stripeEventId: id }, trace);
}

/**
 * Mends a difference by what it proposes, or dismisses it.
 * @throws billing.difference_closed, billing.cannot_repair, billing.payments_delayed.
 */
export async function closeFoundDifference(
  { userId, trace }: UserActor,
  { id, act, reason }: CloseDifferenceInput,
): Promise<void> {
  const at = { reason: "a platform admin closes a difference", trace, actorId: userId };
  const difference = await readSystem(at, (scope) => differenceById(scope, id));
  if (!difference) throw notFound("difference");
  if (difference.state !== "open") throw differenceClosed();
  const { orgId, repair, subject, kind } = difference;
  if (act === "repair") await mend();
  await withSystem(at, async (scope) => {
    const state = act === "repair" ? "repaired" : "dismissed";
    if (!(await closeDifference(scope, id, { state, reason, closedById: userId, closedAt: clock.now() })))
      throw differenceClosed();
    await record(
      scope,
      {
        action: act === "repair" ? "difference.repaired" : "difference.dismissed",
        target: { type: "difference", id },
        after: { kind, subject, reason },
      },
      { orgId },
    );
  });

  async function mend(): Promise<void> {
    if (repair === "replay") {
      const event = await readEvent(subject);
      await takeIn(event, JSON.stringify(event), trace);
      return handleStripeEvent({ stripeEventId: subject }, trace);
    }
    if (repair === "none" || !orgId) throw cannotRepair();
    if (repair === "report") {
      await batchOverage(orgId, trace);
      await tellOverage(trace, orgId);
      return;
    }
    const customer = await readSystem(at, (scope) => customerOfOrg(scope, orgId));
    if (!customer?.stripeCustomerId) throw cannotRepair();
    await syncCustomer(customer.stripeCustomerId, trace);
  }
}
