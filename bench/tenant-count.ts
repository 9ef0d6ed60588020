// Does a tenant's list cost more when more tenants share its table?
import pg from "pg";
import { fill, filledPostgres, type Target } from "./database";
import { atMost, inRounds, median, microsecondsEach, ratio, report, told } from "./measure";

const EACH = 100;
const sizes = [10, 1_000, 10_000] as const;
const database = await filledPostgres(sizes[0], EACH);
const { createClient } = await import("../src/server/db/client");
const { connectionScope, runInScope } = await import("../src/server/db/scope-store");

// Copies of the same database as it grows, so that all sizes can be asked in turn.
const template = new URL(database.unscopedUrl);
template.pathname = "/template1";
let filled = 0;
for (const size of sizes) {
  const admin = new pg.Client({ connectionString: database.unscopedUrl });
  await admin.connect();
  if (size > sizes[0]) await fill(admin, filled + 1, size, EACH);
  filled = size;
  await admin.end();
  if (size === sizes[0]) await database.admin.end();
  const maker = new pg.Client({ connectionString: template.href });
  await maker.connect();
  await maker.query(`create database bench_${size} template bench`);
  await maker.end();
}

const clients = Object.fromEntries(
  sizes.map((size) => [
    size,
    createClient({ connectionString: database.url("app", `bench_${size}`), max: 10 }).prisma,
  ]),
);
const target = async (size: number): Promise<Target["org"]> => {
  const admin = new pg.Client({
    connectionString: database.unscopedUrl.replace(/\/bench$/, `/bench_${size}`),
  });
  await admin.connect();
  const { rows } = await admin.query<{ id: string }>("select id from organization order by slug limit 1");
  await admin.end();
  return rows[0]!.id;
};
const tenants = Object.fromEntries(
  await Promise.all(sizes.map(async (size) => [size, await target(size)] as const)),
);
const names = sizes.map(String) as `${(typeof sizes)[number]}`[];
const took = await inRounds(names, (size) => {
  const scope = connectionScope({
    tenant: tenants[size]!,
    user: "",
    actorId: "",
    correlationId: "bench",
    readOnly: false,
  });
  const list = () =>
    runInScope(scope, () => clients[size]!.company.findMany({ orderBy: { createdAt: "desc" }, take: 25 }));
  return microsecondsEach(list, 200, 1);
});
report([
  told("list with 10 tenants in the table", `${median(took["10"]).toFixed(0)} µs`),
  atMost("list, 1,000 tenants to 10", ratio(took["1000"], took["10"]), 1.2),
  atMost("list, 10,000 tenants to 10", ratio(took["10000"], took["10"]), 1.2),
]);
for (const client of Object.values(clients)) await client.$disconnect();
await database.stop();
process.exit(0);
