// Real Postgres, roles as in production; a fresh organization per test. Each title is a promise.
import { describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import type { OrgActor } from "~/kernel/actor";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg } from "~/testing/tenants";
import { jobsRouter } from "./router";
import { startJob } from "./service";

const start = async (
  actor: OrgActor,
  more: { taskType?: string; scheduledFor?: Date; queue?: string } = {},
) =>
  (await withTenant(actor, (scope) => startJob(scope, { taskType: "import", input: { file: "a" }, ...more })))
    .jobId;
const finish = (id: string, status = "COMPLETED") =>
  asOwner("update job set status = $2 where id = $1", [id, status]);
const rowsOf = (table: string, orgId: string) =>
  asOwner(`select * from ${table} where org_id = $1 order by 1`, [orgId]);
const api = (actor: OrgActor) => callerFor(jobsRouter, actor);
const refusal = (code: string) => ({ cause: { code } });

describe("starting a job", () => {
  it("writes job, event, feed line and audit entry, or none of them", async () => {
    const org = await testOrg();
    const undone = withTenant(org.owner, async (scope) => {
      await startJob(scope, { taskType: "import", input: {} });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    for (const table of ["job", "outbox_event", "job_event", "audit_entry"]) {
      expect(await rowsOf(table, org.orgId)).toHaveLength(0);
    }
    const id = await start(org.as("member"));
    expect(await rowsOf("job", org.orgId)).toMatchObject([
      { id, status: "PENDING", user_id: org.as("member").userId },
    ]);
    expect(await rowsOf("outbox_event", org.orgId)).toMatchObject([
      { event_id: `${id}:1:1`, name: "jobs:default:queue" },
    ]);
    expect(await rowsOf("job_event", org.orgId)).toMatchObject([
      { payload: { id, status: "PENDING", attempts: 1 } },
    ]);
    expect(await rowsOf("audit_entry", org.orgId)).toMatchObject([{ action: "job.started", target_id: id }]);
  });

  it("sends nothing of what the work is given: only ids travel", async () => {
    const org = await testOrg();
    await withTenant(org.owner, (scope) =>
      startJob(scope, { taskType: "import", input: { mail: "pat@example.test" } }),
    );
    const [event] = await rowsOf("outbox_event", org.orgId);
    expect(JSON.stringify(event)).not.toContain("pat@example.test");
    expect(Object.keys(event!.data as object).sort()).toEqual([
      "attempt",
      "correlation_id",
      "job_id",
      "meta",
      "task_type",
    ]);
  });

  it("keeps a job whose time lies ahead from the engine, and sends one whose time has passed", async () => {
    const org = await testOrg();
    const later = await start(org.owner, { scheduledFor: new Date(Date.now() + 60_000), queue: "scheduled" });
    expect(await rowsOf("outbox_event", org.orgId)).toEqual([]);
    expect(await api(org.owner).get({ id: later })).toMatchObject({
      status: "SCHEDULED",
      queue: "jobs:default:scheduled",
    });
    await start(org.owner, { scheduledFor: new Date(Date.now() - 1) });
    expect(await rowsOf("outbox_event", org.orgId)).toHaveLength(1);
  });

  it("is refused to a read-only member, and by Postgres itself", async () => {
    const org = await testOrg();
    await expect(start(org.as("readonly"))).rejects.toMatchObject({ code: "kernel.forbidden" });
    const asJob = { ...org.as("readonly"), userId: null, role: "job" as const };
    await expect(start(asJob)).rejects.toMatchObject({ code: "jobs.needs_person" });
    expect(await rowsOf("job", org.orgId)).toEqual([]);
  });

  it.each(["Import", "", "a b", "x".repeat(41)])("refuses the task type %j", async (taskType) => {
    await expect(start((await testOrg()).owner, { taskType })).rejects.toThrow();
  });
});

describe("seeing jobs", () => {
  it("shows members their own, and owners and admins everybody's", async () => {
    const org = await testOrg();
    const [mine, theirs] = [await start(org.as("member")), await start(org.owner)];
    const member = api(org.as("member"));
    expect((await member.list({ whose: "mine" })).items.map((job) => job.id)).toEqual([mine]);
    await expect(member.list({ whose: "all" })).rejects.toMatchObject(refusal("kernel.forbidden"));
    await expect(member.get({ id: theirs })).rejects.toMatchObject(refusal("kernel.not_found"));
    for (const role of ["owner", "admin"] as const) {
      expect((await api(org.as(role)).list({ whose: "all" })).items.map((job) => job.id)).toEqual([
        theirs,
        mine,
      ]);
      expect(await api(org.as(role)).get({ id: mine })).toMatchObject({ startedBy: { name: "Pat member" } });
    }
    expect((await api(org.as("readonly")).list({})).items).toEqual([]);
  });

  it("answers for another tenant's job exactly as for one that does not exist", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const id = await start(other.owner);
    const missing = "0197d5a0-0000-7000-8000-000000000000";
    const words = async (call: Promise<unknown>) => call.catch((error: Error) => error.message);
    for (const of of ["get", "cancel", "runAgain"] as const) {
      expect(await words(api(org.owner)[of]({ id }))).toBe(await words(api(org.owner)[of]({ id: missing })));
    }
    expect(await asOwner("select status from job where id = $1", [id])).toEqual([{ status: "PENDING" }]);
  });

  it("filters by status and kind of work, and pages without a gap or a repeat", async () => {
    const org = await testOrg();
    const ids: string[] = [];
    for (let at = 0; at < 7; at++)
      ids.push(await start(org.owner, { taskType: at % 2 ? "export" : "import" }));
    // The same instant for some of them: the id decides.
    await asOwner("update job set created_at = '2026-11-01T00:00:00Z' where id = any($1)", [ids.slice(0, 4)]);
    await finish(ids[0]!);
    const owner = api(org.owner);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof owner.list>> = await owner.list({
        whose: "all",
        limit: 2,
        cursor,
      });
      seen.push(...page.items.map((job) => job.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual([...ids].reverse());
    expect((await owner.list({ status: "COMPLETED" })).items.map((job) => job.id)).toEqual([ids[0]]);
    expect((await owner.list({ taskType: "export" })).items).toHaveLength(3);
    await expect(owner.list({ cursor: "yesterday" })).rejects.toMatchObject(refusal("kernel.not_found"));
    expect(await owner.taskTypes()).toEqual(["export", "import"]);
    await start(org.as("member"), { taskType: "import" });
    expect(await api(org.as("member")).taskTypes()).toEqual(["import"]);
  });

  it("names nobody who has left the organization", async () => {
    const org = await testOrg();
    const id = await start(org.as("member"));
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("member").userId,
    ]);
    expect((await api(org.owner).get({ id })).startedBy.name).toBeNull();
  });
});

describe("cancelling", () => {
  it("ends a job, says who did it, and tells the feed", async () => {
    const org = await testOrg();
    const id = await start(org.as("member"));
    expect(await api(org.as("admin")).cancel({ id })).toEqual({ done: true });
    expect(await api(org.as("member")).get({ id })).toMatchObject({
      status: "CANCELLED",
      cancelledBy: { userId: org.as("admin").userId, name: "Pat admin" },
      finishedAt: expect.any(Date),
      mayCancel: false,
      mayRunAgain: true,
    });
    const feed = (await rowsOf("job_event", org.orgId)) as { payload: { status: string } }[];
    expect(feed.map(({ payload }) => payload.status)).toEqual(["PENDING", "CANCELLED"]);
    const audit = (await rowsOf("audit_entry", org.orgId)) as { action: string }[];
    expect(audit.map(({ action }) => action)).toEqual(["job.started", "job.cancelled"]);
  });

  it("keeps members from colleagues' jobs, and read-only members from all", async () => {
    const org = await testOrg();
    const [theirs, own] = [await start(org.owner), await start(org.as("member"))];
    await asOwner("update job set user_id = $2 where id = $1", [own, org.as("readonly").userId]);
    await expect(api(org.as("member")).cancel({ id: theirs })).rejects.toMatchObject(
      refusal("kernel.not_found"),
    );
    await expect(api(org.as("readonly")).cancel({ id: own })).rejects.toMatchObject(
      refusal("kernel.forbidden"),
    );
  });

  it.each(["COMPLETED", "FAILED", "CANCELLED"])("refuses a job that is %s already", async (status) => {
    const org = await testOrg();
    const id = await start(org.owner);
    await finish(id, status);
    await expect(api(org.owner).cancel({ id })).rejects.toMatchObject(refusal("jobs.already_finished"));
  });

  it("lets one of ten at once win", async () => {
    const org = await testOrg();
    const id = await start(org.owner);
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => api(org.owner).cancel({ id })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("running again", () => {
  it("starts a new job with the same input, linked both ways", async () => {
    const org = await testOrg();
    const id = await start(org.as("member"));
    await finish(id, "FAILED");
    const { jobId } = await api(org.owner).runAgain({ id });
    expect(await api(org.owner).get({ id: jobId })).toMatchObject({
      status: "PENDING",
      rerunOfId: id,
      attempts: 1,
    });
    expect(await api(org.owner).get({ id })).toMatchObject({ status: "FAILED", rerunAsId: jobId });
    const inputs = await asOwner("select input, user_id from job where org_id = $1 order by id", [org.orgId]);
    expect(inputs[1]).toEqual({ input: inputs[0]!.input, user_id: org.owner.userId });
  });

  it("is refused while the job has not ended", async () => {
    const org = await testOrg();
    const id = await start(org.owner);
    await expect(api(org.owner).runAgain({ id })).rejects.toMatchObject(refusal("jobs.not_finished"));
  });
});

it("takes a job's times from the clock that tests can move", async () => {
  onTestFinished(() => clock.setOffset(0));
  const org = await testOrg();
  const id = await start(org.owner);
  clock.setOffset(40 * 86_400_000);
  await api(org.owner).cancel({ id });
  const { finishedAt } = await api(org.owner).get({ id });
  expect(finishedAt!.getTime()).toBeGreaterThan(Date.now() + 39 * 86_400_000);
});
