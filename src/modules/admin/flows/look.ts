/** What staff see over all organizations. Every look is a system scope with its reason in the log. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { OrgActor, UserActor } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import { FEATURE_NAMES } from "~/kernel/features";
import { cutPage } from "~/kernel/paging";
import { PLANS } from "~/kernel/plans";
import { deedOf, searchChain } from "~/modules/audit";
import { paymentsState, recurringRevenue } from "~/modules/billing";
import { termsOfAll, viewTerms } from "~/modules/entitlements";
import { isKilled, statesOfAll } from "~/modules/features";
import { countWaiting, erasureSeen, erasuresSeen } from "~/modules/gdpr";
import { usageSummary } from "~/modules/metering";
import { readSystem, type SystemScope } from "~/server/db/with-system";
import { readTenant } from "~/server/db/with-tenant";
import { readiness } from "~/server/observability/readiness";
import {
  auditRows,
  billingOf,
  connectionsNow,
  figures,
  jobCountsOf,
  jobRows,
  lags,
  lastJobsOf,
  membershipCounts,
  membersOf,
  migrationsApplied,
  namedBy,
  namesOf,
  organizationById,
  organizationNames,
  organizationRows,
  organizationsByPlan,
  overridesOf,
  peopleRows,
  personBeside,
  queueDepths,
  slowStatements,
  webhooksOf,
  type After,
  type AuditRead,
} from "../queries/system";
import { erasuresLine, stateOf, waitingLine } from "../rules";
import type {
  AuditInput,
  AuditRow,
  ErasuresInput,
  ErasureView,
  FeaturesInput,
  Health,
  HealthLine,
  JobRow,
  JobsInput,
  OrganizationsInput,
  OrganizationView,
  Overview,
  PeopleInput,
  PersonView,
} from "../schema";

const looking = <T>({ userId, trace }: UserActor, what: string, read: (scope: SystemScope) => Promise<T>) =>
  readSystem({ reason: `staff look at ${what}`, trace, actorId: userId }, read);

const cursorOf = (row: { createdAt: Date; id: string }) => `${row.createdAt.toISOString()}_${row.id}`;
/** @throws kernel.not_found for a cursor that no page of ours has given. */
function afterOf(cursor: string | null | undefined): After {
  if (!cursor) return null;
  const [, at, id] = /^([\dT:.Z-]{20,30})_([\da-f-]{36})$/.exec(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) throw notFound("page");
  return { at: new Date(at), id };
}

export const overview = (staff: UserActor): Promise<Overview> =>
  looking(staff, "the overview", async (scope) => {
    const [revenue, counts, now, health] = await Promise.all([
      recurringRevenue(scope),
      organizationsByPlan(scope),
      figures(scope),
      healthLines(scope),
    ]);
    return {
      mrr: revenue.mrr,
      plans: PLANS.map((plan) => {
        const paid = revenue.plans.find((row) => row.plan === plan);
        return {
          plan,
          organizations: counts.find((row) => row.plan === plan)?.organizations ?? 0,
          paying: paid?.organizations ?? 0,
          amount: paid?.amount ?? "0",
        };
      }),
      organizations: {
        total: now.organizations,
        suspended: now.suspended,
        deleting: now.deleting,
        newIn30Days: now.fresh,
      },
      people: { total: now.people, activeIn24Hours: now.active },
      jobs: {
        waiting: now.waiting,
        running: now.running,
        completedIn24Hours: now.completed,
        failedIn24Hours: now.failed,
      },
      health,
    };
  });

export const organizations = (staff: UserActor, input: OrganizationsInput) =>
  looking(staff, "organizations", async (scope) => {
    const { search, plan, state, sort, cursor, limit } = input;
    const rows = await organizationRows(scope, {
      ...{ search, plan, state },
      isOldestFirst: sort === "created",
      after: afterOf(cursor),
      take: limit + 1,
    });
    const page = cutPage(rows, limit, cursorOf);
    const terms = await termsOfAll(
      scope.db,
      page.items.map(({ id }) => id),
    );
    return {
      ...page,
      items: page.items.map(({ status, deletionRequestedAt, jobsUsed, jobsLimit, ...row }) => ({
        ...row,
        isOnTrial: (terms.get(row.id)?.trialEndsAt ?? null) !== null,
        state: stateOf({ status, deletionRequestedAt }),
        jobs: { used: Number(jobsUsed), limit: jobsLimit === null ? null : Number(jobsLimit) },
      })),
    };
  });

/** The organization as its own pages read it: as nobody in it, and read-only. */
const within = ({ userId, trace }: UserActor, orgId: string): OrgActor => ({
  kind: "org",
  orgId,
  userId: null,
  role: "readonly",
  staff: { userId, isReadOnly: true },
  trace,
});

const STAFF_ACTS = 20;

/** Everything about one organization. @throws kernel.not_found */
export const organization = (staff: UserActor, id: string): Promise<OrganizationView> =>
  looking(staff, "an organization", async (scope) => {
    const org = await organizationById(scope, id);
    if (!org) throw notFound("organization");
    const { db } = scope;
    const [terms, given, usage, members, counts, jobCounts, jobs, webhooks, billing, acts] =
      await Promise.all([
        viewTerms({ db, orgId: id }),
        overridesOf(scope, id),
        readTenant(within(staff, id), usageSummary),
        membersOf(scope, id),
        membershipCounts(scope, id),
        jobCountsOf(scope, id),
        lastJobsOf(scope, id),
        webhooksOf(scope, id),
        billingOf(scope, id),
        auditRows(scope, { org: id, isStaffOnly: true, before: null, take: STAFF_ACTS }),
      ]);
    const names = await namesOf(scope, [
      ...given.map(({ createdById }) => createdById),
      org.deletionRequestedBy,
      ...acts.map(staffBehind),
    ]);
    const nameOf = (who: string | null) => (who === null ? null : (names.get(who) ?? null));
    const { plan, basePlan, source, trialEndsAt, period } = terms;
    const { subscription } = billing;
    return {
      id,
      slug: org.slug,
      name: org.name,
      state: stateOf(org),
      timeZone: org.timeZone,
      defaultCurrency: org.defaultCurrency,
      createdAt: org.createdAt,
      deletion: org.deletionRequestedAt && {
        requestedAt: org.deletionRequestedAt,
        by: nameOf(org.deletionRequestedBy),
      },
      terms: { plan, basePlan, source, trialEndsAt, period },
      overrides: given.map(({ feature, limit, reason, createdById, createdAt, expiresAt, endedAt }) => ({
        entitlement: feature,
        limit: Number(limit),
        by: nameOf(createdById),
        ...{ reason, createdAt, expiresAt, endedAt },
      })),
      usage: usage.meters.map(({ meter, used, limit }) => ({ meter, used, limit })),
      members,
      memberCount: counts.members,
      openInvitations: counts.invitations,
      jobs: {
        counts: Object.fromEntries(jobCounts.map(({ status, _count }) => [status, _count._all])),
        last: jobs.map(({ id, taskType, status, errorMessage, errorCode, createdAt }) => ({
          ...{ id, taskType, createdAt },
          status: status as JobRow["status"],
          error: errorMessage ?? errorCode,
        })),
      },
      webhooks,
      billing: {
        customerId: billing.customer?.stripeCustomerId ?? null,
        subscription: subscription && {
          status: subscription.status,
          plan: subscription.plan as OrganizationView["terms"]["plan"],
          amount: subscription.netAmount.toFixed(3),
          currency: subscription.currency,
          periodEnd: subscription.periodEnd,
          cancelAt: subscription.cancelAt,
          pastDueSince: subscription.pastDueSince,
        },
        invoices: billing.invoices.map(({ id, number, status, total, currency, issuedAt }) => ({
          ...{ id, number, status, currency, issuedAt },
          total: total.toFixed(3),
        })),
      },
      staffActs: acts.map((act) => ({
        id: act.id,
        at: act.at,
        by: nameOf(staffBehind(act)),
        deed: deedIn(act),
      })),
    };
  });

/** The person of the platform by whom it was done; the actor may be the member they acted as. */
const staffBehind = ({ via, actorId }: Pick<AuditRead, "via" | "actorId">) =>
  via?.startsWith("staff:") ? via.slice("staff:".length) : actorId;

const deedIn = ({ action, targetType, targetName, detail }: AuditRead): string =>
  deedOf({
    action,
    target: targetType === null ? null : { type: targetType, label: targetName },
    before: detail?.before ?? null,
    after: detail?.after ?? null,
  });

export const people = (staff: UserActor, { search, kind, cursor, limit }: PeopleInput) =>
  looking(staff, "people", async (scope) =>
    cutPage(
      await peopleRows(scope, { search, kind, after: afterOf(cursor), take: limit + 1 }),
      limit,
      cursorOf,
    ),
  );

/** @throws kernel.not_found */
export const person = (staff: UserActor, id: string): Promise<PersonView> =>
  looking(staff, "a person", async (scope) => {
    const [[row], beside] = await Promise.all([
      peopleRows(scope, { id, after: null, take: 1 }),
      personBeside(scope, id),
    ]);
    if (!row) throw notFound("person");
    return {
      ...row,
      passkeys: beside.passkeys,
      memberships: beside.memberships,
      living: beside.living.map((session) => ({
        id: session.id,
        method: session.method,
        client: session.clientName,
        userAgent: session.userAgent,
        address: session.address,
        createdAt: session.createdAt,
        lastSeenAt: session.lastSeenAt,
      })),
    };
  });

export const jobs = (staff: UserActor, { cursor, limit, ...wanted }: JobsInput) =>
  looking(staff, "jobs", async (scope) => {
    const rows = await jobRows(scope, { ...wanted, after: afterOf(cursor), take: limit + 1 });
    const page = cutPage(rows, limit, cursorOf);
    return {
      ...page,
      items: page.items.map(({ orgId, orgSlug, orgName, status, ...row }): JobRow => ({
        ...row,
        org: { id: orgId, slug: orgSlug, name: orgName },
        status: status as JobRow["status"],
      })),
    };
  });

/** Organizations × features: two questions for the whole page. */
export const featureMatrix = (staff: UserActor, { search, cursor, limit }: FeaturesInput) =>
  looking(staff, "features", async (scope) => {
    const rows = await organizationNames(scope, { search, after: afterOf(cursor), take: limit + 1 });
    const page = cutPage(rows, limit, cursorOf);
    const states = await statesOfAll(
      scope.db,
      page.items.map(({ id }) => id),
    );
    return {
      nextCursor: page.nextCursor,
      items: page.items.flatMap(({ id, slug, name }) => {
        const its = states.get(id);
        if (!its) return [];
        const { plan, isOnTrial } = its;
        const cells = its.states.map(({ feature, isOn, by }) => ({ feature, isOn, by }));
        return [{ id, slug, name, plan, isOnTrial, cells }];
      }),
      killed: FEATURE_NAMES.filter(isKilled),
    };
  });

export const auditLog = (staff: UserActor, { cursor, limit, ...asked }: AuditInput) =>
  looking(staff, "an audit log", async (scope) => {
    const rows = await foundInLog(scope, { ...asked, before: uuidOrNull(cursor), take: limit + 1 });
    const page = cutPage(rows, limit, ({ id }) => id);
    return { ...page, items: page.items.map(auditRowOf) };
  });

type AskedOfLog = Pick<AuditInput, "search" | "org" | "person" | "action"> & {
  before: string | null;
  take: number;
};

/** Entries of a chain, newest first: all, or what a search finds among them. */
export async function foundInLog(
  scope: SystemScope,
  { search, org, person, action, before, take }: AskedOfLog,
): Promise<AuditRead[]> {
  const chain = org ?? null;
  if (!search) return auditRows(scope, { org: chain, person, action, before, take });
  const { people, organizations } = await namedBy(scope, { org: chain, text: search });
  const named = { people, targets: [...people, ...organizations] };
  const asked = { text: search, named, person, action, before, most: take };
  const ids = await searchChain({ db: scope.db, orgId: chain }, asked);
  return ids.length === 0 ? [] : auditRows(scope, { org: chain, ids, before: null, take });
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
function uuidOrNull(cursor: string | null | undefined): string | null {
  if (!cursor) return null;
  if (!UUID.test(cursor)) throw notFound("page");
  return cursor;
}

export const auditRowOf = (row: AuditRead): AuditRow => ({
  id: row.id,
  at: row.at,
  actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
  via: row.via,
  action: row.action,
  deed: deedIn(row),
  address: row.detail?.address ?? null,
  seq: row.seq === null ? null : Number(row.seq),
});

// ── Deletions ──

const WAITING = ["residue", "blocked"] as const;

export const erasures = (staff: UserActor, { state, cursor, limit }: ErasuresInput) =>
  looking(staff, "deletions", async (scope) => {
    const wanted = { states: state ? [state] : WAITING, after: afterOf(cursor), take: limit + 1 };
    return cutPage(await erasuresSeen(scope, wanted), limit, ({ id, dueAt }) =>
      cursorOf({ id, createdAt: dueAt }),
    );
  });

/** @throws kernel.not_found */
export const erasure = (staff: UserActor, id: string): Promise<ErasureView> =>
  looking(staff, "a deletion", (scope) => erasureSeen(scope, id));

const MOST_FOUND = 12;

/** For a filter by organization. */
export const findOrganizations = (staff: UserActor, search: string | undefined) =>
  looking(staff, "organizations", async (scope) =>
    (await organizationNames(scope, { search, after: null, take: MOST_FOUND })).map(({ id, slug, name }) => ({
      ...{ id, slug, name },
    })),
  );

// ── Health ──

const MINUTE = 60;

async function healthLines(scope: SystemScope): Promise<HealthLine[]> {
  const [waits, ready, waiting] = await Promise.all([lags(scope), readiness(), countWaiting(scope)]);
  const stripe = paymentsState();
  return [
    ...Object.entries(ready.dependencies).map(([key, state]): HealthLine => ({
      key,
      label: DEPENDENCY_LABELS[key] ?? key,
      state: state === "ok" ? "ok" : state === "down" ? "bad" : "unknown",
      says: state === "ok" ? "Answers." : state === "down" ? "Does not answer." : "Is not set up.",
    })),
    {
      key: "stripe",
      label: "Stripe",
      state: stripe === "ready" ? "ok" : stripe === "delayed" ? "bad" : "unknown",
      says:
        stripe === "ready"
          ? "Answers."
          : stripe === "delayed"
            ? "Does not answer: it is asked once in a while, and nothing is sent until it does."
            : "Is not set up.",
    },
    waitingLine({
      key: "jobs_wait",
      label: "Jobs",
      seconds: waits.job,
      what: "job",
      watchAfter: 2 * MINUTE,
      badAfter: 15 * MINUTE,
    }),
    waitingLine({
      key: "scheduled",
      label: "Due jobs",
      seconds: waits.scheduled,
      what: "due job",
      watchAfter: 2 * MINUTE,
      badAfter: 10 * MINUTE,
    }),
    waitingLine({
      key: "outbox",
      label: "Events to send",
      seconds: waits.outbox,
      what: "event",
      watchAfter: 30,
      badAfter: 5 * MINUTE,
    }),
    waitingLine({
      key: "webhooks",
      label: "Webhooks",
      seconds: waits.webhooks,
      what: "delivery",
      watchAfter: MINUTE,
      badAfter: 10 * MINUTE,
    }),
    waitingLine({
      key: "stripe_events",
      label: "Events of Stripe",
      seconds: waits.stripe,
      what: "event",
      watchAfter: 5 * MINUTE,
      badAfter: 60 * MINUTE,
    }),
    // Verifying fails on an entry that is unsealed for a minute (design decision 29).
    waitingLine({
      key: "audit_seal",
      label: "Audit seals",
      seconds: waits.audit,
      what: "entry",
      watchAfter: 10,
      badAfter: MINUTE,
    }),
    waitingLine({
      key: "usage_seal",
      label: "Usage seals",
      seconds: waits.usage,
      what: "entry",
      watchAfter: 10,
      badAfter: MINUTE,
    }),
    erasuresLine(waiting),
  ];
}

const DEPENDENCY_LABELS: Record<string, string> = {
  database: "Database",
  database_system: "Database, system role",
  database_listener: "Database, notifications",
  inngest: "Inngest",
  mail: "Mail server",
  files: "Object store",
};

/** Names of the migrations that this build knows, where it brought their folder along. */
function knownMigrations(): string[] | null {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");
  if (!existsSync(folder)) return null;
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export const health = (staff: UserActor): Promise<Health> =>
  looking(staff, "the system's health", async (scope) => {
    const [lines, queues, connections, applied, slow] = await Promise.all([
      healthLines(scope),
      queueDepths(scope),
      connectionsNow(scope),
      migrationsApplied(scope),
      slowStatements(scope),
    ]);
    const known = knownMigrations();
    const last = applied.at(-1);
    return {
      lines,
      queues,
      connections,
      migrations: {
        applied: applied.length,
        last: last?.name ?? null,
        lastAt: last?.appliedAt ?? null,
        pending: known && known.filter((name) => !applied.some((one) => one.name === name)),
      },
      slow,
    };
  });
