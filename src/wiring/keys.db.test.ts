// Programs at the doors of the real API: what a key opens, for whom it acts, and when it stops.
import superjson from "superjson";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { composeKey } from "~/modules/api-keys/rules";
import { flushCalls } from "~/modules/metering";
import { closeClients } from "~/server/db/client";
import { readTenant } from "~/server/db/with-tenant";
import { createTrpcHandler } from "~/server/trpc/handler";
import { callerFor } from "~/testing/callers";
import { testKey } from "~/testing/keys";
import { asOwner, testOrg, testUser, type TestOrg } from "~/testing/tenants";
import { gates } from "./gates";
import { appRouter } from "./routers";

const handle = createTrpcHandler(appRouter, gates);
let org: TestOrg;
beforeEach(async () => {
  org = await testOrg();
});
afterEach(() => clock.setOffset(0));
afterAll(closeClients);

type Answer = {
  result?: { data: { json: unknown } };
  error?: { json: { data: { reason: string; details: Record<string, unknown> } } };
};
async function call(path: string, headers: Record<string, string>, input?: unknown, method = "GET") {
  const url = new URL(`/api/trpc/${path}`, process.env.APP_URL);
  const serialized = JSON.stringify(superjson.serialize(input));
  if (method === "GET" && input !== undefined) url.searchParams.set("input", serialized);
  const response = await handle(
    new Request(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(method === "POST" && { body: serialized }),
    }),
  );
  const { result, error } = (await response.json()) as Answer;
  return { status: response.status, json: result?.data.json, reason: error?.json.data.reason, error };
}
const read = (headers: Record<string, string>) => call("tenancy.current", headers);
const addCompany = (headers: Record<string, string>) =>
  call("crm.companies.create", headers, { name: "Northwind" }, "POST");

describe("a key", () => {
  it("opens its own organization without naming it, and answers for its maker", async () => {
    const { headers } = await testKey(org.owner);
    expect(await read(headers)).toMatchObject({ status: 200, json: { slug: org.slug } });
    expect((await read({ ...headers, "x-tenantry-org": org.slug })).status).toBe(200);
  });

  it("opens no other organization, not even another one of its maker's", async () => {
    const maker = org.users[0]!;
    const other = await testOrg({ ownedBy: maker });
    const stranger = await testOrg();
    const { headers } = await testKey(org.owner);
    for (const { slug } of [other, stranger])
      expect(await read({ ...headers, "x-tenantry-org": slug })).toMatchObject({
        status: 404,
        reason: "kernel.not_found",
      });
  });

  it("does what its scopes and its maker's role allow, both", async () => {
    const reader = await testKey(org.owner, { scopes: ["crm:read", "organization:read"] });
    expect((await read(reader.headers)).status).toBe(200);
    const refused = await addCompany(reader.headers);
    expect(refused).toMatchObject({ status: 403, reason: "kernel.scope_missing" });
    expect(refused.error?.json.data.details).toEqual({ permission: "crm.write", scope: "crm:write" });

    const { headers } = await testKey(org.as("admin"));
    expect((await addCompany(headers)).status).toBe(200);
    await asOwner("update membership set role = 'readonly' where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("admin").userId,
    ]);
    await expect
      .poll(async () => addCompany(headers), { timeout: 1_000 })
      .toMatchObject({ status: 403, reason: "kernel.forbidden" });
    expect((await read(headers)).status).toBe(200);
  });

  it("stops when its maker leaves, as if it had never been", async () => {
    const { headers } = await testKey(org.as("admin"));
    expect((await read(headers)).status).toBe(200);
    await callerFor(appRouter, org.owner).tenancy.removeMember({ userId: org.as("admin").userId! });
    await expect.poll(async () => (await read(headers)).status, { timeout: 1_000 }).toBe(401);
  });

  it("is shut out of a person's own things, of money, of keys and of members' roles, whatever its scopes", async () => {
    const { headers } = await testKey(org.owner);
    expect(await call("auth.devices", headers)).toMatchObject({
      status: 403,
      reason: "kernel.not_for_keys",
    });
    for (const path of ["apiKeys.list", "billing.overview", "notifications.list", "views.list"])
      expect([path, (await call(path, headers)).reason]).toEqual([path, "kernel.scope_missing"]);
    const input = { userId: org.as("member").userId, role: "admin" };
    expect(await call("tenancy.changeRole", headers, input, "POST")).toMatchObject({
      status: 403,
      reason: "kernel.scope_missing",
    });
  });

  it("in a cookie is nobody: what a browser sends along proves no program", async () => {
    const { key } = await testKey(org.owner);
    expect((await read({ cookie: `tenantry.session=${key}`, "x-tenantry-org": org.slug })).status).toBe(401);
  });

  it("is counted as a call of its organization, and its use is written down", async () => {
    const { id, headers } = await testKey(org.owner);
    await read(headers);
    await read(headers);
    await flushCalls();
    const [counted] = await asOwner<{ used: string }>(
      "select sum(quantity) as used from usage_ledger where org_id = $1 and meter = 'api_calls'",
      [org.orgId],
    );
    expect(Number(counted!.used)).toBe(2);
    const { keySweeps } = await import("~/modules/api-keys");
    for (const { turn } of keySweeps()) await turn();
    const [row] = await asOwner<{ last_used_at: Date | null }>(
      "select last_used_at from api_key where id = $1",
      [id],
    );
    expect(row!.last_used_at).not.toBeNull();
  });

  it("stands in the audit log beside the member it acted for", async () => {
    const { id, headers } = await testKey(org.owner);
    await addCompany(headers);
    const entry = await readTenant(org.owner, (scope) =>
      scope.db.auditEntry.findFirstOrThrow({ where: { action: "company.created" } }),
    );
    expect(entry).toMatchObject({ actorId: org.owner.userId, via: `key:${id}` });
    const uses = () =>
      readTenant(org.owner, (scope) =>
        scope.db.auditEntry.findMany({ where: { action: "key.used", targetId: id } }),
      );
    await expect.poll(async () => (await uses()).length, { timeout: 5_000 }).toBe(1);
    await addCompany(headers);
    expect(await uses()).toHaveLength(1);
  });
});

describe("a key that is none", () => {
  it("gets one answer, whatever is wrong with it", async () => {
    const manage = callerFor(appRouter, org.owner).apiKeys;
    const revoked = await testKey(org.owner);
    await manage.revoke({ id: revoked.id });
    const expired = await testKey(org.owner, { expiresAt: new Date(Date.now() + 60_000) });
    const good = await testKey(org.owner);
    const wrongSecret = composeKey("test", good.key.slice(9, 21), "x".repeat(43));
    const unknown = composeKey("test", "A".repeat(12), "x".repeat(43));
    clock.setOffset(61_000);
    const answers = await Promise.all(
      [revoked.key, expired.key, wrongSecret, unknown, `${good.key.slice(0, -1)}_`, "tnt_live_"].map(
        async (key) => {
          const { status, reason, json } = await read({ authorization: `Bearer ${key}` });
          return { status, reason, json };
        },
      ),
    );
    expect((await read(good.headers)).status).toBe(200);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 401, reason: "kernel.unauthenticated", json: undefined })]),
    );
  });

  it("is refused at once where it was revoked, though it was held in memory", async () => {
    const { id, headers } = await testKey(org.owner);
    expect((await read(headers)).status).toBe(200);
    await callerFor(appRouter, org.owner).apiKeys.revoke({ id });
    expect((await read(headers)).status).toBe(401);
  });

  it("is refused within a second where another instance revoked it", async () => {
    const { id, headers } = await testKey(org.owner);
    expect((await read(headers)).status).toBe(200);
    // As another instance does it: this process hears of it from the database alone.
    await asOwner("update api_key set revoked_at = now() where id = $1", [id]);
    await expect.poll(async () => (await read(headers)).status, { timeout: 1_000 }).toBe(401);
  });
});

it("lets a person who is no member of anything see no key of anybody's", async () => {
  const { id } = await testKey(org.owner);
  const stranger = await testUser();
  const theirs = await testOrg({ ownedBy: stranger });
  await expect(callerFor(appRouter, theirs.owner).apiKeys.revoke({ id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await callerFor(appRouter, theirs.owner).apiKeys.list()).toMatchObject({ living: [], ended: [] });
});

describe("a door behind which there is more than one thing", () => {
  it("finds for a key only what its scopes read", async () => {
    const { headers } = await testKey(org.owner, {
      scopes: ["organization:read", "crm:write", "members:read"],
    });
    await callerFor(appRouter, org.owner).crm.companies.create({ name: "Pat Holding" });
    const found = await call("search.all", headers, { text: "pat" });
    const kinds = (found.json as { hits: { kind: string }[] }).hits.map(({ kind }) => kind);
    expect(kinds).toContain("member");
    expect(kinds).not.toContain("company");
  });

  it("writes no list into a file for a key that may not read it, and hands it none that is there", async () => {
    const { headers } = await testKey(org.owner, { scopes: ["exports:write", "jobs:read", "crm:read"] });
    const asked = (list: string) => call("exports.start", headers, { list }, "POST");
    expect((await asked("companies")).status).toBe(200);
    const refused = await asked("members");
    expect(refused).toMatchObject({ status: 403, reason: "kernel.scope_missing" });
    expect(refused.error?.json.data.details).toMatchObject({ scope: "members:read" });
    const { id } = await callerFor(appRouter, org.owner).exports.start({ list: "members" });
    expect(await call("exports.download", headers, { id }, "POST")).toMatchObject({
      status: 403,
      reason: "kernel.scope_missing",
    });
  });
});
