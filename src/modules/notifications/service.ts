/** Use cases of notifications. What is a person's own is done in that person's scope, also by a read-only member. */
import { cutPage } from "~/kernel/paging";
import type { SystemScope } from "~/server/db/with-system";
import type { TenantScope } from "~/server/db/with-tenant";
import type { UserScope } from "~/server/db/with-user";
import { insertNotice, notificationRows, unreadOf } from "./queries";
import type { ListNotificationsInput, MarkReadInput, Notice, Unread } from "./schema";

/**
 * Tells a member something, in the caller's transaction: told if, and only if, it happened. One cause is told once.
 * Not audited: what happened is, by whoever calls.
 */
export const notify = (scope: TenantScope, notice: Notice): Promise<void> =>
  insertNotice(scope.db, scope.actor.orgId, notice);

/** The same for work across organizations. */
export const notifyIn = ({ db }: SystemScope, orgId: string, notice: Notice): Promise<void> =>
  insertNotice(db, orgId, notice);

export async function ownNotifications(scope: UserScope, orgId: string, input: ListNotificationsInput) {
  const rows = await notificationRows(
    scope,
    { orgId, userId: scope.actor.userId },
    { onlyUnread: input.only === "unread", before: input.cursor ?? null, take: input.limit + 1 },
  );
  return cutPage(rows, input.limit, ({ id }) => id);
}

export const countUnread = (scope: UserScope, orgId: string): Promise<Unread> =>
  unreadOf(scope, { orgId, userId: scope.actor.userId });

/** Marks some, or all that were there up to one. What came later stays unread. */
export async function markRead({ db, actor }: UserScope, orgId: string, input: MarkReadInput): Promise<void> {
  await db.notification.updateMany({
    where: {
      orgId,
      userId: actor.userId,
      readAt: null,
      id: "ids" in input ? { in: input.ids } : { lte: input.upToId },
    },
    data: { readAt: new Date() },
  });
}
