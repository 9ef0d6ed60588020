-- Records that are alike and yet not the same: somebody said so, and they are not shown again until one more joins them.
CREATE TABLE "duplicate_dismissal" (
  "org_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "alike_by" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "total" INTEGER NOT NULL,
  "dismissed_by_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "duplicate_dismissal_pkey" PRIMARY KEY ("org_id", "kind", "alike_by", "key"),
  CONSTRAINT duplicate_dismissal_kind_known CHECK (kind IN ('company', 'contact')),
  CONSTRAINT duplicate_dismissal_alike_by_known CHECK (alike_by IN ('name', 'phone'))
);

SELECT app.protect_tenant_table('duplicate_dismissal', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');
