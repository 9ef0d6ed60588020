/** What an organization may have; the one place that answers it, for procedures, functions and pages alike. */
import Decimal from "decimal.js";
import type { BillingPeriod } from "~/kernel/billing-period";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { PLANS, UNLIMITED, type Entitlement, type Limit, type Plan, type PlanFeature } from "~/kernel/plans";
import { record } from "~/modules/audit";
import { env } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";
import type { TenantScope } from "~/server/db/with-tenant";
import { writeOutbox } from "~/server/events/outbox";
import { overageNotInPlan, planRequired, quotaExceeded } from "./errors";
import { PLAN_CHANGED } from "./events";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import { insertPlan, readStanding, readStandings, type InOrg } from "./queries";
import {
  isOnTrial,
  limitInForce,
  periodInForce,
  planInForce,
  planThatAllows,
  roomFor,
  trialEnd,
  type PlanLimits,
  type Standing,
} from "./rules";
import type { PlanChange, SetOverageInput, TermsView } from "./schema";
import { planLimits, standingOf } from "./service/standing";

/** What an organization is on, ready to be asked. Judged by `clock.now()` at each question. */
export type Terms = {
  /** In force now, trial included. */
  plan: Plan;
  basePlan: Plan;
  source: Standing["source"];
  /** Only while it runs. */
  trialEndsAt: Date | null;
  /** -1 is unlimited; for a feature 1 or 0. */
  limit(entitlement: Entitlement): number;
  has(feature: PlanFeature): boolean;
  /** The billing period that holds `at`: half-open, UTC. */
  periodAt(at: Date): BillingPeriod;
  /** What may be spent beyond the plan in a period, in US dollars; null when overage is off. */
  overageCap: string | null;
};

/** Reads through the caller's scope, from memory where it can. @throws kernel.not_found without such an organization. */
export async function termsOf(at: InOrg): Promise<Terms> {
  const [standing, limits] = await Promise.all([standingOf(at), planLimits(at.db)]);
  if (!standing) throw notFound("organization");
  return makeTerms(standing, limits);
}

/** Of many at once, read anew: for those who look across organizations. */
export async function termsOfAll(db: ScopedDatabase, orgIds: readonly string[]): Promise<Map<string, Terms>> {
  const [standings, limits] = await Promise.all([readStandings(db, orgIds), planLimits(db)]);
  return new Map([...standings].map(([orgId, standing]) => [orgId, makeTerms(standing, limits)]));
}

function makeTerms(standing: Standing, limits: PlanLimits): Terms {
  const now = clock.now();
  const limit = (entitlement: Entitlement) => limitInForce(standing, limits, entitlement, now);
  const has = (feature: PlanFeature) => limit(feature) !== 0;
  return {
    plan: planInForce(standing, now),
    basePlan: standing.basePlan,
    source: standing.source,
    trialEndsAt: isOnTrial(standing, now) ? standing.trialEndsAt : null,
    limit,
    has,
    periodAt: (at) => periodInForce(standing, at),
    // A trial is nobody's bill.
    overageCap:
      standing.overageEnabled && standing.basePlan !== "FREE" && has("overage") ? standing.overageCap : null,
  };
}

/** As pages show it. */
export async function viewTerms(at: InOrg): Promise<TermsView> {
  const [standing, limits] = await Promise.all([standingOf(at), planLimits(at.db)]);
  if (!standing) throw notFound("organization");
  const terms = makeTerms(standing, limits);
  const names = Object.keys(limits.FREE) as Entitlement[];
  const next = PLANS[PLANS.indexOf(terms.plan) + 1];
  return {
    plan: terms.plan,
    basePlan: terms.basePlan,
    source: terms.source,
    trialEndsAt: terms.trialEndsAt,
    period: terms.periodAt(clock.now()),
    overage: {
      isAllowed: terms.basePlan !== "FREE" && terms.has("overage"),
      isEnabled: standing.overageEnabled,
      cap: standing.overageCap,
    },
    next: next ? { plan: next, limits: limits[next] } : null,
    limits: Object.fromEntries(names.map((name) => [name, terms.limit(name)])) as TermsView["limits"],
  };
}

/** Where a plan is changed; the organization's own billing page is found from there. */
export const upgradeUrl = (): string => `${env().APP_URL}/billing`;

export type RoomAsked = {
  limit: Limit;
  /** In the plan's units, as all here. */
  used: number;
  asked: number;
  /** When it begins anew; null for what does not count by period. */
  resetsAt: Date | null;
};

export type RoomAnswer =
  | { isThere: true }
  | {
      isThere: false;
      limit: number;
      used: number;
      resetsAt: Date | null;
      plan: Plan | null;
      /** What that plan has, -1 unlimited; null without one. */
      planLimit: number | null;
      upgradeUrl: string;
    };

/** May this organization do `asked` more, and if not, why and until when. */
export async function askRoom(
  at: InOrg,
  { limit: name, used, asked, resetsAt }: RoomAsked,
): Promise<RoomAnswer> {
  const terms = await termsOf(at);
  const room = roomFor(terms.limit(name), used, asked);
  if (room.isThere || !env().FF_BILLING_ENFORCEMENT_ENABLED) return { isThere: true };
  const next = await roomAbove(at, name, used + asked);
  const way = { plan: next?.plan ?? null, planLimit: next?.limit ?? null, upgradeUrl: upgradeUrl() };
  return { isThere: false, limit: room.limit, used, resetsAt, ...way };
}

/** @throws quota_exceeded (HTTP 402) when there is no room. */
export async function requireRoom(at: InOrg, asked: RoomAsked): Promise<void> {
  const room = await askRoom(at, asked);
  if (!room.isThere) throw quotaExceeded({ ...room, meter: asked.limit, of: asked.limit });
}

/** @throws plan_required (HTTP 402) when neither plan nor override has the feature. */
export async function requireFeature(at: InOrg, feature: PlanFeature): Promise<void> {
  const terms = await termsOf(at);
  if (terms.has(feature) || !env().FF_BILLING_ENFORCEMENT_ENABLED) return;
  const plan = planThatAllows(await planLimits(at.db), terms.plan, feature, 1);
  throw planRequired(feature, plan ?? "ENTERPRISE", upgradeUrl());
}

/** The lowest plan above the one in force that allows `wanted` of it, and what it has (-1 unlimited); null when none does. */
export async function roomAbove(
  at: InOrg,
  entitlement: Entitlement,
  wanted: number,
): Promise<{ plan: Plan; limit: number } | null> {
  const [terms, limits] = await Promise.all([termsOf(at), planLimits(at.db)]);
  const plan = planThatAllows(limits, terms.plan, entitlement, wanted);
  return plan && { plan, limit: limits[plan][entitlement] };
}

/** The lowest plan above the one in force that allows `wanted` of it; null when none does. */
export const planAllowing = async (
  at: InOrg,
  entitlement: Entitlement,
  wanted: number,
): Promise<Plan | null> => (await roomAbove(at, entitlement, wanted))?.plan ?? null;

/** The plan that has more of it than is in force now; null where nothing is left to want. */
export async function planWithMore(
  at: InOrg,
  entitlement: Entitlement,
): Promise<{ plan: Plan; limit: number } | null> {
  const now = (await termsOf(at)).limit(entitlement);
  return now === UNLIMITED ? null : roomAbove(at, entitlement, now + 1);
}

/** Puts an organization that is just being founded on FREE, with a trial of PRO from now. */
export async function foundPlan({ db, actor }: TenantScope): Promise<void> {
  const now = clock.now();
  await insertPlan({ db, orgId: actor.orgId }, now, trialEnd(now));
}

/**
 * Sets what an organization is on, and announces a change of its plan. Saying the same again changes nothing. A plan that
 * is paid for or given ends the trial for good; overage ends with a plan that has none.
 * `by`: who changes it in place of the payment provider and why, as its entry in the organization's log says.
 * @returns whether anything changed.
 */
export async function applyPlan(
  scope: SystemScope,
  orgId: string,
  change: PlanChange,
  by?: { via: string; reason: string },
): Promise<boolean> {
  const { db } = scope;
  const [row] = await db.$queryRaw<{ plan: Plan; source: string; period_anchor: Date }[]>`
    SELECT plan, source, period_anchor FROM organization_plan WHERE org_id = ${orgId}::uuid FOR UPDATE`;
  if (!row) throw notFound("organization");
  const { plan, source } = change;
  const periodAnchor = await anchorOf(scope, orgId, change);
  const isMoved = periodAnchor !== undefined && periodAnchor.getTime() !== row.period_anchor.getTime();
  if (row.plan === plan && row.source === source && !isMoved) return false;
  await db.organizationPlan.update({
    where: { orgId },
    data: {
      plan,
      source,
      ...(isMoved && { periodAnchor }),
      ...(plan !== "FREE" && { trialEndsAt: null }),
      ...(plan === "FREE" && { overageEnabled: false }),
    },
    select: { orgId: true },
  });
  if (row.plan === plan) return true;
  const entry = {
    action: "organization.plan_changed",
    target: { type: "organization", id: orgId },
    before: { plan: row.plan },
    after: { plan, source, ...(by && { reason: by.reason }) },
  };
  await record(scope, entry, { orgId, via: by?.via ?? null });
  await writeOutbox(db, orgId, {
    id: `plan-changed:${newId()}`,
    name: PLAN_CHANGED,
    data: { orgId, before: row.plan, after: plan },
  });
  return true;
}

async function anchorOf({ db }: SystemScope, orgId: string, { periodAnchor }: PlanChange) {
  if (periodAnchor !== null) return periodAnchor;
  const { createdAt } = await db.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { createdAt: true },
  });
  return createdAt;
}

/**
 * Switches usage beyond the plan on, up to `cap` dollars a period over all meters, or off.
 * @throws entitlements.overage_not_in_plan
 */
export async function setOverage(scope: TenantScope, input: SetOverageInput): Promise<void> {
  const { db, actor } = scope;
  const { orgId } = actor;
  const before = await db.organizationPlan.findUniqueOrThrow({ where: { orgId } });
  // Read, not remembered: it may have been paid for a moment ago.
  const standing = await readStanding({ db, orgId });
  if (!standing) throw notFound("organization");
  const terms = makeTerms(standing, await planLimits(db));
  if (input.enabled && (before.plan === "FREE" || !terms.has("overage"))) throw overageNotInPlan();
  const after = input.enabled
    ? { overageEnabled: true, overageCap: new Decimal(input.cap).toFixed(3) }
    : { overageEnabled: false };
  await db.organizationPlan.update({ where: { orgId }, data: after, select: { orgId: true } });
  await record(scope, {
    action: "billing.overage_set",
    target: { type: "organization", id: orgId },
    before: { overageEnabled: before.overageEnabled, overageCap: before.overageCap?.toFixed(3) ?? null },
    after,
  });
}
