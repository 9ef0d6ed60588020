import { afterAll, describe, expect, it } from "vitest";
import { signSession } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { closeLimiter } from "~/server/http/limiter";
import { callerFor } from "~/testing/callers";
import { addMember, asOwner, testOrg, testTrace, testUser, type TestUser } from "~/testing/tenants";
import { actorOfToken, closeSessionWatch } from "./flows/watch-sessions";
import { authRouter } from "./router";

afterAll(async () => {
  closeSessionWatch();
  await databaseListener().close();
  await closeLimiter();
  await closeClients();
});

const as = (person: TestUser | null) => callerFor(authRouter, person);
const audited = async (person: TestUser) =>
  (
    await asOwner<{ action: string }>("select action from audit_entry where actor_id = $1 order by id", [
      person.userId,
    ])
  ).map(({ action }) => action);

/** Another sign-in of the person. */
async function anotherDevice(
  { userId }: TestUser,
  given: { userAgent?: string; revoked?: string; reason?: string; expires?: string } = {},
) {
  const id = newId();
  await asOwner(
    `insert into session (id, user_id, method, user_agent, address, expires_at, revoked_at, revoked_reason)
     values ($1, $2, 'google', $3, '203.0.113.9', now() + $4::interval, now() - $5::interval, $6)`,
    [
      id,
      userId,
      given.userAgent ?? null,
      given.expires ?? "1 day",
      given.revoked ?? null,
      given.reason ?? null,
    ],
  );
  return { id, isIn: async () => (await actorOfToken(await signSession(userId, id), testTrace())) !== null };
}

describe("who I am", () => {
  it("is told to the person alone, without anybody else's rows", async () => {
    const person = await testUser();
    await testUser();
    expect(await as(person).me()).toEqual({
      id: person.userId,
      email: person.email,
      name: person.name,
      isPlatformAdmin: false,
      isGoogleConnected: false,
      sessionId: person.sessionId,
    });
  });

  it("says who is staff, and whether Google is connected", async () => {
    const person = await testUser();
    await asOwner(`update "user" set platform_role = 'admin' where id = $1`, [person.userId]);
    await asOwner(
      "insert into account (id, user_id, provider, provider_account_id) values ($1, $2, 'google', 'sub-of-google')",
      [newId(), person.userId],
    );
    expect(await as(person).me()).toMatchObject({ isPlatformAdmin: true, isGoogleConnected: true });
  });

  it("is nobody without a session, or once the account is gone", async () => {
    await expect(as(null).me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const person = await testUser();
    await asOwner(`delete from "user" where id = $1`, [person.userId]);
    await expect(as(person).me()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(as(person).updateProfile({ name: "Ghost" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("disconnecting Google", () => {
  it("takes it from me alone, with an entry, once; a second try changes nothing", async () => {
    const [person, other] = [await testUser(), await testUser()];
    for (const { userId } of [person, other]) {
      await asOwner(
        "insert into account (id, user_id, provider, provider_account_id) values ($1, $2, 'google', $3)",
        [newId(), userId, `sub-of-${userId}`],
      );
    }
    await as(person).disconnectGoogle();
    await as(person).disconnectGoogle();
    expect(await as(person).me()).toMatchObject({ isGoogleConnected: false });
    expect(await as(other).me()).toMatchObject({ isGoogleConnected: true });
    expect((await audited(person)).filter((action) => action === "account.unlinked")).toHaveLength(1);
  });
});

describe("my name", () => {
  it("is changed for me and copied into each of my memberships, with an entry", async () => {
    const person = await testUser({ name: "Before" });
    const org = await testOrg({ members: [] });
    await addMember(org.orgId, person, "member");
    await as(person).updateProfile({ name: "  After  " });
    expect(await as(person).me()).toMatchObject({ name: "After" });
    const copies = await asOwner("select user_name from membership where user_id = $1", [person.userId]);
    expect(copies).toEqual([{ user_name: "After" }]);
    expect(await audited(person)).toContain("profile.updated");
  });

  it("is refused empty, too long or with control characters, beside its field", async () => {
    const person = await testUser();
    for (const name of ["  ", "x".repeat(81), "a\u0000b"]) {
      await expect(as(person).updateProfile({ name })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    expect(await as(person).me()).toMatchObject({ name: person.name });
  });

  it.each([
    ["user", ["name", "updated_at"]],
    ["session", ["revoked_at", "revoked_reason"]],
  ])("and a session's end are all that a person's own scope may change: %s", async (table, columns) => {
    const [row] = await asOwner<{ columns: string[] }>(
      `select array_agg(column_name::text order by column_name) as columns from information_schema.column_privileges
       where grantee = 'tenantry_app' and table_name = $1 and privilege_type = 'UPDATE'`,
      [table],
    );
    expect(row!.columns).toEqual(columns);
  });
});

describe("my devices", () => {
  it("are listed with browser, system, address and method, this one first and marked, nobody else's", async () => {
    const person = await testUser();
    await anotherDevice(await testUser());
    const other = await anotherDevice(person, {
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1",
    });
    const { living, ended } = await as(person).devices();
    expect(ended).toEqual([]);
    expect(living.map(({ id, isThisOne }) => [id, isThisOne])).toEqual([
      [person.sessionId, true],
      [other.id, false],
    ]);
    expect(living[1]).toMatchObject({
      browser: "Safari 18",
      system: "iOS",
      kind: "phone",
      method: "google",
      address: "203.0.113.9",
      lastActiveAt: expect.any(Date),
    });
  });

  it("that ended are shown for 30 days with the reason, the latest first", async () => {
    const person = await testUser();
    const reused = await anotherDevice(person, { revoked: "2 days", reason: "refresh_reused" });
    const expired = await anotherDevice(person, { expires: "-1 day" });
    await anotherDevice(person, { revoked: "31 days", reason: "signed_out" });
    await anotherDevice(person, { expires: "-31 days" });
    const { ended } = await as(person).devices();
    expect(ended.map((device) => [device.id, device.ended?.reason])).toEqual([
      [expired.id, "expired"],
      [reused.id, "refresh_reused"],
    ]);
  });

  it("can be ended one by one, at once, with an entry", async () => {
    const person = await testUser();
    const other = await anotherDevice(person);
    expect(await other.isIn()).toBe(true);
    await as(person).endDevice({ id: other.id });
    expect(await other.isIn()).toBe(false);
    const { ended } = await as(person).devices();
    expect(ended[0]).toMatchObject({ id: other.id, ended: { reason: "ended_by_user" } });
    expect(await audited(person)).toEqual(["session.ended"]);
  });

  it("can't be ended twice, nor can somebody else's: the answer is the same", async () => {
    const [person, stranger] = [await testUser(), await testUser()];
    const theirs = await anotherDevice(stranger);
    const mine = await anotherDevice(person, { revoked: "1 hour", reason: "signed_out" });
    const refusals = await Promise.all(
      [theirs.id, mine.id, newId()].map((id) =>
        as(person)
          .endDevice({ id })
          .catch((error: Error) => error.message),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(await theirs.isIn()).toBe(true);
  });

  it("can all be ended but this one", async () => {
    const [person, stranger] = [await testUser(), await testUser()];
    const others = [await anotherDevice(person), await anotherDevice(person)];
    const theirs = await anotherDevice(stranger);
    expect(await as(person).endOtherDevices()).toEqual({ count: 2 });
    expect(await Promise.all(others.map((device) => device.isIn()))).toEqual([false, false]);
    expect(await theirs.isIn()).toBe(true);
    expect((await as(person).devices()).living.map(({ id }) => id)).toEqual([person.sessionId]);
    expect(await audited(person)).toEqual(["session.ended", "session.ended"]);
    expect(await as(person).endOtherDevices()).toEqual({ count: 0 });
  });
});

describe("asking for a link", () => {
  it("is open to everybody, and refuses what is no address beside its field", async () => {
    await expect(as(null).requestLink({ email: "nobody" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
  it("says that the mail server is down, not whether the address is known", async () => {
    const known = await testUser();
    for (const email of [known.email, "stranger@example.test"]) {
      await expect(as(null).requestLink({ email })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    }
  });
});
