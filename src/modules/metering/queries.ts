/** Named SQL of this slice: reads and locks, no decisions. RLS supplies the organization. */
import type { Meter } from "~/kernel/meters";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import type { CountUsageInput, Period } from "./schema";

/** The instant from which billing periods are counted, UTC. */
export async function periodAnchor(scope: TenantReadScope): Promise<Date> {
  const { createdAt } = await scope.db.organization.findUniqueOrThrow({
    where: { id: scope.actor.orgId },
    select: { createdAt: true },
  });
  return createdAt;
}

/**
 * Writes the ledger row and moves the counter, in one statement: neither exists without the other, and a key that is
 * already there does nothing.
 * @returns units of the period after it, or null for a replay.
 */
export async function writeUsage(
  scope: TenantScope,
  input: CountUsageInput,
  { start, end }: Period,
): Promise<number | null> {
  const { orgId } = scope.actor;
  const { meter, quantity, idempotencyKey, occurredAt, service = null } = input;
  const moved = await scope.db.$queryRaw<{ used: bigint }[]>`
    WITH counted AS (
      INSERT INTO usage_ledger (id, org_id, meter, service, quantity, idempotency_key, period_start, period_end, occurred_at)
      VALUES (${newId()}::uuid, ${orgId}::uuid, ${meter}, ${service}, ${quantity}::bigint, ${idempotencyKey},
              ${start}::timestamptz, ${end}::timestamptz, ${occurredAt}::timestamptz)
      ON CONFLICT (org_id, meter, idempotency_key) DO NOTHING
      RETURNING quantity
    )
    INSERT INTO usage_counter (org_id, meter, period_start, period_end, used, updated_at)
    SELECT ${orgId}::uuid, ${meter}, ${start}::timestamptz, ${end}::timestamptz, quantity, now() FROM counted
    ON CONFLICT (org_id, meter, period_start)
    DO UPDATE SET used = usage_counter.used + excluded.used, updated_at = now()
    RETURNING used`;
  return moved[0] ? Number(moved[0].used) : null;
}

/** Units counted so far in the period that starts at `periodStart`; 0 when nothing was. */
export async function usedInPeriod(scope: TenantReadScope, meter: Meter, periodStart: Date): Promise<number> {
  const counter = await scope.db.usageCounter.findUnique({
    where: { orgId_meter_periodStart: { orgId: scope.actor.orgId, meter, periodStart } },
    select: { used: true },
  });
  return Number(counter?.used ?? 0n);
}
