// Real Postgres; the engine is a memory of steps in this process, so that a test can end a run at any point.
import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { DomainError } from "~/kernel/errors";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { envelopeOf, eventIdOf } from "../rules";
import { cancelJob, startJob } from "../service";
import { JobLost } from "../service/run-job";
import {
  closeGivenUpRun,
  defineJob,
  executeJob,
  openRun,
  RunInterrupted,
  StepFailed,
  type JobDefinition,
  type JobRun,
  type Run,
  type StepMemory,
} from "./run-job";
import { resendLostJobs } from "./sweep";

beforeAll(() => {
  process.env.JOB_STALE_AFTER_S = "2";
  forgetEnv();
});

type Job = { id: string; dispatch: number; status: string; attempts: number } & Record<string, unknown>;
const jobRow = async (id: string) => (await asOwner<Job>("select * from job where id = $1", [id]))[0]!;
const namesOf = async (orgId: string) =>
  (await asOwner<{ name: string }>("select name from company where org_id = $1 order by id", [orgId])).map(
    ({ name }) => name,
  );
const unitsOf = async (orgId: string) =>
  (await asOwner("select 1 from usage_ledger where org_id = $1", [orgId])).length;

async function pending(org: TestOrg, input: object = {}, taskType = "work"): Promise<string> {
  const { jobId } = await withTenant(org.as("member"), (scope) =>
    startJob(scope, { taskType, input: input as never }),
  );
  return jobId;
}

/** The event that the outbox holds for the job's dispatch. */
async function eventOf(id: string) {
  const row = await jobRow(id);
  const [event] = await asOwner<{ id: string; name: string; data: object }>(
    "select event_id as id, name, data from outbox_event where event_id = $1",
    [row.event_id],
  );
  return event!;
}

async function leased(id: string, runId: string = newId()): Promise<Run> {
  const opened = await openRun(await eventOf(id), runId);
  if ("ended" in opened) throw new Error(`not leased: ${opened.ended}`);
  return opened.run;
}

/** The engine's memory: what it was told of a step it tells again, as JSON. */
function memory(kept = new Map<string, string>()): StepMemory {
  return async (name, work) => {
    if (!kept.has(name)) kept.set(name, JSON.stringify(await work()));
    return JSON.parse(kept.get(name)!);
  };
}

/** As after a kill of the engine: the job is silent for an hour, and its event was sent long ago. */
async function loseEngine(id: string): Promise<void> {
  await asOwner(
    "update job set heartbeat_at = now() - interval '1 hour', created_at = now() - interval '2 hours' where id = $1",
    [id],
  );
  await asOwner(
    "update outbox_event set sent_at = now() - interval '1 hour' where event_id like $1 || ':%'",
    [id],
  );
  expect(await resendLostJobs()).toBe(1);
}

const job = (
  run: (job: JobRun<{ steps?: number | undefined }>) => Promise<Record<string, number>>,
  more: Partial<Pick<JobDefinition, "stepTimeoutMs">> = {},
) => defineJob({ taskType: "work", input: z.object({ steps: z.number().optional() }), run, ...more });

const rows = job(async (job) => {
  for (let at = 0; at < (job.input.steps ?? 3); at++) {
    await job.step("row", (step) =>
      step.transaction(async (scope) => {
        await scope.db.company.create({
          data: { orgId: job.actor.orgId, name: `row ${at}` },
          select: { id: true },
        });
        return { at };
      }),
    );
  }
  return { rows: job.input.steps ?? 3 };
});

describe("opening a run", () => {
  it("takes the lease for the job's own organization and member, as a job", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const run = await leased(id, "run-1");
    expect(run.actor).toMatchObject({ orgId: org.orgId, userId: org.as("member").userId, role: "job" });
    expect(await jobRow(id)).toMatchObject({
      status: "RUNNING",
      lease_run_id: "run-1",
      started_at: expect.any(Date),
    });
  });

  it("confirms the lease to the same run, and refuses it to a second one of the same dispatch", async () => {
    const id = await pending(await testOrg());
    await leased(id, "run-1");
    await leased(id, "run-1");
    expect(await openRun(await eventOf(id), "run-2")).toEqual({ ended: "lost" });
  });

  it("forgets how often the job was sent while nobody took it", async () => {
    const id = await pending(await testOrg());
    await asOwner("update job set stalls = 30 where id = $1", [id]);
    await leased(id, "run");
    expect(await jobRow(id)).toMatchObject({ stalls: 0 });
  });

  it("gives the lease to one of twenty runs that ask at once", async () => {
    const id = await pending(await testOrg());
    const event = await eventOf(id);
    const opened = await Promise.all(Array.from({ length: 20 }, (_, at) => openRun(event, `run-${at}`)));
    expect(opened.filter((one) => "run" in one)).toHaveLength(1);
  });

  it.each(["COMPLETED", "FAILED", "CANCELLED"])("refuses a job that is %s", async (status) => {
    const id = await pending(await testOrg());
    await asOwner("update job set status = $2 where id = $1", [id, status]);
    expect(await openRun(await eventOf(id), "run")).toEqual({ ended: "lost" });
  });

  it("refuses an event of an earlier dispatch", async () => {
    const id = await pending(await testOrg());
    const early = await eventOf(id);
    await loseEngine(id);
    expect(await openRun(early, "run")).toEqual({ ended: "lost" });
    expect((await leased(id)).dispatch).toBe(2);
  });

  it("refuses whatever says anything else than the row, and leaves the job alone", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const id = await pending(org);
    const event = await eventOf(id);
    const data = event.data as ReturnType<typeof envelopeOf>;
    const forged = [
      { ...event, data: { ...data, meta: { ...data.meta, org_id: other.orgId } } },
      { ...event, data: { ...data, meta: { ...data.meta, user_id: other.owner.userId } } },
      { ...event, data: { ...data, task_type: "other" } },
      { ...event, data: { ...data, correlation_id: "other" } },
      { ...event, data: { ...data, extra: 1 } },
      { ...event, name: "jobs:browser:stream" },
      { ...event, id: eventIdOf({ id: other.orgId, attempts: 1, dispatch: 1 }) },
      { ...event, id: `${other.orgId}:1:1`, data: { ...data, job_id: other.orgId } },
    ];
    for (const one of forged) expect(await openRun(one, "run")).toEqual({ ended: "refused" });
    expect(await jobRow(id)).toMatchObject({ status: "PENDING", lease_run_id: null });
    expect((await leased(id)).jobId).toBe(id);
  });

  it("leaves the jobs of a suspended organization waiting, not failed", async () => {
    const org = await testOrg();
    const id = await pending(org);
    await leased(id, "run");
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    expect(await openRun(await eventOf(id), "run")).toEqual({ ended: "suspended" });
    expect(await jobRow(id)).toMatchObject({ status: "PENDING", lease_run_id: null });
  });

  it("lets a suspended organization take its data out", async () => {
    const org = await testOrg();
    const id = await pending(org, {}, "data-export");
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    expect(await leased(id)).toMatchObject({ jobId: id, taskType: "data-export" });
  });
});

describe("a run", () => {
  it("completes with its result and one unit", async () => {
    const org = await testOrg();
    const id = await pending(org);
    expect(await executeJob(await leased(id), rows, memory(), 1)).toBe("completed");
    expect(await jobRow(id)).toMatchObject({
      status: "COMPLETED",
      result: { rows: 3 },
      finished_at: expect.any(Date),
    });
    expect(await namesOf(org.orgId)).toEqual(["row 0", "row 1", "row 2"]);
    expect(await unitsOf(org.orgId)).toBe(1);
  });

  it("neither completes nor counts twice when it is executed again", async () => {
    const org = await testOrg();
    const run = await leased(await pending(org));
    await executeJob(run, rows, memory(), 1);
    // A new memory: the engine has forgotten that the last step was done.
    expect(await executeJob(run, rows, memory(), 1)).toBe("lost");
    expect(await unitsOf(org.orgId)).toBe(1);
    expect(await namesOf(org.orgId)).toHaveLength(3);
  });

  it("changes nothing once another run has the lease, wherever it is", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const old = await leased(id);
    const kept = new Map<string, string>();
    let hasLost = false;
    const stale = job(async (job) => {
      await job.step("first", (step) =>
        step.transaction((scope) =>
          scope.db.company.create({ data: { orgId: org.orgId, name: "first" }, select: { id: true } }),
        ),
      );
      await job.step("second", async (step) => {
        await loseEngine(id);
        await leased(id);
        const late = step.transaction((scope) =>
          scope.db.company.create({ data: { orgId: org.orgId, name: "late" }, select: { id: true } }),
        );
        await expect(late).rejects.toThrow(JobLost);
        hasLost = true;
        return {};
      });
      return { never: 1 };
    });
    expect(await executeJob(old, stale, memory(kept), 1)).toBe("lost");
    expect(hasLost).toBe(true);
    expect(await namesOf(org.orgId)).toEqual(["first"]);
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING", dispatch: 2, error_code: null });
  });

  it("changes nothing once the engine has called again, though the run is the same", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const first = await leased(id, "run-1");
    const twice = job(async (job) => {
      await job.step("only", async (step) => {
        const second = await leased(id, "run-1");
        const late = step.transaction((scope) =>
          scope.db.company.create({ data: { orgId: org.orgId, name: "late" }, select: { id: true } }),
        );
        await expect(late).rejects.toThrow(JobLost);
        expect(await executeJob(second, rows, memory(), 1)).toBe("completed");
        return {};
      });
      return { never: 1 };
    });
    expect(await executeJob(first, twice, memory(), 1)).toBe("lost");
    expect(await namesOf(org.orgId)).toHaveLength(3);
    expect(await unitsOf(org.orgId)).toBe(1);
    expect(await jobRow(id)).toMatchObject({ status: "COMPLETED", error_code: null });
  });

  it("does not repeat a step that an earlier dispatch has done, and hands on its answer", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const calls: string[] = [];
    const work = job(async (job) => {
      const { token } = await job.step("once", async () => {
        calls.push("once");
        return { token: calls.length };
      });
      await job.step("then", async () => {
        calls.push("then");
        if (calls.length < 3) throw new Error("the process dies here");
        return {};
      });
      return { token };
    });
    await expect(executeJob(await leased(id), work, memory(), 1)).rejects.toThrow(StepFailed);
    await loseEngine(id);
    expect(await executeJob(await leased(id), work, memory(), 1)).toBe("completed");
    expect(calls).toEqual(["once", "then", "then"]);
    expect(await jobRow(id)).toMatchObject({ result: { token: 1 } });
  });

  it("goes on elsewhere after 50 steps, holding nothing any more", async () => {
    const org = await testOrg();
    const id = await pending(org, { steps: 55 });
    const run = await leased(id);
    expect(await executeJob(run, rows, memory(), 1)).toBe("elsewhere");
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING", dispatch: 2, lease_run_id: null });
    expect(await executeJob(run, rows, memory(), 1)).toBe("lost");
    expect(await executeJob(await leased(id), rows, memory(), 1)).toBe("completed");
    expect(await namesOf(org.orgId)).toEqual(Array.from({ length: 55 }, (_, at) => `row ${at}`));
  });

  it("goes on elsewhere even where the module swallows whatever its steps throw", async () => {
    const id = await pending(await testOrg());
    let hasReached = 0;
    const swallow = job(async (job) => {
      for (let at = 0; at < 60; at++) await job.step("s", async () => ({ at: hasReached++ })).catch(() => {});
      return { end: 1 };
    });
    expect(await executeJob(await leased(id), swallow, memory(), 1)).toBe("elsewhere");
    expect(hasReached).toBe(50);
    expect(await executeJob(await leased(id), swallow, memory(), 1)).toBe("completed");
    expect(hasReached).toBe(60);
  });

  it("fails with a readable cause when its input is not what the work needs", async () => {
    const id = await pending(await testOrg(), { steps: "three" });
    expect(await executeJob(await leased(id), rows, memory(), 1)).toBe("failed");
    expect(await jobRow(id)).toMatchObject({ status: "FAILED", error_code: "jobs.input_refused" });
  });

  it("tries kinds of work again that this process does not know, and fails at last", async () => {
    const run = await leased(await pending(await testOrg()));
    await expect(executeJob(run, undefined, memory(), 1)).rejects.toMatchObject({
      code: "jobs.unknown_task",
    });
    expect(await executeJob(run, undefined, memory(), 4)).toBe("failed");
  });

  it("fails where the module's own code throws between steps, once tries are used up", async () => {
    const id = await pending(await testOrg());
    const run = await leased(id);
    const broken = job(async () => {
      throw new RangeError("names pat@example.test");
    });
    await expect(executeJob(run, broken, memory(), 1)).rejects.toThrow(StepFailed);
    expect(await executeJob(run, broken, memory(), 4)).toBe("failed");
    const row = await jobRow(id);
    expect(row).toMatchObject({ status: "FAILED", error_code: "jobs.internal" });
    expect(JSON.stringify(row)).not.toContain("pat@example.test");
  });

  it("refuses a result that is more than counters and ids", async () => {
    const run = await leased(await pending(await testOrg()));
    const talkative = defineJob({
      taskType: "work",
      input: z.object({}),
      run: async () => ({ rows: [{ name: "Pat" }] }) as never,
    });
    expect(await executeJob(run, talkative, memory(), 4)).toBe("failed");
  });
});

describe("a step", () => {
  const failing = (error: unknown) =>
    job(async (job) => {
      await job.step("s", async () => {
        throw error;
      });
      return {};
    });

  it("that failed waits, alive, for its next try", async () => {
    const id = await pending(await testOrg());
    const thrown = await executeJob(await leased(id), failing(new Error("bug")), memory(), 2).catch(
      (e: unknown) => e,
    );
    expect(thrown).toMatchObject({ code: "jobs.internal", retryInMs: 20_000 });
    const [step] = await asOwner("select * from job_step where job_id = $1", [id]);
    expect(step).toMatchObject({
      name: "s",
      try: 2,
      status: "FAILED",
      error: expect.stringMatching(/on our side/),
    });
    const row = await jobRow(id);
    expect(row).toMatchObject({ status: "RUNNING", attempts: 2 });
    expect((row.heartbeat_at as Date).getTime()).toBeGreaterThan(Date.now() + 15_000);
  });

  it("that failed for the fourth time fails the job by its words", async () => {
    const id = await pending(await testOrg());
    const busy = new DomainError("unavailable", "test.down", "The shop is closed. Try later.");
    const thrown = await executeJob(await leased(id), failing(busy), memory(), 4).catch((e: unknown) => e);
    expect(thrown ?? "failed").toBe("failed");
    expect(await jobRow(id)).toMatchObject({
      status: "FAILED",
      error_message: "The shop is closed. Try later.",
    });
  });

  it("is not to blame when our own database does not answer: the try does not count", async () => {
    const id = await pending(await testOrg());
    const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const cut = job(async (job) => {
      await job.step("s", (step) =>
        step.transaction(async () => {
          throw gone;
        }),
      );
      return {};
    });
    const thrown = await executeJob(await leased(id), cut, memory(), 4).catch((e: unknown) => e);
    expect(thrown).toBeInstanceOf(RunInterrupted);
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING", error_code: null });
  });

  it("is to blame when another party does not answer, or when its own transaction is too slow", async () => {
    const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const slow = job(async (job) => {
      await job.step("s", (step) =>
        step.transaction(async (scope) => {
          await scope.db.$executeRaw`set local statement_timeout = '50ms'`;
          await scope.db.$executeRaw`select pg_sleep(1)`;
          return {};
        }),
      );
      return {};
    });
    for (const work of [failing(refused), slow]) {
      const id = await pending(await testOrg());
      expect(await executeJob(await leased(id), work, memory(), 4)).toBe("failed");
      expect(await jobRow(id)).toMatchObject({ status: "FAILED", error_code: "jobs.internal" });
    }
  });

  it("survives the end of its connection in the middle of a transaction", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const cut = job(async (job) => {
      await job.step("s", (step) =>
        step.transaction(async (scope) => {
          await scope.db.company.create({ data: { orgId: org.orgId, name: "half" }, select: { id: true } });
          await scope.db.$executeRaw`select pg_terminate_backend(pg_backend_pid())`;
          return {};
        }),
      );
      return {};
    });
    const thrown = await executeJob(await leased(id), cut, memory(), 1).catch((e: unknown) => e);
    expect(thrown).toBeInstanceOf(RunInterrupted);
    expect(await namesOf(org.orgId)).toEqual([]);
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING" });
  });

  it("is stopped when its time is over, hears of it, and can write nothing more", async () => {
    const org = await testOrg();
    const id = await pending(org);
    let heard: unknown;
    let late: Promise<unknown> | undefined;
    const slow = job(
      async (job) => {
        await job.step("s", async (step) => {
          await new Promise((resolve) => step.signal.addEventListener("abort", resolve));
          heard = step.signal.reason;
          late = step.transaction((scope) =>
            scope.db.company.create({ data: { orgId: org.orgId, name: "late" }, select: { id: true } }),
          );
          await late;
          return {};
        });
        return {};
      },
      { stepTimeoutMs: 200 },
    );
    const thrown = await executeJob(await leased(id), slow, memory(), 1).catch((e: unknown) => e);
    expect(thrown).toMatchObject({ code: "jobs.step_timed_out" });
    expect(heard).toMatchObject({ code: "jobs.step_timed_out" });
    await expect(late).rejects.toThrow(JobLost);
    expect(await namesOf(org.orgId)).toEqual([]);
  });

  it("hears long before its step would time out that its job was cancelled, though it writes nothing", async () => {
    const org = await testOrg();
    const id = await pending(org);
    let startedAt = 0;
    const waiting = job(async (job) => {
      await job.step("s", async (step) => {
        startedAt = Date.now();
        void withTenant(org.owner, (scope) => cancelJob(scope, { id }));
        await new Promise((resolve) => step.signal.addEventListener("abort", resolve));
        return {};
      });
      return {};
    });
    expect(await executeJob(await leased(id), waiting, memory(), 1)).toBe("lost");
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    expect(await jobRow(id)).toMatchObject({ status: "CANCELLED" });
  });

  it("beats the heart while it works, so that long work is never taken for lost", async () => {
    const id = await pending(await testOrg());
    const long = job(async (job) => {
      await job.step("s", async () => {
        await new Promise((resolve) => setTimeout(resolve, 2_600));
        await asOwner(
          "update outbox_event set sent_at = now() - interval '1 hour' where event_id like $1 || ':%'",
          [id],
        );
        expect(await resendLostJobs()).toBe(0);
        return {};
      });
      return {};
    });
    expect(await executeJob(await leased(id), long, memory(), 1)).toBe("completed");
  });

  it("has 20 seconds by its own count", async () => {
    const run = await leased(await pending(await testOrg()));
    let left = 0;
    await executeJob(
      run,
      job(async (job) => {
        await job.step("s", async (step) => {
          left = step.timeLeftMs();
          return {};
        });
        return {};
      }),
      memory(),
      1,
    );
    expect(left).toBeGreaterThan(19_000);
    expect(left).toBeLessThanOrEqual(20_000);
  });

  it("tells progress to the feed at most once a second, and keeps every number in the row", async () => {
    const org = await testOrg();
    const id = await pending(org);
    const busy = job(async (job) => {
      await job.step("s", async (step) => {
        for (let done = 1; done <= 20; done++) {
          await step.transaction((scope) =>
            step.progress(scope, { done, total: 20.9, note: "x".repeat(300) }),
          );
        }
        return {};
      });
      return {};
    });
    await executeJob(await leased(id), busy, memory(), 1);
    expect(await jobRow(id)).toMatchObject({
      progress_done: "20",
      progress_total: "20",
      progress_note: "x".repeat(200),
    });
    const told = await asOwner(
      "select 1 from job_event where job_id = $1 and payload->'progress'->>'done' <> '0' and payload->>'status' = 'RUNNING'",
      [id],
    );
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it("closes the try that a killed process left open", async () => {
    const id = await pending(await testOrg());
    const run = await leased(id);
    // The process dies inside the step: neither an answer nor an error is ever heard.
    const stuck = job(async (job) => {
      await job.step("s", () => new Promise<never>(() => {}));
      return {};
    });
    void executeJob(run, stuck, memory(), 1).catch(() => {});
    await vi.waitFor(async () =>
      expect(await asOwner("select 1 from job_step where job_id = $1", [id])).toHaveLength(1),
    );
    const done = job(async (job) => {
      await job.step("s", async () => ({}));
      return {};
    });
    expect(await executeJob(run, done, memory(), 2)).toBe("completed");
    expect(
      await asOwner(
        "select try, status, error is not null as told from job_step where job_id = $1 order by try",
        [id],
      ),
    ).toEqual([
      { try: 1, status: "FAILED", told: true },
      { try: 2, status: "COMPLETED", told: false },
    ]);
  });
});

describe("a run that the engine gave up", () => {
  it("leaves its job to the sweeper when the process or the network was at fault", async () => {
    const id = await pending(await testOrg());
    await leased(id, "run");
    const event = await eventOf(id);
    for (const message of [
      "Your server reset the connection",
      "interrupted:kernel.database_unavailable",
      undefined,
    ]) {
      expect(await closeGivenUpRun(event, "run", { ...(message && { message }) })).toBe("left as it is");
    }
    expect(await jobRow(id)).toMatchObject({ status: "RUNNING" });
  });

  it("fails its job by the words of the last step when that could not be told before", async () => {
    const id = await pending(await testOrg());
    const run = await leased(id, "run");
    await executeJob(
      run,
      job(async (job) => {
        await job.step("s", async () => {
          throw new DomainError("unavailable", "test.down", "The shop is closed.");
        });
        return {};
      }),
      memory(),
      1,
    ).catch(() => {});
    expect(await closeGivenUpRun(await eventOf(id), "run", { message: "test.down" })).toBe("failed");
    expect(await jobRow(id)).toMatchObject({
      status: "FAILED",
      error_code: "test.down",
      error_message: "The shop is closed.",
    });
    expect(await closeGivenUpRun(await eventOf(id), "run", { message: "test.down" })).toBe("left as it is");
  });

  it("fails its job with plain words when no step has left any", async () => {
    const id = await pending(await testOrg());
    await leased(id, "run");
    expect(await closeGivenUpRun(await eventOf(id), "run", { message: "test.down" })).toBe("failed");
    expect(await jobRow(id)).toMatchObject({ status: "FAILED", error_code: "jobs.internal" });
  });
});

describe("killed anywhere, any number of times", () => {
  class Killed extends Error {}

  /** Dies before or after a piece of work, as often as `kills` says; after it, nobody hears that it was done. */
  const deadly = (
    kept: Map<string, string>,
    kills: { before: number; after: number },
    chance: () => number,
  ): StepMemory => {
    const inner = memory(kept);
    return async (name, work) => {
      if (kept.has(name)) return inner(name, work);
      if (kills.before > 0 && chance() < 0.25) {
        kills.before--;
        throw new Killed();
      }
      const answer = await work();
      if (kills.after > 0 && chance() < 0.25) {
        kills.after--;
        throw new Killed();
      }
      return inner(name, async () => answer);
    };
  };

  it("every row is there once, in order, and one unit is counted", async () => {
    for (let round = 0; round < 12; round++) {
      const org = await testOrg({ members: ["member"] });
      const id = await pending(org, { steps: 8 });
      // As a module does it: what is done is told by its own rows, moved in the transaction that does the work.
      const resumable = job(async (job) => {
        for (let isDone = false; !isDone;) {
          ({ isDone } = await job.step("rows", (step) =>
            step.transaction(async (scope) => {
              const at = await scope.db.company.count();
              if (at >= 8) return { isDone: true };
              await scope.db.company.create({
                data: { orgId: org.orgId, name: `row ${at}` },
                select: { id: true },
              });
              return { isDone: false };
            }),
          ));
        }
        return { rows: 8 };
      });
      const kills = { before: 4, after: 4 };
      let seed = round * 7919 + 1;
      const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
      let kept = new Map<string, string>();
      let runId = newId();
      for (let isOver = false; !isOver;) {
        const opened = await openRun(await eventOf(id), runId);
        if ("ended" in opened) break;
        const ended = await executeJob(opened.run, resumable, deadly(kept, kills, chance), 1).catch(
          (error: unknown) => {
            if (error instanceof Killed || error instanceof StepFailed) return "killed";
            throw error;
          },
        );
        isOver = ended === "completed" || ended === "lost";
        // The process alone: the engine calls again with what it knows. Or the engine too: the sweeper sends a new one.
        const isEngineGone = ended === "killed" && chance() < 0.5;
        if (isEngineGone && (await jobRow(id)).status === "RUNNING") {
          await loseEngine(id);
          kept = new Map();
          runId = newId();
        }
      }
      expect(await jobRow(id)).toMatchObject({ status: "COMPLETED" });
      expect(await namesOf(org.orgId)).toEqual(Array.from({ length: 8 }, (_, at) => `row ${at}`));
      expect(await unitsOf(org.orgId)).toBe(1);
    }
  }, 120_000);
});
