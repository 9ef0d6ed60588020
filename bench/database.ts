/** A Postgres of its own for a question, filled with tenants, and the ways to reach it that are compared. */
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { temporaryPostgres } from "../scripts/database/temporary";
import { appEnvironment } from "../scripts/environment";

export type Target = { org: string; id: string };

/** `tenants` organizations with `each` companies, newest first by a minute. */
export async function filledPostgres(tenants: number, each: number) {
  const postgres = await temporaryPostgres("bench");
  Object.assign(process.env, environmentFor(postgres));
  const superuser = new URL(postgres.superuser);
  superuser.pathname = "/bench";
  const admin = new pg.Client({ connectionString: superuser.href });
  await admin.connect();
  await fill(admin, 1, tenants, each);
  return {
    ...postgres,
    admin,
    unscopedUrl: superuser.href,
    appUrl: postgres.url("app", "bench"),
    async end() {
      await admin.end();
      await postgres.stop();
    },
  };
}

const environmentFor = (postgres: Awaited<ReturnType<typeof temporaryPostgres>>) =>
  appEnvironment(
    {
      app: "http://localhost:3000",
      home: "",
      secrets: postgres.secrets,
      postgres: {
        owner: "",
        app: postgres.url("app", "bench"),
        system: postgres.url("system", "bench"),
        superuser: "",
      },
      inngest: "http://127.0.0.1:9",
      smtp: "smtp://127.0.0.1:9",
    },
    {},
  );

export const orgId = "md5('t' || t)::uuid";

export async function fill(
  admin: pg.Client,
  first: number,
  last: number,
  each: number,
  { analyze = true } = {},
): Promise<void> {
  await admin.query(
    `insert into organization (id, name, slug) select ${orgId}, 'T', 't-' || t from generate_series(${first}, ${last}) t`,
  );
  await admin.query(
    `insert into organization_plan (org_id, plan, source, period_anchor)
     select ${orgId}, 'ENTERPRISE', 'staff', now() - interval '10 days' from generate_series(${first}, ${last}) t`,
  );
  await admin.query(
    `insert into company (id, org_id, name, created_at)
     select md5(format('%s/%s', t, c))::uuid, ${orgId}, 'Company ' || c, now() - c * interval '1 minute'
     from generate_series(${first}, ${last}) t, generate_series(1, ${each}) c`,
  );
  if (analyze) await admin.query("vacuum analyze company");
}

/** Companies to ask for, at random. */
export async function targetsOf(admin: pg.Client): Promise<() => Target> {
  const { rows } = await admin.query<Target>(
    "select org_id as org, id from company order by md5(id::text) limit 20000",
  );
  return () => rows[Math.floor(Math.random() * rows.length)]!;
}

/** Stock Prisma over a stock pool, as its documentation shows it; or with named statements, as we use it. */
export async function stockPrisma(connectionString: string, { named = false } = {}) {
  const { PrismaClient } = await import("../src/server/db/generated/client");
  const { statementNames } = await import("../src/server/db/scoped-pool");
  const pool = new pg.Pool({ connectionString, max: 10 });
  pool.on("error", () => {}); // the server may be gone before the pool is
  const options = named ? { statementNameGenerator: statementNames() } : {};
  return new PrismaClient({ adapter: new PrismaPg(pool, options), errorFormat: "minimal" });
}

/** The same database behind `delayMs` each way, by a proxy in a process of its own. */
export async function withDelay(delayMs: number, urls: readonly string[]) {
  const [first] = urls.map((url) => new URL(url));
  const child = fork(path.join(import.meta.dirname, "delaying-proxy.mjs"), [
    first!.hostname,
    first!.port || "5432",
    String(delayMs),
  ]);
  const [port] = (await once(child, "message")) as [number];
  const behind = urls.map((url) => {
    const delayed = new URL(url);
    delayed.hostname = "127.0.0.1";
    delayed.port = String(port);
    return delayed.href;
  });
  return { urls: behind, end: () => child.kill() };
}
