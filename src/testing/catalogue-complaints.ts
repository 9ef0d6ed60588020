/**
 * Reads pg_catalog and says, in sentences, what is not as declared. Everything is asked through one connection, so
 * that a test can plant a fault inside a transaction and see that it is found.
 */
import type pg from "pg";
import {
  columnOf,
  DEFINERS,
  EXTRA_POLICIES,
  GLOBAL_UNIQUES,
  ROLE_ATTRIBUTES,
  TABLES,
  UNPROTECTED_TABLES,
  type Access,
} from "./declared-access";

type Query = <Row extends pg.QueryResultRow>(sql: string) => Promise<Row[]>;

const settingIs = (column: string, setting: string) =>
  `(${column} = (NULLIF(current_setting('${setting}'::text, true), ''::text))::uuid)`;

/** Our own tables, functions and types: not the system's, not an extension's. */
const OURS = (catalogue: string, schema: string, oid: string) =>
  `${schema} not in (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema')
   and not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

export async function catalogueComplaints(client: pg.ClientBase): Promise<string[]> {
  const query: Query = async (sql) => (await client.query(sql)).rows;
  const parts = [tables, policies, grants, foreignKeys, uniques, functions, triggers, roles, elsewhere];
  const complaints: string[] = [];
  for (const part of parts) complaints.push(...(await part(query)));
  return complaints.sort();
}

const declaration = (table: string): Access | undefined => TABLES[table];

async function tables(query: Query): Promise<string[]> {
  const found = await query<{
    name: string;
    schema: string;
    enabled: boolean;
    forced: boolean;
    kind: string;
  }>(
    `select c.relname as name, n.nspname as schema, c.relrowsecurity as enabled, c.relforcerowsecurity as forced, c.relkind as kind
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${OURS("pg_class", "c.relnamespace", "c.oid")}`,
  );
  const names = new Set(found.map(({ name }) => name));
  return [
    ...found.flatMap(({ name, schema, enabled, forced, kind }) => {
      if (name in UNPROTECTED_TABLES) return [];
      if (kind !== "r" && kind !== "p")
        return [`${name} is no table: views and foreign tables go past policies`];
      return [
        ...(schema === "public" ? [] : [`${schema}.${name} is not in the schema public`]),
        ...(declaration(name) ? [] : [`table ${name} is not declared in src/testing/declared-access.ts`]),
        ...(enabled ? [] : [`table ${name} has no row-level security`]),
        ...(forced ? [] : [`table ${name} does not force row-level security on its owner`]),
      ];
    }),
    ...Object.keys(TABLES)
      .filter((name) => !names.has(name))
      .map((name) => `declared table ${name} does not exist`),
  ];
}

async function policies(query: Query): Promise<string[]> {
  const found = await query<{
    table: string;
    name: string;
    verb: string;
    permissive: string;
    roles: string[];
    using: string | null;
    check: string | null;
  }>(
    `select tablename as table, policyname as name, cmd as verb, permissive, roles::text[] as roles, qual as using, with_check as check
     from pg_policies where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const complaints: string[] = [];
  const seen = new Set<string>();
  for (const { table, name, verb, permissive, roles, using, check } of found) {
    const key = `${table}: ${name} for ${verb} to ${roles.join(", ")}`;
    seen.add(key);
    if (roles.includes("public")) complaints.push(`policy ${key} is for everybody`);
    if (permissive !== "PERMISSIVE") complaints.push(`policy ${key} is restrictive`);
    if (key in EXTRA_POLICIES) continue;
    const expected = expectedPolicies(table)[key];
    if (expected === undefined) complaints.push(`policy ${key} is not declared`);
    else if (using !== expected || check !== expected) {
      complaints.push(`policy ${key} is not exactly ${expected}: ${using} / ${check}`);
    }
  }
  const wanted = [...Object.keys(TABLES).flatMap((table) => Object.keys(expectedPolicies(table)))];
  for (const key of [...wanted, ...Object.keys(EXTRA_POLICIES)]) {
    if (!seen.has(key)) complaints.push(`policy ${key} is missing`);
  }
  return complaints;
}

function expectedPolicies(table: string): Record<string, string> {
  const access = declaration(table);
  if (!access) return {};
  const { rows } = access;
  const own =
    rows === "tenant"
      ? { [`${table}: tenant for ALL to tenantry_app`]: settingIs(columnOf(access), "app.current_tenant") }
      : rows === "person"
        ? { [`${table}: person for ALL to tenantry_app`]: settingIs(columnOf(access), "app.current_user_id") }
        : {};
  return {
    ...own,
    ...(access.system && { [`${table}: system for ALL to tenantry_system`]: "true" }),
    [`${table}: owner_maintenance for ALL to tenantry_owner`]: "true",
  };
}

const GRANTEES = ["app", "system", "resolver", "search"] as const;

async function grants(query: Query): Promise<string[]> {
  const found = await query<{
    table: string;
    grantee: string;
    verb: string;
    column: string | null;
    grantable: boolean;
  }>(
    `select c.relname as table, coalesce(r.rolname, 'PUBLIC') as grantee, lower(a.privilege_type) as verb, null as column, a.is_grantable as grantable
     from pg_class c cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and a.grantee <> c.relowner and ${OURS("pg_class", "c.relnamespace", "c.oid")}
     union all
     select c.relname, coalesce(r.rolname, 'PUBLIC'), lower(a.privilege_type), t.attname, a.is_grantable
     from pg_class c join pg_attribute t on t.attrelid = c.oid cross join aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
     where a.grantee <> c.relowner and ${OURS("pg_class", "c.relnamespace", "c.oid")}`,
  );
  const complaints = found
    .filter((one) => one.grantable)
    .map((one) => `${one.grantee} may pass on its grant on ${one.table}`);
  const held = new Map<string, { whole: Set<string>; columns: Map<string, string[]> }>();
  for (const { table, grantee, verb, column } of found) {
    const key = `${table} to ${grantee}`;
    const entry = held.get(key) ?? { whole: new Set(), columns: new Map<string, string[]>() };
    held.set(key, entry);
    if (column === null) entry.whole.add(verb);
    else entry.columns.set(verb, [...(entry.columns.get(verb) ?? []), column]);
  }
  const words = (key: string) => {
    const entry = held.get(key);
    if (!entry) return "";
    const onColumns = [...entry.columns].map(([verb, columns]) => `${verb}(${columns.sort().join(", ")})`);
    return [...entry.whole, ...onColumns].sort().join(", ");
  };
  const wanted = new Map(
    Object.entries(TABLES).flatMap(([table, access]) =>
      GRANTEES.map((kind): [string, string] => [`${table} to tenantry_${kind}`, access[kind] ?? ""]),
    ),
  );
  for (const key of new Set([...held.keys(), ...wanted.keys()])) {
    const [has, should] = [words(key), wanted.get(key) ?? ""];
    if (has !== should) complaints.push(`grant on ${key} is "${has}", declared is "${should}"`);
  }
  return complaints;
}

async function foreignKeys(query: Query): Promise<string[]> {
  const found = await query<{
    name: string;
    from: string;
    to: string;
    columns: string[];
    targets: string[];
    onDelete: string;
    onUpdate: string;
  }>(
    `select k.conname as name, f.relname as from, t.relname as to, k.confdeltype as "onDelete", k.confupdtype as "onUpdate",
       (select array_agg(a.attname::text order by u.at) from unnest(k.conkey) with ordinality u(n, at) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n) as columns,
       (select array_agg(a.attname::text order by u.at) from unnest(k.confkey) with ordinality u(n, at) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n) as targets
     from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and ${OURS("pg_constraint", "k.connamespace", "k.oid")}`,
  );
  return found.flatMap(({ name, from, to, columns, targets, onDelete, onUpdate }) => {
    const complaints: string[] = [];
    if (!["r", "c", "a"].includes(onDelete) || !["r", "c", "a"].includes(onUpdate)) {
      complaints.push(
        `foreign key ${name} sets columns when its row goes: only Restrict, Cascade or No action`,
      );
    }
    const [source, target] = [declaration(from), declaration(to)];
    if (target?.rows !== "tenant" || !source) return complaints;
    const at = targets.indexOf(columnOf(target));
    if (at < 0 || columns[at] !== (source.rows === "tenant" ? columnOf(source) : "org_id")) {
      complaints.push(`foreign key ${name} does not hold both rows in one tenant: it reaches across`);
    }
    return complaints;
  });
}

async function uniques(query: Query): Promise<string[]> {
  const found = await query<{ name: string; table: string; columns: (string | null)[]; primary: boolean }>(
    `select i.relname as name, t.relname as table, x.indisprimary as primary,
       (select array_agg(a.attname::text order by u.at) from unnest(x.indkey::int[]) with ordinality u(n, at) left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = u.n and u.n > 0) as columns
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     where x.indisunique and ${OURS("pg_class", "t.relnamespace", "t.oid")}`,
  );
  const complaints = Object.keys(GLOBAL_UNIQUES)
    .filter((name) => !found.some((index) => index.name === name))
    .map((name) => `declared unique ${name} does not exist`);
  for (const { name, table, columns, primary } of found) {
    const access = declaration(table);
    if (access?.rows !== "tenant" || name in GLOBAL_UNIQUES) continue;
    const isId = primary && columns.length === 1 && columns[0] === "id";
    if (!isId && columns[0] !== columnOf(access)) {
      complaints.push(
        `unique ${name} on ${table} tells one tenant what another has: begin it with org_id, or give the reason in declared-access.ts`,
      );
    }
  }
  return complaints;
}

async function functions(query: Query): Promise<string[]> {
  const found = await query<{
    name: string;
    definer: boolean;
    owner: string;
    settings: string[] | null;
    callers: string[] | null;
  }>(
    `select p.oid::regprocedure::text as name, p.prosecdef as definer, o.rolname as owner, p.proconfig as settings,
       (select array_agg(coalesce(r.rolname, 'PUBLIC')::text order by 1) from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
          left join pg_roles r on r.oid = a.grantee where a.privilege_type = 'EXECUTE' and a.grantee <> p.proowner) as callers
     from pg_proc p join pg_roles o on o.oid = p.proowner where ${OURS("pg_proc", "p.pronamespace", "p.oid")}`,
  );
  const complaints: string[] = [];
  for (const { name, definer, owner, settings, callers } of found) {
    if (!settings?.some((setting) => setting.startsWith("search_path=")))
      complaints.push(`function ${name} does not pin its search_path`);
    if (callers?.includes("PUBLIC")) complaints.push(`function ${name} may be called by everybody`);
    const declared = DEFINERS[name];
    if (definer && !declared) complaints.push(`function ${name} runs as its owner and is not declared`);
    if (!declared) continue;
    if (!definer) complaints.push(`function ${name} does not run as its owner any more`);
    if (owner !== declared.owner)
      complaints.push(`function ${name} is owned by ${owner}, not ${declared.owner}`);
    if ((callers ?? []).join() !== declared.callers.join())
      complaints.push(`function ${name} may be called by ${(callers ?? []).join(", ")}`);
  }
  for (const name of Object.keys(DEFINERS)) {
    if (!found.some((one) => one.name === name)) complaints.push(`declared function ${name} does not exist`);
  }
  return complaints;
}

async function triggers(query: Query): Promise<string[]> {
  const found = await query<{ table: string; definition: string; enabled: string }>(
    `select c.relname as table, pg_get_triggerdef(t.oid) as definition, t.tgenabled as enabled
     from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal`,
  );
  const complaints = found
    .filter(({ enabled }) => enabled !== "O")
    .map(({ table }) => `a trigger of ${table} is switched off or bound to a replica`);
  for (const [table, { appendOnly = [] }] of Object.entries(TABLES)) {
    for (const verb of appendOnly) {
      const isRefused = found.some(
        (one) =>
          one.table === table &&
          / BEFORE /.test(one.definition) &&
          new RegExp(`\\b${verb}\\b`, "i").test(one.definition.split(" ON ")[0]!) &&
          /EXECUTE FUNCTION app\.refuse_(?:change\(\)|change_while_kept\('\w+'\)|early_ledger_end\(\))$/.test(
            one.definition,
          ) &&
          !/ WHEN /.test(one.definition),
      );
      if (!isRefused) complaints.push(`${verb} on append-only ${table} is not refused by a trigger`);
    }
  }
  return complaints;
}

async function roles(query: Query): Promise<string[]> {
  const found = await query<{ name: string; login: boolean; mighty: boolean; memberOf: string[] | null }>(
    `select r.rolname as name, r.rolcanlogin as login,
       r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as mighty,
       (select array_agg(g.rolname::text order by 1) from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as "memberOf"
     from pg_roles r where r.rolname like 'tenantry%'`,
  );
  const complaints: string[] = [];
  for (const { name, login, mighty, memberOf } of found) {
    const declared = ROLE_ATTRIBUTES[name];
    if (!declared) complaints.push(`role ${name} is not declared`);
    if (mighty) complaints.push(`role ${name} may go past policies or make roles that do`);
    if (!declared) continue;
    if (login !== declared.login) complaints.push(`role ${name} ${login ? "can" : "cannot"} sign in`);
    if ((memberOf ?? []).join() !== declared.memberOf.join())
      complaints.push(`role ${name} is a member of ${(memberOf ?? []).join(", ") || "nothing"}`);
  }
  for (const name of Object.keys(ROLE_ATTRIBUTES)) {
    if (!found.some((one) => one.name === name)) complaints.push(`role ${name} does not exist`);
  }
  return complaints;
}

/** What would open a door beside the tables themselves. */
async function elsewhere(query: Query): Promise<string[]> {
  const [enums, defaults, schemas, owners, sequences] = [
    await query<{ name: string }>(
      `select t.typname as name from pg_type t where t.typtype = 'e' and ${OURS("pg_type", "t.typnamespace", "t.oid")}`,
    ),
    await query<{ what: string }>(`select defaclacl::text as what from pg_default_acl`),
    await query<{ name: string; verb: string }>(
      `select n.nspname as name, a.privilege_type as verb from pg_namespace n cross join aclexplode(n.nspacl) a
       where a.grantee = 0 and n.nspname in ('public', 'app') and not (n.nspname = 'public' and a.privilege_type = 'USAGE')`,
    ),
    await query<{ name: string; owner: string }>(
      `select c.relname as name, r.rolname as owner from pg_class c join pg_roles r on r.oid = c.relowner
       where c.relkind in ('r', 'p', 'S') and r.rolname <> 'tenantry_owner' and ${OURS("pg_class", "c.relnamespace", "c.oid")}`,
    ),
    await query<{ name: string; grantee: string; verb: string }>(
      `select c.relname as name, coalesce(r.rolname, 'PUBLIC') as grantee, a.privilege_type as verb
       from pg_class c cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
       where c.relkind = 'S' and a.grantee <> c.relowner and a.privilege_type <> 'USAGE' and ${OURS("pg_class", "c.relnamespace", "c.oid")}`,
    ),
  ];
  return [
    ...enums.map(({ name }) => `type ${name} is an enum: its "=" is not leakproof; use text with a check`),
    ...defaults.map(({ what }) => `default privileges open future tables: ${what}`),
    ...schemas.map(({ name, verb }) => `everybody has ${verb} on schema ${name}`),
    ...owners.map(({ name, owner }) => `${name} is owned by ${owner}, not by tenantry_owner`),
    ...sequences.map(
      ({ name, grantee, verb }) =>
        `${grantee} has ${verb} on sequence ${name}: it tells how much others have`,
    ),
  ];
}
