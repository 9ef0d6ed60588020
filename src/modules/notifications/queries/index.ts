/** Named SQL of this slice. */
import type { ScopedDatabase, TenantReadScope } from "~/server/db/with-tenant";
import type { UserScope } from "~/server/db/with-user";
import { newId } from "~/server/db/ids";
import { MOST_COUNTED } from "../rules";
import type { Notice } from "../schema";

/**
 * Writes a notification unless its cause was told already, or the person is no member any more. No row is read back:
 * from within an organization notifications are written and never seen.
 */
export async function insertNotice(db: ScopedDatabase, orgId: string, notice: Notice): Promise<void> {
  await db.$executeRaw`
    INSERT INTO notification (id, org_id, user_id, kind, cause, target_id, detail)
    SELECT ${newId()}::uuid, org_id, user_id, ${notice.kind}, ${notice.cause}, ${notice.targetId}::uuid, ${JSON.stringify(notice.detail)}::jsonb
    FROM membership WHERE org_id = ${orgId}::uuid AND user_id = ${notice.userId}::uuid
    ON CONFLICT DO NOTHING`;
}

type Place = { orgId: string; userId: string };

/** Newest first: ids are made by time. */
export const notificationRows = (
  { db }: UserScope,
  { orgId, userId }: Place,
  { onlyUnread, before, take }: { onlyUnread: boolean; before: string | null; take: number },
) =>
  db.notification.findMany({
    where: {
      orgId,
      userId,
      ...(onlyUnread && { readAt: null }),
      ...(before && { id: { lt: before } }),
    },
    orderBy: { id: "desc" },
    take,
  });

/** Counted up to `MOST_COUNTED`, so that a person who never reads costs no more than others. */
export async function unreadOf({ db }: UserScope, { orgId, userId }: Place) {
  const [row] = await db.$queryRaw<{ count: number; newestId: string | null }[]>`
    SELECT (SELECT count(*)::int FROM (
        SELECT 1 FROM notification
        WHERE org_id = ${orgId}::uuid AND user_id = ${userId}::uuid AND read_at IS NULL LIMIT ${MOST_COUNTED}
      ) counted) AS count,
      (SELECT id::text FROM notification WHERE org_id = ${orgId}::uuid AND user_id = ${userId}::uuid
       ORDER BY id DESC LIMIT 1) AS "newestId"`;
  return row ?? { count: 0, newestId: null };
}

export async function namesOf({ db }: TenantReadScope, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db.membership.findMany({
    where: { userId: { in: userIds } },
    select: { userId: true, userName: true, userEmail: true },
  });
  return new Map(rows.map((row) => [row.userId, row.userName ?? row.userEmail]));
}
