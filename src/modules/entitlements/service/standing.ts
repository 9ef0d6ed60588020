/** What organizations are on, kept in process. The table of plans changes by migrations only, so it is read once. */
import { OrgCache } from "~/server/db/org-cache";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import { readPlanLimits, readStanding, type InOrg } from "../queries";
import type { PlanLimits, Standing } from "../rules";

type Kept = { standings: OrgCache<Standing>; limits: Promise<PlanLimits> | undefined };

const held = globalThis as typeof globalThis & { __tenantryStandings?: Kept };
const kept = (): Kept =>
  (held.__tenantryStandings ??= { standings: new OrgCache<Standing>("entitlement"), limits: undefined });

/** What the organization is on, or null when there is none. */
export const standingOf = (at: InOrg): Promise<Standing | null> =>
  kept().standings.of<Standing | null>(at.orgId, () => readStanding(at));

/** What each plan allows. */
export function planLimits(db: ScopedDatabase): Promise<PlanLimits> {
  const known = kept();
  known.limits ??= readPlanLimits(db).catch((error: unknown) => {
    known.limits = undefined;
    throw error;
  });
  return known.limits;
}
