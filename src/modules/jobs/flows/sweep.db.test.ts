// Real Postgres. No engine answers here: what the sweeper writes is what counts. One test at a time: it sees all jobs.
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import type { OrgActor } from "~/kernel/actor";
import { forgetEnv } from "~/server/config/env";
import { withTenant } from "~/server/db/with-tenant";
import { outboxSettled, sendUnsent } from "~/server/events/outbox";
import { inTurn } from "~/server/events/sweeper";
import { asOwner, testOrg } from "~/testing/tenants";
import { MAX_STALLS } from "../rules";
import { startJob } from "../service";
import { jobSweeps, resendLostJobs, startDueJobs } from "./sweep";

beforeAll(() => {
  process.env.JOB_STALE_AFTER_S = "60";
  forgetEnv();
});
// A send of the test before may still hold rows that are to go.
beforeEach(() =>
  outboxSettled().then(() => asOwner("truncate job, job_step, job_event, outbox_event cascade")),
);

const start = async (actor: OrgActor, scheduledFor?: Date) => {
  const { jobId } = await withTenant(actor, (scope) =>
    startJob(scope, { taskType: "import", input: {}, ...(scheduledFor && { scheduledFor }) }),
  );
  return jobId;
};
const jobRow = async (id: string) => (await asOwner("select * from job where id = $1", [id]))[0]!;
const eventsOf = async (id: string) =>
  (
    await asOwner<{ event_id: string }>(
      "select event_id from outbox_event where event_id like $1 || ':%' order by created_at, event_id",
      [id],
    )
  ).map((row) => row.event_id);
/** The job as the sweeper finds it: when it was sent, when it last gave a sign of life, both in seconds ago. */
const silent = async (
  id: string,
  { sentS = 600, beatS = null as number | null, status = "PENDING", stalls = 0 },
) => {
  await asOwner(
    `update job set status = $2, stalls = $3, created_at = now() - interval '1 hour', lease_run_id = 'run', started_at = case when $2 = 'RUNNING' then now() end,
       heartbeat_at = now() - $4::float8 * interval '1 second' where id = $1`,
    [id, status, stalls, beatS],
  );
  await asOwner(
    "update outbox_event set sent_at = now() - $2::float8 * interval '1 second' where event_id like $1 || ':%'",
    [id, sentS],
  );
};

describe("a lost job", () => {
  it("is sent again under a new id, and no run of before may write", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await silent(id, { beatS: 120, status: "RUNNING" });
    expect(await resendLostJobs()).toBe(1);
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING", dispatch: 2, stalls: 1, lease_run_id: null });
    expect(await eventsOf(id)).toEqual([`${id}:1:1`, `${id}:1:2`]);
    // The new event is not sent yet: while the engine is away nothing more happens.
    await asOwner("update job set heartbeat_at = now() - interval '1 day' where id = $1", [id]);
    expect(await resendLostJobs()).toBe(0);
  });

  it("is also one that no engine ever took", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await silent(id, {});
    expect(await resendLostJobs()).toBe(1);
    expect(await jobRow(id)).toMatchObject({ status: "PENDING", dispatch: 2 });
  });

  it.each([
    ["showed life a moment ago", { beatS: 10, status: "RUNNING" }],
    ["waits for its next try", { beatS: -30, status: "RUNNING" }],
    ["was sent a moment ago", { sentS: 10 }],
    ["has ended", { status: "COMPLETED", beatS: 300 }],
    ["was sent often, and is given longer", { stalls: 3, sentS: 300 }],
  ])("is not one that %s", async (_what, how) => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await silent(id, how);
    expect(await resendLostJobs()).toBe(0);
    expect(await jobRow(id)).toMatchObject({ dispatch: 1 });
  });

  it("is not one whose event was never sent: with the engine away nothing fails and nothing piles up", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await asOwner("update job set created_at = now() - interval '2 days' where id = $1", [id]);
    for (let turn = 0; turn < 3; turn++) expect(await resendLostJobs()).toBe(0);
    expect(await eventsOf(id)).toEqual([`${id}:1:1`]);
    await outboxSettled();
    await expect(sendUnsent()).rejects.toThrow();
    expect(await asOwner("select sent_at, claimed_until from outbox_event")).toEqual([
      { sent_at: null, claimed_until: null },
    ]);
    expect(await jobRow(id)).toMatchObject({ status: "PENDING" });
  });

  it("is not one that waits while four of its organization are at work", async () => {
    const [busy, calm] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    for (let at = 0; at < 4; at++) await silent(await start(busy.owner), { beatS: 5, status: "RUNNING" });
    const [waiting, lost] = [await start(busy.owner), await start(calm.owner)];
    await silent(waiting, {});
    await silent(lost, {});
    expect(await resendLostJobs()).toBe(1);
    expect(await jobRow(waiting)).toMatchObject({ dispatch: 1 });
    expect(await jobRow(lost)).toMatchObject({ dispatch: 2 });
  });

  it("waits while its organization is suspended", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const id = await start(owner);
    await silent(id, {});
    await asOwner("update organization set status = 'suspended' where id = $1", [orgId]);
    expect(await resendLostJobs()).toBe(0);
    // Its data is its own: an export of all it has goes on.
    const taking = await start(owner);
    await asOwner("update job set task_type = 'data-export' where id = $1", [taking]);
    await silent(taking, {});
    expect(await resendLostJobs()).toBe(1);
    expect(await jobRow(taking)).toMatchObject({ dispatch: 2 });
    await asOwner("update organization set status = 'active' where id = $1", [orgId]);
    expect(await resendLostJobs()).toBe(1);
  });

  it("waits while the feature that it is of is switched off for everybody, and never fails for it", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await asOwner("update job set namespace = 'browser' where id = $1", [id]);
    await silent(id, { status: "RUNNING", beatS: 3_500, stalls: MAX_STALLS, sentS: 3_500 });
    process.env.FF_BROWSER_WORKER_ENABLED = "false";
    forgetEnv();
    try {
      expect(await resendLostJobs()).toBe(0);
      expect(await jobRow(id)).toMatchObject({ status: "RUNNING", dispatch: 1 });
    } finally {
      delete process.env.FF_BROWSER_WORKER_ENABLED;
      forgetEnv();
    }
    expect(await resendLostJobs()).toBe(1);
  });

  it("has failed after 20 dispatches without progress, but only if anybody ever took it", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const [taken, untaken] = [await start(owner), await start(owner)];
    await silent(taken, { status: "RUNNING", beatS: 3_500, stalls: MAX_STALLS, sentS: 3_500 });
    await silent(untaken, { stalls: MAX_STALLS, sentS: 3_500 });
    expect(await resendLostJobs()).toBe(2);
    expect(await jobRow(taken)).toMatchObject({
      status: "FAILED",
      error_code: "jobs.stalled",
      lease_run_id: null,
    });
    expect(await jobRow(untaken)).toMatchObject({ status: "PENDING", dispatch: 2 });
    expect(
      await asOwner(
        "select action from audit_entry where org_id = $1 and target_id = $2 order by created_at, id",
        [orgId, taken],
      ),
    ).toEqual([{ action: "job.started" }, { action: "job.failed" }]);
  });

  it("is sent once, however many processes look for it", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner);
    await silent(id, {});
    const resent = await Promise.all(Array.from({ length: 8 }, resendLostJobs));
    expect(resent.reduce((sum, count) => sum + count)).toBe(1);
    expect(await eventsOf(id)).toHaveLength(2);
  });
});

describe("a scheduled job", () => {
  it("starts when its time has come by the clock that tests can move, once", async () => {
    onTestFinished(() => clock.setOffset(0));
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner, new Date(Date.now() + 30 * 86_400_000));
    expect(await startDueJobs()).toBe(0);
    clock.setOffset(30 * 86_400_000 + 1_000);
    const started = await Promise.all([startDueJobs(), startDueJobs(), startDueJobs()]);
    expect(started.reduce((sum, count) => sum + count)).toBe(1);
    expect(await jobRow(id)).toMatchObject({ status: "PENDING", dispatch: 1 });
    expect(await eventsOf(id)).toEqual([`${id}:1:1`]);
    expect(await asOwner("select payload->>'status' as status from job_event order by id")).toEqual([
      { status: "SCHEDULED" },
      { status: "PENDING" },
    ]);
  });
});

it("purges what is old, and nothing that was not sent", async () => {
  const { owner } = await testOrg({ members: [] });
  await start(owner);
  await start(owner);
  await asOwner(
    "update job_event set created_at = now() - interval '25 hours' where id = (select min(id) from job_event)",
  );
  await asOwner("update outbox_event set created_at = now() - interval '30 days'");
  await asOwner(
    "update outbox_event set sent_at = now() - interval '8 days' where id = (select id from outbox_event limit 1)",
  );
  await jobSweeps()
    .find(({ name }) => name === "purge jobs")!
    .turn();
  expect(await asOwner("select 1 from job_event")).toHaveLength(1);
  expect(await asOwner("select sent_at from outbox_event")).toEqual([{ sent_at: null }]);
});

it("gives a turn to one process at a time", async () => {
  const inside: Promise<unknown>[] = [];
  const first = await inTurn("test", async () => {
    inside.push(inTurn("test", async () => "second"));
    return (await inside[0]) ?? "alone";
  });
  expect(first).toBe("alone");
  expect(await inTurn("test", async () => "after")).toBe("after");
});
