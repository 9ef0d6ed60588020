/** Pure decisions about jobs: names, envelopes, when to go on elsewhere, what a failure says, what is lost. */
import { DomainError, ERROR_FACES } from "~/kernel/errors";
import type { JobEnvelope, JobEventData } from "./schema";

export const JOB_STATUSES = ["SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"] as const;
type JobStatus = (typeof JOB_STATUSES)[number];

/** First try and three retries (spec §4). */
export const MAX_ATTEMPTS = 4;

/**
 * Task types that run while their organization is suspended, when all others wait: its data is its own (design decision
 * 13). What starts one asks for a permission that suspension does not stop.
 */
export const WHILE_SUSPENDED: readonly string[] = ["data-export"];

/** Name of a queue, and of the event that carries its work. Source: spec §4. */
export const queueName = (namespace: string, queue: string): string => `jobs:${namespace}:${queue}`;

/** What the engine drops repeats by. A job that is sent again has a higher dispatch, else it would be dropped as well. */
export const eventIdOf = (job: { id: string; attempts: number; dispatch: number }): string =>
  `${job.id}:${job.attempts}:${job.dispatch}`;

type Sent = {
  id: string;
  orgId: string;
  userId: string;
  taskType: string;
  correlationId: string;
  attempts: number;
};

export const envelopeOf = (job: Sent): JobEnvelope => ({
  job_id: job.id,
  attempt: job.attempts,
  correlation_id: job.correlationId,
  task_type: job.taskType,
  meta: { user_id: job.userId, org_id: job.orgId },
});

/** Whether the envelope says of the job what its row says: who, where, what. */
export const isTrueOf = (envelope: JobEnvelope, job: Omit<Sent, "attempts">): boolean =>
  envelope.meta.org_id === job.orgId &&
  envelope.meta.user_id === job.userId &&
  envelope.task_type === job.taskType &&
  envelope.correlation_id === job.correlationId;

/** Milliseconds a step may work by its own count before it leaves the rest to the next one (design decision 22). */
export const STEP_BUDGET_MS = 20_000;
export const STEP_TIMEOUT_MS = 60_000;

/** One run does this much; then the job goes on by a new event, far below the engine's limits of steps and state. */
const RUN_MAX_STEPS = 50;
const RUN_MAX_MS = 10 * 60_000;
export const mustGoOnElsewhere = (run: { steps: number; elapsedMs: number }): boolean =>
  run.steps >= RUN_MAX_STEPS || (run.steps > 0 && run.elapsedMs >= RUN_MAX_MS);

export const FIRST_RETRY_AFTER_MS = 5_000;

/** Milliseconds before the next try, after `tries` failed ones: 5 s, 20 s, 80 s by default. */
export const retryDelayMs = (tries: number, firstMs: number): number => firstMs * 4 ** (tries - 1);

/** Whether the same step may succeed later without a change: refusals with public words say so themselves. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof DomainError ? ERROR_FACES[error.kind].retry : true;

export const isFinalTry = (tries: number): boolean => tries >= MAX_ATTEMPTS;

const FINISHED: readonly JobStatus[] = ["COMPLETED", "FAILED", "CANCELLED"];
export const isFinished = (status: JobStatus): boolean => FINISHED.includes(status);

/** Whether a line of the feed says more than what is shown: lines may come late, and an end is never taken back. */
export const isNews = (
  line: { status: JobStatus; updatedAt: Date },
  shown: { status: JobStatus; updatedAt: Date },
): boolean => isFinished(line.status) || (!isFinished(shown.status) && line.updatedAt >= shown.updatedAt);

/**
 * Whether the stream told a line of the feed. What `JobEventData` of the schema says, by hand: every page of an
 * organization listens, and would load zod for this alone.
 */
export function isJobEvent(told: unknown): told is JobEventData {
  const { id, task_type, status, attempts, updated_at, progress, error } = fieldsOf(told);
  const { done, total, note } = fieldsOf(progress);
  const cause = fieldsOf(error);
  return (
    typeof id === "string" &&
    typeof task_type === "string" &&
    JOB_STATUSES.some((known) => known === status) &&
    Number.isInteger(attempts) &&
    typeof updated_at === "string" &&
    !Number.isNaN(Date.parse(updated_at)) &&
    isCount(done) &&
    (total === null || isCount(total)) &&
    (note === null || typeof note === "string") &&
    (error === null || (typeof cause.code === "string" && typeof cause.message === "string"))
  );
}
const fieldsOf = (value: unknown) =>
  (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
const isCount = (value: unknown): boolean => typeof value === "number" && value >= 0;

/** At most one feed row a second for progress alone (design decision 9). */
export const PROGRESS_EVERY_MS = 1_000;

/** Steps of one organization, and of all, that one queue works on at a time. */
export const QUEUE_LIMITS = { perOrg: 4, total: 32 };

/** After this many dispatches without any progress a job has failed: it takes its process down, or can't be run. */
export const MAX_STALLS = 20;

/** What is known of a job that has been silent for a while. */
type Silence = {
  /** Milliseconds since its last sign of life, or since its event was sent. */
  silentMs: number;
  /** Fruitless dispatches so far. */
  stalls: number;
  /** Jobs of its queue, of its organization and of all, that were alive within the last `staleAfterS`. */
  aliveOfOrg: number;
  aliveOfQueue: number;
};

/**
 * Whether a silent job is lost, or merely waits for its turn. A queue that had fewer jobs alive than it may work on
 * would have taken it, so it is lost only where there was room; after twenty times as long it counts as lost all the same.
 * The time doubles with each fruitless dispatch up to eightfold: a job nobody takes is not sent over and over.
 */
export function isLost(job: Silence, staleAfterS: number): boolean {
  const afterMs = staleAfterS * 1_000 * 2 ** Math.min(job.stalls, 3);
  const hadRoom = job.aliveOfOrg < QUEUE_LIMITS.perOrg && job.aliveOfQueue < QUEUE_LIMITS.total;
  return job.silentMs >= (hadRoom ? afterMs : 20 * afterMs);
}

/** What a job counts, once: one unit under its own key (spec §4). */
export const usageOf = (jobId: string) => ({ meter: "jobs", key: `job:${jobId}` }) as const;

/**
 * How long a job's unit is held for it, from when it may begin. One that takes longer is counted when it completes, if
 * there is room then.
 */
export const USAGE_HELD_MS = 7 * 24 * 3_600_000;
