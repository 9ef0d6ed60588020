/** Jobs contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { PageInput, pageOf } from "~/kernel/paging";
import { JOB_STATUSES, MAX_ATTEMPTS } from "./rules";

export const JobStatus = z.enum(JOB_STATUSES);
export type JobStatus = z.infer<typeof JobStatus>;

export const JobNamespace = z.enum(["default", "browser", "agents", "studio"]);
export type JobNamespace = z.infer<typeof JobNamespace>;

const Name = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);

/** What travels to the engine, and nothing else: ids and a name. Anything more or less is refused whole. */
export const JobEnvelope = z.strictObject({
  job_id: z.uuid(),
  attempt: z.int().min(1).max(MAX_ATTEMPTS),
  correlation_id: z.string().min(1).max(64),
  task_type: Name,
  meta: z.strictObject({ user_id: z.uuid(), org_id: z.uuid() }),
});
export type JobEnvelope = z.infer<typeof JobEnvelope>;

/** Reads what the engine hands over: envelope and dispatch, or null when anything about it is off. */
export function readEnvelope(event: {
  id?: string;
  data: unknown;
}): { envelope: JobEnvelope; dispatch: number } | null {
  const envelope = JobEnvelope.safeParse(event.data);
  if (!envelope.success) return null;
  const [jobId, attempt, dispatch, ...rest] = (event.id ?? "").split(":");
  const isOwn =
    jobId === envelope.data.job_id && attempt === String(envelope.data.attempt) && rest.length === 0;
  return isOwn && /^[1-9]\d{0,8}$/.test(dispatch ?? "")
    ? { envelope: envelope.data, dispatch: Number(dispatch) }
    : null;
}

/** Counters and ids: shown to people and kept by the engine, so nothing personal belongs in it. */
export const JobResult = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]));
export type JobResult = z.infer<typeof JobResult>;

export const StartJobInput = z.object({
  taskType: Name,
  namespace: JobNamespace.default("default"),
  queue: Name.default("queue"),
  /** What the work needs; kept in the row, never sent. Checked against the definition when it runs. */
  input: z.json(),
  /** UTC; the job stays SCHEDULED until then. */
  scheduledFor: z.date().optional(),
});
export type StartJobInput = z.input<typeof StartJobInput>;

export const JobProgress = z.object({
  done: z.number().nonnegative(),
  /** Null while nobody knows. */
  total: z.number().nonnegative().nullable(),
  note: z.string().nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** Why a job failed, in words for whoever started it. */
export const JobCause = z.object({ code: z.string(), message: z.string() });

/** One row of the feed; names as the stream's contract has them (spec §4). */
export const JobEventData = z.object({
  id: z.uuid(),
  task_type: z.string(),
  status: JobStatus,
  attempts: z.int(),
  updated_at: z.iso.datetime({ offset: true }),
  progress: JobProgress,
  error: JobCause.nullable(),
});
export type JobEventData = z.infer<typeof JobEventData>;

export const JobListItem = z.object({
  id: z.uuid(),
  taskType: z.string(),
  status: JobStatus,
  attempts: z.int(),
  progress: JobProgress,
  cause: JobCause.nullable(),
  startedBy: z.object({ userId: z.uuid(), name: z.string().nullable() }),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  scheduledFor: z.date().nullable(),
  updatedAt: z.date(),
});
export type JobListItem = z.infer<typeof JobListItem>;

export const JobStepView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** 1 to 4; starts again when the job was sent again. */
  try: z.int(),
  dispatch: z.int(),
  status: z.enum(["RUNNING", "COMPLETED", "FAILED"]),
  error: z.string().nullable(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type JobStepView = z.infer<typeof JobStepView>;

export const JobView = JobListItem.extend({
  queue: z.string(),
  correlationId: z.string(),
  result: JobResult.nullable(),
  cancelledBy: z.object({ userId: z.uuid(), name: z.string().nullable() }).nullable(),
  rerunOfId: z.uuid().nullable(),
  /** The newest job that runs this one again. */
  rerunAsId: z.uuid().nullable(),
  /** The latest 200, oldest first. */
  steps: z.array(JobStepView),
  stepCount: z.int(),
  mayCancel: z.boolean(),
  mayRunAgain: z.boolean(),
});
export type JobView = z.infer<typeof JobView>;

export const ListJobsInput = PageInput.extend({
  /** `all` needs job.readAll. */
  whose: z.enum(["mine", "all"]).default("mine"),
  status: JobStatus.nullish(),
  taskType: Name.nullish(),
});
export type ListJobsInput = z.infer<typeof ListJobsInput>;
export const JobPage = pageOf(JobListItem);
export type JobPage = z.infer<typeof JobPage>;
export const JobIdInput = z.object({ id: z.uuid() });
export const StartedJob = z.object({ jobId: z.uuid() });

/** Names of the kinds of work there have been, for the filter. */
export const TaskTypes = z.array(z.string());
