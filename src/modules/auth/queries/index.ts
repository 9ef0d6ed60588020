/** Named SQL over a person's own rows; policies supply the person. */
import type { UserScope } from "~/server/db/with-user";

export const ownUser = ({ db, actor }: UserScope) => db.user.findUnique({ where: { id: actor.userId } });

export const ownGoogleAccounts = ({ db }: UserScope) => db.account.count({ where: { provider: "google" } });

/** @returns how many there were. */
export const forgetOwnGoogleAccounts = async ({ db }: UserScope): Promise<number> =>
  (await db.account.deleteMany({ where: { provider: "google" } })).count;

/** Sessions that live, or ended since `since`; the last used first. */
export const ownSessions = ({ db }: UserScope, since: Date) =>
  db.session.findMany({
    where: {
      OR: [{ revokedAt: null, expiresAt: { gt: since } }, { revokedAt: { gt: since } }],
    },
    orderBy: { lastSeenAt: "desc" },
    take: 200,
  });

/** Ends one living session of the person. By the database's clock, which is what the registry is read by. */
export const endOwnSession = ({ db }: UserScope, id: string): Promise<number> =>
  db.$executeRaw`
    UPDATE session SET revoked_at = now(), revoked_reason = 'ended_by_user'
    WHERE id = ${id}::uuid AND revoked_at IS NULL`;

/** Ends all living sessions of the person but one. @returns their ids. */
export async function endOwnSessionsBut({ db }: UserScope, keptId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = 'ended_by_user'
    WHERE id <> ${keptId}::uuid AND revoked_at IS NULL AND expires_at > now() RETURNING id::text`;
  return rows.map(({ id }) => id);
}

/** @returns the name before. */
export async function renameSelf({ db, actor }: UserScope, name: string): Promise<string | null> {
  const before = await db.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { name: true } });
  await db.user.updateMany({ where: { id: actor.userId }, data: { name } });
  return before.name;
}
