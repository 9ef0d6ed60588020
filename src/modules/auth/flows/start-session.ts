/** A new session: its row, its first refresh token, its entry in the audit log. Part of a sign-in's transaction. */
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import type { IssuedSession } from "~/server/auth/cookies";
import { hashSecret, newSecret } from "~/server/auth/secrets";
import { SESSION_TOKEN_SECONDS, signSession } from "~/server/auth/session-token";
import type { SystemScope } from "~/server/db/with-system";
import { newId } from "~/server/db/ids";
import { addRefreshToken, addSession, forgetSessions, revokeSession } from "../queries/system";
import { ENDED_SHOWN_DAYS, REFRESH_SECONDS } from "../rules";
import type { SignInMethod } from "../schema";

/** Where a sign-in comes from. */
export type Visitor = {
  userAgent: string | null;
  /** The session this browser held until now; it ends, since its cookie is overwritten. */
  replaces: string | null;
};

export type StartedSession = { userId: string; sessionId: string; refreshToken: string | null };

/** The key that a program's session is of; the session ends with it. */
export type Program = {
  keyId: string;
  orgId: string;
  name: string;
  scopes: string[];
  /** When the key expires; null for never. */
  until: Date | null;
};
type Start = { userId: string; method: SignInMethod; visitor: Visitor; program?: Program };

const earlier = (one: Date, other: Date | null | undefined) => (other && other < one ? other : one);

export async function startSession(
  scope: SystemScope,
  { userId, method, visitor, program }: Start,
): Promise<StartedSession> {
  const now = clock.now();
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  const hasRefresh = method !== "dev";
  const expiresAt = earlier(later(hasRefresh ? REFRESH_SECONDS : SESSION_TOKEN_SECONDS), program?.until);
  const sessionId = newId();
  await forgetSessions(scope, userId, later(-ENDED_SHOWN_DAYS * 24 * 60 * 60));
  if (visitor.replaces) {
    const formerUserId = await revokeSession(scope, visitor.replaces, "signed_out");
    if (formerUserId) {
      const target = { type: "session", id: visitor.replaces };
      await record(scope, { action: "session.signed_out", target }, { actorId: formerUserId });
    }
  }
  await addSession(scope, {
    id: sessionId,
    userId,
    method,
    userAgent: visitor.userAgent?.slice(0, 400) ?? null,
    address: scope.trace.address,
    expiresAt,
    // Whoever opened the mailed link has just shown that the mailbox is theirs.
    ...(method === "email" && { steppedUpAt: now, steppedUpBy: "link" as const }),
    ...(program && { apiKeyId: program.keyId, clientName: program.name, clientScopes: program.scopes }),
  });
  const refreshToken = hasRefresh ? newSecret() : null;
  if (refreshToken) {
    await addRefreshToken(scope, { sessionId, userId, tokenHash: hashSecret(refreshToken), expiresAt });
  }
  await record(
    scope,
    {
      action: "session.signed_in",
      target: { type: "session", id: sessionId },
      after: { method, ...(program && { program: program.name }) },
    },
    program ? { actorId: userId, orgId: program.orgId, via: `key:${program.keyId}` } : { actorId: userId },
  );
  return { userId, sessionId, refreshToken };
}

/** The cookies' contents for a session that is committed. */
export async function issue({ userId, sessionId, refreshToken }: StartedSession): Promise<IssuedSession> {
  return {
    sessionToken: await signSession(userId, sessionId),
    expiresAt: new Date(clock.now().getTime() + SESSION_TOKEN_SECONDS * 1_000),
    refresh: refreshToken ? { token: refreshToken, lifetimeSeconds: REFRESH_SECONDS } : null,
  };
}
