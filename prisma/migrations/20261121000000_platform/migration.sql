-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "org_id" UUID,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "target_type" TEXT,
    "target_id" TEXT,
    "correlation_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "detail_digest" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_detail" (
    "entry_id" UUID NOT NULL,
    "org_id" UUID,
    "actor_id" UUID,
    "salt" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_detail_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "email_verified_at" TIMESTAMPTZ(3),
    "platform_role" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "method" TEXT NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_token" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "token_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "company" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT,
    "industry" TEXT,
    "employee_count" INTEGER,
    "phone" TEXT,
    "city" TEXT,
    "country_code" CHAR(2),
    "notes" TEXT,
    "owner_id" UUID,
    "import_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "job_title" TEXT,
    "company_id" UUID,
    "notes" TEXT,
    "owner_id" UUID,
    "import_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "entity" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'awaiting_upload',
    "file_name" TEXT NOT NULL,
    "object_key" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "inspection" JSONB,
    "mapping" JSONB,
    "has_header" BOOLEAN NOT NULL DEFAULT true,
    "on_duplicate" TEXT NOT NULL DEFAULT 'update',
    "job_id" UUID,
    "byte_offset" BIGINT NOT NULL DEFAULT 0,
    "line_number" BIGINT NOT NULL DEFAULT 0,
    "row_count" BIGINT NOT NULL DEFAULT 0,
    "created_count" BIGINT NOT NULL DEFAULT 0,
    "updated_count" BIGINT NOT NULL DEFAULT 0,
    "skipped_count" BIGINT NOT NULL DEFAULT 0,
    "refused_count" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_refusal" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "line" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "cells" JSONB NOT NULL,

    CONSTRAINT "import_refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL DEFAULT 'default',
    "queue" TEXT NOT NULL DEFAULT 'queue',
    "task_type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "input" JSONB NOT NULL,
    "result" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "dispatch" INTEGER NOT NULL DEFAULT 1,
    "lease_run_id" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "progress_done" BIGINT NOT NULL DEFAULT 0,
    "progress_total" BIGINT,
    "progress_note" TEXT,
    "checkpoint" JSONB,
    "error_code" TEXT,
    "error_message" TEXT,
    "correlation_id" TEXT NOT NULL,
    "rerun_of_id" UUID,
    "scheduled_for" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "cancelled_by_id" UUID,
    "last_event_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_step" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "try" INTEGER NOT NULL,
    "dispatch" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_event" (
    "id" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_ledger" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "service" TEXT,
    "quantity" BIGINT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "corrects_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_ledger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_counter" (
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "used" BIGINT NOT NULL DEFAULT 0,
    "reserved" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_counter_pkey" PRIMARY KEY ("org_id","meter","period_start")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "plan" TEXT NOT NULL DEFAULT 'FREE',
    "status" TEXT NOT NULL DEFAULT 'active',
    "default_currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "logo_key" TEXT,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "deletion_requested_at" TIMESTAMPTZ(3),
    "deletion_requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_slug" (
    "slug" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_slug_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "user_name" TEXT,
    "user_email" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by_id" UUID NOT NULL,
    "invited_by_name" TEXT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "accepted_by_id" UUID,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_entry_org_id_created_at_idx" ON "audit_entry"("org_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_created_at_idx" ON "audit_entry"("actor_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_org_id_id_key" ON "audit_entry"("org_id", "id");

-- CreateIndex
CREATE INDEX "audit_detail_org_id_idx" ON "audit_detail"("org_id");

-- CreateIndex
CREATE INDEX "audit_detail_actor_id_idx" ON "audit_detail"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_provider_provider_account_id_key" ON "account"("provider", "provider_account_id");

-- CreateIndex
CREATE INDEX "session_user_id_created_at_idx" ON "session"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "session_revoked_at_idx" ON "session"("revoked_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_token_token_hash_key" ON "refresh_token"("token_hash");

-- CreateIndex
CREATE INDEX "refresh_token_session_id_idx" ON "refresh_token"("session_id");

-- CreateIndex
CREATE INDEX "refresh_token_user_id_idx" ON "refresh_token"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_link_expires_at_idx" ON "sign_in_link"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "company_org_id_id_key" ON "company"("org_id", "id");

-- CreateIndex
CREATE INDEX "contact_org_id_company_id_idx" ON "contact"("org_id", "company_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_org_id_id_key" ON "contact"("org_id", "id");

-- CreateIndex
CREATE INDEX "import_org_id_created_at_idx" ON "import"("org_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "import_org_id_id_key" ON "import"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "import_refusal_org_id_import_id_line_key" ON "import_refusal"("org_id", "import_id", "line");

-- CreateIndex
CREATE INDEX "job_org_id_created_at_id_idx" ON "job"("org_id", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "job_org_id_user_id_created_at_idx" ON "job"("org_id", "user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "job_org_id_status_created_at_idx" ON "job"("org_id", "status", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "job_org_id_id_key" ON "job"("org_id", "id");

-- CreateIndex
CREATE INDEX "job_step_org_id_job_id_started_at_idx" ON "job_step"("org_id", "job_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "job_step_org_id_job_id_dispatch_name_try_key" ON "job_step"("org_id", "job_id", "dispatch", "name", "try");

-- CreateIndex
CREATE INDEX "job_event_org_id_xid_id_idx" ON "job_event"("org_id", "xid", "id");

-- CreateIndex
CREATE INDEX "job_event_created_at_idx" ON "job_event"("created_at");

-- CreateIndex
CREATE INDEX "outbox_event_created_at_idx" ON "outbox_event"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_org_id_event_id_key" ON "outbox_event"("org_id", "event_id");

-- CreateIndex
CREATE INDEX "usage_ledger_org_id_meter_occurred_at_idx" ON "usage_ledger"("org_id", "meter", "occurred_at");

-- CreateIndex
CREATE UNIQUE INDEX "usage_ledger_org_id_meter_idempotency_key_key" ON "usage_ledger"("org_id", "meter", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "usage_ledger_org_id_id_key" ON "usage_ledger"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "organization_slug_org_id_idx" ON "organization_slug"("org_id");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_org_id_id_key" ON "membership"("org_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_org_id_user_id_key" ON "membership"("org_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "invitation_org_id_created_at_idx" ON "invitation"("org_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "invitation_org_id_id_key" ON "invitation"("org_id", "id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "refresh_token" ADD CONSTRAINT "refresh_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "company" ADD CONSTRAINT "company_org_id_import_id_fkey" FOREIGN KEY ("org_id", "import_id") REFERENCES "import"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_org_id_company_id_fkey" FOREIGN KEY ("org_id", "company_id") REFERENCES "company"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_org_id_import_id_fkey" FOREIGN KEY ("org_id", "import_id") REFERENCES "import"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_refusal" ADD CONSTRAINT "import_refusal_org_id_import_id_fkey" FOREIGN KEY ("org_id", "import_id") REFERENCES "import"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_org_id_rerun_of_id_fkey" FOREIGN KEY ("org_id", "rerun_of_id") REFERENCES "job"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "job_step" ADD CONSTRAINT "job_step_org_id_job_id_fkey" FOREIGN KEY ("org_id", "job_id") REFERENCES "job"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "organization_slug" ADD CONSTRAINT "organization_slug_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;


-- ─── Everything below is invisible to Prisma's schema: checks, partial indexes, policies, grants, triggers. ───

CREATE SCHEMA IF NOT EXISTS app;
REVOKE ALL ON SCHEMA app FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA app, public TO tenantry_app, tenantry_system, tenantry_resolver, tenantry_search;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Checks. Text with a check rather than an enum: an enum's "=" is not leakproof, so no index could serve it under RLS.
ALTER TABLE "organization"
  ADD CONSTRAINT organization_plan_known CHECK (plan IN ('FREE', 'PRO', 'ENTERPRISE')),
  ADD CONSTRAINT organization_status_known CHECK (status IN ('active', 'suspended', 'deletion_requested'));
ALTER TABLE "membership" ADD CONSTRAINT membership_role_known CHECK (role IN ('owner', 'admin', 'member', 'readonly'));
ALTER TABLE "invitation" ADD CONSTRAINT invitation_role_known CHECK (role IN ('admin', 'member', 'readonly'));
ALTER TABLE "user" ADD CONSTRAINT user_platform_role_known CHECK (platform_role IN ('admin'));
ALTER TABLE "user" ADD CONSTRAINT user_email_folded CHECK (email = lower(email));
ALTER TABLE "session" ADD CONSTRAINT session_method_known CHECK (method IN ('email', 'google', 'dev'));
ALTER TABLE "job"
  ADD CONSTRAINT job_status_known CHECK (status IN ('SCHEDULED', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  ADD CONSTRAINT job_namespace_known CHECK (namespace IN ('default', 'browser', 'agents', 'studio')),
  ADD CONSTRAINT job_attempts_bounded CHECK (attempts BETWEEN 1 AND 4);
ALTER TABLE "job_step" ADD CONSTRAINT job_step_status_known CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED'));
ALTER TABLE "usage_ledger" ADD CONSTRAINT usage_ledger_period_open CHECK (period_start < period_end);
ALTER TABLE "usage_counter" ADD CONSTRAINT usage_counter_not_negative CHECK (used >= 0 AND reserved >= 0);
ALTER TABLE "import"
  ADD CONSTRAINT import_entity_known CHECK (entity IN ('company', 'contact')),
  ADD CONSTRAINT import_status_known CHECK (status IN ('awaiting_upload', 'ready', 'started')),
  ADD CONSTRAINT import_duplicate_known CHECK (on_duplicate IN ('update', 'skip'));
ALTER TABLE "company"
  ADD CONSTRAINT company_domain_folded CHECK (domain = lower(domain)),
  ADD CONSTRAINT company_country_code_upper CHECK (country_code = upper(country_code));
ALTER TABLE "contact" ADD CONSTRAINT contact_email_folded CHECK (email = lower(email));

-- One living row per domain and mail; the lists' own orders; open invitations; what the sweeper looks for.
CREATE UNIQUE INDEX company_org_domain_living ON "company" (org_id, domain) WHERE deleted_at IS NULL;
CREATE INDEX company_list_recent ON "company" (org_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX company_list_name ON "company" (org_id, lower(name), id) WHERE deleted_at IS NULL;
CREATE INDEX company_purge ON "company" (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX contact_org_email_living ON "contact" (org_id, email) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_recent ON "contact" (org_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_name ON "contact" (org_id, lower(coalesce(last_name, '') || ' ' || coalesce(first_name, '')), id) WHERE deleted_at IS NULL;
CREATE INDEX contact_purge ON "contact" (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX invitation_one_open ON "invitation" (org_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
CREATE INDEX outbox_event_unsent ON "outbox_event" (created_at) WHERE sent_at IS NULL;
CREATE INDEX job_unfinished ON "job" (heartbeat_at) WHERE status IN ('PENDING', 'RUNNING');
CREATE INDEX job_due ON "job" (scheduled_for) WHERE status = 'SCHEDULED';

-- Search: LIKE is not leakproof, so under RLS it can't be an index condition for tenantry_app. A function of a role
-- that may see every row, but filters by the tenant itself, can use this index (docs/MULTI_TENANCY.md, "Search").
CREATE INDEX company_search ON "company" USING gin (org_id, lower(name || ' ' || coalesce(domain, '')) gin_trgm_ops) WHERE deleted_at IS NULL;
CREATE INDEX contact_search ON "contact" USING gin (org_id, lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '')) gin_trgm_ops) WHERE deleted_at IS NULL;

-- ─── Row-level security ───

-- What every tenant table gets: forced RLS, the tenant's policy for the app role, one each for system and owner
-- (under FORCE the owner's backfill would touch no row, in silence), and the named verbs.
CREATE FUNCTION app.protect_tenant_table(target regclass, app_verbs text, system_verbs text, tenant_column text DEFAULT 'org_id')
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  is_tenant text := format('%I = nullif(current_setting(''app.current_tenant'', true), '''')::uuid', tenant_column);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant ON %s FOR ALL TO tenantry_app USING (%s) WITH CHECK (%s)', target, is_tenant, is_tenant);
  PERFORM app.open_to_platform(target, app_verbs, system_verbs);
END $$;

-- The same for rows that belong to a person.
CREATE FUNCTION app.protect_user_table(target regclass, app_verbs text, system_verbs text, user_column text DEFAULT 'user_id')
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  is_user text := format('%I = nullif(current_setting(''app.current_user_id'', true), '''')::uuid', user_column);
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  IF app_verbs <> '' THEN
    EXECUTE format('CREATE POLICY person ON %s FOR ALL TO tenantry_app USING (%s) WITH CHECK (%s)', target, is_user, is_user);
  END IF;
  PERFORM app.open_to_platform(target, app_verbs, system_verbs);
END $$;

CREATE FUNCTION app.open_to_platform(target regclass, app_verbs text, system_verbs text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('CREATE POLICY owner_maintenance ON %s FOR ALL TO tenantry_owner USING (true) WITH CHECK (true)', target);
  IF app_verbs <> '' THEN
    EXECUTE format('GRANT %s ON %s TO tenantry_app', app_verbs, target);
  END IF;
  IF system_verbs <> '' THEN
    EXECUTE format('CREATE POLICY system ON %s FOR ALL TO tenantry_system USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT %s ON %s TO tenantry_system', system_verbs, target);
  END IF;
END $$;
REVOKE ALL ON FUNCTION app.protect_tenant_table, app.protect_user_table, app.open_to_platform FROM PUBLIC;

--                                  table               tenantry_app                       tenantry_system
SELECT app.protect_tenant_table('organization',      'SELECT, INSERT, UPDATE',          'SELECT, INSERT, UPDATE', 'id');
SELECT app.protect_tenant_table('organization_slug', 'SELECT, INSERT',                  'SELECT, INSERT');
SELECT app.protect_tenant_table('membership',        'SELECT, INSERT, UPDATE, DELETE',  'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_tenant_table('invitation',        'SELECT, INSERT, UPDATE',          'SELECT, UPDATE');
SELECT app.protect_tenant_table('job',               'SELECT, INSERT, UPDATE',          'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('job_step',          'SELECT, INSERT, UPDATE',          'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('job_event',         'SELECT, INSERT',                  'SELECT, INSERT, DELETE');
SELECT app.protect_tenant_table('outbox_event',      'SELECT, INSERT',                  'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_tenant_table('usage_ledger',      'SELECT, INSERT',                  'SELECT, INSERT');
SELECT app.protect_tenant_table('usage_counter',     'SELECT, INSERT, UPDATE',          'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('company',           'SELECT, INSERT, UPDATE',          'SELECT, DELETE');
SELECT app.protect_tenant_table('contact',           'SELECT, INSERT, UPDATE',          'SELECT, DELETE');
SELECT app.protect_tenant_table('import',            'SELECT, INSERT, UPDATE',          'SELECT');
SELECT app.protect_tenant_table('import_refusal',    'SELECT, INSERT',                  'SELECT');
SELECT app.protect_tenant_table('audit_entry',       'SELECT, INSERT',                  'SELECT, INSERT');
SELECT app.protect_tenant_table('audit_detail',      'SELECT, INSERT',                  'SELECT, INSERT, DELETE');
SELECT app.protect_user_table('user',                'SELECT, UPDATE',                  'SELECT, INSERT, UPDATE', 'id');
SELECT app.protect_user_table('account',             'SELECT',                          'SELECT, INSERT');
SELECT app.protect_user_table('session',             'SELECT, UPDATE',                  'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_user_table('refresh_token',       '',                                'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_user_table('sign_in_link',        '',                                'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_user_table('rate_limit',          '',                                'SELECT, INSERT, UPDATE, DELETE');
GRANT USAGE ON SEQUENCE job_event_id_seq TO tenantry_app, tenantry_system;

-- A person's own acts without an organization (account settings) may be written down, and read by nobody but the platform.
CREATE POLICY person ON "audit_entry" FOR INSERT TO tenantry_app
  WITH CHECK (org_id IS NULL AND actor_id = nullif(current_setting('app.current_user_id', true), '')::uuid);
CREATE POLICY person ON "audit_detail" FOR INSERT TO tenantry_app
  WITH CHECK (org_id IS NULL AND actor_id = nullif(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE "rate_limit" SET UNLOGGED;

-- ─── Append-only, for every role: grants say no to app and system, triggers to the owner as well. ───
CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: this table is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "usage_ledger" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "usage_ledger" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE ON "audit_detail" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "audit_detail" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

-- ─── Before the organization is known: two questions about one's own memberships, and nothing else. ───
GRANT SELECT ON "organization", "organization_slug", "membership" TO tenantry_resolver;
CREATE POLICY resolver ON "organization" FOR SELECT TO tenantry_resolver USING (true);
CREATE POLICY resolver ON "organization_slug" FOR SELECT TO tenantry_resolver USING (true);
CREATE POLICY resolver ON "membership" FOR SELECT TO tenantry_resolver
  USING (user_id = nullif(current_setting('app.current_user_id', true), '')::uuid);

CREATE FUNCTION app.my_orgs()
RETURNS TABLE (org_id uuid, slug text, name text, plan text, status text, role text, logo_key text, time_zone text, default_currency text, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, o.slug, o.name, o.plan, o.status, m.role, o.logo_key, o.time_zone, o.default_currency::text, m.last_used_at
  FROM public.membership m JOIN public.organization o ON o.id = m.org_id
  WHERE m.user_id = nullif(current_setting('app.current_user_id', true), '')::uuid
  ORDER BY m.last_used_at DESC NULLS LAST, m.created_at
$$;

-- `slug` of the answer is today's; it differs from the asked one when that is an old name.
CREATE FUNCTION app.resolve_org(asked_slug text)
RETURNS TABLE (org_id uuid, slug text, name text, plan text, status text, role text, logo_key text, time_zone text, default_currency text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, o.slug, o.name, o.plan, o.status, m.role, o.logo_key, o.time_zone, o.default_currency::text
  FROM public.organization_slug s
  JOIN public.organization o ON o.id = s.org_id
  JOIN public.membership m ON m.org_id = o.id
  WHERE s.slug = asked_slug AND m.user_id = nullif(current_setting('app.current_user_id', true), '')::uuid
$$;

-- ─── Search (see the indexes above) ───
GRANT SELECT (id, org_id, name, domain, deleted_at) ON "company" TO tenantry_search;
GRANT SELECT (id, org_id, first_name, last_name, email, deleted_at) ON "contact" TO tenantry_search;
CREATE POLICY search ON "company" FOR SELECT TO tenantry_search USING (true);
CREATE POLICY search ON "contact" FOR SELECT TO tenantry_search USING (true);

CREATE FUNCTION app.like_pattern(words text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT '%' || replace(replace(replace(lower(words), '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

CREATE FUNCTION app.search_companies(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM public.company c
  WHERE c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND lower(c.name || ' ' || coalesce(c.domain, '')) LIKE app.like_pattern(words)
$$;

CREATE FUNCTION app.search_contacts(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM public.contact c
  WHERE c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.email, '')) LIKE app.like_pattern(words)
$$;

GRANT CREATE ON SCHEMA app TO tenantry_resolver, tenantry_search;
ALTER FUNCTION app.my_orgs() OWNER TO tenantry_resolver;
ALTER FUNCTION app.resolve_org(text) OWNER TO tenantry_resolver;
ALTER FUNCTION app.search_companies(text) OWNER TO tenantry_search;
ALTER FUNCTION app.search_contacts(text) OWNER TO tenantry_search;
REVOKE CREATE ON SCHEMA app FROM tenantry_resolver, tenantry_search;
REVOKE ALL ON FUNCTION app.my_orgs, app.resolve_org, app.search_companies, app.search_contacts, app.like_pattern FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_orgs, app.resolve_org, app.search_companies, app.search_contacts TO tenantry_app;
GRANT EXECUTE ON FUNCTION app.like_pattern TO tenantry_search;

-- ─── Notifications: one channel, what kind of thing changed in which organization, never its content. ───
CREATE FUNCTION app.notify_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  changed record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM pg_notify('tenantry', json_build_object('kind', TG_ARGV[0], 'org_id', to_jsonb(changed) ->> TG_ARGV[1])::text);
  RETURN NULL;
END $$;
CREATE TRIGGER announce AFTER INSERT OR DELETE OR UPDATE OF role ON "membership" FOR EACH ROW EXECUTE FUNCTION app.notify_row('membership', 'org_id');
CREATE TRIGGER announce AFTER UPDATE ON "organization" FOR EACH ROW EXECUTE FUNCTION app.notify_row('organization', 'id');
CREATE TRIGGER announce AFTER UPDATE OF revoked_at ON "session" FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION app.notify_row('session', '');
CREATE TRIGGER announce AFTER INSERT ON "job_event" FOR EACH ROW EXECUTE FUNCTION app.notify_row('job', 'org_id');
REVOKE ALL ON FUNCTION app.notify_row, app.refuse_change FROM PUBLIC;
