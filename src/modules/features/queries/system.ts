/** SQL of features by the platform: what is set for an organization. */
import type { Feature } from "~/kernel/features";
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";

/** Lets changes of one organization come one after the other. @returns whether there is such an organization. */
export async function lockOrganization({ db }: SystemScope, orgId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM organization WHERE id = ${orgId}::uuid FOR UPDATE`;
  return rows.length > 0;
}

export const openOverride = ({ db }: SystemScope, orgId: string, feature: Feature) =>
  db.organizationFeature.findFirst({ where: { orgId, featureName: feature, endedAt: null } });

export const endOverride = ({ db, actorId }: SystemScope, id: string, at: Date) =>
  db.organizationFeature.updateMany({ where: { id }, data: { endedAt: at, endedById: actorId } });

export const insertOverride = (
  { db, actorId }: SystemScope,
  set: { orgId: string; feature: Feature; enabled: boolean; reason: string; expiresAt: Date | null },
) =>
  db.organizationFeature.createMany({
    data: {
      id: newId(),
      orgId: set.orgId,
      featureName: set.feature,
      enabled: set.enabled,
      reason: set.reason,
      expiresAt: set.expiresAt,
      authorId: actorId,
    },
  });
