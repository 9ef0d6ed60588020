/** What outgoing webhooks refuse, in public words. */
import { DomainError } from "~/kernel/errors";
import { MAX_ENDPOINTS } from "./rules";
import { CHOOSE_EVENTS } from "./schema";

const ADDRESS_WORDS = {
  not_a_url: "This is not an address. Write it whole, for example https://example.com/hooks.",
  too_long: "An address has at most 2,000 characters.",
  not_https: "The address must begin with https://, so that nobody on the way can read what is sent.",
  credentials: "Leave name and password out of the address: every delivery is signed instead.",
  port: "This port is not called. Use the usual one of https, or one from 1024 on.",
  not_public:
    "This address lies in a private network and is never called. Use one that is reached from the internet.",
} as const;

export const urlRefused = (fault: keyof typeof ADDRESS_WORDS) =>
  new DomainError(
    "invalid",
    "webhooks.url_refused",
    ADDRESS_WORDS[fault],
    { fault },
    { fields: { url: [ADDRESS_WORDS[fault]] } },
  );

export const noEvents = () =>
  new DomainError(
    "invalid",
    "webhooks.no_events",
    CHOOSE_EVENTS,
    {},
    { fields: { eventTypes: [CHOOSE_EVENTS] } },
  );

export const tooMany = () =>
  new DomainError(
    "conflict",
    "webhooks.too_many",
    `An organization has at most ${MAX_ENDPOINTS} webhooks. Delete one that is not used any more.`,
    { limit: MAX_ENDPOINTS },
  );

export const isDisabled = () =>
  new DomainError("conflict", "webhooks.disabled", "This webhook is switched off. Switch it on first.");

export const notKept = () =>
  new DomainError(
    "gone",
    "webhooks.not_kept",
    "What was sent then is not kept any more. The log reaches back 30 days.",
  );

export const stillPending = () =>
  new DomainError(
    "conflict",
    "webhooks.still_pending",
    "This delivery is still being tried. Wait for its end to send it again.",
  );
