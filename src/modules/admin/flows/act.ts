/**
 * What staff change. Each act has a reason, which is kept in the act's own transaction by one entry in the platform's audit
 * chain, and by one in the chain of the organization it concerns, where its owners and admins read it. Where the slice that
 * carries it out writes the organization's entry (a plan, a feature, a job), that one is it, by staff and with the reason.
 */
import type { OrgActor, UserActor } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { endSessionsOf, markEnded } from "~/modules/auth";
import { applyPlan, endOverride, setOverride } from "~/modules/entitlements";
import { clearFeature, setFeature, type ClearFeatureInput, type SetFeatureInput } from "~/modules/features";
import { searchAgain } from "~/modules/gdpr";
import { cancelJob, runJobAgain } from "~/modules/jobs";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { withTenant } from "~/server/db/with-tenant";
import { isLeaving, nothingToChange, planIsPaid } from "../errors";
import { jobById, lockOrganization, setStatus } from "../queries/system";
import { csvCell } from "../rules";
import { SetOverrideInput, type AuditInput } from "../schema";
import { auditRowOf, foundInLog } from "./look";

type Entry = {
  action: string;
  target?: { type: string; id: string };
  before?: Record<string, unknown>;
  after: Record<string, unknown> & { reason: string };
};

const acting = <T>({ userId, trace }: UserActor, what: string, act: (scope: SystemScope) => Promise<T>) =>
  withSystem({ reason: `staff ${what}`, trace, actorId: userId }, act);

const aboutOrg = (orgId: string, { target, ...entry }: Entry) => ({
  ...entry,
  target: target ?? { type: "organization", id: orgId },
});

/** In the platform's chain alone, for acts whose own slice tells the organization's. */
async function keepForPlatform(scope: SystemScope, orgId: string, entry: Entry): Promise<void> {
  const told = aboutOrg(orgId, entry);
  await record(scope, { ...told, after: { ...told.after, orgId } });
}

/** In the platform's chain, and in the organization's as what staff did to it. */
async function keep(scope: SystemScope, orgId: string, entry: Entry): Promise<void> {
  await keepForPlatform(scope, orgId, entry);
  await record(scope, aboutOrg(orgId, entry), { orgId, via: `staff:${scope.actorId}` });
}

/** Stops an organization, or lets it go on. @throws kernel.not_found, admin.nothing_to_change */
export const suspend = (
  staff: UserActor,
  { orgId, suspended, reason }: { orgId: string; suspended: boolean; reason: string },
): Promise<void> =>
  acting(staff, suspended ? "suspend an organization" : "lift a suspension", async (scope) => {
    const org = await lockOrganization(scope, orgId);
    if (!org) throw notFound("organization");
    if (suspended && org.status !== "active" && org.status !== "suspended") throw isLeaving();
    if ((org.status === "suspended") === suspended) throw nothingToChange();
    await setStatus(scope, orgId, suspended ? "suspended" : "active");
    await keep(scope, orgId, {
      action: suspended ? "staff.suspended" : "staff.resumed",
      before: { status: org.status },
      after: { status: suspended ? "suspended" : "active", reason },
    });
  });

/** Gives an organization a plan, or takes a given one back. @throws kernel.not_found, admin.plan_is_paid, admin.nothing_to_change */
export const changePlan = (
  staff: UserActor,
  { orgId, plan, reason }: { orgId: string; plan: "FREE" | "PRO" | "ENTERPRISE"; reason: string },
): Promise<void> =>
  acting(staff, "change a plan", async (scope) => {
    const now = await scope.db.organizationPlan.findUnique({ where: { orgId } });
    if (!now) throw notFound("organization");
    if (now.source === "stripe") throw planIsPaid();
    const change = { plan, source: plan === "FREE" ? ("none" as const) : ("staff" as const) };
    const isChanged = await applyPlan(scope, orgId, change, { via: `staff:${scope.actorId}`, reason });
    if (!isChanged) throw nothingToChange();
    await keepForPlatform(scope, orgId, {
      action: "staff.plan_changed",
      before: { plan: now.plan },
      after: { plan, reason },
    });
  });

/** @throws kernel.not_found, entitlements.override_is_over */
export const giveOverride = (staff: UserActor, input: SetOverrideInput): Promise<void> =>
  acting(staff, "give something besides a plan", async (scope) => {
    const asked = SetOverrideInput.parse(input);
    const before = await setOverride(scope, asked);
    const { orgId, entitlement, limit, reason, expiresAt } = asked;
    await keep(scope, orgId, {
      action: "staff.override_set",
      before: { entitlement, limit: before },
      after: { entitlement, limit, expiresAt, reason },
    });
  });

/** @throws kernel.not_found, admin.nothing_to_change */
export const takeOverride = (
  staff: UserActor,
  {
    orgId,
    entitlement,
    reason,
  }: { orgId: string; entitlement: SetOverrideInput["entitlement"]; reason: string },
): Promise<void> =>
  acting(staff, "take back what was given besides a plan", async (scope) => {
    const before = await endOverride(scope, orgId, entitlement);
    if (before === null) throw nothingToChange();
    await keep(scope, orgId, {
      action: "staff.override_ended",
      before: { entitlement, limit: before },
      after: { reason },
    });
  });

/** @throws kernel.not_found, features.expiry_is_over, admin.nothing_to_change */
export const switchFeature = (staff: UserActor, input: SetFeatureInput): Promise<void> =>
  acting(staff, "set a feature", async (scope) => {
    if (!(await setFeature(scope, input))) throw nothingToChange();
    const { orgId, feature, enabled, reason, expiresAt = null } = input;
    await keepForPlatform(scope, orgId, {
      action: "staff.feature_set",
      target: { type: "feature", id: feature },
      after: { feature, enabled, expiresAt, reason },
    });
  });

/** @throws kernel.not_found, admin.nothing_to_change */
export const unsetFeature = (staff: UserActor, input: ClearFeatureInput): Promise<void> =>
  acting(staff, "take back a feature", async (scope) => {
    if (!(await clearFeature(scope, input))) throw nothingToChange();
    const { orgId, feature, reason } = input;
    await keepForPlatform(scope, orgId, {
      action: "staff.feature_set",
      target: { type: "feature", id: feature },
      after: { feature, enabled: null, reason },
    });
  });

/** Signs a person out everywhere, programs included. @throws admin.nothing_to_change */
export async function endSessions(
  staff: UserActor,
  { id, reason }: { id: string; reason: string },
): Promise<{ count: number }> {
  const ids = await acting(staff, "end a person's sessions", async (scope) => {
    const ended = await endSessionsOf(scope, id);
    if (ended.length === 0) throw nothingToChange();
    await record(scope, {
      action: "staff.sessions_ended",
      target: { type: "user", id },
      after: { count: ended.length, reason },
    });
    return ended;
  });
  markEnded(ids);
  return { count: ids.length };
}

/** Where a job lies, and who it is of. @throws kernel.not_found */
async function jobAt(staff: UserActor, id: string): Promise<{ orgId: string; userId: string }> {
  const job = await acting(staff, "find a job", (scope) => jobById(scope, id));
  if (!job) throw notFound("job");
  return job;
}

const inOrg = ({ userId, trace }: UserActor, orgId: string, memberId: string | null): OrgActor => ({
  kind: "org",
  orgId,
  userId: memberId,
  // The platform's own work: a member's role says nothing of it.
  role: "job",
  staff: { userId, isReadOnly: false },
  trace,
});

/**
 * Ends a job of any organization. The reason stands in the organization's chain with the act; the platform's own chain
 * has it right after, since a tenant's transaction writes nothing there.
 * @throws kernel.not_found, jobs.already_finished
 */
export async function stopJob(
  staff: UserActor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { orgId } = await jobAt(staff, id);
  await withTenant(inOrg(staff, orgId, null), (scope) => cancelJob(scope, { id, reason }));
  await acting(staff, "cancel a job", (scope) =>
    keepForPlatform(scope, orgId, {
      action: "staff.job_cancelled",
      target: { type: "job", id },
      after: { reason },
    }),
  );
}

/** Runs a finished job again, for the member who asked for it. @throws kernel.not_found, jobs.not_finished, quota_exceeded */
export async function repeatJob(
  staff: UserActor,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const { orgId, userId } = await jobAt(staff, id);
  const { jobId } = await withTenant(inOrg(staff, orgId, userId), (scope) =>
    runJobAgain(scope, { id, reason }),
  );
  await acting(staff, "run a job again", (scope) =>
    keepForPlatform(scope, orgId, {
      action: "staff.job_run_again",
      target: { type: "job", id },
      after: { reason, rerunAsId: jobId },
    }),
  );
}

const MOST_EXPORTED = 10_000;

/** The newest entries that match, as CSV; that they were taken is an entry itself. */
export const exportAudit = (
  staff: UserActor,
  { search, org, person, action }: Omit<AuditInput, "cursor" | "limit">,
): Promise<{ csv: string; rows: number; isCut: boolean }> =>
  acting(staff, "export an audit log", async (scope) => {
    const asked = { search, org, person, action };
    const found = await foundInLog(scope, { ...asked, before: null, take: MOST_EXPORTED + 1 });
    const rows = found.slice(0, MOST_EXPORTED).map(auditRowOf);
    // Not what was searched for: it may be a name, and this entry stays when whoever has it is gone.
    const narrowed = {
      ...(search && { searched: true }),
      ...(person && { person }),
      ...(action && { only: action }),
    };
    const after = { rows: rows.length, ...narrowed };
    const entry = { action: "staff.audit_exported", after };
    await record(scope, { ...entry, ...(org && { target: { type: "organization", id: org } }) });
    if (org) await record(scope, entry, { orgId: org, via: `staff:${scope.actorId}` });
    const lines = rows.map(({ seq, at, actor, via, action, deed, address, id }) =>
      [seq, at, actor?.name, actor?.id, via, action, deed, address, id].map(csvCell).join(","),
    );
    const csv = ["number,at,person,person_id,via,action,what,address,id", ...lines].join("\r\n");
    return { csv: `${csv}\r\n`, rows: rows.length, isCut: found.length > MOST_EXPORTED };
  });

/**
 * Has a deletion that left something search again. Its entry is about the deletion, not about whom it deletes, and stands in
 * the platform's chain alone: an organization's own is gone by then.
 * @throws kernel.not_found, gdpr.not_waiting, gdpr.names_subject
 */
export const searchErasureAgain = (
  staff: UserActor,
  { id, reason }: { id: string; reason: string },
): Promise<void> =>
  acting(staff, "have a deletion search again", async (scope) => {
    const { kind } = await searchAgain(scope, id, reason);
    await record(scope, {
      action: "staff.erasure_searched_again",
      target: { type: "erasure", id },
      after: { kind, reason },
    });
  });
