/** Billing's Inngest door: events of Stripe that are stored, and what was decided about who does not pay. */
import type { InngestFunction } from "inngest";
import { onEvent } from "~/server/events/on-event";
import { DUNNING_DECIDED, DunningDecided, STRIPE_EVENT_STORED, StripeEventStored } from "./events";
import { carryOutDunning } from "./flows/dunning";
import { handleStripeEvent } from "./flows/handle-event";

export const billingFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "handle-stripe-event",
    event: STRIPE_EVENT_STORED,
    data: StripeEventStored,
    run: handleStripeEvent,
  }),
  onEvent({ id: "carry-out-dunning", event: DUNNING_DECIDED, data: DunningDecided, run: carryOutDunning }),
];
