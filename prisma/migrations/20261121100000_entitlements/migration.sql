-- What a plan allows, what an organization is on, and what it was given besides (spec §5).

CREATE TABLE "plan_entitlements" (
    "plan" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    -- Units are the feature's own (minutes, GB, pieces); -1 is unlimited, 0 is not in the plan, 1 is yes for what is not counted.
    "limit" BIGINT NOT NULL,

    CONSTRAINT "plan_entitlements_pkey" PRIMARY KEY ("plan", "feature"),
    CONSTRAINT plan_entitlements_plan_known CHECK ("plan" IN ('FREE', 'PRO', 'ENTERPRISE')),
    CONSTRAINT plan_entitlements_limit_sound CHECK ("limit" >= -1)
);

INSERT INTO "plan_entitlements" ("feature", "plan", "limit")
SELECT feature, plan, "limit" FROM (VALUES
  --                     FREE   PRO      ENTERPRISE
  ('members',            1,     5,       -1),
  ('jobs',               1000,  5000,    -1),
  ('api_calls',          -1,    -1,      -1),
  ('emails',             -1,    -1,      -1),
  ('ai_tokens',          0,     100000,  -1),
  ('images',             500,   2500,    -1),
  ('tts_minutes',        1000,  5000,    -1),
  ('render_minutes',     500,   2500,    -1),
  ('storage_gb',         100,   500,     -1),
  ('overage',            0,     1,       0),
  ('crm',                1,     1,       1),
  ('storefront',         1,     1,       1),
  ('studio',             1,     1,       1),
  ('calendar_sync',      0,     1,       1),
  ('workflows',          0,     1,       1),
  ('proposals',          0,     1,       1),
  ('smart_tasks',        0,     1,       1),
  ('ai_copilot',         0,     1,       1),
  ('agents',             0,     1,       1),
  ('slack_integration',  0,     1,       1),
  ('advanced_reporting', 0,     1,       1),
  ('revenue_splitting',  0,     1,       1),
  ('browser_automation', 0,     1,       1),
  ('rendering_4k',       0,     1,       1),
  ('youtube_publishing', 0,     1,       1)
) AS t(feature, free, pro, enterprise)
CROSS JOIN LATERAL (VALUES ('FREE', free), ('PRO', pro), ('ENTERPRISE', enterprise)) AS p(plan, "limit");

-- Nobody's rows: every organization reads the same table of plans, and only a migration changes it.
ALTER TABLE "plan_entitlements" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "plan_entitlements" FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON "plan_entitlements" FOR SELECT TO tenantry_app USING (true);
GRANT SELECT ON "plan_entitlements" TO tenantry_app;
SELECT app.open_to_platform('plan_entitlements', '', 'SELECT');

CREATE TABLE "organization_plan" (
    "org_id" UUID NOT NULL,
    "plan" TEXT NOT NULL DEFAULT 'FREE',
    -- Who says so: nobody yet, a payment, or staff of the platform.
    "source" TEXT NOT NULL DEFAULT 'none',
    -- Until then a FREE organization has what PRO has.
    "trial_ends_at" TIMESTAMPTZ(3),
    -- Periods are counted from here: the organization's creation, or the start of the period that is paid for.
    "period_anchor" TIMESTAMPTZ(3) NOT NULL,
    "overage_enabled" BOOLEAN NOT NULL DEFAULT false,
    -- The most that overage may cost in one period, in US dollars.
    "overage_cap" NUMERIC(12,3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_plan_pkey" PRIMARY KEY ("org_id"),
    CONSTRAINT organization_plan_known CHECK ("plan" IN ('FREE', 'PRO', 'ENTERPRISE')),
    CONSTRAINT organization_plan_source_known CHECK ("source" IN ('none', 'stripe', 'staff')),
    CONSTRAINT organization_plan_cap_sound CHECK ("overage_cap" >= 0),
    CONSTRAINT organization_plan_overage_capped CHECK (NOT "overage_enabled" OR "overage_cap" IS NOT NULL)
);
ALTER TABLE "organization_plan" ADD CONSTRAINT "organization_plan_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

DO $$
DECLARE expected bigint; moved bigint;
BEGIN
  SELECT count(*) INTO expected FROM organization;
  INSERT INTO organization_plan (org_id, plan, source, period_anchor)
    SELECT id, plan, CASE WHEN plan = 'FREE' THEN 'none' ELSE 'staff' END, created_at FROM organization;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> expected THEN RAISE EXCEPTION 'moved % of % plans', moved, expected; END IF;
END $$;

-- A tenant founds itself on FREE with a trial, and switches its overage; no other word of its plan is its own to write.
SELECT app.protect_tenant_table('organization_plan',
  'SELECT, INSERT (org_id, trial_ends_at, period_anchor), UPDATE (overage_enabled, overage_cap, updated_at)',
  'SELECT, INSERT, UPDATE');
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON "organization_plan" FOR EACH ROW EXECUTE FUNCTION app.notify_row('entitlement', 'org_id');

CREATE TABLE "entitlement_override" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "feature" TEXT NOT NULL,
    "limit" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,

    CONSTRAINT "entitlement_override_pkey" PRIMARY KEY ("id"),
    CONSTRAINT entitlement_override_limit_sound CHECK ("limit" >= -1),
    CONSTRAINT entitlement_override_reasoned CHECK (length("reason") > 0)
);
CREATE UNIQUE INDEX "entitlement_override_org_id_id_key" ON "entitlement_override"("org_id", "id");
-- One at a time; those that ended stay as its history.
CREATE UNIQUE INDEX entitlement_override_open ON "entitlement_override"("org_id", "feature") WHERE "ended_at" IS NULL;
ALTER TABLE "entitlement_override" ADD CONSTRAINT "entitlement_override_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
SELECT app.protect_tenant_table('entitlement_override', 'SELECT', 'SELECT, INSERT, UPDATE');
CREATE TRIGGER announce AFTER INSERT OR UPDATE ON "entitlement_override" FOR EACH ROW EXECUTE FUNCTION app.notify_row('entitlement', 'org_id');

-- The plan stands in one place.
DROP FUNCTION app.my_orgs();
DROP FUNCTION app.resolve_org(text);
ALTER TABLE "organization" DROP CONSTRAINT organization_plan_known, DROP COLUMN "plan";

CREATE FUNCTION app.my_orgs()
RETURNS TABLE (org_id uuid, slug text, name text, status text, role text, logo_key text, time_zone text, default_currency text, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, o.slug, o.name, o.status, m.role, o.logo_key, o.time_zone, o.default_currency::text, m.last_used_at
  FROM public.membership m JOIN public.organization o ON o.id = m.org_id
  WHERE m.user_id = nullif(current_setting('app.current_user_id', true), '')::uuid
  ORDER BY m.last_used_at DESC NULLS LAST, m.created_at
$$;

-- `slug` of the answer is today's; it differs from the asked one when that is an old name.
CREATE FUNCTION app.resolve_org(asked_slug text)
RETURNS TABLE (org_id uuid, slug text, name text, status text, role text, logo_key text, time_zone text, default_currency text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT o.id, o.slug, o.name, o.status, m.role, o.logo_key, o.time_zone, o.default_currency::text
  FROM public.organization_slug s
  JOIN public.organization o ON o.id = s.org_id
  JOIN public.membership m ON m.org_id = o.id
  WHERE s.slug = asked_slug AND m.user_id = nullif(current_setting('app.current_user_id', true), '')::uuid
$$;

GRANT CREATE ON SCHEMA app TO tenantry_resolver;
ALTER FUNCTION app.my_orgs() OWNER TO tenantry_resolver;
ALTER FUNCTION app.resolve_org(text) OWNER TO tenantry_resolver;
REVOKE CREATE ON SCHEMA app FROM tenantry_resolver;
REVOKE ALL ON FUNCTION app.my_orgs, app.resolve_org FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.my_orgs, app.resolve_org TO tenantry_app;
