// The log as its page asks for it, on real Postgres; and the plans by which millions of entries are asked.
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { sql } from "~/server/db/sql";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { newId } from "~/server/db/ids";
import { asOwner, testOrg } from "~/testing/tenants";
import { sealAudit } from "./flows";
import { AuditListInput } from "./schema";
import { record } from "./service";
import { auditLogExport } from "./service/export-log";
import {
  chainState,
  listEntries,
  listPeople,
  readEntry,
  targetKey,
  type AuditTargets,
} from "./service/read-log";

const targets: AuditTargets = async (_scope, wanted) =>
  new Map(wanted.map((one) => [targetKey(one), { label: `${one.type} ${one.id.slice(-4)}`, path: null }]));

const list = (actor: OrgActor, asked: Partial<AuditListInput> = {}) =>
  readTenant(actor, (scope) => listEntries(scope, AuditListInput.parse(asked), targets));
const actions = async (actor: OrgActor, asked: Partial<AuditListInput> = {}) =>
  (await list(actor, asked)).items.map(({ action }) => action);

async function filledOrg() {
  const org = await testOrg({ members: ["member"] });
  const ben: OrgActor = { ...org.owner, userId: org.users[1]!.userId, role: "member" };
  const company = newId();
  await withTenant(org.owner, async (scope) => {
    await record(scope, {
      action: "member.role_changed",
      target: { type: "user", id: ben.userId! },
      before: { role: "member" },
      after: { role: "admin" },
    });
    await record(scope, { action: "organization.updated", before: { name: "A" }, after: { name: "B" } });
  });
  await withTenant(ben, async (scope) => {
    await record(scope, { action: "company.created", target: { type: "company", id: company } });
    await record(scope, { action: "permission.refused", after: { permission: "billing.read", count: 2 } });
  });
  return { ...org, ben, company };
}

describe("the log", () => {
  it("shows the newest first, page by page, without one left out or twice", async () => {
    const { owner } = await filledOrg();
    const first = await list(owner, { limit: 3 });
    expect(first.items.map(({ action }) => action)).toEqual([
      "permission.refused",
      "company.created",
      "organization.updated",
    ]);
    const second = await list(owner, { limit: 3, cursor: first.nextCursor });
    expect(second.items.map(({ action }) => action)).toEqual(["member.role_changed"]);
    expect(second.nextCursor).toBeNull();
  });

  it("says who did what to whom in words, with the values before and after", async () => {
    const { owner, ben } = await filledOrg();
    const { items } = await list(owner, { group: "people" });
    expect(items).toMatchObject([
      {
        deed: `changed the role of user ${ben.userId!.slice(-4)} from member to admin`,
        actor: { id: owner.userId, name: `user ${owner.userId!.slice(-4)}` },
        before: { role: "member" },
        after: { role: "admin" },
        address: owner.trace.address,
        isErased: false,
        seal: null,
      },
    ]);
  });

  it.each<
    [
      what: string,
      asked: (org: Awaited<ReturnType<typeof filledOrg>>) => Partial<AuditListInput>,
      found: string[],
    ]
  >([
    ["a person", ({ ben }) => ({ person: ben.userId! }), ["permission.refused", "company.created"]],
    ["no person", () => ({ person: "platform" }), []],
    ["a group", () => ({ group: "records" }), ["company.created"]],
    ["a group that has none", () => ({ group: "jobs" }), []],
    ["refusals", () => ({ refusals: "only" }), ["permission.refused"]],
    ["what it was done to", ({ company }) => ({ target: company }), ["company.created"]],
    ["a person and a group", ({ ben }) => ({ person: ben.userId!, group: "settings" }), []],
    ["days that are over", () => ({ to: "2020-01-01" }), []],
    [
      "days that hold today, everywhere on earth",
      () => ({ from: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10), group: "records" }),
      ["company.created"],
    ],
    ["words of the deed", () => ({ search: "the role of" }), ["member.role_changed"]],
    ["the action's own name", () => ({ search: "company.created" }), ["company.created"]],
    ["an id of a target", ({ company }) => ({ search: company }), ["company.created"]],
    [
      "a correlation id",
      ({ owner }) => ({ search: owner.trace.correlationId, group: "settings" }),
      ["organization.updated"],
    ],
    ["what nobody did", () => ({ search: "nothing-is-called-so" }), []],
  ])("is narrowed by %s", async (_what, asked, found) => {
    const org = await filledOrg();
    expect(await actions(org.owner, asked(org))).toEqual(found);
  });

  it("is searched by a member's name and mail: what they did and what was done to them", async () => {
    const { owner, ben, users } = await filledOrg();
    await asOwner("update membership set user_name = 'Benedikta Quist' where user_id = $1", [ben.userId]);
    const expected = ["permission.refused", "company.created", "member.role_changed"];
    expect(await actions(owner, { search: "benedikta q" })).toEqual(expected);
    expect(await actions(owner, { search: users[1]!.email })).toEqual(expected);
  });

  it("is the organization's own: another one finds nothing by any id, and no entry of it", async () => {
    const { company, owner } = await filledOrg();
    const { owner: stranger } = await testOrg({ members: [] });
    const [{ id } = { id: "" }] = (await list(owner)).items;
    expect(await actions(stranger, { search: company })).toEqual([]);
    expect(await actions(stranger, { target: company })).toEqual([]);
    expect(await actions(stranger, { person: owner.userId! })).toEqual([]);
    await expect(readTenant(stranger, (scope) => readEntry(scope, { id }, targets))).rejects.toMatchObject({
      code: "kernel.not_found",
    });
    expect((await readTenant(owner, (scope) => readEntry(scope, { id }, targets))).id).toBe(id);
  });

  it("says of an erased entry that it was erased, and keeps the rest", async () => {
    const { owner, orgId } = await filledOrg();
    await asOwner("delete from audit_detail where org_id = $1", [orgId]);
    const { items } = await list(owner, { group: "people" });
    expect(items).toMatchObject([{ isErased: true, address: null, before: null, after: null }]);
    expect(items[0]!.deed).toMatch(/^changed the role of user \w+$/);
  });

  it("knows its members, and how far its chain is sealed", async () => {
    const { owner, users } = await filledOrg();
    expect((await readTenant(owner, listPeople)).map(({ id }) => id).sort()).toEqual(
      users.map(({ userId }) => userId).sort(),
    );
    while ((await asOwner("select from audit_unsealed")).length > 0) await sealAudit();
    expect(await readTenant(owner, chainState)).toMatchObject({ sealed: 4, verified: null, fault: null });
    const { items } = await list(owner);
    expect(items.map(({ seal }) => seal?.seq)).toEqual([4, 3, 2, 1]);
  });

  it("is exported as the page shows it, as rows and as lines of JSON", async () => {
    const { owner } = await filledOrg();
    const exported = auditLogExport(targets);
    const asked = exported.read({ group: "people" });
    const { rows, records } = await readTenant(owner, (scope) =>
      exported.page(scope, asked, { cursor: null, limit: 100 }),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]![exported.headings.indexOf("Action")]).toBe("member.role_changed");
    expect(rows[0]![exported.headings.indexOf("After")]).toBe('{"role":"admin"}');
    expect(JSON.parse(JSON.stringify(records[0]))).toMatchObject({
      action: "member.role_changed",
      before: { role: "member" },
      after: { role: "admin" },
    });
    expect(exported.read({ group: "nonsense" })).toBeNull();
  });
});

describe("among very many entries", () => {
  it("reads few rows for each question, however many entries the organization has", async () => {
    const { owner, orgId, ben, company } = await filledOrg();
    // Without triggers: 60,000 seals would say nothing about the questions.
    await asOwner("alter table audit_entry disable trigger queue_for_seal");
    await asOwner(
      `insert into audit_entry (id, org_id, actor_id, action, target_type, target_id, correlation_id, created_at, hash)
       select (lpad(to_hex(((extract(epoch from now()) - n) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
         $1, $2, case when n % 3 = 0 then 'job.started' else 'contact.updated' end, 'contact', md5(n::text), md5(n::text), now() - n * interval '1 second', ''
       from generate_series(100, 60100) n`,
      [orgId, owner.userId],
    );
    await asOwner("alter table audit_entry enable trigger queue_for_seal");
    await asOwner("analyze audit_entry");
    const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
    await superuser.connect();
    try {
      for (const asked of [
        {},
        { person: ben.userId! },
        { group: "records" },
        { group: "people" },
        { refusals: "only" },
        { target: company },
        { search: "the role of" },
        { search: company },
        { search: owner.trace.correlationId },
        { person: ben.userId!, group: "people" },
        { from: "2020-01-01", to: "2020-02-01" },
      ] as Partial<AuditListInput>[]) {
        for (const plan of await plansOf(owner, asked, superuser)) {
          const touched = rowsTouched(plan);
          expect([asked, touched < 1_500 ? "few rows" : JSON.stringify(plan)]).toEqual([asked, "few rows"]);
        }
      }
    } finally {
      await superuser.end();
    }
  });
});

type Plan = {
  "Node Type": string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Plan[];
};

/** What was read from tables, dropped rows included, over all loops. */
const rowsTouched = (plan: Plan): number =>
  (plan["Node Type"].includes("Scan")
    ? (plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)) * plan["Actual Loops"]
    : 0) + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsTouched(inner), 0);

/** The plans of what the list really asks, as the application's role within its tenant. */
async function plansOf(actor: OrgActor, asked: Partial<AuditListInput>, client: pg.Client): Promise<Plan[]> {
  const asks: { text: string; values: unknown[] }[] = [];
  await readTenant(actor, (scope) => {
    const db = new Proxy(scope.db, {
      get: (real, name) =>
        name === "$queryRaw"
          ? (strings: TemplateStringsArray, ...values: never[]) => {
              asks.push(sql(strings, ...values));
              return real.$queryRaw(strings, ...values);
            }
          : (Reflect.get(real, name) as unknown),
    });
    return listEntries({ ...scope, db }, AuditListInput.parse(asked), targets);
  });
  expect(asks).not.toEqual([]);
  const plans: Plan[] = [];
  for (const { text, values } of asks) {
    await client.query("begin");
    await client.query("set local role tenantry_app");
    await client.query("select set_config('app.current_tenant', $1, true)", [actor.orgId]);
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    await client.query("rollback");
    plans.push(rows[0]!["QUERY PLAN"][0].Plan);
  }
  return plans;
}
