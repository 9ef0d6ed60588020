-- Lists by head count. Pages go on behind the last row, and a comparison with NULL is neither before nor behind; coalesce()
-- in the condition would not be leakproof, so under RLS no index could serve it. A stored column is both.
ALTER TABLE "company" ADD COLUMN employees_key INTEGER GENERATED ALWAYS AS (coalesce(employee_count, -1)) STORED;
CREATE INDEX company_list_employees ON "company" (org_id, employees_key, id) WHERE deleted_at IS NULL;

-- A country with few companies must not be looked for among all of them.
CREATE INDEX company_list_country ON "company" (org_id, country_code, created_at DESC, id DESC) WHERE deleted_at IS NULL;
