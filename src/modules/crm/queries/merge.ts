/** Named SQL of merging and of looking for what might be merged. */
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { sql, type Sql } from "~/server/db/sql";
import type { RecordKind } from "../rules";
import type { MergeUndo } from "../schema";
import { TABLES } from "./records";

/** Takes the rows until the transaction ends, in an order that is the same for everybody. */
export async function lockRecords(
  { db, actor }: TenantScope,
  kind: RecordKind,
  ids: string[],
): Promise<void> {
  await db.$queryRaw`
    SELECT id::text FROM ${TABLES[kind].table}
    WHERE org_id = ${actor.orgId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

type Moved = Pick<MergeUndo, "contactIds" | "noteIds" | "tagIds">;
type Id = { id: string };

/** Gives everything that hangs on one record to the other. @returns what moved. */
export async function moveBelongings(
  { db, actor }: TenantScope,
  kind: RecordKind,
  { from, to }: { from: string; to: string },
): Promise<Moved> {
  const { link, tags } = TABLES[kind];
  const contacts =
    kind === "company"
      ? await db.$queryRaw<Id[]>`
          UPDATE contact SET company_id = ${to}::uuid, updated_at = now()
          WHERE org_id = ${actor.orgId}::uuid AND company_id = ${from}::uuid RETURNING id::text`
      : [];
  const notes = await db.$queryRaw<Id[]>`
    UPDATE record_note SET ${link} = ${to}::uuid
    WHERE org_id = ${actor.orgId}::uuid AND ${link} = ${from}::uuid RETURNING id::text`;
  const added = await db.$queryRaw<Id[]>`
    INSERT INTO ${tags} (org_id, ${link}, tag_id)
    SELECT org_id, ${to}::uuid, tag_id FROM ${tags} WHERE org_id = ${actor.orgId}::uuid AND ${link} = ${from}::uuid
    ON CONFLICT DO NOTHING RETURNING tag_id::text AS id`;
  const idsOf = (rows: Id[]) => rows.map(({ id }) => id);
  return { contactIds: idsOf(contacts), noteIds: idsOf(notes), tagIds: idsOf(added) };
}

/** Gives back what moved, as far as it is still where the merge put it. */
export async function moveBack(
  { db, actor }: TenantScope,
  kind: RecordKind,
  { from, to, moved }: { from: string; to: string; moved: Moved },
): Promise<void> {
  const { link, tags } = TABLES[kind];
  if (kind === "company") {
    await db.$executeRaw`
      UPDATE contact SET company_id = ${to}::uuid, updated_at = now()
      WHERE org_id = ${actor.orgId}::uuid AND company_id = ${from}::uuid AND id = ANY(${moved.contactIds}::uuid[])`;
  }
  await db.$executeRaw`
    UPDATE record_note SET ${link} = ${to}::uuid
    WHERE org_id = ${actor.orgId}::uuid AND ${link} = ${from}::uuid AND id = ANY(${moved.noteIds}::uuid[])`;
  await db.$executeRaw`
    DELETE FROM ${tags}
    WHERE org_id = ${actor.orgId}::uuid AND ${link} = ${from}::uuid AND tag_id = ANY(${moved.tagIds}::uuid[])`;
}

/** Takes a living record out of sight as merged into another. */
export async function hideMerged(
  { db, actor }: TenantScope,
  kind: RecordKind,
  p: { id: string; intoId: string; undo: MergeUndo; at: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE ${TABLES[kind].table}
    SET deleted_at = ${p.at}, merged_into_id = ${p.intoId}::uuid, merge_undo = ${JSON.stringify(p.undo)}::jsonb, updated_at = now()
    WHERE org_id = ${actor.orgId}::uuid AND id = ${p.id}::uuid AND deleted_at IS NULL`;
}

/** Lets a merged record live again. */
export async function showMerged({ db, actor }: TenantScope, kind: RecordKind, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE ${TABLES[kind].table} SET deleted_at = NULL, merged_into_id = NULL, merge_undo = NULL, updated_at = now()
    WHERE org_id = ${actor.orgId}::uuid AND id = ${id}::uuid AND merged_into_id IS NOT NULL`;
}

/** The living record that this one was merged into, over however many merges; null when it was not. */
export async function mergedInto(
  { db, actor }: TenantReadScope,
  kind: RecordKind,
  id: string,
): Promise<string | null> {
  const { table } = TABLES[kind];
  const [row] = await db.$queryRaw<Id[]>`
    WITH RECURSIVE chain AS (
      SELECT r.id, r.merged_into_id, r.deleted_at FROM ${table} r WHERE r.org_id = ${actor.orgId}::uuid AND r.id = ${id}::uuid
      UNION
      SELECT r.id, r.merged_into_id, r.deleted_at FROM ${table} r JOIN chain ON r.id = chain.merged_into_id
      WHERE r.org_id = ${actor.orgId}::uuid
    )
    SELECT id::text FROM chain WHERE id <> ${id}::uuid AND deleted_at IS NULL`;
  return row?.id ?? null;
}

export type DuplicateRow = {
  key: string;
  total: number;
  id: string;
  name: string;
  /** Domain or mail address. */
  address: string | null;
  phone: string | null;
  /** City, or the company of a contact. */
  place: string | null;
  createdAt: Date;
};

/** Records of one group that are shown; `total` says how many there are. */
const SHOWN_OF_GROUP = 10;

type Likeness = {
  /** What a page of groups goes on behind: one text a group. */
  key: Sql;
  has: Sql;
  /** The columns that are equal within a group, which an index has. */
  parts: Sql;
  same: Sql;
};
const LIKENESS: Record<RecordKind | "phone", Likeness> = {
  company: {
    key: sql`c.match_key`,
    has: sql`c.match_key IS NOT NULL`,
    parts: sql`c.match_key`,
    same: sql`c.match_key = a.match_key`,
  },
  contact: {
    key: sql`(c.name_key || ' ' || coalesce(c.company_id::text, ''))`,
    has: sql`c.name_key <> ''`,
    parts: sql`c.name_key, c.company_id`,
    same: sql`c.name_key = a.name_key AND c.company_id IS NOT DISTINCT FROM a.company_id`,
  },
  phone: {
    key: sql`c.phone_key`,
    has: sql`c.phone_key IS NOT NULL`,
    parts: sql`c.phone_key`,
    same: sql`c.phone_key = a.phone_key`,
  },
};

/**
 * Living records that are alike by name (contacts: of the same company) or by phone, group by group in the order of their
 * keys: it reads an index of the whole organization, which at 100,000 records takes tenths of a second.
 */
export function duplicateRows(
  { db, actor }: TenantReadScope,
  p: { kind: RecordKind; by: "name" | "phone"; after: string | null; groups: number },
): Promise<DuplicateRow[]> {
  const isCompany = p.kind === "company";
  const { key, has, parts, same } = LIKENESS[p.by === "phone" ? "phone" : p.kind];
  const { table } = TABLES[p.kind];
  const shown = isCompany
    ? sql`c.name, c.domain AS address, c.phone, c.city AS place`
    : sql`coalesce(nullif(concat_ws(' ', c.first_name, c.last_name), ''), c.email, 'Unnamed contact') AS name, c.email AS address,
          c.phone, (SELECT co.name FROM company co WHERE co.org_id = c.org_id AND co.id = c.company_id AND co.deleted_at IS NULL) AS place`;
  return db.$queryRaw<DuplicateRow[]>`
    WITH found AS MATERIALIZED (
      SELECT ${key} AS key, ${parts}, count(*)::int AS total FROM ${table} c
      WHERE c.org_id = ${actor.orgId}::uuid AND c.deleted_at IS NULL AND ${has}
      GROUP BY ${parts} HAVING count(*) > 1 AND ${key} > ${p.after ?? ""}
    ), alike AS MATERIALIZED (
      SELECT * FROM found f WHERE NOT EXISTS (
        SELECT FROM duplicate_dismissal d
        WHERE d.org_id = ${actor.orgId}::uuid AND d.kind = ${p.kind} AND d.alike_by = ${p.by} AND d.key = f.key AND d.total >= f.total
      ) ORDER BY f.key LIMIT ${p.groups}
    )
    SELECT a.key, a.total, c.* FROM alike a CROSS JOIN LATERAL (
      SELECT c.id::text, ${shown}, c.created_at AS "createdAt" FROM ${table} c
      WHERE c.org_id = ${actor.orgId}::uuid AND c.deleted_at IS NULL AND ${has} AND ${same}
      ORDER BY c.created_at, c.id LIMIT ${SHOWN_OF_GROUP}
    ) c ORDER BY a.key, c."createdAt", c.id`;
}
