/** Pure decisions of notifications. */
import type { Unread } from "./schema";

/** Days a notification is kept (spec §2). */
export const KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** What is older goes. */
export const purgeBefore = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS);

/** Whose name a notification shows: its target, where that is a person. */
export const isAboutPerson = (kind: string): boolean =>
  kind === "invitation.accepted" || kind === "role.changed";

/** Above this many unread ones, the exact number says nothing more. */
export const MOST_COUNTED = 100;

/**
 * Whether the stream told a count. What `Unread` of the schema says, by hand: every page of an organization listens,
 * and would load zod for this alone.
 */
export function isUnread(told: unknown): told is Unread {
  const { count, newestId } = (typeof told === "object" && told !== null ? told : {}) as Record<
    string,
    unknown
  >;
  return (
    Number.isInteger(count) &&
    Number(count) >= 0 &&
    Number(count) <= MOST_COUNTED &&
    (newestId === null || typeof newestId === "string")
  );
}
