/** Flows of keys: what goes beyond one tenant's transaction. */
import type { OrgActor } from "~/kernel/actor";
import { endProgramSessions, programSessions } from "~/modules/auth";
import type { Sweep } from "~/server/events/sweeper";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { MOST_KEYS } from "../rules";
import type { Keys, NewKey, RotateKeyInput } from "../schema";
import { listKeys, revokeKey, rotateKey } from "../service";
import { keyWatch } from "./watch-keys";

/** The organization's keys with the sessions that were made of them. */
export async function keysOf(actor: OrgActor): Promise<Keys> {
  const rows = await readTenant(actor, listKeys);
  const living = rows.filter(({ ended }) => !ended).map(({ id }) => id);
  const sessions = living.length > 0 ? await programSessions(living, actor.trace) : [];
  const keys = rows.map((key) => ({
    ...key,
    sessions: sessions.filter(({ apiKeyId }) => apiKeyId === key.id).map(({ apiKeyId: _, ...one }) => one),
  }));
  return {
    living: keys.filter(({ ended }) => !ended),
    ended: keys.filter(({ ended }) => ended),
    most: MOST_KEYS,
  };
}

export async function rotate(actor: OrgActor, input: RotateKeyInput): Promise<NewKey> {
  const { made, oldEndsAt } = await withTenant(actor, (scope) => rotateKey(scope, input));
  keyWatch().forget(actor.orgId);
  await endProgramSessions(input.id, oldEndsAt, actor.trace);
  return made;
}

/** Its tokens stop with the key itself, which each use of one asks for; that their sessions end in the registry too follows. */
export async function revoke(actor: OrgActor, id: string): Promise<void> {
  await withTenant(actor, (scope) => revokeKey(scope, id));
  keyWatch().forget(actor.orgId);
  await endProgramSessions(id, null, actor.trace);
}

/** Notes every 15 s when keys were last used. */
export const keySweeps = (): Sweep[] => [
  { name: "key-uses", everyMs: 15_000, turn: () => keyWatch().flush() },
];
