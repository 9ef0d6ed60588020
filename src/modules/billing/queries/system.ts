/** SQL of billing across tenants: the inbox, and the mirrors that are written by who has asked Stripe. */
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import { subscriptionOfRow, type MirroredSubscription } from "./rows";
import type { CustomerState, DunningAct, InvoiceState, MovementKind, SubscriptionState } from "../schema";
import type { Plan } from "~/kernel/plans";

export type { MirroredSubscription } from "./rows";

// ── The inbox ──

export type StoredEvent = {
  id: string;
  type: string;
  occurredAt: Date;
  body: string | null;
  customerId: string | null;
  dueAt: Date | null;
  state: "received" | "ignored";
};

/** Stores an event unless its id is there. @returns whether it is new. */
export async function storeEvent({ db }: SystemScope, event: StoredEvent): Promise<boolean> {
  const stored = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO stripe_event (id, type, occurred_at, body, customer_id, state, due_at, handled_at, org_id)
    VALUES (${event.id}, ${event.type}, ${event.occurredAt}, ${event.body}, ${event.customerId}, ${event.state},
            ${event.dueAt}, CASE WHEN ${event.state} = 'ignored' THEN now() END,
            (SELECT org_id FROM billing_customer WHERE stripe_customer_id = ${event.customerId}))
    ON CONFLICT (id) DO NOTHING RETURNING id`;
  return stored.length > 0;
}

export const eventById = ({ db }: SystemScope, id: string) => db.stripeEvent.findUnique({ where: { id } });

export const closeEvent = (
  { db }: SystemScope,
  id: string,
  change: {
    state: "handled" | "ignored" | "failed";
    orgId?: string;
    lastError?: string;
    dueAt: Date | null;
    /** Names somebody we have no business with, or no more. */
    isForgotten?: boolean;
  },
) =>
  db.stripeEvent.update({
    where: { id },
    data: {
      state: change.state,
      dueAt: change.dueAt,
      attempts: { increment: 1 },
      lastError: change.lastError ?? null,
      ...(change.orgId && { orgId: change.orgId }),
      ...(change.state !== "failed" && { handledAt: new Date() }),
      ...(change.isForgotten && { body: null }),
    },
    select: { occurredAt: true },
  });

/** Events whose time to be handled has come; each is put off by a minute, so that no other turn sends it too. */
export const claimDueEvents = ({ db }: SystemScope, now: Date) =>
  db.$queryRaw<{ id: string; attempts: number }[]>`
    UPDATE stripe_event SET due_at = ${now}::timestamptz + interval '1 minute'
    WHERE id IN (SELECT id FROM stripe_event WHERE due_at <= ${now} ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED)
    RETURNING id, attempts`;

/**
 * Whatever came of a customer before a reading of it began is handled by that reading. One that is being replayed is left
 * to itself (`but`). @returns how many.
 */
export const closeEventsBefore = (
  { db }: SystemScope,
  customerId: string,
  { begunAt, orgId, but }: { begunAt: Date; orgId: string; but: string },
): Promise<number> => db.$executeRaw`
  UPDATE stripe_event SET state = 'handled', due_at = NULL, last_error = NULL, handled_at = now(), org_id = ${orgId}::uuid
  WHERE customer_id = ${customerId} AND state IN ('received', 'failed') AND received_at < ${begunAt}::timestamptz AND id <> ${but}`;

/** Has it handled again, whatever became of it. @returns whether there is one. */
export async function reopenEvent({ db }: SystemScope, id: string, dueAt: Date): Promise<boolean> {
  const { count } = await db.stripeEvent.updateMany({
    where: { id },
    data: { state: "received", dueAt, lastError: null },
  });
  return count > 0;
}

/** Empties bodies of events that were handled before the instant. @returns how many. */
export const emptyBodies = ({ db }: SystemScope, before: Date): Promise<number> => db.$executeRaw`
  UPDATE stripe_event SET body = NULL WHERE id IN (
    SELECT id FROM stripe_event WHERE body IS NOT NULL AND handled_at < ${before} LIMIT 5000)`;

export const inboxCounts = ({ db }: SystemScope) =>
  db.$queryRaw<{ state: string; count: number }[]>`
    SELECT state, count(*)::int AS count FROM stripe_event WHERE state IN ('received', 'failed') GROUP BY state`;

// ── The mirror ──

/** The intent to make a customer: the first one stands, with its name and address, however often it is meant. */
export async function intendCustomer(
  { db }: SystemScope,
  intent: { orgId: string; name: string; email: string },
) {
  await db.billingCustomer.createMany({ data: { ...intent, creationId: newId() }, skipDuplicates: true });
  return db.billingCustomer.findUniqueOrThrow({ where: { orgId: intent.orgId } });
}

/** Notes what Stripe named it; the first answer stands. */
export const nameCustomer = ({ db }: SystemScope, orgId: string, stripeCustomerId: string) =>
  db.billingCustomer.updateMany({ where: { orgId, stripeCustomerId: null }, data: { stripeCustomerId } });

export const customerOfOrg = ({ db }: SystemScope, orgId: string) =>
  db.billingCustomer.findUnique({ where: { orgId } });

/** Subscriptions of an organization that have not ended, by their ids at Stripe. */
export async function livingSubscriptions({ db }: SystemScope, orgId: string): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { orgId, endedAt: null },
    select: { stripeSubscriptionId: true },
  });
  return rows.map(({ stripeSubscriptionId }) => stripeSubscriptionId);
}

/** Customers at Stripe that the events of an erased organization name, when all its invoices are dated before `since`. */
export async function customersToForget({ db }: SystemScope, orgId: string, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT e.customer_id AS id FROM stripe_event e
    WHERE e.org_id = ${orgId}::uuid AND e.customer_id IS NOT NULL
      AND EXISTS (SELECT FROM invoice i WHERE i.org_id = ${orgId}::uuid)
      AND NOT EXISTS (SELECT FROM invoice i WHERE i.org_id = ${orgId}::uuid AND i.issued_at >= ${since}::timestamptz)`;
  return rows.map(({ id }) => id);
}

/** Whether an invoice was written, which accounts must keep; a draft has no number. */
export const hasInvoices = async ({ db }: SystemScope, orgId: string): Promise<boolean> =>
  (await db.invoice.count({ where: { orgId, number: { not: null } } })) > 0;

/** Takes the number of a reading of Stripe that is about to begin. Null when the customer is none of ours. */
export async function beginReading(
  { db }: SystemScope,
  stripeCustomerId: string,
): Promise<{ orgId: string; reading: bigint; begunAt: Date } | null> {
  const [row] = await db.$queryRaw<{ orgId: string; reading: bigint; begunAt: Date }[]>`
    UPDATE billing_customer SET sync_begun = sync_begun + 1 WHERE stripe_customer_id = ${stripeCustomerId}
    RETURNING org_id::text AS "orgId", sync_begun AS reading, clock_timestamp() AS "begunAt"`;
  return row ?? null;
}

/** Locks the mirror for a writing. False when a reading that was begun later is written already. */
export async function isNewestReading({ db }: SystemScope, orgId: string, reading: bigint): Promise<boolean> {
  const [row] = await db.$queryRaw<{ written: bigint }[]>`
    SELECT sync_written AS written FROM billing_customer WHERE org_id = ${orgId}::uuid FOR UPDATE`;
  return row !== undefined && row.written < reading;
}

export const writeCustomer = (
  { db }: SystemScope,
  orgId: string,
  { card, taxId, creditAmount }: CustomerState,
  { reading, now }: { reading: bigint; now: Date },
) =>
  db.billingCustomer.update({
    where: { orgId },
    data: {
      cardBrand: card?.brand ?? null,
      cardLast4: card?.last4 ?? null,
      cardExpMonth: card?.expMonth ?? null,
      cardExpYear: card?.expYear ?? null,
      taxIdType: taxId?.type ?? null,
      taxIdValue: taxId?.value ?? null,
      taxIdStatus: taxId?.status ?? null,
      creditAmount,
      syncWritten: reading,
      syncedAt: now,
    },
    select: { orgId: true },
  });

export async function mirroredSubscriptions(
  { db }: SystemScope,
  orgId: string,
): Promise<MirroredSubscription[]> {
  const rows = await db.subscription.findMany({ where: { orgId }, orderBy: { startedAt: "desc" } });
  return rows.map(subscriptionOfRow);
}

/** @returns the mirror's own id of it. */
export async function writeSubscription(
  { db }: SystemScope,
  orgId: string,
  { stripeId, ...state }: SubscriptionState,
  pastDueSince: Date | null,
): Promise<string> {
  const data = { ...state, orgId, pastDueSince };
  const { id } = await db.subscription.upsert({
    where: { stripeSubscriptionId: stripeId },
    create: { ...data, stripeSubscriptionId: stripeId },
    update: data,
    select: { id: true },
  });
  return id;
}

/** Writes an invoice and its lines as they are now; lines that are gone (of a draft) go. */
export async function writeInvoice(
  { db }: SystemScope,
  orgId: string,
  { stripeId, lines, subscriptionId: _subscription, ...state }: InvoiceState,
): Promise<void> {
  const { id: invoiceId } = await db.invoice.upsert({
    where: { stripeInvoiceId: stripeId },
    create: { ...state, orgId, stripeInvoiceId: stripeId },
    update: state,
    select: { id: true },
  });
  await db.invoiceLine.deleteMany({
    where: { orgId, invoiceId, stripeLineId: { notIn: lines.map((line) => line.stripeId) } },
  });
  for (const [position, { stripeId: stripeLineId, ...line }] of lines.entries()) {
    const data = { ...line, position };
    await db.invoiceLine.upsert({
      where: { orgId_invoiceId_stripeLineId: { orgId, invoiceId, stripeLineId } },
      create: { ...data, orgId, invoiceId, stripeLineId },
      update: data,
      select: { id: true },
    });
  }
}

/** Finalized invoices whose words cannot change any more are not written again. */
export async function settledInvoices({ db }: SystemScope, orgId: string): Promise<Map<string, string>> {
  const rows = await db.invoice.findMany({
    where: { orgId, status: { in: ["paid", "void"] } },
    select: { stripeInvoiceId: true, status: true },
  });
  return new Map(rows.map(({ stripeInvoiceId, status }) => [stripeInvoiceId, status]));
}

export const writeMovement = (
  { db }: SystemScope,
  movement: {
    orgId: string;
    subscriptionId: string | null;
    kind: MovementKind;
    plan: Plan;
    currency: string;
    before: string;
    after: string;
    occurredAt: Date;
  },
) => db.revenueMovement.createMany({ data: { id: newId(), ...movement } });

// ── Dunning ──

/** Writes what will follow; what stands of the episode already stays as it was decided. */
export const planDunning = (
  { db }: SystemScope,
  at: { orgId: string; subscriptionId: string; episode: Date },
  steps: readonly { day: number; act: DunningAct; dueAt: Date }[],
) =>
  db.dunningStep.createMany({
    data: steps.map((step) => ({ id: newId(), ...at, ...step })),
    skipDuplicates: true,
  });

/** Drops what still waits of an organization, but for one episode. @returns how many. */
export const dropDunning = ({ db }: SystemScope, orgId: string, butEpisodes: readonly Date[]) =>
  db.dunningStep.updateMany({
    where: { orgId, state: "waiting", episode: { notIn: [...butEpisodes] } },
    data: { state: "dropped" },
  });

/** Whether an episode ended in a downgrade. */
export async function isGivenUp({ db }: SystemScope, orgId: string, episode: Date | null): Promise<boolean> {
  if (!episode) return false;
  const step = await db.dunningStep.findFirst({
    where: { orgId, episode, act: "downgrade", state: "done" },
    select: { id: true },
  });
  return step !== null;
}

export type DueStep = { id: string; orgId: string; act: DunningAct; day: number; subscriptionId: string };

/** Organizations whose plan is about to end for want of payment. */
export const dueDowngrades = ({ db }: SystemScope, now: Date) =>
  db.$queryRaw<{ orgId: string; stripeCustomerId: string }[]>`
    SELECT DISTINCT d.org_id::text AS "orgId", c.stripe_customer_id AS "stripeCustomerId"
    FROM dunning_step d JOIN billing_customer c ON c.org_id = d.org_id
    WHERE d.state = 'waiting' AND d.due_at <= ${now} AND d.act = 'downgrade' AND c.stripe_customer_id IS NOT NULL`;

/** Takes the steps that are due, once: what is taken is decided. `not`: organizations that are left alone now. */
export const decideDueSteps = ({ db }: SystemScope, now: Date, not: readonly string[]) =>
  db.$queryRaw<DueStep[]>`
    UPDATE dunning_step SET state = 'done', decided_at = ${now}
    WHERE id IN (SELECT id FROM dunning_step WHERE state = 'waiting' AND due_at <= ${now}
                   AND org_id::text <> ALL(${not})
                 ORDER BY due_at LIMIT 500 FOR UPDATE SKIP LOCKED)
    RETURNING id::text, org_id::text AS "orgId", act, day, subscription_id::text AS "subscriptionId"`;

export const stepById = ({ db }: SystemScope, id: string) =>
  db.dunningStep.findUnique({ where: { id }, include: { subscription: true } });

export const dropStep = ({ db }: SystemScope, id: string) =>
  db.dunningStep.updateMany({ where: { id }, data: { state: "dropped" } });

/** Decided before the instant, and not carried out; asked for at most once in a window, by its event's id. */
export const unfinishedSteps = ({ db }: SystemScope, before: Date) =>
  db.$queryRaw<{ id: string; orgId: string }[]>`
    SELECT d.id::text, d.org_id::text AS "orgId" FROM dunning_step d
    WHERE d.state = 'done' AND d.mailed_at IS NULL AND d.decided_at < ${before}
      AND NOT EXISTS (SELECT FROM outbox_event o WHERE o.org_id = d.org_id AND o.created_at > now() - interval '30 minutes'
                      AND o.event_id LIKE 'dunning:' || d.id || '%')
    LIMIT 200`;

export const markMailed = ({ db }: SystemScope, id: string, mailedAt: Date) =>
  db.dunningStep.updateMany({ where: { id, mailedAt: null }, data: { mailedAt } });

/** Who is written to about money: the owners. */
export const ownersOf = ({ db }: SystemScope, orgId: string) =>
  db.membership.findMany({
    where: { orgId, role: "owner" },
    select: {
      userId: true,
      userEmail: true,
      userName: true,
      organization: { select: { name: true, slug: true } },
    },
    orderBy: { createdAt: "asc" },
  });

/** The oldest invoice that waits to be paid. */
export const openInvoice = ({ db }: SystemScope, orgId: string) =>
  db.invoice.findFirst({ where: { orgId, status: "open" }, orderBy: { issuedAt: "asc" } });

export const organizationName = ({ db }: SystemScope, orgId: string) =>
  db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true, slug: true } });
