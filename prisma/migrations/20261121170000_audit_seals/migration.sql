-- The audit log gets its chains: one per organization and one of the platform, for acts that belong to none.
-- Appending seals is one idea with the usage ledger's, so both use the same function from here on.

-- ─── One sealer for every chain ───
-- Appends up to `most` of what waits in `queue` to the chains in `seals`, oldest first: chain by chain, each seal over its
-- number, the hash before it, the entry and the entry's own digest. The caller holds the sealer's turn. Returns how many.
CREATE FUNCTION app.append_seals(queue regclass, entries regclass, seals regclass, digest name, most integer)
RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  entry record;
  chain uuid;
  of_chain text;
  is_in_chain boolean := false;
  last_seq bigint;
  last_hash text;
  sealed integer := 0;
BEGIN
  FOR entry IN EXECUTE format(
    'SELECT e.id, e.org_id, e.%I AS digest FROM %s u JOIN %s e ON e.id = u.entry_id AND e.org_id IS NOT DISTINCT FROM u.org_id
     ORDER BY u.org_id, u.entry_id LIMIT $1', digest, queue, entries) USING most
  LOOP
    IF NOT is_in_chain OR chain IS DISTINCT FROM entry.org_id THEN
      is_in_chain := true;
      chain := entry.org_id;
      -- Two forms, because an index serves "is null" and "=", but not "is not distinct from".
      of_chain := CASE WHEN chain IS NULL THEN 'org_id IS NULL' ELSE 'org_id = $1' END;
      last_seq := NULL;
      EXECUTE format('SELECT seq, hash FROM %s WHERE %s ORDER BY seq DESC LIMIT 1', seals, of_chain)
        INTO last_seq, last_hash USING chain;
      IF last_seq IS NULL THEN
        last_seq := 0;
        last_hash := '';
      END IF;
    END IF;
    EXECUTE format('INSERT INTO %s (org_id, seq, entry_id, prev_hash, hash) VALUES ($1, $2, $3, $4, $5) RETURNING seq, hash', seals)
      INTO last_seq, last_hash
      USING chain, last_seq + 1, entry.id, last_hash,
        encode(sha256(convert_to(concat_ws(':', last_seq + 1, last_hash, entry.id, entry.digest), 'UTF8')), 'hex');
    EXECUTE format('DELETE FROM %s WHERE %s AND entry_id = $2', queue, of_chain) USING chain, entry.id;
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

CREATE OR REPLACE FUNCTION app.seal_usage(most integer) RETURNS integer LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT app.append_seals('public.usage_unsealed', 'public.usage_ledger', 'public.usage_seal', 'digest', most)
$$;

-- ─── The audit's own ───
-- By what an act was done, where it was no page of the person's own: 'key:<id>'. Part of the entry's hash where it is not null.
ALTER TABLE "audit_entry" ADD COLUMN "via" TEXT;

CREATE TABLE "audit_unsealed" (
    "entry_id" UUID NOT NULL,
    "org_id" UUID,
    CONSTRAINT "audit_unsealed_pkey" PRIMARY KEY ("entry_id")
);
ALTER TABLE "audit_unsealed" ADD CONSTRAINT "audit_unsealed_org_id_entry_id_fkey" FOREIGN KEY ("org_id", "entry_id") REFERENCES "audit_entry"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
INSERT INTO "audit_unsealed" ("entry_id", "org_id") SELECT "id", "org_id" FROM "audit_entry";

CREATE TABLE "audit_seal" (
    "entry_id" UUID NOT NULL,
    -- Null in the platform's chain.
    "org_id" UUID,
    -- 1, 2, 3 … without a gap.
    "seq" BIGINT NOT NULL,
    "prev_hash" TEXT NOT NULL,
    -- sha256 of "seq:prev_hash:entry_id:hash of the entry", hexadecimal.
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("entry_id")
);
CREATE UNIQUE INDEX "audit_seal_org_id_seq_key" ON "audit_seal"("org_id", "seq") NULLS NOT DISTINCT;
CREATE UNIQUE INDEX "audit_seal_org_id_entry_id_key" ON "audit_seal"("org_id", "entry_id");
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_org_id_entry_id_fkey" FOREIGN KEY ("org_id", "entry_id") REFERENCES "audit_entry"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- How far each chain was verified, and what was found first. Also what shows that a chain's end was cut off.
CREATE TABLE "audit_check" (
    -- The organization; of the platform's chain the nil uuid.
    "chain" UUID NOT NULL,
    "org_id" UUID,
    -- The last seal that was verified.
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    -- When the chain was last verified from its first seal on.
    "full_at" TIMESTAMPTZ(3),
    -- A verification from the first seal on that is under way: since when, and how far it is.
    "pass_began_at" TIMESTAMPTZ(3),
    "pass_seq" BIGINT,
    "pass_hash" TEXT,
    "fault" TEXT,
    "fault_entry_id" UUID,
    "fault_seq" BIGINT,
    CONSTRAINT "audit_check_pkey" PRIMARY KEY ("chain"),
    CONSTRAINT audit_check_fault_known CHECK ("fault" IN ('changed', 'missing', 'unsealed', 'detail_changed'))
);

-- Refusals of the minute under way: they are counted here and become one entry each when the minute is over.
CREATE TABLE "audit_refusal" (
    -- Organization, person, permission and minute.
    "key" TEXT NOT NULL,
    "org_id" UUID,
    "actor_id" UUID,
    "via" TEXT,
    "permission" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    -- Of the first.
    "address" TEXT,
    "correlation_id" TEXT NOT NULL,
    CONSTRAINT "audit_refusal_pkey" PRIMARY KEY ("key"),
    CONSTRAINT audit_refusal_positive CHECK ("count" > 0)
);
CREATE INDEX "audit_refusal_minute_idx" ON "audit_refusal"("minute");

-- First uses of a key, per day (UTC) and address: what stands here was told.
CREATE TABLE "audit_key_use" (
    "org_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    -- sha256 of day and address: only ever compared.
    "address_digest" TEXT NOT NULL,
    CONSTRAINT "audit_key_use_pkey" PRIMARY KEY ("org_id", "key_id", "day", "address_digest")
);
CREATE INDEX "audit_key_use_day_idx" ON "audit_key_use"("day");

SELECT app.protect_tenant_table('audit_unsealed', 'INSERT', 'SELECT, INSERT, DELETE');
CREATE POLICY person ON "audit_unsealed" FOR INSERT TO tenantry_app
  WITH CHECK (org_id IS NULL AND nullif(current_setting('app.current_user_id', true), '')::uuid IS NOT NULL);
SELECT app.protect_tenant_table('audit_seal', 'SELECT', 'SELECT, INSERT');
SELECT app.protect_tenant_table('audit_check', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('audit_key_use', '', 'SELECT, INSERT, DELETE');
ALTER TABLE "audit_refusal" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_refusal" FORCE ROW LEVEL SECURITY;
SELECT app.open_to_platform('audit_refusal', '', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "audit_seal" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "audit_seal" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE FUNCTION app.queue_audit_for_seal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO audit_unsealed (entry_id, org_id) VALUES (NEW.id, NEW.org_id);
  RETURN NULL;
END $$;
CREATE TRIGGER queue_for_seal AFTER INSERT ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION app.queue_audit_for_seal();

CREATE FUNCTION app.seal_audit(most integer) RETURNS integer LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT app.append_seals('public.audit_unsealed', 'public.audit_entry', 'public.audit_seal', 'hash', most)
$$;

REVOKE ALL ON FUNCTION app.append_seals, app.queue_audit_for_seal, app.seal_audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.append_seals, app.seal_audit TO tenantry_system;

-- ─── What the page asks for, newest first, each by an index of its own (ids are made in the order of time) ───
DROP INDEX "audit_entry_org_id_created_at_idx", "audit_entry_actor_id_created_at_idx";
CREATE INDEX "audit_entry_actor_id_org_id_id_idx" ON "audit_entry"("actor_id", "org_id", "id");
CREATE INDEX "audit_entry_target_id_org_id_id_idx" ON "audit_entry"("target_id", "org_id", "id");
CREATE INDEX "audit_entry_org_id_action_id_idx" ON "audit_entry"("org_id", "action", "id");
CREATE INDEX "audit_entry_org_id_actor_id_action_id_idx" ON "audit_entry"("org_id", "actor_id", "action", "id");
CREATE INDEX "audit_entry_org_id_correlation_id_id_idx" ON "audit_entry"("org_id", "correlation_id", "id");
