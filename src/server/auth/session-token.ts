/**
 * The session token: a JWT signed with ES256, 24 h, with `sub` (user), `sid` (registry row), `aud`, `exp`; and the access
 * token of a program, 15 minutes, with `org_id`, `scope` and `client_id` (the key's public prefix) besides. Roles are
 * never in one. Keys roll: the newest of JWT_SIGNING_KEYS signs, each verifies, chosen by `kid`.
 */
import {
  errors,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
} from "jose";
import { z } from "zod";
import { clock } from "~/kernel/clock";
import { env } from "~/server/config/env";
import { Recent } from "./recent";

export const SESSION_TOKEN_SECONDS = 24 * 60 * 60;
export const ACCESS_TOKEN_SECONDS = 15 * 60;
export const SESSION_COOKIE = "tenantry.session";

/** What only a program's token says. */
export type ClientClaims = {
  orgId: string;
  /** Public prefix of the API key that the token came of. */
  keyPrefix: string;
  scopes: string[];
};

export type SessionClaims = {
  userId: string;
  sessionId: string;
  /** Set in a program's token, which is no person's. */
  client?: ClientClaims;
  /** Set in a token of a session that staff opened as the person: who they are (`act`, RFC 8693). */
  actedById?: string;
  /** Seconds since 1970. */ expiresAt: number;
};

type Keys = { sign: { kid: string; key: CryptoKey }; verify: Map<string, CryptoKey> };
let keys: Promise<Keys> | undefined;

async function loadKeys(): Promise<Keys> {
  const list = env().JWT_SIGNING_KEYS;
  const verify = new Map<string, CryptoKey>();
  for (const jwk of list) {
    const { d: _private, ...publicPart } = jwk as JWK;
    verify.set(jwk.kid, (await importJWK(publicPart, "ES256")) as CryptoKey);
  }
  const newest = list[0]!;
  return { sign: { kid: newest.kid, key: (await importJWK(newest as JWK, "ES256")) as CryptoKey }, verify };
}

const nowS = () => Math.floor(clock.now().getTime() / 1000);

/** Signs a session token; `lifetimeS` in seconds. */
export async function signSession(
  userId: string,
  sessionId: string,
  lifetimeS = SESSION_TOKEN_SECONDS,
): Promise<string> {
  return signed({ sid: sessionId }, userId, lifetimeS);
}

/** Signs the token of a session that staff opened as a member. */
export const signOpened = (
  { userId, sessionId, staffId }: { userId: string; sessionId: string; staffId: string },
  lifetimeS: number,
): Promise<string> => signed({ sid: sessionId, act: { sub: staffId } }, userId, lifetimeS);

/** Signs a program's access token for `lifetimeS` seconds. */
export const signAccess = (
  { userId, sessionId, client }: { userId: string; sessionId: string; client: ClientClaims },
  lifetimeS = ACCESS_TOKEN_SECONDS,
): Promise<string> =>
  signed(
    { sid: sessionId, org_id: client.orgId, client_id: client.keyPrefix, scope: client.scopes.join(" ") },
    userId,
    lifetimeS,
  );

async function signed(claims: JWTPayload, userId: string, lifetimeS: number): Promise<string> {
  const { sign } = await (keys ??= loadKeys());
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", kid: sign.kid, typ: "JWT" })
    .setSubject(userId)
    .setAudience(env().JWT_AUDIENCE)
    .setIssuer(env().APP_URL)
    .setIssuedAt(nowS())
    .setExpirationTime(nowS() + lifetimeS)
    .sign(sign.key);
}

/** Both ids go into database scopes, which take nothing but uuids. */
const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() });
/** A token with any of these is a program's; one that lacks one of them is nobody's. */
const Acted = z.object({ sub: z.uuid() });
const Client = z.object({ org_id: z.uuid(), client_id: z.string(), scope: z.string() });

export type TokenRefusal = "expired" | "signature" | "key" | "claims" | "form";

/** Claims of a token that verifies, or why it does not. Never throws, never tells the token. */
export async function verifySession(token: string): Promise<SessionClaims | { refused: TokenRefusal }> {
  const known = verified.get(token);
  if (known) return known.expiresAt > nowS() ? known : { refused: "expired" };
  const answer = await verify(token);
  if (!("refused" in answer)) verified.set(token, answer);
  return answer;
}

/**
 * Tokens whose signature was checked already; it cannot turn wrong. A check takes 0.2 ms of one of four threads that all
 * cryptography shares, so on a busy machine its slowest hundredth takes several ms.
 */
const verified = new Recent<SessionClaims>(10_000);

async function verify(token: string): Promise<SessionClaims | { refused: TokenRefusal }> {
  const { verify: known } = await (keys ??= loadKeys());
  const keyOf = (header: JWTHeaderParameters) => {
    const key = known.get(header.kid ?? "");
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  };
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms: ["ES256"],
      audience: env().JWT_AUDIENCE,
      issuer: env().APP_URL,
      requiredClaims: ["sub", "sid", "exp"],
      currentDate: clock.now(),
    });
    const claims = Claims.safeParse(payload);
    if (!claims.success) return { refused: "claims" };
    const { sub, sid, exp } = claims.data;
    const person = { userId: sub, sessionId: sid, expiresAt: exp };
    if ("act" in payload) {
      const acted = Acted.safeParse(payload.act);
      return acted.success ? { ...person, actedById: acted.data.sub } : { refused: "claims" };
    }
    if (!["org_id", "client_id", "scope"].some((name) => name in payload)) return person;
    const client = Client.safeParse(payload);
    if (!client.success) return { refused: "claims" };
    const { org_id: orgId, client_id: keyPrefix, scope } = client.data;
    return { ...person, client: { orgId, keyPrefix, scopes: scope.split(" ") } };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWKSNoMatchingKey) return "key";
  if (error instanceof errors.JWTClaimValidationFailed) return "claims";
  return "form";
}

/**
 * The public keys that tokens verify by, newest first, for whoever checks tokens elsewhere (RFC 7517). A new key is put
 * second in JWT_SIGNING_KEYS first, so that everybody has it before it signs.
 */
export const publicKeys = () => ({
  keys: env().JWT_SIGNING_KEYS.map(({ kty, crv, kid, x, y }) => ({
    ...{ kty, crv, kid, x, y },
    alg: "ES256",
    use: "sig",
  })),
});

/** For tests that roll the keys. */
export const forgetKeys = (): void => {
  keys = undefined;
  verified.clear();
};
