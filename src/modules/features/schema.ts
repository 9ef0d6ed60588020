/** Features contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { FEATURE_NAMES } from "~/kernel/features";
import { Plan } from "~/kernel/plans";
import { PERMISSION_NAMES } from "~/kernel/roles";
import { Role } from "~/kernel/role-schema";
import { line } from "~/kernel/text";
import { RULES } from "./rules";

export const FeatureName = z.enum(FEATURE_NAMES);
const Rule = z.enum(RULES);

export const FeatureStates = z.record(FeatureName, z.boolean());

const Override = z.object({
  enabled: z.boolean(),
  reason: z.string(),
  /** Null: the platform, or somebody who is gone. */
  author: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
});

export const ExplainedFeature = z.object({
  feature: FeatureName,
  isOn: z.boolean(),
  /** The rule that decided. */
  by: Rule,
  /** In their order; `says` is null for a rule without an opinion. */
  rules: z.array(z.object({ rule: Rule, says: z.enum(["on", "off"]).nullable(), decides: z.boolean() })),
  override: Override.nullable(),
  /** The lowest plan that has it, where the plan is the reason that it is off. */
  plan: Plan.nullable(),
  /** What was set before, the newest first. */
  history: z.array(Override.extend({ endedAt: z.date() })),
});
export type ExplainedFeature = z.infer<typeof ExplainedFeature>;
export const Explained = z.object({ plan: Plan, features: z.array(ExplainedFeature) });
export type Explained = z.infer<typeof Explained>;

export const SetFeatureInput = z.object({
  orgId: z.uuid(),
  feature: FeatureName,
  enabled: z.boolean(),
  reason: line(500),
  /** Exclusive, UTC; null for good. */
  expiresAt: z.date().nullable().default(null),
});
export type SetFeatureInput = z.input<typeof SetFeatureInput>;

export const ClearFeatureInput = z.object({ orgId: z.uuid(), feature: FeatureName, reason: line(500) });
export type ClearFeatureInput = z.infer<typeof ClearFeatureInput>;

export const OfOrgInput = z.object({ orgId: z.uuid() });

export const PermissionName = z.enum(PERMISSION_NAMES as [string, ...string[]]);

export const WhyMayInput = z.object({
  userId: z.uuid(),
  permission: PermissionName,
  /** The act is part of this feature. */
  feature: FeatureName.nullish(),
});
export type WhyMayInput = z.infer<typeof WhyMayInput>;

export const VERDICT_RULES = ["member", "role", "organization", "feature"] as const;
export const Verdict = z.object({
  isAllowed: z.boolean(),
  /** The rule that refuses; null when none does. */
  refusedBy: z.enum(VERDICT_RULES).nullable(),
  role: Role.nullable(),
  /** Roles that have the permission. */
  roles: z.array(Role),
  status: z.string(),
  /** By which scope a key of theirs could do it; null when no key can. */
  scope: z.string().nullable(),
  /** Why no key can, where none can. */
  notForKeys: z.string().nullable(),
  feature: z.object({ feature: FeatureName, isOn: z.boolean(), by: Rule }).nullable(),
});
export type Verdict = z.infer<typeof Verdict>;

export const FeatureMember = z.object({ id: z.uuid(), name: z.string(), role: Role });
