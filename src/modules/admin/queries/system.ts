/**
 * SQL over all organizations: pages by cursor, each by an index of its own, and what stands beside a row read for the rows
 * of that page alone.
 */
import type { Plan } from "~/kernel/plans";
import type { Role } from "~/kernel/roles";
import { noSql, sql, type Sql } from "~/server/db/sql";
import type { SystemScope } from "~/server/db/with-system";

type Db = Pick<SystemScope, "db">;

/** Where a page goes on: the instant and the id of the last row shown. */
export type After = { at: Date; id: string } | null;

const likeOf = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;

// ── Organizations ──

export type OrganizationRowRead = {
  id: string;
  slug: string;
  name: string;
  status: string;
  deletionRequestedAt: Date | null;
  plan: Plan;
  members: number;
  jobsUsed: bigint;
  jobsLimit: bigint | null;
  lastUsedAt: Date | null;
  createdAt: Date;
};
type OrgsWanted = {
  search?: string | undefined;
  plan?: Plan | undefined;
  state?: "active" | "suspended" | "deleting" | undefined;
  isOldestFirst: boolean;
  after: After;
  take: number;
};

const ofState = (state: OrgsWanted["state"]): Sql => {
  if (state === "deleting") return sql`AND o.deletion_requested_at IS NOT NULL`;
  if (state === "suspended") return sql`AND o.status = 'suspended' AND o.deletion_requested_at IS NULL`;
  if (state === "active") return sql`AND o.status <> 'suspended' AND o.deletion_requested_at IS NULL`;
  return noSql;
};

export function organizationRows({ db }: Db, wanted: OrgsWanted): Promise<OrganizationRowRead[]> {
  const { search, plan, state, isOldestFirst, after, take } = wanted;
  const beyond = !after
    ? noSql
    : isOldestFirst
      ? sql`AND (o.created_at, o.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql`AND (o.created_at, o.id) < (${after.at}::timestamptz, ${after.id}::uuid)`;
  const order = isOldestFirst ? sql`o.created_at, o.id` : sql`o.created_at DESC, o.id DESC`;
  return db.$queryRaw<OrganizationRowRead[]>`
    WITH page AS (
      SELECT o.id, o.slug, o.name, o.status, o.deletion_requested_at, o.created_at, p.plan
      FROM organization o JOIN organization_plan p ON p.org_id = o.id
      WHERE true ${search ? sql`AND lower(o.name || ' ' || o.slug) LIKE ${likeOf(search)}` : noSql}
        ${plan ? sql`AND p.plan = ${plan}` : noSql} ${ofState(state)} ${beyond}
      ORDER BY ${order} LIMIT ${take})
    SELECT o.id::text, o.slug, o.name, o.status, o.deletion_requested_at AS "deletionRequestedAt", o.plan,
      m.members, m.last_used_at AS "lastUsedAt", coalesce(u.used, 0) AS "jobsUsed", u.included AS "jobsLimit",
      o.created_at AS "createdAt"
    FROM page o
    CROSS JOIN LATERAL (SELECT count(*)::int AS members, max(last_used_at) AS last_used_at FROM membership WHERE org_id = o.id) m
    LEFT JOIN LATERAL (
      SELECT used, included FROM usage_counter
      WHERE org_id = o.id AND meter = 'jobs' AND period_start <= now() AND period_end > now()
      ORDER BY period_start DESC LIMIT 1) u ON true
    ORDER BY ${order}`;
}

export const organizationNames = (
  { db }: Db,
  { search, after, take }: { search?: string | undefined; after: After; take: number },
) =>
  db.$queryRaw<{ id: string; slug: string; name: string; createdAt: Date }[]>`
    SELECT o.id::text, o.slug, o.name, o.created_at AS "createdAt"
    FROM organization o JOIN organization_plan p ON p.org_id = o.id
    WHERE true ${search ? sql`AND lower(o.name || ' ' || o.slug) LIKE ${likeOf(search)}` : noSql}
      ${after ? sql`AND (o.created_at, o.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : noSql}
    ORDER BY o.created_at DESC, o.id DESC LIMIT ${take}`;

export const organizationById = ({ db }: Db, id: string) => db.organization.findUnique({ where: { id } });

/** Locks an organization for a change of staff's. */
export async function lockOrganization(
  { db }: Db,
  id: string,
): Promise<{ status: string; slug: string; name: string } | null> {
  const rows = await db.$queryRaw<{ status: string; slug: string; name: string }[]>`
    SELECT status, slug, name FROM organization WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}
export const setStatus = ({ db }: Db, id: string, status: "active" | "suspended") =>
  db.organization.updateMany({ where: { id }, data: { status } });

export const membersOf = ({ db }: Db, orgId: string) =>
  db.$queryRaw<
    {
      id: string;
      name: string | null;
      email: string;
      role: Role;
      isStaff: boolean;
      lastUsedAt: Date | null;
    }[]
  >`
    SELECT m.user_id::text AS id, m.user_name AS name, m.user_email AS email, m.role,
      coalesce(u.platform_role = 'admin', false) AS "isStaff", m.last_used_at AS "lastUsedAt"
    FROM membership m LEFT JOIN "user" u ON u.id = m.user_id
    WHERE m.org_id = ${orgId}::uuid
    ORDER BY array_position(ARRAY['owner', 'admin', 'member', 'readonly'], m.role), m.user_email LIMIT 100`;

/** A member whom staff may want to open the organization as; null for who is none. */
export async function memberToOpen(
  { db }: Db,
  orgId: string,
  userId: string,
): Promise<{ slug: string; isStaff: boolean } | null> {
  const rows = await db.$queryRaw<{ slug: string; isStaff: boolean }[]>`
    SELECT o.slug, coalesce(u.platform_role = 'admin', false) AS "isStaff"
    FROM membership m JOIN organization o ON o.id = m.org_id JOIN "user" u ON u.id = m.user_id
    WHERE m.org_id = ${orgId}::uuid AND m.user_id = ${userId}::uuid`;
  return rows[0] ?? null;
}

export async function membershipCounts({ db }: Db, orgId: string) {
  const [row] = await db.$queryRaw<{ members: number; invitations: number }[]>`
    SELECT (SELECT count(*)::int FROM membership WHERE org_id = ${orgId}::uuid) AS members,
      (SELECT count(*)::int FROM invitation WHERE org_id = ${orgId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL
        AND expires_at > now()) AS invitations`;
  return row!;
}

export const overridesOf = ({ db }: Db, orgId: string) =>
  db.entitlementOverride.findMany({ where: { orgId }, orderBy: [{ createdAt: "desc" }], take: 50 });

export const jobCountsOf = ({ db }: Db, orgId: string) =>
  db.job.groupBy({ by: ["status"], where: { orgId }, _count: { _all: true } });
export const lastJobsOf = ({ db }: Db, orgId: string) =>
  db.job.findMany({ where: { orgId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 8 });

export const webhooksOf = ({ db }: Db, orgId: string) =>
  db.$queryRaw<
    { id: string; url: string; status: string; failingSince: Date | null; pending: number; failed: number }[]
  >`
    SELECT e.id::text, e.url, e.status, e.failing_since AS "failingSince", d.pending, d.failed
    FROM webhook_endpoint e
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending, count(*) FILTER (WHERE status = 'failed')::int AS failed
      FROM (SELECT status FROM webhook_delivery WHERE org_id = e.org_id AND endpoint_id = e.id ORDER BY id DESC LIMIT 500) newest) d
    WHERE e.org_id = ${orgId}::uuid ORDER BY e.created_at LIMIT 50`;

export async function billingOf({ db }: Db, orgId: string) {
  const [customer, subscription, invoices] = await Promise.all([
    db.billingCustomer.findUnique({ where: { orgId }, select: { stripeCustomerId: true } }),
    db.subscription.findFirst({ where: { orgId }, orderBy: { startedAt: "desc" } }),
    db.invoice.findMany({ where: { orgId }, orderBy: { issuedAt: "desc" }, take: 5 }),
  ]);
  return { customer, subscription, invoices };
}

/** Names of people by their ids; who is gone has none. */
export async function namesOf({ db }: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db.user.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true, email: true },
  });
  return new Map(rows.map(({ id, name, email }) => [id, name || email]));
}

// ── People ──

type PersonRead = {
  id: string;
  name: string | null;
  email: string;
  isStaff: boolean;
  isVerified: boolean;
  organizations: number;
  sessions: number;
  lastSeenAt: Date | null;
  createdAt: Date;
};
type PeopleWanted = {
  search?: string | undefined;
  kind?: "staff" | "unverified" | undefined;
  id?: string;
  after: After;
  take: number;
};
export const peopleRows = ({ db }: Db, { search, kind, id, after, take }: PeopleWanted) =>
  db.$queryRaw<PersonRead[]>`
    WITH page AS (
      SELECT u.* FROM "user" u
      WHERE true ${search ? sql`AND lower(coalesce(u.name, '') || ' ' || u.email) LIKE ${likeOf(search)}` : noSql}
        ${kind === "staff" ? sql`AND u.platform_role = 'admin'` : kind === "unverified" ? sql`AND u.email_verified_at IS NULL` : noSql}
        ${id ? sql`AND u.id = ${id}::uuid` : noSql}
        ${after ? sql`AND (u.created_at, u.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : noSql}
      ORDER BY u.created_at DESC, u.id DESC LIMIT ${take})
    SELECT u.id::text, u.name, u.email, coalesce(u.platform_role = 'admin', false) AS "isStaff",
      u.email_verified_at IS NOT NULL AS "isVerified", m.organizations, s.sessions, s.last_seen_at AS "lastSeenAt",
      u.created_at AS "createdAt"
    FROM page u
    CROSS JOIN LATERAL (SELECT count(*)::int AS organizations FROM membership WHERE user_id = u.id) m
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE revoked_at IS NULL AND expires_at > now())::int AS sessions, max(last_seen_at) AS last_seen_at
      FROM session WHERE user_id = u.id) s
    ORDER BY u.created_at DESC, u.id DESC`;

export async function personBeside({ db }: Db, id: string) {
  const [memberships, living, passkeys] = await Promise.all([
    db.$queryRaw<{ id: string; slug: string; name: string; role: Role }[]>`
      SELECT o.id::text, o.slug, o.name, m.role FROM membership m JOIN organization o ON o.id = m.org_id
      WHERE m.user_id = ${id}::uuid ORDER BY o.name LIMIT 100`,
    db.session.findMany({
      where: { userId: id, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { lastSeenAt: "desc" },
      take: 50,
    }),
    db.passkey.count({ where: { userId: id } }),
  ]);
  return { memberships, living, passkeys };
}

// ── Jobs ──

type JobRead = {
  id: string;
  orgId: string;
  orgSlug: string;
  orgName: string;
  taskType: string;
  namespace: string;
  status: string;
  attempts: number;
  error: string | null;
  by: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};
type JobsWanted = {
  status?: string | undefined;
  namespace?: string | undefined;
  org?: string | undefined;
  after: After;
  take: number;
};
export const jobRows = ({ db }: Db, { status, namespace, org, after, take }: JobsWanted) =>
  db.$queryRaw<JobRead[]>`
    WITH page AS (
      SELECT j.id, j.org_id, j.user_id, j.task_type, j.namespace, j.status, j.attempts, j.error_code, j.error_message,
        j.created_at, j.started_at, j.finished_at
      FROM job j
      WHERE true ${status ? sql`AND j.status = ${status}` : noSql} ${namespace ? sql`AND j.namespace = ${namespace}` : noSql}
        ${org ? sql`AND j.org_id = ${org}::uuid` : noSql}
        ${after ? sql`AND (j.created_at, j.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : noSql}
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${take})
    SELECT j.id::text, j.org_id::text AS "orgId", o.slug AS "orgSlug", o.name AS "orgName", j.task_type AS "taskType", j.namespace,
      j.status, j.attempts, coalesce(j.error_message, j.error_code) AS error, coalesce(u.name, u.email) AS by,
      j.created_at AS "createdAt", j.started_at AS "startedAt", j.finished_at AS "finishedAt"
    FROM page j JOIN organization o ON o.id = j.org_id LEFT JOIN "user" u ON u.id = j.user_id
    ORDER BY j.created_at DESC, j.id DESC`;

export const jobById = ({ db }: Db, id: string) =>
  db.job.findUnique({ where: { id }, select: { id: true, orgId: true, userId: true, taskType: true } });

// ── Audit ──

export type AuditRead = {
  id: string;
  at: Date;
  actorId: string | null;
  actorName: string | null;
  via: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  targetName: string | null;
  detail: {
    address?: string | null;
    before?: Record<string, unknown>;
    after?: Record<string, unknown>;
  } | null;
  seq: bigint | null;
};
/** What a word of a search names: people by name or mail, those of the organization first, and organizations. */
export async function namedBy(
  { db }: Db,
  { org, text }: { org: string | null; text: string },
): Promise<{ people: string[]; organizations: string[] }> {
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const [members, people, organizations] = await Promise.all([
    org
      ? db.$queryRaw<{ id: string }[]>`
          SELECT user_id::text AS id FROM membership
          WHERE org_id = ${org}::uuid AND lower(coalesce(user_name, '') || ' ' || user_email) LIKE ${likeOf(text)} LIMIT ${MOST_NAMED}`
      : [],
    db.$queryRaw<{ id: string }[]>`
      SELECT u.id::text FROM "user" u WHERE lower(coalesce(u.name, '') || ' ' || u.email) LIKE ${likeOf(text)} LIMIT ${MOST_NAMED}`,
    db.$queryRaw<{ id: string }[]>`
      SELECT o.id::text FROM organization o WHERE lower(o.name || ' ' || o.slug) LIKE ${likeOf(text)} LIMIT ${MOST_NAMED}`,
  ]);
  return {
    people: [...new Set([...idsOf(members), ...idsOf(people)])],
    organizations: idsOf(organizations),
  };
}
const MOST_NAMED = 200;

type AuditWanted = {
  /** Null: the platform's own chain. */
  org: string | null;
  /** These alone, as a search has found them. */
  ids?: readonly string[] | undefined;
  person?: string | undefined;
  action?: string | undefined;
  isStaffOnly?: boolean;
  before: string | null;
  take: number;
};
export function auditRows({ db }: Db, { org, ids, person, action, isStaffOnly, before, take }: AuditWanted) {
  const isOf = org ? sql`e.org_id = ${org}::uuid` : sql`e.org_id IS NULL`;
  const ofAction = !action
    ? noSql
    : action.includes(".")
      ? sql`AND e.action = ${action}`
      : sql`AND e.action >= ${`${action}.`} AND e.action < ${`${action}/`}`;
  return db.$queryRaw<AuditRead[]>`
    WITH page AS (
      SELECT e.* FROM audit_entry e
      WHERE ${isOf} ${ids ? sql`AND e.id = ANY (${[...ids]}::uuid[])` : noSql} ${person ? sql`AND e.actor_id = ${person}::uuid` : noSql} ${ofAction}
        ${isStaffOnly ? sql`AND e.via LIKE 'staff:%'` : noSql} ${before ? sql`AND e.id < ${before}::uuid` : noSql}
      ORDER BY e.id DESC LIMIT ${take})
    SELECT e.id::text, e.created_at AS at, e.actor_id::text AS "actorId", coalesce(u.name, u.email) AS "actorName", e.via, e.action,
      e.target_type AS "targetType", e.target_id AS "targetId",
      CASE e.target_type WHEN 'organization' THEN o.name WHEN 'user' THEN coalesce(t.name, t.email) END AS "targetName",
      d.detail, s.seq
    FROM page e
    LEFT JOIN "user" u ON u.id = e.actor_id
    LEFT JOIN audit_detail d ON d.entry_id = e.id
    LEFT JOIN audit_seal s ON s.entry_id = e.id
    LEFT JOIN organization o ON e.target_type = 'organization' AND o.id::text = e.target_id
    LEFT JOIN "user" t ON e.target_type = 'user' AND t.id::text = e.target_id
    ORDER BY e.id DESC`;
}

// ── Overview and health ──

export async function figures({ db }: Db) {
  const [row] = await db.$queryRaw<
    {
      organizations: number;
      suspended: number;
      deleting: number;
      fresh: number;
      people: number;
      active: number;
      waiting: number;
      running: number;
      completed: number;
      failed: number;
    }[]
  >`
    SELECT o.*, j.*, (SELECT count(*)::int FROM "user") AS people,
      (SELECT count(DISTINCT user_id)::int FROM session WHERE last_seen_at > now() - interval '24 hours') AS active
    FROM (SELECT count(*)::int AS organizations, count(*) FILTER (WHERE status = 'suspended')::int AS suspended,
        count(*) FILTER (WHERE deletion_requested_at IS NOT NULL)::int AS deleting,
        count(*) FILTER (WHERE created_at > now() - interval '30 days')::int AS fresh FROM organization) o,
      (SELECT (SELECT count(*)::int FROM job WHERE status = 'PENDING') AS waiting,
        (SELECT count(*)::int FROM job WHERE status = 'RUNNING') AS running,
        (SELECT count(*)::int FROM job WHERE status = 'COMPLETED' AND created_at > now() - interval '24 hours') AS completed,
        (SELECT count(*)::int FROM job WHERE status = 'FAILED' AND created_at > now() - interval '24 hours') AS failed) j`;
  return row!;
}

export const organizationsByPlan = ({ db }: Db) =>
  db.$queryRaw<{ plan: Plan; organizations: number }[]>`
    SELECT plan, count(*)::int AS organizations FROM organization_plan GROUP BY plan`;

/** Seconds that the oldest of each has waited; 0 where nothing does. */
export async function lags({ db }: Db) {
  const [row] = await db.$queryRaw<
    {
      outbox: number;
      webhooks: number;
      audit: number;
      usage: number;
      scheduled: number;
      job: number;
      stripe: number;
    }[]
  >`
    SELECT
      coalesce((SELECT extract(epoch FROM now() - min(created_at)) FROM outbox_event WHERE sent_at IS NULL), 0)::float8 AS outbox,
      coalesce((SELECT extract(epoch FROM now() - min(next_attempt_at)) FROM webhook_delivery
        WHERE status = 'pending' AND next_attempt_at < now()), 0)::float8 AS webhooks,
      coalesce((SELECT extract(epoch FROM now() - min(e.created_at)) FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entry_id), 0)::float8 AS audit,
      coalesce((SELECT extract(epoch FROM now() - min(l.created_at)) FROM usage_unsealed u JOIN usage_ledger l ON l.id = u.entry_id), 0)::float8 AS usage,
      coalesce((SELECT extract(epoch FROM now() - min(created_at)) FROM job WHERE status = 'PENDING'), 0)::float8 AS job,
      coalesce((SELECT extract(epoch FROM now() - min(created_at)) FROM job
        WHERE status = 'SCHEDULED' AND scheduled_for < now()), 0)::float8 AS scheduled,
      coalesce((SELECT extract(epoch FROM now() - min(received_at)) FROM stripe_event WHERE state IN ('received', 'failed')), 0)::float8 AS stripe`;
  return row!;
}

export const queueDepths = ({ db }: Db) =>
  db.$queryRaw<{ queue: string; waiting: number; running: number; oldestWaitSeconds: number }[]>`
    SELECT 'jobs:' || namespace || ':' || queue AS queue, count(*) FILTER (WHERE status = 'PENDING')::int AS waiting,
      count(*) FILTER (WHERE status = 'RUNNING')::int AS running,
      coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'PENDING')), 0)::float8 AS "oldestWaitSeconds"
    FROM job WHERE status IN ('PENDING', 'RUNNING') GROUP BY namespace, queue ORDER BY 2 DESC, 1`;

export async function connectionsNow({ db }: Db) {
  const [byRole, [most]] = await Promise.all([
    db.$queryRaw<{ role: string; count: number }[]>`
      SELECT coalesce(usename::text, 'background') AS role, count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() GROUP BY 1 ORDER BY 2 DESC`,
    db.$queryRaw<{ most: number }[]>`SELECT current_setting('max_connections')::int AS most`,
  ]);
  return { byRole, most: most!.most };
}

export const migrationsApplied = ({ db }: Db) =>
  db.$queryRaw<{ name: string; appliedAt: Date }[]>`
    SELECT name, applied_at AS "appliedAt" FROM app.migrations_applied() ORDER BY name`;

/** The statements that took longest in all, or null where the extension is not there. */
export async function slowStatements({ db }: Db) {
  const [found] = await db.$queryRaw<{ schema: string | null }[]>`
    SELECT (SELECT n.nspname::text FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
      WHERE x.extname = 'pg_stat_statements') AS schema`;
  if (!found?.schema) return null;
  // Made known by the extension alone: where the server does not preload it, asking it fails.
  return db.$queryRaw<
    { id: string; query: string; calls: number; meanMs: number; totalMs: number; rows: number }[]
  >`
    SELECT queryid::text AS id, left(regexp_replace(query, '[[:space:]]+', ' ', 'g'), 400) AS query, calls::int, mean_exec_time::float8 AS "meanMs",
      total_exec_time::float8 AS "totalMs", rows::int
    FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND query <> '<insufficient privilege>' AND calls > 4
    ORDER BY mean_exec_time DESC LIMIT 15`.catch(() => null);
}
