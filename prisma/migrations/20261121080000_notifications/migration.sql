-- What a person is told in an organization. Written by whatever happened there, read and ticked off by the person alone.
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "target_id" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- One cause is told once.
CREATE UNIQUE INDEX "notification_org_id_user_id_cause_key" ON "notification"("org_id", "user_id", "cause");

CREATE INDEX "notification_user_id_org_id_id_idx" ON "notification"("user_id", "org_id", "id" DESC);

CREATE INDEX "notification_created_at_idx" ON "notification"("created_at");

-- Whoever is no member any more has nothing to be told here.
ALTER TABLE "notification" ADD CONSTRAINT "notification_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "user_id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE INDEX notification_unread ON "notification" (user_id, org_id) WHERE read_at IS NULL;

SELECT app.protect_user_table('notification', 'SELECT, UPDATE (read_at), INSERT', 'SELECT, INSERT, DELETE');
-- Told from within the organization, to any of its members; read by nobody else there.
CREATE POLICY tenant ON "notification" FOR INSERT TO tenantry_app
  WITH CHECK (org_id = nullif(current_setting('app.current_tenant', true), '')::uuid);

CREATE TRIGGER announce AFTER INSERT OR UPDATE OF read_at ON "notification" FOR EACH ROW EXECUTE FUNCTION app.notify_row('notification', 'org_id');
