// Real Postgres with its real NOTIFY; streams are read as a browser would read them.
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { notify } from "~/modules/notifications";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { withTenant } from "~/server/db/with-tenant";
import { liveStream, openStreams, STREAM_LIMITS } from "~/server/http/live-stream";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { signSession } from "~/server/auth/session-token";
import { gates } from "~/wiring/gates";
import { cancelJob, startJob } from "../service";
import { openJobFeed, readCursor, streamJobs } from "./stream-jobs";

type Heard = { id: string; event: string; data: Record<string, unknown> };

/** A browser's EventSource, as far as the protocol goes. */
class Listener {
  readonly heard: Heard[] = [];
  readonly #abort = new AbortController();
  ended = false;
  #response!: Response;

  static async open(org: TestOrg, actor: OrgActor, query: Record<string, string> = {}, lastEventId?: string) {
    const listener = new Listener();
    const user = org.users.find((one) => one.userId === actor.userId)!;
    const token = await signSession(user.userId, user.sessionId);
    const url = new URL("http://localhost/api/jobs/stream");
    url.search = new URLSearchParams({ org: org.slug, ...query }).toString();
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (lastEventId) headers.set("last-event-id", lastEventId);
    listener.#response = await streamJobs(
      new Request(url, { headers, signal: listener.#abort.signal }),
      gates,
    );
    if (listener.status === 200) void listener.#read();
    opened.push(listener);
    return listener;
  }

  get status() {
    return this.#response.status;
  }
  get headers() {
    return this.#response.headers;
  }
  problem = () => this.#response.json() as Promise<{ code: string }>;
  jobs = () => this.heard.filter(({ event }) => event === "job");
  close = () => this.#abort.abort();

  async #read() {
    let text = "";
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.#response.body!) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split("\n\n");
        text = blocks.pop()!;
        for (const block of blocks) this.#hear(block);
      }
    } catch {
      // Closed by the test.
    }
    this.ended = true;
  }

  #hear(block: string) {
    const lines = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
    if (lines.event) this.heard.push({ id: lines.id, event: lines.event, data: JSON.parse(lines.data) });
  }
}

const opened: Listener[] = [];
afterEach(async () => {
  for (const listener of opened.splice(0)) listener.close();
  await expect.poll(openStreams).toBe(0);
});
beforeAll(() => vi.waitUntil(() => databaseListener().isFresh(), 10_000));
afterAll(() => databaseListener().close());

const start = async (actor: OrgActor) =>
  (await withTenant(actor, (scope) => startJob(scope, { taskType: "import", input: {} }))).jobId;
const heardBy = (listener: Listener) =>
  expect.poll(() => listener.jobs().map(({ data }) => data.id), { timeout: 8_000 });

describe("the stream", () => {
  it("greets, then tells each change of one's own jobs, as the contract has it", async () => {
    const org = await testOrg();
    const member = org.as("member");
    const listener = await Listener.open(org, member);
    expect(listener.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(listener.headers.get("cache-control")).toContain("no-transform");
    const id = await start(member);
    await withTenant(member, (scope) => cancelJob(scope, { id }));
    await heardBy(listener).toEqual([id, id]);
    expect(listener.heard[0]).toMatchObject({ event: "ready", data: { resumed: false } });
    const [first, second] = listener.jobs();
    expect(first!.data).toEqual({
      id,
      task_type: "import",
      status: "PENDING",
      attempts: 1,
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      progress: { done: 0, total: null, note: null },
      error: null,
    });
    expect(second!.data).toMatchObject({ status: "CANCELLED" });
    expect(first!.id).toMatch(/^\d+-\d+$/);
  });

  it("tells by notification, before the fallback of 5 s would look", async () => {
    const org = await testOrg();
    const listener = await Listener.open(org, org.owner);
    await expect.poll(() => listener.heard.length).toBeGreaterThan(0);
    const startedAt = Date.now();
    await start(org.owner);
    await expect.poll(() => listener.jobs().length, { interval: 10 }).toBe(1);
    expect(Date.now() - startedAt).toBeLessThan(4_500);
  });

  it("tells beside the jobs how many notifications are unread, of the listener's own and under the same place", async () => {
    const org = await testOrg();
    const [own, colleague] = [
      await Listener.open(org, org.owner),
      await Listener.open(org, org.as("admin"), { scope: "org" }),
    ];
    const counts = (listener: Listener) =>
      listener.heard
        .filter(({ event }) => event === "notification")
        .map(({ data }) => (data as { count: number }).count);
    await expect.poll(() => [counts(own), counts(colleague)]).toEqual([[0], [0]]);
    await withTenant(org.owner, (scope) =>
      notify(scope, {
        kind: "job.completed",
        userId: org.owner.userId!,
        cause: "test",
        targetId: null,
        detail: { taskType: "import" },
      }),
    );
    await expect.poll(() => counts(own)).toEqual([0, 1]);
    expect(counts(colleague)).toEqual([0]);
    expect(own.heard.at(-1)!.id).toBe(own.heard[0]!.id);
  });

  it("never tells of a colleague's job, and of everybody's only with scope=org", async () => {
    const org = await testOrg();
    const [own, all] = [
      await Listener.open(org, org.as("member")),
      await Listener.open(org, org.as("admin"), { scope: "org" }),
    ];
    const ids = [await start(org.owner), await start(org.as("member")), await start(org.as("admin"))];
    await heardBy(all).toEqual(ids);
    await heardBy(own).toEqual([ids[1]]);
    expect((await Listener.open(org, org.as("member"), { scope: "org" })).status).toBe(403);
    expect((await Listener.open(org, org.as("readonly"), { scope: "org" })).status).toBe(403);
  });

  it("never tells of another tenant's job, not even to its owner with scope=org and its cursor", async () => {
    const [mine, other] = [await testOrg(), await testOrg()];
    const theirs = await Listener.open(other, other.owner, { scope: "org" });
    const foreign = await start(other.owner);
    await heardBy(theirs).toEqual([foreign]);
    const listener = await Listener.open(mine, mine.owner, { scope: "org" }, "1-1");
    const resumed = await Listener.open(mine, mine.owner, {
      scope: "org",
      last_event_id: theirs.heard[0]!.id,
    });
    await start(other.owner);
    const own = await start(mine.owner);
    await heardBy(listener).toEqual([own]);
    await heardBy(resumed).toEqual([own]);
  });

  it("answers for another tenant's organization exactly as for none, and for nobody at all", async () => {
    const [mine, other] = [await testOrg(), await testOrg()];
    const foreign = await Listener.open(mine, mine.owner, { org: other.slug });
    const missing = await Listener.open(mine, mine.owner, { org: "there-is-none" });
    expect([foreign.status, (await foreign.problem()).code]).toEqual([404, "kernel.not_found"]);
    expect([missing.status, (await missing.problem()).code]).toEqual([404, "kernel.not_found"]);
    const nobody = await streamJobs(new Request(`http://localhost/api/jobs/stream?org=${mine.slug}`), gates);
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get("content-type")).toBe("application/problem+json");
  });

  it("goes on after the last line one has heard, whether named by header or by address", async () => {
    const org = await testOrg();
    const listener = await Listener.open(org, org.owner);
    const ids = [await start(org.owner)];
    await heardBy(listener).toEqual(ids);
    listener.close();
    const last = listener.jobs().at(-1)!.id;
    for (let at = 0; at < 3; at++) ids.push(await start(org.owner));
    const byHeader = await Listener.open(org, org.owner, {}, last);
    const byAddress = await Listener.open(org, org.owner, { last_event_id: last });
    await heardBy(byHeader).toEqual(ids.slice(1));
    await heardBy(byAddress).toEqual(ids.slice(1));
    expect(byHeader.heard[0]).toMatchObject({ event: "ready", data: { resumed: true } });
  });

  it("says so when lines since then are gone, or when the place is none of ours", async () => {
    const org = await testOrg();
    const listener = await Listener.open(org, org.owner);
    await start(org.owner);
    await expect.poll(() => listener.jobs().length).toBe(1);
    const last = listener.jobs()[0]!.id;
    await asOwner("delete from job_event where org_id = $1", [org.orgId]);
    for (const place of [last, "99999999999999-1", "nonsense", "1-1; drop table job"]) {
      const again = await Listener.open(org, org.owner, {}, place);
      await expect.poll(() => again.heard[0]?.data).toEqual({ resumed: false });
    }
  });

  it("loses nothing and repeats nothing while transactions commit out of order and the listener comes and goes", async () => {
    const org = await testOrg({ members: [] });
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_OWNER_URL, max: 12 });
    const written: string[] = [];
    const write = async (at: number) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const jobId = newId();
        // The number of the row is taken now; the commit comes later than that of many rows written after it.
        await client.query(
          "insert into job_event (org_id, user_id, job_id, payload) values ($1, $2, $3, $4)",
          [org.orgId, org.owner.userId, jobId, { id: jobId, at }],
        );
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
        await client.query("commit");
        written.push(jobId);
      } finally {
        client.release();
      }
    };
    const heard: string[] = [];
    let isDone = false;
    const listening = (async () => {
      let last: string | undefined;
      let listener = await Listener.open(org, org.owner, {}, last);
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 60));
        const isLast = isDone && heard.length + listener.jobs().length >= written.length;
        listener.close();
        heard.push(...listener.jobs().map(({ data }) => data.id as string));
        last = listener.heard.at(-1)?.id ?? last;
        if (isLast) return;
        listener = await Listener.open(org, org.owner, {}, last);
      }
    })();
    await Promise.all(Array.from({ length: 300 }, (_, at) => write(at)));
    isDone = true;
    await listening;
    await pool.end();
    expect(heard).toHaveLength(300);
    expect(new Set(heard)).toEqual(new Set(written));
  }, 60_000);

  it("still hears of changes when the notification was lost", async () => {
    const org = await testOrg();
    const listener = await Listener.open(org, org.owner);
    await expect.poll(() => listener.heard.length).toBeGreaterThan(0);
    const id = newId();
    const client = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
    await client.connect();
    await client.query("set session_replication_role = replica");
    await client.query("insert into job_event (org_id, user_id, job_id, payload) values ($1, $2, $3, $4)", [
      org.orgId,
      org.owner.userId,
      id,
      { id },
    ]);
    await client.end();
    await heardBy(listener).toEqual([id]);
  }, 15_000);

  it("ends when the listener's role changes or its membership ends", async () => {
    const org = await testOrg();
    const [demoted, removed, stays] = [
      await Listener.open(org, org.as("admin"), { scope: "org" }),
      await Listener.open(org, org.as("member")),
      await Listener.open(org, org.owner),
    ];
    await asOwner("update membership set role = 'member' where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("admin").userId,
    ]);
    await expect.poll(() => demoted.ended, { timeout: 3_000 }).toBe(true);
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("member").userId,
    ]);
    await expect.poll(() => removed.ended, { timeout: 3_000 }).toBe(true);
    expect(stays.ended).toBe(false);
    expect((await Listener.open(org, org.as("member"))).status).toBe(404);
  });

  it("ends when its session is revoked", async () => {
    const org = await testOrg();
    const listener = await Listener.open(org, org.owner);
    const { sessionId } = org.users[0]!;
    await asOwner("update session set revoked_at = now() where id = $1", [sessionId]);
    await expect.poll(() => listener.ended, { timeout: 3_000 }).toBe(true);
  });

  it("gives one person so many streams of a process and no more", async () => {
    const org = await testOrg();
    const all = [];
    for (let at = 0; at < STREAM_LIMITS.perPerson; at++) all.push(await Listener.open(org, org.owner));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect((await Listener.open(org, org.owner)).status).toBe(429);
    expect((await Listener.open(org, org.as("admin"))).status).toBe(200);
  });
});

describe("the feed behind it", () => {
  it("ends a stream after its lifetime, so that rights are read anew", async () => {
    const { owner } = await testOrg({ members: [] });
    const source = await openJobFeed({
      actor: owner,
      everyone: false,
      cursor: null,
      isAllowed: async () => true,
    });
    const request = new Request("http://localhost/");
    const response = liveStream({ source, person: "somebody", request, lifetimeMs: 200 });
    const text = await response.text();
    expect(text).toMatch(/^retry: 1000\n\nid: /);
    expect(openStreams()).toBe(0);
  });

  it("does not read for a client that does not, and goes on where it was once it does", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const note = "x".repeat(2_000);
    const source = await openJobFeed({
      actor: owner,
      everyone: false,
      cursor: null,
      isAllowed: async () => true,
    });
    let reads = 0;
    const counted = { ...source, read: () => (reads++, source.read()) };
    const request = new Request("http://localhost/");
    const response = liveStream({
      source: counted,
      person: "slow",
      request,
      lifetimeMs: 20_000,
    });
    await asOwner(
      `insert into job_event (org_id, user_id, job_id, payload)
       select $1, $2, gen_random_uuid(), jsonb_build_object('at', n, 'note', $3::text) from generate_series(1, 1000) n`,
      [orgId, owner.userId, note],
    );
    await new Promise((resolve) => setTimeout(resolve, 800));
    // 64 KB are buffered, and one batch more; the other lines wait in the database.
    expect(reads).toBeLessThan(6);
    let text = "";
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes('"at":1000,') && !text.includes('"at": 1000,'))
      text += (await reader.read()).value ?? "";
    const numbers = [...text.matchAll(/"at": ?(\d+)/g)].map(([, at]) => Number(at));
    expect(numbers).toEqual(Array.from({ length: 1_000 }, (_, at) => at + 1));
    await reader.cancel();
    await expect.poll(openStreams).toBe(0);
  }, 20_000);

  it.each(["", "1", "1-", "-1", "1-1-1", "a-1", "1".repeat(30) + "-1", null])(
    "takes %j for no place",
    (text) => {
      expect(readCursor(text)).toBeNull();
    },
  );
});
