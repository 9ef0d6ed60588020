/** Named SQL of entitlements: reads, no decisions. Each names its organization besides what RLS does. */
import { ENTITLEMENTS, PLANS, type Entitlement, type Plan } from "~/kernel/plans";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import type { PlanLimits, Standing } from "./rules";
import type { PlanSource } from "./schema";

/** Any scope's database, and whose rows are meant. */
export type InOrg = { db: ScopedDatabase; orgId: string };

type Row = {
  plan: Plan;
  source: PlanSource;
  trialEndsAt: Date | null;
  periodAnchor: Date;
  overageEnabled: boolean;
  overageCap: string | null;
  overrides: { feature: Entitlement; limit: number; expiresAt: string | null }[];
};

/** What the organization is on, or null when there is none. One round trip. */
export const readStanding = async ({ db, orgId }: InOrg): Promise<Standing | null> =>
  (await readStandings(db, [orgId])).get(orgId) ?? null;

/** The same for many, of those that there are. One round trip. */
export async function readStandings(
  db: ScopedDatabase,
  orgIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await db.$queryRaw<(Row & { orgId: string })[]>`
    SELECT p.org_id::text AS "orgId", p.plan, p.source, p.trial_ends_at AS "trialEndsAt", p.period_anchor AS "periodAnchor",
      p.overage_enabled AS "overageEnabled", p.overage_cap::text AS "overageCap",
      coalesce((SELECT json_agg(json_build_object('feature', o.feature, 'limit', o."limit", 'expiresAt', o.expires_at))
        FROM entitlement_override o WHERE o.org_id = p.org_id AND o.ended_at IS NULL), '[]') AS overrides
    FROM organization_plan p WHERE p.org_id = ANY (${[...orgIds]}::uuid[])`;
  return new Map(
    rows.map(({ orgId, plan: basePlan, overrides, ...rest }) => [
      orgId,
      {
        basePlan,
        ...rest,
        overrides: overrides.map(({ expiresAt, ...override }) => ({
          ...override,
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
        })),
      },
    ]),
  );
}

/** The whole table of plans. @throws when an entitlement that the code knows is missing in it. */
export async function readPlanLimits(db: ScopedDatabase): Promise<PlanLimits> {
  const rows = await db.planEntitlement.findMany();
  const limitOf = (plan: Plan, feature: Entitlement): number => {
    const row = rows.find((each) => each.plan === plan && each.feature === feature);
    if (!row) throw new Error(`plan_entitlements lacks ${feature} of ${plan}: add it in a migration`);
    return Number(row.limit);
  };
  return Object.fromEntries(
    PLANS.map((plan) => [
      plan,
      Object.fromEntries(ENTITLEMENTS.map((feature) => [feature, limitOf(plan, feature)])),
    ]),
  ) as PlanLimits;
}

/** The first row of an organization's plan. Names only what a tenant may write of it. */
export const insertPlan = ({ db, orgId }: InOrg, now: Date, trialEndsAt: Date): Promise<number> =>
  db.$executeRaw`
    INSERT INTO organization_plan (org_id, period_anchor, trial_ends_at)
    VALUES (${orgId}::uuid, ${now}::timestamptz, ${trialEndsAt}::timestamptz)`;
