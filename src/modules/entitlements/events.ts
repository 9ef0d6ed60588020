/** What entitlements announce: past tense, ids and codes only. */
import { z } from "zod";
import { Plan } from "~/kernel/plans";

export const PLAN_CHANGED = "entitlements/plan.changed";
export const PlanChanged = z.object({ orgId: z.uuid(), before: Plan, after: Plan });
export type PlanChanged = z.infer<typeof PlanChanged>;
