// Writes the migration from what the migrations make to what prisma/schema says.
import fs from "node:fs";
import path from "node:path";
import { knownDrift, statements } from "./drift";
import { differenceToSchema, MIGRATIONS_FOLDER } from "./engine";
import { temporaryPostgres } from "./temporary";

const name = process.argv[2] ?? "";
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    "Say what the migration does, in lower case with underscores: npm run db:new add_invoice_due_date",
  );
  process.exit(1);
}

const temporary = await temporaryPostgres("tenantry");
try {
  const known = knownDrift();
  const sql = statements(await differenceToSchema(temporary.url("owner", "tenantry"))).filter(
    (statement) => !known.includes(statement),
  );
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const file = path.join(MIGRATIONS_FOLDER, `${stamp}_${name}`, "migration.sql");
  const tables = sql.flatMap((statement) => /^CREATE TABLE "([^"]+)"/.exec(statement)?.[1] ?? []);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    [...sql.map((statement) => `${statement};\n`), ...tables.map(protection)].join("\n"),
  );
  console.log(
    `${file}: ${sql.length} statements${sql.length ? "" : " (prisma/schema says nothing new; write what you came for)"}`,
  );
  if (tables.length)
    console.log(
      `New tables: ${tables.join(", ")}. Complete what the file asks for them, or the catalogue test fails.`,
    );
} finally {
  await temporary.stop();
}

/** Prisma knows neither policies nor grants: without them a new table is closed, or worse, open. */
function protection(table: string): string {
  return `-- "${table}": choose one, with the verbs that each role needs and no more; then delete this comment.
--   SELECT app.protect_tenant_table('${table}', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');  -- rows of a tenant (org_id)
--   SELECT app.protect_user_table('${table}', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');    -- rows of a person (user_id)
--   SELECT app.open_to_platform('${table}', 'SELECT', 'SELECT, INSERT, UPDATE, DELETE');      -- rows of nobody
-- A key to another tenant table is (org_id, x_id) REFERENCES (org_id, id); a unique begins with org_id.
`;
}
