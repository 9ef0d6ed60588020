// Tokens of programs, from the key to the door and back: granted, renewed, copied, ended.
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as jwks } from "~/app/.well-known/jwks.json/route";
import { POST as renewBrowser } from "~/app/api/session/route";
import { POST as token } from "~/app/api/v1/token/route";
import { clock } from "~/kernel/clock";
import { closeLimiter } from "~/server/http/limiter";
import { REFRESH_COOKIE } from "~/server/auth/cookies";
import { signAccess } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { readTenant } from "~/server/db/with-tenant";
import { createTrpcHandler } from "~/server/trpc/handler";
import { callerFor } from "~/testing/callers";
import { testKey } from "~/testing/keys";
import { asOwner, testOrg, testUser, type TestOrg } from "~/testing/tenants";
import { startSession } from "~/modules/auth/flows/start-session";
import { withSystem } from "~/server/db/with-system";
import { gates } from "./gates";
import { appRouter } from "./routers";

const handle = createTrpcHandler(appRouter, gates);
let org: TestOrg;
let key: Awaited<ReturnType<typeof testKey>>;
beforeEach(async () => {
  org = await testOrg();
  key = await testKey(org.owner, { scopes: ["organization:read", "crm:read"], name: "Warehouse sync" });
});
afterEach(() => clock.setOffset(0));
afterAll(async () => {
  await closeLimiter();
  await closeClients();
});

type Tokens = {
  access_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
  token_type: string;
};
async function ask(form: Record<string, string> | string, headers: Record<string, string> = {}) {
  const response = await token(
    new Request(`${process.env.APP_URL}/api/v1/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "user-agent": "sync/1.0", ...headers },
      body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
    }),
  );
  const body = (await response.json()) as Tokens & { error?: string; error_description?: string };
  return { status: response.status, headers: response.headers, body };
}
const exchange = async (more: Record<string, string> = {}) =>
  (await ask({ grant_type: "client_credentials", ...more }, key.headers)).body;
const refresh = (refreshToken: string, headers: Record<string, string> = {}) =>
  ask({ grant_type: "refresh_token", refresh_token: refreshToken }, headers);

async function call(path: string, bearer: string, orgSlug?: string) {
  const response = await handle(
    new Request(`${process.env.APP_URL}/api/trpc/${path}`, {
      headers: { authorization: `Bearer ${bearer}`, ...(orgSlug && { "x-tenantry-org": orgSlug }) },
    }),
  );
  const { error } = (await response.json()) as { error?: { json: { data: { reason: string } } } };
  return [response.status, error?.json.data.reason];
}
const devicesOf = () => callerFor(appRouter, org.users[0]!).auth.devices();

describe("a key in exchange", () => {
  it("is an access token of 15 minutes with who, session, organization and scopes, and no role", async () => {
    const tokens = await exchange();
    expect(tokens).toMatchObject({
      token_type: "Bearer",
      expires_in: 900,
      scope: "organization:read crm:read",
    });
    const set = (await jwks().json()) as JSONWebKeySet;
    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, createLocalJWKSet(set), {
      audience: process.env.JWT_AUDIENCE!,
      issuer: process.env.APP_URL!,
      algorithms: ["ES256"],
    });
    expect(Object.keys(payload).sort()).toEqual(
      ["aud", "client_id", "exp", "iat", "iss", "org_id", "scope", "sid", "sub"].sort(),
    );
    expect(payload).toMatchObject({ sub: org.owner.userId, org_id: org.orgId, scope: tokens.scope });
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(protectedHeader.kid).toBe(set.keys[0]!.kid);
  });

  it("is a use of the key, with its time and in the audit log, though no token of it was used yet", async () => {
    await exchange();
    const { keySweeps } = await import("~/modules/api-keys");
    for (const { turn } of keySweeps()) await turn();
    const { living } = await callerFor(appRouter, org.owner).apiKeys.list();
    expect(living[0]!.lastUsedAt).not.toBeNull();
    const uses = () =>
      asOwner("select 1 from audit_entry where action = 'key.used' and target_id = $1", [key.id]);
    await expect.poll(async () => (await uses()).length, { timeout: 5_000 }).toBe(1);
    const { items } = await callerFor(appRouter, org.owner).audit.list({ search: "session.signed_in" });
    expect(items).toMatchObject([{ deed: "let a program in with the API key Warehouse sync" }]);
  });

  it("opens what the key opens, no more, and no other organization", async () => {
    const { access_token } = await exchange();
    expect(await call("tenancy.current", access_token)).toEqual([200, undefined]);
    expect(await call("jobs.list", access_token)).toEqual([403, "kernel.scope_missing"]);
    expect(await call("auth.devices", access_token)).toEqual([403, "kernel.not_for_keys"]);
    const other = await testOrg({ ownedBy: org.users[0]! });
    expect(await call("tenancy.current", access_token, other.slug)).toEqual([404, "kernel.not_found"]);
  });

  it("may ask for fewer scopes, which last through its renewals, and for none the key lacks", async () => {
    const narrow = await exchange({ scope: "crm:read" });
    expect(narrow.scope).toBe("crm:read");
    expect(await call("tenancy.current", narrow.access_token)).toEqual([403, "kernel.scope_missing"]);
    const next = (await refresh(narrow.refresh_token)).body;
    expect(next.scope).toBe("crm:read");
    expect(await exchange({ scope: "crm:read billing:write" })).toMatchObject({ error: "invalid_scope" });
  });

  it("comes as Bearer, as Basic or in the form, and only in one way", async () => {
    const basic = `Basic ${Buffer.from(`anything:${key.key}`).toString("base64")}`;
    const form = { grant_type: "client_credentials" };
    expect((await ask(form, { authorization: basic })).status).toBe(200);
    expect((await ask({ ...form, client_secret: key.key })).status).toBe(200);
    expect((await ask({ ...form, client_secret: key.key }, key.headers)).body.error).toBe("invalid_request");
  });

  it("leaves at most 20 sessions behind, the oldest end", async () => {
    const first = await exchange();
    for (let at = 0; at < 20; at++) await exchange();
    expect((await refresh(first.refresh_token)).body.error).toBe("invalid_grant");
    expect((await callerFor(appRouter, org.owner).apiKeys.list()).living[0]!.sessions).toHaveLength(20);
  });

  it("is never longer than the key itself", async () => {
    const short = await testKey(org.owner, { expiresAt: new Date(Date.now() + 60_000) });
    const { body } = await ask({ grant_type: "client_credentials" }, short.headers);
    expect(body.expires_in).toBeLessThanOrEqual(60);
    clock.setOffset(61_000);
    expect(await call("tenancy.current", body.access_token)).toEqual([401, "kernel.unauthenticated"]);
    expect((await refresh(body.refresh_token)).body.error).toBe("invalid_grant");
  });
});

describe("refusals", () => {
  it.each([
    ["no grant type", "", 400, "invalid_request"],
    ["another grant type", "grant_type=password", 400, "unsupported_grant_type"],
    ["no key", "grant_type=client_credentials", 401, "invalid_client"],
    ["no refresh token", "grant_type=refresh_token", 400, "invalid_request"],
    ["a field twice", "grant_type=refresh_token&grant_type=client_credentials", 400, "invalid_request"],
    ["an unknown refresh token", "grant_type=refresh_token&refresh_token=x", 400, "invalid_grant"],
    ["a key that is none", "grant_type=client_credentials&client_secret=tnt_live_x", 401, "invalid_client"],
    ["a body beyond bounds", `grant_type=${"x".repeat(9_000)}`, 400, "invalid_request"],
  ])("speak RFC 6749: %s", async (_name, form, status, error) => {
    const answer = await ask(form);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect(answer.body.error_description).toMatch(/^[ !#-[\]-~]+$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.has("www-authenticate")).toBe(status === 401);
  });

  it("are the same for a JSON body, another method's words and a key whose maker left", async () => {
    expect((await ask("{}", { "content-type": "application/json" })).body.error).toBe("invalid_request");
    const theirs = await testKey(org.as("admin"));
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("admin").userId,
    ]);
    await expect
      .poll(async () => (await ask({ grant_type: "client_credentials" }, theirs.headers)).body.error, {
        timeout: 1_000,
      })
      .toBe("invalid_client");
  });

  it("meet a token that says another organization than its key's", async () => {
    const other = await testOrg();
    const client = { orgId: other.orgId, keyPrefix: key.key.slice(9, 21), scopes: ["organization:read"] };
    const forged = await signAccess({ userId: org.owner.userId!, sessionId: newId(), client });
    expect(await call("tenancy.current", forged)).toEqual([401, "kernel.unauthenticated"]);
  });
});

describe("a refresh token", () => {
  it("gives the next ones, and within 10 s the same again", async () => {
    const first = await exchange();
    const second = (await refresh(first.refresh_token)).body;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).body.refresh_token).toBe(second.refresh_token);
    expect(await call("tenancy.current", second.access_token)).toEqual([200, undefined]);
  });

  it("used again later ends its session for everybody, and devices and the audit log say so", async () => {
    const stolen = await exchange();
    const rightful = (await refresh(stolen.refresh_token)).body;
    clock.setOffset(11_000);
    expect((await refresh(stolen.refresh_token)).body.error).toBe("invalid_grant");
    expect((await refresh(rightful.refresh_token)).body.error).toBe("invalid_grant");
    expect(await call("tenancy.current", rightful.access_token)).toEqual([401, "kernel.unauthenticated"]);
    expect((await devicesOf()).ended).toMatchObject([
      { method: "key", client: "Warehouse sync", ended: { reason: "refresh_reused" } },
    ]);
    const entries = await readTenant(org.owner, (scope) =>
      scope.db.auditEntry.findMany({ where: { action: "session.refresh_reused" } }),
    );
    expect(entries).toMatchObject([{ actorId: org.owner.userId, via: `key:${key.id}` }]);
  });

  it("with another key than its own is nobody's", async () => {
    const { refresh_token } = await exchange();
    const other = await testKey(org.owner);
    expect((await refresh(refresh_token, other.headers)).body.error).toBe("invalid_grant");
    expect((await refresh(refresh_token, key.headers)).status).toBe(200);
  });

  it("of a program never turns into a browser's session, nor the other way round", async () => {
    const { refresh_token } = await exchange();
    const asBrowser = await renewBrowser(
      new Request(`${process.env.APP_URL}/api/session`, {
        method: "POST",
        headers: { cookie: `${REFRESH_COOKIE}=${refresh_token}` },
      }),
    );
    expect(asBrowser.status).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(200);

    const person = await testUser();
    const browser = await withSystem({ reason: "test", trace: person.trace }, (scope) =>
      startSession(scope, {
        userId: person.userId,
        method: "email",
        visitor: { userAgent: null, replaces: null },
      }),
    );
    expect((await refresh(browser.refreshToken!)).body.error).toBe("invalid_grant");
    expect((await refresh(browser.refreshToken!, key.headers)).body.error).toBe("invalid_grant");
  });
});

describe("the session of a program", () => {
  it("is listed with its maker's devices and with its key, and ends from there at once", async () => {
    const { access_token } = await exchange();
    const [device] = (await devicesOf()).living.filter(({ method }) => method === "key");
    expect(device).toMatchObject({ client: "Warehouse sync", isThisOne: false });
    const { living } = await callerFor(appRouter, org.owner).apiKeys.list();
    expect(living[0]!.sessions).toMatchObject([{ id: device!.id, userAgent: "sync/1.0" }]);
    await callerFor(appRouter, org.users[0]!).auth.endDevice({ id: device!.id });
    expect(await call("tenancy.current", access_token)).toEqual([401, "kernel.unauthenticated"]);
  });

  it("goes on when the person ends all other browsers", async () => {
    const { access_token } = await exchange();
    await callerFor(appRouter, org.users[0]!).auth.endOtherDevices();
    expect(await call("tenancy.current", access_token)).toEqual([200, undefined]);
  });

  it("ends with its key", async () => {
    const { access_token, refresh_token } = await exchange();
    await callerFor(appRouter, org.owner).apiKeys.revoke({ id: key.id });
    expect(await call("tenancy.current", access_token)).toEqual([401, "kernel.unauthenticated"]);
    expect((await refresh(refresh_token)).body.error).toBe("invalid_grant");
    expect((await devicesOf()).ended).toMatchObject([{ ended: { reason: "key_ended" } }]);
  });

  it("ends with its key on an instance that hears of it from the database alone", async () => {
    const { access_token } = await exchange();
    expect(await call("tenancy.current", access_token)).toEqual([200, undefined]);
    await asOwner("update api_key set revoked_at = now() where id = $1", [key.id]);
    await expect
      .poll(() => call("tenancy.current", access_token), { timeout: 1_000 })
      .toEqual([401, "kernel.unauthenticated"]);
  });

  it("after a rotation lasts as long as the overlap, as the old key does; the new key opens at once", async () => {
    const manage = callerFor(appRouter, org.owner).apiKeys;
    const { access_token, refresh_token } = await exchange();
    const made = await manage.rotate({ id: key.id, overlap: "hour" });
    expect(await call("tenancy.current", key.key)).toEqual([200, undefined]);
    expect(await call("tenancy.current", made.key)).toEqual([200, undefined]);
    expect(await call("tenancy.current", access_token)).toEqual([200, undefined]);
    await expect(manage.rotate({ id: key.id, overlap: "week" })).rejects.toMatchObject({ code: "CONFLICT" });
    clock.setOffset(3_601_000);
    expect(await call("tenancy.current", key.key)).toEqual([401, "kernel.unauthenticated"]);
    expect((await refresh(refresh_token)).body.error).toBe("invalid_grant");
    expect(await call("tenancy.current", made.key)).toEqual([200, undefined]);
    expect((await manage.list()).ended).toMatchObject([
      { id: key.id, replacedById: made.id, ended: { reason: "rotated" } },
    ]);
  });

  it("and its old key are over at once when a rotation leaves no overlap", async () => {
    const { access_token } = await exchange();
    await callerFor(appRouter, org.owner).apiKeys.rotate({ id: key.id, overlap: "none" });
    for (const bearer of [key.key, access_token])
      expect(await call("tenancy.current", bearer)).toEqual([401, "kernel.unauthenticated"]);
  });
});
