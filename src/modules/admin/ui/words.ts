import { LIMITS, PLAN_WORDS, RATES, type Plan } from "~/kernel/plans";
import type { ErasureRow, HealthLine, OrganizationRow } from "../schema";

export const STATE_LOOKS: Record<
  OrganizationRow["state"],
  { label: string; tone: "positive" | "caution" | "negative"; shape: "full" | "half" | "cross" }
> = {
  active: { label: "Active", tone: "positive", shape: "full" },
  suspended: { label: "Suspended", tone: "caution", shape: "half" },
  deleting: { label: "Being deleted", tone: "negative", shape: "cross" },
};

export const ERASURE_LOOKS: Record<
  ErasureRow["state"],
  {
    label: string;
    tone: "info" | "neutral" | "accent" | "caution" | "positive" | "negative";
    shape: "full" | "half" | "ring" | "cross";
  }
> = {
  residue: { label: "Left something", tone: "negative", shape: "cross" },
  blocked: { label: "Needs a new owner", tone: "caution", shape: "half" },
  requested: { label: "In its seven days", tone: "info", shape: "ring" },
  running: { label: "Under way", tone: "accent", shape: "half" },
  completed: { label: "Done", tone: "positive", shape: "full" },
  undone: { label: "Undone", tone: "neutral", shape: "cross" },
};

export const HEALTH_LOOKS: Record<
  HealthLine["state"],
  {
    label: string;
    tone: "positive" | "caution" | "negative" | "neutral";
    shape: "full" | "half" | "ring" | "cross";
  }
> = {
  ok: { label: "Fine", tone: "positive", shape: "full" },
  watch: { label: "Worth a look", tone: "caution", shape: "half" },
  bad: { label: "Wrong", tone: "negative", shape: "cross" },
  unknown: { label: "Not set up", tone: "neutral", shape: "ring" },
};

export const planLabel = (plan: Plan) => PLAN_WORDS[plan].label;

export const isCounted = (entitlement: string): boolean =>
  [...LIMITS, ...RATES].includes(entitlement as (typeof LIMITS)[number]);

export const limitWords = (entitlement: string, limit: number): string =>
  !isCounted(entitlement)
    ? limit === 0
      ? "off"
      : "on"
    : limit < 0
      ? "unlimited"
      : limit.toLocaleString("en-GB");

export const METHODS: Record<string, string> = {
  email: "by mailed link",
  google: "with Google",
  dev: "as a demo person",
  key: "with an API key",
  staff: "opened by staff",
};
