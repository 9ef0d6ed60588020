// The process's ear on the database, on a real connection that is cut, stalled and refused.
import net from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { asOwner, testOrg } from "~/testing/tenants";
import { databaseListener, type Notification } from "./listener";

const held = globalThis as { __tenantryListener?: { close(): Promise<void> } };
const direct = process.env.DATABASE_LISTEN_URL!;
let superuser: pg.Client;

beforeAll(async () => {
  superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
});
afterAll(() => superuser.end());
afterEach(async () => {
  await held.__tenantryListener?.close();
  delete held.__tenantryListener;
  process.env.DATABASE_LISTEN_URL = direct;
  forgetEnv();
});

function listen() {
  const heard: Notification[] = [];
  const stop = databaseListener().subscribe((notification) => heard.push(notification));
  return { heard, stop };
}
const untilFresh = () =>
  vi.waitFor(() => expect(databaseListener().isFresh()).toBe(true), { timeout: 8_000, interval: 20 });
const cut = () =>
  superuser.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '%-listen'`,
  );

it("hears which kind of thing changed in which organization, and no content", async () => {
  const { heard } = listen();
  await untilFresh();
  const org = await testOrg({ members: [] });
  await asOwner("update organization set name = 'Secret name' where id = $1", [org.orgId]);
  await vi.waitFor(() => expect(heard).toContainEqual({ kind: "organization", orgId: org.orgId }));
  expect(heard).toContainEqual({ kind: "membership", orgId: org.orgId });
  expect(JSON.stringify(heard)).not.toContain("Secret name");
});

it("hears of every membership, revoked session and job event, and only then", async () => {
  const org = await testOrg({ members: ["member"] });
  const { heard } = listen();
  await untilFresh();
  const { userId, sessionId } = org.users[1]!;
  const happened: [kind: string, orgId: string | null, sql: string, values: unknown[]][] = [
    ["membership", org.orgId, "update membership set role = 'admin' where user_id = $1", [userId]],
    ["membership", org.orgId, "delete from membership where user_id = $1", [userId]],
    ["session", null, "update session set revoked_at = now() where id = $1", [sessionId]],
    [
      "job",
      org.orgId,
      "insert into job_event (org_id, user_id, job_id, payload) values ($1, gen_random_uuid(), gen_random_uuid(), '{}')",
      [org.orgId],
    ],
  ];
  for (const [kind, orgId, sql, values] of happened) {
    heard.length = 0;
    await asOwner(sql, values);
    await vi.waitFor(() => expect(heard).toEqual([{ kind, orgId }]));
  }
  heard.length = 0;
  await asOwner("update session set last_seen_at = now() where id = $1", [sessionId]);
  await asOwner("update membership set last_used_at = now() where org_id = $1", [org.orgId]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard).toEqual([]);
});

it("tells everybody to start afresh when it comes back, because something may have been missed", async () => {
  const { heard } = listen();
  await untilFresh();
  expect(heard).toEqual([{ kind: "reset" }]);
  await cut();
  await vi.waitFor(() => expect(heard).toEqual([{ kind: "reset" }, { kind: "reset" }]), { timeout: 5_000 });
  const org = await testOrg({ members: [] });
  await vi.waitFor(() => expect(heard).toContainEqual({ kind: "membership", orgId: org.orgId }));
});

it("does not take itself for fresh when the connection is silent, and leaves a server that never answers", async () => {
  // A proxy that can stop passing anything on, with the connections left open: as a lost network does.
  let isStalled = false;
  let connections = 0;
  const { hostname, port } = new URL(direct);
  const proxy = net.createServer((client) => {
    connections++;
    const server = net.connect(Number(port), hostname);
    client.on("data", (bytes) => void (isStalled || server.write(bytes)));
    server.on("data", (bytes) => void (isStalled || client.write(bytes)));
    for (const end of [client, server]) {
      end.on("error", () => {});
      end.on("close", () => (client.destroy(), server.destroy()));
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const url = new URL(direct);
  url.host = `127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
  process.env.DATABASE_LISTEN_URL = url.href;
  forgetEnv();

  const { heard } = listen();
  await untilFresh();
  isStalled = true;
  await vi.waitFor(() => expect(databaseListener().isFresh()).toBe(false), { timeout: 3_000 });
  isStalled = false; // but what was swallowed never arrives: the connection itself is of no use any more
  await vi.waitFor(() => expect(connections).toBeGreaterThan(1), { timeout: 10_000 });
  await untilFresh();
  expect(heard.filter(({ kind }) => kind === "reset").length).toBeGreaterThan(1);
  await held.__tenantryListener!.close();
  proxy.close();
});

it("keeps trying while there is no database, and is not fresh meanwhile", async () => {
  process.env.DATABASE_LISTEN_URL = "postgresql://a:b@127.0.0.1:1/c";
  forgetEnv();
  const { heard } = listen();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(databaseListener().isFresh()).toBe(false);
  process.env.DATABASE_LISTEN_URL = direct;
  forgetEnv();
  await untilFresh();
  expect(heard).toEqual([{ kind: "reset" }]);
});

it("passes by what it does not know, and one listener's failure does not deafen the others", async () => {
  databaseListener().subscribe(() => {
    throw new Error("this listener is broken");
  });
  const { heard, stop } = listen();
  await untilFresh();
  for (const payload of ["not json", "{}", '{"kind":"unknown","org_id":null}', ""]) {
    await superuser.query("select pg_notify('tenantry', $1)", [payload]);
  }
  await superuser.query(`select pg_notify('tenantry', '{"kind":"job","org_id":null}')`);
  await vi.waitFor(() => expect(heard).toEqual([{ kind: "reset" }, { kind: "job", orgId: null }]));
  stop();
  await superuser.query(`select pg_notify('tenantry', '{"kind":"job","org_id":null}')`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toHaveLength(2);
});

it("stays closed once it is closed", async () => {
  listen();
  await untilFresh();
  await databaseListener().close();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(databaseListener().isFresh()).toBe(false);
});
