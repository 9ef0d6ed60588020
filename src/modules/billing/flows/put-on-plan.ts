/** The plan an organization is on, from what it pays. */
import type { Plan } from "~/kernel/plans";
import { applyPlan } from "~/modules/entitlements";
import type { SystemScope } from "~/server/db/with-system";

/**
 * Null: Stripe says nothing, and the plan stays what it is. Periods are Stripe's while something is paid for, and counted
 * from the organization's creation otherwise.
 */
export async function putOnPlan(
  scope: SystemScope,
  orgId: string,
  standing: { plan: Plan; period: { start: Date; end: Date } | null } | null,
): Promise<void> {
  if (!standing) return;
  const { plan, period } = standing;
  const source = plan === "FREE" ? "none" : "stripe";
  await applyPlan(scope, orgId, { plan, source, periodAnchor: period?.start ?? null });
}
