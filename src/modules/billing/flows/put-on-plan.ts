/** The plan an organization is on, from what it pays. */
import type { Plan } from "~/kernel/plans";
import type { SystemScope } from "~/server/db/with-system";

/** Null: Stripe says nothing, and the plan stays what it is. */
export async function putOnPlan(
  { db }: SystemScope,
  orgId: string,
  standing: { plan: Plan; period: { start: Date; end: Date } | null } | null,
): Promise<void> {
  if (standing) await db.organization.updateMany({ where: { id: orgId }, data: { plan: standing.plan } });
}
