import { clock } from "~/kernel/clock";
import { unauthenticated } from "~/kernel/errors";
import { record } from "~/modules/audit";
import type { UserScope } from "~/server/db/with-user";
import { env } from "~/server/config/env";
import { deviceNotFound, passkeyNotFound, stepUpRequired } from "./errors";
import {
  endOwnSession,
  endOwnSessionsBut,
  forgetOwnGoogleAccounts,
  ownGoogleAccounts,
  ownPasskeys,
  ownSessions,
  ownStepUp,
  ownSteppedUpAt,
  ownUser,
  removeOwnPasskey,
  renameSelf,
} from "./queries";
import { describeBrowser, endOf, ENDED_SHOWN_DAYS, freshUntil, passkeyHost } from "./rules";
import type { Device, Devices, Me, Passkey, SignInMethod, StepUpState, UpdateProfileInput } from "./schema";

/** The signed-in person. @throws kernel.unauthenticated when the account is gone. */
export async function me(scope: UserScope): Promise<Me> {
  const [user, googleAccounts] = await Promise.all([ownUser(scope), ownGoogleAccounts(scope)]);
  if (!user) throw unauthenticated();
  const { id, email, name, platformRole } = user;
  return {
    id,
    email,
    name,
    isPlatformAdmin: platformRole === "admin",
    isGoogleConnected: googleAccounts > 0,
    sessionId: scope.actor.sessionId,
  };
}

/** Where the person is signed in, this browser first, and what ended within 30 days. */
export async function devices(scope: UserScope): Promise<Devices> {
  const now = clock.now();
  const since = new Date(now.getTime() - ENDED_SHOWN_DAYS * 24 * 60 * 60 * 1_000);
  const all = (await ownSessions(scope, since)).map((session): Device => ({
    id: session.id,
    isThisOne: session.id === scope.actor.sessionId,
    method: session.method as SignInMethod,
    client: session.clientName,
    ...describeBrowser(session.userAgent),
    address: session.address,
    signedInAt: session.createdAt,
    lastActiveAt: session.lastSeenAt,
    ended: endOf(session, now),
  }));
  const byEnd = (a: Device, b: Device) => b.ended!.at.getTime() - a.ended!.at.getTime();
  return {
    living: all.filter(({ ended }) => !ended).sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne)),
    ended: all.filter(({ ended }) => ended).sort(byEnd),
  };
}

/** Ends one living session of the person. @throws auth.device_not_found */
export async function endDeviceRow(scope: UserScope, id: string): Promise<void> {
  if ((await endOwnSession(scope, id)) === 0) throw deviceNotFound();
  await record(scope, { action: "session.ended", target: { type: "session", id } });
}

/** Ends every living session of the person but the one that asks. @returns the ended ids. */
export async function endOtherDeviceRows(scope: UserScope): Promise<string[]> {
  const ids = await endOwnSessionsBut(scope, scope.actor.sessionId);
  for (const id of ids) await record(scope, { action: "session.ended", target: { type: "session", id } });
  return ids;
}

/** Google no longer leads to the person; the mailed link still does, and sessions live on. Without a connection nothing happens. */
export async function disconnectGoogle(scope: UserScope): Promise<void> {
  if ((await forgetOwnGoogleAccounts(scope)) === 0) return;
  const target = { type: "user", id: scope.actor.userId };
  await record(scope, { action: "account.unlinked", target, before: { provider: "google" } });
}

/** Changes the person's own name. @returns what the memberships' copies become. */
export async function rename(scope: UserScope, { name }: UpdateProfileInput) {
  const user = await ownUser(scope);
  if (!user) throw unauthenticated();
  const before = await renameSelf(scope, name);
  const target = { type: "user", id: user.id };
  await record(scope, { action: "profile.updated", target, before: { name: before }, after: { name } });
  return { name, email: user.email };
}

/** Whether the session that asks was confirmed within 15 minutes, and what it can be confirmed by. */
export async function stepUpState(scope: UserScope): Promise<StepUpState> {
  const { steppedUpAt, email, passkeys } = await ownStepUp(scope);
  if (email === null) throw unauthenticated();
  return {
    until: freshUntil(steppedUpAt, clock.now()),
    email,
    hasPasskey: passkeys > 0,
    arePasskeysOffered: passkeyHost(env().APP_URL) !== null,
  };
}

/** @throws auth.step_up_required unless the session that asks was confirmed within 15 minutes. */
export async function requireStepUp(scope: UserScope): Promise<void> {
  if (!freshUntil(await ownSteppedUpAt(scope), clock.now())) throw stepUpRequired();
}

/** The person's passkeys, the newest first. */
export const passkeys = async (scope: UserScope): Promise<Passkey[]> =>
  (await ownPasskeys(scope)).map(({ id, name, isSynced, createdAt, lastUsedAt }) => ({
    ...{ id, name, isSynced, createdAt, lastUsedAt },
  }));

/** The passkey confirms nothing any more. @throws auth.step_up_required, auth.passkey_not_found */
export async function removePasskey(scope: UserScope, { id }: { id: string }): Promise<void> {
  await requireStepUp(scope);
  const name = await removeOwnPasskey(scope, id);
  if (name === null) throw passkeyNotFound();
  await record(scope, { action: "passkey.removed", target: { type: "passkey", id }, before: { name } });
}
