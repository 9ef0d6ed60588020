// The reference's own door: a person's session calls the API from our pages, and from nowhere else.
import { beforeAll, expect, it } from "vitest";
import { cookieName } from "~/server/auth/cookies";
import { SESSION_COOKIE, signSession } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { testKey } from "~/testing/keys";
import { testOrg, type TestOrg } from "~/testing/tenants";
import { answerRest, tryRest } from "./rest";

let org: TestOrg;
let cookie: string;
beforeAll(async () => {
  org = await testOrg();
  const { userId, sessionId } = org.users[0]!;
  cookie = `${cookieName(SESSION_COOKIE)}=${await signSession(userId, sessionId)}`;
});

const send = (door: typeof tryRest, path: string, method: string, headers: Record<string, string>) =>
  door(
    new Request(new URL(path, env().APP_URL), {
      method,
      headers: { "content-type": "application/json", "x-tenantry-org": org.slug, ...headers },
      ...(method === "POST" && { body: JSON.stringify({ name: "Borealis" }) }),
    }),
  );

it("answers as the API does, for whoever is signed in", async () => {
  const origin = new URL(env().APP_URL).origin;
  const made = await send(tryRest, "/api/try/companies", "POST", { cookie, origin });
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toMatch(/^\/api\/v1\/companies\//);
  const listed = await send(tryRest, "/api/try/companies?search=borealis", "GET", { cookie });
  expect(await listed.json()).toMatchObject({ data: [{ name: "Borealis" }] });
  expect((await send(tryRest, "/api/try/companies", "GET", {})).status).toBe(401);
});

it("does nothing for a page of another site, though the browser sends the cookie along", async () => {
  const refused = await send(tryRest, "/api/try/companies", "POST", {
    cookie,
    origin: "https://evil.example",
  });
  expect([refused.status, refused.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
  expect((await send(tryRest, "/api/try/companies", "POST", { cookie })).status).toBe(403);
});

it("knows the session alone: no key, no token of a program", async () => {
  const { headers } = await testKey(org.owner);
  expect((await send(tryRest, "/api/try/companies", "GET", headers)).status).toBe(401);
});

it("leaves the API itself closed to cookies", async () => {
  const origin = new URL(env().APP_URL).origin;
  expect((await send(answerRest, "/api/v1/companies", "GET", { cookie })).status).toBe(401);
  expect((await send(answerRest, "/api/v1/companies", "POST", { cookie, origin })).status).toBe(401);
});
