-- What the law keeps of an organization that is gone goes when its ten years are over (docs/GDPR.md). The database itself
-- lets go of nothing earlier, whatever the clock of who asks says.

-- The year (UTC) in which what is kept of an erased organization was last gone through to its end.
ALTER TABLE "erasure" ADD COLUMN "retention_year" INTEGER;
CREATE INDEX "erasure_subject_id_idx" ON "erasure"("subject_id");
CREATE INDEX erasure_keeping ON "erasure"("retention_year", "id") WHERE "kind" = 'organization' AND "state" = 'completed';

-- As refuse_change, but for rows of an erased organization whose ten years are over; the argument names what they are dated by.
CREATE FUNCTION app.refuse_change_while_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  dated timestamptz := (to_jsonb(OLD) ->> TG_ARGV[0])::timestamptz;
  kept_since timestamptz := make_timestamptz(extract(year FROM now() AT TIME ZONE 'UTC')::integer - 10, 1, 1, 0, 0, 0, 'UTC');
BEGIN
  IF TG_OP = 'DELETE' AND dated < kept_since AND EXISTS (
    SELECT FROM public.erasure e WHERE e.subject_id = OLD.org_id AND e.kind = 'organization' AND e.state = 'completed'
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% on % is refused: this table is append-only until what it holds need not be kept any more', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
REVOKE ALL ON FUNCTION app.refuse_change_while_kept FROM PUBLIC;

DROP TRIGGER append_only ON "usage_ledger";
DROP TRIGGER append_only ON "usage_seal";
DROP TRIGGER append_only ON "revenue_movement";
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "usage_ledger" FOR EACH ROW EXECUTE FUNCTION app.refuse_change_while_kept('created_at');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "usage_seal" FOR EACH ROW EXECUTE FUNCTION app.refuse_change_while_kept('sealed_at');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "revenue_movement" FOR EACH ROW EXECUTE FUNCTION app.refuse_change_while_kept('occurred_at');
CREATE TRIGGER kept BEFORE DELETE ON "invoice" FOR EACH ROW EXECUTE FUNCTION app.refuse_change_while_kept('issued_at');

GRANT DELETE ON "usage_ledger", "usage_seal", "usage_export", "revenue_movement", "invoice", "stripe_event" TO tenantry_system;
