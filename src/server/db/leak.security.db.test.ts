// Prisma sends what one tick asked for from the async context of whoever came first. The first test is the control:
// the same client without `bindScopes` must leak, or the second one proves nothing.
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  anyOf,
  as,
  COMPANIES,
  companyId,
  contactId,
  neighbour,
  seedCrowd,
  tenantId,
  TENANTS,
} from "~/testing/crowd";
import { bindScopes } from "./bind-scopes";
import { createClient } from "./client";
import { PrismaClient } from "./generated/client";
import { ScopedPool, statementNames } from "./scoped-pool";

beforeAll(seedCrowd);

const pools: ScopedPool[] = [];
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
});

function unboundClient() {
  const pool = new ScopedPool({ connectionString: process.env.DATABASE_URL, max: 10 });
  pools.push(pool);
  const adapter = new PrismaPg(pool as unknown as pg.Pool, { statementNameGenerator: statementNames() });
  return new PrismaClient({ adapter });
}
/** As the application has it: bound, then extended. */
function boundClient() {
  const { pool, prisma } = createClient({ connectionString: process.env.DATABASE_URL!, max: 10 });
  pools.push(pool);
  return prisma;
}

/** Rounds, of 100, in which a tenant got a row of another one. Three tenants ask in the same tick. */
async function leaksIn100(
  prisma: Pick<PrismaClient, "company" | "contact" | "$transaction">,
): Promise<number> {
  let leaks = 0;
  for (let round = 0; round < 100; round++) {
    const [, foreign, [rows]] = await Promise.all([
      as(1, () => prisma.contact.findUnique({ where: { id: contactId(1, 1) } })),
      // Tenant 2 asks for a row of tenant 1: it must not exist.
      as(2, () => prisma.company.findUnique({ where: { id: companyId(1, 2) } })),
      as(3, () => prisma.$transaction([prisma.company.findMany({ take: 1 })])),
    ]);
    if (foreign !== null || rows?.[0]?.orgId !== tenantId(3)) leaks++;
  }
  return leaks;
}

it("control: an unbound client reads across tenants, so that the next test can fail", async () => {
  expect(await leaksIn100(unboundClient())).toBeGreaterThan(90);
});

it("never reads across tenants with bound scopes, through the extended client as well", async () => {
  expect(await leaksIn100(bindScopes(unboundClient()))).toBe(0);
  expect(await leaksIn100(boundClient() as unknown as PrismaClient)).toBe(0);
});

it("refuses to start on a Prisma whose data loader has moved", () => {
  expect(() => bindScopes({})).toThrow("tenant isolation cannot be guaranteed");
  expect(() => bindScopes({ _requestHandler: { dataloader: { options: { batchBy: () => "" } } } })).toThrow(
    "has no singleLoader",
  );
});

describe("10,000 random interleavings of 48 workers over a pool of 10 whose connections are being killed", () => {
  it("give nobody a row or a change of another tenant", { timeout: 400_000 }, async () => {
    const prisma = boundClient();
    const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
    await superuser.connect();
    const kills = setInterval(() => {
      superuser
        .query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and usename = 'tenantry_app' order by random() limit 1`,
        )
        .catch(() => {});
    }, 150);

    const leaks: string[] = [];
    let [asked, answered, expectedErrors, lost] = [0, 0, 0, 0];
    const check = (isRight: boolean, what: string) => {
      if (!isRight) leaks.push(what);
      else answered++;
    };
    const oneOf = async (tenant: number, at: number) => {
      const here = tenantId(tenant);
      const dice = Math.random();
      if (dice < 0.35) {
        const rows = await prisma.company.findMany({ take: 25, orderBy: { createdAt: "desc" } });
        check(rows.length === 25 && rows.every((row) => row.orgId === here), "findMany");
      } else if (dice < 0.55) {
        const foreign = await prisma.company.findFirst({ where: { id: companyId(neighbour(tenant), at) } });
        check(foreign === null, "findFirst of a neighbour's row");
      } else if (dice < 0.7) {
        const contact = await prisma.contact.findUnique({
          where: { id: contactId(tenant, at) },
          include: { company: true },
        });
        check(contact?.orgId === here && contact.company?.orgId === here, "findUnique with its relation");
      } else if (dice < 0.8) {
        const { count } = await prisma.company.updateMany({
          where: { id: { in: [companyId(tenant, at), companyId(neighbour(tenant), at)] } },
          data: { employeeCount: at },
        });
        check(count === 1, "updateMany that names a neighbour's row");
      } else if (dice < 0.87) {
        const failed = await prisma.$queryRaw`select 1 / ${0}::int`.then(
          () => false,
          () => true,
        );
        if (failed) expectedErrors++;
        else leaks.push("a failing statement succeeded");
      } else if (dice < 0.94) {
        await prisma.$transaction(async (tx) => {
          const count = await tx.company.count();
          const first = await tx.company.findFirst();
          check(count === COMPANIES && first?.orgId === here, "interactive transaction");
        });
      } else {
        const [count, rows] = await prisma.$transaction([
          prisma.company.count(),
          prisma.company.findMany({ take: 2 }),
        ]);
        check(count === COMPANIES && rows.every((row) => row.orgId === here), "batch");
      }
    };
    const worker = async () => {
      while (asked++ < 10_000) {
        const [tenant, at] = [anyOf(TENANTS), anyOf(COMPANIES)];
        await as(tenant, async () => {
          if (Math.random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
          await oneOf(tenant, at);
        }).catch(() => lost++);
      }
    };
    await Promise.all(Array.from({ length: 48 }, worker));
    clearInterval(kills);
    await superuser.end();
    await prisma.$disconnect();

    expect(leaks).toEqual([]);
    // Not by doing nothing: most were answered, some died with their connection.
    expect(answered + expectedErrors).toBeGreaterThan(9_000);
    expect(lost).toBeGreaterThan(0);
  });
});
