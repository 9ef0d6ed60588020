-- "W.L.L." is WLL: dots and apostrophes go before other signs become blanks, so that a legal form is known either way.
ALTER TABLE "company" DROP COLUMN match_key;
ALTER TABLE "company" ADD COLUMN match_key TEXT GENERATED ALWAYS AS (
  nullif(btrim(regexp_replace(
    ' ' || regexp_replace(regexp_replace(lower(name), '[.''’]', '', 'g'), '[[:punct:][:space:]]+', ' ', 'g'),
    '( (inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lp|plc|gmbh|mbh|ag|kg|kgaa|ohg|ug|se|ev|sarl|sas|sa|srl|sl|spa|bv|nv|oy|ab|as|aps|wll|ksc|kscc|kscp|fzco|fze))+ ?$', ''
  )), '')
) STORED;
CREATE INDEX company_match ON "company" (org_id, match_key) WHERE deleted_at IS NULL;
