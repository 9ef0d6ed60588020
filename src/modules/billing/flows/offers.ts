/** Offers: what a plan without a listed price costs one organization. Staff makes them, an owner takes them up by paying. */
import type { OrgActor, UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Plan } from "~/kernel/plans";
import { record } from "~/modules/audit";
import { asDomainError } from "~/server/db/failure";
import { readTenant } from "~/server/db/with-tenant";
import { readSystem, withSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { createOfferPrice, isStripeSetUp, retirePrice } from "../adapters/stripe";
import { noOffer, organizationUnknown } from "../errors";
import {
  closeOffer,
  nameOfferPrice,
  offerById,
  openOffer,
  organizationBySlug,
  writeOffer,
  type OfferRow,
} from "../queries/offers";
import type { MakeOfferInput, WithdrawOfferInput } from "../schema";

/**
 * Offers Enterprise to an organization; one that is open already is withdrawn by it. Its price is made at Stripe when it
 * is needed, so that an offer can be made while Stripe does not answer.
 * @throws billing.organization_unknown
 */
export function makeOffer(
  { userId, trace }: UserActor,
  { organization, monthlyAmount, reason }: MakeOfferInput,
): Promise<void> {
  return withSystem({ reason: "a platform admin makes an offer", trace, actorId: userId }, async (scope) => {
    const orgId = await organizationBySlug(scope, organization.toLowerCase());
    if (!orgId) throw organizationUnknown();
    const offer = { orgId, plan: "ENTERPRISE" as const, monthlyAmount, reason, madeById: userId };
    const id = await writeOffer(scope, offer, clock.now());
    await record(
      scope,
      {
        action: "offer.made",
        target: { type: "offer", id },
        after: { plan: offer.plan, monthlyAmount, reason },
      },
      { orgId },
    );
  });
}

/** @throws kernel.not_found, billing.no_offer when it is taken up or withdrawn. */
export async function withdrawOffer(
  { userId, trace }: UserActor,
  { id, reason }: WithdrawOfferInput,
): Promise<void> {
  const at = { reason: "a platform admin withdraws an offer", trace, actorId: userId };
  const offer = await readSystem(at, (scope) => offerById(scope, id));
  if (!offer) throw notFound("offer");
  await withSystem(at, async (scope) => {
    if (!(await closeOffer(scope, id, "withdrawn", clock.now()))) throw noOffer();
    await record(
      scope,
      { action: "offer.withdrawn", target: { type: "offer", id }, after: { reason } },
      { orgId: offer.orgId },
    );
  });
  if (!offer.stripePriceId || !isStripeSetUp()) return;
  // A checkout that was opened with it could still be paid otherwise.
  await retirePrice(offer.stripePriceId).catch((error: unknown) =>
    logger().warn({ err: error, offer: id, code: asDomainError(error).code }, "a price was not retired"),
  );
}

/** The price at Stripe of the organization's open offer for the plan; null when there is none. */
export async function offeredPrice(actor: OrgActor, plan: Plan): Promise<string | null> {
  const offer = await readTenant(actor, openOffer);
  if (offer?.plan !== plan) return null;
  return offer.stripePriceId ?? priceOf(actor, offer);
}

/** Made once, whatever is killed or repeated: the offer's id is the identity of the call. */
async function priceOf({ userId, trace }: OrgActor, offer: OfferRow): Promise<string> {
  const stripePriceId = await createOfferPrice(offer);
  await withSystem({ reason: "an offer has its price", trace, actorId: userId }, (scope) =>
    nameOfferPrice(scope, offer.id, stripePriceId),
  );
  return stripePriceId;
}
