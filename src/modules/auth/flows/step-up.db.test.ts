// Confirming that it is oneself: what counts, for which session, for how long; and what a thief of a session cannot do.
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { signSession } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { closeLimiter } from "~/server/http/limiter";
import { Authenticator } from "~/testing/authenticator";
import { callerFor } from "~/testing/callers";
import { asOwner, testTrace, testUser, type TestUser } from "~/testing/tenants";
import { answerStepUp } from "../adapters/opened-link";
import { authRouter } from "../router";
import { signInByLink } from "./sign-in";
import {
  addPasskey,
  beginConfirm,
  beginPasskey,
  confirmByPasskey,
  requestStepUp,
  requireFreshSignIn,
} from "./step-up";
import { closeSessionWatch } from "./watch-sessions";

afterEach(() => clock.setOffset(0));
afterAll(async () => {
  closeSessionWatch();
  await databaseListener().close();
  await closeLimiter();
  await closeClients();
});

const ORIGIN = new URL(process.env.APP_URL!).origin;
const HOME = { origin: ORIGIN, rpId: new URL(ORIGIN).hostname };

const isFresh = (actor: UserActor) =>
  requireFreshSignIn(actor).then(
    () => true,
    (error: { code: string }) => {
      if (error.code !== "auth.step_up_required") throw error;
      return false;
    },
  );
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code: string }) => error.code,
  );
const audited = async ({ userId }: UserActor) =>
  (
    await asOwner<{ action: string }>("select action from audit_entry where actor_id = $1 order by id", [
      userId,
    ])
  ).map(({ action }) => action);

/** Another sign-in of the same person, on another browser. */
async function elsewhere(person: TestUser): Promise<UserActor> {
  const sessionId = newId();
  await asOwner(
    `insert into session (id, user_id, method, expires_at) values ($1, $2, 'google', now() + interval '1 day')`,
    [sessionId, person.userId],
  );
  return { ...person, sessionId };
}

/** What the person finds in the mail. */
async function mailed(actor: UserActor): Promise<{ token: string; to: string; next: string | null }> {
  let mail: { to: string; url: string } | undefined;
  await requestStepUp(
    actor,
    { next: "/admin/jobs" },
    "Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0",
    async (sent) => {
      mail = sent;
    },
  );
  const { searchParams } = new URL(mail!.url);
  return { to: mail!.to, token: searchParams.get("token")!, next: searchParams.get("next") };
}

/** The button, pressed in the browser of `actor`. @returns where it leads. */
async function press(actor: UserActor | null, token: string, origin = ORIGIN): Promise<string> {
  const cookie = actor ? `tenantry.session=${await signSession(actor.userId, actor.sessionId)}` : "a=b";
  const response = await answerStepUp(
    new Request(`${ORIGIN}/api/step-up`, {
      method: "POST",
      headers: { cookie, origin, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ token, next: "/admin/jobs" }).toString(),
    }),
  );
  return response.headers.get("location")?.replace(ORIGIN, "") ?? String(response.status);
}

async function steppedUp(): Promise<TestUser> {
  const person = await testUser();
  await asOwner("update session set stepped_up_at = now(), stepped_up_by = 'link' where id = $1", [
    person.sessionId,
  ]);
  return person;
}
async function withPasskey() {
  const person = await steppedUp();
  const device = new Authenticator(HOME);
  await addPasskey(person, { name: "Laptop", answer: device.make(await beginPasskey(person)) });
  return { person, device };
}

describe("a session", () => {
  it("that was only signed in, by whatever way but the mailed link, is not confirmed", async () => {
    expect(await isFresh(await testUser())).toBe(false);
  });

  it("that began with the mailed link is confirmed for 15 minutes, by the product's clock", async () => {
    const person = await testUser();
    const { userId, sessionId } = await signInByLink(
      person.email,
      { userAgent: null, replaces: null },
      testTrace(),
    );
    const actor: UserActor = { kind: "user", userId, sessionId, trace: testTrace() };
    expect(await isFresh(actor)).toBe(true);
    clock.setOffset(14 * 60_000);
    expect(await isFresh(actor)).toBe(true);
    clock.setOffset(15 * 60_000 + 1_000);
    expect(await isFresh(actor)).toBe(false);
  });

  it("is not confirmed by another one of the same person", async () => {
    const person = await steppedUp();
    expect(await isFresh(person)).toBe(true);
    expect(await isFresh(await elsewhere(person))).toBe(false);
  });

  it("cannot confirm itself: the app's own role may not write it", async () => {
    const [grant] = await asOwner<{ may: boolean }>(
      `select has_column_privilege('tenantry_app', 'session', 'stepped_up_at', 'UPDATE') as may`,
    );
    expect(grant).toEqual({ may: false });
  });
});

describe("the mailed confirmation", () => {
  it("goes to the person's own address, confirms the session that asked, and leads back", async () => {
    const person = await testUser();
    const { token, to, next } = await mailed(person);
    expect([to, next]).toEqual([person.email, "/admin/jobs"]);
    expect(await isFresh(person)).toBe(false);
    expect(await press(person, token)).toBe("/admin/jobs");
    expect(await isFresh(person)).toBe(true);
    expect(await audited(person)).toEqual(["session.confirmed"]);
  });

  it("counts once: of five presses at the same moment one is taken", async () => {
    const person = await testUser();
    const { token } = await mailed(person);
    const led = await Promise.all(Array.from({ length: 5 }, () => press(person, token)));
    expect(led.filter((path) => path === "/admin/jobs")).toHaveLength(1);
    expect(led.filter((path) => path.includes("error=link_used"))).toHaveLength(4);
  });

  it("is over after 15 minutes", async () => {
    const person = await testUser();
    const { token } = await mailed(person);
    clock.setOffset(15 * 60_000 + 1_000);
    expect(await press(person, token)).toContain("error=link_expired");
    expect(await isFresh(person)).toBe(false);
  });

  it("asked for by whoever stole a session confirms neither them nor the owner who presses it", async () => {
    const owner = await testUser();
    const thief = await elsewhere(owner);
    const { token } = await mailed(thief);
    expect(await press(owner, token)).toContain("error=other_session");
    expect([await isFresh(owner), await isFresh(thief)]).toEqual([false, false]);
    expect(await audited(owner)).toEqual(["session.confirm_refused"]);
  });

  it("is unknown to another person, without a session, and when it was made up", async () => {
    const person = await testUser();
    const { token } = await mailed(person);
    const other = await testUser();
    expect(await press(other, token)).toContain("error=link_unknown");
    expect(await press(null, token)).toContain("error=signed_out");
    expect(await press(person, "x".repeat(43))).toContain("error=link_unknown");
    expect(await press(person, "short")).toContain("error=link_unknown");
    expect([await isFresh(person), await isFresh(other)]).toEqual([false, false]);
  });

  it("is not pressed by a page of another site", async () => {
    const person = await testUser();
    const { token } = await mailed(person);
    expect(await press(person, token, "https://evil.example")).toBe("403");
    expect(await isFresh(person)).toBe(false);
  });

  it("confirms nothing of a session that has ended", async () => {
    const person = await testUser();
    const { token } = await mailed(person);
    await asOwner("update session set revoked_at = now() where id = $1", [person.sessionId]);
    expect(await press(person, token)).toMatch(/signed_out/);
  });

  it("is asked for five times in 15 minutes at most", async () => {
    const person = await testUser();
    for (let nth = 1; nth <= 5; nth++) await mailed(person);
    expect(await refusal(mailed(person))).toBe("kernel.too_many_requests");
  });

  it("is taken back when the mail could not be sent", async () => {
    const person = await testUser();
    const down = () => Promise.reject(new Error("no"));
    await expect(requestStepUp(person, {}, null, down)).rejects.toThrow("no");
    expect(await asOwner("select 1 from step_up_link where user_id = $1", [person.userId])).toEqual([]);
  });
});

describe("a passkey", () => {
  it("is added only by who confirmed, so that a stolen session cannot give itself one", async () => {
    const person = await testUser();
    expect(await refusal(beginPasskey(person))).toBe("auth.step_up_required");
    const device = new Authenticator(HOME);
    expect(
      await refusal(addPasskey(person, { name: "Mine", answer: device.make({ challenge: "guess" }) })),
    ).toBe("auth.step_up_required");
  });

  it("confirms the session it is used in, and no other", async () => {
    const { person, device } = await withPasskey();
    const [one, two] = [await elsewhere(person), await elsewhere(person)];
    await confirmByPasskey(one, { answer: device.use(await beginConfirm(one)) });
    expect([await isFresh(one), await isFresh(two)]).toEqual([true, false]);
    expect(await audited(person)).toEqual(["passkey.added", "session.confirmed"]);
  });

  it("answers a challenge once: the same answer again is refused, in the same session and in another", async () => {
    const { person, device } = await withPasskey();
    const one = await elsewhere(person);
    const answer = device.use(await beginConfirm(one));
    await confirmByPasskey(one, { answer });
    await asOwner("update session set stepped_up_at = null, stepped_up_by = null where id = $1", [
      one.sessionId,
    ]);
    expect(await refusal(confirmByPasskey(one, { answer }))).toBe("auth.passkey_refused");
    const two = await elsewhere(person);
    await beginConfirm(two);
    expect(await refusal(confirmByPasskey(two, { answer }))).toBe("auth.passkey_refused");
    expect([await isFresh(one), await isFresh(two)]).toEqual([false, false]);
  });

  it("uses a challenge up even with a wrong answer, and knows none after five minutes", async () => {
    const { person, device } = await withPasskey();
    const one = await elsewhere(person);
    const asked = await beginConfirm(one);
    expect(await refusal(confirmByPasskey(one, { answer: device.use({ challenge: "other" }) }))).toBe(
      "auth.passkey_refused",
    );
    expect(await refusal(confirmByPasskey(one, { answer: device.use(asked) }))).toBe("auth.passkey_refused");
    const late = await beginConfirm(one);
    clock.setOffset(5 * 60_000 + 1_000);
    expect(await refusal(confirmByPasskey(one, { answer: device.use(late) }))).toBe("auth.passkey_refused");
  });

  it("of somebody else confirms nothing, nor does one that was removed", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    const session = await elsewhere(mine.person);
    expect(
      await refusal(confirmByPasskey(session, { answer: theirs.device.use(await beginConfirm(session)) })),
    ).toBe("auth.passkey_refused");
    const [passkey] = await callerFor(authRouter, mine.person).passkeys();
    await callerFor(authRouter, mine.person).removePasskey({ id: passkey!.id });
    expect(
      await refusal(confirmByPasskey(session, { answer: mine.device.use(await beginConfirm(session)) })),
    ).toBe("auth.passkey_refused");
    expect(await isFresh(session)).toBe(false);
  });

  it.each([
    ["of another site", { origin: "https://evil.example" }],
    ["for another party", { rpId: "evil.example" }],
    ["by a device that did not verify its user", { isVerified: false }],
  ])("is refused with an answer %s", async (_what, given) => {
    const { person, device } = await withPasskey();
    const session = await elsewhere(person);
    const answer = device.use(await beginConfirm(session), given);
    expect(await refusal(confirmByPasskey(session, { answer }))).toBe("auth.passkey_refused");
    const fresh = new Authenticator(HOME);
    expect(
      await refusal(
        addPasskey(person, { name: "New", answer: fresh.make(await beginPasskey(person), given) }),
      ),
    ).toBe("auth.passkey_refused");
  });

  it("that counts less than before is a copy, and is refused", async () => {
    const { person, device } = await withPasskey();
    const session = await elsewhere(person);
    await confirmByPasskey(session, { answer: device.use(await beginConfirm(session), { counter: 7 }) });
    const copied = device.use(await beginConfirm(session), { counter: 7 });
    expect(await refusal(confirmByPasskey(session, { answer: copied }))).toBe("auth.passkey_refused");
    await confirmByPasskey(session, { answer: device.use(await beginConfirm(session), { counter: 8 }) });
  });

  it("is known once, over all people", async () => {
    const { device } = await withPasskey();
    const other = await steppedUp();
    const answer = device.make(await beginPasskey(other));
    expect(await refusal(addPasskey(other, { name: "Again", answer }))).toBe("auth.passkey_known");
  });

  it("is listed to its owner alone, and removed only by them once confirmed", async () => {
    const { person } = await withPasskey();
    const other = callerFor(authRouter, await steppedUp());
    const [passkey] = await callerFor(authRouter, person).passkeys();
    expect(passkey).toMatchObject({ name: "Laptop", isSynced: false, lastUsedAt: null });
    expect(await other.passkeys()).toEqual([]);
    await expect(other.removePasskey({ id: passkey!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const unconfirmed = callerFor(authRouter, await testUser());
    await expect(unconfirmed.removePasskey({ id: passkey!.id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await callerFor(authRouter, person).removePasskey({ id: passkey!.id });
    expect(await callerFor(authRouter, person).passkeys()).toEqual([]);
  });
});
