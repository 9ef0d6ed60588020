/** Pure decisions of notifications. */
import { NOTICES, type NoticeKind, type NotificationItem } from "./schema";

/** Days a notification is kept (spec §2). */
export const KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** What is older goes. */
export const purgeBefore = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS);

type Row = {
  id: string;
  kind: string;
  targetId: string | null;
  detail: unknown;
  createdAt: Date;
  readAt: Date | null;
};

/** A row as it is shown, or null for one of another version's kind or shape: it is passed over, never an error. */
export function shownOf(row: Row, nameOf: (userId: string) => string | undefined): NotificationItem | null {
  if (!(row.kind in NOTICES)) return null;
  const kind = row.kind as NoticeKind;
  const detail = NOTICES[kind].safeParse(row.detail);
  if (!detail.success) return null;
  const name = row.targetId === null ? undefined : nameOf(row.targetId);
  const { id, targetId, createdAt, readAt } = row;
  return {
    id,
    kind,
    targetId,
    detail: detail.data,
    person: name === undefined ? null : { name },
    createdAt,
    isRead: readAt !== null,
  } as NotificationItem;
}

/** Whose name a notification shows: its target, where that is a person. */
export const isAboutPerson = (kind: string): boolean =>
  kind === "invitation.accepted" || kind === "role.changed";
