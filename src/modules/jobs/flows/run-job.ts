/**
 * One run of a job: the lease, its steps, its end. Knows no engine: `functions.ts` gives it a memory of steps and the
 * number of the try, and turns what it throws into the engine's words.
 */
import type { z } from "zod";
import type { OrgActor } from "~/kernel/actor";
import { DomainError } from "~/kernel/errors";
import { heldNamespaces } from "~/modules/features";
import { asDomainError, databaseCode } from "~/server/db/failure";
import { env } from "~/server/config/env";
import { readTenant, withTenant, type TenantScope } from "~/server/db/with-tenant";
import { readSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { failedInside, inputRefused, stepTimedOut, unknownTask } from "../errors";
import { beatUnlessLocked, earlierAnswers, type Held } from "../queries";
import { jobOfEnvelope } from "../queries/system";
import {
  isFinalTry,
  isTrueOf,
  isWorthRetrying,
  mustGoOnElsewhere,
  queueName,
  retryDelayMs,
  FIRST_RETRY_AFTER_MS,
  STEP_BUDGET_MS,
  STEP_TIMEOUT_MS,
} from "../rules";
import { JobResult, readEnvelope, type JobNamespace } from "../schema";
import {
  beginStep,
  completeJob,
  completeStep,
  failJob,
  failJobByLastStep,
  failStep,
  goOnElsewhere,
  holdJob,
  JobLost,
  leaseJob,
  reportProgress,
  type StepTry,
} from "../service/run-job";

/** What the work inside one step may do: transactions, or one call outside. */
export type JobStep = {
  /**
   * One transaction of the job's organization. Its first statement locks the job's row, checks that this run may still
   * write, and beats its heart. @throws JobLost when it may not.
   */
  transaction<T>(work: (scope: TenantScope) => Promise<T>): Promise<T>;
  /** Inside a transaction, with its scope: tells how far the job is, in whole units of the module's choice. */
  progress(
    scope: TenantScope,
    progress: { done: number; total?: number | null; note?: string },
  ): Promise<void>;
  /** Milliseconds left of the 20 s a step may work by its own count; leave the rest to the next step. */
  timeLeftMs(): number;
  /** Fires when the step's time is over and when the job is cancelled: hand it to whatever may take long. */
  signal: AbortSignal;
};

export type JobRun<Input> = {
  jobId: string;
  /** Acts for the member who asked, with role `job`. */
  actor: OrgActor;
  input: Input;
  /**
   * One durable step. Done once it is not repeated, whatever is killed; interrupted it is, so it is idempotent. The answer
   * is kept by the engine: ids and counters only. A name used again counts up by itself. A step that fails for good fails
   * the job: there is nothing to catch.
   */
  step<T>(name: string, work: (step: JobStep) => Promise<T>): Promise<T>;
};

export type JobDefinition<Input = unknown> = {
  namespace: JobNamespace;
  queue: string;
  taskType: string;
  input: z.ZodType<Input>;
  /** Milliseconds after which a step is stopped. */
  stepTimeoutMs: number;
  /** Milliseconds before the second try; each further one waits four times longer. */
  firstRetryAfterMs: number;
  run: (job: JobRun<Input>) => Promise<JobResult>;
};

type Asked<Schema extends z.ZodType> = {
  namespace?: JobNamespace;
  queue?: string;
  taskType: string;
  input: Schema;
  stepTimeoutMs?: number;
  firstRetryAfterMs?: number;
  /** @returns counters and ids, shown as the job's result. */
  run: (job: JobRun<z.infer<Schema>>) => Promise<JobResult>;
};

/** All that a module writes to have durable work of its own. */
export const defineJob = <Schema extends z.ZodType>(asked: Asked<Schema>): JobDefinition => ({
  namespace: "default",
  queue: "queue",
  stepTimeoutMs: STEP_TIMEOUT_MS,
  firstRetryAfterMs: FIRST_RETRY_AFTER_MS,
  ...asked,
  // The registry holds definitions of all inputs; `executeJob` parses with the definition's own schema before it calls `run`.
  run: asked.run as JobDefinition["run"],
});

/**
 * A try that failed, for the engine: a code, never words. The engine tries again, or knows that it is over; on the last
 * try the job has been told.
 */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  constructor(
    readonly code: string,
    /** Null when it failed for good. */
    readonly retryInMs: number | null,
  ) {
    super(code);
  }
}

const INTERRUPTED = "interrupted:";

/** Our own database did not answer. No fault of the job: the engine tries again, then the sweeper does. */
export class RunInterrupted extends Error {
  override readonly name = "RunInterrupted";
  /** Null when the engine has tried often enough. */
  readonly retryInMs: number | null;
  constructor(error: unknown, tries: number | null) {
    super(INTERRUPTED + asDomainError(error).code, { cause: error });
    this.retryInMs = tries === null ? null : retryDelayMs(tries, 1_000);
  }
}

/** Timeouts of a statement or of a transaction: the work is too slow, and that is its own fault. */
const TOO_SLOW = new Set(["57014", "25P03", "25P04"]);
const isDatabaseGone = (error: unknown): boolean =>
  asDomainError(error).code === "kernel.database_unavailable" &&
  !TOO_SLOW.has(databaseCode(error) ?? "") &&
  !/Transaction already closed/i.test((error as Error).message);

/** A transaction of the run's organization, in which a database that is not there is told from work that fails. */
const transact = <T>(run: Run, tries: number, work: (scope: TenantScope) => Promise<T>): Promise<T> =>
  withTenant(run.actor, work).catch((error: unknown) => {
    throw isDatabaseGone(error) ? new RunInterrupted(error, tries) : error;
  });

/** The engine hands a step's final failure to the run as an error of its own that carries our code as its message. */
const isFromStep = (error: unknown): error is Error =>
  error instanceof StepFailed || (error as Error | null)?.name === "StepError";
const isInterruption = (error: unknown): boolean =>
  error instanceof RunInterrupted || (isFromStep(error) && error.message.startsWith(INTERRUPTED));

export type Run = Held & {
  actor: OrgActor;
  taskType: string;
  input: unknown;
  /** Answers of steps that runs of earlier dispatches have completed. */
  answers: Map<string, unknown>;
};

export type Opened = { run: Run } | { ended: "refused" | "lost" | "suspended" | "held" };

/**
 * From what the engine hands over to a run that may write. The tenant comes from the row, never from the event: an
 * envelope that says anything else than the row is refused, and logged without its content.
 */
export async function openRun(
  event: { id?: string; name: string; data: unknown },
  runId: string,
): Promise<Opened> {
  const read = readEnvelope(event);
  if (!read) return refuse("its form", event.name);
  const { envelope, dispatch } = read;
  const trace = { correlationId: envelope.correlation_id, address: null };
  const job = await readSystem({ reason: "load the job of an envelope", trace }, (scope) =>
    jobOfEnvelope(scope, envelope.job_id),
  );
  if (!job) return refuse("its job, which does not exist", event.name);
  if (!isTrueOf(envelope, job)) return refuse("what it says of its job", event.name, job.id);
  if (queueName(job.namespace, job.queue) !== event.name) return refuse("its queue", event.name, job.id);
  // Under a kill switch it waits, like that of a suspended organization; the sweeper sends it again when it is lifted.
  if (heldNamespaces().includes(job.namespace)) return { ended: "held" };
  const actor: OrgActor = { kind: "org", orgId: job.orgId, userId: job.userId, role: "job", trace };
  const held = await withTenant(actor, (scope) => leaseJob(scope, { jobId: job.id, dispatch, runId }));
  if (typeof held === "string") return { ended: held };
  const answers =
    dispatch > 1
      ? await readTenant(actor, (scope) => earlierAnswers(scope, job.id, dispatch))
      : new Map<string, unknown>();
  const { value } = job.input as { value: unknown };
  return { run: { ...held, actor, taskType: job.taskType, input: value, answers } };
}

function refuse(because: string, queue: string, jobId?: string): { ended: "refused" } {
  logger().warn({ queue, job_id: jobId }, `a job envelope was refused for ${because}`);
  return { ended: "refused" };
}

/** What the engine gives: each name is run once, and its answer remembered over retries and restarts of the process. */
export type StepMemory = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** What the memory keeps of a step. */
type Kept<T> = { answer: T; at: number } | { lost: true };

export type Ended = "completed" | "failed" | "lost" | "elsewhere";

/** Thrown through the module's code to leave it; caught below. */
class RunLeft extends Error {}

/**
 * Runs a leased job to its end, or as far as this run may go. `tries` is the engine's number of this try, from 1.
 * @throws StepFailed, RunInterrupted
 */
export async function executeJob(
  run: Run,
  definition: JobDefinition | undefined,
  remember: StepMemory,
  tries: number,
): Promise<Ended> {
  const held: Held = run;
  let left: Exclude<Ended, "completed" | "failed"> | undefined;
  const leave = (how: NonNullable<typeof left>): never => {
    left = how;
    throw new RunLeft(how);
  };
  /** The last words of a run: one transaction, remembered like a step. */
  const conclude = <How extends Ended>(
    name: string,
    work: (scope: TenantScope) => Promise<How>,
  ): Promise<How | "lost"> =>
    remember<How | "lost">(`job/${name}`, () =>
      withTenant<How | "lost">(run.actor, work).catch((error: unknown) => {
        if (error instanceof JobLost) return "lost" as const;
        throw new RunInterrupted(error, tries);
      }),
    );

  const counts = new Map<string, number>();
  let steps = 0;
  let firstAt: number | undefined;
  let lastAt = 0;
  const job: JobRun<unknown> = {
    jobId: run.jobId,
    actor: run.actor,
    input: undefined,
    async step<T>(asked: string, work: (step: JobStep) => Promise<T>): Promise<T> {
      if (left) return leave(left);
      const count = (counts.get(asked) ?? 0) + 1;
      counts.set(asked, count);
      const name = count === 1 ? asked : `${asked}:${count}`;
      if (run.answers.has(name)) return run.answers.get(name) as T;
      // Decided by what the memory holds, so that each replay decides the same.
      if (mustGoOnElsewhere({ steps, elapsedMs: lastAt - (firstAt ?? lastAt) })) {
        return leave(await conclude("go-on-elsewhere", (scope) => goOnElsewhere(scope, held)));
      }
      const kept = (await remember(name, () =>
        tryStep(run, definition!, { name, try: tries }, work),
      )) as Kept<T>;
      if ("lost" in kept) return leave("lost");
      steps += 1;
      firstAt ??= kept.at;
      lastAt = kept.at;
      return kept.answer;
    },
  };

  try {
    if (!definition) throw unknownTask(run.taskType);
    const input = definition.input.safeParse(run.input);
    if (!input.success) throw inputRefused(input.error);
    const answer = await definition.run({ ...job, input: input.data });
    if (left) return left;
    const result = JobResult.parse(answer);
    const ended = await conclude("complete", (scope) => completeJob(scope, held, result));
    if (ended !== "lost")
      metrics().jobsFinished.inc({
        task_type: run.taskType,
        status: ended === "completed" ? "COMPLETED" : "FAILED",
      });
    return ended;
  } catch (error) {
    if (left) return left;
    if (isInterruption(error))
      throw error instanceof RunInterrupted ? error : new RunInterrupted(error, null);
    // A step tells the job itself when it has failed for good; what the module's own code throws is told here.
    if (error instanceof StepFailed && error.retryInMs !== null) throw error;
    if (isFromStep(error)) return "failed";
    const cause = causeOf(error);
    if (isWorthRetrying(error) && !isFinalTry(tries)) {
      logger().warn(
        { err: error, job_id: run.jobId, correlation_id: run.actor.trace.correlationId },
        "job run failed",
      );
      throw new StepFailed(
        cause.code,
        retryDelayMs(tries, definition?.firstRetryAfterMs ?? FIRST_RETRY_AFTER_MS),
      );
    }
    const ended = await conclude("fail", (scope) => failJob(scope, held, cause));
    if (ended === "failed") metrics().jobsFinished.inc({ task_type: run.taskType, status: "FAILED" });
    return "failed";
  }
}

/** Public words for whoever started the job; the original is logged, never told. */
const causeOf = (error: unknown): DomainError => (error instanceof DomainError ? error : failedInside(error));

/** One try of one step: begin, work, end, each fenced by the lease. @throws StepFailed, RunInterrupted */
async function tryStep<T>(
  run: Run,
  definition: JobDefinition,
  step: StepTry,
  work: (step: JobStep) => Promise<T>,
): Promise<Kept<T>> {
  const labels = { task_type: run.taskType };
  const words = {
    job_id: run.jobId,
    step: step.name,
    try: step.try,
    correlation_id: run.actor.trace.correlationId,
  };
  try {
    await transact(run, step.try, (scope) => beginStep(scope, run, step));
    const answer = await workWithin(run, { timeoutMs: definition.stepTimeoutMs, tries: step.try }, work);
    await transact(run, step.try, (scope) => completeStep(scope, run, step, answer));
    metrics().jobSteps.inc({ ...labels, outcome: "completed" });
    return { answer, at: Date.now() };
  } catch (error) {
    if (error instanceof JobLost) {
      logger().info(words, "a run that lost its job has ended");
      metrics().jobSteps.inc({ ...labels, outcome: "lost" });
      return { lost: true };
    }
    if (error instanceof RunInterrupted) {
      logger().warn({ ...words, err: error.cause }, "job step interrupted");
      throw error;
    }
    const isFinal = !isWorthRetrying(error) || isFinalTry(step.try);
    const cause = causeOf(error);
    const retryInMs = isFinal ? null : retryDelayMs(step.try, definition.firstRetryAfterMs);
    logger().warn({ ...words, err: error, code: cause.code, final: isFinal }, "job step failed");
    metrics().jobSteps.inc({ ...labels, outcome: "failed" });
    try {
      await withTenant(run.actor, (scope) => failStep(scope, run, step, { cause, retryInMs }));
      if (isFinal) metrics().jobsFinished.inc({ ...labels, status: "FAILED" });
    } catch (untold) {
      if (untold instanceof JobLost) return { lost: true };
      logger().error({ ...words, err: untold }, "a failed step could not be written down");
      throw new RunInterrupted(untold, step.try);
    }
    throw new StepFailed(cause.code, retryInMs);
  }
}

/**
 * Does a step's work within its time. Meanwhile the job's heart beats, and its signal fires when the time is over or
 * the job is lost. Work that goes on regardless finds its transactions refused.
 * @throws jobs.step_timed_out, JobLost
 */
async function workWithin<T>(
  run: Run,
  { timeoutMs, tries }: { timeoutMs: number; tries: number },
  work: (step: JobStep) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  const stop = new AbortController();
  let isOver = false;
  const step: JobStep = {
    transaction: (inside) =>
      transact(run, tries, async (scope) => {
        if (isOver) throw new JobLost();
        await holdJob(scope, run);
        return inside(scope);
      }),
    progress: (scope, progress) => reportProgress(scope, run.jobId, progress),
    timeLeftMs: () => Math.max(0, STEP_BUDGET_MS - (performance.now() - startedAt)),
    signal: stop.signal,
  };
  let timer: NodeJS.Timeout | undefined;
  let pulse: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    const end = (error: Error) => {
      isOver = true;
      reject(error);
      stop.abort(error);
    };
    timer = setTimeout(() => end(stepTimedOut(timeoutMs)), timeoutMs);
    const beat = () =>
      readTenant(run.actor, (scope) => beatUnlessLocked(scope, run)).then(
        (isHeld) => isHeld || end(new JobLost()),
        (error: Error) => logger().warn({ err: error, job_id: run.jobId }, "a heartbeat was not written"),
      );
    pulse = setInterval(() => void beat(), pulseMs());
  });
  ended.catch(() => {}); // heard by the race below, which may be over already
  try {
    return await Promise.race([work(step), ended]);
  } finally {
    isOver = true;
    clearTimeout(timer);
    clearInterval(pulse);
  }
}

/** Often enough that a living step never looks dead, and that a cancelled one hears of it soon. */
const pulseMs = (): number => Math.min(2_000, (env().JOB_STALE_AFTER_S * 1_000) / 3);

/**
 * The engine gave a run up. Where a step of ours had told it that it was over, the job fails, should it not have yet;
 * where the process, the database or the network was at fault, the sweeper sends it again.
 */
export async function closeGivenUpRun(
  event: { id?: string; name: string; data: unknown },
  runId: string,
  error: { message?: string },
): Promise<"failed" | "left as it is"> {
  const code = /^[a-z_-]+\.[a-z_]+$/.exec(error.message ?? "")?.[0];
  const opened = code ? await openRun(event, runId) : null;
  if (!code || !opened || "ended" in opened) return "left as it is";
  const { run } = opened;
  try {
    await withTenant(run.actor, (scope) => failJobByLastStep(scope, run, code));
  } catch (lost) {
    if (lost instanceof JobLost) return "left as it is";
    throw lost;
  }
  metrics().jobsFinished.inc({ task_type: run.taskType, status: "FAILED" });
  return "failed";
}
