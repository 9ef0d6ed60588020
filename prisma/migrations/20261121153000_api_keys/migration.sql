-- API keys: programs that act for the member who made the key, within its scopes (spec §3).

CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    -- The key's public part: what it is found by, and what people see of it beside its last four characters.
    "prefix" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    -- SHA-256 of the whole key, hex. The secret in it has 256 random bits: there is nothing to guess slowly.
    "secret_hash" TEXT NOT NULL,
    "scopes" TEXT[] NOT NULL,
    "created_by_id" UUID NOT NULL,
    -- A copy, for when the member has left.
    "created_by_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    -- To the half minute, written by whichever process saw the key.
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_address" TEXT,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by_id" UUID,
    -- The key that took over by rotation.
    "replaced_by_id" UUID,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT api_key_named CHECK (length("name") BETWEEN 1 AND 80),
    CONSTRAINT api_key_scoped CHECK (cardinality("scopes") > 0)
);
CREATE UNIQUE INDEX "api_key_org_id_id_key" ON "api_key"("org_id", "id");
CREATE UNIQUE INDEX "api_key_prefix_key" ON "api_key"("prefix");
CREATE INDEX "api_key_org_id_created_at_idx" ON "api_key"("org_id", "created_at" DESC);
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_org_id_replaced_by_id_fkey" FOREIGN KEY ("org_id", "replaced_by_id") REFERENCES "api_key"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What a key may do is settled when it is made: afterwards it can only end.
SELECT app.protect_tenant_table('api_key',
  'SELECT, INSERT, UPDATE (expires_at, revoked_at, revoked_by_id, replaced_by_id, updated_at)',
  'SELECT (id, org_id, created_by_id, last_used_at, last_used_address), UPDATE (last_used_at, last_used_address)');
CREATE TRIGGER announce AFTER DELETE OR UPDATE OF expires_at, revoked_at ON "api_key" FOR EACH ROW EXECUTE FUNCTION app.notify_row('api_key', 'org_id');

-- ─── Before the organization is known: whose key this is. The caller compares the digest. ───
GRANT SELECT (id, org_id, prefix, secret_hash, scopes, created_by_id, expires_at, revoked_at) ON "api_key" TO tenantry_resolver;
CREATE POLICY resolver ON "api_key" FOR SELECT TO tenantry_resolver USING (true);

CREATE FUNCTION app.resolve_api_key(asked_prefix text)
RETURNS TABLE (id uuid, org_id uuid, org_slug text, user_id uuid, secret_hash text, scopes text[], expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT k.id, k.org_id, o.slug, k.created_by_id, k.secret_hash, k.scopes, k.expires_at, k.revoked_at
  FROM public.api_key k JOIN public.organization o ON o.id = k.org_id
  WHERE k.prefix = asked_prefix
$$;
GRANT CREATE ON SCHEMA app TO tenantry_resolver;
ALTER FUNCTION app.resolve_api_key(text) OWNER TO tenantry_resolver;
REVOKE CREATE ON SCHEMA app FROM tenantry_resolver;
REVOKE ALL ON FUNCTION app.resolve_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.resolve_api_key TO tenantry_app;

-- ─── Sessions of programs stand in the registry of sessions, with the key they came of. ───
ALTER TABLE "session" DROP CONSTRAINT session_method_known;
ALTER TABLE "session"
  -- No foreign key: this is a person's row, and a key is a tenant's. A session whose key is gone lets nobody in.
  ADD COLUMN "api_key_id" UUID,
  -- The key's name when the session began, for the person's list of devices.
  ADD COLUMN "client_name" TEXT,
  ADD CONSTRAINT session_method_known CHECK (method IN ('email', 'google', 'dev', 'key')),
  ADD CONSTRAINT session_key_named CHECK ((method = 'key') = (api_key_id IS NOT NULL));
CREATE INDEX session_of_key ON "session" (api_key_id) WHERE api_key_id IS NOT NULL;
