-- Access tokens of programs: what a session of a key was granted, and what the platform reads of keys to renew it.
ALTER TABLE "session" ADD COLUMN "client_scopes" TEXT[] NOT NULL DEFAULT '{}';

GRANT SELECT (prefix, scopes, expires_at, revoked_at, name) ON "api_key" TO tenantry_system;

-- The key's name as well: a program's session is listed under it.
GRANT SELECT (name) ON "api_key" TO tenantry_resolver;
DROP FUNCTION app.resolve_api_key(text);
CREATE FUNCTION app.resolve_api_key(asked_prefix text)
RETURNS TABLE (id uuid, org_id uuid, org_slug text, user_id uuid, name text, secret_hash text, scopes text[], expires_at timestamptz, revoked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT k.id, k.org_id, o.slug, k.created_by_id, k.name, k.secret_hash, k.scopes, k.expires_at, k.revoked_at
  FROM public.api_key k JOIN public.organization o ON o.id = k.org_id
  WHERE k.prefix = asked_prefix
$$;
GRANT CREATE ON SCHEMA app TO tenantry_resolver;
ALTER FUNCTION app.resolve_api_key(text) OWNER TO tenantry_resolver;
REVOKE CREATE ON SCHEMA app FROM tenantry_resolver;
REVOKE ALL ON FUNCTION app.resolve_api_key FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.resolve_api_key TO tenantry_app;
