import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError, ERROR_FACES, type ErrorKind } from "~/kernel/errors";
import { newId } from "~/server/db/ids";
import {
  envelopeOf,
  eventIdOf,
  isFinished,
  isJobEvent,
  isLost,
  isNews,
  isTrueOf,
  isWorthRetrying,
  mustGoOnElsewhere,
  QUEUE_LIMITS,
  queueName,
  retryDelayMs,
} from "./rules";
import { JobEventData, readEnvelope } from "./schema";

const job = {
  id: newId(),
  orgId: newId(),
  userId: newId(),
  taskType: "import",
  correlationId: "0197-correlation",
  attempts: 1,
  dispatch: 7,
};
const event = { id: eventIdOf(job), data: envelopeOf(job) };

describe("envelopes", () => {
  it("name queue, job, try and dispatch as the contract has them", () => {
    expect(queueName("default", "queue")).toBe("jobs:default:queue");
    expect(event.id).toBe(`${job.id}:1:7`);
    expect(event.data).toEqual({
      job_id: job.id,
      attempt: 1,
      correlation_id: "0197-correlation",
      task_type: "import",
      meta: { user_id: job.userId, org_id: job.orgId },
    });
  });

  it("are read back with their dispatch", () => {
    expect(readEnvelope(event)).toEqual({ envelope: event.data, dispatch: 7 });
  });

  const { meta } = event.data;
  it.each([
    ["an extra field", { ...event.data, extra: 1 }],
    ["an extra field in meta", { ...event.data, meta: { ...meta, role: "owner" } }],
    ["no organization", { ...event.data, meta: { user_id: meta.user_id } }],
    ["a fifth attempt", { ...event.data, attempt: 5 }],
    ["an attempt of 0", { ...event.data, attempt: 0 }],
    ["a job id that is none", { ...event.data, job_id: "1; drop table job" }],
    ["a task type of strange letters", { ...event.data, task_type: "Import me" }],
    ["no data at all", undefined],
    ["text", "job"],
  ])("are refused whole with %s", (_what, data) => {
    expect(readEnvelope({ id: event.id, data })).toBeNull();
  });

  it.each([
    ["is missing", undefined],
    ["is of another job", `${newId()}:1:7`],
    ["is of another attempt", `${job.id}:2:7`],
    ["has no dispatch", `${job.id}:1`],
    ["has a dispatch of 0", `${job.id}:1:0`],
    ["has more parts", `${job.id}:1:7:7`],
  ])("are refused when the event's id %s", (_what, id) => {
    expect(readEnvelope({ id, data: event.data })).toBeNull();
  });

  it("are true of their own job only", () => {
    expect(isTrueOf(event.data, job)).toBe(true);
    for (const other of [
      { orgId: newId() },
      { userId: newId() },
      { taskType: "export" },
      { correlationId: "other" },
    ]) {
      expect(isTrueOf(event.data, { ...job, ...other })).toBe(false);
    }
  });
});

describe("tries", () => {
  it("wait four times longer each time", () => {
    expect([1, 2, 3].map((tries) => retryDelayMs(tries, 5_000))).toEqual([5_000, 20_000, 80_000]);
  });

  it("follow the one error table, and every failure without public words is worth another", () => {
    for (const kind of Object.keys(ERROR_FACES) as ErrorKind[]) {
      expect(isWorthRetrying(new DomainError(kind, "x.y", "Words."))).toBe(ERROR_FACES[kind].retry);
    }
    expect(isWorthRetrying(new TypeError("a bug"))).toBe(true);
  });
});

describe("a run", () => {
  it("goes on elsewhere after 50 steps, or after 10 minutes once it has done one", () => {
    expect(mustGoOnElsewhere({ steps: 49, elapsedMs: 599_999 })).toBe(false);
    expect(mustGoOnElsewhere({ steps: 50, elapsedMs: 0 })).toBe(true);
    expect(mustGoOnElsewhere({ steps: 1, elapsedMs: 600_000 })).toBe(true);
    expect(mustGoOnElsewhere({ steps: 0, elapsedMs: 600_000 })).toBe(false);
  });

  it("has ended in three of the six states", () => {
    expect((["SCHEDULED", "PENDING", "RUNNING"] as const).some(isFinished)).toBe(false);
    expect((["COMPLETED", "FAILED", "CANCELLED"] as const).every(isFinished)).toBe(true);
  });
});

describe("a line of the feed", () => {
  const at = (status: "RUNNING" | "COMPLETED", seconds: number) => ({
    status,
    updatedAt: new Date(seconds * 1_000),
  });

  it("is news when it is as new as what is shown, or newer", () => {
    expect(isNews(at("RUNNING", 5), at("RUNNING", 5))).toBe(true);
    expect(isNews(at("RUNNING", 4), at("RUNNING", 5))).toBe(false);
  });

  it("is news when it tells of an end, and none when an end is shown", () => {
    expect(isNews(at("COMPLETED", 4), at("RUNNING", 5))).toBe(true);
    expect(isNews(at("RUNNING", 6), at("COMPLETED", 5))).toBe(false);
  });
});

describe("isJobEvent", () => {
  const line = {
    id: newId(),
    task_type: "import",
    status: "RUNNING",
    attempts: 1,
    updated_at: "2026-11-21T08:00:00.000Z",
    progress: { done: 3, total: 10, note: "3 of 10" },
    error: null,
  };
  const told: unknown[] = [
    line,
    { ...line, status: "FAILED", error: { code: "crm.unreadable", message: "It could not be read." } },
    { ...line, progress: { done: 0, total: null, note: null } },
    { ...line, id: 7 },
    { ...line, task_type: null },
    { ...line, status: "DONE" },
    { ...line, attempts: 1.5 },
    { ...line, updated_at: "yesterday" },
    { ...line, updated_at: 0 },
    { ...line, progress: null },
    { ...line, progress: { done: -1, total: 10, note: null } },
    { ...line, progress: { done: 1, total: "10", note: null } },
    { ...line, progress: { done: 1, total: 10, note: 5 } },
    { ...line, error: { code: "crm.unreadable" } },
    { ...line, error: "failed" },
    { ...line, error: undefined },
    null,
    "job",
    [],
  ];
  it.each(told)("says of %j what the schema says", (data) => {
    expect(isJobEvent(data)).toBe(JobEventData.safeParse(data).success);
  });
  it("takes a line, and refuses what is none", () => {
    expect(told.map(isJobEvent)).toEqual([true, true, true, ...told.slice(3).map(() => false)]);
  });
});

describe("a silent job", () => {
  const silence = { silentMs: 90_000, stalls: 0, aliveOfOrg: 0, aliveOfQueue: 0 };

  it("is lost after the given time where its queue had room", () => {
    expect(isLost(silence, 90)).toBe(true);
    expect(isLost({ ...silence, silentMs: 89_999 }, 90)).toBe(false);
  });

  it("waits for its turn while its organization, or the queue, is fully at work", () => {
    expect(isLost({ ...silence, aliveOfOrg: QUEUE_LIMITS.perOrg }, 90)).toBe(false);
    expect(isLost({ ...silence, aliveOfQueue: QUEUE_LIMITS.total }, 90)).toBe(false);
    expect(isLost({ ...silence, aliveOfOrg: QUEUE_LIMITS.perOrg - 1 }, 90)).toBe(true);
  });

  it("is lost at last, however busy the queue", () => {
    expect(isLost({ ...silence, aliveOfOrg: 4, silentMs: 20 * 90_000 }, 90)).toBe(true);
  });

  it("is given twice as long after each fruitless dispatch, at most eight times", () => {
    fc.assert(
      fc.property(fc.nat(40), (stalls) => {
        const afterMs = 90_000 * Math.min(8, 2 ** stalls);
        expect(isLost({ ...silence, stalls, silentMs: afterMs - 1 }, 90)).toBe(false);
        expect(isLost({ ...silence, stalls, silentMs: afterMs }, 90)).toBe(true);
      }),
    );
  });
});
