-- The end of a ledger goes in pieces that each fit a transaction, from its end backwards.

-- Seals from this number on were removed with their entries, since the ledger need not be kept; null while the file is whole.
ALTER TABLE "usage_export" ADD COLUMN "removed_from" BIGINT;
ALTER TABLE "usage_export" ADD CONSTRAINT usage_export_ends_from_its_end CHECK ("removed_from" > "first_seq" AND "removed_from" <= "last_seq");

-- Removing an entry asks whether another one corrects it: without this that reads the whole ledger for each.
CREATE INDEX usage_ledger_corrections ON "usage_ledger"("org_id", "corrects_id") WHERE "corrects_id" IS NOT NULL;

-- A ledger goes as a whole: nothing of it, however old, while the last that is left of it must be kept (docs/GDPR.md).
CREATE FUNCTION app.refuse_early_ledger_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  kept_since timestamptz := make_timestamptz(extract(year FROM now() AT TIME ZONE 'UTC')::integer - 10, 1, 1, 0, 0, 0, 'UTC');
BEGIN
  IF EXISTS (
    SELECT FROM public.erasure e WHERE e.subject_id = OLD.org_id AND e.kind = 'organization' AND e.state = 'completed'
  ) AND coalesce(
    (SELECT s.sealed_at < kept_since FROM public.usage_seal s WHERE s.org_id = OLD.org_id ORDER BY s.seq DESC LIMIT 1), true
  ) THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION '% on % is refused: a ledger is append-only until the last of it need not be kept any more', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION app.refuse_early_ledger_end FROM PUBLIC;

CREATE TRIGGER append_only_whole BEFORE DELETE ON "usage_seal" FOR EACH ROW EXECUTE FUNCTION app.refuse_early_ledger_end();
CREATE TRIGGER kept BEFORE DELETE ON "usage_export" FOR EACH ROW EXECUTE FUNCTION app.refuse_early_ledger_end();
CREATE TRIGGER kept_from_its_end BEFORE UPDATE ON "usage_export" FOR EACH ROW WHEN (OLD."removed_from" IS DISTINCT FROM NEW."removed_from") EXECUTE FUNCTION app.refuse_early_ledger_end();
