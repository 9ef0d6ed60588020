/** What billing announces. Ids only; whoever answers reads the rest from rows. */
import { z } from "zod";

/** An event of Stripe is stored and wants to be handled. */
export const STRIPE_EVENT_STORED = "billing/stripe_event.stored";
export const StripeEventStored = z.object({ stripeEventId: z.string().max(255) });

/** A step of dunning was decided; its mail is to be sent, or its subscription ended. */
export const DUNNING_DECIDED = "billing/dunning.decided";
export const DunningDecided = z.object({ stepId: z.uuid() });
