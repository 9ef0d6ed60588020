/** What crosses the doors of outgoing webhooks. */
import { z } from "zod";
import { pageOf, PageInput } from "~/kernel/paging";

/**
 * What an organization may have told: names of acts as the audit log writes them (`noun.verbed`). The table
 * `webhook_event_type` holds the same; a test compares.
 */
export const EVENT_GROUPS = [
  {
    label: "Companies",
    types: [
      "company.created",
      "company.updated",
      "company.deleted",
      "company.restored",
      "company.merged",
      "company.unmerged",
    ],
  },
  {
    label: "Contacts",
    types: [
      "contact.created",
      "contact.updated",
      "contact.deleted",
      "contact.restored",
      "contact.merged",
      "contact.unmerged",
    ],
  },
  {
    label: "Imports and exports",
    types: ["import.started", "import.finished", "import.discarded", "export.started", "export.finished"],
  },
  { label: "Jobs", types: ["job.completed", "job.failed", "job.cancelled"] },
  {
    label: "People",
    types: [
      "invitation.sent",
      "invitation.accepted",
      "invitation.revoked",
      "member.role_changed",
      "member.removed",
      "member.left",
    ],
  },
  { label: "Organization", types: ["organization.updated", "organization.plan_changed"] },
] as const;

export type EventType = (typeof EVENT_GROUPS)[number]["types"][number];
export const EVENT_TYPES = EVENT_GROUPS.flatMap(({ types }) => [...types]) as [EventType, ...EventType[]];
/** Sent to one endpoint when somebody asks for it; can't be subscribed to. */
export const TEST_EVENT = "webhook.tested";

const EventTypes = z.array(z.enum(EVENT_TYPES)).max(EVENT_TYPES.length);
const Url = z
  .string()
  .trim()
  .min(1, "Write the address that events are sent to.")
  .max(2_000, "An address has at most 2,000 characters.");
const Description = z.string().trim().max(200, "At most 200 characters.");

export const hasEvents = ({ allEvents, eventTypes }: { allEvents: boolean; eventTypes: readonly string[] }) =>
  allEvents || eventTypes.length > 0;
export const CHOOSE_EVENTS = "Choose at least one event, or all of them.";

/** `allEvents` means those of tomorrow too; `eventTypes` is ignored then. */
export const EndpointInput = z
  .object({
    url: Url,
    description: Description.default(""),
    allEvents: z.boolean().default(false),
    eventTypes: EventTypes.default([]),
  })
  .refine(hasEvents, { path: ["eventTypes"], error: CHOOSE_EVENTS });
export type EndpointInput = z.output<typeof EndpointInput>;

/** Only what is given changes. Event types that are given mean those alone, unless `allEvents` says otherwise. */
export const UpdateEndpointInput = z.object({
  id: z.uuid(),
  url: Url.optional(),
  description: Description.optional(),
  allEvents: z.boolean().optional(),
  eventTypes: EventTypes.optional(),
  active: z.boolean().optional(),
});
export type UpdateEndpointInput = z.output<typeof UpdateEndpointInput>;

export const EndpointIdInput = z.object({ id: z.uuid() });
export type EndpointIdInput = z.output<typeof EndpointIdInput>;

export const SetActiveInput = z.object({ id: z.uuid(), active: z.boolean() });
export type SetActiveInput = z.output<typeof SetActiveInput>;

/** Hours for which the old secret signs beside the new one. */
export const OVERLAP_HOURS = [0, 1, 24, 168] as const;
export const RotateSecretInput = z.object({
  id: z.uuid(),
  overlapHours: z.union(OVERLAP_HOURS.map((hours) => z.literal(hours))).default(24),
});
export type RotateSecretInput = z.output<typeof RotateSecretInput>;

export const DisabledReason = z.enum(["by_hand", "failing", "gone"]);
export type DisabledReason = z.infer<typeof DisabledReason>;

export const Endpoint = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  allEvents: z.boolean(),
  eventTypes: z.array(z.string()),
  status: z.enum(["active", "disabled"]),
  disabledReason: DisabledReason.nullable(),
  /** The first failure since the last success, UTC. */
  failingSince: z.date().nullable(),
  createdAt: z.date(),
  /** Until when the secret before this one signs as well, UTC. */
  oldSecretUntil: z.date().nullable(),
});
export type Endpoint = z.infer<typeof Endpoint>;
export const EndpointList = z.object({ items: z.array(Endpoint), limit: z.int() });

/** `whsec_` and base64 of 32 bytes, as Standard Webhooks has it. */
export const Secret = z.object({ secret: z.string() });
export const EndpointMade = z.object({ endpoint: Endpoint, secret: z.string() });

export const DeliveryStatus = z.enum(["pending", "succeeded", "failed"]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

export const ListDeliveriesInput = PageInput.extend({
  cursor: z.uuid().nullish(),
  endpointId: z.uuid(),
  status: DeliveryStatus.optional(),
});
export type ListDeliveriesInput = z.output<typeof ListDeliveriesInput>;

/** Why a try brought no 2xx; null where the status says it. */
export const Fault = z.enum([
  "timeout",
  "dns",
  "refused",
  "tls",
  "reset",
  "not_public",
  "answer_too_large",
  "failed",
  "endpoint_disabled",
]);
export type Fault = z.infer<typeof Fault>;

export const Delivery = z.object({
  id: z.uuid(),
  /** `webhook-id` of the request: the same at every try and replay. */
  eventId: z.uuid(),
  eventType: z.string(),
  status: DeliveryStatus,
  attempts: z.int(),
  nextAttemptAt: z.date().nullable(),
  lastStatusCode: z.int().nullable(),
  lastFault: Fault.nullable(),
  isReplay: z.boolean(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryPage = pageOf(Delivery);

export const DeliveryIdInput = z.object({ id: z.uuid() });
export type DeliveryIdInput = z.output<typeof DeliveryIdInput>;

export const DeliveryDetail = Delivery.extend({
  /** What was sent; null before the first try, and once the log was emptied (30 days). */
  body: z.string().nullable(),
  tries: z.array(
    z.object({
      number: z.int(),
      startedAt: z.date(),
      durationMs: z.int(),
      statusCode: z.int().nullable(),
      fault: Fault.nullable(),
      answer: z.string().nullable(),
    }),
  ),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

export const ReplayFailedInput = z.object({ id: z.uuid() });
export type ReplayFailedInput = z.output<typeof ReplayFailedInput>;
export const Replayed = z.object({ count: z.int() });
export const DeliveryMade = z.object({ deliveryId: z.uuid() });

/** The body of a delivery. `record` is the thing as it stood when the event was put together; null once it is gone. */
export const EventBody = z.object({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.object({
    target: z.object({ type: z.string(), id: z.string() }).nullable(),
    actor_id: z.uuid().nullable(),
    record: z.record(z.string(), z.unknown()).nullable(),
  }),
});
export type EventBody = z.infer<typeof EventBody>;
