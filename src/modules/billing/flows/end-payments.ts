/** What a deletion asks of payments: nothing is charged from then on, and Stripe forgets whom it need not remember. */
import type { Trace } from "~/kernel/actor";
import { record } from "~/modules/audit";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { deleteCustomer, endSubscription, moveReceipts } from "../adapters/stripe";
import { isStripeSetUp } from "../adapters/stripe-client";
import { customerOfOrg, customersToForget, hasInvoices, livingSubscriptions } from "../queries/system";
import { syncCustomer } from "./sync-customer";

/** How many subscriptions `endPayments` would end. */
export async function paymentsToEnd(scope: SystemScope, orgId: string): Promise<number> {
  const customer = await customerOfOrg(scope, orgId);
  return customer?.stripeCustomerId ? (await livingSubscriptions(scope, orgId)).length : 0;
}

/**
 * Ends what an organization pays for, at once and without a credit, and deletes its customer where no invoice was
 * written: Stripe needs it as long as the accounts are kept. Done again, it finds nothing to do. Writes no entry of the
 * audit log, since it may be asked for again: `recordPaymentsEnded` does, by whoever knows that it is done.
 * @returns the customer at Stripe, or null when there never was one. @throws billing.payments_delayed
 */
export async function endPayments(orgId: string, trace: Trace): Promise<string | null> {
  const { customer, living, isInvoiced } = await readSystem(
    { reason: "end an organization's payments", trace },
    async (scope) => ({
      customer: await customerOfOrg(scope, orgId),
      living: await livingSubscriptions(scope, orgId),
      isInvoiced: await hasInvoices(scope, orgId),
    }),
  );
  const stripeId = customer?.stripeCustomerId;
  if (!stripeId) return null;
  for (const id of living) await endSubscription(id, `erasure:${orgId}:${id}`);
  // What it earned until now is written down before its rows go.
  await syncCustomer(stripeId, trace);
  if (!isInvoiced) await deleteCustomer(stripeId);
  return stripeId;
}

/** To be called in the transaction that settles that payments have ended, once. */
export const recordPaymentsEnded = (
  scope: SystemScope,
  orgId: string,
  { customer, subscriptions }: { customer: string; subscriptions: number },
): Promise<void> =>
  record(
    scope,
    {
      action: "billing.ended",
      target: { type: "customer", id: customer },
      after: { ended: subscriptions },
    },
    { orgId },
  );

/** Sends an organization's receipts to another owner, at Stripe and in the mirror. Done again, it changes nothing. */
export async function redirectReceipts(orgId: string, email: string, trace: Trace): Promise<void> {
  const customer = await readSystem({ reason: "whose receipts", trace }, (scope) =>
    customerOfOrg(scope, orgId),
  );
  if (customer?.stripeCustomerId) await moveReceipts(customer.stripeCustomerId, email);
  await withSystem({ reason: "receipts go to another owner", trace }, async (scope) => {
    const { count } = await scope.db.billingCustomer.updateMany({
      where: { orgId, email: { not: email } },
      data: { email },
    });
    // Of two that try, or one that tries twice, the one that changed it says so.
    if (count === 0) return;
    await record(
      scope,
      { action: "billing.receipts_moved", target: { type: "organization", id: orgId } },
      { orgId },
    );
  });
}

/**
 * Deletes the customer of an organization that is gone at Stripe, once no invoice dated `since` (UTC) or later is left that
 * wants one. Done again, it finds nothing. @throws billing.payments_delayed
 */
export async function forgetCustomer(orgId: string, since: Date, trace: Trace): Promise<void> {
  if (!isStripeSetUp()) return;
  const customers = await readSystem({ reason: "a customer need not be kept any more", trace }, (scope) =>
    customersToForget(scope, orgId, since),
  );
  for (const id of customers) await deleteCustomer(id);
}
