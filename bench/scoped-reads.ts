// What does row-level security cost a query? Ours against stock Prisma without it, against bare pg, and against the
// usual way (a transaction that sets the tenant first); on loopback and behind a network of about 2 ms.
import pg from "pg";
import { filledPostgres, stockPrisma, targetsOf, withDelay, type Target } from "./database";
import { atMost, inRounds, median, microsecondsEach, ratio, report, told, type Answer } from "./measure";

const database = await filledPostgres(200, 500);
const { createClient } = await import("../src/server/db/client");
const { connectionScope, runInScope } = await import("../src/server/db/scope-store");
const target = await targetsOf(database.admin);
const slow = await withDelay(1, [database.unscopedUrl, database.appUrl]);

const scopeOf = (tenant: string) =>
  connectionScope({ tenant, user: "", actorId: "", correlationId: "bench", readOnly: false });
const newest = { orderBy: { createdAt: "desc" as const }, take: 25 };
const living = { deletedAt: null };
const COLUMNS = `id, org_id, name, domain, industry, employee_count, city, country_code, owner_id, created_at, updated_at, deleted_at`;

type Kind = "list" | "get" | "one statement in a transaction";
type Way = "bare pg" | "unscoped" | "unscoped, named" | "ours" | "usual";
type Operation = (target: Target) => Promise<unknown>;

async function waysTo(unscopedUrl: string, appUrl: string) {
  const bare = new pg.Pool({ connectionString: unscopedUrl, max: 10 });
  bare.on("error", () => {}); // the server may be gone before the pool is
  const unscoped = await stockPrisma(unscopedUrl);
  const named = await stockPrisma(unscopedUrl, { named: true });
  const usual = await stockPrisma(appUrl);
  const ours = createClient({ connectionString: appUrl, max: 10 }).prisma;
  const setting = (org: string) => usual.$executeRaw`select set_config('app.current_tenant', ${org}, true)`;
  const without = (prisma: typeof unscoped) => ({
    list: ({ org }: Target) => prisma.company.findMany({ where: { orgId: org, ...living }, ...newest }),
    get: ({ org, id }: Target) => prisma.company.findFirst({ where: { id, orgId: org, ...living } }),
  });
  const ways: Record<Way, Partial<Record<Kind, Operation>>> = {
    "bare pg": {
      list: ({ org }) =>
        bare.query(
          `select ${COLUMNS} from company where org_id = $1 and deleted_at is null order by created_at desc limit 25`,
          [org],
        ),
      get: ({ org, id }) =>
        bare.query(`select ${COLUMNS} from company where id = $1 and org_id = $2 and deleted_at is null`, [
          id,
          org,
        ]),
    },
    unscoped: without(unscoped),
    "unscoped, named": without(named),
    ours: {
      list: ({ org }) => runInScope(scopeOf(org), () => ours.company.findMany(newest)),
      get: ({ org, id }) => runInScope(scopeOf(org), () => ours.company.findFirst({ where: { id } })),
      "one statement in a transaction": ({ org, id }) =>
        runInScope(scopeOf(org), () => ours.$transaction((tx) => tx.company.findFirst({ where: { id } }))),
    },
    usual: {
      list: async ({ org }) =>
        usual.$transaction([setting(org), usual.company.findMany({ where: living, ...newest })]),
      get: async ({ org, id }) =>
        usual.$transaction([setting(org), usual.company.findFirst({ where: { id, ...living } })]),
    },
  };
  const end = async () => {
    await bare.end();
    for (const prisma of [unscoped, named, usual, ours]) await prisma.$disconnect();
  };
  return { ways, end };
}

const answers: Answer[] = [];
for (const [network, urls] of [
  ["loopback", [database.unscopedUrl, database.appUrl]],
  ["2 ms of network", slow.urls],
] as const) {
  const { ways, end } = await waysTo(urls[0]!, urls[1]!);
  for (const [inFlight, operations] of [
    [1, 80],
    [32, 640],
  ] as const) {
    const where = (kind: string) => `${network}, ${kind}, ${inFlight} in flight`;
    for (const kind of ["list", "get"] as const) {
      const took = await inRounds(["bare pg", "unscoped", "unscoped, named", "ours", "usual"], (name) =>
        microsecondsEach(() => ways[name][kind]!(target()), operations, inFlight),
      );
      answers.push(
        told(`${where(kind)}: unscoped Prisma`, `${median(took.unscoped).toFixed(0)} µs`),
        atMost(
          `${where(kind)}: ours to unscoped Prisma`,
          ratio(took.ours, took.unscoped),
          inFlight === 1 ? 1.1 : 0.95,
        ),
        told(
          `${where(kind)}: ours to unscoped Prisma with named statements`,
          `${ratio(took.ours, took["unscoped, named"]).toFixed(2)}×`,
        ),
        told(`${where(kind)}: ours to bare pg`, `${ratio(took.ours, took["bare pg"]).toFixed(2)}×`),
        atMost(
          `${where(kind)}: ours to a transaction that sets the tenant`,
          ratio(took.ours, took.usual),
          0.5,
        ),
      );
    }
    const kind = "one statement in a transaction";
    const took = await inRounds(["unscoped", "ours"], (name) =>
      microsecondsEach(() => (ways[name][kind] ?? ways[name].get)!(target()), operations, inFlight),
    );
    answers.push(
      atMost(`${where(kind)}: ours to unscoped Prisma without one`, ratio(took.ours, took.unscoped), 1.7),
    );
  }
  await end();
}
report(answers);
slow.end();
await database.end();
