// What does row-level security cost a read? Stock Prisma without it, ours, and the usual way (a transaction that sets
// the tenant first), shuffled inside every round; the answer is the median of the rounds' ratios to the first.
// Run: node --import tsx --conditions=react-server bench/scoped-reads.ts [rounds]   (default: 15)
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { temporaryPostgres } from "../scripts/database/temporary";
import { appEnvironment } from "../scripts/environment";

const TENANTS = 200;
const COMPANIES = 500;
const rounds = Number(process.argv[2] ?? 15);
/** The promise: a scoped read takes at most this many times what an unscoped one takes. */
const BUDGET = 1.25;

const postgres = await temporaryPostgres("bench");
Object.assign(
  process.env,
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
  ),
);
const { createClient } = await import("../src/server/db/client");
const { PrismaClient } = await import("../src/server/db/generated/client");
const { connectionScope, runInScope } = await import("../src/server/db/scope-store");
const { statementNames } = await import("../src/server/db/scoped-pool");

const superuser = new URL(postgres.superuser);
superuser.pathname = "/bench";
const admin = new pg.Client({ connectionString: superuser.href });
await admin.connect();
await admin.query(
  `insert into organization (id, name, slug) select md5('t' || t)::uuid, 'T', 't-' || t from generate_series(1, ${TENANTS}) t`,
);
await admin.query(
  `insert into company (id, org_id, name, created_at)
   select md5(format('%s/%s', t, c))::uuid, md5('t' || t)::uuid, 'Company ' || c, now() - c * interval '1 minute'
   from generate_series(1, ${TENANTS}) t, generate_series(1, ${COMPANIES}) c`,
);
await admin.query("vacuum analyze company");
const { rows } = await admin.query<{ org: string; id: string }>("select org_id as org, id from company");

const stock = (connectionString: string) => {
  const pool = new pg.Pool({ connectionString, max: 10 });
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }) });
};
const unscoped = stock(superuser.href);
const usual = stock(postgres.url("app", "bench"));
const ours = createClient({ connectionString: postgres.url("app", "bench"), max: 10 }).prisma;

type Target = { org: string; id: string };
const scopeOf = (tenant: string) =>
  connectionScope({ tenant, user: "", actorId: "", correlationId: "bench", readOnly: false });
const newest = { orderBy: { createdAt: "desc" as const }, take: 25 };
const living = { deletedAt: null };
const variants = {
  unscoped: {
    list: ({ org }: Target) => unscoped.company.findMany({ where: { orgId: org, ...living }, ...newest }),
    get: ({ org, id }: Target) => unscoped.company.findFirst({ where: { id, orgId: org, ...living } }),
  },
  ours: {
    list: ({ org }: Target) => runInScope(scopeOf(org), () => ours.company.findMany(newest)),
    get: ({ org, id }: Target) => runInScope(scopeOf(org), () => ours.company.findFirst({ where: { id } })),
  },
  "usual transaction": {
    list: ({ org }: Target) =>
      usual.$transaction(async (tx) => {
        await tx.$executeRaw`select set_config('app.current_tenant', ${org}, true)`;
        return tx.company.findMany({ where: living, ...newest });
      }),
    get: ({ org, id }: Target) =>
      usual.$transaction(async (tx) => {
        await tx.$executeRaw`select set_config('app.current_tenant', ${org}, true)`;
        return tx.company.findFirst({ where: { id, ...living } });
      }),
  },
};
type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];

async function microseconds(run: (target: Target) => Promise<unknown>, operations: number, workers: number) {
  const began = performance.now();
  let left = operations;
  const worker = async () => {
    while (left-- > 0) await run(rows[Math.floor(Math.random() * rows.length)]!);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return ((performance.now() - began) * 1000) / operations;
}
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

let isWithin = true;
for (const [workers, operations] of [
  [1, 80],
  [32, 400],
] as const) {
  for (const kind of ["list", "get"] as const) {
    const ratios = new Map(names.map((name) => [name, [] as number[]]));
    for (const name of names) await microseconds(variants[name][kind], operations, workers);
    for (let round = 0; round < rounds; round++) {
      const took = new Map<Variant, number>();
      for (const name of [...names].sort(() => Math.random() - 0.5))
        took.set(name, await microseconds(variants[name][kind], operations, workers));
      for (const name of names) ratios.get(name)!.push(took.get(name)! / took.get("unscoped")!);
    }
    const line = names.map((name) => `${name} ${median(ratios.get(name)!).toFixed(2)}`).join(" · ");
    console.log(`${kind}, ${workers} at once: ${line}`);
    if (median(ratios.get("ours")!) > BUDGET) isWithin = false;
  }
}
console.log(isWithin ? `within the budget of ${BUDGET}` : `above the budget of ${BUDGET}`);
await admin.end();
await postgres.stop();
process.exit(isWithin ? 0 : 1);
