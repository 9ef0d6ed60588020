/** SQL of the ledger's export: what is due, what was planned, and the entries of a file. All across tenants. */
import type { SystemScope } from "~/server/db/with-system";
import type { ExportedEntry, PlannedExport } from "../rules";

/** Transactions last 15 s at most: what is sealed on a day is all there by then. */
const SETTLED = "10 minutes";

/** Organizations, by id, with a seal of a day that has ended, or a file that was planned and not written. */
export async function organizationsToExport(
  { db }: SystemScope,
  after: string | null,
  most: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ orgId: string }[]>`
    SELECT o.id::text AS "orgId" FROM organization o
    LEFT JOIN LATERAL (SELECT e.last_seq, e.written_at, e.removed_from FROM usage_export e WHERE e.org_id = o.id ORDER BY e.day DESC LIMIT 1) e ON true
    WHERE o.id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
      AND e.removed_from IS NULL
      AND ((e.last_seq IS NOT NULL AND e.written_at IS NULL)
        OR (SELECT s.sealed_at FROM usage_seal s WHERE s.org_id = o.id AND s.seq = coalesce(e.last_seq, 0) + 1)
          < date_trunc('day', clock_timestamp() - ${SETTLED}::interval, 'UTC'))
    ORDER BY o.id LIMIT ${most}`;
  return rows.map(({ orgId }) => orgId);
}

/**
 * The next file of an organization: the one that was planned and is not written, or else one for the day of the first
 * seal that lies in none, planned now. Null when all of the days that have ended is written.
 */
export async function planExport({ db }: SystemScope, orgId: string): Promise<PlannedExport | null> {
  // Two turns plan the same; the first one's row stands.
  await db.$executeRaw`
    WITH last AS (
      SELECT e.day, e.last_seq, e.written_at FROM usage_export e WHERE e.org_id = ${orgId}::uuid ORDER BY e.day DESC LIMIT 1
    ), first AS (
      SELECT s.seq, greatest((s.sealed_at AT TIME ZONE 'UTC')::date, (SELECT day + 1 FROM last)) AS day FROM usage_seal s
      WHERE s.org_id = ${orgId}::uuid AND s.seq = coalesce((SELECT last_seq FROM last), 0) + 1
        AND NOT EXISTS (SELECT FROM last WHERE written_at IS NULL)
    ), bounds AS (
      SELECT f.day, f.seq AS first_seq, (
        SELECT max(s.seq) FROM usage_seal s WHERE s.org_id = ${orgId}::uuid AND s.seq >= f.seq
          AND s.sealed_at < ((f.day + 1)::timestamp AT TIME ZONE 'UTC')) AS last_seq
      FROM first f WHERE f.day < ((clock_timestamp() - ${SETTLED}::interval) AT TIME ZONE 'UTC')::date
    )
    INSERT INTO usage_export (org_id, day, first_seq, last_seq, head)
    SELECT s.org_id, b.day, b.first_seq, b.last_seq, s.hash
    FROM bounds b JOIN usage_seal s ON s.org_id = ${orgId}::uuid AND s.seq = b.last_seq
    ON CONFLICT DO NOTHING`;
  const row = await db.usageExport.findFirst({
    // What is being removed is not written any more.
    where: { orgId, writtenAt: null, removedFrom: null },
    orderBy: { day: "asc" },
    select: { orgId: true, day: true, firstSeq: true, lastSeq: true, head: true },
  });
  if (!row) return null;
  const before = await db.usageExport.findFirst({
    where: { orgId, day: { lt: row.day } },
    orderBy: { day: "desc" },
    select: { day: true, head: true },
  });
  return { ...row, previous: before };
}

/** Entries of the chain in [from, until], by number. */
export const entriesToExport = (
  { db }: SystemScope,
  orgId: string,
  from: bigint,
  until: bigint,
  most: number,
): Promise<ExportedEntry[]> =>
  db.$queryRaw<ExportedEntry[]>`
    SELECT s.seq, s.prev_hash AS "prevHash", s.hash, l.id::text, l.org_id::text AS "orgId", l.meter, l.service, l.quantity,
      l.idempotency_key AS "idempotencyKey", l.period_start AS "periodStart", l.period_end AS "periodEnd", l.occurred_at AS "occurredAt",
      l.corrects_id::text AS "correctsId", l.source_type AS "sourceType", l.source_id::text AS "sourceId", l.created_at AS "createdAt", l.digest
    FROM usage_seal s JOIN usage_ledger l ON l.org_id = s.org_id AND l.id = s.entry_id
    WHERE s.org_id = ${orgId}::uuid AND s.seq BETWEEN ${from}::bigint AND ${until}::bigint ORDER BY s.seq LIMIT ${most}`;

export const markExported = (
  { db }: SystemScope,
  { orgId, day }: { orgId: string; day: Date },
  written: { bytes: number; sha256: string; lockedUntil: Date | null },
) =>
  db.usageExport.updateMany({
    where: { orgId, day, writtenAt: null },
    data: { ...written, writtenAt: new Date() },
  });

export type WrittenExport = PlannedExport & {
  sha256: string;
  lockedUntil: Date | null;
  /** From this number on the ledger has nothing of the file any more, since it need not be kept. */
  removedFrom: bigint | null;
};

/** Written files by organization and day, after one; `day` keeps to that day. */
export async function writtenExports(
  { db }: SystemScope,
  after: { orgId: string; day: Date } | null,
  most: number,
  day: Date | null,
): Promise<WrittenExport[]> {
  const rows = await db.usageExport.findMany({
    where: {
      writtenAt: { not: null },
      ...(day && { day }),
      ...(after && { OR: [{ orgId: { gt: after.orgId } }, { orgId: after.orgId, day: { gt: after.day } }] }),
    },
    orderBy: [{ orgId: "asc" }, { day: "asc" }],
    take: most,
  });
  return Promise.all(
    rows.map(async ({ orgId, day: on, firstSeq, lastSeq, head, sha256, lockedUntil, removedFrom }) => ({
      orgId,
      day: on,
      firstSeq,
      lastSeq,
      head,
      sha256: sha256!,
      lockedUntil,
      removedFrom,
      previous: await db.usageExport.findFirst({
        where: { orgId, day: { lt: on } },
        orderBy: { day: "desc" },
        select: { day: true, head: true },
      }),
    })),
  );
}

/** Hashes of the chain in [from, until]. */
export const sealHashes = (
  { db }: SystemScope,
  orgId: string,
  from: bigint,
  until: bigint,
): Promise<{ seq: bigint; hash: string }[]> =>
  db.$queryRaw<{ seq: bigint; hash: string }[]>`
    SELECT seq, hash FROM usage_seal WHERE org_id = ${orgId}::uuid AND seq BETWEEN ${from}::bigint AND ${until}::bigint ORDER BY seq`;

/** The start of today, UTC, once what was sealed before it is settled; by the database's clock, as seals are. */
export async function exportableUntil({ db }: SystemScope): Promise<Date> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`
    SELECT date_trunc('day', clock_timestamp() - ${SETTLED}::interval, 'UTC') AS at`;
  return row!.at;
}

/** All that was sealed before the instant is in the bucket. */
export const setExportedUntil = ({ db }: SystemScope, until: Date): Promise<number> =>
  db.$executeRaw`UPDATE usage_rollup_state SET rolled_until = ${until}::timestamptz WHERE name = 'ledger-export' AND rolled_until < ${until}::timestamptz`;

/** Seconds since the end of the last day that is in the bucket whole, and how many files lie there without a lock. */
export async function exportState({ db }: SystemScope): Promise<{ ageSeconds: number; unlocked: number }> {
  const [row] = await db.$queryRaw<{ ageSeconds: number; unlocked: number }[]>`
    SELECT extract(epoch FROM clock_timestamp() - rolled_until)::float8 AS "ageSeconds",
      (SELECT count(*)::int FROM usage_export WHERE written_at IS NOT NULL AND locked_until IS NULL) AS unlocked
    FROM usage_rollup_state WHERE name = 'ledger-export'`;
  return row!;
}
