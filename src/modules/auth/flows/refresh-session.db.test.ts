import { afterAll, afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import type { DomainError } from "~/kernel/errors";
import { hashSecret, newSecret } from "~/server/auth/secrets";
import { closeLimiter } from "~/server/http/limiter";
import { forgetEnv } from "~/server/config/env";
import { verifySession } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { asOwner, testTrace, unique } from "~/testing/tenants";
import { endDevice, signOut } from "./end-sessions";
import { refreshSession } from "./refresh-session";
import { signInByLink } from "./sign-in";
import { issue } from "./start-session";
import { actorOfToken, closeSessionWatch } from "./watch-sessions";

const DAY_MS = 24 * 60 * 60 * 1_000;
const visitor = { userAgent: "test", replaces: null };

type SignedIn = { userId: string; sessionId: string; refresh: string; sessionToken: string };
let person: SignedIn;

beforeEach(async () => {
  const started = await signInByLink(`${unique("p")}@example.test`, visitor, testTrace());
  const { sessionToken } = await issue(started);
  person = { ...started, refresh: started.refreshToken!, sessionToken };
});
afterEach(() => clock.setOffset(0));
afterAll(async () => {
  closeSessionWatch();
  await databaseListener().close();
  await closeClients();
});

const renew = async (token: string) => (await refreshSession(token, testTrace())).refresh!.token;
const refusal = (token: string | null) =>
  refreshSession(token, testTrace()).then(
    () => "taken",
    (error: DomainError) => error.code,
  );
const row = async () =>
  (
    await asOwner<{ revoked_reason: string | null; expires_at: Date }>(
      "select revoked_reason, expires_at from session where id = $1",
      [person.sessionId],
    )
  )[0]!;
const audited = async (action: string) =>
  (await asOwner("select 1 from audit_entry where actor_id = $1 and action = $2", [person.userId, action]))
    .length;

describe("a refresh token", () => {
  it("gives a session token of 24 h and the next refresh token of 30 days, for the same session", async () => {
    const renewed = await refreshSession(person.refresh, testTrace());
    expect(await verifySession(renewed.sessionToken)).toMatchObject({
      userId: person.userId,
      sessionId: person.sessionId,
    });
    expect(renewed.refresh).toMatchObject({ lifetimeSeconds: 30 * 24 * 60 * 60 });
    expect(renewed.refresh!.token).not.toBe(person.refresh);
    expect(renewed.expiresAt.getTime() - Date.now()).toBeGreaterThan(DAY_MS - 60_000);
  });

  it("is stored as its hash alone, and so is the next", async () => {
    const next = await renew(person.refresh);
    const stored = await asOwner<{ token_hash: string }>(
      "select token_hash from refresh_token where session_id = $1",
      [person.sessionId],
    );
    expect(stored.map(({ token_hash }) => token_hash).sort()).toEqual(
      [hashSecret(person.refresh), hashSecret(next)].sort(),
    );
  });

  it("moves the session's end 30 days on each time it is used", async () => {
    clock.setOffset(20 * DAY_MS);
    await renew(person.refresh);
    expect((await row()).expires_at.getTime()).toBeGreaterThan(Date.now() + 49 * DAY_MS);
  });

  it("gives ten tabs at the same moment the same next token, and makes one row of it", async () => {
    const nexts = await Promise.all(Array.from({ length: 10 }, () => renew(person.refresh)));
    expect(new Set(nexts).size).toBe(1);
    const rows = await asOwner("select 1 from refresh_token where session_id = $1", [person.sessionId]);
    expect(rows).toHaveLength(2);
  });

  it("gives a tab that is late by 9 s the same next token", async () => {
    const next = await renew(person.refresh);
    clock.setOffset(9_000);
    expect(await renew(person.refresh)).toBe(next);
  });

  it("gives a tab that missed two renewals the newest token, not one that is used up already", async () => {
    const newest = await renew(await renew(person.refresh));
    expect(await renew(person.refresh)).toBe(newest);
    clock.setOffset(60_000);
    expect(await refusal(newest)).toBe("taken");
  });

  it("ends its whole family when it comes back after 10 s, and says so to whoever holds the newest one", async () => {
    const next = await renew(person.refresh);
    expect(await actorOfToken(person.sessionToken, testTrace())).not.toBeNull();
    clock.setOffset(11_000);
    expect(await refusal(person.refresh)).toBe("auth.refresh_reused");
    expect(await row()).toMatchObject({ revoked_reason: "refresh_reused" });
    expect(await audited("session.refresh_reused")).toBe(1);
    expect(await actorOfToken(person.sessionToken, testTrace())).toBeNull();
    expect(await refusal(next)).toBe("auth.refresh_reused");
    expect(await audited("session.refresh_reused")).toBe(1);
  });

  it("does nothing for a session that was ended", async () => {
    const { userId, sessionId } = person;
    await endDevice({ kind: "user", userId, sessionId, trace: testTrace() }, sessionId);
    expect(await refusal(person.refresh)).toBe("auth.session_ended");
  });

  it("is over after 30 days without use", async () => {
    clock.setOffset(30 * DAY_MS + 1_000);
    expect(await refusal(person.refresh)).toBe("auth.session_ended");
  });

  it("is tried so often from one address as strangers may ask, and a good one is good again after that", async () => {
    process.env.ANONYMOUS_REQUESTS_PER_MINUTE = "3";
    forgetEnv();
    await closeLimiter();
    onTestFinished(async () => {
      delete process.env.ANONYMOUS_REQUESTS_PER_MINUTE;
      forgetEnv();
      await closeLimiter();
    });
    const from = (address: string, token: string) =>
      refreshSession(token, { ...testTrace(), address }).then(
        () => "taken",
        (error: DomainError) => error.code,
      );
    for (let guess = 0; guess < 3; guess++)
      expect(await from("203.0.113.7", newSecret())).toBe("auth.session_ended");
    expect(await from("203.0.113.7", newSecret())).toBe("kernel.too_many_requests");
    expect(await from("203.0.113.7", person.refresh)).toBe("kernel.too_many_requests");
    expect((await row()).revoked_reason).toBeNull();
    expect(await from("203.0.113.8", person.refresh)).toBe("taken");
  });

  it("is refused when made up, or not there at all", async () => {
    expect(await refusal(newSecret())).toBe("auth.session_ended");
    expect(await refusal(null)).toBe("auth.session_ended");
    expect(await refusal(hashSecret(person.refresh))).toBe("auth.session_ended");
  });
});

describe("signing out", () => {
  it("ends the session at once, with an entry, and for its refresh token too", async () => {
    await signOut({ session: person.sessionToken, refresh: null }, testTrace());
    expect(await actorOfToken(person.sessionToken, testTrace())).toBeNull();
    expect(await refusal(person.refresh)).toBe("auth.session_ended");
    expect(await row()).toMatchObject({ revoked_reason: "signed_out" });
    expect(await audited("session.signed_out")).toBe(1);
  });

  it("works by the refresh token when the session token has expired", async () => {
    clock.setOffset(2 * DAY_MS);
    await signOut({ session: person.sessionToken, refresh: person.refresh }, testTrace());
    expect(await row()).toMatchObject({ revoked_reason: "signed_out" });
  });

  it("is content with somebody who is signed out already, and writes nothing", async () => {
    await signOut({ session: person.sessionToken, refresh: null }, testTrace());
    await signOut({ session: person.sessionToken, refresh: null }, testTrace());
    await signOut({ session: null, refresh: null }, testTrace());
    await signOut({ session: "forged", refresh: "forged" }, testTrace());
    expect(await audited("session.signed_out")).toBe(1);
  });
});
