// Roles belong to the whole cluster, so no migration can make them: this does, once, as an administrator.
// It needs CREATEROLE and CREATEDB, never a superuser, so that it works on managed Postgres too.
import { randomBytes } from "node:crypto";
import { pathToFileURL } from "node:url";
import pg from "pg";

export interface Passwords {
  owner: string;
  app: string;
  system: string;
}

export const ROLES = {
  /** Owns the database and everything in it; only migrations use it. */
  owner: "tenantry_owner",
  /** What the application is: sees a tenant's rows, one tenant at a time. */
  app: "tenantry_app",
  /** Work across tenants, by policies of its own. */
  system: "tenantry_system",
} as const;

/** Roles nobody signs in as: they own the few SECURITY DEFINER functions, so that each can read only what it must. */
const FUNCTION_OWNERS = ["tenantry_resolver", "tenantry_search"];

/**
 * Makes the roles and the database if they are not there, and gives the roles the passwords named. May run again
 * at any time. `adminUrl` leads to any database of the cluster.
 */
export async function bootstrap(
  adminUrl: string,
  database: string,
  passwords: Partial<Passwords>,
): Promise<void> {
  await connected(adminUrl, async (admin) => {
    const version = Number((await admin.query("show server_version_num")).rows[0].server_version_num);
    if (version < 150_000)
      throw new Error("Postgres 15 or newer is needed; this one is older, nothing was changed.");
    for (const [kind, role] of Object.entries(ROLES)) {
      await makeRole(admin, role, "login noinherit");
      const password = passwords[kind as keyof Passwords];
      if (password) await admin.query(`alter role ${role} password ${admin.escapeLiteral(password)}`);
    }
    await admin.query(`alter role ${ROLES.owner} inherit`);
    for (const role of FUNCTION_OWNERS) {
      await makeRole(admin, role, "nologin");
      await admin.query(`grant ${role} to ${ROLES.owner}`);
    }
    // Who makes a database for a role, or hands one over, must be able to become that role.
    const { rows: me } = await admin.query(
      "select current_user as name, rolsuper from pg_roles where rolname = current_user",
    );
    if (!me[0].rolsuper) await admin.query(`grant ${ROLES.owner} to current_user`);
    const name = admin.escapeIdentifier(database);
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [database]);
    if (rowCount === 0) await admin.query(`create database ${name} owner ${ROLES.owner}`);
    await openDatabase(admin, database);
  });
  // A database that was there before (a managed Postgres gives one) belongs to its administrator.
  await connected(withDatabase(adminUrl, database), async (admin) => {
    const { rows } = await admin.query(
      "select pg_get_userbyid(datdba) as owner from pg_database where datname = current_database()",
    );
    if (rows[0].owner === ROLES.owner) return;
    await admin.query(`grant create on database ${admin.escapeIdentifier(database)} to ${ROLES.owner}`);
    await admin.query(`grant usage, create on schema public to ${ROLES.owner} with grant option`);
  });
}

/** Nobody but our roles may connect. A copy of a database does not copy this, so it is said for each copy. */
export async function openDatabase(admin: pg.Client, database: string): Promise<void> {
  const name = admin.escapeIdentifier(database);
  await admin.query(`revoke all on database ${name} from public`);
  await admin.query(`grant connect on database ${name} to ${Object.values(ROLES).join(", ")}`);
}

async function makeRole(admin: pg.Client, role: string, attributes: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [role]);
  if (rowCount) return;
  await admin.query(`create role ${role} ${attributes} nocreatedb nocreaterole`);
}

export async function connected<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** The URL for one of the roles, with everything else (host, TLS settings) as the administrator has it. */
export function roleUrl(adminUrl: string, role: string, password: string, database: string): string {
  const url = new URL(withDatabase(adminUrl, database));
  url.username = role;
  url.password = password;
  return url.href;
}

async function main(): Promise<void> {
  const adminUrl = process.env.DATABASE_URL;
  if (!adminUrl) {
    throw new Error(
      "Set DATABASE_URL to an administrator of the Postgres cluster (CREATEROLE and CREATEDB suffice) and run it again; local development needs none of this.",
    );
  }
  const database = process.env.TENANTRY_DATABASE || "tenantry";
  const there = await connected(adminUrl, async (admin) => {
    const found = await admin.query("select from pg_roles where rolname = any($1)", [Object.values(ROLES)]);
    return found.rowCount === Object.keys(ROLES).length;
  });
  if (there && !process.argv.includes("--new-passwords")) {
    await bootstrap(adminUrl, database, {});
    console.log(
      "The roles were there already and keep their passwords; the database and its grants are in order. With `-- --new-passwords` they get new ones, and the application must be told at once.",
    );
    return;
  }
  const word = () => randomBytes(24).toString("base64url");
  const passwords: Passwords = { owner: word(), app: word(), system: word() };
  await bootstrap(adminUrl, database, passwords);
  const url = (kind: keyof Passwords) => roleUrl(adminUrl, ROLES[kind], passwords[kind], database);
  console.log(`# Shown once; keep them with your other secrets. DATABASE_OWNER_URL is for \`npm run db:migrate\` alone.
DATABASE_URL=${url("app")}
DATABASE_SYSTEM_URL=${url("system")}
DATABASE_LISTEN_URL=${url("app")}
DATABASE_OWNER_URL=${url("owner")}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
