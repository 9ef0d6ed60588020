/** What webhooks announce, to themselves: ids and counters only. */
import { z } from "zod";

/** A delivery's time has come. `attempt` tries went before it. */
export const DELIVERY_DUE = "webhooks/delivery.due";
export const DeliveryDue = z.object({
  deliveryId: z.uuid(),
  /** Tries of one address do not crowd out others; the row decides where it goes. */
  endpointId: z.uuid(),
  attempt: z.int().min(0),
});
export type DeliveryDue = z.infer<typeof DeliveryDue>;

/** An endpoint fails for a day, or was left alone. */
export const ENDPOINT_TROUBLED = "webhooks/endpoint.troubled";
export const EndpointTroubled = z.object({
  orgId: z.uuid(),
  endpointId: z.uuid(),
  since: z.iso.datetime(),
  isDisabled: z.boolean(),
});
export type EndpointTroubled = z.infer<typeof EndpointTroubled>;
