/** Webhooks' Inngest door: tries whose time has come, and trouble to be told. */
import type { InngestFunction } from "inngest";
import { onEvent } from "~/server/events/on-event";
import { DELIVERY_DUE, DeliveryDue, ENDPOINT_TROUBLED, EndpointTroubled } from "./events";
import { deliver, tellOfTrouble, type RecordReaders } from "./flows";

/** `readers` show what an event is about. */
export const webhookFunctions = (readers: RecordReaders): InngestFunction.Any[] => [
  onEvent({
    id: "deliver-webhook",
    event: DELIVERY_DUE,
    data: DeliveryDue,
    // One slow address holds up itself only.
    atOnce: { key: "event.data.endpointId", limit: 5 },
    run: async (due, trace) => (await deliver(due, trace, readers)) === "succeeded",
  }),
  onEvent({
    id: "tell-of-webhook-trouble",
    event: ENDPOINT_TROUBLED,
    data: EndpointTroubled,
    run: async (troubled, trace) => tellOfTrouble(troubled, trace),
  }),
];
