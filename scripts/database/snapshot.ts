// What Prisma's schema does not see, as text under version control, so that each change of it is read in a review:
// policies, grants, triggers, constraints, indexes, functions. `npm run db:snapshot` writes it anew.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { connected } from "./bootstrap";
import { temporaryPostgres } from "./temporary";

export const SNAPSHOT = "prisma/catalogue.snapshot.txt";
const HEADING = `# What the migrations make beside tables and columns. Written by \`npm run db:snapshot\`, compared by a test.
# Read each changed line: it is what keeps tenants apart.
`;

/** Not the system's, not an extension's, not Prisma's own. */
const OURS = (catalogue: string, schema: string, oid: string) =>
  `${schema} in (select oid from pg_namespace where nspname in ('public', 'app'))
   and not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
const OUR_TABLES = `${OURS("pg_class", "c.relnamespace", "c.oid")} and c.relname <> '_prisma_migrations'`;
const TO_WHOM = `coalesce((select rolname from pg_roles where oid = a.grantee), 'everybody')`;

/** Each gives lines of text. */
const SECTIONS: Record<string, string> = {
  "row-level security": `
    select format('%s: %s, %s', c.relname, case when relrowsecurity then 'enabled' else 'OFF' end,
      case when relforcerowsecurity then 'forced' else 'NOT FORCED' end)
    from pg_class c where c.relkind in ('r', 'p') and ${OUR_TABLES}`,
  policies: `
    select format('%s: %s %s for %s to %s using (%s) with check (%s)', tablename, lower(permissive), policyname, lower(cmd),
      array_to_string(roles, ', '), coalesce(qual, '-'), coalesce(with_check, '-'))
    from pg_policies where schemaname in ('public', 'app')`,
  grants: `
    select format('%s to %s: %s', c.relname, ${TO_WHOM}, string_agg(lower(privilege_type), ', ' order by privilege_type))
    from pg_class c, aclexplode(c.relacl) a where a.grantee <> c.relowner and ${OUR_TABLES} group by c.relname, a.grantee
    union all
    select format('%s to %s: %s (%s)', c.relname, ${TO_WHOM}, lower(privilege_type), string_agg(t.attname, ', ' order by t.attname))
    from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
    where a.grantee <> c.relowner and ${OUR_TABLES} group by c.relname, a.grantee, privilege_type
    union all
    select format('schema %s to %s: %s', nspname, ${TO_WHOM}, string_agg(lower(privilege_type), ', ' order by privilege_type))
    from pg_namespace n, aclexplode(nspacl) a where nspname in ('public', 'app') and a.grantee <> n.nspowner group by nspname, a.grantee`,
  triggers: `
    select pg_get_triggerdef(t.oid) || case tgenabled when 'O' then '' else ' -- enabled: ' || tgenabled::text end
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal and ${OUR_TABLES}`,
  constraints: `
    select format('%s: %s %s', c.relname, conname, pg_get_constraintdef(k.oid))
    from pg_constraint k join pg_class c on c.oid = k.conrelid where contype <> 'n' and ${OUR_TABLES}`,
  indexes: `
    select pg_get_indexdef(x.indexrelid) from pg_index x join pg_class c on c.oid = x.indrelid where ${OUR_TABLES}`,
  functions: `
    select format(E'%s owned by %s, called by %s\\n%s', p.oid::regprocedure, o.rolname,
      coalesce((select string_agg(${TO_WHOM}, ', ' order by 1) from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner), 'nobody else'),
      pg_get_functiondef(p.oid))
    from pg_proc p join pg_roles o on o.oid = p.proowner where ${OURS("pg_proc", "p.pronamespace", "p.oid")}`,
};

/** The snapshot of the database behind `url`, whoever asks. */
export async function snapshot(url: string): Promise<string> {
  return connected(url, async (client) => {
    const parts = [HEADING];
    for (const [title, sql] of Object.entries(SECTIONS)) {
      const { rows } = await client.query<[string]>({ text: sql, rowMode: "array" });
      // Sorted here: the server's order depends on its collation.
      const lines = rows.map(([line]) => line).sort((a, b) => (a < b ? -1 : 1));
      parts.push(`## ${title}`, ...lines, "");
    }
    return parts.join("\n").replaceAll(/[ \t]+$/gm, "");
  });
}

async function main(): Promise<void> {
  const temporary = await temporaryPostgres("tenantry");
  try {
    fs.writeFileSync(SNAPSHOT, await snapshot(temporary.url("owner", "tenantry")));
    console.log(`${SNAPSHOT} is written: look at what changed before you commit it`);
  } finally {
    await temporary.stop();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
