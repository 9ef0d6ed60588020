import { StatusDot } from "~/ui/status-dot";
import type { Delivery, Endpoint, Fault } from "../schema";

/** What stands above the list, while it comes and when it is there. */
export const WEBHOOKS = {
  title: "Webhooks",
  description: "Tell other systems when something happens here: a signed request to an address of yours.",
};

/** "company.created" → "Company created". */
export function eventWords(type: string): string {
  const spaced = type.replace(/[._]+/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export const FAULT_WORDS: Record<Fault, string> = {
  timeout: "No answer within 15 s",
  dns: "The name is not known",
  refused: "The connection was refused",
  tls: "The certificate is not good",
  reset: "The connection was cut off",
  not_public: "The address lies in a private network",
  answer_too_large: "The answer was too large",
  failed: "The call failed",
  endpoint_disabled: "The webhook was switched off",
};

export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  if (endpoint.status === "active")
    return endpoint.failingSince ? (
      <StatusDot tone="caution" shape="half">
        Failing
      </StatusDot>
    ) : (
      <StatusDot tone="positive">Active</StatusDot>
    );
  return endpoint.disabledReason === "by_hand" ? (
    <StatusDot tone="neutral" shape="ring">
      Off
    </StatusDot>
  ) : (
    <StatusDot tone="negative" shape="cross">
      Switched off
    </StatusDot>
  );
}

export function DeliveryState({ delivery }: { delivery: Pick<Delivery, "status" | "attempts"> }) {
  if (delivery.status === "succeeded") return <StatusDot tone="positive">Delivered</StatusDot>;
  if (delivery.status === "failed")
    return (
      <StatusDot tone="negative" shape="cross">
        Failed
      </StatusDot>
    );
  return delivery.attempts === 0 ? (
    <StatusDot tone="neutral" shape="ring">
      On its way
    </StatusDot>
  ) : (
    <StatusDot tone="caution" shape="half">
      Trying again
    </StatusDot>
  );
}

/** "All events", "Company created", "3 kinds of event". */
export function subscribedWords({
  allEvents,
  eventTypes,
}: Pick<Endpoint, "allEvents" | "eventTypes">): string {
  if (allEvents) return "All events";
  const [only, ...others] = eventTypes;
  return only !== undefined && others.length === 0 ? eventWords(only) : `${eventTypes.length} kinds of event`;
}

/** What the last try brought: "204", "No answer within 15 s", nothing before it. */
export function outcomeWords({
  lastStatusCode,
  lastFault,
}: Pick<Delivery, "lastStatusCode" | "lastFault">): string {
  if (lastFault) return FAULT_WORDS[lastFault];
  return lastStatusCode === null ? "" : `Answered ${lastStatusCode}`;
}
