// Real Postgres and the real ear on it. Where a second instance is meant, it is a second registry in this process, with
// nothing in common but the database.
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signSession } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { withSystem } from "~/server/db/with-system";
import { metrics } from "~/server/observability/metrics";
import { asOwner, testTrace, testUser } from "~/testing/tenants";
import { revokeSession } from "../queries/system";
import { actorOfToken, closeSessionWatch, sessionWatch } from "./watch-sessions";

const isHeard = () => vi.waitFor(() => expect(databaseListener().isFresh()).toBe(true), { timeout: 5_000 });

beforeEach(async () => {
  sessionWatch();
  await isHeard();
});
afterEach(() => closeSessionWatch());
afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

/** Ends a session as another instance would: by the database alone, without a word to this one. */
const endElsewhere = (id: string) =>
  withSystem({ reason: "test", trace: testTrace() }, (scope) => revokeSession(scope, id, "ended_by_user"));

const refusals = async (reason: string) =>
  (await metrics().tokensRefused.get()).values.find((value) => value.labels.reason === reason)?.value ?? 0;

describe("the gate of every request", () => {
  it("knows whose token it is", async () => {
    const { userId, sessionId } = await testUser();
    const trace = testTrace();
    const actor = await actorOfToken(await signSession(userId, sessionId), trace);
    expect(actor).toEqual({ kind: "user", userId, sessionId, trace });
  });

  it("lets nobody in without a token, with a forged or an expired one, and counts why", async () => {
    const { userId, sessionId } = await testUser();
    const before = { form: await refusals("form"), expired: await refusals("expired") };
    expect(await actorOfToken(null, testTrace())).toBeNull();
    expect(await actorOfToken("forged", testTrace())).toBeNull();
    expect(await actorOfToken(await signSession(userId, sessionId, -1), testTrace())).toBeNull();
    expect({ form: await refusals("form"), expired: await refusals("expired") }).toEqual({
      form: before.form + 1,
      expired: before.expired + 1,
    });
  });

  it("lets nobody in by a good signature for a session that is not in the registry", async () => {
    const { userId } = await testUser();
    expect(await actorOfToken(await signSession(userId, newId()), testTrace())).toBeNull();
  });

  it("refuses a session ended before this process started", async () => {
    const { userId, sessionId } = await testUser();
    closeSessionWatch();
    await endElsewhere(sessionId);
    const before = await refusals("revoked");
    expect(await actorOfToken(await signSession(userId, sessionId), testTrace())).toBeNull();
    expect(await refusals("revoked")).toBe(before + 1);
  });

  it("refuses a session that another instance ended, within a second", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    await endElsewhere(sessionId);
    await vi.waitFor(async () => expect(await actorOfToken(token, testTrace())).toBeNull(), {
      timeout: 1_000,
      interval: 20,
    });
  });

  it("asks the database each time while its ear is deaf", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    const deaf = vi.spyOn(databaseListener(), "isFresh").mockReturnValue(false);
    // Changed without an announcement: the trigger speaks of `revoked_at` alone.
    await asOwner("delete from session where id = $1", [sessionId]);
    expect(await actorOfToken(token, testTrace())).toBeNull();
    deaf.mockRestore();
  });

  it("forgets what it held when the ear was cut off, and hears again after", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    await asOwner("alter table session disable trigger announce");
    await endElsewhere(sessionId);
    await asOwner("alter table session enable trigger announce");
    expect(await actorOfToken(token, testTrace())).not.toBeNull(); // nobody has told
    await cutTheEar();
    await vi.waitFor(async () => expect(await actorOfToken(token, testTrace())).toBeNull(), {
      timeout: 3_000,
    });
    await isHeard();
    const other = await testUser();
    const otherToken = await signSession(other.userId, other.sessionId);
    expect(await actorOfToken(otherToken, testTrace())).not.toBeNull();
    await endElsewhere(other.sessionId);
    await vi.waitFor(async () => expect(await actorOfToken(otherToken, testTrace())).toBeNull(), {
      timeout: 1_000,
    });
  });

  it("drops a session whose row was deleted, which nobody announces, at the next comparison", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    await asOwner("delete from session where id = $1", [sessionId]);
    await sessionWatch().compare();
    expect(await actorOfToken(token, testTrace())).toBeNull();
  });

  it("writes down when a session was used last, and does not when it was not", async () => {
    const { userId, sessionId } = await testUser();
    await actorOfToken(await signSession(userId, sessionId), testTrace());
    const backdate = () =>
      asOwner("update session set last_seen_at = now() - interval '1 day' where id = $1", [sessionId]);
    const isRecent = async () =>
      (
        await asOwner<{ recent: boolean }>(
          "select last_seen_at > now() - interval '1 minute' as recent from session where id = $1",
          [sessionId],
        )
      )[0]?.recent;
    await backdate();
    await sessionWatch().compare();
    expect(await isRecent()).toBe(true);
    await backdate();
    await sessionWatch().compare();
    expect(await isRecent()).toBe(false);
  });

  it("refuses to guess when what was announced can't be read, and is sure again once it can", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    await asOwner("revoke select on session from tenantry_system");
    await asOwner(`select pg_notify('tenantry', '{"kind":"session","org_id":null}')`);
    await vi.waitFor(() => expect(actorOfToken(token, testTrace())).rejects.toThrow(), { timeout: 2_000 });
    await asOwner("grant select on session to tenantry_system");
    await vi.waitFor(async () => expect(await actorOfToken(token, testTrace())).not.toBeNull());
  });

  it("forgets what it could not compare with the registry, and looks it up again", async () => {
    const { userId, sessionId } = await testUser();
    const token = await signSession(userId, sessionId);
    expect(await actorOfToken(token, testTrace())).not.toBeNull();
    await asOwner("revoke update on session from tenantry_system");
    await asOwner("delete from session where id = $1", [sessionId]);
    await sessionWatch().compare();
    await asOwner("grant update on session to tenantry_system");
    expect(await actorOfToken(token, testTrace())).toBeNull();
  });

  it("answers from memory: a known session costs no look at the registry", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => testUser()));
    const tokens = await Promise.all(people.map(({ userId, sessionId }) => signSession(userId, sessionId)));
    await Promise.all(tokens.map((token) => actorOfToken(token, testTrace())));
    await asOwner("revoke select on session from tenantry_system");
    try {
      for (const token of tokens) expect(await actorOfToken(token, testTrace())).not.toBeNull();
    } finally {
      await asOwner("grant select on session to tenantry_system");
    }
  });
});

/** Ends every connection that listens, as a network that breaks would. */
async function cutTheEar() {
  const { default: pg } = await import("pg");
  const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
  await superuser.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '%-listen'",
  );
  await superuser.end();
}
