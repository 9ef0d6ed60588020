/** Named SQL of this slice: reads, locks, no decisions. RLS supplies the organization. */
import type { ScopedDatabase, TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { PROGRESS_EVERY_MS, WHILE_SUSPENDED } from "./rules";
import type { JobEventData, JobProgress } from "./schema";

/**
 * The right to write for a job: the newest call of one run of the engine, for one dispatch. An engine that lost sight of
 * a call makes it again while the first still works; without `call` both would write.
 */
export type Held = Asking & { call: number };
export type Asking = { jobId: string; dispatch: number; runId: string };

/**
 * Locks the job's row until COMMIT and shows a sign of life, when the run still holds the lease.
 * @returns false when it does not: cancelled, ended, or sent again meanwhile.
 */
export async function lockAndBeat(scope: TenantScope, held: Held): Promise<boolean> {
  const rows = await scope.db.$executeRaw`
    UPDATE job SET heartbeat_at = clock_timestamp()
    WHERE id = ${held.jobId}::uuid AND status = 'RUNNING' AND dispatch = ${held.dispatch}
      AND lease_run_id = ${held.runId} AND lease_call = ${held.call}`;
  return rows === 1;
}

/** As `lockAndBeat`, but never waits: a row that somebody has locked is alive already. */
export async function beatUnlessLocked(scope: TenantReadScope, held: Held): Promise<boolean> {
  const rows = await scope.db.$queryRaw<{ held: boolean }[]>`
    WITH beat AS (
      UPDATE job SET heartbeat_at = clock_timestamp() WHERE id = (
        SELECT id FROM job
        WHERE id = ${held.jobId}::uuid AND status = 'RUNNING' AND dispatch = ${held.dispatch}
          AND lease_run_id = ${held.runId} AND lease_call = ${held.call}
        FOR UPDATE SKIP LOCKED
      )
    )
    SELECT status = 'RUNNING' AND dispatch = ${held.dispatch} AND lease_call = ${held.call}
        AND lease_run_id IS NOT DISTINCT FROM ${held.runId} AS held
    FROM job WHERE id = ${held.jobId}::uuid`;
  return rows[0]?.held ?? false;
}

type Leasable = { status: string; dispatch: number; leaseRunId: string | null; isHeld: boolean };

/** Locks the row of a job whose lease is asked for. */
export async function lockForLease(scope: TenantScope, jobId: string): Promise<Leasable | undefined> {
  const rows = await scope.db.$queryRaw<Leasable[]>`
    SELECT j.status, j.dispatch, j.lease_run_id AS "leaseRunId", o.status = 'suspended' AND j.task_type <> ALL (${[...WHILE_SUSPENDED]}::text[]) AS "isHeld"
    FROM job j JOIN organization o ON o.id = j.org_id
    WHERE j.id = ${jobId}::uuid FOR UPDATE OF j`;
  return rows[0];
}

/** Locks a job for a person's act on it. */
export async function lockJob(scope: TenantScope, jobId: string): Promise<boolean> {
  const rows = await scope.db.$queryRaw<unknown[]>`SELECT 1 FROM job WHERE id = ${jobId}::uuid FOR UPDATE`;
  return rows.length === 1;
}

/** Writes what the job is now into the feed. */
export async function announceJob(db: ScopedDatabase, jobId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO job_event (org_id, user_id, job_id, payload)
    SELECT org_id, user_id, id, app.job_payload(job) FROM job WHERE id = ${jobId}::uuid`;
}

/** Moves the progress, and tells of it when the last word is `PROGRESS_EVERY_MS` old. */
export async function moveProgress(
  scope: TenantScope,
  jobId: string,
  { done, total, note }: JobProgress,
): Promise<void> {
  await scope.db.$executeRaw`
    WITH moved AS (
      UPDATE job SET progress_done = ${done}::bigint, progress_total = ${total}::bigint, progress_note = ${note},
        stalls = 0, updated_at = clock_timestamp(),
        last_event_at = CASE
          WHEN last_event_at > clock_timestamp() - ${PROGRESS_EVERY_MS} * interval '1 millisecond' THEN last_event_at
          ELSE clock_timestamp() END
      WHERE id = ${jobId}::uuid
      RETURNING org_id, user_id, id, last_event_at, app.job_payload(job) AS payload
    )
    INSERT INTO job_event (org_id, user_id, job_id, payload)
    SELECT m.org_id, m.user_id, m.id, m.payload FROM moved m
    JOIN job before ON before.id = m.id
    WHERE m.last_event_at IS DISTINCT FROM before.last_event_at`;
}

/** Starts a try of a step, and closes the tries of the same step that nobody can finish any more. */
export async function openStep(
  scope: TenantScope,
  id: string,
  step: { jobId: string; dispatch: number; name: string; try: number },
): Promise<void> {
  const { orgId } = scope.actor;
  await scope.db.$executeRaw`
    UPDATE job_step SET status = 'FAILED', finished_at = clock_timestamp(),
      error = 'It was interrupted: the process or the engine ended before the step did.'
    WHERE job_id = ${step.jobId}::uuid AND status = 'RUNNING'
      AND (dispatch < ${step.dispatch} OR (name = ${step.name} AND try < ${step.try}))`;
  await scope.db.$executeRaw`
    INSERT INTO job_step (id, org_id, job_id, name, try, dispatch, status, started_at)
    VALUES (${id}::uuid, ${orgId}::uuid, ${step.jobId}::uuid, ${step.name}, ${step.try}, ${step.dispatch}, 'RUNNING', clock_timestamp())
    ON CONFLICT (org_id, job_id, dispatch, name, try)
    DO UPDATE SET status = 'RUNNING', started_at = clock_timestamp(), finished_at = NULL, error = NULL`;
}

/** What steps of earlier dispatches answered, by name: they are not repeated. */
export async function earlierAnswers(
  scope: TenantReadScope,
  jobId: string,
  dispatch: number,
): Promise<Map<string, unknown>> {
  const rows = await scope.db.jobStep.findMany({
    where: { jobId, dispatch: { lt: dispatch }, status: "COMPLETED" },
    select: { name: true, answer: true },
  });
  return new Map(rows.map((row) => [row.name, (row.answer as { value?: unknown } | null)?.value]));
}

/** A place in the feed: rows up to it have been read. */
export type FeedCursor = { xid: string; id: string };

/** The place after which only what nobody has seen yet can come. */
export async function feedEnd(scope: TenantReadScope): Promise<FeedCursor> {
  const rows = await scope.db.$queryRaw<{ xid: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid`;
  return { xid: rows[0]!.xid, id: "0" };
}

type FeedRow = { xid: string; id: string; data: JobEventData };
type Feed = { rows: FeedRow[]; isHeldBack: boolean };

/**
 * Rows after `cursor`, in the order (transaction, id), of `userId` or of everybody. Only transactions below the oldest
 * one still running: a plain sequence would pass rows that commit late, and lose them (design decision 24).
 * `isHeldBack`: rows are there that wait for such a transaction.
 */
export async function feedAfter(
  scope: TenantReadScope,
  { cursor, userId, limit }: { cursor: FeedCursor; userId: string | null; limit: number },
): Promise<Feed> {
  const rows = await scope.db.$queryRaw<({ isHeldBack: boolean } & (FeedRow | { xid: null }))[]>`
    WITH feed AS (
      SELECT xid, id, payload FROM job_event
      WHERE (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::bigint)
        AND xid < pg_snapshot_xmin(pg_current_snapshot())
        AND (${userId}::uuid IS NULL OR user_id = ${userId}::uuid)
      ORDER BY xid, id LIMIT ${limit}
    )
    SELECT feed.xid::text AS xid, feed.id::text AS id, feed.payload AS data, held.back AS "isHeldBack"
    FROM (
      SELECT EXISTS (SELECT 1 FROM job_event WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())) AS back
    ) held LEFT JOIN feed ON true
    ORDER BY feed.xid, feed.id`;
  return {
    rows: rows.filter((row): row is FeedRow & { isHeldBack: boolean } => row.xid !== null),
    isHeldBack: rows[0]?.isHeldBack ?? false,
  };
}

/**
 * `unknown`: a place from the future, so none of this database. `whole`: everything after it is still there (the oldest
 * rows are purged first, so while one at or before it remains, none after it is gone). Else `partly`.
 */
export async function feedPlace(
  scope: TenantReadScope,
  cursor: FeedCursor,
): Promise<"unknown" | "partly" | "whole"> {
  const [place] = await scope.db.$queryRaw<{ isPast: boolean; isWhole: boolean }[]>`
    SELECT ${cursor.xid}::xid8 <= pg_snapshot_xmin(pg_current_snapshot()) AS "isPast",
      EXISTS (SELECT 1 FROM job_event WHERE (xid, id) <= (${cursor.xid}::xid8, ${cursor.id}::bigint)) AS "isWhole"`;
  if (!place?.isPast) return "unknown";
  return place.isWhole ? "whole" : "partly";
}

/** Kinds of work in jobs of `userId`, or of everybody (null), in order; at most 50. */
export async function taskTypesOf(scope: TenantReadScope, userId: string | null): Promise<string[]> {
  const rows = await scope.db.job.groupBy({
    by: ["taskType"],
    where: userId === null ? {} : { userId },
    orderBy: { taskType: "asc" },
    take: 50,
  });
  return rows.map((row) => row.taskType);
}
