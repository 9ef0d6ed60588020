/**
 * A request that is sent twice is done once. A key is claimed before the work; the transaction that does the work notes
 * on the claim that it committed (`withTenant`), and the answer is kept afterwards. A process that dies between the two
 * leaves a claim that says so: the work is then never done again, and who asks learns that its answer was lost.
 */
import { createHash } from "node:crypto";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { definePrivacy, orgsUnexported } from "~/kernel/privacy";
import { openSealed, sealSecret } from "~/server/auth/sealing";
import { newId, withTenant } from "~/server/db/with-tenant";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { fieldsRefused, keyInFlight, keyReused, outcomeUnknown } from "./refusals";

const KEPT_MS = 24 * 60 * 60_000;
/** Longer than any request lives: transactions end after 15 s, and no route waits longer than 60 s. */
const CLAIM_MS = 120_000;

export type KeptAnswer = { status: number; headers: Record<string, string>; body: string | null };

/** The key of a request. @throws kernel.invalid_input. */
export function keyOf(headers: Headers): string | null {
  const key = headers.get("idempotency-key");
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw fieldsRefused({ "Idempotency-Key": ["Take 1 to 255 printable ASCII characters without blanks."] });
  return key;
}

/** JSON with sorted names: the same request, whichever way it was written down. */
const canonical = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(canonical).join()}]`
    : typeof value === "object" && value !== null
      ? `{${Object.keys(value)
          .sort()
          .map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`)
          .join()}}`
      : (JSON.stringify(value) ?? "null");

/** What makes two requests the same: who asks, what for, and the condition it is under. */
export const fingerprintOf = (
  actor: OrgActor,
  request: { method: string; path: string; ifMatch: string | null; body: unknown },
): string =>
  createHash("sha256")
    .update(
      canonical([
        actor.userId,
        actor.key?.id ?? null,
        request.method,
        request.path,
        request.ifMatch,
        request.body,
      ]),
    )
    .digest("hex");

type Claim = { kind: "claimed"; id: string } | { kind: "kept"; id: string; answer: KeptAnswer };

/**
 * Claims the key for this request, or finds the answer that it got before.
 * @throws rest.idempotency_key_reused, rest.idempotency_in_flight, rest.outcome_unknown.
 */
export async function claim(actor: OrgActor, key: string, fingerprint: string): Promise<Claim> {
  const { orgId } = actor;
  const now = clock.now();
  const id = newId();
  const claimedUntil = new Date(now.getTime() + CLAIM_MS);
  const fresh = {
    ...{ id, fingerprint, claimedUntil, committedAt: null, status: null, headers: {}, body: null },
    expiresAt: new Date(now.getTime() + KEPT_MS),
  };
  return withTenant(actor, async ({ db }) => {
    const { count } = await db.idempotencyKey.createMany({
      data: { ...fresh, orgId, userId: actor.userId, key },
      skipDuplicates: true,
    });
    if (count === 1) return { kind: "claimed", id };
    const row = await db.idempotencyKey.findUnique({ where: { orgId_key: { orgId, key } } });
    // Released since we ran into it.
    if (!row) throw keyInFlight();
    const isOver = row.expiresAt <= now;
    if (!isOver && row.fingerprint !== fingerprint) throw keyReused();
    if (!isOver && row.status !== null) {
      const { status, headers, body } = row;
      return {
        kind: "kept",
        id: row.id,
        answer: { status, headers: headers as Record<string, string>, body },
      };
    }
    if (!isOver && row.claimedUntil > now) throw keyInFlight();
    if (!isOver && row.committedAt !== null) throw outcomeUnknown();
    // Whoever had it died before anything was committed, or its day is over. One of those that see this takes it.
    const taken = await db.idempotencyKey.updateMany({
      where: { orgId, key, id: row.id, claimedUntil: row.claimedUntil },
      data: { ...fresh, userId: actor.userId },
    });
    if (taken.count === 0) throw keyInFlight();
    return { kind: "claimed", id };
  });
}

const purposeOf = (orgId: string, id: string) => `idempotency:${orgId}:${id}`;

/** An answer with a secret is not readable where it lies. */
export const sealedAnswer = async (
  { orgId }: OrgActor,
  id: string,
  answer: KeptAnswer,
): Promise<KeptAnswer> => ({
  ...answer,
  body: answer.body && (await sealSecret(answer.body, purposeOf(orgId, id))),
});

export const openedAnswer = async (
  { orgId }: OrgActor,
  id: string,
  answer: KeptAnswer,
): Promise<KeptAnswer> => ({
  ...answer,
  body: answer.body && (await openSealed(answer.body, purposeOf(orgId, id))),
});

/** Keeps what was answered, for whoever asks again. */
export async function keep(actor: OrgActor, id: string, answer: KeptAnswer): Promise<void> {
  const { status, headers, body } = answer;
  await withTenant(actor, ({ db }) =>
    db.idempotencyKey.updateMany({ where: { orgId: actor.orgId, id }, data: { status, headers, body } }),
  );
}

/**
 * Gives the key back after a refusal that changed nothing, so that the same request may be tried again.
 * @returns false when something was committed all the same: then the answer has to be kept.
 */
export async function release(actor: OrgActor, id: string): Promise<boolean> {
  const { count } = await withTenant(actor, ({ db }) =>
    db.idempotencyKey.deleteMany({ where: { orgId: actor.orgId, id, committedAt: null } }),
  );
  return count === 1;
}

/** Removes answers whose day is over, every 10 minutes. */
export const idempotencySweeps = (): Sweep[] => [
  {
    name: "idempotency",
    everyMs: 10 * 60_000,
    turn: () =>
      inTurn(
        "idempotency",
        ({ db }) => db.$executeRaw`DELETE FROM idempotency_key WHERE expires_at < ${clock.now()}`,
      ),
  },
];

export const restPrivacy = definePrivacy("rest", {
  idempotency_key: {
    columns: {
      key: "chosen by the caller's program",
      body: "what the API answered, which may hold names and addresses",
      headers: "what the API answered: versions and addresses of records",
      user_id: "who called",
    },
    who: "user_id, and whoever the answer is about",
    person: {
      erase: [
        {
          where: "t.user_id = :id OR position(:email IN lower(t.body)) > 0",
          then: "delete",
          everyRow: true,
        },
      ],
      export: { not: "copies of answers, kept for a day against being done twice" },
    },
    org: orgsUnexported("copies of answers, kept for a day against being done twice"),
  },
});
