/**
 * Tries every verb on every table against rows of tenant B, as each role and scope, and says what came of it. Tables,
 * columns and checks are read from the catalogue, so that a table made tomorrow is tried as well.
 */
import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { columnOf, TABLES, UNPROTECTED_TABLES } from "./declared-access";

const VERBS = ["select", "insert", "update", "delete", "truncate"] as const;
type Verb = (typeof VERBS)[number];

const A = { tenant: randomUUID(), user: randomUUID() };
const B = { tenant: randomUUID(), user: randomUUID() };

/** Who tries; "in B" is the control that the rows can be reached at all by whoever they belong to. */
const CALLERS = {
  "app in A": { role: "tenantry_app", tenant: A.tenant, user: "" },
  "app without scope": { role: "tenantry_app", tenant: "", user: "" },
  "app as A's user": { role: "tenantry_app", tenant: "", user: A.user },
  "app as their owner": { role: "tenantry_app", tenant: B.tenant, user: B.user },
  system: { role: "tenantry_system", tenant: "", user: "" },
  owner: { role: "tenantry_owner", tenant: "", user: "" },
} as const;
type Caller = keyof typeof CALLERS;

/** `denied`: no grant or no policy; `refused`: by an append-only trigger; `nothing`: no row met; `done`: B's row met. */
type Outcome = "denied" | "refused" | "nothing" | "done" | `error ${string}`;
export type Try = { table: string; verb: Verb; caller: Caller; outcome: Outcome };

type Column = {
  name: string;
  type: string;
  length: number | null;
  isNeeded: boolean;
  isGenerated: boolean;
  values: string | null;
};
type Table = {
  name: string;
  columns: Column[];
  key: string[];
  parents: { columns: string[]; table: string; targets: string[] }[];
};
export type Row = Record<string, unknown>;

/** Call it inside a transaction of a superuser, which is then rolled back. */
export async function reach(client: pg.ClientBase): Promise<Try[]> {
  const tables = await readTables(client);
  const rows = new Map<string, { a: Row; b: Row }>();
  for (const table of tables) {
    const of = (side: "a" | "b") => (name: string) => rows.get(name)?.[side];
    rows.set(table.name, {
      a: await plant(client, table, build(table, A, of("a"))),
      b: await plant(client, table, build(table, B, of("b"))),
    });
  }
  const tries: Try[] = [];
  for (const table of tables) {
    for (const verb of VERBS) {
      for (const caller of Object.keys(CALLERS) as Caller[]) {
        const fresh = build(table, B, (name) => rows.get(name)?.b);
        const outcome = await attempt(client, table, verb, caller, rows.get(table.name)!.b, fresh);
        tries.push({ table: table.name, verb, caller, outcome });
      }
    }
  }
  return tries;
}

/** What is not as src/testing/declared-access.ts says. */
export function reachComplaints(tries: Try[]): string[] {
  return tries.flatMap(({ table, verb, caller, outcome }) => {
    const expected = expectation(table, verb, caller);
    return outcome === expected
      ? []
      : [`${table}: ${verb} as ${caller} is ${outcome}, declared is ${expected ?? "nothing at all"}`];
  });
}

function expectation(table: string, verb: Verb, caller: Caller): Outcome | undefined {
  const access = TABLES[table];
  if (!access) return undefined;
  const isRefused = verb !== "select" && verb !== "insert" && access.appendOnly?.includes(verb);
  if (caller === "owner") return isRefused ? "refused" : "done";
  const granted = caller === "system" ? access.system : access.app;
  if (!new RegExp(`\\b${verb}\\b`).test(granted ?? "")) return "denied";
  if (caller === "system" && isRefused) return "refused";
  if (caller === "system" || caller === "app as their owner") return "done";
  // Nobody's rows, opened to everybody.
  if (access.rows === "platform") return "done";
  return verb === "insert" ? "denied" : "nothing";
}

async function attempt(
  client: pg.ClientBase,
  table: Table,
  verb: Verb,
  caller: Caller,
  row: Row,
  fresh: Row,
): Promise<Outcome> {
  const { role, tenant, user } = CALLERS[caller];
  const name = client.escapeIdentifier(table.name);
  const isIt = table.key.map((column, at) => `${client.escapeIdentifier(column)} = $${at + 1}`).join(" and ");
  const key = table.key.map((column) => row[column]);
  await client.query("savepoint attempt");
  try {
    const { rows: may } = await client.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' and has_column_privilege($2, $1::regclass, attnum, 'UPDATE') order by attnum`,
      [name, role],
    );
    const changed = client.escapeIdentifier(may[0]?.name ?? table.key[0]!);
    await client.query(`set local role ${role}`);
    await client.query(
      `select set_config('app.current_tenant', $1, true), set_config('app.current_user_id', $2, true)`,
      [tenant, user],
    );
    const columns = Object.keys(fresh);
    const statement: Record<Verb, [string, unknown[]]> = {
      select: [`select from ${name} where ${isIt}`, key],
      insert: [
        `insert into ${name} (${columns.map((column) => client.escapeIdentifier(column)).join(", ")})
         values (${columns.map((_, at) => `$${at + 1}`).join(", ")})`,
        Object.values(fresh),
      ],
      update: [`update ${name} set ${changed} = ${changed} where ${isIt}`, key],
      delete: [`delete from ${name} where ${isIt}`, key],
      truncate: [`truncate ${name} cascade`, []],
    };
    const { rowCount } = await client.query(...statement[verb]);
    return verb === "truncate" || rowCount ? "done" : "nothing";
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "42501") return message.includes("append-only") ? "refused" : "denied";
    // Let through by grants and policies, and held back only by rows that depend on it or have its place already.
    return ["23503", "23001", "23505"].includes(code ?? "") ? "done" : `error ${code} ${message}`;
  } finally {
    await client.query("rollback to savepoint attempt");
  }
}

export async function plant(client: pg.ClientBase, table: Table, row: Row): Promise<Row> {
  const columns = Object.keys(row).map((column) => client.escapeIdentifier(column));
  const { rows } = await client.query<Row>(
    `insert into ${client.escapeIdentifier(table.name)} (${columns.join(", ")})
     values (${columns.map((_, at) => `$${at + 1}`).join(", ")}) on conflict do nothing returning *`,
    Object.values(row),
  );
  // Already there, where a trigger of the row it stands on has written it.
  return rows[0] ?? row;
}

/** A row that the table takes: what is needed, whose it is, and the keys of rows it stands on. */
export function build(table: Table, whose: typeof A, parent: (table: string) => Row | undefined): Row {
  const access = TABLES[table.name];
  const belongs = new Map(Object.entries({ org_id: whose.tenant, user_id: whose.user }));
  if (access && access.rows !== "platform") {
    belongs.set(columnOf(access), access.rows === "tenant" ? whose.tenant : whose.user);
  }
  const row: Row = {};
  let instant = Date.now();
  for (const column of table.columns) {
    if (column.isGenerated) continue;
    const owner = belongs.get(column.name);
    if (owner !== undefined) row[column.name] = owner;
    else if (column.isNeeded || access?.needs?.includes(column.name))
      row[column.name] = valueOf(column, (instant += 1_000));
  }
  for (const { columns, table: above, targets } of table.parents) {
    const there = parent(above);
    // A row that points at its own table stands for itself.
    if (!there || !columns.every((column) => column in row)) continue;
    columns.forEach((column, at) => (row[column] = there[targets[at]!]));
  }
  return row;
}

function valueOf({ type, length, values }: Column, instant: number): unknown {
  const allowed = values && /'([^']+)'::/.exec(values)?.[1];
  if (allowed) return allowed;
  switch (type) {
    case "uuid":
      return randomUUID();
    case "bpchar":
      return "X".repeat(length ?? 1);
    case "timestamptz":
    case "timestamp":
    case "date":
      return new Date(instant);
    case "json":
    case "jsonb":
      return "{}";
    case "bool":
      return false;
    case "_text":
      return ["x"];
    case "bytea":
      return randomBytes(8);
    case "int2":
    case "int4":
    case "int8":
    case "numeric":
      return 1;
    case "_text":
      return [];
    default:
      return `x${randomBytes(8).toString("hex")}`;
  }
}

/** Parents before children. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', t.typname, 'isGenerated', a.attgenerated <> '' or a.attidentity <> '',
           'length', case when t.typname = 'bpchar' then a.atttypmod - 4 end, 'isNeeded', a.attnotnull and not a.atthasdef,
           'values', (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
             and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) ~ '''[^'']+''::' limit 1)) order by a.attnum)
         from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       coalesce((select json_agg(a.attname order by a.attnum) from pg_index x join pg_attribute a on a.attrelid = c.oid and a.attnum = any(x.indkey)
         where x.indrelid = c.oid and x.indisprimary), '[]') as key,
       coalesce((select json_agg(json_build_object('table', f.relname,
           'columns', (select json_agg(a.attname order by u.at) from unnest(k.conkey) with ordinality u(n, at) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
           'targets', (select json_agg(a.attname order by u.at) from unnest(k.confkey) with ordinality u(n, at) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)))
         from pg_constraint k join pg_class f on f.oid = k.confrelid where k.conrelid = c.oid and k.contype = 'f'), '[]') as parents
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname = 'public' and not c.relname = any($1)`,
    [Object.keys(UNPROTECTED_TABLES)],
  );
  const sorted: Table[] = [];
  const left = new Map(rows.map((table) => [table.name, table]));
  while (left.size > 0) {
    const next = [...left.values()].find(({ name, parents }) =>
      parents.every((parent) => parent.table === name || !left.has(parent.table)),
    );
    if (!next) throw new Error(`foreign keys go in a circle: ${[...left.keys()].join(", ")}`);
    sorted.push(next);
    left.delete(next.name);
  }
  return sorted;
}
