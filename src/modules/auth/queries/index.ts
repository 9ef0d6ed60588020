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

/** Ends all living sessions of the person's browsers but one; programs go on with their keys. @returns their ids. */
export async function endOwnSessionsBut({ db }: UserScope, keptId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = 'ended_by_user'
    WHERE id <> ${keptId}::uuid AND method <> 'key' AND revoked_at IS NULL AND expires_at > now() RETURNING id::text`;
  return rows.map(({ id }) => id);
}

/** @returns the name before. */
export async function renameSelf({ db, actor }: UserScope, name: string): Promise<string | null> {
  const before = await db.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { name: true } });
  await db.user.updateMany({ where: { id: actor.userId }, data: { name } });
  return before.name;
}

/** When the session that asks was last confirmed, and whose it is. */
export async function ownStepUp({ db, actor }: UserScope) {
  const [session, user, passkeys] = await Promise.all([
    db.session.findUnique({ where: { id: actor.sessionId }, select: { steppedUpAt: true } }),
    ownUser({ db, actor, kind: "user" }),
    db.passkey.count(),
  ]);
  return { steppedUpAt: session?.steppedUpAt ?? null, email: user?.email ?? null, passkeys };
}

export const ownSteppedUpAt = async ({ db, actor }: UserScope): Promise<Date | null> =>
  (await db.session.findUnique({ where: { id: actor.sessionId }, select: { steppedUpAt: true } }))
    ?.steppedUpAt ?? null;

export const ownPasskeys = ({ db }: UserScope) => db.passkey.findMany({ orderBy: { createdAt: "desc" } });

/** @returns its name, or null when there was none. */
export async function removeOwnPasskey({ db }: UserScope, id: string): Promise<string | null> {
  const rows = await db.$queryRaw<
    { name: string }[]
  >`DELETE FROM passkey WHERE id = ${id}::uuid RETURNING name`;
  return rows[0]?.name ?? null;
}
