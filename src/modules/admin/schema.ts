/** The console's contracts: what may cross its doors. Pure; safe in the browser. */
import { z } from "zod";
import { METER_NAMES } from "~/kernel/meter-table";
import { FEATURE_NAMES } from "~/kernel/features";
import { PageInput, pageOf } from "~/kernel/paging";
import { ENTITLEMENTS, Plan, type Entitlement } from "~/kernel/plans";
import { Role } from "~/kernel/role-schema";
import { line } from "~/kernel/text";
import { ErasureSeen, ErasureSeenWhole, ErasureState } from "~/modules/gdpr/schema";

/** Why somebody does what cannot be taken lightly; kept in the platform's audit chain and the organization's. */
export const Reason = line(500);
export const EntitlementName = z.enum(ENTITLEMENTS as [Entitlement, ...Entitlement[]]);
export const FeatureName = z.enum(FEATURE_NAMES);

const Search = z.string().trim().max(200).optional().catch(undefined);
const ListInput = PageInput.extend({ search: Search });
const Id = z.object({ id: z.uuid() });
export const IdInput = Id;
const Named = z.object({ id: z.uuid(), name: z.string() });

export const ORG_STATES = ["active", "suspended", "deleting"] as const;
export const JOB_STATES = ["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"] as const;

// ── Overview ──

export const HEALTH_STATES = ["ok", "watch", "bad", "unknown"] as const;
export const HealthLine = z.object({
  key: z.string(),
  label: z.string(),
  state: z.enum(HEALTH_STATES),
  /** The figure and what it means, as a sentence. */
  says: z.string(),
});
export type HealthLine = z.infer<typeof HealthLine>;

export const Overview = z.object({
  /** US dollars a month, decimal. */
  mrr: z.string(),
  plans: z.array(z.object({ plan: Plan, organizations: z.int(), paying: z.int(), amount: z.string() })),
  organizations: z.object({ total: z.int(), suspended: z.int(), deleting: z.int(), newIn30Days: z.int() }),
  people: z.object({ total: z.int(), activeIn24Hours: z.int() }),
  jobs: z.object({
    waiting: z.int(),
    running: z.int(),
    completedIn24Hours: z.int(),
    failedIn24Hours: z.int(),
  }),
  health: z.array(HealthLine),
});
export type Overview = z.infer<typeof Overview>;

// ── Organizations ──

export const OrganizationsInput = ListInput.extend({
  plan: Plan.optional().catch(undefined),
  state: z.enum(ORG_STATES).optional().catch(undefined),
  sort: z.enum(["-created", "created"]).default("-created").catch("-created"),
});
export type OrganizationsInput = z.infer<typeof OrganizationsInput>;

export const OrganizationRow = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  state: z.enum(ORG_STATES),
  /** What is paid for or given; a trial is not in it. */
  plan: Plan,
  /** It has more than its plan for now. */
  isOnTrial: z.boolean(),
  members: z.int(),
  /** Jobs of the billing period; `limit` -1 is unlimited, null where nothing was counted yet. */
  jobs: z.object({ used: z.int(), limit: z.int().nullable() }),
  /** When somebody last opened it. */
  lastUsedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type OrganizationRow = z.infer<typeof OrganizationRow>;
export const OrganizationsPage = pageOf(OrganizationRow);

const StaffAct = z.object({
  id: z.uuid(),
  at: z.date(),
  by: z.string().nullable(),
  deed: z.string(),
});

export const OrganizationView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  state: z.enum(ORG_STATES),
  timeZone: z.string(),
  defaultCurrency: z.string(),
  createdAt: z.date(),
  deletion: z.object({ requestedAt: z.date(), by: z.string().nullable() }).nullable(),
  terms: z.object({
    plan: Plan,
    basePlan: Plan,
    source: z.enum(["none", "stripe", "staff"]),
    trialEndsAt: z.date().nullable(),
    period: z.object({ start: z.date(), end: z.date() }),
  }),
  overrides: z.array(
    z.object({
      entitlement: z.string(),
      limit: z.int(),
      reason: z.string(),
      by: z.string().nullable(),
      createdAt: z.date(),
      expiresAt: z.date().nullable(),
      endedAt: z.date().nullable(),
    }),
  ),
  usage: z.array(
    z.object({
      meter: z.enum(METER_NAMES),
      /** In the ledger's units, as `limit`; -1 is unlimited. */
      used: z.number(),
      limit: z.number(),
    }),
  ),
  members: z.array(
    z.object({
      id: z.uuid(),
      name: z.string().nullable(),
      email: z.string(),
      role: Role,
      isStaff: z.boolean(),
      lastUsedAt: z.date().nullable(),
    }),
  ),
  memberCount: z.int(),
  openInvitations: z.int(),
  jobs: z.object({
    counts: z.partialRecord(z.enum(JOB_STATES), z.int()),
    last: z.array(
      z.object({
        id: z.uuid(),
        taskType: z.string(),
        status: z.enum(JOB_STATES),
        error: z.string().nullable(),
        createdAt: z.date(),
      }),
    ),
  }),
  webhooks: z.array(
    z.object({
      id: z.uuid(),
      url: z.string(),
      status: z.string(),
      failingSince: z.date().nullable(),
      pending: z.int(),
      failed: z.int(),
    }),
  ),
  billing: z.object({
    customerId: z.string().nullable(),
    subscription: z
      .object({
        status: z.string(),
        plan: Plan,
        amount: z.string(),
        currency: z.string(),
        periodEnd: z.date(),
        cancelAt: z.date().nullable(),
        pastDueSince: z.date().nullable(),
      })
      .nullable(),
    invoices: z.array(
      z.object({
        id: z.uuid(),
        number: z.string().nullable(),
        status: z.string(),
        total: z.string(),
        currency: z.string(),
        issuedAt: z.date(),
      }),
    ),
  }),
  staffActs: z.array(StaffAct),
});
export type OrganizationView = z.infer<typeof OrganizationView>;

export const SuspendInput = z.object({ orgId: z.uuid(), suspended: z.boolean(), reason: Reason });
export const ChangePlanInput = z.object({ orgId: z.uuid(), plan: Plan, reason: Reason });
export const SetOverrideInput = z.object({
  orgId: z.uuid(),
  entitlement: EntitlementName,
  limit: z.int("Give a whole number, -1 for unlimited.").min(-1, "Give -1 for unlimited, or 0 and more."),
  reason: Reason,
  expiresAt: z.date().nullable().default(null),
});
export type SetOverrideInput = z.input<typeof SetOverrideInput>;
export const EndOverrideInput = z.object({ orgId: z.uuid(), entitlement: EntitlementName, reason: Reason });

export const OpenAsInput = z.object({
  orgId: z.uuid(),
  userId: z.uuid(),
  minutes: z.int().min(5, "Take 5 minutes or more.").max(120, "Take 2 hours or less.").default(30),
  reason: Reason,
  /** Null: read-only. Else why something must be changed in the member's name. */
  changes: z.object({ reason: Reason }).nullable().default(null),
});
export type OpenAsInput = z.infer<typeof OpenAsInput>;

// ── People ──

export const PeopleInput = ListInput.extend({
  kind: z.enum(["staff", "unverified"]).optional().catch(undefined),
});
export type PeopleInput = z.infer<typeof PeopleInput>;
export const PersonRow = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string(),
  isStaff: z.boolean(),
  isVerified: z.boolean(),
  organizations: z.int(),
  sessions: z.int(),
  lastSeenAt: z.date().nullable(),
  createdAt: z.date(),
});
export type PersonRow = z.infer<typeof PersonRow>;
export const PeoplePage = pageOf(PersonRow);
export const PersonView = PersonRow.extend({
  passkeys: z.int(),
  memberships: z.array(Named.extend({ slug: z.string(), role: Role })),
  living: z.array(
    z.object({
      id: z.uuid(),
      method: z.string(),
      client: z.string().nullable(),
      userAgent: z.string().nullable(),
      address: z.string().nullable(),
      createdAt: z.date(),
      lastSeenAt: z.date(),
    }),
  ),
});
export type PersonView = z.infer<typeof PersonView>;
export const EndSessionsInput = Id.extend({ reason: Reason });
export const EndedSessions = z.object({ count: z.int() });

// ── Jobs ──

export const JobsInput = PageInput.extend({
  status: z.enum(JOB_STATES).optional().catch(undefined),
  namespace: z.enum(["default", "browser", "agents", "studio"]).optional().catch(undefined),
  org: z.uuid().optional().catch(undefined),
});
export type JobsInput = z.infer<typeof JobsInput>;
export const JobRow = z.object({
  id: z.uuid(),
  org: Named.extend({ slug: z.string() }),
  taskType: z.string(),
  namespace: z.string(),
  status: z.enum(JOB_STATES),
  attempts: z.int(),
  error: z.string().nullable(),
  /** Of whoever asked for it; null where they are gone. */
  by: z.string().nullable(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
export type JobRow = z.infer<typeof JobRow>;
export const JobsPage = pageOf(JobRow);
export const JobActInput = Id.extend({ reason: Reason });

// ── Features ──

export const FeaturesInput = ListInput;
export type FeaturesInput = z.infer<typeof FeaturesInput>;
const FeatureCell = z.object({
  feature: FeatureName,
  isOn: z.boolean(),
  by: z.enum(["kill_switch", "override", "plan", "default"]),
});
export type FeatureCell = z.infer<typeof FeatureCell>;
export const FeatureRow = Named.extend({
  slug: z.string(),
  /** In force now, trial included: what decides of features. */
  plan: Plan,
  isOnTrial: z.boolean(),
  cells: z.array(FeatureCell),
});
export type FeatureRow = z.infer<typeof FeatureRow>;
export const FeaturesPage = pageOf(FeatureRow).extend({
  /** Taken from everybody by a setting of the process. */
  killed: z.array(FeatureName),
});

// ── Audit ──

export const AuditInput = ListInput.extend({
  /** A person's name or mail, an organization's name, words of what was done, or an id: of the entry, its target, its correlation. */
  search: Search,
  /** An organization's chain; without one the platform's own. */
  org: z.uuid().optional().catch(undefined),
  person: z.uuid().optional().catch(undefined),
  /** "staff.suspended", or the noun alone: "staff". */
  action: z
    .string()
    .trim()
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional()
    .catch(undefined),
});
export type AuditInput = z.infer<typeof AuditInput>;
export const AuditRow = z.object({
  id: z.uuid(),
  at: z.date(),
  actor: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  via: z.string().nullable(),
  action: z.string(),
  deed: z.string(),
  address: z.string().nullable(),
  seq: z.int().nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditPage = pageOf(AuditRow);
export const ExportAuditInput = AuditInput.omit({ cursor: true, limit: true });
export const ExportedAudit = z.object({ csv: z.string(), rows: z.int(), isCut: z.boolean() });

// ── Deletions ──

export const ErasuresInput = PageInput.extend({
  /** Without one: those that wait for somebody. */
  state: ErasureState.optional().catch(undefined),
});
export type ErasuresInput = z.infer<typeof ErasuresInput>;
export const ErasureRow = ErasureSeen;
export type ErasureRow = z.infer<typeof ErasureRow>;
export const ErasuresPage = pageOf(ErasureRow);
export const ErasureView = ErasureSeenWhole;
export type ErasureView = z.infer<typeof ErasureView>;
export const SearchAgainInput = Id.extend({ reason: Reason });

// ── Health ──

export const Health = z.object({
  lines: z.array(HealthLine),
  queues: z.array(
    z.object({ queue: z.string(), waiting: z.int(), running: z.int(), oldestWaitSeconds: z.number() }),
  ),
  connections: z.object({
    most: z.int(),
    byRole: z.array(z.object({ role: z.string(), count: z.int() })),
  }),
  migrations: z.object({
    applied: z.int(),
    last: z.string().nullable(),
    lastAt: z.date().nullable(),
    /** Null where this build does not bring the folder along. */
    pending: z.array(z.string()).nullable(),
  }),
  /** Null where pg_stat_statements is not there. */
  slow: z
    .array(
      z.object({
        id: z.string(),
        query: z.string(),
        calls: z.int(),
        meanMs: z.number(),
        totalMs: z.number(),
        rows: z.int(),
      }),
    )
    .nullable(),
});
export type Health = z.infer<typeof Health>;

export const FoundOrganizations = z.array(Named.extend({ slug: z.string() }));
