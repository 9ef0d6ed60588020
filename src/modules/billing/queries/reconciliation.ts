/** SQL of comparing Stripe, the mirror and the ledger. */
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import type { Plan } from "~/kernel/plans";
import type { Difference } from "../rules";
import type { DifferenceKind, Repair } from "../schema";
import { subscriptionOfRow } from "./rows";

export type Run = {
  id: string;
  startedAt: Date;
  customerCount: number;
  differenceCount: number;
  /** The last organization that was compared. */
  comparedUntil: string | null;
};
const RUN = {
  id: true,
  startedAt: true,
  customerCount: true,
  differenceCount: true,
  comparedUntil: true,
} as const;

export const beginRun = ({ db }: SystemScope, startedAt: Date, busyUntil: Date): Promise<Run> =>
  db.reconciliationRun.create({ data: { startedAt, busyUntil }, select: RUN });

/** Takes a run over that nobody is at any more. */
export const takeRunOver = ({ db }: SystemScope, id: string, busyUntil: Date): Promise<Run> =>
  db.reconciliationRun.update({ where: { id }, data: { busyUntil }, select: RUN });

/** Notes how far a run has come: what is before it need not be compared again. */
export const noteProgress = (
  { db }: SystemScope,
  { id, customerCount, differenceCount, comparedUntil }: Run,
  busyUntil: Date,
) =>
  db.reconciliationRun.update({
    where: { id },
    data: { customerCount, differenceCount, comparedUntil, busyUntil },
    select: { id: true },
  });

export const endRun = (
  { db }: SystemScope,
  id: string,
  data: {
    finishedAt?: Date;
    customerCount: number;
    differenceCount: number;
    lastError?: string;
    busyUntil: null;
  },
) => db.reconciliationRun.update({ where: { id }, data, select: { id: true } });

export const lastRun = ({ db }: SystemScope) =>
  db.reconciliationRun.findFirst({ orderBy: { startedAt: "desc" } });

export const lastFinishedRun = ({ db }: SystemScope) =>
  db.reconciliationRun.findFirst({ where: { finishedAt: { not: null } }, orderBy: { startedAt: "desc" } });

export const countOpenDifferences = ({ db }: SystemScope): Promise<number> =>
  db.reconciliationDifference.count({ where: { state: "open" } });

/** Customers after one, by id, for going through all of them in pieces. */
export const customersAfter = ({ db }: SystemScope, orgId: string | null, take: number) =>
  db.billingCustomer.findMany({
    where: { stripeCustomerId: { not: null }, ...(orgId && { orgId: { gt: orgId } }) },
    orderBy: { orgId: "asc" },
    take,
    select: { orgId: true, stripeCustomerId: true, syncWritten: true },
  });

/** The mirror of one organization, as it is compared. */
export async function mirrorOf({ db }: SystemScope, orgId: string) {
  const [subscriptions, invoices, downgrades] = await Promise.all([
    db.subscription.findMany({ where: { orgId } }),
    db.invoice.findMany({
      where: { orgId },
      select: {
        stripeInvoiceId: true,
        status: true,
        total: true,
        lines: { select: { amount: true } },
        subtotal: true,
      },
    }),
    db.dunningStep.findMany({
      where: { orgId, act: "downgrade", state: "done" },
      select: { subscriptionId: true, episode: true },
    }),
  ]);
  const rows = subscriptions.map(subscriptionOfRow);
  return {
    subscriptions: rows,
    invoices: invoices.map(({ stripeInvoiceId, status, total, lines, subtotal }) => ({
      stripeId: stripeInvoiceId,
      status,
      total: total.toFixed(),
      subtotal: subtotal.toFixed(),
      lineAmounts: lines.map(({ amount }) => amount.toFixed()),
    })),
    isGivenUp: rows.some((row) =>
      downgrades.some(
        (one) => one.subscriptionId === row.id && one.episode.getTime() === row.pastDueSince?.getTime(),
      ),
    ),
  };
}

export const knownCustomers = async ({ db }: SystemScope, ids: readonly string[]): Promise<Set<string>> => {
  const rows = await db.billingCustomer.findMany({
    where: { stripeCustomerId: { in: [...ids] } },
    select: { stripeCustomerId: true },
  });
  return new Set(rows.flatMap(({ stripeCustomerId }) => stripeCustomerId ?? []));
};

export const knownEvents = async ({ db }: SystemScope, ids: readonly string[]): Promise<Set<string>> => {
  const rows = await db.stripeEvent.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
};

/** Writes a difference, or notes that one that is open was seen again. */
export const seeDifference = (
  { db }: SystemScope,
  {
    runId,
    orgId,
    repair,
    now,
    ...found
  }: Difference & { runId: string; orgId: string | null; repair: Repair; now: Date },
) => db.$executeRaw`
  INSERT INTO reconciliation_difference (id, run_id, org_id, kind, subject, expected, found, repair, first_seen_at, last_seen_at)
  VALUES (${newId()}::uuid, ${runId}::uuid, ${orgId}::uuid, ${found.kind}, ${found.subject}, ${found.expected},
          ${found.found}, ${repair}, ${now}, ${now})
  ON CONFLICT (kind, subject) WHERE state = 'open'
  DO UPDATE SET run_id = excluded.run_id, expected = excluded.expected, found = excluded.found,
                last_seen_at = excluded.last_seen_at`;

/** Those open that this run did not see any more. */
export const closeGone = ({ db }: SystemScope, runId: string, now: Date) =>
  db.reconciliationDifference.updateMany({
    where: { state: "open", runId: { not: runId } },
    data: { state: "gone", closedAt: now },
  });

export const differenceById = ({ db }: SystemScope, id: string) =>
  db.reconciliationDifference.findUnique({ where: { id } });

/** Closes an open one. @returns whether it was open still. */
export async function closeDifference(
  { db }: SystemScope,
  id: string,
  data: { state: "repaired" | "dismissed"; reason: string; closedById: string; closedAt: Date },
): Promise<boolean> {
  const { count } = await db.reconciliationDifference.updateMany({ where: { id, state: "open" }, data });
  return count > 0;
}

export type DifferenceRow = {
  id: string;
  orgId: string | null;
  organization: string | null;
  kind: DifferenceKind;
  subject: string;
  expected: string;
  found: string;
  repair: Repair;
  state: "open" | "repaired" | "dismissed" | "gone";
  firstSeenAt: Date;
  lastSeenAt: Date;
  reason: string | null;
};

/** Open ones first, then the newest; a hundred. */
export const differenceRows = ({ db }: SystemScope) =>
  db.$queryRaw<DifferenceRow[]>`
    SELECT d.id::text, d.org_id::text AS "orgId", o.name AS organization, d.kind, d.subject, d.expected, d.found, d.repair,
           d.state, d.first_seen_at AS "firstSeenAt", d.last_seen_at AS "lastSeenAt", d.reason
    FROM reconciliation_difference d LEFT JOIN organization o ON o.id = d.org_id
    ORDER BY d.state = 'open' DESC, d.last_seen_at DESC LIMIT 100`;

// ── Revenue ──

export type PlanRevenue = { plan: Plan; organizations: number; amount: string };

/** Monthly recurring revenue now: what paying subscriptions cost a month, after discounts that recur, before tax and usage. */
export const revenueByPlan = ({ db }: SystemScope) =>
  db.$queryRaw<PlanRevenue[]>`
    SELECT plan, count(DISTINCT org_id)::int AS organizations, sum(net_amount)::text AS amount
    FROM subscription WHERE status IN ('active', 'past_due') GROUP BY plan ORDER BY plan`;

export type MovementRow = { month: Date; kind: string; amount: string; count: number };

/** By calendar month, UTC. */
export const revenueMovements = ({ db }: SystemScope, since: Date) =>
  db.$queryRaw<MovementRow[]>`
    SELECT (date_trunc('month', occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC') AS month, kind,
           sum(after - before)::text AS amount, count(*)::int AS count
    FROM revenue_movement WHERE occurred_at >= ${since} GROUP BY 1, 2 ORDER BY 1 DESC, 2`;

export type FailedPayment = {
  invoiceId: string;
  orgId: string;
  organization: string;
  number: string | null;
  currency: string;
  amount: string;
  attempts: number;
  since: Date;
  nextAttemptAt: Date | null;
};

export const failedPayments = ({ db }: SystemScope) =>
  db.$queryRaw<FailedPayment[]>`
    SELECT i.id::text AS "invoiceId", i.org_id::text AS "orgId", o.name AS organization, i.number, i.currency,
           i.amount_remaining::text AS amount, i.attempt_count AS attempts, i.issued_at AS since,
           i.next_attempt_at AS "nextAttemptAt"
    FROM invoice i JOIN organization o ON o.id = i.org_id
    WHERE i.status = 'open' AND i.attempt_count > 0 ORDER BY i.issued_at LIMIT 100`;

export type OverageRow = { meter: string; organizations: number; told: bigint; waiting: bigint };

/** Units beyond plans in periods that have not ended at `now`. */
export const overageNow = ({ db }: SystemScope, now: Date) =>
  db.$queryRaw<OverageRow[]>`
    SELECT meter, count(DISTINCT org_id)::int AS organizations, sum(quantity)::bigint AS told,
           coalesce(sum(quantity) FILTER (WHERE state <> 'confirmed'), 0)::bigint AS waiting
    FROM usage_report WHERE period_end > ${now} GROUP BY meter ORDER BY meter`;

export type InboxRow = {
  id: string;
  type: string;
  organization: string | null;
  state: "received" | "handled" | "ignored" | "failed";
  attempts: number;
  lastError: string | null;
  occurredAt: Date;
  receivedAt: Date;
};

/** Newest first; `before` is the reception of the last one shown. */
export const inboxRows = (
  { db }: SystemScope,
  { state, before, take }: { state: string | null; before: Date | null; take: number },
) =>
  db.$queryRaw<InboxRow[]>`
    SELECT e.id, e.type, o.name AS organization, e.state, e.attempts, e.last_error AS "lastError",
           e.occurred_at AS "occurredAt", e.received_at AS "receivedAt"
    FROM stripe_event e LEFT JOIN organization o ON o.id = e.org_id
    WHERE (${state}::text IS NULL OR e.state = ${state}) AND (${before}::timestamptz IS NULL OR e.received_at < ${before})
    ORDER BY e.received_at DESC, e.id DESC LIMIT ${take}`;
