-- A list on its way into a file: what was asked for, and how far the file is.
CREATE TABLE "export" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "asked" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "file_name" TEXT NOT NULL,
    "upload_id" TEXT,
    "parts" JSONB NOT NULL DEFAULT '[]',
    "cursor" TEXT,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "size_bytes" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "export_pkey" PRIMARY KEY ("id"),
    CONSTRAINT export_status_known CHECK (status IN ('running', 'finished', 'expired')),
    CONSTRAINT export_finished_expires CHECK (status <> 'finished' OR expires_at IS NOT NULL)
);

CREATE UNIQUE INDEX "export_org_id_job_id_key" ON "export"("org_id", "job_id");
ALTER TABLE "export" ADD CONSTRAINT "export_org_id_job_id_fkey" FOREIGN KEY ("org_id", "job_id") REFERENCES "job"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- Files are looked for by age, over all organizations.
CREATE INDEX export_due ON "export" (coalesce(expires_at, updated_at)) WHERE status <> 'expired';

SELECT app.protect_tenant_table('export', 'SELECT, INSERT, UPDATE', 'SELECT');
