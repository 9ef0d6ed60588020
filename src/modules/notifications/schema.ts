/** Notifications' contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Meter } from "~/kernel/meters";
import { PageInput, pageOf } from "~/kernel/paging";
import { Role } from "~/kernel/role-schema";
import { MOST_COUNTED } from "./rules";

/** What each kind says besides its target: ids, counters and codes; names are read when it is shown. */
export const NOTICES = {
  /** Target: the job. */
  "job.completed": z.object({ taskType: z.string() }),
  /** Target: the job. */
  "job.failed": z.object({ taskType: z.string(), code: z.string() }),
  /** Target: the person who is a member now. */
  "invitation.accepted": z.object({ role: Role }),
  /** Target: the person who changed it, where it was one. */
  "role.changed": z.object({ before: Role, after: Role }),
  /** No target: it concerns the organization. */
  "limit.neared": z.object({ meter: Meter, threshold: z.union([z.literal(80), z.literal(100)]) }),
  /** Target: the webhook that takes nothing for a day. */
  "webhook.failing": z.object({}),
  /** Target: the webhook that is not called any more. */
  "webhook.disabled": z.object({}),
} as const;
export type NoticeKind = keyof typeof NOTICES;
export const NOTICE_KINDS = Object.keys(NOTICES) as [NoticeKind, ...NoticeKind[]];

/** One notification to be written: to whom, why, about what. */
export type Notice = {
  [Kind in NoticeKind]: {
    kind: Kind;
    /** The person told; nothing is written when they are no member any more. */
    userId: string;
    /** The same cause is told a person once: `job:{id}`. */
    cause: string;
    targetId: string | null;
    detail: z.infer<(typeof NOTICES)[Kind]>;
  };
}[NoticeKind];

const shown = <Kind extends NoticeKind, Detail extends z.ZodType>(kind: Kind, detail: Detail) =>
  z.object({
    id: z.uuid(),
    kind: z.literal(kind),
    targetId: z.uuid().nullable(),
    detail,
    /** Who the target is, when it is a member. */
    person: z.object({ name: z.string() }).nullable(),
    createdAt: z.date(),
    isRead: z.boolean(),
  });

export const NotificationItem = z.discriminatedUnion("kind", [
  shown("job.completed", NOTICES["job.completed"]),
  shown("job.failed", NOTICES["job.failed"]),
  shown("invitation.accepted", NOTICES["invitation.accepted"]),
  shown("role.changed", NOTICES["role.changed"]),
  shown("limit.neared", NOTICES["limit.neared"]),
  shown("webhook.failing", NOTICES["webhook.failing"]),
  shown("webhook.disabled", NOTICES["webhook.disabled"]),
]);
export type NotificationItem = z.infer<typeof NotificationItem>;

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

export const ListNotificationsInput = PageInput.extend({
  cursor: z.uuid().nullish(),
  only: z.enum(["all", "unread"]).default("all"),
});
export type ListNotificationsInput = z.infer<typeof ListNotificationsInput>;
export const NotificationPage = pageOf(NotificationItem);
export type NotificationPage = z.infer<typeof NotificationPage>;

export const Unread = z.object({
  /** Up to `MOST_COUNTED`. */
  count: z.int().min(0).max(MOST_COUNTED),
  newestId: z.uuid().nullable(),
});
export type Unread = z.infer<typeof Unread>;

/** All that were there when the person pressed, or those named. */
export const MarkReadInput = z.union([
  z.object({ ids: z.array(z.uuid()).min(1).max(100) }),
  z.object({ upToId: z.uuid() }),
]);
export type MarkReadInput = z.infer<typeof MarkReadInput>;
