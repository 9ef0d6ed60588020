/** Named SQL of this slice: reads and locks, no decisions. RLS supplies the organization. */
import type { BillingPeriod } from "~/kernel/billing-period";
import type { Meter } from "~/kernel/meters";
import { newId } from "~/server/db/ids";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import type { CountUsageInput, ReserveUsageInput } from "./schema";

/** Any scope's database, and whose rows are meant. */
export type InOrg = { db: ScopedDatabase; orgId: string };

/** What the plan says of the meter now, in units of the ledger and dollars; see `app.usage_fits`. */
export type Allowed = { included: number; unitPrice: string | null; cap: string | null };

type Moved = { used: bigint; reserved: bigint };

export async function reserveUnits(
  { db, orgId }: InOrg,
  { meter, key, quantity, expiresAt }: ReserveUsageInput,
  { start, end }: BillingPeriod,
  { included, unitPrice, cap }: Allowed,
): Promise<{ outcome: "held" | "committed" | "refused"; used: number; reserved: number }> {
  const [row] = await db.$queryRaw<(Moved & { outcome: "held" | "committed" | "refused" })[]>`
    SELECT outcome, used, reserved FROM app.reserve_usage(${orgId}::uuid, ${meter}, ${key}, ${quantity}::bigint,
      ${start}::timestamptz, ${end}::timestamptz, ${expiresAt}::timestamptz, ${included}::bigint, ${unitPrice}::numeric, ${cap}::numeric)`;
  return { outcome: row!.outcome, used: Number(row!.used), reserved: Number(row!.reserved) };
}

export type Settled = {
  outcome: "counted" | "replayed" | "refused";
  used: number;
  reserved: number;
  /** The threshold this entry crossed, if it did. */
  warned: 0 | 80 | 100;
};

/** Ledger entry, counter and reservation in one statement; `isEnforced` false counts whatever the plan says. */
export async function settleUnits(
  { db, orgId }: InOrg,
  { meter, idempotencyKey, quantity, service, source, occurredAt }: CountUsageInput,
  { start, end }: BillingPeriod,
  { included, unitPrice, cap }: Allowed,
  isEnforced: boolean,
): Promise<Settled> {
  const [row] = await db.$queryRaw<(Moved & { outcome: Settled["outcome"]; warned: 0 | 80 | 100 })[]>`
    SELECT outcome, used, reserved, warned FROM app.settle_usage(${newId()}::uuid, ${orgId}::uuid, ${meter}, ${idempotencyKey},
      ${quantity}::bigint, ${service ?? null}, ${source?.type ?? null}, ${source?.id ?? null}::uuid, ${occurredAt}::timestamptz,
      ${start}::timestamptz, ${end}::timestamptz, ${included}::bigint, ${unitPrice}::numeric, ${cap}::numeric, ${isEnforced})`;
  return {
    outcome: row!.outcome,
    warned: row!.warned,
    used: Number(row!.used),
    reserved: Number(row!.reserved),
  };
}

export async function releaseUnits(
  { db, orgId }: InOrg,
  meter: Meter,
  key: string,
  becomes: "released" | "expired",
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ released: boolean }[]>`
    SELECT app.release_usage(${orgId}::uuid, ${meter}, ${key}, ${becomes}) AS released`;
  return row!.released;
}

export type Counted = { used: number; reserved: number };

/** Of every meter that has a counter in the period. */
export async function countersOf({ db, orgId }: InOrg, periodStart: Date): Promise<Map<Meter, Counted>> {
  const rows = await db.usageCounter.findMany({
    where: { orgId, periodStart },
    select: { meter: true, used: true, reserved: true },
  });
  return new Map(
    rows.map(({ meter, used, reserved }) => [
      meter as Meter,
      { used: Number(used), reserved: Number(reserved) },
    ]),
  );
}

/** The period that begins at the instant, when something was counted in it: of that meter, or else of any. */
export async function periodOfCounter(
  { db, orgId }: InOrg,
  meter: Meter,
  periodStart: Date,
): Promise<BillingPeriod | null> {
  const rows = await db.usageCounter.findMany({
    where: { orgId, periodStart },
    select: { meter: true, periodEnd: true },
  });
  const row = rows.find((one) => one.meter === meter) ?? rows[0];
  return row ? { start: periodStart, end: row.periodEnd } : null;
}

/** Periods that anything was counted in, newest first. */
export async function periodsCounted({ db, orgId }: InOrg, most: number): Promise<BillingPeriod[]> {
  const rows = await db.$queryRaw<BillingPeriod[]>`
    SELECT period_start AS start, max(period_end) AS "end" FROM usage_counter
    WHERE org_id = ${orgId}::uuid GROUP BY 1 ORDER BY 1 DESC LIMIT ${most}`;
  return rows;
}

/** The newest counter of a gauge, whichever period it stands in. */
export async function lastMeasure({ db, orgId }: InOrg, meter: Meter): Promise<Counted> {
  const row = await db.usageCounter.findFirst({
    where: { orgId, meter },
    orderBy: { periodStart: "desc" },
    select: { used: true, reserved: true },
  });
  return { used: Number(row?.used ?? 0n), reserved: Number(row?.reserved ?? 0n) };
}

/** Whether another period of the meter shares a part of this one, as after a plan was begun in mid-period. */
async function isOverlapped(
  { db, orgId }: InOrg,
  meter: Meter,
  { start, end }: BillingPeriod,
): Promise<boolean> {
  const other = await db.usageCounter.findFirst({
    where: { orgId, meter, periodStart: { lt: end, not: start }, periodEnd: { gt: start } },
    select: { meter: true },
  });
  return other !== null;
}

/**
 * Units by day of the time zone of a period: from the roll-up as far as it knows the ledger, from the ledger itself for
 * what was written since. The roll-up knows instants, not periods: of periods that overlap the ledger alone is asked.
 */
export async function unitsByDay(
  at: InOrg,
  meter: Meter,
  { start, end }: BillingPeriod,
  timeZone: string,
): Promise<Map<string, number>> {
  const { db, orgId } = at;
  if (await isOverlapped(at, meter, { start, end })) {
    const days = await db.$queryRaw<{ day: string; quantity: bigint }[]>`
      SELECT to_char(occurred_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, sum(quantity)::bigint AS quantity
      FROM usage_ledger WHERE org_id = ${orgId}::uuid AND meter = ${meter} AND period_start = ${start}::timestamptz GROUP BY 1`;
    return new Map(days.map(({ day, quantity }) => [day, Number(quantity)]));
  }
  const rows = await db.$queryRaw<{ day: string; quantity: bigint }[]>`
    WITH known AS (SELECT rolled_until FROM usage_rollup_state WHERE name = 'quarter-hours'),
    parts AS (
      SELECT bucket_start AS at, quantity FROM usage_rollup
      WHERE org_id = ${orgId}::uuid AND meter = ${meter} AND bucket_start >= ${start}::timestamptz AND bucket_start < ${end}::timestamptz
        -- A period may begin within a quarter of an hour: those of its first and last bucket are read from the ledger.
        AND bucket_start >= date_bin('15 minutes', ${start}::timestamptz + interval '14 minutes 59.999 seconds', 'epoch')
        AND bucket_start + interval '15 minutes' <= ${end}::timestamptz
      UNION ALL
      SELECT l.occurred_at, l.quantity FROM usage_ledger l, known
      WHERE l.org_id = ${orgId}::uuid AND l.meter = ${meter} AND l.occurred_at >= ${start}::timestamptz AND l.occurred_at < ${end}::timestamptz
        AND (l.created_at >= known.rolled_until
          OR l.occurred_at < date_bin('15 minutes', ${start}::timestamptz + interval '14 minutes 59.999 seconds', 'epoch')
          OR l.occurred_at >= date_bin('15 minutes', ${end}::timestamptz, 'epoch'))
    )
    SELECT to_char(at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, sum(quantity)::bigint AS quantity
    FROM parts GROUP BY 1`;
  return new Map(rows.map(({ day, quantity }) => [day, Number(quantity)]));
}
