-- Sample data: which records are made up, so that they can go again and nothing else with them. `created_at` is also when
-- the record was last touched by us: one that was changed since is the organization's own.
CREATE TABLE "sample_record" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "company_id" UUID,
    "contact_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_record_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "sample_record_org_id_company_id_idx" ON "sample_record"("org_id", "company_id");

CREATE INDEX "sample_record_org_id_contact_id_idx" ON "sample_record"("org_id", "contact_id");

ALTER TABLE "sample_record" ADD CONSTRAINT "sample_record_org_id_company_id_fkey" FOREIGN KEY ("org_id", "company_id") REFERENCES "company"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "sample_record" ADD CONSTRAINT "sample_record_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "sample_record" ADD CONSTRAINT sample_record_of_one CHECK (num_nonnulls(company_id, contact_id) = 1);

SELECT app.protect_tenant_table('sample_record', 'SELECT, INSERT, DELETE', 'SELECT');

-- The first steps, put away by one member for good.
ALTER TABLE "membership" ADD COLUMN "setup_hidden_at" TIMESTAMPTZ(3);

-- The mail that welcomes a new person once. Those who are here already have been.
ALTER TABLE "user" ADD COLUMN "welcomed_at" TIMESTAMPTZ(3);
UPDATE "user" SET "welcomed_at" = now();
