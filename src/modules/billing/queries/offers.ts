/** SQL of offers: a price of one organization's own. */
import type { TenantReadScope } from "~/server/db/with-tenant";
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import type { Plan } from "~/kernel/plans";
import type { OfferView } from "../schema";

export type OfferRow = {
  id: string;
  orgId: string;
  plan: Plan;
  monthlyAmount: string;
  currency: string;
  stripePriceId: string | null;
  createdAt: Date;
};

/** The one that is open, or null. */
export async function openOffer({ db, actor }: TenantReadScope): Promise<OfferRow | null> {
  const row = await db.billingOffer.findFirst({ where: { orgId: actor.orgId, state: "open" } });
  return row && { ...row, plan: row.plan as Plan, monthlyAmount: row.monthlyAmount.toFixed() };
}

/** By the name in an address, old ones included. */
export async function organizationBySlug({ db }: SystemScope, slug: string): Promise<string | null> {
  const row = await db.organizationSlug.findUnique({ where: { slug }, select: { orgId: true } });
  return row?.orgId ?? null;
}

/** Puts an offer in the place of the one that is open. @returns its id. */
export async function writeOffer(
  scope: SystemScope,
  offer: { orgId: string; plan: Plan; monthlyAmount: string; reason: string; madeById: string },
  now: Date,
): Promise<string> {
  await scope.db.billingOffer.updateMany({
    where: { orgId: offer.orgId, state: "open" },
    data: { state: "withdrawn", closedAt: now },
  });
  const id = newId();
  await scope.db.billingOffer.createMany({ data: { id, ...offer, createdAt: now } });
  return id;
}

/** Notes what Stripe named its price; the first answer stands. */
export const nameOfferPrice = ({ db }: SystemScope, id: string, stripePriceId: string) =>
  db.billingOffer.updateMany({ where: { id, stripePriceId: null }, data: { stripePriceId } });

export const offerById = ({ db }: SystemScope, id: string) => db.billingOffer.findUnique({ where: { id } });

/** @returns whether it was open still. */
export async function closeOffer(
  { db }: SystemScope,
  id: string,
  state: "withdrawn" | "accepted",
  closedAt: Date,
): Promise<boolean> {
  const { count } = await db.billingOffer.updateMany({
    where: { id, state: "open" },
    data: { state, closedAt },
  });
  return count > 0;
}

/** The offer that a price was made for, whatever became of it. */
export const offerOfPrice = ({ db }: SystemScope, orgId: string, stripePriceId: string) =>
  db.billingOffer.findFirst({ where: { orgId, stripePriceId } });

/** Open ones first, then the newest; fifty. */
export const offerRows = ({ db }: SystemScope): Promise<OfferView[]> =>
  db.$queryRaw<OfferView[]>`
    SELECT f.id::text, o.name AS organization, o.slug, f.plan, trim_scale(f.monthly_amount)::text AS "monthlyAmount", f.currency,
      f.state, f.reason, f.created_at AS "madeAt", f.closed_at AS "closedAt"
    FROM billing_offer f JOIN organization o ON o.id = f.org_id
    ORDER BY f.state = 'open' DESC, f.created_at DESC LIMIT 50`;
