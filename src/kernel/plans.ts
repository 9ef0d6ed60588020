/** Plans, what they are made of, and what they cost (spec §5). What each allows stands in the table plan_entitlements. */
import { z } from "zod";

export const PLANS = ["FREE", "PRO", "ENTERPRISE"] as const;
export const Plan = z.enum(PLANS);
export type Plan = z.infer<typeof Plan>;

/** Limits a plan sets, in the unit that people are told. Monthly ones count per billing period; -1 is unlimited. */
export const LIMITS = [
  "members",
  "jobs",
  "api_calls",
  "emails",
  "ai_tokens",
  "images",
  "tts_minutes",
  "render_minutes",
  "storage_gb",
] as const;
export type Limit = (typeof LIMITS)[number];

/** What a plan has or lacks: 1 or 0. */
export const PLAN_FEATURES = [
  "overage",
  "crm",
  "storefront",
  "studio",
  "calendar_sync",
  "workflows",
  "proposals",
  "smart_tasks",
  "ai_copilot",
  "agents",
  "slack_integration",
  "advanced_reporting",
  "revenue_splitting",
  "browser_automation",
  "rendering_4k",
  "youtube_publishing",
] as const;
export type PlanFeature = (typeof PLAN_FEATURES)[number];

/** How fast a person or a key may ask, in requests a second. */
export const RATES = ["rate_per_second"] as const;
export type Rate = (typeof RATES)[number];

export type Entitlement = Limit | PlanFeature | Rate;
export const ENTITLEMENTS: readonly Entitlement[] = [...LIMITS, ...PLAN_FEATURES, ...RATES];

export const UNLIMITED = -1;

/** US dollars a month, before tax; null is by agreement. */
export const PLAN_PRICES: Record<Plan, string | null> = { FREE: "0.000", PRO: "29.000", ENTERPRISE: null };

/** Days a new organization has what PRO has, without a card. */
export const TRIAL_DAYS = 14;

const ORDER: Record<Plan, number> = { FREE: 0, PRO: 1, ENTERPRISE: 2 };
/** Whether `plan` is above `other`. */
export const isHigherPlan = (plan: Plan, other: Plan): boolean => ORDER[plan] > ORDER[other];

export const PLAN_WORDS: Record<Plan, { label: string; for: string; support: string }> = {
  FREE: { label: "Free", for: "To try things out alone.", support: "Community support" },
  PRO: { label: "Pro", for: "For a team that works with it every day.", support: "Priority support" },
  ENTERPRISE: {
    label: "Enterprise",
    for: "For organizations with needs of their own.",
    support: "Dedicated support, a service level agreement, custom integrations",
  },
};
