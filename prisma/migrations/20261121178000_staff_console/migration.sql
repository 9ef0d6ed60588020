-- What the console asks for over all organizations, newest first or by name, each by an index of its own.
CREATE INDEX "organization_newest" ON "organization"("created_at" DESC, "id" DESC);
CREATE INDEX organization_search ON "organization" USING gin (lower(name || ' ' || slug) gin_trgm_ops);
CREATE INDEX "user_newest" ON "user"("created_at" DESC, "id" DESC);
CREATE INDEX user_search ON "user" USING gin (lower(coalesce(name, '') || ' ' || email) gin_trgm_ops);
CREATE INDEX "job_newest" ON "job"("created_at" DESC, "id" DESC);
CREATE INDEX "job_newest_of_status" ON "job"("status", "created_at" DESC, "id" DESC);
-- Acts of staff among the many of members.
CREATE INDEX audit_entry_staff ON "audit_entry"("org_id", "id" DESC) WHERE "via" LIKE 'staff:%';

-- Text of slow statements is shown by this extension, where the server has it and lets us.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_stat_statements is not available here: %', SQLERRM;
END $$;

-- Which migrations were applied, for the page that says how the system is; nothing else of that table.
CREATE FUNCTION app.migrations_applied() RETURNS TABLE (name text, applied_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT m.migration_name::text, m.finished_at FROM public._prisma_migrations m
    WHERE m.finished_at IS NOT NULL AND m.rolled_back_at IS NULL;
END $$;
REVOKE ALL ON FUNCTION app.migrations_applied FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.migrations_applied TO tenantry_system;
