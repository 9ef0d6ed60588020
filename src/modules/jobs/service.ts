/** What people do with jobs: start, cancel, run again, look. */
import { clock } from "~/kernel/clock";
import { forbidden, notFound } from "~/kernel/errors";
import type { OrgActor } from "~/kernel/actor";
import { cutPage } from "~/kernel/paging";
import { allows, type Permission } from "~/kernel/roles";
import { isOpenTo } from "~/kernel/staff";
import { record } from "~/modules/audit";
import { releaseUsage, reserveUsage } from "~/modules/metering";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { alreadyFinished, needsPerson, notFinished } from "./errors";
import { announceJob, lockJob, taskTypesOf } from "./queries";
import { envelopeOf, eventIdOf, isFinished, queueName, USAGE_HELD_MS, usageOf } from "./rules";
import {
  StartJobInput,
  type JobListItem,
  type ListJobsInput,
  type JobResult,
  type JobStatus,
  type JobStepView,
  type JobView,
} from "./schema";

type Row = NonNullable<Awaited<ReturnType<typeof findJob>>>;

/** The engine's own work acts for its member; only a member's role can forbid, and that staff look at it as them. */
const may = (actor: OrgActor, permission: Permission): boolean =>
  actor.role === "job" || (allows(actor.role, permission) && isOpenTo(actor.staff, permission));

/**
 * Writes a job down, with its event and its first line in the feed, in the caller's transaction: it runs if, and only
 * if, the change that asked for it is committed. Stays SCHEDULED until `scheduledFor`, when that lies ahead.
 * Its one unit of the plan is reserved with it, and counted when it completes.
 * @throws kernel.forbidden for a read-only member, jobs.needs_person when nobody asks for it, quota_exceeded (HTTP 402).
 */
export async function startJob(scope: TenantScope, input: StartJobInput): Promise<{ jobId: string }> {
  return { jobId: await writeJob(scope, StartJobInput.parse(input)) };
}

async function writeJob(
  scope: TenantScope,
  asked: ReturnType<typeof StartJobInput.parse>,
  again?: { rerunOfId: string; reason: string | undefined },
): Promise<string> {
  const { rerunOfId = null, reason } = again ?? {};
  const { taskType, namespace, queue, input } = asked;
  const scheduledFor = asked.scheduledFor ?? null;
  const { orgId, userId, trace } = scope.actor;
  if (!may(scope.actor, "job.write")) throw forbidden("job.write");
  if (!userId) throw needsPerson();
  const isLater = scheduledFor !== null && scheduledFor > clock.now();
  const sent = { id: newId(), orgId, userId, taskType, correlationId: trace.correlationId, attempts: 1 };
  const eventId = isLater ? null : eventIdOf({ ...sent, dispatch: 1 });
  const begins = isLater ? scheduledFor : clock.now();
  await reserveUsage(scope, {
    ...usageOf(sent.id),
    quantity: 1,
    expiresAt: new Date(begins.getTime() + USAGE_HELD_MS),
  });
  await scope.db.job.create({
    data: {
      ...sent,
      namespace,
      queue,
      // JSON null is a value here, not the absence of one.
      input: { value: input } as object,
      status: isLater ? "SCHEDULED" : "PENDING",
      eventId,
      rerunOfId,
      scheduledFor,
    },
    select: { id: true },
  });
  if (eventId) await scope.emit({ id: eventId, name: queueName(namespace, queue), data: envelopeOf(sent) });
  await announceJob(scope.db, sent.id);
  await record(scope, {
    action: rerunOfId ? "job.run_again" : "job.started",
    target: { type: "job", id: sent.id },
    after: {
      taskType,
      ...(rerunOfId && { rerunOfId }),
      ...(isLater && { scheduledFor }),
      ...(reason !== undefined && { reason }),
    },
  });
  return sent.id;
}

const findJob = (scope: TenantReadScope, id: string) =>
  scope.db.job.findUnique({
    where: { id },
    include: { reruns: { orderBy: { id: "desc" }, take: 1, select: { id: true } } },
  });

/** A member's own job, or anybody's with `permission`; whatever else is not found. */
async function requireJob(scope: TenantReadScope, id: string, permission: Permission): Promise<Row> {
  const job = await findJob(scope, id);
  const isVisible = job && (job.userId === scope.actor.userId || may(scope.actor, permission));
  if (!isVisible) throw notFound("job");
  return job;
}

/** As `requireJob`, for changes: a colleague's job that may be seen but not touched is forbidden. */
async function requireJobToChange(scope: TenantScope, id: string): Promise<Row> {
  const job = await requireJob(scope, id, "job.readAll");
  if (!mayChange(scope.actor, job)) throw forbidden("job.writeAll");
  return job;
}

const mayChange = (actor: OrgActor, job: { userId: string }): boolean =>
  may(actor, job.userId === actor.userId ? "job.write" : "job.writeAll");

/** `reason`: of staff who do it for the platform, for the organization to read. */
type ActOnJob = { id: string; reason?: string };

/**
 * Ends a job before its time. What its steps have committed stays; the step that runs now can commit nothing more.
 * @throws jobs.already_finished when it has ended by itself.
 */
export async function cancelJob(scope: TenantScope, { id, reason }: ActOnJob): Promise<void> {
  await lockJob(scope, id);
  const job = await requireJobToChange(scope, id);
  if (isFinished(job.status as JobStatus)) throw alreadyFinished(job.status);
  await scope.db.job.update({
    where: { id },
    data: { status: "CANCELLED", cancelledById: scope.actor.userId, finishedAt: clock.now() },
    select: { id: true },
  });
  await releaseUsage(scope, usageOf(id));
  await announceJob(scope.db, id);
  await record(scope, {
    action: "job.cancelled",
    target: { type: "job", id },
    before: { status: job.status },
    after: { status: "CANCELLED", ...(reason !== undefined && { reason }) },
  });
}

/**
 * Starts a new job with the input of one that has ended.
 * @throws jobs.not_finished while it has not.
 */
export async function runJobAgain(scope: TenantScope, { id, reason }: ActOnJob): Promise<{ jobId: string }> {
  const job = await requireJobToChange(scope, id);
  if (!isFinished(job.status as JobStatus)) throw notFinished();
  const { taskType, namespace, queue } = job;
  const { value } = job.input as { value: unknown };
  const input = StartJobInput.parse({ taskType, namespace, queue, input: value });
  return { jobId: await writeJob(scope, input, { rerunOfId: id, reason }) };
}

/** One page of jobs, newest first. @throws kernel.forbidden when `all` is not for this role. */
export async function listJobs(
  scope: TenantReadScope,
  { whose, status, taskType, cursor, limit }: ListJobsInput,
) {
  if (whose === "all" && !may(scope.actor, "job.readAll")) throw forbidden("job.readAll");
  const after = cursor ? readCursor(cursor) : null;
  const rows = await scope.db.job.findMany({
    where: {
      ...(whose === "mine" && { userId: scope.actor.userId ?? "" }),
      ...(status && { status }),
      ...(taskType && { taskType }),
      ...(after && {
        createdAt: { lte: after.createdAt },
        NOT: { createdAt: after.createdAt, id: { gte: after.id } },
      }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const names = await namesOf(
    scope,
    rows.map((row) => row.userId),
  );
  const page = cutPage(rows, limit, (row) => `${row.createdAt.toISOString()}_${row.id}`);
  return { ...page, items: page.items.map((row) => listItemOf(row, names)) };
}

/** @throws kernel.not_found for a cursor that no page of ours has given. */
function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [, at, id] = /^([\dT:.Z-]{20,30})_([\da-f-]{36})$/.exec(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) throw notFound("page");
  return { createdAt: new Date(at), id };
}

/** A job with its steps. @throws kernel.not_found, also for a colleague's that is not for this role. */
export async function getJob(scope: TenantReadScope, { id }: { id: string }): Promise<JobView> {
  const job = await requireJob(scope, id, "job.readAll");
  const people = [job.userId, ...(job.cancelledById ? [job.cancelledById] : [])];
  const [names, steps, stepCount] = await Promise.all([
    namesOf(scope, people),
    scope.db.jobStep.findMany({
      where: { jobId: id },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: 200,
    }),
    scope.db.jobStep.count({ where: { jobId: id } }),
  ]);
  const isOver = isFinished(job.status as JobStatus);
  const isTheirs = mayChange(scope.actor, job);
  return {
    ...listItemOf(job, names),
    queue: queueName(job.namespace, job.queue),
    correlationId: job.correlationId,
    result: job.result as JobResult | null,
    cancelledBy: job.cancelledById ? personOf(job.cancelledById, names) : null,
    rerunOfId: job.rerunOfId,
    rerunAsId: job.reruns[0]?.id ?? null,
    steps: steps
      .reverse()
      .map(({ id, name, dispatch, status, error, startedAt, finishedAt, try: tries }) => ({
        id,
        name,
        try: tries,
        dispatch,
        status: status as JobStepView["status"],
        error,
        startedAt,
        finishedAt,
      })),
    stepCount,
    mayCancel: isTheirs && !isOver,
    mayRunAgain: isTheirs && isOver,
  };
}

/** Kinds of work there have been, of everybody's jobs or of one's own, as the role sees them. */
export const jobTaskTypes = (scope: TenantReadScope): Promise<string[]> =>
  taskTypesOf(scope, may(scope.actor, "job.readAll") ? null : (scope.actor.userId ?? ""));

/** Names as the organization knows them; who has left has none. */
async function namesOf(scope: TenantReadScope, userIds: string[]): Promise<Map<string, string>> {
  const members = await scope.db.membership.findMany({
    where: { userId: { in: [...new Set(userIds)] } },
    select: { userId: true, userName: true, userEmail: true },
  });
  return new Map(members.map((member) => [member.userId, member.userName ?? member.userEmail]));
}

const personOf = (userId: string, names: Map<string, string>) => ({
  userId,
  name: names.get(userId) ?? null,
});

const listItemOf = (job: Omit<Row, "reruns">, names: Map<string, string>): JobListItem => ({
  id: job.id,
  taskType: job.taskType,
  status: job.status as JobStatus,
  attempts: job.attempts,
  progress: {
    done: Number(job.progressDone),
    total: job.progressTotal === null ? null : Number(job.progressTotal),
    note: job.progressNote,
  },
  cause: job.errorCode === null ? null : { code: job.errorCode, message: job.errorMessage ?? "" },
  startedBy: personOf(job.userId, names),
  createdAt: job.createdAt,
  startedAt: job.startedAt,
  finishedAt: job.finishedAt,
  scheduledFor: job.scheduledFor,
  updatedAt: job.updatedAt,
});
