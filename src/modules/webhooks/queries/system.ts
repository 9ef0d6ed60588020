/** SQL of webhooks across organizations: what waits to be sent, and what was kept for long enough. */
import type { SystemScope } from "~/server/db/with-system";

type Waiting = { orgId: string; eventId: string; type: string; endpointId: string };

/**
 * Takes events that nobody has looked at, oldest first, with the endpoints that asked for them. An event that nobody asked
 * for any more is taken too.
 */
export const takeNewEvents = ({ db }: SystemScope, now: Date, limit: number) =>
  db.$queryRaw<Waiting[]>`
    WITH taken AS (
      UPDATE webhook_event SET fanned_out_at = ${now}
      WHERE id IN (
        SELECT id FROM webhook_event WHERE fanned_out_at IS NULL ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
      ) RETURNING org_id, id, type, created_at
    )
    SELECT t.org_id::text AS "orgId", t.id::text AS "eventId", t.type, e.id::text AS "endpointId"
    FROM taken t JOIN webhook_endpoint e ON e.org_id = t.org_id
    WHERE e.status = 'active' AND (e.all_events OR t.type = ANY (e.event_types))
    ORDER BY t.created_at, t.id`;

/** Takes deliveries whose time has come until `claimedUntil`; one that is under way is left alone. */
export const takeDueDeliveries = (
  { db }: SystemScope,
  at: { now: Date; claimedUntil: Date },
  limit: number,
) =>
  db.$queryRaw<{ id: string; orgId: string; endpointId: string; attempts: number }[]>`
    UPDATE webhook_delivery SET claimed_until = ${at.claimedUntil}
    WHERE id IN (
      SELECT id FROM webhook_delivery
      WHERE status = 'pending' AND next_attempt_at <= ${at.now} AND (claimed_until IS NULL OR claimed_until <= ${at.now})
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) RETURNING id::text, org_id::text AS "orgId", endpoint_id::text AS "endpointId", attempts`;

/** Which organization a delivery is of. */
export const orgOfDelivery = ({ db }: SystemScope, id: string) =>
  db.webhookDelivery.findUnique({ where: { id }, select: { orgId: true } });

/** Events of before, with their deliveries and tries. @returns how many went. */
export const purgeEventsBefore = ({ db }: SystemScope, before: Date, limit: number) =>
  db.$executeRaw`
    DELETE FROM webhook_event
    WHERE id IN (SELECT id FROM webhook_event WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit})`;

/** Seconds that the oldest due delivery has waited, for the metrics; 0 when none does. */
export async function oldestDueSeconds({ db }: SystemScope, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT coalesce(extract(epoch FROM ${now}::timestamptz - min(next_attempt_at)), 0)::float8 AS seconds
    FROM webhook_delivery WHERE status = 'pending' AND next_attempt_at <= ${now}`;
  return Math.max(0, row?.seconds ?? 0);
}
