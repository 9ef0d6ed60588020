-- The ledger learns who caused an entry and carries its own digest; counters learn to reserve; a chain seals what was written.

-- ─── Ledger ───
ALTER TABLE "usage_ledger"
  -- What caused it: 'job', 'call', 'mail', 'measure', 'correction'; with the id of that thing where it has one.
  ADD COLUMN "source_type" TEXT,
  ADD COLUMN "source_id" UUID,
  -- Why, in a correction.
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "digest" TEXT;

-- Every column that says what was counted. The unit separator cannot be part of a key (see the check below).
CREATE FUNCTION app.ledger_digest(entry "usage_ledger") RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\x1f', entry.id, entry.org_id, entry.meter, coalesce(entry.service, ''), entry.quantity,
    entry.idempotency_key, (extract(epoch FROM entry.period_start) * 1000)::bigint, (extract(epoch FROM entry.period_end) * 1000)::bigint,
    (extract(epoch FROM entry.occurred_at) * 1000)::bigint, coalesce(entry.corrects_id::text, ''), coalesce(entry.source_type, ''),
    coalesce(entry.source_id::text, ''), coalesce(entry.reason, ''), (extract(epoch FROM entry.created_at) * 1000)::bigint), 'UTF8')), 'hex')
$$;

DO $$
DECLARE expected bigint; moved bigint;
BEGIN
  ALTER TABLE usage_ledger DISABLE TRIGGER append_only;
  SELECT count(*) INTO expected FROM usage_ledger;
  UPDATE usage_ledger l SET source_type = 'job', source_id = substring(idempotency_key FROM 5)::uuid
    WHERE idempotency_key ~ '^job:[0-9a-f-]{36}$';
  UPDATE usage_ledger l SET digest = app.ledger_digest(l);
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> expected THEN RAISE EXCEPTION 'gave % of % entries their digest', moved, expected; END IF;
  ALTER TABLE usage_ledger ENABLE TRIGGER append_only;
END $$;
ALTER TABLE "usage_ledger"
  ALTER COLUMN "digest" SET NOT NULL,
  -- For writers that leave it out; the trigger below makes it.
  ALTER COLUMN "digest" SET DEFAULT '',
  ADD CONSTRAINT usage_ledger_plain_texts CHECK (concat("idempotency_key", "service", "source_type", "reason") !~ '[\x01-\x1f]'),
  ADD CONSTRAINT usage_ledger_correction_named CHECK (("corrects_id" IS NULL) = ("reason" IS NULL)),
  ADD CONSTRAINT usage_ledger_less_is_a_correction CHECK ("quantity" >= 0 OR "corrects_id" IS NOT NULL);
ALTER TABLE "usage_ledger" ADD CONSTRAINT "usage_ledger_org_id_corrects_id_fkey" FOREIGN KEY ("org_id", "corrects_id") REFERENCES "usage_ledger"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE INDEX "usage_ledger_created_at_idx" ON "usage_ledger"("created_at");
CREATE INDEX "usage_ledger_org_id_meter_period_start_id_idx" ON "usage_ledger"("org_id", "meter", "period_start", "id");

-- The database makes the digest, so that no writer can give another one.
CREATE FUNCTION app.digest_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.digest := app.ledger_digest(NEW);
  RETURN NEW;
END $$;
CREATE TRIGGER digest BEFORE INSERT ON "usage_ledger" FOR EACH ROW EXECUTE FUNCTION app.digest_entry();

-- ─── Seals: one chain per organization, appended within a second by one sealer (a chain written in line would make every
-- writer of an organization wait). The queue names what is not sealed yet. ───
CREATE TABLE "usage_unsealed" (
    "entry_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    CONSTRAINT "usage_unsealed_pkey" PRIMARY KEY ("org_id", "entry_id")
);
ALTER TABLE "usage_unsealed" ADD CONSTRAINT "usage_unsealed_org_id_entry_id_fkey" FOREIGN KEY ("org_id", "entry_id") REFERENCES "usage_ledger"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
INSERT INTO "usage_unsealed" ("entry_id", "org_id") SELECT "id", "org_id" FROM "usage_ledger";

CREATE TABLE "usage_seal" (
    "org_id" UUID NOT NULL,
    -- 1, 2, 3 … without a gap.
    "seq" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "prev_hash" TEXT NOT NULL,
    -- sha256 of "seq:prev_hash:entry_id:digest of the entry", hexadecimal.
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "usage_seal_pkey" PRIMARY KEY ("org_id", "seq")
);
CREATE UNIQUE INDEX "usage_seal_org_id_entry_id_key" ON "usage_seal"("org_id", "entry_id");
ALTER TABLE "usage_seal" ADD CONSTRAINT "usage_seal_org_id_entry_id_fkey" FOREIGN KEY ("org_id", "entry_id") REFERENCES "usage_ledger"("org_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

SELECT app.protect_tenant_table('usage_unsealed', 'INSERT', 'SELECT, INSERT, DELETE');
SELECT app.protect_tenant_table('usage_seal', 'SELECT', 'SELECT, INSERT');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "usage_seal" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "usage_seal" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();

CREATE FUNCTION app.queue_for_seal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO usage_unsealed (entry_id, org_id) VALUES (NEW.id, NEW.org_id);
  RETURN NULL;
END $$;
CREATE TRIGGER queue_for_seal AFTER INSERT ON "usage_ledger" FOR EACH ROW EXECUTE FUNCTION app.queue_for_seal();

-- Seals up to `most` entries, oldest first. The caller holds the one sealer's lock. Returns how many.
CREATE FUNCTION app.seal_usage(most integer) RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  entry record;
  last_org uuid;
  last_seq bigint;
  last_hash text;
  sealed integer := 0;
BEGIN
  FOR entry IN
    SELECT l.id, l.org_id, l.digest FROM usage_unsealed u JOIN usage_ledger l ON l.org_id = u.org_id AND l.id = u.entry_id
    ORDER BY u.org_id, u.entry_id LIMIT most
  LOOP
    IF last_org IS DISTINCT FROM entry.org_id THEN
      last_org := entry.org_id;
      SELECT s.seq, s.hash INTO last_seq, last_hash FROM usage_seal s WHERE s.org_id = entry.org_id ORDER BY s.seq DESC LIMIT 1;
      IF NOT FOUND THEN
        last_seq := 0;
        last_hash := '';
      END IF;
    END IF;
    INSERT INTO usage_seal (org_id, seq, entry_id, prev_hash, hash)
      VALUES (entry.org_id, last_seq + 1, entry.id, last_hash,
        encode(sha256(convert_to(concat_ws(':', last_seq + 1, last_hash, entry.id, entry.digest), 'UTF8')), 'hex'))
      RETURNING seq, hash INTO last_seq, last_hash;
    DELETE FROM usage_unsealed WHERE org_id = entry.org_id AND entry_id = entry.id;
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

-- ─── Counters and reservations ───
-- What the plan included and what a unit beyond it costs, as of the last use: overage is counted from these.
ALTER TABLE "usage_counter"
  ADD COLUMN "included" BIGINT NOT NULL DEFAULT -1,
  ADD COLUMN "unit_price" NUMERIC(20,12);

CREATE TABLE "usage_reservation" (
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'held',
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "usage_reservation_pkey" PRIMARY KEY ("org_id", "meter", "key"),
    CONSTRAINT usage_reservation_state_known CHECK ("state" IN ('held', 'committed', 'released', 'expired')),
    CONSTRAINT usage_reservation_positive CHECK ("quantity" > 0)
);
CREATE INDEX usage_reservation_held ON "usage_reservation"("expires_at") WHERE "state" = 'held';
CREATE INDEX usage_reservation_settled ON "usage_reservation"("updated_at") WHERE "state" <> 'held';
SELECT app.protect_tenant_table('usage_reservation', 'SELECT, INSERT, UPDATE', 'SELECT, INSERT, UPDATE, DELETE');

-- One row per organization, meter, period and threshold (80, 100): decided exactly once; mail and notification come from it.
CREATE TABLE "usage_warning" (
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "threshold" SMALLINT NOT NULL,
    "used" BIGINT NOT NULL,
    "included" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "usage_warning_pkey" PRIMARY KEY ("org_id", "meter", "period_start", "threshold"),
    CONSTRAINT usage_warning_threshold_known CHECK ("threshold" BETWEEN 1 AND 100)
);
SELECT app.protect_tenant_table('usage_warning', 'SELECT, INSERT', 'SELECT, INSERT');

-- Whether `more` units fit beside what is used and reserved. `included` -1 is unlimited; a `cap` in dollars lets overage
-- begin, as long as the overage of all meters of the period stays within it. Locks are always taken in the order:
-- organization's overage, reservation, counter (older period first).
CREATE FUNCTION app.usage_fits(counter "usage_counter", more bigint, included bigint, unit_price numeric, cap numeric)
RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT included = -1
    OR counter.used + counter.reserved + more <= included
    OR (cap IS NOT NULL AND unit_price IS NOT NULL AND cap >=
        (counter.used + counter.reserved + more - included) * unit_price
        + coalesce((SELECT sum(greatest(o.used + o.reserved - o.included, 0) * o.unit_price) FROM usage_counter o
                    WHERE o.org_id = counter.org_id AND o.period_start = counter.period_start
                      AND o.meter <> counter.meter AND o.included >= 0 AND o.unit_price IS NOT NULL), 0))
$$;

-- The counter's row, locked until COMMIT; made when it is not there.
CREATE FUNCTION app.lock_counter(org uuid, asked_meter text, starts timestamptz, ends timestamptz)
RETURNS "usage_counter" LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  counter usage_counter;
BEGIN
  LOOP
    SELECT * INTO counter FROM usage_counter c WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = starts FOR UPDATE;
    IF FOUND THEN RETURN counter; END IF;
    -- What is stored does not go away with a period: a gauge begins at its last measure.
    INSERT INTO usage_counter (org_id, meter, period_start, period_end, used)
      VALUES (org, asked_meter, starts, ends, CASE WHEN asked_meter = 'storage_bytes' THEN coalesce(
        (SELECT c.used FROM usage_counter c WHERE c.org_id = org AND c.meter = asked_meter ORDER BY c.period_start DESC LIMIT 1), 0) ELSE 0 END)
      ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

CREATE FUNCTION app.lock_overage(org uuid) RETURNS void LANGUAGE sql SET search_path = pg_catalog AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('overage:' || org::text, 0))
$$;

-- Sets units aside. Outcome: 'held', 'committed' (the key was settled before), 'refused'. A key held already keeps its
-- quantity and lives on until the later expiry; one that expired or was released is taken anew.
CREATE FUNCTION app.reserve_usage(org uuid, asked_meter text, asked_key text, units bigint, starts timestamptz, ends timestamptz,
  until timestamptz, included bigint, unit_price numeric, cap numeric)
RETURNS TABLE (outcome text, used bigint, reserved bigint) LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  counter usage_counter;
  known usage_reservation;
BEGIN
  IF cap IS NOT NULL THEN PERFORM app.lock_overage(org); END IF;
  INSERT INTO usage_reservation AS r (org_id, meter, key, quantity, state, period_start, period_end, expires_at)
    VALUES (org, asked_meter, asked_key, units, 'released', starts, ends, until) ON CONFLICT DO NOTHING;
  SELECT * INTO known FROM usage_reservation r WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key FOR UPDATE;
  IF known.state = 'held' THEN
    UPDATE usage_reservation r SET expires_at = greatest(r.expires_at, until), updated_at = now()
      WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key;
    RETURN QUERY SELECT 'held', c.used, c.reserved FROM usage_counter c
      WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = known.period_start;
    RETURN;
  END IF;
  counter := app.lock_counter(org, asked_meter, starts, ends);
  IF known.state = 'committed' THEN
    RETURN QUERY SELECT 'committed', counter.used, counter.reserved;
    RETURN;
  END IF;
  IF NOT app.usage_fits(counter, units, included, unit_price, cap) THEN
    RETURN QUERY SELECT 'refused', counter.used, counter.reserved;
    RETURN;
  END IF;
  UPDATE usage_reservation r SET state = 'held', quantity = units, period_start = starts, period_end = ends, expires_at = until, updated_at = now()
    WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key;
  RETURN QUERY UPDATE usage_counter c SET reserved = c.reserved + units, included = reserve_usage.included, unit_price = reserve_usage.unit_price, updated_at = now()
    WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = starts
    RETURNING 'held', c.used, c.reserved;
END $$;

-- Writes the ledger entry of a use and moves its counter; settles the reservation of that key where there is one. Outcome:
-- 'counted', 'replayed' (the key counts once, for ever), 'refused' (no reservation held it and there is no room).
-- `warned` is 80 or 100 when this entry was the one to cross it.
CREATE FUNCTION app.settle_usage(entry uuid, org uuid, asked_meter text, asked_key text, units bigint, asked_service text,
  cause text, cause_id uuid, at timestamptz, starts timestamptz, ends timestamptz, included bigint, unit_price numeric, cap numeric, enforced boolean)
RETURNS TABLE (outcome text, used bigint, reserved bigint, warned smallint) LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  counter usage_counter;
  known usage_reservation;
  held bigint := 0;
  crossed smallint := 0;
BEGIN
  IF cap IS NOT NULL THEN PERFORM app.lock_overage(org); END IF;
  SELECT * INTO known FROM usage_reservation r WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key FOR UPDATE;
  IF known.state = 'held' AND known.period_start < starts THEN
    PERFORM app.lock_counter(org, asked_meter, known.period_start, known.period_end);
  END IF;
  counter := app.lock_counter(org, asked_meter, starts, ends);
  IF known.state = 'held' AND known.period_start > starts THEN
    PERFORM app.lock_counter(org, asked_meter, known.period_start, known.period_end);
  END IF;
  IF EXISTS (SELECT FROM usage_ledger l WHERE l.org_id = org AND l.meter = asked_meter AND l.idempotency_key = asked_key) THEN
    RETURN QUERY SELECT 'replayed', counter.used, counter.reserved, 0::smallint;
    RETURN;
  END IF;
  IF known.state = 'held' AND known.period_start = starts THEN held := known.quantity; END IF;
  IF enforced AND units > held AND NOT app.usage_fits(counter, units - held, included, unit_price, cap) THEN
    RETURN QUERY SELECT 'refused', counter.used, counter.reserved, 0::smallint;
    RETURN;
  END IF;
  INSERT INTO usage_ledger (id, org_id, meter, service, quantity, idempotency_key, period_start, period_end, occurred_at, source_type, source_id)
    VALUES (entry, org, asked_meter, asked_service, units, asked_key, starts, ends, at, cause, cause_id);
  IF known.state = 'held' THEN
    UPDATE usage_reservation r SET state = 'committed', updated_at = now()
      WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key;
    IF known.period_start <> starts THEN
      UPDATE usage_counter c SET reserved = c.reserved - known.quantity, updated_at = now()
        WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = known.period_start;
    END IF;
  END IF;
  UPDATE usage_counter c SET used = c.used + units, reserved = c.reserved - held, included = settle_usage.included,
      unit_price = settle_usage.unit_price, updated_at = now()
    WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = starts
    RETURNING * INTO counter;
  IF included > 0 AND counter.used * 5 >= included * 4 THEN
    crossed := app.decide_warning(counter);
  END IF;
  RETURN QUERY SELECT 'counted', counter.used, counter.reserved, crossed;
END $$;

-- The higher threshold that nobody was told of in this period, written down; 0 when there is none. Reaching 100 % at once
-- also settles 80 %.
CREATE FUNCTION app.decide_warning(counter "usage_counter") RETURNS smallint LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  reached smallint := CASE WHEN counter.used >= counter.included THEN 100 ELSE 80 END;
BEGIN
  IF EXISTS (SELECT FROM usage_warning w WHERE w.org_id = counter.org_id AND w.meter = counter.meter
             AND w.period_start = counter.period_start AND w.threshold >= reached) THEN
    RETURN 0;
  END IF;
  INSERT INTO usage_warning (org_id, meter, period_start, threshold, used, included)
    SELECT counter.org_id, counter.meter, counter.period_start, t, counter.used, counter.included
    FROM unnest(ARRAY[80, 100]::smallint[]) t WHERE t <= reached ON CONFLICT DO NOTHING;
  RETURN reached;
END $$;

-- Gives reserved units back. False when the key holds nothing.
CREATE FUNCTION app.release_usage(org uuid, asked_meter text, asked_key text, becomes text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  known usage_reservation;
BEGIN
  UPDATE usage_reservation r SET state = becomes, updated_at = now()
    WHERE r.org_id = org AND r.meter = asked_meter AND r.key = asked_key AND r.state = 'held'
    RETURNING * INTO known;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE usage_counter c SET reserved = c.reserved - known.quantity, updated_at = now()
    WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = known.period_start;
  RETURN true;
END $$;

-- A gauge is measured, not added up: the ledger keeps one entry a day, the counter shows it. What was reserved before the
-- measure began is part of it, or was never stored.
CREATE FUNCTION app.measure_usage(entry uuid, org uuid, asked_meter text, asked_key text, units bigint, asked_service text,
  at timestamptz, starts timestamptz, ends timestamptz, included bigint, unit_price numeric)
RETURNS TABLE (outcome text, used bigint, warned smallint) LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
  counter usage_counter;
  known usage_reservation;
  crossed smallint := 0;
BEGIN
  FOR known IN
    SELECT * FROM usage_reservation r WHERE r.org_id = org AND r.meter = asked_meter AND r.state = 'held' AND r.created_at < at
    ORDER BY r.period_start, r.key
  LOOP
    PERFORM app.release_usage(org, asked_meter, known.key, 'committed');
  END LOOP;
  counter := app.lock_counter(org, asked_meter, starts, ends);
  IF EXISTS (SELECT FROM usage_ledger l WHERE l.org_id = org AND l.meter = asked_meter AND l.idempotency_key = asked_key) THEN
    RETURN QUERY SELECT 'replayed', counter.used, 0::smallint;
    RETURN;
  END IF;
  INSERT INTO usage_ledger (id, org_id, meter, service, quantity, idempotency_key, period_start, period_end, occurred_at, source_type)
    VALUES (entry, org, asked_meter, asked_service, units, asked_key, starts, ends, at, 'measure');
  UPDATE usage_counter c SET used = units, included = measure_usage.included, unit_price = measure_usage.unit_price, updated_at = now()
    WHERE c.org_id = org AND c.meter = asked_meter AND c.period_start = starts
    RETURNING * INTO counter;
  IF included > 0 AND counter.used * 5 >= included * 4 THEN
    crossed := app.decide_warning(counter);
  END IF;
  RETURN QUERY SELECT 'counted', counter.used, crossed;
END $$;

-- ─── Roll-ups: what the ledger says, added up; each can be made anew from it. ───
CREATE TABLE "usage_rollup" (
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    -- '' where no party served it.
    "service" TEXT NOT NULL DEFAULT '',
    -- Start of a quarter of an hour, UTC: days of every time zone are made of whole ones.
    "bucket_start" TIMESTAMPTZ(3) NOT NULL,
    "quantity" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,
    "rolled_until" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("org_id", "meter", "bucket_start", "service")
);
-- Up to which instant of writing (`usage_ledger.created_at`) each roll-up knows the ledger.
CREATE TABLE "usage_rollup_state" (
    "name" TEXT NOT NULL,
    "rolled_until" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "usage_rollup_state_pkey" PRIMARY KEY ("name")
);
INSERT INTO "usage_rollup_state" VALUES ('quarter-hours', '2000-01-01');
-- A period that has ended, as the ledger and the counter tell it.
CREATE TABLE "usage_period" (
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "quantity" BIGINT NOT NULL,
    "entries" BIGINT NOT NULL,
    "counted" BIGINT NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "usage_period_pkey" PRIMARY KEY ("org_id", "meter", "period_start")
);
SELECT app.protect_tenant_table('usage_rollup', 'SELECT', 'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_tenant_table('usage_period', 'SELECT', 'SELECT, INSERT, UPDATE');
ALTER TABLE "usage_rollup_state" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "usage_rollup_state" FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON "usage_rollup_state" FOR SELECT TO tenantry_app USING (true);
GRANT SELECT ON "usage_rollup_state" TO tenantry_app;
SELECT app.open_to_platform('usage_rollup_state', '', 'SELECT, UPDATE');

REVOKE ALL ON FUNCTION app.ledger_digest, app.digest_entry, app.queue_for_seal, app.seal_usage, app.usage_fits, app.lock_counter,
  app.lock_overage, app.reserve_usage, app.settle_usage, app.decide_warning, app.release_usage, app.measure_usage FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.ledger_digest, app.usage_fits, app.lock_counter, app.lock_overage, app.reserve_usage, app.settle_usage,
  app.decide_warning, app.release_usage, app.measure_usage TO tenantry_app, tenantry_system;
GRANT EXECUTE ON FUNCTION app.seal_usage TO tenantry_system;
