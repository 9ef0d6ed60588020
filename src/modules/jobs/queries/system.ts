/** SQL across tenants: what the engine hands over, and what the sweeper looks for. */
import { sql } from "~/server/db/sql";
import type { SystemScope } from "~/server/db/with-system";
import { WHILE_SUSPENDED } from "../rules";

export type JobRow = {
  id: string;
  orgId: string;
  userId: string;
  namespace: string;
  queue: string;
  taskType: string;
  status: string;
  input: unknown;
  attempts: number;
  dispatch: number;
  leaseRunId: string | null;
  stalls: number;
  correlationId: string;
};

/** The job an envelope names, whatever organization it belongs to: the row says which. */
export const jobOfEnvelope = ({ db }: SystemScope, id: string): Promise<JobRow | null> =>
  db.job.findUnique({ where: { id } });

/** Of a job `j` of an organization `o`. */
const NOT_SUSPENDED = sql`(o.status <> 'suspended' OR j.task_type = ANY (${[...WHILE_SUSPENDED]}::text[]))`;

/** Locks the jobs whose time has come by `now`, at most 100, earliest first. Suspended organizations wait, and namespaces that are `held`. */
export const lockDueJobs = (
  { db }: SystemScope,
  now: Date,
  held: readonly string[],
): Promise<JobRow[]> => db.$queryRaw<JobRow[]>`
  SELECT j.id::text, j.org_id::text AS "orgId", j.user_id::text AS "userId", j.namespace, j.queue, j.task_type AS "taskType",
    j.status, j.input, j.attempts, j.dispatch, j.lease_run_id AS "leaseRunId", j.stalls, j.correlation_id AS "correlationId"
  FROM job j JOIN organization o ON o.id = j.org_id
  WHERE j.status = 'SCHEDULED' AND j.scheduled_for <= ${now}::timestamptz AND ${NOT_SUSPENDED}
    AND j.namespace <> ALL (${[...held]}::text[])
  ORDER BY j.scheduled_for LIMIT 100
  FOR UPDATE OF j SKIP LOCKED`;

export type SilentJob = JobRow & {
  /** Milliseconds since its last sign of life, or since its event was sent. */
  silentMs: number;
  /** Jobs of its queue, of its organization and of all, that were alive within the last `staleAfterS`. */
  aliveOfOrg: number;
  aliveOfQueue: number;
};

/**
 * Locks unfinished jobs that have been silent for `staleAfterS` or longer, longest first, at most 200. Not among them: jobs
 * whose event is still to be sent (the engine is not there), whose row somebody has locked (they are alive), and those
 * of suspended organizations (but for exports of all they have) and of `held` namespaces. A heart that beats ahead of time is a run that waits for its next try.
 */
export const lockSilentJobs = (
  { db }: SystemScope,
  staleAfterS: number,
  held: readonly string[],
): Promise<SilentJob[]> => db.$queryRaw<SilentJob[]>`
  WITH alive AS (
    SELECT org_id, namespace, queue, count(*)::int AS of_org,
      sum(count(*)) OVER (PARTITION BY namespace, queue)::int AS of_queue
    FROM job WHERE heartbeat_at > now() - ${staleAfterS} * interval '1 second' AND heartbeat_at <= now()
    GROUP BY org_id, namespace, queue
  )
  SELECT j.id::text, j.org_id::text AS "orgId", j.user_id::text AS "userId", j.namespace, j.queue, j.task_type AS "taskType",
    j.status, j.input, j.attempts, j.dispatch, j.lease_run_id AS "leaseRunId", j.stalls, j.correlation_id AS "correlationId",
    (extract(epoch FROM now() - greatest(coalesce(j.heartbeat_at, j.created_at), coalesce(e.sent_at, j.created_at))) * 1000)::float8 AS "silentMs",
    coalesce(a.of_org, 0) AS "aliveOfOrg",
    coalesce(a.of_queue, (SELECT max(of_queue) FROM alive q WHERE q.namespace = j.namespace AND q.queue = j.queue), 0) AS "aliveOfQueue"
  FROM job j
  JOIN organization o ON o.id = j.org_id
  LEFT JOIN outbox_event e ON e.org_id = j.org_id AND e.event_id = j.event_id
  LEFT JOIN alive a ON a.org_id = j.org_id AND a.namespace = j.namespace AND a.queue = j.queue
  WHERE j.status IN ('PENDING', 'RUNNING') AND ${NOT_SUSPENDED}
    AND j.namespace <> ALL (${[...held]}::text[])
    AND (e.id IS NULL OR e.sent_at IS NOT NULL)
    AND greatest(coalesce(j.heartbeat_at, j.created_at), coalesce(e.sent_at, j.created_at)) < now() - ${staleAfterS} * interval '1 second'
  ORDER BY greatest(coalesce(j.heartbeat_at, j.created_at), coalesce(e.sent_at, j.created_at)) LIMIT 200
  FOR UPDATE OF j SKIP LOCKED`;

/** Removes up to 10,000 rows of the feed that are older than 24 h. */
export const purgeFeed = ({ db }: SystemScope): Promise<number> => db.$executeRaw`
  DELETE FROM job_event WHERE id IN (
    SELECT id FROM job_event WHERE created_at < now() - interval '24 hours' ORDER BY created_at LIMIT 10000
  )`;

/** Removes up to 10,000 events that were sent more than 7 days ago. */
export const purgeOutbox = ({ db }: SystemScope): Promise<number> => db.$executeRaw`
  DELETE FROM outbox_event WHERE id IN (
    SELECT id FROM outbox_event WHERE sent_at < now() - interval '7 days' ORDER BY sent_at LIMIT 10000
  )`;
