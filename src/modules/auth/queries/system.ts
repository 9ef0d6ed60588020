/** SQL of sign-in and sessions: who knocks is not known yet, so it runs as the system role. */
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/with-tenant";
import type { EndReason, SignInMethod, StepUpBy } from "../schema";

/** Ids of sessions revoked within `seconds` by the database's clock, which also wrote `revoked_at`. */
export async function revokedWithin({ db }: SystemScope, seconds: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM session WHERE revoked_at > now() - ${seconds} * interval '1 second'`;
  return rows.map(({ id }) => id);
}

/** Whether this session is in the registry and not revoked. */
export async function isLivingSession({ db }: SystemScope, sessionId: string): Promise<boolean> {
  // What staff opened has a gate of its own.
  const where = { id: sessionId, revokedAt: null, method: { not: "staff" } };
  return (await db.session.count({ where })) > 0;
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
  /** Of a program's session. */
  apiKeyId?: string;
  clientName?: string;
  clientScopes?: string[];
  /** Of a session whose beginning proved who it is. */
  steppedUpAt?: Date;
  steppedUpBy?: StepUpBy;
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

/** A living session of an API key. Instants are UTC. */
export type ProgramSession = {
  id: string;
  apiKeyId: string;
  startedAt: Date;
  lastUsedAt: Date;
  address: string | null;
  userAgent: string | null;
};

/** Living sessions of the given keys, the last used first. */
export const sessionsOfKeys = ({ db }: SystemScope, keyIds: string[]) =>
  db.$queryRaw<ProgramSession[]>`
    SELECT id::text, api_key_id::text AS "apiKeyId", created_at AS "startedAt", last_seen_at AS "lastUsedAt", address,
           user_agent AS "userAgent"
    FROM session
    WHERE api_key_id = ANY(${keyIds}::uuid[]) AND revoked_at IS NULL AND expires_at > now()
    ORDER BY last_seen_at DESC, id DESC LIMIT 1000`;

/** Ends all of a key's sessions but its `kept` newest. @returns their ids. */
export async function endSessionsOfKeyBut(
  { db }: SystemScope,
  keyId: string,
  kept: number,
  reason: "key_ended" | "replaced",
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = ${reason}
    WHERE id IN (SELECT id FROM session WHERE api_key_id = ${keyId}::uuid AND revoked_at IS NULL
                 ORDER BY created_at DESC, id DESC OFFSET ${kept})
    RETURNING id::text`;
  return rows.map(({ id }) => id);
}

/** No session of a key outlives it. */
export const boundSessionsOfKey = ({ db }: SystemScope, keyId: string, until: Date) =>
  db.$executeRaw`
    UPDATE session SET expires_at = ${until}::timestamptz
    WHERE api_key_id = ${keyId}::uuid AND revoked_at IS NULL AND expires_at > ${until}::timestamptz`;

/** Ends all living sessions of a person, programs' too. @returns their ids. */
export async function endAllSessionsOf({ db }: SystemScope, userId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = ${"ended_by_staff" satisfies EndReason}
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND expires_at > now() RETURNING id::text`;
  return rows.map(({ id }) => id);
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
  /** The key of a program's session, and what it was granted. */
  apiKeyId: string | null;
  clientScopes: string[];
};

/**
 * A refresh token with its session. Without a lock: two tabs that both believe they were first derive the same
 * successor, and its hash is unique.
 */
export async function refreshTokenRow({ db }: SystemScope, tokenHash: string): Promise<RefreshRow | null> {
  const rows = await db.$queryRaw<RefreshRow[]>`
    SELECT t.session_id::text AS "sessionId", t.user_id::text AS "userId", t.expires_at AS "expiresAt",
           t.used_at AS "usedAt", s.revoked_at AS "revokedAt", s.revoked_reason AS "revokedReason",
           s.api_key_id::text AS "apiKeyId", s.client_scopes AS "clientScopes"
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

// ─── Confirming that it is oneself ───

export const addStepUpLink = (
  { db }: SystemScope,
  link: { tokenHash: string; userId: string; sessionId: string; expiresAt: Date },
) => db.stepUpLink.createMany({ data: link });

export const dropStepUpLink = ({ db }: SystemScope, tokenHash: string) =>
  db.stepUpLink.deleteMany({ where: { tokenHash } });

export const forgetStepUpLinks = ({ db }: SystemScope, before: Date) =>
  db.stepUpLink.deleteMany({ where: { expiresAt: { lt: before } } });

export const stepUpLink = ({ db }: SystemScope, tokenHash: string) =>
  db.stepUpLink.findUnique({ where: { tokenHash } });

/** Uses a link up for its own session: of two tries at once, one succeeds. */
export async function consumeStepUpLink(
  { db }: SystemScope,
  tokenHash: string,
  sessionId: string,
  now: Date,
) {
  const used = await db.stepUpLink.updateMany({
    where: { tokenHash, sessionId, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return used.count > 0;
}

/** @returns false when the session ended meanwhile. */
export async function stepUpSession(
  { db }: SystemScope,
  id: string,
  by: StepUpBy,
  at: Date,
): Promise<boolean> {
  const { count } = await db.session.updateMany({
    where: { id, revokedAt: null },
    data: { steppedUpAt: at, steppedUpBy: by },
  });
  return count > 0;
}

type Purpose = "add" | "confirm";

/** The session's challenge for this purpose; one that waited for its answer is forgotten. */
export const putChallenge = (
  { db }: SystemScope,
  {
    sessionId,
    purpose,
    ...given
  }: { sessionId: string; purpose: Purpose; userId: string; challenge: string; expiresAt: Date },
) => db.$executeRaw`
  INSERT INTO passkey_challenge (session_id, purpose, user_id, challenge, expires_at)
  VALUES (${sessionId}::uuid, ${purpose}, ${given.userId}::uuid, ${given.challenge}, ${given.expiresAt}::timestamptz)
  ON CONFLICT (session_id, purpose) DO UPDATE SET challenge = excluded.challenge, expires_at = excluded.expires_at`;

/** Takes the challenge out, so that no second answer finds it; null when there is none in time. */
export async function takeChallenge(
  { db }: SystemScope,
  sessionId: string,
  purpose: Purpose,
  now: Date,
): Promise<string | null> {
  const rows = await db.$queryRaw<{ challenge: string; expiresAt: Date }[]>`
    DELETE FROM passkey_challenge WHERE session_id = ${sessionId}::uuid AND purpose = ${purpose}
    RETURNING challenge, expires_at AS "expiresAt"`;
  const [row] = rows;
  return row && row.expiresAt > now ? row.challenge : null;
}

export const passkeysOf = ({ db }: SystemScope, userId: string) =>
  db.passkey.findMany({ where: { userId }, orderBy: { createdAt: "desc" } });

/** A passkey of this person, locked: its count goes up by one answer at a time. */
export async function lockPasskey({ db }: SystemScope, userId: string, credentialId: string) {
  await db.$queryRaw`SELECT 1 FROM passkey WHERE credential_id = ${credentialId} AND user_id = ${userId}::uuid FOR UPDATE`;
  return db.passkey.findFirst({ where: { credentialId, userId } });
}

type NewPasskey = {
  userId: string;
  name: string;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
  isSynced: boolean;
};
/** @returns its id, or null when the credential is known already. */
export async function addPasskeyRow({ db }: SystemScope, passkey: NewPasskey): Promise<string | null> {
  const id = newId();
  const { count } = await db.passkey.createMany({ data: { id, ...passkey }, skipDuplicates: true });
  return count > 0 ? id : null;
}

export const notePasskeyUse = (
  { db }: SystemScope,
  id: string,
  use: { counter: bigint; isSynced: boolean; lastUsedAt: Date },
) => db.passkey.updateMany({ where: { id }, data: use });

// ─── Opened as a member, by staff ───

/** What a living opened session may, or null: ended, over, its opener's own session ended, or its opener no staff any more. */
export async function openedSession(
  { db }: SystemScope,
  { sessionId, userId, staffId }: { sessionId: string; userId: string; staffId: string },
  now: Date,
): Promise<{ orgId: string; isReadOnly: boolean; expiresAt: Date } | null> {
  const rows = await db.$queryRaw<{ orgId: string; isReadOnly: boolean; expiresAt: Date }[]>`
    SELECT s.staff_org_id::text AS "orgId", s.staff_reads_only AS "isReadOnly", s.expires_at AS "expiresAt"
    FROM session s JOIN session own ON own.id = s.staff_session_id JOIN "user" staff ON staff.id = s.staff_id
    WHERE s.id = ${sessionId}::uuid AND s.user_id = ${userId}::uuid AND s.staff_id = ${staffId}::uuid AND s.method = 'staff'
      AND s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz
      AND own.user_id = s.staff_id AND own.revoked_at IS NULL AND own.expires_at > ${now}::timestamptz
      AND staff.platform_role = 'admin'`;
  return rows[0] ?? null;
}

export type OpenedSession = {
  id: string;
  userId: string;
  staffId: string;
  staffSessionId: string;
  staffOrgId: string;
  staffReadsOnly: boolean;
  expiresAt: Date;
};
/** As the member's devices page shows it: by no browser of theirs, from no address of theirs. */
export const addOpenedSession = ({ db }: SystemScope, opened: OpenedSession) =>
  db.session.createMany({ data: { ...opened, method: "staff", clientName: "Tenantry staff" } });

/** Ends what this person of the platform has open as anybody. @returns their ids. */
export async function endOpenedBy({ db }: SystemScope, staffId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE session SET revoked_at = now(), revoked_reason = ${"signed_out" satisfies EndReason}
    WHERE staff_id = ${staffId}::uuid AND revoked_at IS NULL RETURNING id::text`;
  return rows.map(({ id }) => id);
}
