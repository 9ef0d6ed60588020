-- What of the ledger lies in the locked bucket: one file per organization and UTC day of sealing. A row is planned before
-- its file is written and never changes its bounds, so that a repeated turn writes the same bytes.
CREATE TABLE "usage_export" (
    "org_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    -- Numbers of the chain, both included; the next file begins where this one ends.
    "first_seq" BIGINT NOT NULL,
    "last_seq" BIGINT NOT NULL,
    -- Hash of the seal `last_seq`.
    "head" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Of the file; empty until it lies there.
    "bytes" BIGINT,
    "sha256" TEXT,
    "locked_until" TIMESTAMPTZ(3),
    "written_at" TIMESTAMPTZ(3),
    CONSTRAINT "usage_export_pkey" PRIMARY KEY ("org_id", "day"),
    CONSTRAINT usage_export_goes_forward CHECK ("first_seq" >= 1 AND "last_seq" >= "first_seq"),
    CONSTRAINT usage_export_written_whole CHECK (("written_at" IS NULL) = ("sha256" IS NULL) AND ("written_at" IS NULL) = ("bytes" IS NULL))
);
CREATE UNIQUE INDEX "usage_export_org_id_first_seq_key" ON "usage_export"("org_id", "first_seq");
SELECT app.protect_tenant_table('usage_export', '', 'SELECT, INSERT, UPDATE');

-- Up to which day every organization's ledger is in the bucket.
INSERT INTO "usage_rollup_state" VALUES ('ledger-export', '2000-01-01');
