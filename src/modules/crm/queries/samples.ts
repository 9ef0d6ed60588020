/** SQL of sample data. RLS supplies the organization. */
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";

/** One after the other: adding and removing of one organization never meet. */
export const lockSamples = ({ db, actor }: TenantScope): Promise<unknown> =>
  db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`samples:${actor.orgId}`}, 0))::text`;

/** Whether any company or contact is there, made up or not. */
export async function hasRecords({ db }: TenantReadScope): Promise<boolean> {
  const [row] = await db.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT FROM company WHERE deleted_at IS NULL) OR EXISTS (SELECT FROM contact WHERE deleted_at IS NULL) AS "any"`;
  return row!.any;
}

/** Made-up records that are still there. */
export async function countSamples({ db }: TenantReadScope) {
  const [row] = await db.$queryRaw<{ companies: number; contacts: number }[]>`
    SELECT (SELECT count(*)::int FROM sample_record s JOIN company c ON c.org_id = s.org_id AND c.id = s.company_id
            WHERE c.deleted_at IS NULL) AS companies,
           (SELECT count(*)::int FROM sample_record s JOIN contact c ON c.org_id = s.org_id AND c.id = s.contact_id
            WHERE c.deleted_at IS NULL) AS contacts`;
  return row!;
}

type Untouched = { id: string }[];

/** Made-up contacts that nobody has changed, tagged or written a note on; locked. */
export const untouchedContacts = ({ db }: TenantScope): Promise<Untouched> => db.$queryRaw<Untouched>`
  SELECT c.id::text FROM sample_record s JOIN contact c ON c.org_id = s.org_id AND c.id = s.contact_id
  WHERE c.deleted_at IS NULL AND c.updated_at = s.created_at
    AND NOT EXISTS (SELECT FROM record_note n WHERE n.org_id = c.org_id AND n.contact_id = c.id AND n.deleted_at IS NULL)
    AND NOT EXISTS (SELECT FROM contact_tag t WHERE t.org_id = c.org_id AND t.contact_id = c.id)
  ORDER BY c.id FOR UPDATE OF c`;

/** The same of companies; one where other people than those of `going` stand is kept as well. */
export const untouchedCompanies = ({ db }: TenantScope, going: string[]): Promise<Untouched> =>
  db.$queryRaw<Untouched>`
    SELECT c.id::text FROM sample_record s JOIN company c ON c.org_id = s.org_id AND c.id = s.company_id
    WHERE c.deleted_at IS NULL AND c.updated_at = s.created_at
      AND NOT EXISTS (SELECT FROM record_note n WHERE n.org_id = c.org_id AND n.company_id = c.id AND n.deleted_at IS NULL)
      AND NOT EXISTS (SELECT FROM company_tag t WHERE t.org_id = c.org_id AND t.company_id = c.id)
      AND NOT EXISTS (SELECT FROM contact p WHERE p.org_id = c.org_id AND p.company_id = c.id AND p.deleted_at IS NULL
                      AND p.id <> ALL(${going}::uuid[]))
    ORDER BY c.id FOR UPDATE OF c`;
