-- What an organization has sent to its own addresses. What can be told is what is written down: an entry of the audit log
-- whose action stands in webhook_event_type becomes an event, in the transaction of the change, when somebody asked for it.

CREATE TABLE "webhook_event_type" (
    "name" TEXT NOT NULL,

    CONSTRAINT "webhook_event_type_pkey" PRIMARY KEY ("name")
);
INSERT INTO "webhook_event_type" ("name") VALUES
  ('company.created'), ('company.updated'), ('company.deleted'), ('company.restored'), ('company.merged'), ('company.unmerged'),
  ('contact.created'), ('contact.updated'), ('contact.deleted'), ('contact.restored'), ('contact.merged'), ('contact.unmerged'),
  ('import.started'), ('import.finished'), ('import.discarded'),
  ('export.started'), ('export.finished'),
  ('job.completed'), ('job.failed'), ('job.cancelled'),
  ('invitation.sent'), ('invitation.accepted'), ('invitation.revoked'),
  ('member.role_changed'), ('member.removed'), ('member.left'),
  ('organization.updated'), ('organization.plan_changed');

-- Nobody's rows: only a migration changes them.
ALTER TABLE "webhook_event_type" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_event_type" FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON "webhook_event_type" FOR SELECT TO tenantry_app USING (true);
GRANT SELECT ON "webhook_event_type" TO tenantry_app;
SELECT app.open_to_platform('webhook_event_type', '', 'SELECT');

CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    -- All there are, those of tomorrow too; else those named.
    "all_events" BOOLEAN NOT NULL,
    "event_types" TEXT[] NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "disabled_reason" TEXT,
    -- The first of the failures since the last success.
    "failing_since" TIMESTAMPTZ(3),
    "warned_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT webhook_endpoint_status_known CHECK ("status" IN ('active', 'disabled')),
    CONSTRAINT webhook_endpoint_disabled_why CHECK (("status" = 'disabled') = ("disabled_reason" IS NOT NULL)),
    CONSTRAINT webhook_endpoint_reason_known CHECK ("disabled_reason" IN ('by_hand', 'failing', 'gone'))
);
CREATE UNIQUE INDEX "webhook_endpoint_org_id_id_key" ON "webhook_endpoint"("org_id", "id");
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "webhook_secret" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    -- JWE; opened by the server alone.
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- Signs until then, beside its successor; the one without an end is the endpoint's own.
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_secret_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_secret_org_id_id_key" ON "webhook_secret"("org_id", "id");
CREATE INDEX "webhook_secret_org_id_endpoint_id_idx" ON "webhook_secret"("org_id", "endpoint_id");
CREATE UNIQUE INDEX webhook_secret_own ON "webhook_secret"("org_id", "endpoint_id") WHERE "expires_at" IS NULL;
ALTER TABLE "webhook_secret" ADD CONSTRAINT "webhook_secret_org_id_endpoint_id_fkey" FOREIGN KEY ("org_id", "endpoint_id") REFERENCES "webhook_endpoint"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "webhook_event" (
    -- The audit entry's.
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "target_type" TEXT,
    "target_id" TEXT,
    "actor_id" UUID,
    -- What is sent, once it was put together for the first delivery: the same text at every try.
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- When deliveries were made of it.
    "fanned_out_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_event_org_id_id_key" ON "webhook_event"("org_id", "id");
CREATE INDEX "webhook_event_created_at_idx" ON "webhook_event"("created_at");
CREATE INDEX webhook_event_waiting ON "webhook_event"("created_at") WHERE "fanned_out_at" IS NULL;
ALTER TABLE "webhook_event" ADD CONSTRAINT "webhook_event_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    -- When it is due; null once it ended.
    "next_attempt_at" TIMESTAMPTZ(3),
    -- A try under way holds it until then.
    "claimed_until" TIMESTAMPTZ(3),
    "last_status_code" INTEGER,
    "last_fault" TEXT,
    "is_replay" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT webhook_delivery_status_known CHECK ("status" IN ('pending', 'succeeded', 'failed')),
    CONSTRAINT webhook_delivery_due CHECK (("status" = 'pending') = ("next_attempt_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "webhook_delivery_org_id_id_key" ON "webhook_delivery"("org_id", "id");
-- One event is told to one address once; besides, as often as somebody asks for it.
CREATE UNIQUE INDEX webhook_delivery_once ON "webhook_delivery"("org_id", "endpoint_id", "event_id") WHERE NOT "is_replay";
CREATE INDEX "webhook_delivery_org_id_endpoint_id_id_idx" ON "webhook_delivery"("org_id", "endpoint_id", "id" DESC);
CREATE INDEX "webhook_delivery_org_id_event_id_idx" ON "webhook_delivery"("org_id", "event_id");
CREATE INDEX webhook_delivery_waiting ON "webhook_delivery"("next_attempt_at") WHERE "status" = 'pending';
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_org_id_endpoint_id_fkey" FOREIGN KEY ("org_id", "endpoint_id") REFERENCES "webhook_endpoint"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_org_id_event_id_fkey" FOREIGN KEY ("org_id", "event_id") REFERENCES "webhook_event"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

CREATE TABLE "webhook_attempt" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status_code" INTEGER,
    "fault" TEXT,
    -- The beginning of what was answered.
    "answer" TEXT,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_attempt_org_id_id_key" ON "webhook_attempt"("org_id", "id");
CREATE INDEX "webhook_attempt_org_id_delivery_id_number_idx" ON "webhook_attempt"("org_id", "delivery_id", "number");
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_org_id_delivery_id_fkey" FOREIGN KEY ("org_id", "delivery_id") REFERENCES "webhook_delivery"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

--                                  table               tenantry_app                        tenantry_system
SELECT app.protect_tenant_table('webhook_endpoint', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT, UPDATE');
SELECT app.protect_tenant_table('webhook_secret',   'SELECT, INSERT, UPDATE, DELETE', 'SELECT');
SELECT app.protect_tenant_table('webhook_event',    'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_tenant_table('webhook_delivery', 'SELECT, INSERT, UPDATE',         'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('webhook_attempt',  'SELECT, INSERT',                 'SELECT');

-- As whoever writes the entry: a tenant sees its own endpoints only, the system role those of the entry's organization.
CREATE FUNCTION app.tell_webhooks() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (
    SELECT FROM webhook_endpoint e
    WHERE e.org_id = NEW.org_id AND e.status = 'active' AND (e.all_events OR NEW.action = ANY (e.event_types))
  ) AND EXISTS (SELECT FROM webhook_event_type t WHERE t.name = NEW.action) THEN
    INSERT INTO webhook_event (id, org_id, type, target_type, target_id, actor_id, created_at)
    VALUES (NEW.id, NEW.org_id, NEW.action, NEW.target_type, NEW.target_id, NEW.actor_id, NEW.created_at);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION app.tell_webhooks FROM PUBLIC;
CREATE TRIGGER tell_webhooks AFTER INSERT ON "audit_entry" FOR EACH ROW WHEN (NEW.org_id IS NOT NULL) EXECUTE FUNCTION app.tell_webhooks();
