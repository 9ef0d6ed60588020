-- Erasure of a person or an organization: a request with its time of grace, its steps, its certificate. Ids only, but for
-- `sought`, which is emptied with the last step.
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    -- The person's erasure that an organization of theirs alone goes with.
    "parent_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "undo_digest" TEXT NOT NULL,
    "certificate_digest" TEXT NOT NULL,
    "blocked_code" TEXT,
    -- What the last check looks for, and where the last mail goes: names, addresses, ids. Null once it was done.
    "sought" JSONB,
    "certificate" JSONB,
    -- Runs are told apart by it; a run that loses its claim is taken over after it.
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "claimed_until" TIMESTAMPTZ(3),
    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id"),
    CONSTRAINT erasure_kind_known CHECK ("kind" IN ('person', 'organization')),
    CONSTRAINT erasure_state_known CHECK ("state" IN ('requested', 'undone', 'running', 'blocked', 'residue', 'completed')),
    CONSTRAINT erasure_forgets CHECK ("state" <> 'completed' OR ("sought" IS NULL AND "certificate" IS NOT NULL))
);
CREATE UNIQUE INDEX "erasure_undo_digest_key" ON "erasure"("undo_digest");
CREATE UNIQUE INDEX "erasure_certificate_digest_key" ON "erasure"("certificate_digest");
-- One at a time of whom it is about.
CREATE UNIQUE INDEX erasure_open ON "erasure"("subject_id") WHERE "state" NOT IN ('undone', 'completed');
CREATE INDEX "erasure_state_due_at_idx" ON "erasure"("state", "due_at");
CREATE INDEX "erasure_parent_id_idx" ON "erasure"("parent_id");
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "erasure"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TABLE "erasure_step" (
    "erasure_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    -- Rows, objects or whatever the step counts, so far.
    "count" BIGINT NOT NULL DEFAULT 0,
    -- Where a step that goes through a table goes on.
    "cursor" BIGINT NOT NULL DEFAULT 0,
    -- Ids, counters and codes for the certificate.
    "found" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    CONSTRAINT "erasure_step_pkey" PRIMARY KEY ("erasure_id", "position")
);
ALTER TABLE "erasure_step" ADD CONSTRAINT "erasure_step_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "erasure"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- A ZIP with everything about a person or an organization.
CREATE TABLE "data_export" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    -- The organization's job that writes it; a person's has none.
    "job_id" UUID,
    "rows_written" BIGINT NOT NULL DEFAULT 0,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    -- The object store's id of an upload under way.
    "upload_id" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_until" TIMESTAMPTZ(3),
    CONSTRAINT "data_export_pkey" PRIMARY KEY ("id"),
    CONSTRAINT data_export_kind_known CHECK ("kind" IN ('person', 'organization')),
    CONSTRAINT data_export_state_known CHECK ("state" IN ('running', 'finished', 'failed', 'expired')),
    CONSTRAINT data_export_finished_expires CHECK ("state" <> 'finished' OR "expires_at" IS NOT NULL)
);
CREATE INDEX "data_export_subject_id_requested_at_idx" ON "data_export"("subject_id", "requested_at" DESC);
CREATE INDEX "data_export_state_idx" ON "data_export"("state");

SELECT app.protect_user_table('erasure',      '', 'SELECT, INSERT, UPDATE');
SELECT app.protect_user_table('erasure_step', '', 'SELECT, INSERT, UPDATE');
SELECT app.protect_user_table('data_export',  '', 'SELECT, INSERT, UPDATE, DELETE');

-- ─── What erasure does, table by table, as each slice's privacy.ts says. Nothing else deletes as the system role. ───
GRANT DELETE ON "invitation", "job", "job_step", "usage_counter", "usage_warning", "usage_period", "webhook_endpoint",
  "webhook_secret", "webhook_delivery", "webhook_attempt", "organization_plan", "entitlement_override",
  "organization_features", "record_event", "duplicate_dismissal", "sample_record", "company_tag", "contact_tag", "export",
  "import", "import_refusal", "api_key", "user", "account", "billing_customer", "billing_offer", "subscription",
  "dunning_step", "usage_report", "reconciliation_difference" TO tenantry_system;
GRANT UPDATE ("owner_id") ON "company", "contact" TO tenantry_system;
GRANT UPDATE ("file_name", "inspection") ON "import" TO tenantry_system;
GRANT UPDATE ("asked", "cursor") ON "export" TO tenantry_system;
GRANT UPDATE ("answer") ON "webhook_attempt" TO tenantry_system;
GRANT UPDATE ("name", "created_by_name", "revoked_at") ON "api_key" TO tenantry_system;
-- Exported and searched for what is left, but for the digest of the secret.
GRANT SELECT ("last_four", "created_by_name", "created_at", "updated_at", "revoked_by_id", "replaced_by_id") ON "api_key" TO tenantry_system;
GRANT SELECT, DELETE ON "saved_view", "default_view", "shared_view" TO tenantry_system;
CREATE POLICY system ON "saved_view" FOR ALL TO tenantry_system USING (true) WITH CHECK (true);
CREATE POLICY system ON "default_view" FOR ALL TO tenantry_system USING (true) WITH CHECK (true);
CREATE POLICY system ON "shared_view" FOR ALL TO tenantry_system USING (true) WITH CHECK (true);

-- ─── An address once used is never given to somebody else, also when nobody may know any more what it was. ───
ALTER TABLE "organization_slug" ADD COLUMN "slug_digest" TEXT NOT NULL DEFAULT '';
CREATE FUNCTION app.digest_slug() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.slug_digest := encode(sha256(convert_to(NEW.slug, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION app.digest_slug FROM PUBLIC;
UPDATE "organization_slug" SET "slug_digest" = encode(sha256(convert_to("slug", 'UTF8')), 'hex');
CREATE TRIGGER digest BEFORE INSERT ON "organization_slug" FOR EACH ROW EXECUTE FUNCTION app.digest_slug();
CREATE UNIQUE INDEX "organization_slug_slug_digest_key" ON "organization_slug"("slug_digest");
GRANT UPDATE ("slug") ON "organization_slug" TO tenantry_system;
