/** SQL of the end of a ledger. */
import type { SystemScope } from "~/server/db/with-system";

/** When the last of an organization's ledger was written or sealed (UTC); null when there is none. */
export async function ledgerEnd({ db }: SystemScope, orgId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT greatest(
      (SELECT max(l.created_at) FROM usage_ledger l WHERE l.org_id = ${orgId}::uuid),
      (SELECT max(s.sealed_at) FROM usage_seal s WHERE s.org_id = ${orgId}::uuid)) AS at`;
  return row?.at ?? null;
}

export const countEntries = ({ db }: SystemScope, orgId: string): Promise<number> =>
  db.usageLedger.count({ where: { orgId } });

/**
 * Removes the last `most` seals of a chain with their entries: files of the export whose seals are all gone are forgotten, one
 * that they reach into says how far it is gone. @returns how many.
 */
export async function removeLedgerTail({ db }: SystemScope, orgId: string, most: number): Promise<number> {
  // A correction goes with what it corrects, or before it, in whichever order the two were sealed: where it lies further down,
  // the tail begins there, and whatever that takes along may have corrections further down still.
  const [tail] = await db.$queryRaw<{ from: bigint | null }[]>`
    WITH RECURSIVE top AS (SELECT seq FROM usage_seal WHERE org_id = ${orgId}::uuid ORDER BY seq DESC LIMIT 1),
      tail AS (
        SELECT greatest(seq - ${most}::bigint + 1, 1) AS "from" FROM top
        UNION ALL
        SELECT lowest.seq FROM tail CROSS JOIN LATERAL (
          SELECT min(of_correction.seq) AS seq FROM usage_seal s
          JOIN usage_ledger correction ON correction.org_id = s.org_id AND correction.corrects_id = s.entry_id
          JOIN usage_seal of_correction ON of_correction.org_id = s.org_id AND of_correction.entry_id = correction.id
          WHERE s.org_id = ${orgId}::uuid AND s.seq >= tail."from") lowest
        WHERE lowest.seq < tail."from")
    SELECT min("from") AS "from" FROM tail`;
  const from = tail?.from ?? null;
  if (from === null) return 0;
  await db.usageExport.deleteMany({ where: { orgId, firstSeq: { gte: from } } });
  await db.usageExport.updateMany({
    where: { orgId, firstSeq: { lt: from }, lastSeq: { gte: from } },
    data: { removedFrom: from },
  });
  const seals = await db.$queryRaw<{ entryId: string }[]>`
    DELETE FROM usage_seal WHERE org_id = ${orgId}::uuid AND seq >= ${from}::bigint RETURNING entry_id::text AS "entryId"`;
  await db.$executeRaw`
    DELETE FROM usage_ledger WHERE org_id = ${orgId}::uuid AND id = ANY (${seals.map(({ entryId }) => entryId)}::uuid[])`;
  return seals.length;
}
