/** What staff give an organization besides its plan. One at a time of each; those that ended stay as its history. */
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Entitlement } from "~/kernel/plans";
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";
import { overrideIsOver } from "../errors";

export type OverrideAsked = {
  orgId: string;
  entitlement: Entitlement;
  /** In the plan's units; -1 unlimited, for a feature 1 or 0. */
  limit: number;
  reason: string;
  /** Exclusive, UTC; null for good. */
  expiresAt: Date | null;
};

/** Lets changes of one organization come one after the other. @throws kernel.not_found */
async function lockPlan({ db }: SystemScope, orgId: string): Promise<void> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM organization_plan WHERE org_id = ${orgId}::uuid FOR UPDATE`;
  if (rows.length === 0) throw notFound("organization");
}

/** @returns the limit that was given until now, null for none. @throws kernel.not_found, entitlements.override_is_over */
export async function setOverride(scope: SystemScope, asked: OverrideAsked): Promise<number | null> {
  const { orgId, entitlement, limit, reason, expiresAt } = asked;
  if (expiresAt && expiresAt <= clock.now()) throw overrideIsOver();
  const before = await endOverride(scope, orgId, entitlement);
  await scope.db.entitlementOverride.createMany({
    data: {
      ...{ id: newId(), orgId, feature: entitlement, reason, expiresAt },
      limit: BigInt(limit),
      createdById: scope.actorId,
    },
  });
  return before;
}

/** @returns the limit that was given until now, null for none. @throws kernel.not_found */
export async function endOverride(
  scope: SystemScope,
  orgId: string,
  entitlement: Entitlement,
): Promise<number | null> {
  await lockPlan(scope, orgId);
  const where = { orgId, feature: entitlement, endedAt: null };
  const open = await scope.db.entitlementOverride.findFirst({ where });
  if (!open) return null;
  await scope.db.entitlementOverride.updateMany({
    where,
    data: { endedAt: clock.now(), endedById: scope.actorId },
  });
  return Number(open.limit);
}
