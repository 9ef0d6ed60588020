import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
  type JWK,
} from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { forgetEnv } from "~/server/config/env";
import {
  forgetKeys,
  publicKeys,
  SESSION_TOKEN_SECONDS,
  signAccess,
  signSession,
  verifySession,
} from "./session-token";

const USER = "01890000-0000-7000-8000-000000000001";
const SESSION = "01890000-0000-7000-8000-000000000002";

const newKey = async (kid: string): Promise<JWK> => ({
  ...(await exportJWK((await generateKeyPair("ES256", { extractable: true })).privateKey)),
  kid,
  alg: "ES256",
});

/** The settings as if the process had started with these keys. */
function startWith(keys: JWK[], settings: Record<string, string> = {}) {
  Object.assign(
    process.env,
    {
      APP_ENV: "local",
      APP_URL: "http://localhost:3000",
      DATABASE_URL: "postgres://a",
      DATABASE_SYSTEM_URL: "postgres://a",
      DATABASE_LISTEN_URL: "postgres://a",
      NEXTAUTH_SECRET: "x".repeat(32),
      INNGEST_EVENT_KEY: "k",
      INNGEST_SIGNING_KEY: "k",
      JWT_AUDIENCE: "tenantry",
      JWT_SIGNING_KEYS: JSON.stringify(keys),
    },
    settings,
  );
  forgetEnv();
  forgetKeys();
}

let key: JWK;
beforeAll(async () => {
  key = await newKey("first");
});
beforeEach(() => startWith([key]));
afterEach(() => clock.setOffset(0));

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a session token", () => {
  it("says whose session it is for 24 h", async () => {
    const token = await signSession(USER, SESSION);
    const nowS = Date.now() / 1000;
    const claims = await verifySession(token);
    expect(claims).toMatchObject({ userId: USER, sessionId: SESSION });
    expect((claims as { expiresAt: number }).expiresAt - nowS).toBeCloseTo(SESSION_TOKEN_SECONDS, -1);
  });

  it("is refused the moment its 24 h are over", async () => {
    const token = await signSession(USER, SESSION);
    clock.setOffset((SESSION_TOKEN_SECONDS + 1) * 1_000);
    expect(await verifySession(token)).toEqual({ refused: "expired" });
  });

  it("is refused when any part of it was changed", async () => {
    const [header, payload, signature] = (await signSession(USER, SESSION)).split(".") as [
      string,
      string,
      string,
    ];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const other = "01890000-0000-7000-8000-000000000009";
    expect(await verifySession(`${header}.${part({ ...claims, sub: other })}.${signature}`)).toEqual({
      refused: "signature",
    });
    const flipped = (signature[0] === "A" ? "B" : "A") + signature.slice(1);
    expect(await verifySession(`${header}.${payload}.${flipped}`)).toEqual({ refused: "signature" });
    expect(await verifySession(`${header}.${payload}.`)).toMatchObject({ refused: expect.any(String) });
  });

  it("is refused when it claims to need no signature, or one made with our public key as a secret", async () => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { sub: USER, sid: SESSION, aud: "tenantry", iss: "http://localhost:3000", exp };
    expect(await verifySession(`${part({ alg: "none", kid: "first" })}.${part(claims)}.`)).toMatchObject({
      refused: "form",
    });
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", kid: "first" })
      .sign(new TextEncoder().encode(JSON.stringify({ ...key, d: undefined })));
    expect(await verifySession(hmac)).toEqual({ refused: "form" });
  });

  it("is refused when another key signed it, under a strange name or under ours", async () => {
    startWith([await newKey("stranger")]);
    const stranger = await signSession(USER, SESSION);
    startWith([{ ...(await newKey("first")) }]);
    const impostor = await signSession(USER, SESSION);
    startWith([key]);
    expect(await verifySession(stranger)).toEqual({ refused: "key" });
    expect(await verifySession(impostor)).toEqual({ refused: "signature" });
  });

  it("still verifies after a newer key came, and no more after its own key went", async () => {
    const token = await signSession(USER, SESSION);
    const newer = await newKey("second");
    startWith([newer, key]);
    expect(await verifySession(token)).toMatchObject({ userId: USER });
    const fresh = await signSession(USER, SESSION);
    expect(JSON.parse(Buffer.from(fresh.split(".")[0]!, "base64url").toString())).toMatchObject({
      kid: "second",
    });
    startWith([newer]);
    expect(await verifySession(token)).toEqual({ refused: "key" });
    expect(await verifySession(fresh)).toMatchObject({ userId: USER });
  });

  it("is checked by anybody against the published keys, through a rollover of three steps", async () => {
    const newer = await newKey("second");
    const check = (token: string, keys: object) =>
      jwtVerify(token, createLocalJWKSet(keys as JSONWebKeySet), { audience: "tenantry" }).then(
        () => "good",
        () => "refused",
      );
    const old = await signSession(USER, SESSION);
    startWith([key, newer]); // announced, not yet signing
    const announced = publicKeys();
    expect(announced.keys.map(({ kid }) => kid)).toEqual(["first", "second"]);
    startWith([newer, key]); // signing; whoever holds the list of before can check it already
    const fresh = await signSession(USER, SESSION);
    expect(await check(fresh, announced)).toBe("good");
    expect(await check(old, publicKeys())).toBe("good");
    startWith([newer]); // the old one is gone
    expect(await check(fresh, publicKeys())).toBe("good");
    expect(await check(old, publicKeys())).toBe("refused");
  });

  it("has nothing private among its published keys", () => {
    for (const published of publicKeys().keys)
      expect(Object.keys(published).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
  });

  it("of a program says its organization, key and scopes; with only some of them it is nobody's", async () => {
    const client = { orgId: USER, keyPrefix: "abc", scopes: ["crm:read", "jobs:read"] };
    const token = await signAccess({ userId: USER, sessionId: SESSION, client });
    expect(await verifySession(token)).toMatchObject({ userId: USER, sessionId: SESSION, client });
    const halved = await signAccess({ userId: USER, sessionId: SESSION, client: { ...client, orgId: "x" } });
    expect(await verifySession(halved)).toEqual({ refused: "claims" });
  });

  it("is refused when made for another audience or by another site", async () => {
    startWith([key], { JWT_AUDIENCE: "elsewhere" });
    const elsewhere = await signSession(USER, SESSION);
    startWith([key], { APP_URL: "http://localhost:4000" });
    const neighbour = await signSession(USER, SESSION);
    startWith([key]);
    expect(await verifySession(elsewhere)).toEqual({ refused: "claims" });
    expect(await verifySession(neighbour)).toEqual({ refused: "claims" });
  });

  it("is refused when its ids are no ids, which no database scope would take", async () => {
    expect(await verifySession(await signSession("root", SESSION))).toEqual({ refused: "claims" });
    expect(await verifySession(await signSession(USER, "*"))).toEqual({ refused: "claims" });
  });

  it.each(["", "x", "a.b.c", "..", "é.ü.ö"])("is refused, and nothing thrown, for %j", async (token) => {
    expect(await verifySession(token)).toEqual({ refused: "form" });
  });

  it("is checked once and then known, until it expires", async () => {
    const token = await signSession(USER, SESSION);
    const first = await verifySession(token);
    expect(await verifySession(token)).toBe(first);
    clock.setOffset((SESSION_TOKEN_SECONDS + 1) * 1_000);
    expect(await verifySession(token)).toEqual({ refused: "expired" });
  });
});
