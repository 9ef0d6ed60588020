/** Named SQL of the page: newest first, each question answered by an index, also among millions of entries. */
import { noSql, sql, type Sql } from "~/server/db/sql";
import type { TenantReadScope } from "~/server/db/with-tenant";

/** One chain, by whoever may read it: an organization's, or with null the platform's own. */
export type OfChain = Pick<TenantReadScope, "db"> & { orgId: string | null };

// An index serves "is null" and "=", but nothing that is both.
const isOfChain = (orgId: string | null): Sql =>
  orgId === null ? sql`e.org_id IS NULL` : sql`e.org_id = ${orgId}::uuid`;

/** Every action there is an entry of, from one to the next by the index, however many entries each has. */
export async function actionsOf({ db, orgId }: OfChain): Promise<string[]> {
  const rows = await db.$queryRaw<{ action: string }[]>`
    WITH RECURSIVE found AS (
      (SELECT e.action FROM audit_entry e WHERE ${isOfChain(orgId)} ORDER BY e.action LIMIT 1)
      UNION ALL
      SELECT (SELECT e.action FROM audit_entry e WHERE ${isOfChain(orgId)} AND e.action > f.action ORDER BY e.action LIMIT 1)
      FROM found f WHERE f.action IS NOT NULL)
    SELECT action FROM found WHERE action IS NOT NULL`;
  return rows.map(({ action }) => action);
}

/** Instants at which days of a time zone begin; the day after `to` ends the range. */
export async function daysAsInstants(
  { db, actor }: TenantReadScope,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<{ from: Date | null; until: Date | null }> {
  const [row] = await db.$queryRaw<{ from: Date | null; until: Date | null }[]>`
    SELECT (${from ?? null}::date)::timestamp AT TIME ZONE o.time_zone AS "from",
      (${to ?? null}::date + 1)::timestamp AT TIME ZONE o.time_zone AS until
    FROM organization o WHERE o.id = ${actor.orgId}::uuid`;
  return row ?? { from: null, until: null };
}

/** Members whose name or mail holds `text`; memberships are few enough to look at each. */
export async function membersSaying({ db, actor }: TenantReadScope, text: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT user_id::text AS id FROM membership
    WHERE org_id = ${actor.orgId}::uuid AND position(lower(${text}) IN lower(coalesce(user_name, '') || ' ' || user_email)) > 0 LIMIT 200`;
  return rows.map(({ id }) => id);
}

export type Narrowed = {
  /** Null: by no person. */
  person?: string | null | undefined;
  /** One of these; an empty list finds nothing. */
  actions?: readonly string[] | undefined;
  target?: string | undefined;
  from: { at: Date; id: string } | null;
  until: { at: Date; id: string } | null;
  before: string | null;
};

/** Anything of these, besides what the page is narrowed to. */
export type Sought = {
  /** Who did it. */
  people: readonly string[];
  /** To whom or to what it was done. */
  targets: readonly string[];
  actions: readonly string[];
  text: string;
  id: string | null;
};

/**
 * Ids of entries, newest first. Each way to find some is a branch that reads at most `most` entries of its own index;
 * what the page is narrowed to besides is checked on those.
 */
export async function findEntries(
  { db, orgId }: OfChain,
  narrowed: Narrowed,
  sought: Sought | null,
  most: number,
): Promise<string[]> {
  const { person, actions, target, from, until, before } = narrowed;
  const isOfOrg = isOfChain(orgId);
  const range = sql`${from ? sql`AND e.id >= ${from.id}::uuid AND e.created_at >= ${from.at}::timestamptz` : noSql}
    ${until ? sql`AND e.id < ${until.id}::uuid AND e.created_at < ${until.at}::timestamptz` : noSql}
    ${before ? sql`AND e.id < ${before}::uuid` : noSql}`;
  const byPerson =
    person === undefined
      ? noSql
      : person === null
        ? sql`AND e.actor_id IS NULL`
        : sql`AND e.actor_id = ${person}::uuid`;
  const byTarget = target === undefined ? noSql : sql`AND e.target_id = ${target}`;
  const byActions = actions === undefined ? noSql : sql`AND e.action = ANY (${[...actions]}::text[])`;
  const all = sql`${byPerson} ${byTarget} ${byActions} ${range}`;
  const newest = (where: Sql) =>
    sql`(SELECT e.id FROM audit_entry e WHERE ${isOfOrg} ${where} ORDER BY e.id DESC LIMIT ${most})`;
  /** The newest of each value, by the value's own part of an index. */
  const newestOfEach = (values: readonly string[], type: Sql, where: Sql) =>
    sql`(SELECT found.id FROM unnest(${[...values]}::text[]) AS v(value) CROSS JOIN LATERAL (
      SELECT e.id FROM audit_entry e WHERE ${isOfOrg} ${where} = v.value::${type} ${all} ORDER BY e.id DESC LIMIT ${most}) found)`;
  const uuid = sql`uuid`;
  const text = sql`text`;

  const branches: Sql[] = [];
  if (sought) {
    if (sought.people.length > 0) branches.push(newestOfEach(sought.people, uuid, sql`AND e.actor_id`));
    if (sought.targets.length > 0) branches.push(newestOfEach(sought.targets, text, sql`AND e.target_id`));
    if (sought.actions.length > 0) branches.push(newestOfEach(sought.actions, text, sql`AND e.action`));
    branches.push(newest(sql`AND e.target_id = ${sought.text} ${all}`));
    branches.push(newest(sql`AND e.correlation_id = ${sought.text} ${all}`));
    if (sought.id) branches.push(newest(sql`AND e.id = ${sought.id}::uuid ${all}`));
  } else if (actions !== undefined && target === undefined) {
    branches.push(newestOfEach(actions, text, sql`AND e.action`));
  } else branches.push(newest(all));

  const [first, ...others] = branches;
  const found = others.reduce((sum, branch) => sql`${sum} UNION ${branch}`, first!);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM (${found}) found ORDER BY id DESC LIMIT ${most}`;
  return rows.map(({ id }) => id);
}
