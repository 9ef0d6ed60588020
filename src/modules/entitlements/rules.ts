import { billingPeriod, type BillingPeriod } from "~/kernel/billing-period";
import { isHigherPlan, PLANS, TRIAL_DAYS, UNLIMITED, type Entitlement, type Plan } from "~/kernel/plans";
import type { PlanSource } from "./schema";

/** What each plan has of each entitlement. */
export type PlanLimits = Record<Plan, Record<Entitlement, number>>;

/** What was given to an organization besides its plan. */
export type Override = { feature: Entitlement; limit: number; expiresAt: Date | null };

/** What is known of an organization; nothing here depends on the time it is read. */
export type Standing = {
  basePlan: Plan;
  source: PlanSource;
  trialEndsAt: Date | null;
  periodAnchor: Date;
  overageEnabled: boolean;
  /** US dollars, decimal. */
  overageCap: string | null;
  overrides: Override[];
};

export const trialEnd = (createdAt: Date): Date => new Date(createdAt.getTime() + TRIAL_DAYS * 86_400_000);

/** A trial lifts FREE to PRO until its end, exclusive; it takes nothing from a plan that is paid for. */
export const isOnTrial = ({ basePlan, trialEndsAt }: Standing, now: Date): boolean =>
  basePlan === "FREE" && trialEndsAt !== null && now < trialEndsAt;

export const planInForce = (standing: Standing, now: Date): Plan =>
  isOnTrial(standing, now) ? "PRO" : standing.basePlan;

/** An override that has not ended goes before the plan. */
export function limitInForce(
  standing: Standing,
  limits: PlanLimits,
  entitlement: Entitlement,
  now: Date,
): number {
  const override = standing.overrides.find(
    ({ feature, expiresAt }) => feature === entitlement && (expiresAt === null || now < expiresAt),
  );
  return override?.limit ?? limits[planInForce(standing, now)][entitlement];
}

export const periodInForce = (standing: Standing, at: Date): BillingPeriod =>
  billingPeriod(standing.periodAnchor, at);

/** Whether `limit` is at least `wanted`; unlimited is more than anything. */
const reaches = (limit: number, wanted: number): boolean => limit === UNLIMITED || limit >= wanted;

/** The lowest plan above `current` that allows `wanted` of it; null when none does. */
export const planThatAllows = (
  limits: PlanLimits,
  current: Plan,
  entitlement: Entitlement,
  wanted: number,
): Plan | null =>
  PLANS.find((plan) => isHigherPlan(plan, current) && reaches(limits[plan][entitlement], wanted)) ?? null;

export type Room = { isThere: true } | { isThere: false; limit: number };

/** Whether `asked` more fit beside `used`. */
export const roomFor = (limit: number, used: number, asked: number): Room =>
  reaches(limit, used + asked) ? { isThere: true } : { isThere: false, limit };
