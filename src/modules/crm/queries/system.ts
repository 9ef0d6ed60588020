/** SQL of the CRM across tenants: what is due for removal. */
import type { SystemScope } from "~/server/db/with-system";

export type Purged = { orgId: string; companies: number; contacts: number; notes: number; tags: number };

/**
 * Removes for good what was deleted before the instant, at most `limit` of each kind, oldest first. Contacts go first;
 * those
 * that stay lose their link to a company that goes.
 */
export async function purgeDeletedBefore(
  { db }: SystemScope,
  before: Date,
  limit: number,
): Promise<Purged[]> {
  const contacts = await db.$queryRaw<{ orgId: string }[]>`
    DELETE FROM contact WHERE id IN (
      SELECT id FROM contact WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) RETURNING org_id::text AS "orgId"`;
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM company WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit}`;
  const ids = due.map((row) => row.id);
  await db.$executeRaw`
    UPDATE contact SET company_id = NULL FROM company
    WHERE company.id = ANY(${ids}::uuid[]) AND contact.org_id = company.org_id AND contact.company_id = company.id`;
  const companies = await db.$queryRaw<{ orgId: string }[]>`
    DELETE FROM company WHERE id = ANY(${ids}::uuid[]) AND deleted_at < ${before} RETURNING org_id::text AS "orgId"`;
  const notes = await db.$queryRaw<{ orgId: string }[]>`
    DELETE FROM record_note WHERE id IN (
      SELECT id FROM record_note WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit}
    ) RETURNING org_id::text AS "orgId"`;
  const tags = await db.$queryRaw<{ orgId: string }[]>`
    DELETE FROM tag WHERE id IN (
      SELECT id FROM tag WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit}
    ) RETURNING org_id::text AS "orgId"`;
  const purged = new Map<string, Purged>();
  const of = (orgId: string) => {
    const entry = purged.get(orgId) ?? { orgId, companies: 0, contacts: 0, notes: 0, tags: 0 };
    purged.set(orgId, entry);
    return entry;
  };
  for (const { orgId } of contacts) of(orgId).contacts++;
  for (const { orgId } of companies) of(orgId).companies++;
  for (const { orgId } of notes) of(orgId).notes++;
  for (const { orgId } of tags) of(orgId).tags++;
  return [...purged.values()];
}

/** Imports that nobody will finish: never started, or stopped half way and untouched since. */
export const abandonedImports = (
  { db }: SystemScope,
  before: { unstarted: Date; stopped: Date },
  limit: number,
) =>
  db.$queryRaw<{ id: string; orgId: string }[]>`
    SELECT id::text, org_id::text AS "orgId" FROM import
    WHERE (status IN ('awaiting_upload', 'ready') AND updated_at < ${before.unstarted})
       OR (status = 'started' AND updated_at < ${before.stopped})
    ORDER BY updated_at LIMIT ${limit}`;
