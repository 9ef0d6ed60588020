/** Named SQL of tags. */
import type { TenantReadScope } from "~/server/db/with-tenant";
import { noSql, sql, type Sql } from "~/server/db/sql";
import type { RecordKind } from "../rules";
import type { Tag, TagUse } from "../schema";
import { TABLES } from "./records";

/** Living tags by name, each with the living records that carry it. */
export const tagUses = ({ db, actor }: TenantReadScope): Promise<TagUse[]> =>
  db.$queryRaw<TagUse[]>`
    SELECT t.id::text, t.name, t.tone,
      (SELECT count(*)::int FROM company_tag l JOIN company c ON c.org_id = l.org_id AND c.id = l.company_id
       WHERE l.org_id = t.org_id AND l.tag_id = t.id AND c.deleted_at IS NULL) AS "companyCount",
      (SELECT count(*)::int FROM contact_tag l JOIN contact c ON c.org_id = l.org_id AND c.id = l.contact_id
       WHERE l.org_id = t.org_id AND l.tag_id = t.id AND c.deleted_at IS NULL) AS "contactCount"
    FROM tag t WHERE t.org_id = ${actor.orgId}::uuid AND t.deleted_at IS NULL ORDER BY t.name_key`;

/** The living tags of some records, by name, with one query for all of them. */
export async function tagsOf(
  { db, actor }: TenantReadScope,
  kind: RecordKind,
  ids: string[],
): Promise<(id: string) => Tag[]> {
  if (ids.length === 0) return () => [];
  const { link, tags } = TABLES[kind];
  const rows = await db.$queryRaw<(Tag & { recordId: string })[]>`
    SELECT l.${link}::text AS "recordId", t.id::text, t.name, t.tone
    FROM ${tags} l JOIN tag t ON t.org_id = l.org_id AND t.id = l.tag_id
    WHERE l.org_id = ${actor.orgId}::uuid AND l.${link} = ANY(${ids}::uuid[]) AND t.deleted_at IS NULL
    ORDER BY t.name_key`;
  const byRecord = Map.groupBy(rows, (row) => row.recordId);
  return (id) => (byRecord.get(id) ?? []).map(({ recordId: _of, ...tag }) => tag);
}

/** Holds a list (its table `c`) to records with a tag. */
export const withTag = (kind: RecordKind, orgId: string, tagId: string | null): Sql => {
  if (tagId === null) return noSql;
  const { link, tags } = TABLES[kind];
  return sql`AND EXISTS (
    SELECT FROM ${tags} l JOIN tag t ON t.org_id = l.org_id AND t.id = l.tag_id AND t.deleted_at IS NULL
    WHERE l.org_id = ${orgId}::uuid AND l.tag_id = ${tagId}::uuid AND l.${link} = c.id)`;
};
