/** Billing's Inngest door: events of Stripe that are stored, and what was decided about who does not pay. */
import type { InngestFunction } from "inngest";
import { onEvent } from "~/server/events/on-event";
import { STRIPE_EVENT_STORED, StripeEventStored } from "./events";
import { handleStripeEvent } from "./flows/handle-event";

export const billingFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "handle-stripe-event",
    event: STRIPE_EVENT_STORED,
    data: StripeEventStored,
    run: handleStripeEvent,
  }),
];
