/** Named SQL across organizations: sealing, roll-ups, closing of periods, checks. */
import type { Meter } from "~/kernel/meters";
import type { SystemScope } from "~/server/db/with-system";

/** Seals what waits, oldest first. The caller holds the sealer's turn. @returns how many entries. */
export async function sealEntries({ db }: SystemScope, most: number): Promise<number> {
  const [row] = await db.$queryRaw<{ sealed: number }[]>`SELECT app.seal_usage(${most}::integer) AS sealed`;
  return row!.sealed;
}

export async function isAnythingUnsealed({ db }: SystemScope): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is: boolean }[]>`SELECT EXISTS (SELECT FROM usage_unsealed) AS is`;
  return row!.is;
}

/** Seconds that the oldest unsealed entry has waited; 0 when nothing waits. */
export async function oldestUnsealedSeconds({ db }: SystemScope): Promise<number> {
  const [row] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(l.created_at)), 0)::float8 AS seconds
    FROM usage_unsealed u JOIN usage_ledger l ON l.org_id = u.org_id AND l.id = u.entry_id`;
  return row!.seconds;
}

export type HeldReservation = { orgId: string; meter: Meter; key: string };

/** Reservations whose time is over at `now`, the oldest first. */
export const overdueReservations = (
  { db }: SystemScope,
  now: Date,
  most: number,
): Promise<HeldReservation[]> =>
  db.$queryRaw<HeldReservation[]>`
    SELECT org_id::text AS "orgId", meter, key FROM usage_reservation
    WHERE state = 'held' AND expires_at <= ${now}::timestamptz ORDER BY expires_at LIMIT ${most}`;

/** Settled reservations are of no use once the ledger has the key; they go 30 days after their last change. */
export const purgeReservations = ({ db }: SystemScope): Promise<number> =>
  db.$executeRaw`
    DELETE FROM usage_reservation WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM usage_reservation WHERE state <> 'held' AND updated_at < now() - interval '30 days' LIMIT 5000))`;

/** Until which instant of writing the quarter-hours are rolled up; locks the row until COMMIT. */
export async function lockRolledUntil({ db }: SystemScope): Promise<Date> {
  const [row] = await db.$queryRaw<{ rolledUntil: Date }[]>`
    SELECT rolled_until AS "rolledUntil" FROM usage_rollup_state WHERE name = 'quarter-hours' FOR UPDATE`;
  return row!.rolledUntil;
}

/** Up to which instant of writing the next slice goes: past `entries` entries, or up to what is settled by now. */
export async function nextSlice(
  { db }: SystemScope,
  from: Date,
  { entries, settledAfterMs }: { entries: number; settledAfterMs: number },
): Promise<{ until: Date; isLast: boolean }> {
  const [row] = await db.$queryRaw<{ settled: Date; slice: Date | null }[]>`
    SELECT s.settled, (
      SELECT l.created_at FROM usage_ledger l WHERE l.created_at >= ${from}::timestamptz AND l.created_at < s.settled
      ORDER BY l.created_at OFFSET ${entries} LIMIT 1) AS slice
    FROM (SELECT date_trunc('milliseconds', clock_timestamp()) - ${settledAfterMs} * interval '1 millisecond' AS settled) s`;
  const { settled, slice } = row!;
  // Entries of one instant stay together.
  return slice !== null && slice > from ? { until: slice, isLast: false } : { until: settled, isLast: true };
}

/**
 * Adds up anew, from the ledger, every quarter of an hour that entries written in [from, until) belong to. What is written
 * from `until` on is left out, so that a page may add it itself and count nothing twice. @returns buckets written.
 */
export const rollUpQuarterHours = ({ db }: SystemScope, from: Date, until: Date): Promise<number> =>
  db.$executeRaw`
    WITH touched AS (
      SELECT DISTINCT org_id, meter, date_bin('15 minutes', occurred_at, 'epoch') AS bucket_start
      FROM usage_ledger WHERE created_at >= ${from}::timestamptz AND created_at < ${until}::timestamptz
    )
    INSERT INTO usage_rollup (org_id, meter, service, bucket_start, quantity, entries, rolled_until)
    SELECT t.org_id, t.meter, q.service, t.bucket_start, q.quantity, q.entries, ${until}::timestamptz
    FROM touched t CROSS JOIN LATERAL (
      -- What was written later is left out by FILTER: as a condition it tempts the planner to read the index on
      -- created_at anew for each bucket, which takes the square of the slice.
      SELECT coalesce(l.service, '') AS service, sum(l.quantity) FILTER (WHERE l.created_at < ${until}::timestamptz) AS quantity,
        count(*) FILTER (WHERE l.created_at < ${until}::timestamptz) AS entries
      FROM usage_ledger l WHERE l.org_id = t.org_id AND l.meter = t.meter
        AND l.occurred_at >= t.bucket_start AND l.occurred_at < t.bucket_start + interval '15 minutes'
      GROUP BY 1) q
    WHERE q.entries > 0
    ON CONFLICT (org_id, meter, bucket_start, service)
    DO UPDATE SET quantity = excluded.quantity, entries = excluded.entries, rolled_until = excluded.rolled_until`;

export const setRolledUntil = ({ db }: SystemScope, until: Date): Promise<number> =>
  db.$executeRaw`UPDATE usage_rollup_state SET rolled_until = ${until}::timestamptz WHERE name = 'quarter-hours'`;

/** What the ledger and the counter say of each period that ended before `now`, written or written anew. */
export const closePeriods = ({ db }: SystemScope, now: Date): Promise<number> =>
  db.$executeRaw`
    INSERT INTO usage_period (org_id, meter, period_start, period_end, quantity, entries, counted, closed_at)
    SELECT c.org_id, c.meter, c.period_start, c.period_end, coalesce(l.quantity, 0), coalesce(l.entries, 0), c.used, ${now}::timestamptz
    FROM usage_counter c LEFT JOIN usage_period p USING (org_id, meter, period_start)
    LEFT JOIN LATERAL (
      SELECT sum(e.quantity)::bigint AS quantity, count(*) AS entries FROM usage_ledger e
      WHERE e.org_id = c.org_id AND e.meter = c.meter AND e.period_start = c.period_start) l ON true
    WHERE c.period_end <= ${now}::timestamptz AND (p.closed_at IS NULL OR c.updated_at > p.closed_at)
    ON CONFLICT (org_id, meter, period_start)
    DO UPDATE SET quantity = excluded.quantity, entries = excluded.entries, counted = excluded.counted, closed_at = excluded.closed_at`;

export type CounterDrift = {
  orgId: string;
  meter: Meter;
  periodStart: Date;
  /** What the ledger adds up to, and what the counter says. */
  ledger: number;
  counter: number;
};

/**
 * Counters that say something else than the ledger; gauges are measured and not compared, and of an erased organization
 * the ledger alone is kept.
 */
export async function counterDrifts({ db }: SystemScope): Promise<CounterDrift[]> {
  const rows = await db.$queryRaw<
    (Omit<CounterDrift, "ledger" | "counter"> & { ledger: bigint; counter: bigint })[]
  >`
    SELECT coalesce(c.org_id, l.org_id)::text AS "orgId", coalesce(c.meter, l.meter) AS meter,
      coalesce(c.period_start, l.period_start) AS "periodStart", coalesce(l.quantity, 0)::bigint AS ledger, coalesce(c.used, 0)::bigint AS counter
    FROM usage_counter c FULL JOIN (
      SELECT org_id, meter, period_start, sum(quantity) AS quantity FROM usage_ledger GROUP BY 1, 2, 3
    ) l USING (org_id, meter, period_start)
    WHERE coalesce(c.meter, l.meter) <> 'storage_bytes' AND coalesce(l.quantity, 0) <> coalesce(c.used, 0)
      AND NOT EXISTS (SELECT FROM organization o WHERE o.id = coalesce(c.org_id, l.org_id) AND o.slug = 'deleted-' || o.id)`;
  return rows.map((row) => ({ ...row, ledger: Number(row.ledger), counter: Number(row.counter) }));
}

export type OverageRow = { meter: Meter; periodStart: Date; periodEnd: Date; used: number; included: number };

/** Counters of an organization since `since` that plans can be exceeded on. */
export async function countersSince({ db }: SystemScope, orgId: string, since: Date): Promise<OverageRow[]> {
  const rows = await db.usageCounter.findMany({
    where: { orgId, periodEnd: { gt: since }, included: { gte: 0 }, unitPrice: { not: null } },
    orderBy: [{ periodStart: "asc" }, { meter: "asc" }],
  });
  return rows.map(({ meter, periodStart, periodEnd, used, included }) => ({
    meter: meter as Meter,
    periodStart,
    periodEnd,
    used: Number(used),
    included: Number(included),
  }));
}

/** Sum of a gauge's daily measures within a period, and how many there were. */
export async function measuresOf(
  { db }: SystemScope,
  orgId: string,
  meter: Meter,
  periodStart: Date,
): Promise<{ sum: bigint; days: number }> {
  const [row] = await db.$queryRaw<{ sum: bigint; days: bigint }[]>`
    SELECT coalesce(sum(quantity), 0)::bigint AS sum, count(*) AS days FROM usage_ledger
    WHERE org_id = ${orgId}::uuid AND meter = ${meter} AND period_start = ${periodStart}::timestamptz`;
  return { sum: row!.sum, days: Number(row!.days) };
}

/** Organizations by id, after `after`. */
export async function organizationsAfter(
  { db }: SystemScope,
  after: string | null,
  most: number,
): Promise<string[]> {
  const rows = await db.organization.findMany({
    where: after ? { id: { gt: after } } : {},
    orderBy: { id: "asc" },
    take: most,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function measureUnits(
  { db }: Pick<SystemScope, "db">,
  asked: {
    id: string;
    orgId: string;
    meter: Meter;
    key: string;
    quantity: number;
    service: string;
    at: Date;
    period: { start: Date; end: Date };
    included: number;
    unitPrice: string | null;
  },
): Promise<{ outcome: "counted" | "replayed"; used: number; warned: 0 | 80 | 100 }> {
  const { id, orgId, meter, key, quantity, service, at, period, included, unitPrice } = asked;
  const [row] = await db.$queryRaw<{ outcome: "counted" | "replayed"; used: bigint; warned: 0 | 80 | 100 }[]>`
    SELECT outcome, used, warned FROM app.measure_usage(${id}::uuid, ${orgId}::uuid, ${meter}, ${key}, ${quantity}::bigint, ${service},
      ${at}::timestamptz, ${period.start}::timestamptz, ${period.end}::timestamptz, ${included}::bigint, ${unitPrice}::numeric)`;
  return { ...row!, used: Number(row!.used) };
}

/** Locks an entry's counter, so that corrections of it come one after the other. */
export async function lockCounterOf(
  { db }: SystemScope,
  entry: { orgId: string; meter: string; periodStart: Date },
) {
  await db.$queryRaw`
    SELECT 1 FROM usage_counter WHERE org_id = ${entry.orgId}::uuid AND meter = ${entry.meter}
      AND period_start = ${entry.periodStart}::timestamptz FOR UPDATE`;
}

export type SealedEntry = {
  orgId: string;
  seq: bigint;
  prevHash: string;
  hash: string;
  /** Null when the entry of a seal is gone. */
  id: string | null;
  digest: string;
  /** What the digest is made of, in its order. */
  parts: string[];
};

/** The chains with their entries, by organization and number, from after a place; what a verifier reads. */
export const sealedEntries = (
  { db }: SystemScope,
  after: { orgId: string; seq: bigint } | null,
  most: number,
): Promise<SealedEntry[]> =>
  db.$queryRaw<SealedEntry[]>`
    SELECT s.org_id::text AS "orgId", s.seq, s.prev_hash AS "prevHash", s.hash, l.id::text AS id, coalesce(l.digest, '') AS digest,
      ARRAY[l.id::text, l.org_id::text, l.meter, coalesce(l.service, ''), l.quantity::text, l.idempotency_key,
        (extract(epoch FROM l.period_start) * 1000)::bigint::text, (extract(epoch FROM l.period_end) * 1000)::bigint::text,
        (extract(epoch FROM l.occurred_at) * 1000)::bigint::text, coalesce(l.corrects_id::text, ''), coalesce(l.source_type, ''),
        coalesce(l.source_id::text, ''), coalesce(l.reason, ''), (extract(epoch FROM l.created_at) * 1000)::bigint::text] AS parts
    FROM usage_seal s LEFT JOIN usage_ledger l ON l.org_id = s.org_id AND l.id = s.entry_id
    WHERE (s.org_id, s.seq) > (${after?.orgId ?? "00000000-0000-0000-0000-000000000000"}::uuid, ${after?.seq ?? 0n}::bigint)
    ORDER BY s.org_id, s.seq LIMIT ${most}`;

/** Entries that no seal names although they were written over a minute ago. */
export const unsealedEntries = ({ db }: SystemScope): Promise<{ orgId: string; id: string }[]> =>
  db.$queryRaw<{ orgId: string; id: string }[]>`
    SELECT l.org_id::text AS "orgId", l.id::text AS id FROM usage_ledger l
    WHERE l.created_at < clock_timestamp() - interval '60 seconds'
      AND NOT EXISTS (SELECT FROM usage_seal s WHERE s.org_id = l.org_id AND s.entry_id = l.id)
    ORDER BY l.org_id, l.id LIMIT 100`;
