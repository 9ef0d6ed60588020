/**
 * Tokens of programs (RFC 6749): a key is exchanged for an access token of 15 minutes and a refresh token that is used
 * once; a refresh token that comes back later ends its session for everybody who holds one of it.
 */
import type { Trace, KeyActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { knownScopes, type Scope } from "~/kernel/scopes";
import { renewSession, startProgramSession, type FamilyOf } from "~/modules/auth";
import { orgAtDoor } from "~/modules/tenancy";
import { ACCESS_TOKEN_SECONDS, signAccess } from "~/server/auth/session-token";
import type { SystemScope } from "~/server/db/with-system";
import { invalidGrant, invalidScope, unknownClient } from "../errors";
import { keyById } from "../queries/system";
import { endOfKey } from "../rules";
import type { IssuedTokens } from "../schema";
import { keyOfText, noteUse } from "./actor-of-bearer";

/** @throws api_keys.unknown_client for whatever is wrong with the key, and when its maker has left. */
async function livingKey(text: string, trace: Trace) {
  const key = await keyOfText(text, trace);
  if (!key) throw unknownClient();
  const { id, userId, orgId, orgSlug } = key;
  const scopes = knownScopes(key.scopes);
  const maker: KeyActor = {
    ...{ kind: "key", userId, orgId, orgSlug, trace },
    sessionId: null,
    key: { id, scopes },
  };
  if (!(await orgAtDoor(maker, orgSlug))) throw unknownClient();
  noteUse(key, trace);
  return { ...key, scopes };
}

/** The asked scopes, when the key has each of them; all of the key's when none is named. @throws api_keys.invalid_scope */
function granted(own: Scope[], asked: string | null): Scope[] {
  if (asked === null || asked.trim() === "") return own;
  const words = [...new Set(asked.trim().split(/ +/))];
  const scopes = own.filter((scope) => words.includes(scope));
  if (scopes.length < words.length) throw invalidScope();
  return scopes;
}

type Asked = { scope: string | null; userAgent: string | null };

/** A new session of the key. @throws api_keys.unknown_client, api_keys.invalid_scope */
export async function exchangeKey(
  text: string,
  { scope, userAgent }: Asked,
  trace: Trace,
): Promise<IssuedTokens> {
  const key = await livingKey(text, trace);
  const scopes = granted(key.scopes, scope);
  const program = { keyId: key.id, orgId: key.orgId, name: key.name, scopes, until: key.expiresAt };
  const { userId } = key;
  const { sessionId, refreshToken } = await startProgramSession({ userId, userAgent, program }, trace);
  return tokens({ ...key, keyPrefix: key.prefix }, sessionId, scopes, refreshToken!);
}

/**
 * The next tokens of a session. @throws api_keys.invalid_grant for a refresh token that is unknown, over, of a browser, or
 * of another key than `text`; used twice, it ends its session.
 */
export async function refreshTokens(token: string, text: string | null, trace: Trace): Promise<IssuedTokens> {
  const client = text === null ? null : await livingKey(text, trace);
  // Filled while the session is looked up, inside the transaction that renews it.
  const found: { whose?: Omit<Whose, "userId">; scopes: string[] } = { scopes: [] };
  const ofProgram: FamilyOf = async (scope: SystemScope, { apiKeyId, clientScopes }) => {
    if (!apiKeyId || (client && client.id !== apiKeyId)) return null;
    const key = await keyById(scope, apiKeyId);
    if (!key || endOfKey({ ...key, replacedById: null }, clock.now())) return null;
    found.whose = key;
    found.scopes = clientScopes;
    return { orgId: key.orgId, via: `key:${key.id}`, until: key.expiresAt };
  };
  const renewed = await renewSession(token, ofProgram, trace).catch((error: unknown) => {
    throw invalidGrant(error);
  });
  const { userId, sessionId, refreshToken } = renewed;
  if (!found.whose || !refreshToken) throw new Error("a session was renewed without its key");
  return tokens({ userId, ...found.whose }, sessionId, knownScopes(found.scopes), refreshToken);
}

type Whose = { userId: string; orgId: string; keyPrefix: string; expiresAt: Date | null };

async function tokens(
  { userId, orgId, keyPrefix, expiresAt }: Whose,
  sessionId: string,
  scopes: Scope[],
  refreshToken: string,
): Promise<IssuedTokens> {
  // No token says that it lives longer than its key.
  const leftS = expiresAt ? Math.ceil((expiresAt.getTime() - clock.now().getTime()) / 1_000) : Infinity;
  const lifetimeS = Math.min(ACCESS_TOKEN_SECONDS, leftS);
  return {
    access_token: await signAccess({ userId, sessionId, client: { orgId, keyPrefix, scopes } }, lifetimeS),
    token_type: "Bearer",
    expires_in: lifetimeS,
    refresh_token: refreshToken,
    scope: scopes.join(" "),
  };
}
