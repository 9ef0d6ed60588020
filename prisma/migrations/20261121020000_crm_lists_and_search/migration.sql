-- Lists by name. lower() is not leakproof, so under RLS `lower(name) > $1` could never be an index condition: a page
-- deep in the list would read everything before it. Comparing a stored column is leakproof.
ALTER TABLE "company" ADD COLUMN name_key TEXT GENERATED ALWAYS AS (lower(name)) STORED;
ALTER TABLE "contact" ADD COLUMN name_key TEXT GENERATED ALWAYS AS (
  lower(coalesce(nullif(btrim(coalesce(last_name, '') || ' ' || coalesce(first_name, '')), ''), email, ''))
) STORED;
DROP INDEX company_list_name, contact_list_name;
CREATE INDEX company_list_name ON "company" (org_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_name ON "contact" (org_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX company_list_mine ON "company" (org_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_mine ON "contact" (org_id, owner_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;

-- An import ends: all rows read, or given up.
ALTER TABLE "import" DROP CONSTRAINT import_status_known;
ALTER TABLE "import"
  ADD CONSTRAINT import_status_known CHECK (status IN ('awaiting_upload', 'ready', 'started', 'finished', 'discarded'));
-- Files that nobody came back for are looked for by age.
CREATE INDEX import_open ON "import" (updated_at) WHERE status IN ('awaiting_upload', 'ready', 'started');

-- A trigram index knows nothing of one or two letters in the middle of a word, but it does know how words begin (each
-- word is padded with blanks). So from three characters on a search finds them anywhere, below that at the beginning
-- of words; each arm runs only when it is meant, and either is served by the index.
CREATE OR REPLACE FUNCTION app.search_companies(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM public.company c
  WHERE char_length(words) >= 3
    AND c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND lower(c.name || ' ' || coalesce(c.domain, '')) LIKE app.like_pattern(words)
  UNION ALL
  SELECT c.id FROM public.company c
  WHERE char_length(words) < 3
    AND c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND (lower(c.name || ' ' || coalesce(c.domain, '')) LIKE substr(app.like_pattern(words), 2)
      OR lower(c.name || ' ' || coalesce(c.domain, '')) LIKE '% ' || substr(app.like_pattern(words), 2))
$$;

CREATE OR REPLACE FUNCTION app.search_contacts(words text) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM public.contact c
  WHERE char_length(words) >= 3
    AND c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.email, '')) LIKE app.like_pattern(words)
  UNION ALL
  SELECT c.id FROM public.contact c
  WHERE char_length(words) < 3
    AND c.org_id = nullif(current_setting('app.current_tenant', true), '')::uuid
    AND c.deleted_at IS NULL
    AND (lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.email, '')) LIKE substr(app.like_pattern(words), 2)
      OR lower(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '') || ' ' || coalesce(c.email, '')) LIKE '% ' || substr(app.like_pattern(words), 2))
$$;

-- The purge unlinks living contacts from a company that goes for good, and may change nothing else of them.
GRANT UPDATE (company_id) ON "contact" TO tenantry_system;
