-- Which event started the run that counts, so that what was not yet sent is told from what was lost; how often a job was
-- sent again without any progress, so that this is bounded; what a step answered, so that a later run need not repeat it.
ALTER TABLE "job"
  ADD COLUMN "event_id" TEXT,
  ADD COLUMN "stalls" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "job_step" ADD COLUMN "answer" JSONB;
ALTER TABLE "job" ADD CONSTRAINT job_stalls_not_negative CHECK (stalls >= 0);

-- Who showed a sign of life lately, whatever became of it since; what a purge looks for.
CREATE INDEX job_alive ON "job" (heartbeat_at) WHERE heartbeat_at IS NOT NULL;
CREATE INDEX outbox_event_sent ON "outbox_event" (sent_at) WHERE sent_at IS NOT NULL;
-- Kinds of work of one organization, for the filter.
CREATE INDEX job_task_types ON "job" (org_id, task_type);

-- What the live stream says of a job (spec §4). One place, because several statements write the feed.
CREATE FUNCTION app.job_payload(j public.job) RETURNS jsonb LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT jsonb_build_object(
    'id', j.id, 'task_type', j.task_type, 'status', j.status, 'attempts', j.attempts,
    'updated_at', to_char(j.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'progress', jsonb_build_object('done', j.progress_done, 'total', j.progress_total, 'note', j.progress_note),
    'error', CASE WHEN j.error_code IS NULL THEN NULL ELSE jsonb_build_object('code', j.error_code, 'message', j.error_message) END)
$$;
REVOKE ALL ON FUNCTION app.job_payload FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.job_payload TO tenantry_app, tenantry_system;
