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
  createCustomer,
  heldPrice,
  listedPrice,
  openCheckout,
  openPortal,
  previewInvoice,
  replaceTaxId,
  setCancelAtPeriodEnd,
  stepAtPeriodEnd,
  stepUp,
} from "../adapters/stripe";
import { alreadyOnPlan, alreadySubscribed, notSubscribed } from "../errors";
import { currentSubscription, customerRow } from "../queries";
import { customerOfOrg, intendCustomer, nameCustomer, organizationName, ownersOf } from "../queries/system";
import { isLive, planStep } from "../rules";
import type { ChangePlanInput, CheckoutInput, InvoicePreview, TaxIdInput } from "../schema";
import { offeredPrice } from "./offers";
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
    const { count } = await nameCustomer(scope, orgId, stripeCustomerId);
    // Several who pay at once are given the same customer; one of them made it.
    if (count === 0) return;
    await record(
      scope,
      { action: "customer.created", target: { type: "customer", id: stripeCustomerId } },
      { orgId },
    );
  });
  return stripeCustomerId;
}

/** What the plan costs this organization: its offer, or the list. @throws billing.plan_not_sold. */
const priceFor = async (actor: OrgActor, plan: Plan): Promise<string> =>
  (await offeredPrice(actor, plan)) ?? listedPrice(plan);

/**
 * A page of Stripe where the plan is paid for.
 * @throws billing.plan_not_sold, billing.already_subscribed, billing.payments_delayed.
 */
export async function startCheckout(
  actor: OrgActor,
  slug: string,
  { plan, intentId }: CheckoutInput,
): Promise<{ url: string }> {
  const priceId = await priceFor(actor, plan);
  const [current, terms] = await readTenant(actor, (scope) =>
    Promise.all([currentSubscription(scope), termsOf({ db: scope.db, orgId: actor.orgId })]),
  );
  if (current && isLive(current.status) && current.status !== "incomplete") throw alreadySubscribed();
  const stripeCustomerId = await customerFor(actor);
  const url = await openCheckout({
    orgId: actor.orgId,
    stripeCustomerId,
    priceId,
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

/** An instant of a preview that is older than this is taken as now. */
const AGREED_MS = 60 * 60_000;

/**
 * To another plan: a larger one at once, paid by the second; a smaller one with the next period; back to the one that is
 * paid for still, when a smaller one was chosen.
 * @throws billing.not_subscribed, billing.plan_not_sold, billing.already_on_plan, billing.card_declined.
 */
export async function changePlan(
  actor: OrgActor,
  { plan, intentId, countedAt }: ChangePlanInput,
): Promise<void> {
  const { current, stripeCustomerId } = await subscribed(actor);
  const now = clock.now();
  const offered = await offeredPrice(actor, plan);
  const step = planStep(current, plan, offered, now);
  const before = { plan: current.plan, priceId: current.priceId };
  if (step === "nothing") throw alreadyOnPlan();
  if (step === "up") {
    const agreed = countedAt && countedAt <= now && now.getTime() - countedAt.getTime() < AGREED_MS;
    const at = agreed && countedAt >= current.periodStart ? countedAt : now;
    const priceId = offered ?? (await listedPrice(plan));
    await stepUp(current.stripeId, { priceId, countedAt: at, intentId });
  } else if (step === "down") {
    const held = { ...before, until: current.periodEnd };
    await stepAtPeriodEnd(current.stripeId, { priceId: await listedPrice(plan), held, intentId });
  } else {
    const priceId = await heldPrice(current.stripeId);
    if (priceId) await stepAtPeriodEnd(current.stripeId, { priceId, held: null, intentId });
  }
  await note(actor, "subscription.plan_changed", {
    before: before.plan,
    plan,
    from: step === "down" ? current.periodEnd.toISOString() : now.toISOString(),
  });
  await syncCustomer(stripeCustomerId, actor.trace);
}

/**
 * The next invoice, or with a larger `plan` what is paid for it now; null when there is none.
 * @throws billing.plan_not_sold.
 */
export async function previewNext(actor: OrgActor, plan: Plan | null): Promise<InvoicePreview | null> {
  const [current, customer] = await readTenant(actor, (scope) =>
    Promise.all([currentSubscription(scope), customerRow(scope)]),
  );
  if (!current || !isLive(current.status) || !customer?.stripeCustomerId) return null;
  // Stripe writes none for a subscription that ends, but for what was used in its last period.
  if (current.status === "incomplete") return null;
  const now = clock.now();
  const offered = plan && (await offeredPrice(actor, plan));
  // A step down costs nothing now, and what comes is the next invoice.
  const isUp = plan !== null && planStep(current, plan, offered, now) === "up";
  return previewInvoice(customer.stripeCustomerId, current.stripeId, {
    priceId: isUp ? (offered ?? (await listedPrice(plan))) : null,
    countedAt: new Date(Math.floor(now.getTime() / 1000) * 1000),
  });
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
