/** Named SQL of timelines. */
import type { TenantReadScope } from "~/server/db/with-tenant";
import { noSql, sql } from "~/server/db/sql";
import type { TimelineKind } from "../rules";
import type { RecordRef } from "../schema";
import { TABLES } from "./records";

export type TimelineRow = {
  id: string;
  kind: TimelineKind;
  at: Date;
  actorId: string | null;
  detail: {
    before?: Record<string, unknown>;
    after?: Record<string, unknown>;
    tagId?: string;
    importId?: string;
    /** The company or contact it has to do with, and how many more of them. */
    otherId?: string;
    others?: number;
    body?: string;
    updatedAt?: string;
  };
};

/**
 * Events and notes of a record, and of those that were merged into it, the latest first. A record whose creation nobody
 * wrote down (imports do not, for each row) begins with `added`: by whose import it came, as the record itself knows.
 */
export function timelineRows(
  { db, actor }: TenantReadScope,
  { kind, id }: RecordRef,
  p: { after: { at: string; id: string } | null; take: number },
): Promise<TimelineRow[]> {
  const { table, link } = TABLES[kind];
  const beyond = p.after ? sql`AND (x.at, x.id) < (${p.after.at}::timestamptz, ${p.after.id}::uuid)` : noSql;
  const cut = sql`${beyond} ORDER BY x.at DESC, x.id DESC LIMIT ${p.take}`;
  return db.$queryRaw<TimelineRow[]>`
    WITH RECURSIVE self AS (
      SELECT r.id FROM ${table} r WHERE r.org_id = ${actor.orgId}::uuid AND r.id = ${id}::uuid
      UNION
      SELECT r.id FROM ${table} r JOIN self ON r.merged_into_id = self.id WHERE r.org_id = ${actor.orgId}::uuid
    )
    SELECT x.id::text, x.kind, x.at, x.actor::text AS "actorId", x.detail FROM (
      (SELECT * FROM (
        SELECT e.id, e.kind, e.created_at AS at, e.actor_id AS actor, e.detail FROM record_event e
        WHERE e.org_id = ${actor.orgId}::uuid AND e.${link} IN (SELECT id FROM self)
          AND (e.${link} = ${id}::uuid OR e.kind <> 'merged_into')) x
       WHERE true ${cut})
      UNION ALL
      (SELECT * FROM (
        SELECT n.id, 'note' AS kind, n.created_at AS at, n.author_id AS actor,
          jsonb_build_object('body', n.body, 'updatedAt', n.updated_at) AS detail
        FROM record_note n
        WHERE n.org_id = ${actor.orgId}::uuid AND n.${link} = ${id}::uuid AND n.deleted_at IS NULL) x
       WHERE true ${cut})
      UNION ALL
      (SELECT * FROM (
        SELECT r.id, 'added' AS kind, r.created_at AS at, i.created_by_id AS actor,
          CASE WHEN i.id IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('importId', i.id) END AS detail
        FROM ${table} r LEFT JOIN import i ON i.org_id = r.org_id AND i.id = r.import_id
        WHERE r.org_id = ${actor.orgId}::uuid AND r.id IN (SELECT id FROM self) AND NOT EXISTS (
          SELECT FROM record_event e WHERE e.org_id = r.org_id AND e.${link} = r.id AND e.kind = 'created')) x
       WHERE true ${cut})
    ) x ORDER BY x.at DESC, x.id DESC LIMIT ${p.take}`;
}
