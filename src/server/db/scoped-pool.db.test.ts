// The wire under Prisma: what a statement carries, what stays on the connection (nothing), and what happens when
// things break between the parts of one write. Each promise holds with named statements and without.
import { createServer, type AddressInfo, type Server } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetEnv } from "~/server/config/env";
import {
  anyOf,
  as,
  companyId,
  COMPANIES,
  contactId,
  neighbour,
  seedCrowd,
  tenantId,
  TENANTS,
} from "~/testing/crowd";
import { asOwner } from "~/testing/tenants";
import { createClient } from "./client";
import { ScopedPool, statementNames } from "./scoped-pool";
import { connectionScope, runInScope } from "./scope-store";

let superuser: pg.Client;
beforeAll(async () => {
  await seedCrowd();
  superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
});
afterAll(async () => superuser.end());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

/** Speaks just enough of the protocol to greet, and dies in the same write: a connection lost the moment it is ready. */
async function dyingServer(): Promise<Server> {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5, type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const fatal = Buffer.from("SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0");
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () =>
      socket.end(
        Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I")), message("E", fatal)]),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

it("makes a connection that dies the moment it is ready an error of its caller, never of the process", async () => {
  const server = await dyingServer();
  const { port } = server.address() as AddressInfo;
  const dying = new ScopedPool({ connectionString: `postgresql://a:b@127.0.0.1:${port}/c` });
  dying.on("error", () => {});
  const opened = as(1, async () => {
    const client = await dying.connect();
    await client.query("BEGIN");
    try {
      return await client.query("select 1");
    } finally {
      client.release();
    }
  });
  await expect(opened).rejects.toThrow(/not queryable|terminat/);
  await expect(as(1, () => dying.query("select 1"))).rejects.toThrow(/not queryable|terminat/);
  await dying.end();
  server.close();
});

const bareConnect = Reflect.get(pg.Pool.prototype, "connect") as (this: pg.Pool) => Promise<pg.PoolClient>;

describe.each([
  { mode: "named statements", isNamed: true },
  { mode: "unnamed statements", isNamed: false },
])("with $mode", ({ isNamed }) => {
  let pool: ReturnType<typeof createClient>["pool"];
  let prisma: ReturnType<typeof createClient>["prisma"];
  const nameOf = statementNames();
  const sql = (text: string, ...values: unknown[]) =>
    pool.query({ text, values, ...(isNamed && { name: nameOf({ sql: text }) }) });
  /** A connection of the same pool, without any scope. */
  const bare = (): Promise<pg.PoolClient> => bareConnect.call(pool as unknown as pg.Pool);

  beforeAll(() => {
    process.env.DATABASE_NAMED_STATEMENTS = String(isNamed);
    forgetEnv();
    const url = new URL(process.env.DATABASE_URL!);
    url.searchParams.set("statement_timeout", "2000");
    ({ pool, prisma } = createClient({ connectionString: url.href, max: 10 }));
  });
  afterAll(async () => {
    await prisma.$disconnect();
    await pool.end();
    delete process.env.DATABASE_NAMED_STATEMENTS;
    forgetEnv();
  });
  // Every test leaves a pool that works.
  beforeEach(async () => {
    expect(await as(1, () => prisma.company.count())).toBe(COMPANIES);
  });

  describe("a statement", () => {
    it("carries tenant, actor and correlation id, and nothing of a user", async () => {
      const actor = companyId(1, 1);
      const scope = connectionScope({
        tenant: tenantId(7),
        user: "",
        actorId: actor,
        correlationId: "trace-0007",
        readOnly: false,
      });
      const { rows } = await runInScope(scope, () =>
        sql(`select current_setting('app.current_tenant') as tenant, current_setting('app.current_user_id') as "user",
             current_setting('app.actor_id') as actor, current_setting('app.correlation_id') as trace`),
      );
      expect(rows[0]).toEqual({ tenant: tenantId(7), user: "", actor, trace: "trace-0007" });
    });

    it("is refused without a scope, before a connection is asked for", async () => {
      await expect(prisma.company.findMany()).rejects.toThrow("outside a scope");
      await expect(pool.query("select 1")).rejects.toThrow("outside a scope");
      await expect(prisma.$transaction((tx) => tx.company.count())).rejects.toThrow("outside a scope");
    });

    it("leaves nothing on its connection: the setting is gone after Sync and a bare statement sees no row", async () => {
      await Promise.all(
        Array.from({ length: 10 }, (_, at) => as(at + 1, () => sql("select pg_sleep(0.02)"))),
      );
      const connections = await Promise.all(Array.from({ length: 10 }, bare));
      const left = await Promise.all(
        connections.map((connection) =>
          connection.query(
            `select coalesce(current_setting('app.current_tenant', true), '') as tenant,
                    coalesce(current_setting('app.actor_id', true), '') as actor,
                    (select count(*)::int from company) as seen`,
          ),
        ),
      );
      for (const connection of connections) connection.release();
      expect(left.map(({ rows }) => rows[0])).toEqual(
        Array.from({ length: 10 }, () => ({ tenant: "", actor: "", seen: 0 })),
      );
    });

    it("takes a value that cannot be serialised as its caller's error and keeps the connection", async () => {
      const cyclic: Record<string, unknown> = {};
      cyclic.self = cyclic;
      await expect(as(1, () => sql("select $1::text", cyclic))).rejects.toThrow(/circular/);
    });
  });

  describe("an error", () => {
    it("in the statement after the prelude reaches its caller with its SQLSTATE", async () => {
      expect(await codeOf(as(1, () => sql("select 1/0")))).toBe("22012");
    });

    it("in the middle of the pipeline rolls back what the statement had written", async () => {
      const total = async () =>
        (
          await asOwner("select sum(employee_count)::int as n from company where org_id = $1", [tenantId(5)])
        )[0]!.n;
      const before = await total();
      const breaking = `with touched as (update company set employee_count = employee_count + 1 returning id)
                        select 1 / (count(*) - count(*)) from touched`;
      expect(await codeOf(as(5, () => sql(breaking)))).toBe("22012");
      expect(await total()).toBe(before);
    });

    it("of a unique constraint is Prisma's P2002", async () => {
      const again = () =>
        prisma.company.create({ data: { orgId: tenantId(1), name: "Twice", domain: "c1.example.test" } });
      expect(await codeOf(as(1, again))).toBe("P2002");
    });

    it("answers an insert for another tenant, which the policy's WITH CHECK refuses", async () => {
      const foreign = () => prisma.company.create({ data: { orgId: tenantId(2), name: "Planted" } });
      await expect(as(1, foreign)).rejects.toThrow(/row-level security/);
      const move = () => sql("update company set org_id = $1 where id = $2", tenantId(2), companyId(1, 1));
      expect(await codeOf(as(1, move))).toBe("42501");
    });

    it("of the statement timeout ends the statement and leaves the connection to the next tenant", async () => {
      expect(await codeOf(as(1, () => sql("select pg_sleep(5)")))).toBe("57014");
      const counts = await Promise.all(
        Array.from({ length: 20 }, (_, at) => as(at + 1, () => prisma.company.count())),
      );
      expect(new Set(counts)).toEqual(new Set([COMPANIES]));
    });

    it("of an unknown table is told each time, and the same SQL works once the table is there", async () => {
      const everywhere = () =>
        Promise.all(
          Array.from({ length: 12 }, (_, at) => codeOf(as(at + 1, () => sql("select * from late")))),
        );
      expect(new Set([...(await everywhere()), ...(await everywhere())])).toEqual(new Set(["42P01"]));
      await asOwner("create table late (x int)");
      await asOwner("grant select on late to tenantry_app");
      try {
        expect(new Set(await everywhere())).toEqual(new Set(["no error"]));
      } finally {
        await asOwner("drop table late");
      }
    });
  });

  it("parses again when a table changes under a cached plan, without telling the caller", async () => {
    await asOwner("create table altered (x int)");
    await asOwner("insert into altered values (1)");
    await asOwner("grant select on altered to tenantry_app");
    try {
      const everywhere = () =>
        Promise.all(
          Array.from({ length: 12 }, (_, at) =>
            as(at + 1, async () => (await sql("select * from altered")).rows[0]),
          ),
        );
      expect(new Set((await everywhere()).map((row) => JSON.stringify(row)))).toEqual(new Set(['{"x":1}']));
      await asOwner("alter table altered add column y int default 2");
      expect(new Set((await everywhere()).map((row) => JSON.stringify(row)))).toEqual(
        new Set(['{"x":1,"y":2}']),
      );
    } finally {
      await asOwner("drop table altered");
    }
  });

  it("writes exactly once when a changed table makes the statement be sent again", async () => {
    await asOwner("create table resent (x int)");
    await asOwner("grant select, insert on resent to tenantry_app");
    try {
      const insert = () => as(1, () => sql("insert into resent values (1) returning *"));
      await insert();
      await asOwner("alter table resent add column y int");
      await insert();
      expect(await asOwner("select count(*)::int as n from resent")).toEqual([{ n: 2 }]);
    } finally {
      await asOwner("drop table resent");
    }
  });

  describe("reads that share a connection", () => {
    const shared = () =>
      new ScopedPool({ connectionString: process.env.DATABASE_URL, max: 1 }, { named: isNamed });
    const read = (from: ScopedPool, tenant: number, text: string, values: unknown[] = []) =>
      as(tenant, () =>
        from.query({ text, values, rowMode: "array", ...(isNamed && { name: nameOf({ sql: text }) }) }),
      );
    const whose = "select current_setting('app.current_tenant'), count(*)::int from company";

    it("each see their own tenant, also when they were written together", async () => {
      const one = shared();
      const asked = Array.from({ length: 60 }, (_, at) => (at % TENANTS) + 1);
      const answers = await Promise.all(asked.map((tenant) => read(one, tenant, whose)));
      expect(answers.map(({ rows }) => rows[0])).toEqual(
        asked.map((tenant) => [tenantId(tenant), COMPANIES]),
      );
      await one.end();
    });

    it("fail alone: a neighbour's error changes nobody else's answer", async () => {
      const one = shared();
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, at) =>
          at % 3 === 1
            ? codeOf(read(one, 1, "select 1 / $1::int", [0]))
            : read(one, 2, whose).then(({ rows }) => String(rows[0])),
        ),
      );
      const mine = `${tenantId(2)},${COMPANIES}`;
      expect(answers).toEqual(Array.from({ length: 24 }, (_, at) => (at % 3 === 1 ? "22012" : mine)));
      await one.end();
    });

    it("do not keep a write out, however many are asked", async () => {
      const one = shared();
      let isOver = false;
      const reader = async () => {
        while (!isOver) await read(one, 1, "select pg_sleep(0.005)");
      };
      const readers = Array.from({ length: 20 }, reader);
      await pause(50);
      await read(one, 1, "update company set city = city where id = $1", [companyId(1, 1)]);
      isOver = true;
      await Promise.all(readers);
      await one.end();
    });

    it("wait no longer for the connection of others than for one of their own", async () => {
      const config = { connectionString: process.env.DATABASE_URL, max: 1, connectionTimeoutMillis: 100 };
      const one = new ScopedPool(config, { named: isNamed });
      await read(one, 1, "select 1");
      const slow = read(one, 1, "select pg_sleep(1.5)");
      // What is asked together with it would be written behind it; this comes when it runs.
      await vi.waitFor(async () => {
        const { rows } = await superuser.query(
          "select 1 from pg_stat_activity where query like '%pg_sleep(1.5)%' and state = 'active' and pid <> pg_backend_pid()",
        );
        expect(rows).toHaveLength(1);
      });
      expect(await codeOf(read(one, 1, "select 1"))).toBe("timeout exceeded when trying to connect");
      await slow;
      expect((await read(one, 1, "select 1")).rows).toEqual([[1]]);
      await one.end();
    });
  });

  describe("a lost connection", () => {
    /** Ends the app role's connections to this database that `where` picks. */
    const kill = (where: string) =>
      superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'tenantry_app' ${where}`,
      );

    it("in the middle of a statement is an error of that statement alone", async () => {
      const killed = codeOf(as(3, () => sql("select pg_sleep(0.6), 'mid-query'")));
      await pause(150);
      await kill("and query like '%mid-query%'");
      expect(await killed).toMatch(/57P01|terminated/);
    });

    it("never turns into a wrong answer, however many are lost", { timeout: 120_000 }, async () => {
      let [right, wrong, lost] = [0, 0, 0];
      const storm = setInterval(() => void kill("order by random() limit 1").catch(() => {}), 25);
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let round = 0; round < 40; round++) {
            const tenant = anyOf(TENANTS);
            try {
              const rows = await as(tenant, () => prisma.company.findMany({ take: 5 }));
              const isRight = rows.length === 5 && rows.every((row) => row.orgId === tenantId(tenant));
              if (isRight) right++;
              else wrong++;
            } catch {
              lost++;
            }
          }
        }),
      );
      clearInterval(storm);
      await pause(50);
      expect(wrong).toBe(0);
      expect(right).toBeGreaterThan(lost);
    });

    it("in the middle of a transaction fails it, and nothing of it stays", async () => {
      const work = as(4, () =>
        prisma.$transaction(async (tx) => {
          await tx.company.updateMany({ data: { industry: "killed" } });
          await kill("and state = 'idle in transaction'");
          return tx.company.count();
        }),
      );
      await expect(work).rejects.toThrow();
      expect(await asOwner("select count(*)::int as n from company where industry = 'killed'")).toEqual([
        { n: 0 },
      ]);
    });
  });

  describe("an interactive transaction", () => {
    const industries = (industry: string) => as(8, () => prisma.company.count({ where: { industry } }));

    it("commits what it did to its own tenant, and touches no other", async () => {
      await as(8, () =>
        prisma.$transaction((tx) => tx.company.updateMany({ data: { industry: "committed" } })),
      );
      expect(await industries("committed")).toBe(COMPANIES);
      expect(await asOwner("select distinct org_id from company where industry = 'committed'")).toEqual([
        { org_id: tenantId(8) },
      ]);
    });

    it("rolls back when its work throws", async () => {
      const work = as(8, () =>
        prisma.$transaction(async (tx) => {
          await tx.company.updateMany({ data: { industry: "thrown" } });
          throw new Error("changed my mind");
        }),
      );
      await expect(work).rejects.toThrow("changed my mind");
      expect(await industries("thrown")).toBe(0);
    });

    it("does not report success when its work swallowed a database error", async () => {
      const work = as(8, () =>
        prisma.$transaction(async (tx) => {
          await tx.company.updateMany({ data: { industry: "swallowed" } });
          await tx.$queryRaw`select 1 / 0`.catch(() => {});
        }),
      );
      await expect(work).rejects.toThrow();
      expect(await industries("swallowed")).toBe(0);
    });

    it("that does nothing answers, and sends nothing", async () => {
      expect(await as(8, () => prisma.$transaction(async () => 42))).toBe(42);
    });

    it("runs at the isolation level it was asked for", async () => {
      const level = await as(8, () =>
        prisma.$transaction((tx) => tx.$queryRaw`select current_setting('transaction_isolation') as level`, {
          isolationLevel: "Serializable",
        }),
      );
      expect(level).toEqual([{ level: "serializable" }]);
    });

    it("stays with the tenant it was opened for, whatever is ambient when a statement is sent", async () => {
      const owner = await as(8, () =>
        prisma.$transaction((tx) => as(9, async () => (await tx.company.findFirst())!.orgId)),
      );
      expect(owner).toBe(tenantId(8));
    });

    it("leaves no connection inside a transaction behind", async () => {
      await pause(50);
      const { rows } = await superuser.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and usename = 'tenantry_app' and state like 'idle in%'`,
      );
      expect(rows).toEqual([{ n: 0 }]);
    });
  });

  it("never hands on a connection that a raw BEGIN left open: later writes are committed", async () => {
    await Promise.all(Array.from({ length: 10 }, () => as(8, () => prisma.$executeRawUnsafe("BEGIN"))));
    const write = (tenant: number) =>
      as(tenant, () => prisma.company.updateMany({ data: { city: `open ${isNamed}` } }));
    await Promise.all(Array.from({ length: 20 }, (_, at) => write(at + 1)));
    const [row] = await asOwner("select count(*)::int as n from company where city = $1", [
      `open ${isNamed}`,
    ]);
    expect(row).toEqual({ n: 20 * COMPANIES });
  });

  it("does not let a raw BEGIN or a session-wide setting reach the next tenant", async () => {
    await as(8, () => prisma.$executeRawUnsafe("BEGIN")).catch(() => {});
    const forSession = `select set_config('app.current_tenant', '${tenantId(8)}', false)`;
    await Promise.all(Array.from({ length: 10 }, () => as(8, () => prisma.$executeRawUnsafe(forSession))));
    const seen = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        as(at + 1, () =>
          sql("select count(*)::int as n, min(org_id::text) as low, max(org_id::text) as high from company"),
        ),
      ),
    );
    expect(seen.map(({ rows }) => rows[0])).toEqual(
      Array.from({ length: 20 }, (_, at) => ({
        n: COMPANIES,
        low: tenantId(at + 1),
        high: tenantId(at + 1),
      })),
    );
  });

  it("refuses a read-only member's writes with 25006, and cannot be switched back", async () => {
    const rename = "update company set industry = 'written'";
    expect(await codeOf(as(6, () => sql(rename), true))).toBe("25006");
    const switched = (way: string) =>
      as(
        6,
        () =>
          prisma.$transaction(async (tx) => {
            await tx.company.count();
            await tx.$executeRawUnsafe(way);
            await tx.$executeRawUnsafe(rename);
          }),
        true,
      );
    for (const way of [
      "set transaction read write",
      "select set_config('transaction_read_only', 'off', true)",
    ]) {
      await expect(switched(way)).rejects.toThrow(/25001|25006|read-write|read-only/);
    }
    expect(await as(6, () => prisma.company.count({ where: { industry: "written" } }))).toBe(0);
    expect(await as(6, () => prisma.company.count(), true)).toBe(COMPANIES);
  });

  it("keeps batches of one tick apart, though Prisma sends them together", { timeout: 180_000 }, async () => {
    let wrong = 0;
    for (let round = 0; round < 40; round++) {
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const [tenant, at] = [anyOf(TENANTS), anyOf(COMPANIES)];
          const [own, foreign, contact, [first, count]] = await as(tenant, () =>
            Promise.all([
              prisma.company.findUnique({ where: { id: companyId(tenant, at) } }),
              prisma.company.findUnique({ where: { id: companyId(neighbour(tenant), at) } }),
              prisma.contact.findUnique({ where: { id: contactId(tenant, at) }, include: { company: true } }),
              prisma.$transaction([prisma.company.findMany({ take: 1 }), prisma.company.count()]),
            ]),
          );
          const here = tenantId(tenant);
          const isRight =
            own?.orgId === here &&
            foreign === null &&
            contact?.company?.orgId === here &&
            first[0]?.orgId === here &&
            count === COMPANIES;
          if (!isRight) wrong++;
        }),
      );
    }
    expect(wrong).toBe(0);
  });
});
