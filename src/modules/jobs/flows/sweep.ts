/** What the sweeper does for jobs, whether or not the engine is there. Each turn is one transaction under a lock. */
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { heldNamespaces } from "~/modules/features";
import { releaseUsageIn } from "~/modules/metering";
import { notifyIn } from "~/modules/notifications";
import { env } from "~/server/config/env";
import type { SystemScope } from "~/server/db/with-system";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { sendSoon, sendUnsent } from "~/server/events/outbox";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { stalled } from "../errors";
import { announceJob } from "../queries";
import {
  lockDueJobs,
  lockSilentJobs,
  purgeFeed,
  purgeOutbox,
  type JobRow,
  type SilentJob,
} from "../queries/system";
import { envelopeOf, eventIdOf, isLost, MAX_STALLS, queueName, usageOf } from "../rules";

/** Writes the event of a job's dispatch beside the change of the job itself. */
async function dispatchJob(
  { db }: SystemScope,
  job: JobRow,
  change: { dispatch: number; stalls: number },
): Promise<void> {
  const eventId = eventIdOf({ ...job, dispatch: change.dispatch });
  await db.job.update({
    where: { id: job.id },
    data: { ...change, eventId, leaseRunId: null, ...(job.status === "SCHEDULED" && { status: "PENDING" }) },
    select: { id: true },
  });
  await db.outboxEvent.create({
    data: { orgId: job.orgId, eventId, name: queueName(job.namespace, job.queue), data: envelopeOf(job) },
    select: { id: true },
  });
}

/** Starts the jobs whose time has come by `clock.now()`. @returns how many. */
export async function startDueJobs(): Promise<number> {
  const started = await inTurn("due jobs", async (scope) => {
    const due = await lockDueJobs(scope, clock.now(), heldNamespaces());
    for (const job of due) {
      await dispatchJob(scope, job, { dispatch: job.dispatch, stalls: 0 });
      await announceJob(scope.db, job.id);
    }
    return due.length;
  });
  if (started) sendSoon();
  return started ?? 0;
}

/** Sends again what gives no sign of life, and ends what never got further. @returns how many were sent again. */
export async function resendLostJobs(): Promise<number> {
  const staleAfterS = env().JOB_STALE_AFTER_S;
  const resent = await inTurn("lost jobs", async (scope) => {
    const lost = (await lockSilentJobs(scope, staleAfterS, heldNamespaces())).filter((job) =>
      isLost(job, staleAfterS),
    );
    for (const job of lost) {
      // A job that nobody ever took waits for an engine; one that was taken and never got on is broken itself.
      if (job.status === "RUNNING" && job.stalls >= MAX_STALLS) await giveUp(scope, job);
      else await dispatchJob(scope, job, { dispatch: job.dispatch + 1, stalls: job.stalls + 1 });
      logger().info(
        {
          job_id: job.id,
          silent_ms: Math.round(job.silentMs),
          stalls: job.stalls,
          correlation_id: job.correlationId,
        },
        "a job gave no sign of life; it was sent again",
      );
    }
    return lost.length;
  });
  if (resent) {
    metrics().jobsRedispatched.inc(resent);
    sendSoon();
  }
  return resent ?? 0;
}

async function giveUp(scope: SystemScope, job: SilentJob): Promise<void> {
  const { code, publicMessage } = stalled();
  await scope.db.job.update({
    where: { id: job.id },
    data: {
      status: "FAILED",
      errorCode: code,
      errorMessage: publicMessage,
      finishedAt: clock.now(),
      leaseRunId: null,
    },
    select: { id: true },
  });
  await releaseUsageIn({ db: scope.db, orgId: job.orgId }, usageOf(job.id));
  await announceJob(scope.db, job.id);
  const entry = { action: "job.failed", target: { type: "job", id: job.id }, after: { code } };
  await record(scope, entry, { orgId: job.orgId });
  await notifyIn(scope, job.orgId, {
    kind: "job.failed",
    userId: job.userId,
    cause: `job:${job.id}`,
    targetId: job.id,
    detail: { taskType: job.taskType, code },
  });
  metrics().jobsFinished.inc({ task_type: job.taskType, status: "FAILED" });
}

const purge = () => inTurn("purge jobs", async (scope) => [await purgeFeed(scope), await purgeOutbox(scope)]);

/** The timers of this slice; `wiring/sweeps.ts` lists them. */
export const jobSweeps = (): Sweep[] => [
  { name: "outbox", everyMs: 2_000, turn: sendUnsent },
  { name: "due jobs", everyMs: 5_000, turn: startDueJobs },
  {
    name: "lost jobs",
    everyMs: Math.min(10_000, (env().JOB_STALE_AFTER_S * 1_000) / 4),
    turn: resendLostJobs,
  },
  { name: "purge jobs", everyMs: 10 * 60_000, turn: purge },
];
