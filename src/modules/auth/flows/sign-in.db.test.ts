import { afterAll, afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { hashLinkToken, newSecret } from "~/server/auth/secrets";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { asOwner, testTrace, testUser, unique } from "~/testing/tenants";
import { demoPeople, signInAsDemo, signInByGoogle, signInByLink, takeLink } from "./sign-in";
import { issue } from "./start-session";
import { actorOfToken, closeSessionWatch } from "./watch-sessions";

const visitor = { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0", replaces: null };
const address = () => `${unique("p")}@example.test`;
const audited = (userId: string) =>
  asOwner<{ action: string }>("select action from audit_entry where actor_id = $1 order by created_at, id", [
    userId,
  ]).then((rows) => rows.map(({ action }) => action));
const userBy = async (email: string) =>
  (
    await asOwner<{ id: string; name: string | null; email_verified_at: Date | null }>(
      `select id, name, email_verified_at from "user" where email = $1`,
      [email],
    )
  )[0];

afterEach(() => clock.setOffset(0));
afterAll(async () => {
  closeSessionWatch();
  await databaseListener().close();
  await closeClients();
});

describe("a sign-in link", () => {
  const linkFor = async (email: string, expires = "15 minutes") => {
    const tokenHash = hashLinkToken(newSecret());
    await asOwner(
      "insert into sign_in_link (token_hash, email, expires_at) values ($1, $2, now() + $3::interval)",
      [tokenHash, email, expires],
    );
    return tokenHash;
  };

  it("is good once: of five tries at the same moment one is taken, the others are told it was used", async () => {
    const email = address();
    const link = await linkFor(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => takeLink(link, email, testTrace())));
    expect(answers.filter((answer) => answer === null)).toHaveLength(1);
    expect(answers.filter((answer) => answer === "link_used")).toHaveLength(4);
  });

  it("is over after its 15 minutes, by the product's clock", async () => {
    const email = address();
    const link = await linkFor(email);
    clock.setOffset(15 * 60_000 + 1_000);
    expect(await takeLink(link, email, testTrace())).toBe("link_expired");
    clock.setOffset(14 * 60_000);
    expect(await takeLink(link, email, testTrace())).toBeNull();
  });

  it("signs nobody in under another address than its own", async () => {
    const email = address();
    const link = await linkFor(email);
    expect(await takeLink(link, address(), testTrace())).toBe("link_unknown");
    expect(await takeLink(link, email, testTrace())).toBeNull();
  });

  it("is audited when it is refused to somebody known; a made-up one is not, or anybody could fill the log", async () => {
    const { email, userId } = await testUser();
    const link = await linkFor(email);
    await takeLink(link, email, testTrace());
    await takeLink(link, email, testTrace());
    await takeLink(hashLinkToken(newSecret()), email, testTrace());
    expect(await audited(userId)).toEqual(["sign_in.refused"]);
  });
});

describe("signing in by link", () => {
  it("makes the person at the first time, with the address verified, and knows them the next time", async () => {
    const email = address();
    const first = await signInByLink(email, visitor, testTrace());
    const second = await signInByLink(email, visitor, testTrace());
    expect(second.userId).toBe(first.userId);
    expect((await userBy(email))?.email_verified_at).toBeInstanceOf(Date);
    expect(await audited(first.userId)).toEqual(["session.signed_in", "session.signed_in"]);
  });

  it("makes one person of two first visits at the same moment", async () => {
    const email = address();
    const both = await Promise.all([1, 2].map(() => signInByLink(email, visitor, testTrace())));
    expect(both[0]!.userId).toBe(both[1]!.userId);
  });

  it("verifies the address of somebody who was known but never came", async () => {
    const { email } = await testUser({ isVerified: false });
    await signInByLink(email, visitor, testTrace());
    expect((await userBy(email))?.email_verified_at).toBeInstanceOf(Date);
  });

  it("puts the device into the registry: how, with what, from where, for 30 days", async () => {
    const { sessionId } = await signInByLink(address(), visitor, testTrace());
    const [row] = await asOwner(
      "select method, user_agent, address, expires_at > now() + interval '29 days' as long from session where id = $1",
      [sessionId],
    );
    expect(row).toEqual({ method: "email", user_agent: visitor.userAgent, address: "192.0.2.7", long: true });
  });

  it("ends the session that this browser held until then, whoever's it was", async () => {
    const before = await issue(await signInByLink(address(), visitor, testTrace()));
    const former = await actorOfToken(before.sessionToken, testTrace());
    await signInByLink(address(), { ...visitor, replaces: former!.sessionId }, testTrace());
    expect(await actorOfToken(before.sessionToken, testTrace())).toBeNull();
    expect(await audited(former!.userId)).toContain("session.signed_out");
  });

  it("forgets the person's sessions that ended more than 30 days ago, and no others", async () => {
    const { userId, email } = await testUser();
    const add = (id: string, revoked: string | null, expires: string) =>
      asOwner(
        `insert into session (id, user_id, method, revoked_at, expires_at)
         values ($1, $2, 'email', now() - $3::interval, now() + $4::interval)`,
        [id, userId, revoked, expires],
      );
    const ids = { endedLongAgo: newId(), expiredLongAgo: newId(), endedLately: newId() };
    await add(ids.endedLongAgo, "31 days", "1 day");
    await add(ids.expiredLongAgo, null, "-31 days");
    await add(ids.endedLately, "29 days", "1 day");
    await signInByLink(email, visitor, testTrace());
    const rows = await asOwner<{ id: string }>("select id from session where user_id = $1", [userId]);
    const left = rows.map((row) => row.id);
    expect(left).toContain(ids.endedLately);
    expect(left).not.toContain(ids.endedLongAgo);
    expect(left).not.toContain(ids.expiredLongAgo);
  });
});

describe("signing in by Google", () => {
  const profile = (email: string, sub = unique("sub")) => ({
    sub,
    email,
    isEmailVerified: true,
    name: "Nora Newcomer",
  });
  const arrive = (given: ReturnType<typeof profile>, connectUserId: string | null = null) =>
    signInByGoogle(given, visitor, connectUserId, testTrace());
  const accountsOf = (userId: string) =>
    asOwner("select provider_account_id from account where user_id = $1", [userId]);

  it("makes a person with Google's name and verified address, and knows them the next time", async () => {
    const google = profile(address());
    const first = await arrive(google);
    const second = await arrive({ ...google, email: address(), isEmailVerified: false });
    const user = await userBy(google.email);
    expect(user).toMatchObject({ name: "Nora Newcomer", email_verified_at: expect.any(Date) });
    expect(first).toMatchObject({ kind: "signed_in", session: { userId: user!.id } });
    expect(second).toMatchObject({ kind: "signed_in", session: { userId: user!.id } });
    expect(await audited(user!.id)).toEqual(["account.linked", "session.signed_in", "session.signed_in"]);
  });

  it("takes no name from Google that a person could not have typed", async () => {
    const google = { ...profile(address()), name: "N\u0000ora" };
    await arrive(google);
    expect((await userBy(google.email))?.name).toBeNull();
  });

  it("joins somebody who opened a link from the address before", async () => {
    const email = address();
    const { userId } = await signInByLink(email, visitor, testTrace());
    expect(await arrive(profile(email))).toMatchObject({ kind: "signed_in", session: { userId } });
    expect(await accountsOf(userId)).toHaveLength(1);
  });

  it("refuses somebody whose address was never verified here, and writes down that it did", async () => {
    const { userId, email } = await testUser({ isVerified: false });
    expect(await arrive(profile(email))).toEqual({ kind: "refused", error: "google_not_joined" });
    expect(await accountsOf(userId)).toHaveLength(0);
    expect(await audited(userId)).toEqual(["sign_in.refused"]);
  });

  it("refuses an address that Google has not verified, and makes nobody", async () => {
    const google = { ...profile(address()), isEmailVerified: false };
    expect(await arrive(google)).toEqual({ kind: "refused", error: "google_unverified" });
    expect(await userBy(google.email)).toBeUndefined();
  });

  it("connects to the signed-in person who asks, once, without a new session", async () => {
    const { userId } = await testUser();
    const google = profile(address());
    expect(await arrive(google, userId)).toEqual({ kind: "connected" });
    expect(await arrive(google, userId)).toEqual({ kind: "connected" });
    expect(await accountsOf(userId)).toHaveLength(1);
    expect(await audited(userId)).toEqual(["account.linked"]);
  });
});

describe("signing in as a demo person", () => {
  it("gives a session of 24 h without a refresh token", async () => {
    const { email } = await testUser();
    const started = await signInAsDemo(email, visitor, testTrace());
    expect(started.refreshToken).toBeNull();
    expect((await issue(started)).refresh).toBeNull();
    const [row] = await asOwner(
      "select method, expires_at < now() + interval '25 hours' as short from session where id = $1",
      [started.sessionId],
    );
    expect(row).toEqual({ method: "dev", short: true });
  });

  it("refuses an address nobody has", async () => {
    await expect(signInAsDemo(address(), visitor, testTrace())).rejects.toMatchObject({
      code: "auth.unknown_person",
    });
  });

  it("offers those people of the seed who exist", async () => {
    expect(await demoPeople(testTrace())).toEqual([]);
    await testUser({ email: "owner@acme.test", name: "Olivia Owens" });
    expect(await demoPeople(testTrace())).toEqual([
      { email: "owner@acme.test", words: "Owner of Acme", name: "Olivia Owens" },
    ]);
  });
});
