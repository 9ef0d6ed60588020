/** The gate of every request: who a bearer is. Whatever is wrong with a key or a token, the answer is the same nobody. */
import type { Caller, KeyActor, Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { knownScopes } from "~/kernel/scopes";
import { recordKeyUse } from "~/modules/audit";
import { actorOfToken, isLivingSession } from "~/modules/auth";
import { hashSecret, isSameSecret } from "~/server/auth/secrets";
import { verifySession, type ClientClaims } from "~/server/auth/session-token";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import type { KeyAtDoor } from "../queries";
import { endOfKey, looksLikeKey, prefixOf } from "../rules";
import { keyWatch } from "./watch-keys";

type Refusal = "form" | "unknown" | "secret" | "revoked" | "expired" | "session";

/** Who holds this: an API key, an access token of one, or a person's session token; else null. */
export async function actorOfBearer(bearer: string | null, trace: Trace): Promise<Caller | null> {
  if (bearer === null) return null;
  if (looksLikeKey(bearer)) return actorOfKey(bearer, trace);
  const claims = await verifySession(bearer);
  if ("refused" in claims || !claims.client) return actorOfToken(bearer, trace);
  return actorOfAccess({ ...claims, client: claims.client }, trace);
}

/** The living key of this text, or null. Its secret is compared in constant time, by digest. */
export async function keyOfText(text: string, trace: Trace): Promise<KeyAtDoor | null> {
  const prefix = prefixOf(text);
  if (prefix === null) return refuse("form", trace);
  const key = await keyWatch().byPrefix(prefix, trace);
  if (!key) return refuse("unknown", trace);
  if (!isSameSecret(hashSecret(text), key.secretHash)) return refuse("secret", trace);
  const refusal = refusalOf(key);
  return refusal ? refuse(refusal, trace) : key;
}

async function actorOfKey(text: string, trace: Trace): Promise<KeyActor | null> {
  const key = await keyOfText(text, trace);
  return key && actorThrough(key, key.scopes, null, trace);
}

/** By the token's own words: which session, which key, which scopes; all of them held against what is true now. */
async function actorOfAccess(
  { sessionId, client }: { sessionId: string; client: ClientClaims },
  trace: Trace,
): Promise<KeyActor | null> {
  const key = await keyWatch().byPrefix(client.keyPrefix, trace);
  if (key?.orgId !== client.orgId) return refuse("unknown", trace);
  const refusal = refusalOf(key);
  if (refusal) return refuse(refusal, trace);
  if (!(await isLivingSession(sessionId, trace))) return refuse("session", trace);
  return actorThrough(key, client.scopes, sessionId, trace);
}

function actorThrough(key: KeyAtDoor, scopes: string[], sessionId: string | null, trace: Trace): KeyActor {
  metrics().keyChecks.inc({ outcome: "ok" });
  noteUse(key, trace);
  const { id, userId, orgId, orgSlug } = key;
  return { kind: "key", userId, sessionId, key: { id, scopes: knownScopes(scopes) }, orgId, orgSlug, trace };
}

/** Of the key itself or of a token of it. Waits for nothing: a use that cannot be written down is told in the log, and stops nobody. */
export function noteUse({ id: keyId, orgId, userId }: KeyAtDoor, trace: Trace): void {
  keyWatch().used({ keyId, at: clock.now(), address: trace.address });
  recordKeyUse({ orgId, keyId, userId, trace }).catch((error: unknown) =>
    logger().warn({ err: error, correlation_id: trace.correlationId }, "a key's first use was not recorded"),
  );
}

/** Why a key of today is none any more, or null. */
function refusalOf({ expiresAt, revokedAt }: KeyAtDoor): "revoked" | "expired" | null {
  const end = endOfKey({ expiresAt, revokedAt, replacedById: null }, clock.now());
  return end && (end.reason === "revoked" ? "revoked" : "expired");
}

function refuse(outcome: Refusal, trace: Trace): null {
  metrics().keyChecks.inc({ outcome });
  logger().info({ outcome, correlation_id: trace.correlationId }, "API key refused");
  return null;
}
