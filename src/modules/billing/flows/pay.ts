/** What an owner does about money. Each alternates: read, ask Stripe, write; and is written down by who did it. */
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Plan } from "~/kernel/plans";
import { record } from "~/modules/audit";
import { setOverage, termsOf, type SetOverageInput } from "~/modules/entitlements";
import { env } from "~/server/config/env";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { readSystem, withSystem } from "~/server/db/with-system";
import {
  changeItems,
  createCustomer,
  openCheckout,
  openPortal,
  previewInvoice,
  replaceTaxId,
  setCancelAtPeriodEnd,
} from "../adapters/stripe";
import { alreadySubscribed, notSubscribed, planNotSold } from "../errors";
import { currentSubscription, customerRow } from "../queries";
import { customerOfOrg, intendCustomer, nameCustomer, organizationName, ownersOf } from "../queries/system";
import { isLive, priceList } from "../rules";
import type { CheckoutInput, InvoicePreview, TaxIdInput } from "../schema";
import { batchOverage } from "./report-overage";
import { syncCustomer } from "./sync-customer";

const billingPage = (slug: string): string => `${env().APP_URL}/o/${slug}/billing`;

/** Writes down what an owner did; the mirror's own change is written by the sync. */
const note = (actor: OrgActor, action: string, after: Record<string, unknown> = {}): Promise<void> =>
  withTenant(actor, (scope) =>
    record(scope, { action, target: { type: "organization", id: actor.orgId }, after }),
  );

/**
 * The organization's customer at Stripe, made when there is none. A crash between Stripe's answer and our writing repeats
 * the same call under the same key, with the same words, and gets the same customer.
 */
async function customerFor({ orgId, userId, trace }: OrgActor): Promise<string> {
  const intent = await withSystem(
    { reason: "an organization becomes a customer", trace, actorId: userId },
    async (scope) => {
      const [{ name }, owners] = await Promise.all([organizationName(scope, orgId), ownersOf(scope, orgId)]);
      const payer = owners.find((one) => one.userId === userId) ?? owners[0];
      if (!payer) throw notFound("organization");
      return intendCustomer(scope, { orgId, name, email: payer.userEmail });
    },
  );
  if (intent.stripeCustomerId) return intent.stripeCustomerId;
  const stripeCustomerId = await createCustomer(intent);
  await withSystem({ reason: "an organization is a customer", trace, actorId: userId }, async (scope) => {
    await nameCustomer(scope, orgId, stripeCustomerId);
    await record(
      scope,
      { action: "customer.created", target: { type: "customer", id: stripeCustomerId } },
      { orgId },
    );
  });
  return stripeCustomerId;
}

/**
 * A page of Stripe where the plan is paid for.
 * @throws billing.plan_not_sold, billing.already_subscribed, billing.payments_delayed.
 */
export async function startCheckout(
  actor: OrgActor,
  slug: string,
  { plan, intentId }: CheckoutInput,
): Promise<{ url: string }> {
  if (!priceList().some((one) => "plan" in one && one.plan === plan)) throw planNotSold(plan);
  const [current, terms] = await readTenant(actor, (scope) =>
    Promise.all([currentSubscription(scope), termsOf({ db: scope.db, orgId: actor.orgId })]),
  );
  if (current && isLive(current.status) && current.status !== "incomplete") throw alreadySubscribed();
  const stripeCustomerId = await customerFor(actor);
  const url = await openCheckout({
    orgId: actor.orgId,
    stripeCustomerId,
    plan,
    intentId,
    trialEndsAt: terms.trialEndsAt,
    now: clock.now(),
    returnUrl: billingPage(slug),
  });
  await note(actor, "checkout.started", { plan });
  return { url };
}

/** Stripe's own pages for cards, addresses and invoices. @throws billing.payments_delayed. */
export async function openBillingPortal(actor: OrgActor, slug: string): Promise<{ url: string }> {
  const url = await openPortal(await customerFor(actor), billingPage(slug));
  await note(actor, "portal.opened");
  return { url };
}

async function subscribed(actor: OrgActor) {
  const [current, customer] = await readTenant(actor, (scope) =>
    Promise.all([currentSubscription(scope), customerRow(scope)]),
  );
  if (!current || !isLive(current.status) || !customer?.stripeCustomerId) throw notSubscribed();
  return { current, stripeCustomerId: customer.stripeCustomerId };
}

/** Ends the subscription with what is paid for, or takes that back. @throws billing.not_subscribed. */
export async function setCancellation(actor: OrgActor, cancels: boolean, intentId: string): Promise<void> {
  const { current, stripeCustomerId } = await subscribed(actor);
  if (current.cancelAtPeriodEnd !== cancels) {
    await setCancelAtPeriodEnd(current.stripeId, cancels, intentId);
    await note(actor, cancels ? "subscription.cancelled" : "subscription.resumed", {
      subscription: current.stripeId,
      until: current.periodEnd.toISOString(),
    });
  }
  await syncCustomer(stripeCustomerId, actor.trace);
}

/** To another plan with a price, in mid-period. @throws billing.not_subscribed, billing.plan_not_sold. */
export async function changePlan(actor: OrgActor, plan: Plan, intentId: string): Promise<void> {
  if (!priceList().some((one) => "plan" in one && one.plan === plan)) throw planNotSold(plan);
  const { current, stripeCustomerId } = await subscribed(actor);
  if (current.plan !== plan) {
    await changeItems(current.stripeId, plan, intentId);
    await note(actor, "subscription.plan_changed", { before: current.plan, plan });
  }
  await syncCustomer(stripeCustomerId, actor.trace);
}

/** The next invoice, or with `plan` what a change to it would bring; null when there is none. */
export async function previewNext(actor: OrgActor, plan: Plan | null): Promise<InvoicePreview | null> {
  const [current, customer] = await readTenant(actor, (scope) =>
    Promise.all([currentSubscription(scope), customerRow(scope)]),
  );
  if (!current || !isLive(current.status) || !customer?.stripeCustomerId) return null;
  // Stripe writes none for a subscription that ends, but for what was used in its last period.
  if (current.status === "incomplete") return null;
  return previewInvoice(customer.stripeCustomerId, current.stripeId, plan === current.plan ? null : plan);
}

/** @throws billing.tax_id_refused when it does not have the form of one. */
export async function setTaxId(actor: OrgActor, input: TaxIdInput): Promise<void> {
  const stripeCustomerId = await customerFor(actor);
  await replaceTaxId(stripeCustomerId, input);
  // The number itself stands at Stripe and in the mirror; the log needs only that it changed.
  await note(actor, "tax_id.changed", { type: input.value === "" ? null : input.type });
  await syncCustomer(stripeCustomerId, actor.trace);
}

/**
 * Usage beyond the plan, up to a cap, on or off. Before it ends, what was used is written down to be billed.
 * @throws entitlements.overage_not_in_plan.
 */
export async function switchOverage(actor: OrgActor, input: SetOverageInput): Promise<void> {
  if (!input.enabled) await batchOverage(actor.orgId, actor.trace);
  await withTenant(actor, (scope) => setOverage(scope, input));
}

/** Reads Stripe now: after paying, and for who does not believe the page. Does nothing for who never paid. */
export async function refreshBilling({ orgId, trace }: OrgActor): Promise<void> {
  const customer = await readSystem({ reason: "whose mirror to refresh", trace }, (scope) =>
    customerOfOrg(scope, orgId),
  );
  if (customer?.stripeCustomerId) await syncCustomer(customer.stripeCustomerId, trace);
}
