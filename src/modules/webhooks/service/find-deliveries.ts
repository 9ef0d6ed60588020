/** Use cases of the log: what was sent, how it went, and sending it again. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { requireMay } from "~/kernel/may";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { isDisabled, notKept, stillPending } from "../errors";
import { readingOf } from "../rules";
import {
  DeliveryStatus,
  Fault,
  TEST_EVENT,
  type Delivery,
  type DeliveryDetail,
  type DeliveryIdInput,
  type EndpointIdInput,
  type ListDeliveriesInput,
  type ReplayFailedInput,
} from "../schema";
import { getEndpoint } from "./manage-endpoints";

/** How many failed deliveries one act sends again. */
const REPLAY_AT_ONCE = 1_000;

const SHOWN = {
  id: true,
  eventId: true,
  eventType: true,
  status: true,
  attempts: true,
  nextAttemptAt: true,
  lastStatusCode: true,
  lastFault: true,
  isReplay: true,
  createdAt: true,
  finishedAt: true,
} as const;

const shown = <Row extends { status: string; lastFault: string | null }>(row: Row) => ({
  ...row,
  status: DeliveryStatus.parse(row.status),
  lastFault: row.lastFault === null ? null : Fault.parse(row.lastFault),
});

/** Newest first. @throws kernel.not_found */
export async function listDeliveries(
  scope: TenantReadScope,
  { endpointId, status, cursor, limit }: ListDeliveriesInput,
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const [, rows] = await Promise.all([
    getEndpoint(scope, { id: endpointId }),
    scope.db.webhookDelivery.findMany({
      where: {
        orgId: scope.actor.orgId,
        endpointId,
        ...(status && { status }),
        ...(cursor && { id: { lt: cursor } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      select: SHOWN,
    }),
  ]);
  return cutPage(rows.map(shown), limit, ({ id }) => id);
}

/** With what was sent. @throws kernel.not_found, kernel.scope_missing for a key that may not read what it is about. */
export async function getDelivery(
  { db, actor }: TenantReadScope,
  { id }: DeliveryIdInput,
): Promise<DeliveryDetail> {
  const row = await db.webhookDelivery.findFirst({
    where: { orgId: actor.orgId, id },
    select: {
      ...SHOWN,
      event: { select: { body: true } },
      tries: {
        select: {
          number: true,
          startedAt: true,
          durationMs: true,
          statusCode: true,
          fault: true,
          answer: true,
        },
        orderBy: { number: "desc" },
      },
    },
  });
  if (!row) throw notFound("delivery");
  const { event, tries, ...delivery } = row;
  for (const permission of readingOf({ allEvents: false, eventTypes: [row.eventType] }))
    requireMay(actor, permission);
  return {
    ...shown(delivery),
    body: event.body,
    tries: tries.map(({ fault, ...one }) => ({ ...one, fault: fault === null ? null : Fault.parse(fault) })),
  };
}

async function requireActive(scope: TenantScope, endpointId: string): Promise<void> {
  const { status } = await getEndpoint(scope, { id: endpointId });
  if (status !== "active") throw isDisabled();
}

type Sent = { eventId: string; eventType: string };

async function queue({ db, actor: { orgId } }: TenantScope, endpointId: string, events: Sent[]) {
  const rows = events.map((event) => ({
    id: newId(),
    orgId,
    endpointId,
    ...event,
    isReplay: true,
    nextAttemptAt: clock.now(),
  }));
  await db.webhookDelivery.createMany({ data: rows });
  return rows[0]!.id;
}

/**
 * Sends the same once more, under the same `webhook-id`.
 * @throws kernel.not_found, webhooks.still_pending, webhooks.disabled, webhooks.not_kept
 */
export async function replayDelivery(
  scope: TenantScope,
  { id }: DeliveryIdInput,
): Promise<{ deliveryId: string }> {
  const row = await scope.db.webhookDelivery.findFirst({
    where: { orgId: scope.actor.orgId, id },
    select: { endpointId: true, eventId: true, eventType: true, status: true },
  });
  if (!row) throw notFound("delivery");
  if (row.status === "pending") throw stillPending();
  const { endpointId, eventId, eventType } = row;
  await requireActive(scope, endpointId);
  const deliveryId = await queue(scope, endpointId, [{ eventId, eventType }]);
  await record(scope, {
    action: "webhook.replayed",
    target: { type: "webhook", id: endpointId },
    after: { eventId, eventType },
  });
  return { deliveryId };
}

/**
 * Sends again whatever failed and was not delivered since, the oldest first, up to 1,000 at once.
 * @throws kernel.not_found, webhooks.disabled, webhooks.not_kept when there is nothing.
 */
export async function replayFailed(
  scope: TenantScope,
  { id }: ReplayFailedInput,
): Promise<{ count: number }> {
  await requireActive(scope, id);
  const { orgId } = scope.actor;
  const failed = await scope.db.$queryRaw<Sent[]>`
    SELECT f.event_id::text AS "eventId", min(f.event_type) AS "eventType"
    FROM webhook_delivery f
    WHERE f.org_id = ${orgId}::uuid AND f.endpoint_id = ${id}::uuid AND f.status = 'failed'
      AND NOT EXISTS (
        SELECT FROM webhook_delivery d
        WHERE d.org_id = f.org_id AND d.endpoint_id = f.endpoint_id AND d.event_id = f.event_id AND d.status <> 'failed'
      )
    GROUP BY f.event_id ORDER BY min(f.id::text) LIMIT ${REPLAY_AT_ONCE}`;
  if (failed.length === 0) throw notKept();
  await queue(scope, id, failed);
  await record(scope, {
    action: "webhook.replayed",
    target: { type: "webhook", id },
    after: { count: failed.length },
  });
  return { count: failed.length };
}

/** Sends an event that says nothing but that it came. @throws kernel.not_found, webhooks.disabled */
export async function sendTest(scope: TenantScope, { id }: EndpointIdInput): Promise<{ deliveryId: string }> {
  await requireActive(scope, id);
  const { orgId, userId } = scope.actor;
  const eventId = newId();
  await scope.db.webhookEvent.create({
    data: {
      id: eventId,
      orgId,
      type: TEST_EVENT,
      targetType: "webhook",
      targetId: id,
      actorId: userId,
      fannedOutAt: clock.now(),
    },
    select: { id: true },
  });
  const deliveryId = await queue(scope, id, [{ eventId, eventType: TEST_EVENT }]);
  await record(scope, { action: "webhook.tested", target: { type: "webhook", id } });
  return { deliveryId };
}
