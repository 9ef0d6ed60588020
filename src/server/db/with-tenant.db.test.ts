// The scopes as slices use them: what commits, what rolls back, and when an announced fact leaves the house.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { outboxSettled, sendUnsent } from "~/server/events/outbox";
import { createCallerFactory, router, userProcedure } from "~/server/trpc/procedures";
import { contextFor } from "~/testing/callers";
import { asOwner, testOrg, testTrace, testUser, unique } from "~/testing/tenants";
import { closeClients } from "./client";
import { asDomainError } from "./failure";
import { newId } from "./ids";
import { readSystem, withSystem } from "./with-system";
import { readTenant, withTenant, type TenantScope } from "./with-tenant";
import { readUser, withUser } from "./with-user";

/** Stands where the event engine is reached and keeps what it was sent. */
let engine: Server;
let received: { id: string; name: string }[] = [];
let isEngineUp = true;
let engineDelayMs = 0;

beforeAll(async () => {
  engine = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (!isEngineUp) return response.writeHead(400).end('{"error":"not today","status":400}');
      const events = JSON.parse(Buffer.concat(chunks).toString()) as { id: string; name: string }[];
      received.push(...events);
      setTimeout(
        () => response.end(JSON.stringify({ ids: events.map(({ id }) => id), status: 200 })),
        engineDelayMs,
      );
    });
  });
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  process.env.INNGEST_BASE_URL = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  forgetEnv();
});
afterAll(async () => {
  await closeClients();
  engine.closeAllConnections();
  engine.close();
});
beforeEach(() => {
  received = [];
  isEngineUp = true;
  engineDelayMs = 0;
});

const add = (scope: TenantScope, name: string) =>
  scope.db.company.create({ data: { orgId: scope.actor.orgId, name }, select: { id: true } });
const companies = async (name: string) =>
  (await asOwner("select id from company where name = $1", [name])).length;
const fact = () => ({ id: unique("fact"), name: "test/thing.happened", data: { count: 1 } });

describe("withTenant", () => {
  it("commits all of its work together", async () => {
    const { owner } = await testOrg({ members: [] });
    const name = unique("Company");
    await withTenant(owner, async (scope) => {
      await add(scope, name);
      await add(scope, name);
      expect(await companies(name)).toBe(0);
    });
    expect(await companies(name)).toBe(2);
  });

  it("rolls all of it back when something is thrown, and throws that", async () => {
    const { owner } = await testOrg({ members: [] });
    const name = unique("Company");
    const work = withTenant(owner, async (scope) => {
      await add(scope, name);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await companies(name)).toBe(0);
  });

  it("refuses a read-only member's write in words, and changes nothing", async () => {
    const org = await testOrg();
    const name = unique("Company");
    const refusal = await withTenant(org.as("readonly"), (scope) => add(scope, name)).catch(asDomainError);
    expect(refusal).toMatchObject({ kind: "forbidden", code: "kernel.read_only" });
    expect(await companies(name)).toBe(0);
  });

  it("opens no scope for an id that is no uuid", () => {
    const actor = {
      kind: "org",
      orgId: "' or 1=1 --",
      userId: null,
      role: "job",
      trace: testTrace(),
    } as const;
    expect(() => readTenant(actor, async () => 1)).toThrow("not a uuid");
  });

  it("sees one organization where a person has two", async () => {
    const person = await testUser();
    const [one, two] = [
      await testOrg({ ownedBy: person, members: [] }),
      await testOrg({ ownedBy: person, members: [] }),
    ];
    const seen = (org: typeof one) =>
      readTenant(org.owner, async ({ db }) => (await db.organization.findMany()).map(({ id }) => id));
    expect(await seen(one)).toEqual([one.orgId]);
    expect(await seen(two)).toEqual([two.orgId]);
  });
});

describe("a tRPC resolver that throws after it wrote", () => {
  // next() resolves also when the resolver threw: a transaction held around it commits. The first test is the control.
  const person = () => testUser();

  it("control: commits when a middleware holds the transaction around next()", async () => {
    const { owner } = await testOrg({ members: [] });
    const name = unique("Company");
    let open: TenantScope | undefined;
    const held = userProcedure.use(({ next }) =>
      withTenant(owner, (scope) => {
        open = scope;
        return next();
      }),
    );
    const doors = router({
      add: held.mutation(async () => {
        await add(open!, name);
        throw new Error("after the write");
      }),
    });
    const caller = createCallerFactory(doors)(contextFor(await person()));
    await expect(caller.add()).rejects.toThrow();
    expect(await companies(name)).toBe(1);
  });

  it("rolls back when the resolver opens it, as ours do", async () => {
    const { owner } = await testOrg({ members: [] });
    const name = unique("Company");
    const doors = router({
      add: userProcedure.mutation(() =>
        withTenant(owner, async (scope) => {
          await add(scope, name);
          throw new Error("after the write");
        }),
      ),
    });
    const caller = createCallerFactory(doors)(contextFor(await person()));
    await expect(caller.add()).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
    expect(await companies(name)).toBe(0);
  });
});

describe("an announced fact", () => {
  it("is sent after COMMIT and not before", async () => {
    const { owner } = await testOrg({ members: [] });
    const event = fact();
    await withTenant(owner, async (scope) => {
      await scope.emit(event);
      await sendUnsent(); // a sweep of another process, in this very moment
      expect(received).toEqual([]);
    });
    await outboxSettled();
    expect(received).toMatchObject([{ id: event.id, name: event.name }]);
    expect(
      await asOwner("select sent_at is not null as sent from outbox_event where event_id = $1", [event.id]),
    ).toEqual([{ sent: true }]);
  });

  it("is never sent when its transaction rolls back", async () => {
    const { owner } = await testOrg({ members: [] });
    await withTenant(owner, async (scope) => {
      await scope.emit(fact());
      throw new Error("no");
    }).catch(() => {});
    await outboxSettled();
    await sendUnsent();
    expect(received).toEqual([]);
  });

  it("stays when the engine refuses, with why, and goes with the next round", async () => {
    const { owner } = await testOrg({ members: [] });
    const event = fact();
    isEngineUp = false;
    await withTenant(owner, (scope) => scope.emit(event));
    await outboxSettled();
    const row = () =>
      asOwner(
        "select sent_at is null as waiting, last_error is not null as told from outbox_event where event_id = $1",
        [event.id],
      );
    expect(await row()).toEqual([{ waiting: true, told: true }]);
    isEngineUp = true;
    await sendUnsent();
    expect(received).toMatchObject([{ id: event.id }]);
    expect(await row()).toEqual([{ waiting: false, told: false }]);
  });

  it("is sent once by several processes that sweep at the same time", async () => {
    const { owner } = await testOrg({ members: [] });
    isEngineUp = false;
    const events = Array.from({ length: 30 }, fact);
    await withTenant(owner, async (scope) => {
      for (const event of events) await scope.emit(event);
    });
    await outboxSettled();
    isEngineUp = true;
    engineDelayMs = 300;
    const late = new Promise<number>((resolve, reject) => {
      setTimeout(() => void sendUnsent().then(resolve, reject), 100); // while the first waits for its answer
    });
    const sent = await Promise.all([sendUnsent(), sendUnsent(), late]);
    expect(sent.reduce((sum, count) => sum + count)).toBe(30);
    expect(received.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  });
});

describe("withUser", () => {
  it("reaches a person's own rows and nobody else's", async () => {
    const [me, other] = [await testUser(), await testUser()];
    const seen = await readUser(me, async ({ db }) => ({
      users: (await db.user.findMany()).map(({ id }) => id),
      other: await db.session.findUnique({ where: { id: other.sessionId } }),
    }));
    expect(seen).toEqual({ users: [me.userId], other: null });
    const { count } = await withUser(me, ({ db }) =>
      db.user.updateMany({ where: { id: other.userId }, data: { name: "Taken" } }),
    );
    expect(count).toBe(0);
  });

  it("sees no tenant's rows", async () => {
    const person = await testUser();
    await testOrg({ ownedBy: person, members: [] });
    expect(await readUser(person, ({ db }) => db.membership.count())).toBe(0);
    expect(await readUser(person, ({ db }) => db.organization.count())).toBe(0);
  });
});

describe("withSystem", () => {
  const asked = { reason: "test", trace: testTrace() };

  it("looks across tenants, and names nobody where nobody is meant", async () => {
    const [one, two] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    const seen = await readSystem(asked, async ({ db, actorId }) => ({
      actorId,
      count: await db.organization.count({ where: { id: { in: [one.orgId, two.orgId] } } }),
    }));
    expect(seen).toEqual({ actorId: null, count: 2 });
  });

  it("rolls back as a whole, and is told who it acts for", async () => {
    const org = await testOrg({ members: [] });
    const actorId = newId();
    await withSystem({ ...asked, actorId }, async (scope) => {
      expect(scope.actorId).toBe(actorId);
      await scope.db.organization.updateMany({ where: { id: org.orgId }, data: { name: "Changed" } });
      throw new Error("no");
    }).catch(() => {});
    expect(await asOwner("select name from organization where id = $1", [org.orgId])).toEqual([
      { name: org.name },
    ]);
  });
});
