/** Named SQL of billing inside an organization: its mirror, read only. */
import type { TenantReadScope } from "~/server/db/with-tenant";
import { chosenSubscription } from "../rules";
import { subscriptionOfRow, type MirroredSubscription } from "./rows";

/** The one that counts, or null. */
export async function currentSubscription({ db }: TenantReadScope): Promise<MirroredSubscription | null> {
  const rows = await db.subscription.findMany({ orderBy: { startedAt: "desc" }, take: 20 });
  return chosenSubscription(rows.map(subscriptionOfRow));
}

export const customerRow = ({ db, actor }: TenantReadScope) =>
  db.billingCustomer.findUnique({ where: { orgId: actor.orgId } });

/** Newest first; `before` is the last one of the page before. */
export const invoiceRows = (
  { db }: TenantReadScope,
  { before, take }: { before: string | null; take: number },
) =>
  db.invoice.findMany({
    where: { status: { not: "draft" } },
    orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
    ...(before && { cursor: { id: before }, skip: 1 }),
    take,
  });

export const invoiceRow = ({ db }: TenantReadScope, id: string) =>
  db.invoice.findFirst({ where: { id }, include: { lines: { orderBy: { position: "asc" } } } });

/** The oldest that waits to be paid. */
export const unpaidInvoice = ({ db }: TenantReadScope) =>
  db.invoice.findFirst({ where: { status: "open" }, orderBy: { issuedAt: "asc" } });
