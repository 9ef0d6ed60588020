/** Ends sessions, and tells this process at once; the others hear of it from the database. */
import type { Trace, UserActor } from "~/kernel/actor";
import { record } from "~/modules/audit";
import { hashSecret } from "~/server/auth/secrets";
import { verifySession } from "~/server/auth/session-token";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { withUser } from "~/server/db/with-user";
import { endAllSessionsOf, refreshTokenRow, revokeSession } from "../queries/system";
import { endDeviceRow, endOtherDeviceRows } from "../service";
import { sessionWatch } from "./watch-sessions";

/**
 * Signs this browser out, by whichever of its two tokens is still good. Never refuses: who is signed out already is
 * where they wanted to be.
 */
export async function signOut(
  tokens: { session: string | null; refresh: string | null },
  trace: Trace,
): Promise<void> {
  const claims = tokens.session ? await verifySession(tokens.session) : null;
  const heldId = claims && "sessionId" in claims ? claims.sessionId : null;
  const endedId = await withSystem({ reason: "sign out", trace }, async (scope) => {
    const id =
      heldId ?? (tokens.refresh && (await refreshTokenRow(scope, hashSecret(tokens.refresh)))?.sessionId);
    if (!id) return null;
    const userId = await revokeSession(scope, id, "signed_out");
    if (userId) {
      await record(
        scope,
        { action: "session.signed_out", target: { type: "session", id } },
        { actorId: userId },
      );
    }
    return id;
  });
  if (endedId) sessionWatch().markEnded(endedId);
}

/** Ends one of the person's own sessions. @throws auth.device_not_found */
export async function endDevice(actor: UserActor, sessionId: string): Promise<void> {
  await withUser(actor, (scope) => endDeviceRow(scope, sessionId));
  sessionWatch().markEnded(sessionId);
}

/** Ends every session of a person, by whoever runs the platform, in their transaction. @returns their ids. */
export async function endSessionsOf(scope: SystemScope, userId: string): Promise<string[]> {
  const ids = await endAllSessionsOf(scope, userId);
  const via = scope.actorId && `staff:${scope.actorId}`;
  for (const id of ids)
    await record(
      scope,
      { action: "session.ended", target: { type: "session", id } },
      { actorId: userId, via },
    );
  return ids;
}

/** For those who ended sessions in a transaction of their own: this process knows at once. */
export const markEnded = (sessionIds: readonly string[]): void => {
  for (const id of sessionIds) sessionWatch().markEnded(id);
};

/** Ends all of the person's sessions but the one that asks. */
export async function endOtherDevices(actor: UserActor): Promise<{ count: number }> {
  const ids = await withUser(actor, endOtherDeviceRows);
  for (const id of ids) sessionWatch().markEnded(id);
  return { count: ids.length };
}
