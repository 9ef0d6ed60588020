/** Named SQL of features: reads within one organization. Each names it besides what RLS does. */
import { FEATURES, type Feature } from "~/kernel/features";
import type { InOrg } from "~/modules/entitlements";
import type { Override } from "./rules";

export type OpenOverride = Override & { feature: Feature };

/** What is set for the organization and was not taken back; of features the code still knows. */
export async function openOverrides({ db, orgId }: InOrg): Promise<OpenOverride[]> {
  return (await openOverridesOfAll(db, [orgId])).get(orgId) ?? [];
}

/** The same of many organizations, of those that have any. One round trip. */
export async function openOverridesOfAll(
  db: InOrg["db"],
  orgIds: readonly string[],
): Promise<Map<string, OpenOverride[]>> {
  const rows = await db.organizationFeature.findMany({
    where: { orgId: { in: [...orgIds] }, endedAt: null },
  });
  const found = new Map<string, OpenOverride[]>();
  for (const { orgId, featureName, enabled, reason, authorId, createdAt, expiresAt } of rows) {
    if (!(featureName in FEATURES)) continue;
    const feature = featureName as Feature;
    const all = found.get(orgId) ?? [];
    all.push({ feature, enabled, reason, authorId, createdAt, expiresAt });
    found.set(orgId, all);
  }
  return found;
}

const MOST_HISTORY = 200;

export const endedOverrides = ({ db, orgId }: InOrg) =>
  db.organizationFeature.findMany({
    where: { orgId, endedAt: { not: null } },
    orderBy: { createdAt: "desc" },
    take: MOST_HISTORY,
  });
