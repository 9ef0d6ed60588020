// What a real database, driver and Prisma throw, in the words of the one error table.
import net from "node:net";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { DomainError } from "~/kernel/errors";
import { as } from "~/testing/crowd";
import { asOwner, testOrg } from "~/testing/tenants";
import { closeClients, createClient } from "./client";
import { asDomainError, databaseCode, isUniqueViolation } from "./failure";
import { newId } from "./ids";
import { withTenant } from "./with-tenant";

afterAll(closeClients);

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => asDomainError(error),
  );

describe("a refusal of the database", () => {
  it("is not found for a row that is not there, or is another tenant's: the same words", async () => {
    const [one, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    const { id } = await withTenant(other.owner, ({ db }) =>
      db.company.create({ data: { orgId: other.orgId, name: "Theirs" } }),
    );
    const update = (which: string) =>
      refusalOf(
        withTenant(one.owner, ({ db }) =>
          db.company.update({ where: { id: which }, data: { name: "Mine" } }),
        ),
      );
    const [absent, foreign] = [await update(newId()), await update(id)];
    expect(absent).toMatchObject({ kind: "not_found", code: "kernel.not_found" });
    expect([foreign.kind, foreign.code, foreign.publicMessage]).toEqual([
      absent.kind,
      absent.code,
      absent.publicMessage,
    ]);
  });

  it("is a conflict for a taken unique, through models and through raw SQL", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const add = () =>
      withTenant(owner, ({ db }) =>
        db.company.create({ data: { orgId, name: "A", domain: "a.example.test" } }),
      );
    const addRaw = () =>
      withTenant(
        owner,
        ({ db }) =>
          db.$executeRaw`INSERT INTO company (id, org_id, name, domain) VALUES (${newId()}::uuid, ${orgId}::uuid, 'A', 'a.example.test')`,
      );
    await add();
    for (const again of [add, addRaw]) {
      const failure = await again().catch((error: unknown) => error);
      expect(isUniqueViolation(failure)).toBe(true);
      expect(asDomainError(failure)).toMatchObject({ kind: "conflict", code: "kernel.exists_already" });
    }
  });

  it("is a conflict when two transactions cannot both be true", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const ids = [newId(), newId()];
    await withTenant(owner, ({ db }) =>
      db.company.createMany({ data: ids.map((id) => ({ id, orgId, name: "A" })) }),
    );
    const lock = (first: string, second: string) =>
      withTenant(owner, async ({ db }) => {
        await db.company.update({ where: { id: first }, data: { name: "B" } });
        await new Promise((resolve) => setTimeout(resolve, 200));
        await db.company.update({ where: { id: second }, data: { name: "B" } });
      });
    const both = await Promise.allSettled([lock(ids[0]!, ids[1]!), lock(ids[1]!, ids[0]!)]);
    const [lost] = both.filter((one) => one.status === "rejected");
    expect(asDomainError(lost?.reason)).toMatchObject({ kind: "conflict", code: "kernel.try_again" });
  });

  it("keeps what was thrown as its cause and out of its words", async () => {
    const { owner } = await testOrg({ members: [] });
    const refusal = await refusalOf(withTenant(owner, ({ db }) => db.$queryRaw`SELECT hunter2 FROM company`));
    expect(refusal).toMatchObject({ kind: "internal", code: "kernel.internal" });
    expect(databaseCode(refusal.options.cause)).toBe("42703");
    expect(refusal.publicMessage).not.toContain("hunter2");
  });

  it("leaves a refusal with words of its own as it is", () => {
    const own = new DomainError("gone", "auth.link_expired", "This link is too old.");
    expect(asDomainError(own)).toBe(own);
    for (const odd of [undefined, null, "text", 42, new Error("x")]) {
      expect(asDomainError(odd)).toMatchObject({ kind: "internal" });
    }
  });
});

describe("a database that does not answer is unavailable, so that a retry makes sense", () => {
  const unavailable = { kind: "unavailable", code: "kernel.database_unavailable" };
  const clientOn = (url: URL | string, max = 2) => createClient({ connectionString: String(url), max });
  const count = (client: ReturnType<typeof clientOn>) => as(1, () => client.prisma.company.count());
  const countInTransaction = (client: ReturnType<typeof clientOn>) =>
    as(1, () => client.prisma.$transaction((tx) => tx.company.count()));

  it("when nobody listens on its port", async () => {
    const client = clientOn("postgresql://a:b@127.0.0.1:1/c");
    expect(await refusalOf(count(client))).toMatchObject(unavailable);
    expect(await refusalOf(countInTransaction(client))).toMatchObject(unavailable);
  });

  it("when it hangs up while it is asked", async () => {
    const server = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as net.AddressInfo;
    expect(await refusalOf(count(clientOn(`postgresql://a:b@127.0.0.1:${port}/c`)))).toMatchObject(
      unavailable,
    );
    server.close();
  });

  it("when it is shut down in the middle of a statement or a transaction", async () => {
    const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
    await superuser.connect();
    const client = clientOn(process.env.DATABASE_URL!);
    const kill = () =>
      superuser.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'tenantry_app'`,
      );
    const asleep = refusalOf(as(1, () => client.prisma.$queryRaw`SELECT pg_sleep(2)::text`));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await kill();
    expect(await asleep).toMatchObject(unavailable);
    const between = refusalOf(
      as(1, () =>
        client.prisma.$transaction(async (tx) => {
          await tx.company.count();
          await kill();
          await new Promise((resolve) => setTimeout(resolve, 100));
          await tx.company.count();
        }),
      ),
    );
    expect(await between).toMatchObject(unavailable);
    await superuser.end();
    await client.prisma.$disconnect();
    await client.pool.end();
  });

  it("when a statement takes longer than it may, or every connection is taken for too long", async () => {
    const url = new URL(process.env.DATABASE_URL!);
    url.searchParams.set("statement_timeout", "200");
    const slow = clientOn(url);
    expect(await refusalOf(as(1, () => slow.prisma.$queryRaw`SELECT pg_sleep(2)::text`))).toMatchObject(
      unavailable,
    );
    const narrow = createClient({
      connectionString: process.env.DATABASE_URL!,
      max: 1,
      connectionTimeoutMillis: 200,
    });
    await count(narrow);
    const held = as(1, () => narrow.prisma.$queryRaw`SELECT pg_sleep(0.8)::text`);
    // A read that is asked together with the slow one would share its connection, and wait for it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await refusalOf(count(narrow))).toMatchObject(unavailable);
    await held;
    for (const { prisma, pool } of [slow, narrow]) {
      await prisma.$disconnect();
      await pool.end();
    }
  });

  it("when a transaction is held open for longer than it may", async () => {
    const { owner } = await testOrg({ members: [] });
    const client = clientOn(process.env.DATABASE_URL!);
    const late = as(1, () =>
      client.prisma.$transaction(
        async (tx) => {
          await tx.company.count();
          await new Promise((resolve) => setTimeout(resolve, 400));
          await tx.company.count();
        },
        { timeout: 200 },
      ),
    );
    expect(await refusalOf(late)).toMatchObject(unavailable);
    expect(owner).toBeDefined();
    await client.prisma.$disconnect();
    await client.pool.end();
  });
});

it("tells nothing of a foreign key to another tenant's row, since there can be none", async () => {
  const [one, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
  const { id } = await withTenant(other.owner, ({ db }) =>
    db.company.create({ data: { orgId: other.orgId, name: "Theirs" } }),
  );
  const link = (companyId: string) =>
    refusalOf(
      withTenant(one.owner, ({ db }) =>
        db.contact.create({ data: { orgId: one.orgId, firstName: "A", companyId } }),
      ),
    );
  const [absent, foreign] = [await link(newId()), await link(id)];
  expect([foreign.kind, foreign.code, foreign.publicMessage]).toEqual([
    absent.kind,
    absent.code,
    absent.publicMessage,
  ]);
  expect(await asOwner("select from contact where company_id = $1", [id])).toEqual([]);
});
