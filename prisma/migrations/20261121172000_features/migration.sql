-- What the platform switched on or off for one organization, with its history.
CREATE TABLE "organization_features" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "feature_name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- From then on it says nothing any more; null for good.
    "expires_at" TIMESTAMPTZ(3),
    -- When it was taken back, or another one came in its place.
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    CONSTRAINT "organization_features_pkey" PRIMARY KEY ("id"),
    CONSTRAINT organization_features_reasoned CHECK (length("reason") > 0)
);
CREATE UNIQUE INDEX "organization_features_org_id_id_key" ON "organization_features"("org_id", "id");
-- One at a time; those that ended stay as its history.
CREATE UNIQUE INDEX organization_features_open ON "organization_features"("org_id", "feature_name") WHERE "ended_at" IS NULL;
CREATE INDEX "organization_features_org_id_created_at_idx" ON "organization_features"("org_id", "created_at" DESC);
ALTER TABLE "organization_features" ADD CONSTRAINT "organization_features_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
SELECT app.protect_tenant_table('organization_features', 'SELECT', 'SELECT, INSERT, UPDATE (ended_at, ended_by_id)');
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON "organization_features" FOR EACH ROW EXECUTE FUNCTION app.notify_row('feature', 'org_id');
