/** Named SQL that goes for companies and contacts alike: what differs between the two is a table and its columns. */
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { noSql, sql, type Sql } from "~/server/db/sql";
import type { BulkField, RecordKind } from "../rules";

type Tables = {
  table: Sql;
  /** The column by which events, notes and tags point at a record. */
  link: Sql;
  tags: Sql;
  /** What only one living record of an organization may have. */
  unique: Sql;
};
export const TABLES: Record<RecordKind, Tables> = {
  company: { table: sql`company`, link: sql`company_id`, tags: sql`company_tag`, unique: sql`domain` },
  contact: { table: sql`contact`, link: sql`contact_id`, tags: sql`contact_tag`, unique: sql`email` },
};

/** Columns that many records can be given at once, and how a value reaches them. */
const BULK_COLUMNS: Record<BulkField, { column: Sql; type: Sql }> = {
  ownerId: { column: sql`owner_id`, type: sql`uuid` },
  companyId: { column: sql`company_id`, type: sql`uuid` },
  countryCode: { column: sql`country_code`, type: sql`char(2)` },
  industry: { column: sql`industry`, type: sql`text` },
};

/** Who acts, in which organization, as one act on many records. */
type Act = { kind: RecordKind; batchId: string };

/** Writes what happened to each record of `changed` (its ids as `id`), and counts them. */
const told = (
  { actor }: TenantScope,
  { kind, batchId }: Act,
  event: string,
  detail: Sql = sql`'{}'::jsonb`,
) => sql`
  told AS (
    INSERT INTO record_event (org_id, ${TABLES[kind].link}, kind, actor_id, batch_id, detail)
    SELECT ${actor.orgId}::uuid, changed.id, ${event}, ${actor.userId}::uuid, ${batchId}::uuid, ${detail} FROM changed
  )
  SELECT count(*)::int AS count FROM changed`;

type Counted = { count: number }[];

/** Hides living records. @returns how many. */
export async function deleteRecords(scope: TenantScope, act: Act, ids: string[], at: Date): Promise<number> {
  const { table } = TABLES[act.kind];
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH due AS MATERIALIZED (
      SELECT id FROM ${table} WHERE org_id = ${scope.actor.orgId}::uuid AND id = ANY(${ids}::uuid[]) AND deleted_at IS NULL
      ORDER BY id FOR UPDATE
    ), changed AS (
      UPDATE ${table} r SET deleted_at = ${at}, updated_at = now() FROM due
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.id = due.id RETURNING r.id
    ), ${told(scope, act, "deleted")}`;
  return row!.count;
}

/**
 * Brings deleted records back, unless a living one has their domain or mail address meanwhile; of several deleted ones
 * with the same, the one deleted last. Merged ones come back by undoing the merge.
 * @returns how many.
 */
export async function restoreRecords(
  scope: TenantScope,
  act: Act,
  p: { ids: string[]; deletedSince: Date },
): Promise<number> {
  const { table, unique } = TABLES[act.kind];
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH due AS MATERIALIZED (
      SELECT id, ${unique} AS key, deleted_at FROM ${table}
      WHERE org_id = ${scope.actor.orgId}::uuid AND id = ANY(${p.ids}::uuid[]) AND deleted_at >= ${p.deletedSince}
        AND merged_into_id IS NULL
      ORDER BY id FOR UPDATE
    ), free AS (
      SELECT DISTINCT ON (coalesce(due.key, due.id::text)) due.id FROM due
      WHERE NOT EXISTS (
        SELECT FROM ${table} l WHERE l.org_id = ${scope.actor.orgId}::uuid AND l.${unique} = due.key AND l.deleted_at IS NULL
      )
      ORDER BY coalesce(due.key, due.id::text), due.deleted_at DESC
    ), changed AS (
      UPDATE ${table} r SET deleted_at = NULL, updated_at = now() FROM free
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.id = free.id RETURNING r.id
    ), ${told(scope, act, "restored")}`;
  return row!.count;
}

/** Tells companies which contacts came and went: one line each, however many. `changed` has their ids and companies. */
const toldOfLinks = ({ actor }: TenantScope, field: BulkField, p: { from: Sql; to: Sql }) => {
  if (field !== "companyId") return noSql;
  const lines = (event: string, company: Sql) => sql`
    INSERT INTO record_event (org_id, company_id, kind, actor_id, detail)
    SELECT ${actor.orgId}::uuid, ${company}, ${event}, ${actor.userId}::uuid,
      jsonb_build_object('otherId', min(changed.id::text), 'others', count(*) - 1)
    FROM changed WHERE ${company} IS NOT NULL GROUP BY ${company}`;
  return sql`gone AS (${lines("unlinked", p.from)}), come AS (${lines("linked", p.to)}),`;
};

/** Gives living records another value; those that have it already are not counted. @returns how many. */
export async function setOnRecords(
  scope: TenantScope,
  act: Act,
  p: { ids: string[]; field: BulkField; value: string | null },
): Promise<number> {
  const { table } = TABLES[act.kind];
  const { column, type } = BULK_COLUMNS[p.field];
  const value = sql`${p.value}::${type}`;
  const detail = sql`jsonb_build_object(
    'before', jsonb_build_object(${p.field}::text, changed.was), 'after', jsonb_build_object(${p.field}::text, ${value}))`;
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH due AS MATERIALIZED (
      SELECT id, ${column} AS was FROM ${table}
      WHERE org_id = ${scope.actor.orgId}::uuid AND id = ANY(${p.ids}::uuid[]) AND deleted_at IS NULL
        AND ${column} IS DISTINCT FROM ${value}
      ORDER BY id FOR UPDATE
    ), changed AS (
      UPDATE ${table} r SET ${column} = ${value}, updated_at = now() FROM due
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.id = due.id RETURNING r.id, due.was, ${value} AS given
    ), ${toldOfLinks(scope, p.field, { from: sql`changed.was`, to: sql`changed.given` })} ${told(scope, act, "changed", detail)}`;
  return row!.count;
}

/** Puts a tag on living records that lack it. @returns how many. */
export async function tagRecords(
  scope: TenantScope,
  act: Act,
  ids: string[],
  tagId: string,
): Promise<number> {
  const { table, link, tags } = TABLES[act.kind];
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH changed AS (
      INSERT INTO ${tags} (org_id, ${link}, tag_id)
      SELECT r.org_id, r.id, ${tagId}::uuid FROM ${table} r
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.id = ANY(${ids}::uuid[]) AND r.deleted_at IS NULL
      ORDER BY r.id
      ON CONFLICT DO NOTHING RETURNING ${link} AS id
    ), ${told(scope, act, "tagged", sql`jsonb_build_object('tagId', ${tagId}::text)`)}`;
  return row!.count;
}

/** Takes a tag off living records. @returns how many. */
export async function untagRecords(
  scope: TenantScope,
  act: Act,
  ids: string[],
  tagId: string,
): Promise<number> {
  const { table, link, tags } = TABLES[act.kind];
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH changed AS (
      DELETE FROM ${tags} t USING ${table} r
      WHERE t.org_id = ${scope.actor.orgId}::uuid AND t.tag_id = ${tagId}::uuid AND t.${link} = ANY(${ids}::uuid[])
        AND r.org_id = t.org_id AND r.id = t.${link} AND r.deleted_at IS NULL
      RETURNING t.${link} AS id
    ), ${told(scope, act, "untagged", sql`jsonb_build_object('tagId', ${tagId}::text)`)}`;
  return row!.count;
}

/** What one act did, as one of its events says it: all of them are of one kind. */
export type BatchEvent = {
  event: string;
  field: BulkField | null;
  tagId: string | null;
  createdAt: Date;
};

/** Null for an act of another organization, or on records of the other kind. */
export async function readBatch(
  { db, actor }: TenantReadScope,
  { kind, batchId }: Act,
): Promise<BatchEvent | null> {
  const [row] = await db.$queryRaw<BatchEvent[]>`
    SELECT kind AS event, (SELECT min(f) FROM jsonb_object_keys(detail->'after') f) AS field, detail->>'tagId' AS "tagId",
           created_at AS "createdAt"
    FROM record_event
    WHERE org_id = ${actor.orgId}::uuid AND batch_id = ${batchId}::uuid AND ${TABLES[kind].link} IS NOT NULL LIMIT 1`;
  return row ?? null;
}

/** The records that an act changed, by id, behind `after`. */
export async function batchIds(
  { db, actor }: TenantReadScope,
  { kind, batchId }: Act,
  { after, take }: { after: string | null; take: number },
): Promise<string[]> {
  const { link } = TABLES[kind];
  const behind = after === null ? noSql : sql`AND ${link} > ${after}::uuid`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ${link} AS id FROM record_event
    WHERE org_id = ${actor.orgId}::uuid AND batch_id = ${batchId}::uuid AND ${link} IS NOT NULL ${behind}
    ORDER BY ${link} LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

/** How many records an act changed. */
export async function countBatch({ db, actor }: TenantReadScope, { kind, batchId }: Act): Promise<number> {
  const [row] = await db.$queryRaw<Counted>`
    SELECT count(*)::int AS count FROM record_event
    WHERE org_id = ${actor.orgId}::uuid AND batch_id = ${batchId}::uuid AND ${TABLES[kind].link} IS NOT NULL`;
  return row!.count;
}

/**
 * Sets a field of the records that `undone` changed back to what each had, where it still has what that act gave it.
 * A company that is gone meanwhile is not linked again.
 * @returns how many.
 */
export async function setBack(
  scope: TenantScope,
  act: Act,
  p: { undone: string; ids: string[]; field: BulkField },
): Promise<number> {
  const { table, link } = TABLES[act.kind];
  const { column, type } = BULK_COLUMNS[p.field];
  const isThere =
    p.field === "companyId"
      ? sql`AND (e.was IS NULL OR EXISTS (
          SELECT FROM company c WHERE c.org_id = r.org_id AND c.id = e.was AND c.deleted_at IS NULL))`
      : noSql;
  const detail = sql`jsonb_build_object(
    'before', jsonb_build_object(${p.field}::text, changed.given), 'after', jsonb_build_object(${p.field}::text, changed.was))`;
  const [row] = await scope.db.$queryRaw<Counted>`
    WITH e AS MATERIALIZED (
      SELECT ${link} AS id, (detail->'before'->>${p.field})::${type} AS was, (detail->'after'->>${p.field})::${type} AS given
      FROM record_event
      WHERE org_id = ${scope.actor.orgId}::uuid AND batch_id = ${p.undone}::uuid AND ${link} = ANY(${p.ids}::uuid[])
    ), due AS MATERIALIZED (
      SELECT r.id, e.was, e.given FROM ${table} r JOIN e ON e.id = r.id
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.deleted_at IS NULL AND r.${column} IS NOT DISTINCT FROM e.given ${isThere}
      ORDER BY r.id FOR UPDATE OF r
    ), changed AS (
      UPDATE ${table} r SET ${column} = due.was, updated_at = now() FROM due
      WHERE r.org_id = ${scope.actor.orgId}::uuid AND r.id = due.id RETURNING r.id, due.was, due.given
    ), ${toldOfLinks(scope, p.field, { from: sql`changed.given`, to: sql`changed.was` })} ${told(scope, act, "changed", detail)}`;
  return row!.count;
}

export type RecordEventKind =
  | "created"
  | "changed"
  | "deleted"
  | "restored"
  | "imported"
  | "merged"
  | "merged_into"
  | "unmerged"
  | "tagged"
  | "untagged"
  | "linked"
  | "unlinked";

/** Writes one line of a record's timeline. */
export async function tell(
  { db, actor }: TenantScope,
  of: { kind: RecordKind; id: string },
  event: RecordEventKind,
  detail: object = {},
): Promise<void> {
  await db.recordEvent.createMany({
    data: {
      id: newId(),
      orgId: actor.orgId,
      ...(of.kind === "company" ? { companyId: of.id } : { contactId: of.id }),
      kind: event,
      actorId: actor.userId,
      // Through JSON: what is stored has no undefined.
      detail: JSON.parse(JSON.stringify(detail)) as object,
    },
  });
}
