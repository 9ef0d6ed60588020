/**
 * What a run of the engine writes about its job. Each begins by locking the row and checking the lease, in the same
 * transaction as what it writes, so that a run that lost it can change nothing.
 */
import { clock } from "~/kernel/clock";
import { DomainError } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { commitUsage, releaseUsage } from "~/modules/metering";
import { notify } from "~/modules/notifications";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import { failedInside } from "../errors";
import {
  announceJob,
  lockAndBeat,
  lockForLease,
  moveProgress,
  openStep,
  type Asking,
  type Held,
} from "../queries";
import { envelopeOf, eventIdOf, queueName, usageOf } from "../rules";
import type { JobProgress, JobResult } from "../schema";

/** The run may not write any more: the job was cancelled, ended, or sent again. It stops without a word. */
export class JobLost extends Error {
  override readonly name = "JobLost";
}

/** Locks the job and beats its heart. @throws JobLost when this run holds the lease no more. */
export async function holdJob(scope: TenantScope, held: Held): Promise<void> {
  if (!(await lockAndBeat(scope, held))) throw new JobLost();
}

/**
 * Takes the lease for a call of a run, from an earlier call of the same run too, which can write nothing from then on.
 * `suspended` when the organization is: its jobs wait, they do not fail, but for those that take its data out. A second run of the same dispatch, or one of an
 * earlier dispatch, comes too late.
 */
export async function leaseJob(scope: TenantScope, asking: Asking): Promise<Held | "lost" | "suspended"> {
  const { jobId, dispatch, runId } = asking;
  const job = await lockForLease(scope, jobId);
  if (!job || job.dispatch !== dispatch) return "lost";
  if (job.status !== "PENDING" && job.status !== "RUNNING") return "lost";
  if (job.leaseRunId !== null && job.leaseRunId !== runId) return "lost";
  const where = { id: jobId };
  if (job.isHeld) {
    await scope.db.job.update({ where, data: { status: "PENDING", leaseRunId: null }, select: { id: true } });
    if (job.status === "RUNNING") await announceJob(scope.db, jobId);
    return "suspended";
  }
  const isNew = job.leaseRunId === null;
  // While it waited for an engine, being sent again was no fault of the job.
  const taken = { status: "RUNNING", leaseRunId: runId, ...(job.status === "PENDING" && { stalls: 0 }) };
  const { leaseCall } = await scope.db.job.update({
    where,
    data: { leaseCall: { increment: 1 }, ...(isNew && taken) },
    select: { leaseCall: true },
  });
  if (isNew) {
    await scope.db.job.updateMany({ where: { ...where, startedAt: null }, data: { startedAt: clock.now() } });
    await announceJob(scope.db, jobId);
  }
  const held = { ...asking, call: leaseCall };
  await holdJob(scope, held);
  return held;
}

export type StepTry = { name: string; try: number };

/** Starts a try of a step. @throws JobLost */
export async function beginStep(scope: TenantScope, held: Held, step: StepTry): Promise<void> {
  await holdJob(scope, held);
  await openStep(scope, newId(), { ...step, jobId: held.jobId, dispatch: held.dispatch });
  const raised = await scope.db.job.updateMany({
    where: { id: held.jobId, attempts: { lt: step.try } },
    data: { attempts: step.try },
  });
  if (raised.count > 0) await announceJob(scope.db, held.jobId);
}

const keyOf = (scope: TenantScope, held: Held, step: StepTry) => ({
  orgId_jobId_dispatch_name_try: {
    orgId: scope.actor.orgId,
    jobId: held.jobId,
    dispatch: held.dispatch,
    ...step,
  },
});

/** Ends a step with its answer, which later dispatches take from here. @throws JobLost */
export async function completeStep(
  scope: TenantScope,
  held: Held,
  step: StepTry,
  answer: unknown,
): Promise<void> {
  await holdJob(scope, held);
  const value = answer === undefined ? null : answer;
  await scope.db.jobStep.update({
    where: keyOf(scope, held, step),
    data: { status: "COMPLETED", finishedAt: new Date(), answer: { value } as object },
    select: { id: true },
  });
  await scope.db.job.update({ where: { id: held.jobId }, data: { stalls: 0 }, select: { id: true } });
}

/**
 * Ends a try of a step that failed. With `retryInMs` the job stays alive that long, waiting; without, it has failed.
 * @throws JobLost
 */
export async function failStep(
  scope: TenantScope,
  held: Held,
  step: StepTry,
  { cause, retryInMs }: { cause: DomainError; retryInMs: number | null },
): Promise<void> {
  await holdJob(scope, held);
  await scope.db.jobStep.update({
    where: keyOf(scope, held, step),
    data: { status: "FAILED", finishedAt: new Date(), error: cause.publicMessage },
    select: { id: true },
  });
  if (retryInMs === null) {
    await failHeldJob(scope, held.jobId, cause);
    return;
  }
  await scope.db.$executeRaw`
    UPDATE job SET heartbeat_at = clock_timestamp() + ${retryInMs} * interval '1 millisecond', stalls = 0
    WHERE id = ${held.jobId}::uuid`;
}

/** Sets the job FAILED with a readable cause. @throws JobLost */
export async function failJob(scope: TenantScope, held: Held, cause: DomainError): Promise<"failed"> {
  await holdJob(scope, held);
  return failHeldJob(scope, held.jobId, cause);
}

/**
 * Sets the job FAILED by the words its last failed step has left, under the code the engine was given.
 * @throws JobLost
 */
export async function failJobByLastStep(scope: TenantScope, held: Held, code: string): Promise<void> {
  await holdJob(scope, held);
  const last = await scope.db.jobStep.findFirst({
    where: { jobId: held.jobId, status: "FAILED", error: { not: null } },
    orderBy: { startedAt: "desc" },
    select: { error: true },
  });
  const cause = last?.error ? new DomainError("internal", code, last.error) : failedInside(undefined);
  await failHeldJob(scope, held.jobId, cause);
}

/** Failed work costs nothing: what was reserved for it is given back. */
async function failHeldJob(scope: TenantScope, jobId: string, cause: DomainError): Promise<"failed"> {
  await releaseUsage(scope, usageOf(jobId));
  const { code, publicMessage } = cause;
  const { userId, taskType } = await scope.db.job.update({
    where: { id: jobId },
    data: { status: "FAILED", errorCode: code, errorMessage: publicMessage, finishedAt: clock.now() },
    select: { userId: true, taskType: true },
  });
  await announceJob(scope.db, jobId);
  await notify(scope, {
    kind: "job.failed",
    userId,
    cause: `job:${jobId}`,
    targetId: jobId,
    detail: { taskType, code },
  });
  await record(scope, { action: "job.failed", target: { type: "job", id: jobId }, after: { code } });
  return "failed";
}

/**
 * Sets the job COMPLETED and counts its one unit, in one transaction: neither exists without the other, and whoever
 * comes again finds the lease gone. A job whose reservation has expired meanwhile, and for which the plan has no room any
 * more, fails instead: there is no completed job without its unit. @throws JobLost
 */
export async function completeJob(
  scope: TenantScope,
  held: Held,
  result: JobResult,
): Promise<"completed" | "failed"> {
  await holdJob(scope, held);
  const finishedAt = clock.now();
  const { meter, key } = usageOf(held.jobId);
  try {
    await commitUsage(scope, {
      meter,
      quantity: 1,
      idempotencyKey: key,
      occurredAt: finishedAt,
      source: { type: "job", id: held.jobId },
    });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "limit") return failHeldJob(scope, held.jobId, error);
    throw error;
  }
  const { userId, taskType } = await scope.db.job.update({
    where: { id: held.jobId },
    data: { status: "COMPLETED", result, finishedAt },
    select: { userId: true, taskType: true },
  });
  await announceJob(scope.db, held.jobId);
  await notify(scope, {
    kind: "job.completed",
    userId,
    cause: `job:${held.jobId}`,
    targetId: held.jobId,
    detail: { taskType },
  });
  await record(scope, {
    action: "job.completed",
    target: { type: "job", id: held.jobId },
    after: { result },
  });
  return "completed";
}

/** Hands the rest of the job to a new run, by a new event. This run holds nothing afterwards. @throws JobLost */
export async function goOnElsewhere(scope: TenantScope, held: Held): Promise<"elsewhere"> {
  await holdJob(scope, held);
  const job = await scope.db.job.findUniqueOrThrow({ where: { id: held.jobId } });
  const dispatch = job.dispatch + 1;
  const eventId = eventIdOf({ ...job, dispatch });
  await scope.db.job.update({
    where: { id: held.jobId },
    data: { dispatch, eventId, leaseRunId: null },
    select: { id: true },
  });
  await scope.emit({ id: eventId, name: queueName(job.namespace, job.queue), data: envelopeOf(job) });
  return "elsewhere";
}

/** Moves the progress of a job whose row this transaction has locked. Whole numbers; the feed hears it once a second. */
export async function reportProgress(
  scope: TenantScope,
  jobId: string,
  { done, total = null, note = null }: { done: number; total?: number | null; note?: string | null },
): Promise<void> {
  const whole = (value: number) => Math.max(0, Math.floor(value));
  const progress: JobProgress = {
    done: whole(done),
    total: total === null ? null : whole(total),
    note: note === null ? null : note.slice(0, 200),
  };
  await moveProgress(scope, jobId, progress);
}
