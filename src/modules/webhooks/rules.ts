/** Decisions of outgoing webhooks: when to try again, when to give up, when to stop calling an address at all. */
import type { Permission } from "~/kernel/roles";
import { SCOPE_TABLE, SCOPES } from "~/kernel/scopes";
import { TEST_EVENT, type EventType, type Fault } from "./schema";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds after a failed try before the next: ten tries over three days and a bit. */
const WAITS = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
export const MAX_ATTEMPTS = WAITS.length + 1;

/** Failures without a success in between, after which people are told, and after which the address is left alone. */
const WARN_AFTER_MS = 24 * HOUR;
const DISABLE_AFTER_MS = 72 * HOUR;

type Noun<Name extends string> = Name extends `${infer One}.${string}` ? One : never;

/** What reads the things that events are about. */
const READ_BY: Record<Noun<EventType | typeof TEST_EVENT>, Permission> = {
  company: "crm.read",
  contact: "crm.read",
  import: "import.read",
  export: "job.read",
  job: "job.readAll",
  invitation: "member.read",
  member: "member.read",
  organization: "organization.read",
  webhook: "webhook.read",
};

/** Everything that is read by any scope: an event of tomorrow is about one of these. */
const ALL_READING = SCOPES.filter((scope) => SCOPE_TABLE[scope].access === "read").flatMap(
  (scope) => SCOPE_TABLE[scope].permissions,
);

/** What somebody must be allowed to read who is told of these: an endpoint must not reach further than who makes it. */
export const readingOf = ({
  allEvents,
  eventTypes,
}: {
  allEvents: boolean;
  eventTypes: readonly string[];
}): Permission[] =>
  allEvents
    ? ALL_READING
    : [...new Set(eventTypes.map((type) => READ_BY[type.split(".")[0] as keyof typeof READ_BY]))];

/** How many endpoints one organization may have. */
export const MAX_ENDPOINTS = 20;
/** The log, with what was sent, is kept for this long. */
export const KEPT_DAYS = 30;

export type Outcome =
  { kind: "answered"; status: number; retryAfterMs: number | null } | { kind: "failed"; fault: Fault };

export const isSuccess = (outcome: Outcome): boolean =>
  outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300;

/** 410 says: never again. */
export const isGone = (outcome: Outcome): boolean => outcome.kind === "answered" && outcome.status === 410;

/**
 * When to try again after the try number `attempt` (from 1) failed; null when it was the last. `spread` (0 to 1) shifts
 * by up to a tenth, so that what failed together does not come back together. An answer's Retry-After is heeded up to a day.
 */
export function nextTry(attempt: number, outcome: Outcome, now: Date, spread: number): Date | null {
  const wait = WAITS[attempt - 1];
  if (wait === undefined) return null;
  const asked = outcome.kind === "answered" ? (outcome.retryAfterMs ?? 0) : 0;
  const ms = Math.max(wait * (0.95 + spread / 10), Math.min(asked, 24 * HOUR));
  return new Date(now.getTime() + Math.round(ms));
}

/** Seconds or an HTTP date; null for anything else. */
export function retryAfterMs(header: string | string[] | undefined, now: Date): number | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (!text) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

export type Health = { failingSince: Date | null; warnedAt: Date | null };
export type Verdict = {
  health: Health;
  /** What follows for the endpoint, once. */
  act: "none" | "warn" | "disable_failing" | "disable_gone";
};

/** What a try says about its endpoint. */
export function judge(before: Health, outcome: Outcome, now: Date): Verdict {
  if (isSuccess(outcome)) return { health: { failingSince: null, warnedAt: null }, act: "none" };
  const failingSince = before.failingSince ?? now;
  if (isGone(outcome)) return { health: { ...before, failingSince }, act: "disable_gone" };
  const failingMs = now.getTime() - failingSince.getTime();
  if (failingMs >= DISABLE_AFTER_MS) return { health: { ...before, failingSince }, act: "disable_failing" };
  if (failingMs >= WARN_AFTER_MS && before.warnedAt === null)
    return { health: { failingSince, warnedAt: now }, act: "warn" };
  return { health: { ...before, failingSince }, act: "none" };
}

/** The event's name at the engine; one a try, so that a repeated one is dropped there. */
export const dueId = (deliveryId: string, attempt: number, claimedUntil: Date): string =>
  `webhook:${deliveryId}:${attempt}:${claimedUntil.getTime()}`;

/** An address as lists show it: without what may be a secret in its query. */
export const shownUrl = (url: string): string => url.replace(/[?#].*$/, "");
