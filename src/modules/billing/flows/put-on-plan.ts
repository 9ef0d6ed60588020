/** The plan an organization is on, from what it pays. */
import type { Plan } from "~/kernel/plans";
import { applyPlan, termsOf } from "~/modules/entitlements";
import type { SystemScope } from "~/server/db/with-system";
import { anchorOf } from "../rules";

/**
 * Null: Stripe says nothing, and the plan stays what it is. What staff gave is never taken by Stripe, but replaced by what
 * staff offered and the organization pays (`isOffered`).
 */
export async function putOnPlan(
  scope: SystemScope,
  orgId: string,
  standing: { plan: Plan; period: { start: Date; end: Date } | null } | null,
  isOffered = false,
): Promise<void> {
  if (!standing) return;
  const { source } = await termsOf({ db: scope.db, orgId });
  if (source === "staff" && !(isOffered && standing.period)) return;
  const { plan, period } = standing;
  await applyPlan(scope, orgId, {
    plan,
    source: plan === "FREE" ? "none" : "stripe",
    // The billing period is Stripe's while it is subscribed, and the organization's own again afterwards.
    periodAnchor: period && anchorOf(period),
  });
}
