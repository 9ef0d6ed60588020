import { afterAll, describe, expect, it } from "vitest";
import { actorOfToken } from "~/modules/auth";
import { REFRESH_COOKIE, UNTIL_COOKIE } from "~/server/auth/cookies";
import { hashSecret, newSecret } from "~/server/auth/secrets";
import { SESSION_COOKIE, signSession } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { asOwner, testTrace, testUser } from "~/testing/tenants";
import { DELETE, POST } from "./route";

afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

/** Somebody signed in by mail, with both tokens. */
async function signedIn() {
  const { userId, sessionId } = await testUser();
  const refresh = newSecret();
  await asOwner(
    "insert into refresh_token (id, session_id, user_id, token_hash, expires_at) values ($1, $2, $3, $4, now() + interval '30 days')",
    [newId(), sessionId, userId, hashSecret(refresh)],
  );
  return { userId, sessionId, refresh, token: await signSession(userId, sessionId) };
}

const ask = (door: (request: Request) => Promise<Response>, cookies: Record<string, string>) => {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
  return door(new Request(`${env().APP_URL}/api/session`, { method: "POST", headers: { cookie } }));
};
/** What the answer sets: name → value, empty where it clears. */
const cookiesOf = (response: Response) =>
  Object.fromEntries(
    response.headers.getSetCookie().map((line) => line.split(";")[0]!.split("=") as [string, string]),
  );

describe("POST /api/session", () => {
  it("renews: a session cookie that lets in, the next refresh cookie, and when to come again", async () => {
    const person = await signedIn();
    const response = await ask(POST, { [REFRESH_COOKIE]: person.refresh });
    expect(response.status).toBe(200);
    const cookies = cookiesOf(response);
    expect(await actorOfToken(cookies[SESSION_COOKIE]!, testTrace())).toMatchObject({
      userId: person.userId,
    });
    expect(cookies[REFRESH_COOKIE]).not.toBe(person.refresh);
    const { expires_at } = (await response.json()) as { expires_at: string };
    expect(Math.floor(Date.parse(expires_at) / 1_000)).toBe(Number(cookies[UNTIL_COOKIE]));
  });

  it("refuses a made-up token with a problem document, and clears the cookies", async () => {
    const response = await ask(POST, { [REFRESH_COOKIE]: newSecret() });
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "auth.session_ended", status: 401 });
    expect(cookiesOf(response)).toMatchObject({
      [SESSION_COOKIE]: "",
      [REFRESH_COOKIE]: "",
      [UNTIL_COOKIE]: "",
    });
  });

  it("leaves a session without a refresh token (dev login) as it is", async () => {
    const person = await signedIn();
    const response = await ask(POST, { [SESSION_COOKIE]: person.token });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await actorOfToken(person.token, testTrace())).not.toBeNull();
  });
});

describe("DELETE /api/session", () => {
  it("signs out: the session ends and the cookies go", async () => {
    const person = await signedIn();
    const response = await ask(DELETE, { [SESSION_COOKIE]: person.token, [REFRESH_COOKIE]: person.refresh });
    expect(response.status).toBe(204);
    expect(cookiesOf(response)).toMatchObject({
      [SESSION_COOKIE]: "",
      [REFRESH_COOKIE]: "",
      [UNTIL_COOKIE]: "",
    });
    expect(await actorOfToken(person.token, testTrace())).toBeNull();
  });

  it("is content with a browser that is signed out already", async () => {
    expect((await ask(DELETE, { other: "x", [REFRESH_COOKIE]: "%E0%A4%A" })).status).toBe(204);
  });
});
