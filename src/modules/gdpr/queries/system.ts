/** SQL of export and erasure: made of the slices' declarations and the catalogue, as the system role, over all tenants. */
import type { Rule } from "~/kernel/privacy";
import type { SystemScope } from "~/server/db/with-system";
import { declaredSql, joined, noSql, sql, sqlName, type Sql } from "~/server/db/sql";
import { isTelling, literally, namePattern, type Standing } from "../rules";
import type { Finding, Sought } from "../schema";

/** Whom a declaration's condition is asked for; with `since`, of what was dated before that instant. */
export type Whose = { id: string; email: string; since?: Date };
const valuesOf = ({ id, email, since }: Whose): Record<string, Sql> => ({
  id: sql`${id}::uuid`,
  email: sql`${email.toLowerCase()}::text`,
  ...(since && { since: sql`${since}::timestamptz` }),
});

// ─── The catalogue ───

/** Which table refers to which. */
export const references = ({ db }: SystemScope) =>
  db.$queryRaw<{ child: string; parent: string }[]>`
    SELECT DISTINCT child.relname::text AS child, parent.relname::text AS parent
    FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
    WHERE c.contype = 'f' AND child.relnamespace = 'public'::regnamespace
    ORDER BY 1, 2`;

/** Every table of the database. */
export async function allTables({ db }: SystemScope): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
    ORDER BY 1`;
  return rows.map(({ name }) => name);
}

export type Column = {
  name: string;
  type: string;
  /** 1, 2, … in the primary key; null beside it. */
  keyPosition: number | null;
  isReadable: boolean;
};

/** Columns of a table, in their order. */
export const columnsOf = ({ db }: SystemScope, table: string) =>
  db.$queryRaw<Column[]>`
    SELECT a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
      array_position(string_to_array(i.indkey::text, ' '), a.attnum::text) AS "keyPosition",
      has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS "isReadable"
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = format('public.%I', ${table}::text)::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum`;

const keyOf = (columns: readonly Column[]): Column[] =>
  columns
    .filter(({ keyPosition }) => keyPosition !== null)
    .sort((a, b) => Number(a.keyPosition) - Number(b.keyPosition));

/** Columns by which rows of a table refer to rows of the same one. */
const selfReferences = ({ db }: SystemScope, table: string) =>
  db.$queryRaw<{ own: string; other: string }[]>`
    SELECT own.attname::text AS own, other.attname::text AS other
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair(own, other)
    JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = pair.own
    JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = pair.other
    WHERE c.contype = 'f' AND c.conrelid = c.confrelid AND c.conrelid = format('public.%I', ${table}::text)::regclass
      AND other.attname <> 'org_id'`;

/** How many pages the table has, or null where its rows cannot be told apart by place. */
export async function pagesOf({ db }: SystemScope, table: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ pages: number; isWhole: boolean }[]>`
    SELECT ceil(pg_relation_size(c.oid) / current_setting('block_size')::numeric)::int AS pages,
      has_table_privilege(c.oid, 'SELECT') AS "isWhole"
    FROM pg_class c WHERE c.oid = format('public.%I', ${table}::text)::regclass`;
  return row?.isWhole ? row.pages : null;
}

/** Rows of these pages; all, where there is no telling. */
export type Pages = { from: number; until: number } | null;
const within = (pages: Pages): Sql =>
  pages
    ? sql`AND t.ctid >= ${`(${pages.from},0)`}::text::tid AND t.ctid < ${`(${pages.until},0)`}::text::tid`
    : noSql;

// ─── Erasing ───

/**
 * Does what a rule says to at most `limit` rows, and leaves alone those it was done to before.
 * @returns how many rows; fewer than `limit` when it is done.
 */
export async function applyRule(
  scope: SystemScope,
  {
    table,
    rule,
    whose,
    pages,
    limit,
  }: { table: string; rule: Rule; whose: Whose; pages: Pages; limit: number },
): Promise<number> {
  const { db } = scope;
  const target = sqlName(table);
  const key = joined(
    keyOf(await columnsOf(scope, table)).map(({ name }) => sql`t.${sqlName(name)}`),
    ", ",
  );
  const where = sql`(${declaredSql(rule.where, valuesOf(whose))}) ${within(pages)}`;
  if (rule.then === "delete") {
    // Rows that others of the table refer to go after them.
    const leaves = (await selfReferences(scope, table)).map(
      ({ own, other }) =>
        sql`AND NOT EXISTS (SELECT FROM ${target} r WHERE r.${sqlName(own)} = t.${sqlName(other)})`,
    );
    return db.$executeRaw`
      DELETE FROM ${target} t WHERE (${key}) IN
        (SELECT ${key} FROM ${target} t WHERE ${where} ${leaves.length > 0 ? joined(leaves, " ") : noSql} LIMIT ${limit})`;
  }
  const sets = Object.entries(rule.then.set).map(([column, expression]) => ({
    column: sqlName(column),
    value: declaredSql(expression, valuesOf(whose)),
  }));
  const isUndone = joined(
    sets.map(({ column, value }) => sql`t.${column} IS DISTINCT FROM ${value}`),
    " OR ",
  );
  const changes = joined(
    sets.map(({ column, value }) => sql`${column} = ${value}`),
    ", ",
  );
  return db.$executeRaw`
    UPDATE ${target} t SET ${changes}
    WHERE (${key}) IN (SELECT ${key} FROM ${target} t WHERE ${where} AND (${isUndone}) LIMIT ${limit})`;
}

// ─── Exporting ───

export type ExportPage = {
  json: string[];
  cells: string[][];
  /** The key of the last row, where there may be more. */
  last: string[] | null;
};

/** A page of somebody's rows of a table in the order of its key: as JSON, or as cells, each as Postgres writes it. */
export async function exportPage(
  { db }: SystemScope,
  asked: {
    table: string;
    where: string;
    whose: Whose;
    /** Those that are exported. */
    columns: readonly Column[];
    key: readonly Column[];
    after: string[] | null;
    limit: number;
    as: "json" | "cells";
  },
): Promise<ExportPage> {
  const { table, where, whose, columns, key, after, limit, as } = asked;
  const each = (of: readonly Column[], write: (name: Sql) => Sql) =>
    joined(
      of.map(({ name }) => write(sql`t.${sqlName(name)}`)),
      ", ",
    );
  const keyNames = each(key, (name) => name);
  const later = after
    ? sql`AND (${keyNames}) > (${joined(
        key.map(({ type }, at) => sql`${after[at] ?? ""}::text::${declaredSql(type, {})}`),
        ", ",
      )})`
    : noSql;
  const row =
    as === "json"
      ? sql`(SELECT to_json(r)::text FROM (SELECT ${each(columns, (name) => name)}) r)`
      : sql`ARRAY[${each(columns, (name) => sql`coalesce(${name}::text, '')`)}]`;
  const rows = await db.$queryRaw<{ row: string | string[]; place: string[] }[]>`
    SELECT ${row} AS "row", ARRAY[${each(key, (name) => sql`${name}::text`)}] AS place FROM ${sqlName(table)} t
    WHERE (${declaredSql(where, valuesOf(whose))}) ${later} ORDER BY ${keyNames} LIMIT ${limit}`;
  return {
    json: rows.flatMap(({ row }) => (typeof row === "string" ? [row] : [])),
    cells: rows.flatMap(({ row }) => (typeof row === "string" ? [] : [row])),
    last: rows.length === limit ? rows.at(-1)!.place : null,
  };
}

/** Columns for an export: those that can be read and are no secret; and the table's key. */
export async function exportColumns(
  scope: SystemScope,
  table: string,
  secret: readonly string[],
): Promise<{ columns: Column[]; key: Column[] }> {
  const all = await columnsOf(scope, table);
  const columns = all.filter(({ name, isReadable }) => isReadable && !secret.includes(name));
  return { columns, key: keyOf(all) };
}

// ─── The search for what is left ───

const SEARCHED = /^(?:text|character varying|character|json|jsonb|uuid|inet|bytea|xml|.*\[\])/;
export const searchedColumns = (columns: readonly Column[]): Column[] =>
  columns.filter(({ type, isReadable }) => isReadable && SEARCHED.test(type));

const textOf = (column: Sql, type: string): Sql =>
  type === "bytea" ? sql`encode(${column}, 'escape')` : sql`${column}::text`;

const isUuid = (word: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(word);

export type Hit = { column: string; what: Finding["what"]; count: number };

/** Hits in a piece of a table, by column and by what was found. `except` is a row that must hold them until the end. */
export async function searchPages(
  { db }: SystemScope,
  asked: { table: string; columns: readonly Column[]; sought: Sought; pages: Pages; except: string[] | null },
): Promise<Hit[]> {
  const { table, columns, sought, pages, except } = asked;
  const low = (words: readonly string[]) => words.map((word) => literally(word.toLowerCase()));
  const names = namePattern(sought.names);
  const questions = columns.flatMap(({ name, type }) => {
    const column = sql`t.${sqlName(name)}`;
    const text = textOf(column, type);
    const isId =
      type === "uuid"
        ? sql`${column} = ANY (${sought.ids.filter(isUuid)}::uuid[])`
        : sql`lower(${text}) LIKE ANY (${low(sought.ids)}::text[])`;
    const ids = { column: name, what: "id" as const, is: isId };
    if (type === "uuid") return [ids];
    const isAddress = sql`lower(${text}) LIKE ANY (${low(sought.addresses)}::text[])`;
    return [
      ids,
      { column: name, what: "address" as const, is: isAddress },
      ...(names ? [{ column: name, what: "name" as const, is: sql`${text} ~* ${names}` }] : []),
    ];
  });
  if (questions.length === 0) return [];
  const counts = joined(
    questions.map(({ is }) => sql`count(*) FILTER (WHERE ${is})::int`),
    ", ",
  );
  const [row] = await db.$queryRaw<{ counts: number[] }[]>`
    SELECT ARRAY[${counts}] AS counts FROM ${sqlName(table)} t
    WHERE true ${within(pages)} ${except ? sql`AND NOT t.id = ANY (${except}::uuid[])` : noSql}`;
  return questions
    .map(({ column, what }, at) => ({ column, what, count: row?.counts[at] ?? 0 }))
    .filter(({ count }) => count > 0);
}

/** Whether somebody or some organization that is still here is called the same. */
export async function hasNamesake({ db }: SystemScope, names: readonly string[]): Promise<boolean> {
  const low = names.map((name) => name.toLowerCase());
  const [row] = await db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (SELECT FROM "user" u WHERE lower(u.name) = ANY (${low}::text[]))
      OR EXISTS (SELECT FROM organization o WHERE lower(o.name) = ANY (${low}::text[])) AS "is"`;
  return row?.is ?? false;
}

// ─── People and organizations ───

/** The organizations a person belongs to, and who else does. */
export const standingsOf = ({ db }: SystemScope, userId: string) =>
  db.$queryRaw<Standing[]>`
    SELECT o.id::text AS "orgId", o.slug, o.name, m.role = 'owner' AS "isOwner", o.status = 'suspended' AS "isSuspended",
      (SELECT count(*)::int FROM membership x WHERE x.org_id = o.id AND x.role = 'owner') AS owners,
      (SELECT count(*)::int FROM membership x WHERE x.org_id = o.id) AS members
    FROM membership m JOIN organization o ON o.id = m.org_id
    WHERE m.user_id = ${userId}::uuid ORDER BY o.name, o.id`;

/** Locks the person's organizations, so that nobody joins, leaves or changes roles meanwhile. */
export const lockOrganizationsOf = ({ db }: SystemScope, userId: string) =>
  db.$queryRaw`
    SELECT o.id::text FROM organization o
    WHERE o.id IN (SELECT m.org_id FROM membership m WHERE m.user_id = ${userId}::uuid) ORDER BY o.id FOR UPDATE`;

/** What leads to a person: ids, addresses, names. Null when there is no such account. */
export async function soughtOfPerson({ db }: SystemScope, userId: string): Promise<Sought | null> {
  const user = await db.user.findUnique({ where: { id: userId }, include: { accounts: true } });
  if (!user) return null;
  return {
    ids: [userId, ...user.accounts.map(({ providerAccountId }) => providerAccountId)],
    addresses: [user.email.toLowerCase()],
    names: [user.name ?? ""].filter(isTelling),
    mailTo: [user.email],
  };
}

/** What leads to an organization, and to those of its members whose account is gone. */
export async function soughtOfOrganization({ db }: SystemScope, orgId: string): Promise<Sought | null> {
  const org = await db.organization.findUnique({ where: { id: orgId } });
  if (!org) return null;
  const [members, slugs, customer] = await Promise.all([
    db.membership.findMany({ where: { orgId } }),
    db.organizationSlug.findMany({ where: { orgId } }),
    db.billingCustomer.findUnique({ where: { orgId } }),
  ]);
  const users = await db.user.findMany({
    where: { id: { in: members.map(({ userId }) => userId) } },
    select: { id: true },
  });
  const here = new Set(users.map(({ id }) => id));
  return {
    ids: [orgId, ...(customer?.stripeCustomerId ? [customer.stripeCustomerId] : [])],
    addresses: members
      .filter(({ userId }) => !here.has(userId))
      .map(({ userEmail }) => userEmail.toLowerCase()),
    names: [org.name, ...slugs.map(({ slug }) => slug)].filter(isTelling),
    mailTo: members.filter(({ role }) => role === "owner").map(({ userEmail }) => userEmail),
  };
}

export const personRow = ({ db }: SystemScope, id: string) => db.user.findUnique({ where: { id } });
export const organizationRow = ({ db }: SystemScope, id: string) =>
  db.organization.findUnique({ where: { id } });

/** Mail addresses of an organization's owners. */
export async function ownersOf({ db }: SystemScope, orgId: string): Promise<string[]> {
  const rows = await db.membership.findMany({ where: { orgId, role: "owner" }, select: { userEmail: true } });
  return rows.map(({ userEmail }) => userEmail);
}

export const memberCount = ({ db }: SystemScope, orgId: string) => db.membership.count({ where: { orgId } });

/** Organizations whose receipts go to this address, and an owner of each who is somebody else. */
export const payersLike = ({ db }: SystemScope, { userId, email }: { userId: string; email: string }) =>
  db.$queryRaw<{ orgId: string; heir: string | null }[]>`
    SELECT c.org_id::text AS "orgId", (SELECT m.user_email FROM membership m
      WHERE m.org_id = c.org_id AND m.role = 'owner' AND m.user_id <> ${userId}::uuid ORDER BY m.id LIMIT 1) AS heir
    FROM billing_customer c WHERE lower(c.email) = ${email.toLowerCase()} ORDER BY 1`;

// ─── Ending what works for somebody ───

/** Ends a person's living sessions. @returns how many. */
export const endSessionsOf = ({ db }: SystemScope, userId: string) =>
  db.$executeRaw`
    UPDATE session SET revoked_at = now(), revoked_reason = 'account_deleted'
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL`;

/** Ends the sessions of an organization's programs. @returns how many. */
export const endProgramSessionsOf = ({ db }: SystemScope, orgId: string) =>
  db.$executeRaw`
    UPDATE session SET revoked_at = now(), revoked_reason = 'key_ended'
    WHERE api_key_id IN (SELECT k.id FROM api_key k WHERE k.org_id = ${orgId}::uuid) AND revoked_at IS NULL`;

type WhoseWork = { orgId: string } | { userId: string };

export const revokeKeys = ({ db }: SystemScope, whose: WhoseWork) =>
  db.$executeRaw`
    UPDATE api_key SET revoked_at = now() WHERE revoked_at IS NULL
      AND ${"orgId" in whose ? sql`org_id = ${whose.orgId}::uuid` : sql`created_by_id = ${whose.userId}::uuid`}`;

/** Ends work that is not over: of an organization, or what a person asked for in any. A run under way finds its lease gone. */
export const cancelJobs = ({ db }: SystemScope, whose: WhoseWork) =>
  db.$executeRaw`
    UPDATE job SET status = 'CANCELLED', finished_at = now() WHERE status IN ('SCHEDULED', 'PENDING', 'RUNNING')
      AND ${"orgId" in whose ? sql`org_id = ${whose.orgId}::uuid` : sql`user_id = ${whose.userId}::uuid`}`;

export const disableWebhooks = ({ db }: SystemScope, orgId: string) =>
  db.$executeRaw`
    UPDATE webhook_endpoint SET status = 'disabled', disabled_reason = 'by_hand'
    WHERE org_id = ${orgId}::uuid AND status = 'active'`;

/** From here on nobody stands at the organization's door. */
export const endMemberships = async ({ db }: SystemScope, orgId: string): Promise<number> =>
  (await db.membership.deleteMany({ where: { orgId } })).count;

/** Ids of what else in the audit log is about a person: their invitations. */
export async function invitationIdsOf({ db }: SystemScope, email: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM invitation WHERE lower(email) = ${email.toLowerCase()}`;
  return rows.map(({ id }) => id);
}

// ─── What was kept, when its years are over ───

const keepingDue = ({ year, now }: { year: number; now: Date }) => ({
  AND: [
    { OR: [{ retentionYear: null }, { retentionYear: { lt: year } }] },
    { OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] },
  ],
});

/**
 * Erased organizations whose kept rows were not gone through in this year, and that no other run is at. `begun` is the
 * earlier year whose end was begun and is not done yet.
 */
export const keepingErasures = async (
  { db }: SystemScope,
  { year, now, most }: { year: number; now: Date; most: number },
): Promise<{ id: string; orgId: string; begun: number | null }[]> => {
  const rows = await db.erasure.findMany({
    where: { kind: "organization", state: "completed", ...keepingDue({ year, now }) },
    orderBy: [{ id: "asc" }],
    take: most,
    select: { id: true, subjectId: true, retentionYear: true, retentionBegun: true },
  });
  return rows.map(({ id, subjectId, retentionYear, retentionBegun }) => ({
    id,
    orgId: subjectId,
    begun: (retentionBegun ?? 0) > (retentionYear ?? 0) ? retentionBegun : null,
  }));
};

/** Claims the end of a year's keeping. @returns what this run is: none of ours, the one that begins it, or one that goes on. */
export async function claimKeeping(
  { db }: SystemScope,
  { id, year, now, until }: { id: string; year: number; now: Date; until: Date },
): Promise<"lost" | "begins" | "goes on"> {
  const { count: claimed } = await db.erasure.updateMany({
    where: { id, ...keepingDue({ year, now }) },
    data: { claimedUntil: until },
  });
  if (claimed === 0) return "lost";
  const { count: begun } = await db.erasure.updateMany({
    where: { id, OR: [{ retentionBegun: null }, { retentionBegun: { lt: year } }] },
    data: { retentionBegun: year },
  });
  return begun > 0 ? "begins" : "goes on";
}

/** How many rows a rule finds. */
export async function countRule(
  { db }: SystemScope,
  { table, rule, whose }: { table: string; rule: Rule; whose: Whose },
): Promise<number> {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM ${sqlName(table)} t WHERE (${declaredSql(rule.where, valuesOf(whose))})`;
  return row!.n;
}
