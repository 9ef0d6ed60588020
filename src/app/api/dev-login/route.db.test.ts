import { afterAll, afterEach, describe, expect, it } from "vitest";
import { actorOfToken } from "~/modules/auth";
import { REFRESH_COOKIE } from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { env, forgetEnv } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { testTrace, testUser } from "~/testing/tenants";
import { POST } from "./route";

const isLocal = process.env.APP_ENV!;
afterEach(() => {
  process.env.APP_ENV = isLocal;
  delete process.env.METRICS_TOKEN;
  forgetEnv();
});
afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

const login = (body: string) =>
  POST(
    new Request(`${env().APP_URL}/api/dev-login`, {
      method: "POST",
      body,
      headers: { "user-agent": "test" },
    }),
  );

describe("POST /api/dev-login", () => {
  it("gives the session cookie and the same token in the body, and no refresh token", async () => {
    const { email, userId } = await testUser();
    const response = await login(JSON.stringify({ email: ` ${email.toUpperCase()} ` }));
    expect(response.status).toBe(200);
    const body = (await response.json()) as { access_token: string };
    expect(Object.keys(body)).toEqual(["access_token"]);
    expect(await actorOfToken(body.access_token, testTrace())).toMatchObject({ userId });
    const lines = response.headers.getSetCookie();
    expect(lines.find((line) => line.startsWith(`${SESSION_COOKIE}=`))).toContain(body.access_token);
    expect(lines.find((line) => line.startsWith(`${REFRESH_COOKIE}=`))).toContain(`${REFRESH_COOKIE}=;`);
  });

  it("answers an address nobody has with a problem document", async () => {
    const response = await login('{"email": "stranger@example.test"}');
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "auth.unknown_person" });
  });

  it.each(["", "nonsense", "{}", '{"email": 7}', '{"email": "nobody"}', "null"])(
    "answers %j with what to send instead",
    async (body) => {
      const response = await login(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: "auth.invalid_dev_login",
        errors: { email: [expect.any(String)] },
      });
    },
  );

  it.each(["dev", "staging"])("is not there in %s, for a known address as for any", async (environment) => {
    const { email } = await testUser();
    process.env.APP_ENV = environment;
    process.env.METRICS_TOKEN = "x".repeat(16);
    delete process.env.GOOGLE_ISSUER;
    forgetEnv();
    const response = await login(JSON.stringify({ email }));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "kernel.not_found" });
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
