import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import type { MigrationList, SchemaEngine, SchemasContainer } from "@prisma/schema-engine-wasm";

export const SCHEMA_FOLDER = "prisma/schema";
export const MIGRATIONS_FOLDER = "prisma/migrations";
/** Every table and enum of the database is ours. */
export const filters = { externalTables: [], externalEnums: [] };

/** Prisma's schema engine as WebAssembly: the native one would be downloaded from outside the package registry. */
export async function withEngine<T>(url: string, act: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const pool = new CatalogPool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 });
  const scripts = new WholeScripts(pool);
  const engine = await SchemaEngine.new(
    { datamodels: schemaFiles().files.map(({ path, content }): [string, string] => [path, content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(scripts),
  );
  try {
    return await act(engine);
  } catch (error) {
    throw scripts.failure ?? error;
  } finally {
    engine.free();
    await pool.end();
  }
}

/** The adapter refuses columns of Postgres's internal type "char", in which the catalogue keeps its kinds. */
class CatalogPool extends pg.Pool {
  readonly charColumns = new Set<string>();

  override query = (async (...args: unknown[]) => {
    const result = await super.query(...(args as [pg.QueryConfig]));
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== CHAR) continue;
      this.charColumns.add(field.name);
      field.dataTypeID = BPCHAR;
    }
    return result;
  }) as pg.Pool["query"];
}
const CHAR = 18;
const BPCHAR = 1042;

/**
 * The stock adapter cuts a script at every semicolon, also within a function or a comment, and runs each piece for
 * itself. Sent whole, Postgres cuts it properly and runs it as one transaction.
 */
class WholeScripts extends PrismaPg {
  /** What Postgres refused; the engine would tell only its words. */
  failure: Error | undefined;

  constructor(private readonly pool: CatalogPool) {
    super(pool, { disposeExternalPool: false });
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      try {
        await this.pool.query(script);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error;
        const line = error.position && script.slice(0, Number(error.position)).split("\n").length;
        const where = [line && `line ${line}`, error.where].filter(Boolean).join(", ");
        const words = [error.message, error.detail, error.hint].filter(Boolean).join(" ");
        throw (this.failure = new Error(where ? `${words} (${where})` : words, { cause: error }));
      }
    };
    const { queryRaw } = adapter;
    adapter.queryRaw = async (query) => {
      const result = await queryRaw.call(adapter, query);
      const columnTypes = result.columnTypes.map((type, at) =>
        this.pool.charColumns.has(result.columnNames[at]!) ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

export function schemaFiles(folder = SCHEMA_FOLDER): SchemasContainer {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  return {
    files: names.sort().map((name) => {
      const file = path.join(folder, name);
      return { path: file, content: fs.readFileSync(file, "utf8") };
    }),
  };
}

export function migrationList(folder = MIGRATIONS_FOLDER): MigrationList {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  const files = names
    .map((name) => ({ name, file: path.join(folder, name, "migration.sql") }))
    .filter(({ file }) => fs.existsSync(file));
  return {
    baseDir: path.resolve(folder),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: files.map(({ name, file }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: fs.readFileSync(file, "utf8") } },
    })),
  };
}

/** SQL that turns the database behind `url` into what prisma/schema says; "" when nothing differs. */
export async function differenceToSchema(url: string): Promise<string> {
  const from = { tag: "schemaDatasource" as const, configDir: ".", ...schemaFiles() };
  const to = { tag: "schemaDatamodel" as const, ...schemaFiles() };
  const diff = await withEngine(url, (engine) =>
    engine.diff({ from, to, script: true, exitCode: null, filters }),
  );
  const sql = (diff.stdout ?? "").trim();
  return sql.startsWith("-- This is an empty migration") ? "" : sql;
}

type EngineModule = typeof import("@prisma/schema-engine-wasm/schema_engine_bg") & {
  SchemaEngine: typeof SchemaEngine;
};
let loaded: Promise<EngineModule> | undefined;

/** The package's entry imports the .wasm file as a module, which Node does not do without a flag. */
function loadEngine(): Promise<EngineModule> {
  loaded ??= (async () => {
    const folder = path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
    const glue = await import(pathToFileURL(path.join(folder, "schema_engine_bg.js")).href);
    // Where the engine leaves its last words when it breaks.
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
    const bytes = fs.readFileSync(path.join(folder, "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, {
      "./schema_engine_bg.js": withoutWaiting(glue),
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return glue;
  })();
  return loaded;
}

/** The engine never clears the time limit of its lock, which would keep a finished process alive for 10 s. */
function withoutWaiting(
  glue: Record<string, WebAssembly.ImportValue>,
): Record<string, WebAssembly.ImportValue> {
  const timer = Object.keys(glue).find((name) => name.startsWith("__wbg_setTimeout_"));
  const setTimer = timer && (glue[timer] as (...args: unknown[]) => NodeJS.Timeout);
  return setTimer ? { ...glue, [timer]: (...args: unknown[]) => setTimer(...args).unref() } : glue;
}
