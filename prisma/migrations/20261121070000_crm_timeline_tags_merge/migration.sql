-- What a record is recognised by when duplicates are looked for: its name without case, signs and legal form, and the last
-- nine digits of its phone (with or without the country's code). Stored, because functions are not leakproof.
ALTER TABLE "company"
  ADD COLUMN match_key TEXT GENERATED ALWAYS AS (
    nullif(btrim(regexp_replace(
      ' ' || regexp_replace(lower(name), '[[:punct:][:space:]]+', ' ', 'g'),
      '( (inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lp|plc|gmbh|mbh|ag|kg|kgaa|ohg|ug|se|ev|sarl|sas|sa|srl|sl|spa|bv|nv|oy|ab|as|aps|wll|ksc|kscc|kscp|fzco|fze))+ ?$', ''
    )), '')
  ) STORED,
  ADD COLUMN phone_key TEXT GENERATED ALWAYS AS (
    CASE WHEN length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 7 THEN right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) END
  ) STORED,
  ADD COLUMN merged_into_id UUID,
  ADD COLUMN merge_undo JSONB;

ALTER TABLE "contact"
  ADD COLUMN phone_key TEXT GENERATED ALWAYS AS (
    CASE WHEN length(regexp_replace(phone, '[^0-9]', '', 'g')) >= 7 THEN right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) END
  ) STORED,
  ADD COLUMN merged_into_id UUID,
  ADD COLUMN merge_undo JSONB;

CREATE TABLE "record_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "company_id" UUID,
    "contact_id" UUID,
    "kind" TEXT NOT NULL,
    "actor_id" UUID,
    "batch_id" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "record_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "record_note" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "company_id" UUID,
    "contact_id" UUID,
    "author_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "record_note_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "tag" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT GENERATED ALWAYS AS (lower(name)) STORED,
    "tone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "tag_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "company_tag" (
    "org_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "company_tag_pkey" PRIMARY KEY ("org_id","company_id","tag_id")
);

CREATE TABLE "contact_tag" (
    "org_id" UUID NOT NULL,
    "contact_id" UUID NOT NULL,
    "tag_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_tag_pkey" PRIMARY KEY ("org_id","contact_id","tag_id")
);

CREATE INDEX "record_event_org_id_company_id_created_at_id_idx" ON "record_event"("org_id", "company_id", "created_at" DESC, "id" DESC);

CREATE INDEX "record_event_org_id_contact_id_created_at_id_idx" ON "record_event"("org_id", "contact_id", "created_at" DESC, "id" DESC);

CREATE INDEX "record_note_org_id_company_id_created_at_id_idx" ON "record_note"("org_id", "company_id", "created_at" DESC, "id" DESC);

CREATE INDEX "record_note_org_id_contact_id_created_at_id_idx" ON "record_note"("org_id", "contact_id", "created_at" DESC, "id" DESC);

CREATE UNIQUE INDEX "record_note_org_id_id_key" ON "record_note"("org_id", "id");

CREATE UNIQUE INDEX "tag_org_id_id_key" ON "tag"("org_id", "id");

CREATE INDEX "company_tag_org_id_tag_id_company_id_idx" ON "company_tag"("org_id", "tag_id", "company_id");

CREATE INDEX "contact_tag_org_id_tag_id_contact_id_idx" ON "contact_tag"("org_id", "tag_id", "contact_id");

ALTER TABLE "company" ADD CONSTRAINT "company_org_id_merged_into_id_fkey" FOREIGN KEY ("org_id", "merged_into_id") REFERENCES "company"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "contact" ADD CONSTRAINT "contact_org_id_merged_into_id_fkey" FOREIGN KEY ("org_id", "merged_into_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "record_event" ADD CONSTRAINT "record_event_org_id_company_id_fkey" FOREIGN KEY ("org_id", "company_id") REFERENCES "company"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "record_event" ADD CONSTRAINT "record_event_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "record_note" ADD CONSTRAINT "record_note_org_id_company_id_fkey" FOREIGN KEY ("org_id", "company_id") REFERENCES "company"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "record_note" ADD CONSTRAINT "record_note_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "company_tag" ADD CONSTRAINT "company_tag_org_id_company_id_fkey" FOREIGN KEY ("org_id", "company_id") REFERENCES "company"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "company_tag" ADD CONSTRAINT "company_tag_org_id_tag_id_fkey" FOREIGN KEY ("org_id", "tag_id") REFERENCES "tag"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "contact_tag" ADD CONSTRAINT "contact_tag_org_id_contact_id_fkey" FOREIGN KEY ("org_id", "contact_id") REFERENCES "contact"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "contact_tag" ADD CONSTRAINT "contact_tag_org_id_tag_id_fkey" FOREIGN KEY ("org_id", "tag_id") REFERENCES "tag"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- A row that was merged is deleted, and knows how to come back.
ALTER TABLE "company" ADD CONSTRAINT company_merged_is_deleted CHECK (merged_into_id IS NULL OR (deleted_at IS NOT NULL AND merge_undo IS NOT NULL));
ALTER TABLE "contact" ADD CONSTRAINT contact_merged_is_deleted CHECK (merged_into_id IS NULL OR (deleted_at IS NOT NULL AND merge_undo IS NOT NULL));
CREATE INDEX company_merged ON "company" (org_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX contact_merged ON "contact" (org_id, merged_into_id) WHERE merged_into_id IS NOT NULL;

-- Duplicates: groups of equal keys among the living.
CREATE INDEX company_match ON "company" (org_id, match_key) WHERE deleted_at IS NULL;
CREATE INDEX company_phone ON "company" (org_id, phone_key) WHERE deleted_at IS NULL AND phone_key IS NOT NULL;
CREATE INDEX contact_match ON "contact" (org_id, name_key, company_id) WHERE deleted_at IS NULL;
CREATE INDEX contact_phone ON "contact" (org_id, phone_key) WHERE deleted_at IS NULL AND phone_key IS NOT NULL;

ALTER TABLE "record_event"
  ADD CONSTRAINT record_event_of_one CHECK (num_nonnulls(company_id, contact_id) = 1),
  ADD CONSTRAINT record_event_kind_known CHECK (kind IN ('created', 'changed', 'deleted', 'restored', 'imported', 'merged', 'merged_into', 'unmerged', 'tagged', 'untagged', 'linked', 'unlinked'));
ALTER TABLE "record_note" ADD CONSTRAINT record_note_of_one CHECK (num_nonnulls(company_id, contact_id) = 1);
ALTER TABLE "tag" ADD CONSTRAINT tag_tone_known CHECK (tone IN ('neutral', 'dye-1', 'dye-2', 'dye-3', 'dye-4', 'dye-5'));

CREATE UNIQUE INDEX tag_org_name_living ON "tag" (org_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX tag_purge ON "tag" (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX record_note_purge ON "record_note" (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX record_event_batch ON "record_event" (org_id, batch_id) WHERE batch_id IS NOT NULL;

SELECT app.protect_tenant_table('record_event', 'SELECT, INSERT',                 'SELECT');
SELECT app.protect_tenant_table('record_note',  'SELECT, INSERT, UPDATE',         'SELECT, DELETE');
SELECT app.protect_tenant_table('tag',          'SELECT, INSERT, UPDATE',         'SELECT, DELETE');
SELECT app.protect_tenant_table('company_tag',  'SELECT, INSERT, DELETE',         'SELECT');
SELECT app.protect_tenant_table('contact_tag',  'SELECT, INSERT, DELETE',         'SELECT');

-- History is not rewritten. It goes with its record, so DELETE (and TRUNCATE, with its record's table) is left to the foreign key.
CREATE TRIGGER append_only BEFORE UPDATE ON "record_event" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
