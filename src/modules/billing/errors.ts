import { DomainError } from "~/kernel/errors";

export const paymentsNotSetUp = () =>
  new DomainError(
    "unavailable",
    "billing.not_set_up",
    "Payments are not set up here. Ask whoever runs this platform; plans can be given by staff.",
  );

/** Stripe does not answer, or its circuit is open: nothing was charged or changed by this call that a repeat would double. */
export const paymentsDelayed = (cause?: unknown) =>
  new DomainError(
    "unavailable",
    "billing.payments_delayed",
    "Payments are delayed: our payment provider does not answer. Nothing is lost; try again in a few minutes.",
    {},
    { cause },
  );

/** A refusal of Stripe that only we can mend: the request was wrong. */
export const stripeRefused = (cause: unknown) =>
  new DomainError(
    "internal",
    "billing.refused_by_stripe",
    "Our payment provider refused this. Nothing was charged; quote the id below if it stays.",
    {},
    { cause },
  );

export const cardDeclined = (cause: unknown) =>
  new DomainError(
    "conflict",
    "billing.card_declined",
    "The card was declined. Nothing was changed; use another card.",
    {},
    { cause },
  );

export const alreadySubscribed = () =>
  new DomainError(
    "conflict",
    "billing.already_subscribed",
    "This organization has a subscription already. Reload to see it.",
  );

export const notSubscribed = () =>
  new DomainError(
    "conflict",
    "billing.not_subscribed",
    "This organization has no subscription. Reload to see what changed.",
  );

export const planNotSold = (plan: string) =>
  new DomainError(
    "invalid",
    "billing.plan_not_sold",
    "This plan cannot be bought here. Write to us for an offer.",
    { plan },
    { fields: { plan: ["Choose a plan that has a price."] } },
  );

/** An offer that is gone, taken up, or was never made. */
export const noOffer = () =>
  new DomainError(
    "conflict",
    "billing.no_offer",
    "This offer is not open any more. Reload to see what holds now.",
  );

export const alreadyOnPlan = () =>
  new DomainError("conflict", "billing.already_on_plan", "This plan is yours already. Reload to see it.");

export const organizationUnknown = () =>
  new DomainError(
    "invalid",
    "billing.organization_unknown",
    "There is no such organization.",
    {},
    { fields: { organization: ["Write its name as it stands in its address, such as acme."] } },
  );

export const taxIdRefused = () =>
  new DomainError(
    "invalid",
    "billing.tax_id_refused",
    "The tax number was not accepted.",
    {},
    { fields: { value: ["Check the number and its country: it does not have the form of one."] } },
  );

export const differenceClosed = () =>
  new DomainError(
    "conflict",
    "billing.difference_closed",
    "Somebody has repaired or dismissed this already. Reload to see it.",
  );

export const cannotRepair = () =>
  new DomainError(
    "conflict",
    "billing.cannot_repair",
    "This cannot be repaired by a button. Mend it at Stripe, then dismiss it with the reason.",
  );
