-- Whether the last of a ledger must be kept is asked once a statement: asked for each row, it walks over all that the
-- transaction has removed so far, and a piece takes the square of its size.
DROP TRIGGER append_only_whole ON "usage_seal";

CREATE FUNCTION app.refuse_early_chain_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  kept_since timestamptz := make_timestamptz(extract(year FROM now() AT TIME ZONE 'UTC')::integer - 10, 1, 1, 0, 0, 0, 'UTC');
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT DISTINCT org_id FROM gone) o CROSS JOIN LATERAL (
      SELECT s.sealed_at FROM public.usage_seal s WHERE s.org_id = o.org_id ORDER BY s.seq DESC LIMIT 1
    ) top WHERE top.sealed_at >= kept_since
  ) THEN
    RAISE EXCEPTION '% on % is refused: a ledger is append-only until the last of it need not be kept any more', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION app.refuse_early_chain_end FROM PUBLIC;
-- What goes is held against its own date by append_only, row by row; this asks about what stays.
CREATE TRIGGER append_only_whole AFTER DELETE ON "usage_seal" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_early_chain_end();
