/** SQL of what was told to Stripe about usage beyond the plan. */
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import type { OverageMeter } from "../schema";

export type Report = {
  orgId: string;
  meter: OverageMeter;
  periodStart: Date;
  periodEnd: Date;
  hour: Date;
  quantity: bigint;
  totalAfter: bigint;
  countedAt: Date;
};

/**
 * Writes a batch, unless the hour has one, or another has told more meanwhile. @returns 1 or 0.
 */
export async function writeReport({ db }: SystemScope, report: Report): Promise<number> {
  await db.$queryRaw`SELECT org_id FROM billing_customer WHERE org_id = ${report.orgId}::uuid FOR UPDATE`;
  const [told] = await db.$queryRaw<{ units: bigint }[]>`
    SELECT coalesce(sum(quantity), 0)::bigint AS units FROM usage_report
    WHERE org_id = ${report.orgId}::uuid AND meter = ${report.meter} AND period_start = ${report.periodStart}`;
  if (told!.units + report.quantity !== report.totalAfter) return 0;
  const { count } = await db.usageReport.createMany({
    data: { id: newId(), ...report },
    skipDuplicates: true,
  });
  return count;
}

/** Units of a period told so far, confirmed or not. */
export async function toldUnits(
  { db }: SystemScope,
  orgId: string,
  meter: OverageMeter,
  periodStart: Date,
): Promise<bigint> {
  const { _sum } = await db.usageReport.aggregate({
    where: { orgId, meter, periodStart },
    _sum: { quantity: true },
  });
  return _sum.quantity ?? 0n;
}

export async function confirmedUnits(
  { db }: SystemScope,
  orgId: string,
  meter: OverageMeter,
  periodStart: Date,
): Promise<bigint> {
  const { _sum } = await db.usageReport.aggregate({
    where: { orgId, meter, periodStart, state: "confirmed" },
    _sum: { quantity: true },
  });
  return _sum.quantity ?? 0n;
}

export type OpenReport = Report & {
  id: string;
  state: string;
  firstSentAt: Date | null;
  stripeCustomerId: string;
};

/** Oldest first, up to a thousand. */
export const openReports = ({ db }: SystemScope, orgId: string | null) =>
  db.$queryRaw<OpenReport[]>`
    SELECT r.id::text, r.org_id::text AS "orgId", r.meter, r.period_start AS "periodStart", r.period_end AS "periodEnd",
           r.hour, r.quantity, r.total_after AS "totalAfter", r.counted_at AS "countedAt", r.state,
           r.first_sent_at AS "firstSentAt", c.stripe_customer_id AS "stripeCustomerId"
    FROM usage_report r JOIN billing_customer c ON c.org_id = r.org_id
    WHERE r.state IN ('pending', 'sent', 'unclear') AND c.stripe_customer_id IS NOT NULL
      AND (${orgId}::uuid IS NULL OR r.org_id = ${orgId}::uuid)
    ORDER BY r.created_at LIMIT 1000`;

export const markReportSent = ({ db }: SystemScope, id: string, now: Date) =>
  db.$executeRaw`
    UPDATE usage_report SET state = 'sent', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, ${now})
    WHERE id = ${id}::uuid`;

export const closeReport = (
  { db }: SystemScope,
  id: string,
  change: { state: "pending" | "confirmed" | "unclear"; confirmedAt?: Date; lastError: string | null },
) => db.usageReport.updateMany({ where: { id }, data: change });

/** Those with a subscription that charges. */
export async function payingOrganizations({ db }: SystemScope): Promise<string[]> {
  const rows = await db.subscription.findMany({
    where: { status: { in: ["active", "trialing", "past_due"] } },
    select: { orgId: true },
    distinct: ["orgId"],
  });
  return rows.map(({ orgId }) => orgId);
}
