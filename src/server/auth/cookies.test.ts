// What stands between a session and somebody else's hands: who may read a cookie, who may set one of its name.
import { beforeEach, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import {
  cookieName,
  cookieOf,
  LINK_COOKIE,
  noSessionCookies,
  REFRESH_COOKIE,
  sessionCookies,
  UNTIL_COOKIE,
} from "./cookies";
import { SESSION_COOKIE } from "./session-token";

const reachedBy = (appUrl: string, environment: string) => {
  Object.assign(process.env, {
    APP_ENV: environment,
    APP_URL: appUrl,
    DATABASE_URL: "postgres://a",
    DATABASE_SYSTEM_URL: "postgres://a",
    DATABASE_LISTEN_URL: "postgres://a",
    NEXTAUTH_SECRET: "x".repeat(32),
    INNGEST_EVENT_KEY: "k",
    INNGEST_SIGNING_KEY: "k",
    SMTP_URL: "smtp://localhost",
    METRICS_TOKEN: "x".repeat(16),
    JWT_SIGNING_KEYS: JSON.stringify([{ kty: "EC", crv: "P-256", kid: "a", d: "d" }]),
  });
  forgetEnv();
};
const issued = {
  sessionToken: "a.b.c",
  expiresAt: new Date(1_800_000_000_000),
  refresh: { token: "secret", lifetimeSeconds: 60 },
};
const lineOf = (lines: string[], name: string) => lines.find((line) => line.startsWith(`${name}=`));
const sent = (cookie: string) => new Headers({ cookie });

describe("by https", () => {
  beforeEach(() => reachedBy("https://app.test", "prod"));

  it("the session is for this host alone, over https, out of scripts' reach, and not brought along by other sites", () => {
    const line = lineOf(sessionCookies(issued), "__Host-tenantry.session")!;
    expect(line).toBe("__Host-tenantry.session=a.b.c; Path=/; Max-Age=86400; SameSite=Lax; HttpOnly; Secure");
    // What `__Host-` asks for; with a Domain or another path browsers would drop it.
    expect(line).not.toMatch(/Domain=/i);
  });

  it("the refresh token is sent to its one door alone", () => {
    expect(lineOf(sessionCookies(issued), "__Secure-tenantry.refresh")).toBe(
      "__Secure-tenantry.refresh=secret; Path=/api/session; Max-Age=60; SameSite=Lax; HttpOnly; Secure",
    );
  });

  it("only the expiry is readable by scripts, and is no secret", () => {
    const readable = sessionCookies(issued).filter((line) => !line.includes("HttpOnly"));
    expect(readable).toEqual([`${UNTIL_COOKIE}=1800000000; Path=/; Max-Age=60; SameSite=Lax; Secure`]);
  });

  it("a session under the name without its prefix, which a sibling host could have set, is nobody's", () => {
    expect(cookieOf(sent("tenantry.session=planted"), SESSION_COOKIE)).toBeNull();
    expect(cookieOf(sent("tenantry.session=planted; __Host-tenantry.session=own"), SESSION_COOKIE)).toBe(
      "own",
    );
    expect(cookieOf(sent("tenantry.refresh=planted"), REFRESH_COOKIE)).toBeNull();
    expect(cookieOf(sent("tenantry.link=planted"), LINK_COOKIE)).toBeNull();
  });

  it("signing out takes away the same cookies that were given", () => {
    const names = (lines: string[]) => lines.map((line) => line.split("=")[0]).sort();
    expect(names(noSessionCookies())).toEqual(names(sessionCookies(issued)));
    for (const line of noSessionCookies()) expect(line).toMatch(/=; Path=.*Max-Age=0;.*Secure/);
  });
});

it("by http on this machine cookies have no prefix, which browsers would refuse without Secure", () => {
  reachedBy("http://localhost:3000", "local");
  expect([SESSION_COOKIE, REFRESH_COOKIE, LINK_COOKIE].map(cookieName)).toEqual([
    "tenantry.session",
    "tenantry.refresh",
    "tenantry.link",
  ]);
  for (const line of sessionCookies(issued)) expect(line).not.toContain("Secure");
});

it("a value cannot carry a second header or attribute", () => {
  reachedBy("https://app.test", "prod");
  const [line] = sessionCookies({ ...issued, sessionToken: "a\r\nset-cookie: x=y; Domain=evil.test" });
  expect(line).not.toMatch(/[\r\n]|; Domain/);
});
