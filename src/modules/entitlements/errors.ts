import { DomainError } from "~/kernel/errors";
import { PLAN_WORDS, type Limit, type Plan, type PlanFeature } from "~/kernel/plans";

export type QuotaExceeded = {
  /** Names the meter or limit as the API does. */
  meter: string;
  /** In the units of the meter. */
  limit: number;
  used: number;
  /** When it begins anew; null for what does not count by period. */
  resetsAt: Date | null;
  upgradeUrl: string;
  of: Limit;
  /** The lowest plan that would allow it, where there is one. */
  plan: Plan | null;
  /** What that plan has, in the units of the meter; -1 is unlimited. */
  planLimit: number | null;
};

const day = (at: Date) => new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(at);

/** HTTP 402; the details are the contract of spec §5. */
export const quotaExceeded = (quota: QuotaExceeded) => {
  const { meter, limit, used, resetsAt, upgradeUrl, of, plan, planLimit } = quota;
  const until = resetsAt ? ` It begins anew on ${day(resetsAt)} (UTC).` : "";
  const way = plan ? ` ${PLAN_WORDS[plan].label} allows more.` : "";
  return new DomainError(
    "limit",
    "quota_exceeded",
    `This organization has used what its plan includes of ${LIMIT_NOUNS[of]}.${until}${way} Nothing was lost.`,
    {
      meter,
      limit,
      used,
      resets_at: resetsAt?.toISOString() ?? null,
      upgrade_url: upgradeUrl,
      plan,
      plan_limit: planLimit,
    },
  );
};

/** HTTP 402: the plan lacks the feature. */
export const planRequired = (feature: PlanFeature, plan: Plan, upgradeUrl: string) =>
  new DomainError(
    "limit",
    "plan_required",
    `This is part of ${PLAN_WORDS[plan].label}. Upgrade to use it; what you have stays as it is.`,
    { feature, plan, upgrade_url: upgradeUrl },
  );

export const overageNotInPlan = () =>
  new DomainError(
    "invalid",
    "entitlements.overage_not_in_plan",
    "This plan stops at its limits. Usage beyond them can be bought on Pro.",
  );

/** What is limited, as people read it. */
export const LIMIT_NOUNS: Record<Limit, string> = {
  members: "members",
  jobs: "jobs",
  api_calls: "API calls",
  emails: "emails",
  ai_tokens: "AI tokens",
  images: "images",
  tts_minutes: "minutes of speech",
  render_minutes: "minutes of rendering",
  storage_gb: "storage",
};

export const overrideIsOver = () =>
  new DomainError(
    "invalid",
    "entitlements.override_is_over",
    "This end is in the past.",
    {},
    { fields: { expiresAt: ["Choose a day that is still to come, or none."] } },
  );
