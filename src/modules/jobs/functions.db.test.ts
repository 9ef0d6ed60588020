// The real Inngest server calls our functions over HTTP and is killed while it does; Postgres is real as well.
import http from "node:http";
import { serve } from "inngest/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { OrgActor } from "~/kernel/actor";
import { DomainError } from "~/kernel/errors";
import { forgetEnv } from "~/server/config/env";
import { withTenant } from "~/server/db/with-tenant";
import { inngest } from "~/server/events/inngest";
import { outboxSettled } from "~/server/events/outbox";
import { startSweeper, stopSweeper } from "~/server/events/sweeper";
import { inngestIsHere, startInngest, type TestInngest } from "~/testing/inngest";
import { asOwner, testOrg } from "~/testing/tenants";
import { defineJob } from "./flows/run-job";
import { jobSweeps } from "./flows/sweep";
import { queueFunctions } from "./functions";
import { cancelJob, startJob } from "./service";

/** What the work of a step waits for, by name; a test opens the gate. */
const gates = new Map<string, Promise<void>>();
const opened = new Map<string, () => void>();
const gate = (name: string) => {
  gates.set(name, new Promise((resolve) => opened.set(name, resolve)));
  return { open: () => opened.get(name)!() };
};
/** Tries of a step's work, in order. */
const tried: string[] = [];

const Rows = z.object({ steps: z.number(), waitAt: z.number().optional(), gate: z.string().optional() });

/** Writes one company a step; a step that is done twice leaves two. */
const rows = defineJob({
  taskType: "rows",
  input: Rows,
  firstRetryAfterMs: 1_000,
  run: async (job) => {
    for (let at = 0; at < job.input.steps; at++) {
      await job.step("row", async (step) => {
        tried.push(`${job.jobId}:${at}`);
        if (at === job.input.waitAt) await gates.get(job.input.gate!);
        return step.transaction(async (scope) => {
          await scope.db.company.create({
            data: { orgId: job.actor.orgId, name: `${job.jobId} ${at}` },
            select: { id: true },
          });
          await step.progress(scope, { done: at + 1, total: job.input.steps });
          return { at };
        });
      });
    }
    return { rows: job.input.steps };
  },
});

const flaky = defineJob({
  taskType: "flaky",
  input: z.object({ failures: z.number(), kind: z.enum(["bug", "refusal", "slow"]) }),
  firstRetryAfterMs: 200,
  stepTimeoutMs: 500,
  run: async (job) => {
    await job.step("try", async () => {
      const tries = tried.filter((one) => one === job.jobId).length;
      tried.push(job.jobId);
      if (tries >= job.input.failures) return {};
      if (job.input.kind === "slow") await new Promise((resolve) => setTimeout(resolve, 2_000));
      if (job.input.kind === "refusal")
        throw new DomainError("invalid", "test.refused", "Line 3 has no name. Add one.");
      throw new TypeError("secret detail of pat@example.test");
    });
    return {};
  },
});

type JobRow = {
  status: string;
  attempts: number;
  dispatch: number;
  error_code: string | null;
  error_message: string | null;
  result: unknown;
  started_at: Date;
};
const jobRow = async (id: string) => (await asOwner<JobRow>("select * from job where id = $1", [id]))[0]!;
const companies = (jobId: string) =>
  asOwner<{ name: string }>("select name from company where name like $1 || ' %' order by created_at, id", [
    jobId,
  ]);
const unitsOf = (orgId: string) => asOwner("select * from usage_ledger where org_id = $1", [orgId]);

async function until<T>(what: () => Promise<T | false | undefined>, timeoutMs = 25_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await what();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error("it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const untilStatus = (id: string, status: string, timeoutMs?: number) =>
  until(async () => {
    const row = await jobRow(id);
    if (row.status !== status && ["COMPLETED", "FAILED", "CANCELLED"].includes(row.status)) {
      throw new Error(`the job is ${row.status}: ${row.error_code} ${row.error_message}`);
    }
    return row.status === status && row;
  }, timeoutMs);

const start = async (actor: OrgActor, taskType: string, input: object): Promise<string> => {
  const { jobId } = await withTenant(actor, (scope) => startJob(scope, { taskType, input: input as never }));
  return jobId;
};

describe.skipIf(!inngestIsHere)("jobs on the real engine", () => {
  let engine: TestInngest;
  let server: http.Server;

  beforeAll(async () => {
    process.env.JOB_STALE_AFTER_S = "3";
    forgetEnv();
    const port = Number(new URL(process.env.APP_URL!).port);
    server = http.createServer(serve({ client: inngest(), functions: queueFunctions([rows, flaky]) }));
    await new Promise<void>((resolve) => server.listen(port, resolve));
    engine = await startInngest();
    startSweeper(jobSweeps());
    // The server registers the functions when it finds them; the first job waits for that.
    const { owner } = await testOrg({ members: [] });
    await untilStatus(await start(owner, "rows", { steps: 1 }), "COMPLETED", 50_000);
  }, 90_000);

  afterAll(async () => {
    await stopSweeper();
    await engine?.stop();
    server?.closeAllConnections();
    server?.close();
  });

  it("completes a job and counts one unit", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const id = await start(owner, "rows", { steps: 5 });
    const job = await untilStatus(id, "COMPLETED");
    expect(job).toMatchObject({ attempts: 1, dispatch: 1, result: { rows: 5 } });
    expect((await companies(id)).map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((at) => `${id} ${at}`));
    expect(await unitsOf(orgId)).toMatchObject([
      { idempotency_key: `job:${id}`, quantity: "1", meter: "jobs" },
    ]);
  });

  it("tries a failing step again without repeating the steps before it", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner, "flaky", { failures: 2, kind: "bug" });
    expect(await untilStatus(id, "COMPLETED")).toMatchObject({ attempts: 3 });
    expect(await asOwner("select try, status from job_step where job_id = $1 order by try", [id])).toEqual([
      { try: 1, status: "FAILED" },
      { try: 2, status: "FAILED" },
      { try: 3, status: "COMPLETED" },
    ]);
  });

  it("fails after the fourth try with a cause that says nothing of our insides, and counts nothing", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const id = await start(owner, "flaky", { failures: 9, kind: "bug" });
    const job = await untilStatus(id, "FAILED", 60_000);
    expect(job).toMatchObject({ attempts: 4, error_code: "jobs.internal" });
    expect(job.error_message).toMatch(/failed on our side/);
    expect(tried.filter((one) => one === id)).toHaveLength(4);
    expect(await unitsOf(orgId)).toEqual([]);
  }, 90_000);

  it("fails at once, with its own words, on a refusal that a retry can't cure", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner, "flaky", { failures: 9, kind: "refusal" });
    expect(await untilStatus(id, "FAILED")).toMatchObject({
      attempts: 1,
      error_code: "test.refused",
      error_message: "Line 3 has no name. Add one.",
    });
    expect(tried.filter((one) => one === id)).toHaveLength(1);
  });

  it("stops a step at its time limit and says so", async () => {
    const { owner } = await testOrg({ members: [] });
    const id = await start(owner, "flaky", { failures: 9, kind: "slow" });
    const job = await untilStatus(id, "FAILED", 60_000);
    expect(job).toMatchObject({ attempts: 4, error_code: "jobs.step_timed_out" });
    expect(job.error_message).toMatch(/longer than 0.5 seconds/);
  }, 90_000);

  it("goes on by a new event after 50 steps, and no row is missing or doubled", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const id = await start(owner, "rows", { steps: 120 });
    expect(await untilStatus(id, "COMPLETED", 60_000)).toMatchObject({ dispatch: 3 });
    expect((await companies(id)).map(({ name }) => name)).toEqual(
      Array.from({ length: 120 }, (_, at) => `${id} ${at}`),
    );
    expect(await unitsOf(orgId)).toHaveLength(1);
  }, 90_000);

  it("ends a cancelled job while its step runs, and nothing that step does is kept", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const held = gate("cancel");
    const id = await start(owner, "rows", { steps: 3, waitAt: 1, gate: "cancel" });
    await until(async () => tried.includes(`${id}:1`));
    await withTenant(owner, (scope) => cancelJob(scope, { id }));
    held.open();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await jobRow(id)).toMatchObject({ status: "CANCELLED" });
    expect(await companies(id)).toHaveLength(1);
    expect(await unitsOf(orgId)).toEqual([]);
  });

  it("sends what was asked for while the engine was down, once it is back", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    engine.kill();
    const id = await start(owner, "rows", { steps: 2 });
    await outboxSettled();
    expect(await jobRow(id)).toMatchObject({ status: "PENDING" });
    await untilStatus(id, "COMPLETED", 60_000);
    expect(await companies(id)).toHaveLength(2);
    expect(await unitsOf(orgId)).toHaveLength(1);
  }, 90_000);

  it("goes on after the engine was killed in the middle: no row lost, none doubled, one unit", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const held = gate("kill");
    const id = await start(owner, "rows", { steps: 10, waitAt: 5, gate: "kill" });
    await until(async () => tried.includes(`${id}:5`));
    engine.kill();
    held.open();
    const job = await untilStatus(id, "COMPLETED", 60_000);
    expect(job.dispatch).toBeGreaterThan(1);
    expect((await companies(id)).map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, at) => `${id} ${at}`),
    );
    expect(await unitsOf(orgId)).toHaveLength(1);
  }, 90_000);

  it("goes on after the connection of a running call was cut, as when the app is killed", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const held = gate("cut");
    const id = await start(owner, "rows", { steps: 6, waitAt: 3, gate: "cut" });
    await until(async () => tried.includes(`${id}:3`));
    server.closeAllConnections();
    held.open();
    await untilStatus(id, "COMPLETED", 60_000);
    expect(await companies(id)).toHaveLength(6);
    expect(await unitsOf(orgId)).toHaveLength(1);
  }, 90_000);

  it("refuses a forged envelope, and the job it names is untouched", async () => {
    const [mine, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    const { jobId: id } = await withTenant(mine.owner, (scope) =>
      startJob(scope, {
        taskType: "rows",
        input: { steps: 1 },
        scheduledFor: new Date(Date.now() + 3_600_000),
      }),
    );
    const [row] = await asOwner("select * from job where id = $1", [id]);
    const data = {
      job_id: id,
      attempt: 1,
      correlation_id: row!.correlation_id as string,
      task_type: "rows",
      meta: { user_id: mine.owner.userId, org_id: other.orgId },
    };
    const name = "jobs:default:queue";
    await inngest().send([
      { id: `${id}:1:1`, name, data },
      { id: `${id}:1:2`, name, data: { ...data, meta: { ...data.meta, org_id: mine.orgId }, extra: true } },
      { id: `${other.orgId}:1:1`, name, data: { ...data, job_id: other.orgId } },
    ]);
    // Whatever was sent before has been taken once a job sent after it is done.
    await untilStatus(await start(mine.owner, "rows", { steps: 1 }), "COMPLETED");
    expect(await jobRow(id)).toMatchObject({ status: "SCHEDULED", dispatch: 1 });
    expect(await companies(id)).toEqual([]);
  });

  it("does not let one tenant's burst of 100 hold back another's job", async () => {
    const [busy, calm] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    const held = gate("burst");
    const burst: string[] = [];
    // As many at once as a process has connections; more would only test the pool.
    for (let round = 0; round < 10; round++) {
      const ten = Array.from({ length: 10 }, () =>
        start(busy.owner, "rows", { steps: 1, waitAt: 0, gate: "burst" }),
      );
      burst.push(...(await Promise.all(ten)));
    }
    await until(async () => tried.filter((one) => burst.includes(one.split(":")[0]!)).length >= 4);
    const id = await start(calm.owner, "rows", { steps: 2 });
    await untilStatus(id, "COMPLETED", 20_000);
    const waiting = await asOwner("select 1 from job where org_id = $1 and status = 'PENDING'", [busy.orgId]);
    expect(waiting.length).toBeGreaterThanOrEqual(90);
    held.open();
    await until(async () => (await unitsOf(busy.orgId)).length === 100, 120_000);
    const [{ count }] = (await asOwner("select count(*)::int from company where org_id = $1", [
      busy.orgId,
    ])) as [{ count: number }];
    expect(count).toBe(100);
  }, 180_000);
});
