/** SQL of sign-in and sessions: who knocks is not known yet, so it runs as the system role. */
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/with-tenant";
import type { EndReason, SignInMethod } from "../schema";

/** Ids of sessions revoked within `seconds` by the database's clock, which also wrote `revoked_at`. */
export async function revokedWithin({ db }: SystemScope, seconds: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM session WHERE revoked_at > now() - ${seconds} * interval '1 second'`;
  return rows.map(({ id }) => id);
}

/** Whether this session is in the registry and not revoked. */
export async function isLivingSession({ db }: SystemScope, sessionId: string): Promise<boolean> {
  return (await db.session.count({ where: { id: sessionId, revokedAt: null } })) > 0;
}

/** Those of the given sessions that are still living. */
export async function livingOf({ db }: SystemScope, ids: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM session WHERE id = ANY(${ids}::uuid[]) AND revoked_at IS NULL`;
  return rows.map(({ id }) => id);
}

/** Moves the last use of living sessions to now. */
export const touchSessions = ({ db }: SystemScope, ids: string[]): Promise<number> =>
  db.$executeRaw`UPDATE session SET last_seen_at = now() WHERE id = ANY(${ids}::uuid[]) AND revoked_at IS NULL`;

export const userByEmail = ({ db }: SystemScope, email: string) =>
  db.user.findUnique({ where: { email }, include: { accounts: { where: { provider: "google" } } } });

export const userById = ({ db }: SystemScope, id: string) => db.user.findUnique({ where: { id } });

/** Notes that the welcome went out, unless it had. */
export const markWelcomed = ({ db }: SystemScope, id: string) =>
  db.user.updateMany({ where: { id, welcomedAt: null }, data: { welcomedAt: new Date() } });

export const googleAccount = ({ db }: SystemScope, providerAccountId: string) =>
  db.account.findUnique({
    where: { provider_providerAccountId: { provider: "google", providerAccountId } },
    include: { user: true },
  });

export const addGoogleAccount = ({ db }: SystemScope, userId: string, providerAccountId: string) =>
  db.account.createMany({ data: { id: newId(), userId, provider: "google", providerAccountId } });

/** The user of this address, made now when there is none; two first sign-ins at the same moment make one. */
export async function userForEmail(scope: SystemScope, email: string, name: string | null, verifiedAt: Date) {
  const made = await scope.db.user.createMany({
    data: { id: newId(), email, name, emailVerifiedAt: verifiedAt },
    skipDuplicates: true,
  });
  const user = await scope.db.user.findUniqueOrThrow({ where: { email } });
  return { user, isNew: made.count > 0 };
}

export const verifyEmailOf = ({ db }: SystemScope, userId: string, at: Date) =>
  db.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: at } });

type NewSession = {
  id: string;
  userId: string;
  method: SignInMethod;
  userAgent: string | null;
  address: string | null;
  expiresAt: Date;
};
export const addSession = ({ db }: SystemScope, session: NewSession) =>
  db.session.createMany({ data: session });

/** Sessions of a person that ended, or could have been used last, before this instant are forgotten. */
export const forgetSessions = ({ db }: SystemScope, userId: string, before: Date) =>
  db.session.deleteMany({
    where: { userId, OR: [{ expiresAt: { lt: before } }, { revokedAt: { lt: before } }] },
  });

/** Ends a session. @returns its owner when it was living until now, else null. */
export async function revokeSession({ db }: SystemScope, id: string, reason: Exclude<EndReason, "expired">) {
  const rows = await db.$queryRaw<{ userId: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = ${reason}
    WHERE id = ${id}::uuid AND revoked_at IS NULL RETURNING user_id::text AS "userId"`;
  return rows[0]?.userId ?? null;
}

type NewRefreshToken = { sessionId: string; userId: string; tokenHash: string; expiresAt: Date };
export const addRefreshToken = ({ db }: SystemScope, token: NewRefreshToken) =>
  db.refreshToken.createMany({ data: { id: newId(), ...token }, skipDuplicates: true });

export type RefreshRow = {
  sessionId: string;
  userId: string;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
  revokedReason: string | null;
};

/**
 * A refresh token with its session. Without a lock: two tabs that both believe they were first derive the same
 * successor, and its hash is unique.
 */
export async function refreshTokenRow({ db }: SystemScope, tokenHash: string): Promise<RefreshRow | null> {
  const rows = await db.$queryRaw<RefreshRow[]>`
    SELECT t.session_id::text AS "sessionId", t.user_id::text AS "userId", t.expires_at AS "expiresAt",
           t.used_at AS "usedAt", s.revoked_at AS "revokedAt", s.revoked_reason AS "revokedReason"
    FROM refresh_token t JOIN session s ON s.id = t.session_id
    WHERE t.token_hash = ${tokenHash}`;
  return rows[0] ?? null;
}

export const refreshTokenUse = ({ db }: SystemScope, tokenHash: string) =>
  db.refreshToken.findUnique({ where: { tokenHash }, select: { usedAt: true, expiresAt: true } });

export const consumeRefreshToken = ({ db }: SystemScope, tokenHash: string, at: Date) =>
  db.refreshToken.updateMany({ where: { tokenHash, usedAt: null }, data: { usedAt: at } });

export const prolongSession = ({ db }: SystemScope, id: string, expiresAt: Date) =>
  db.session.updateMany({ where: { id }, data: { expiresAt, lastSeenAt: new Date() } });

export const addSignInLink = (
  { db }: SystemScope,
  link: { tokenHash: string; email: string; expiresAt: Date },
) => db.signInLink.createMany({ data: link });

/** Links whose time was over before this instant hold a mail address for nothing. */
export const forgetLinks = ({ db }: SystemScope, before: Date) =>
  db.signInLink.deleteMany({ where: { expiresAt: { lt: before } } });

export const dropSignInLink = ({ db }: SystemScope, tokenHash: string) =>
  db.signInLink.deleteMany({ where: { tokenHash } });

/** Uses a link up, when it is this address's, unused and in time: of two tries at once, one succeeds. */
export async function consumeSignInLink({ db }: SystemScope, tokenHash: string, email: string, now: Date) {
  const used = await db.signInLink.updateMany({
    where: { tokenHash, email, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return used.count > 0;
}

export const signInLink = ({ db }: SystemScope, tokenHash: string) =>
  db.signInLink.findUnique({ where: { tokenHash } });

export const usersOf = ({ db }: SystemScope, emails: readonly string[]) =>
  db.user.findMany({
    where: { email: { in: [...emails] } },
    select: { email: true, name: true },
  });
