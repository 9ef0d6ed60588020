// Which addresses pass the proxy, which sets the content security policy and asks where a change was made.
import { unstable_doesMiddlewareMatch as passes } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { beforeAll, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { config, proxy } from "./proxy";

const APP = "http://localhost:3000";
beforeAll(() => {
  Object.assign(process.env, {
    APP_ENV: "local",
    APP_URL: APP,
    DATABASE_URL: "postgres://a",
    DATABASE_SYSTEM_URL: "postgres://a",
    DATABASE_LISTEN_URL: "postgres://a",
    NEXTAUTH_SECRET: "x".repeat(32),
    INNGEST_EVENT_KEY: "k",
    INNGEST_SIGNING_KEY: "k",
    JWT_SIGNING_KEYS: JSON.stringify([{ kty: "EC", crv: "P-256", kid: "a", d: "d" }]),
  });
  forgetEnv();
});
const isGuarded = (path: string) => passes({ config, url: path });

it.each([
  "/",
  "/o/acme/companies",
  // Pages whose last part somebody chooses: called like a file they are pages still.
  "/invitations/token.png",
  "/o/acme/companies/x.svg",
  "/nothing.ico",
  "/o/acme/a.woff2",
  "/favicon.svgx",
  "/favicon.svg/x",
  "/_next/imagex",
  "/api/trpcx",
  "/api/inngest/x",
])("gives %s a policy", (path) => {
  expect(isGuarded(path)).toBe(true);
});

it.each([
  "/subscriptions/cancel",
  "/api/subscriptions/checkout",
  "/api/session",
  "/api/auth/signin/google",
  "/api/step-up",
  "/api/open-as",
  "/api/try/companies",
])("asks where a change at %s was made", (path) => {
  expect(isGuarded(path)).toBe(true);
  const asked = (headers: Record<string, string>) =>
    proxy(new NextRequest(APP + path, { method: "POST", headers })).status;
  expect(asked({ cookie: "tenantry.session=a", origin: "https://evil.test" })).toBe(403);
  expect(asked({ cookie: "tenantry.session=a" })).toBe(403);
  expect(asked({ cookie: "tenantry.session=a", origin: APP })).toBe(200);
});

it("stays out of the way of built files and of doors that check for themselves", () => {
  for (const path of [
    "/_next/static/chunks/a.js",
    "/_next/image",
    "/favicon.svg",
    "/api/trpc/a.b",
    "/api/v1/me",
  ])
    expect(isGuarded(path)).toBe(false);
});

it("gives each answer a nonce of its own, to the page and to the browser alike", () => {
  const policies = Array.from({ length: 20 }, () => {
    const answer = proxy(new NextRequest(`${APP}/login`));
    const policy = answer.headers.get("content-security-policy")!;
    expect(answer.headers.get("x-middleware-request-content-security-policy")).toBe(policy);
    return /'nonce-([\w+/=]{24})'/.exec(policy)![1];
  });
  expect(new Set(policies).size).toBe(20);
});
