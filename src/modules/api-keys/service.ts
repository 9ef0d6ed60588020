/** Keys of an organization: made, looked at, rotated, revoked. What a key may do is settled when it is made. */
import { randomBytes } from "node:crypto";
import { clock } from "~/kernel/clock";
import { unauthenticated } from "~/kernel/errors";
import type { Role } from "~/kernel/roles";
import { knownScopes, type Scope } from "~/kernel/scopes";
import { record } from "~/modules/audit";
import { hashSecret } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { expiryPassed, keyEnded, keyNotFound, tooManyKeys } from "./errors";
import { countLivingKeys, keysSince, lockKey, lockKeys, membersAmong, type KeyRow } from "./queries";
import {
  base62Of,
  composeKey,
  endAfterRotation,
  ENDED_SHOWN_DAYS,
  endOfKey,
  expiryAfterRotation,
  MOST_KEYS,
  PREFIX_LENGTH,
  SECRET_LENGTH,
} from "./rules";
import type { CreateKeyInput, Key, NewKey, RotateKeyInput } from "./schema";

/** Keys of a real deployment are told from those of a developer's by their second word. */
const kindHere = () => (["staging", "prod"].includes(env().APP_ENV) ? "live" : "test");

function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) text += base62Of(randomBytes(length));
  return text.slice(0, length);
}

type Wanted = { name: string; scopes: Scope[]; expiresAt: Date | null };

async function insertKey({ db, actor }: TenantScope, { name, scopes, expiresAt }: Wanted): Promise<NewKey> {
  const { orgId, userId } = actor;
  if (!userId) throw unauthenticated();
  const at = { db, orgId };
  await lockKeys(at);
  if ((await countLivingKeys(at, clock.now())) >= MOST_KEYS) throw tooManyKeys(MOST_KEYS);
  const [maker] = await membersAmong(at, [userId]);
  const id = newId();
  const prefix = randomBase62(PREFIX_LENGTH);
  const key = composeKey(kindHere(), prefix, randomBase62(SECRET_LENGTH));
  await db.apiKey.create({
    data: {
      id,
      orgId,
      name,
      prefix,
      lastFour: key.slice(-4),
      secretHash: hashSecret(key),
      scopes,
      createdById: userId,
      createdByName: maker?.userName ?? maker?.userEmail ?? null,
      expiresAt,
    },
    select: { id: true },
  });
  return { id, name, key, expiresAt };
}

/**
 * A new key that acts for whoever makes it. Its text is in the answer and nowhere else.
 * @throws api_keys.expiry_passed, api_keys.too_many
 */
export async function createKey(scope: TenantScope, input: CreateKeyInput): Promise<NewKey> {
  if (input.expiresAt && input.expiresAt <= clock.now()) throw expiryPassed();
  const made = await insertKey(scope, input);
  const { name, scopes, expiresAt } = input;
  await record(scope, {
    action: "key.created",
    target: { type: "key", id: made.id },
    after: { name, scopes, expiresAt },
  });
  return made;
}

/** @throws api_keys.not_found, api_keys.ended */
async function livingKey({ db, actor }: TenantScope, id: string): Promise<KeyRow> {
  const row = await lockKey({ db, orgId: actor.orgId }, id);
  if (!row) throw keyNotFound();
  if (endOfKey(row, clock.now())) throw keyEnded();
  return row;
}

/**
 * A new key with the same name and scopes, which acts for whoever rotates; the old one ends after the overlap, and never
 * later than it would have anyway. Both or neither.
 * @throws api_keys.not_found, api_keys.ended, api_keys.too_many
 */
export async function rotateKey(
  scope: TenantScope,
  { id, overlap }: RotateKeyInput,
): Promise<{ made: NewKey; oldEndsAt: Date }> {
  const now = clock.now();
  const old = await livingKey(scope, id);
  if (old.replacedById) throw keyEnded();
  const endsAt = endAfterRotation(old.expiresAt, overlap, now);
  const at = { orgId_id: { orgId: scope.actor.orgId, id } };
  await scope.db.apiKey.update({ where: at, data: { expiresAt: endsAt }, select: { id: true } });
  const scopes = knownScopes(old.scopes);
  const expiresAt = expiryAfterRotation(old, now);
  const made = await insertKey(scope, { name: old.name, scopes, expiresAt });
  await scope.db.apiKey.update({ where: at, data: { replacedById: made.id }, select: { id: true } });
  await record(scope, {
    action: "key.rotated",
    target: { type: "key", id },
    before: { expiresAt: old.expiresAt },
    after: { expiresAt: endsAt, replacedBy: made.id },
  });
  return { made, oldEndsAt: endsAt };
}

/** Ends a key at once. @throws api_keys.not_found, api_keys.ended */
export async function revokeKey(scope: TenantScope, id: string): Promise<void> {
  const { name } = await livingKey(scope, id);
  await scope.db.apiKey.update({
    where: { orgId_id: { orgId: scope.actor.orgId, id } },
    data: { revokedAt: clock.now(), revokedById: scope.actor.userId },
    select: { id: true },
  });
  await record(scope, {
    action: "key.revoked",
    target: { type: "key", id },
    before: { name },
  });
}

/** The organization's keys without their programs' sessions, which are no tenant's rows. */
export async function listKeys({ db, actor }: TenantReadScope): Promise<Omit<Key, "sessions">[]> {
  const now = clock.now();
  const at = { db, orgId: actor.orgId };
  const rows = await keysSince(at, new Date(now.getTime() - ENDED_SHOWN_DAYS * 86_400_000));
  const members = await membersAmong(at, [...new Set(rows.map(({ createdById }) => createdById))]);
  return rows.map((row) => {
    const maker = members.find(({ userId }) => userId === row.createdById);
    return {
      id: row.id,
      name: row.name,
      start: `tnt_${kindHere()}_${row.prefix}`,
      lastFour: row.lastFour,
      scopes: knownScopes(row.scopes),
      createdAt: row.createdAt,
      createdBy: {
        userId: row.createdById,
        name: maker?.userName ?? maker?.userEmail ?? row.createdByName ?? "A former member",
        role: maker ? (maker.role as Role) : null,
        isYou: row.createdById === actor.userId,
      },
      expiresAt: row.expiresAt,
      lastUsedAt: row.lastUsedAt,
      lastUsedAddress: row.lastUsedAddress,
      replacedById: row.replacedById,
      ended: endOfKey(row, now),
    };
  });
}
