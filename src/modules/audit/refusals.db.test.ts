// Refusals by the minute, and first uses of keys, on real Postgres.
import { beforeEach, describe, expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { asOwner, testOrg, testTrace, unique } from "~/testing/tenants";
import { newId } from "~/server/db/ids";
import { flushRefusals, recordKeyUse, recordRefusal, tellRefusals } from "./flows";

const inAMinute = () => new Date(Date.now() + 70_000);
const refused = { permission: "member.invite", code: "kernel.forbidden" };
const told = (orgId: string, action: string) =>
  asOwner<{
    actor_id: string;
    via: string | null;
    target_id: string;
    detail: { address: string; after?: { count: number } };
  }>(
    `select e.actor_id, e.via, e.target_id, d.detail from audit_entry e join audit_detail d on d.entry_id = e.id
     where e.org_id = $1 and e.action = $2 order by e.id`,
    [orgId, action],
  );
/** A minute may end while a test runs: counts are summed. */
const counted = (rows: { detail: { after?: { count: number } } }[]) =>
  rows.reduce((sum, { detail }) => sum + (detail.after?.count ?? 0), 0);

beforeEach(async () => {
  await flushRefusals();
  await tellRefusals(inAMinute());
});

describe("refusals", () => {
  it("of one minute, person and permission are one entry with their count, from however many turns", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    for (let n = 0; n < 100; n++) recordRefusal(owner, refused);
    await flushRefusals();
    for (let n = 0; n < 20; n++) recordRefusal(owner, refused);
    await flushRefusals();
    expect(await told(orgId, "permission.refused")).toEqual([]);
    await tellRefusals(inAMinute());
    const entries = await told(orgId, "permission.refused");
    expect(entries.length).toBeLessThanOrEqual(2);
    expect(counted(entries)).toBe(120);
    expect(entries[0]).toMatchObject({
      actor_id: owner.userId,
      via: null,
      target_id: "member.invite",
      detail: { address: owner.trace.address, after: { code: "kernel.forbidden" } },
    });
  });

  it("of another permission, person or key are entries of their own", async () => {
    const { owner, orgId, users } = await testOrg({ members: ["member"] });
    const other: OrgActor = { ...owner, userId: users[1]!.userId, role: "member" };
    recordRefusal(owner, refused);
    recordRefusal(other, refused);
    recordRefusal(other, { ...refused, permission: "billing.read" });
    recordRefusal({ ...owner, key: { id: "k1" } }, refused);
    await flushRefusals();
    await tellRefusals(inAMinute());
    const entries = await told(orgId, "permission.refused");
    expect(entries.map(({ via, target_id }) => `${via} ${target_id}`).sort()).toEqual([
      "key:k1 member.invite",
      "null billing.read",
      "null member.invite",
      "null member.invite",
    ]);
  });

  it("are told once, by one process, and never before their minute is over", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    recordRefusal(owner, refused);
    await flushRefusals();
    await tellRefusals();
    expect(counted(await told(orgId, "permission.refused"))).toBe(0);
    const turns = await Promise.all([tellRefusals(inAMinute()), tellRefusals(inAMinute())]);
    expect(turns.reduce((a, b) => a + b)).toBe(1);
    expect(counted(await told(orgId, "permission.refused"))).toBe(1);
  });

  it("are kept when the database does not take them, and written with those that came since", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    recordRefusal(owner, refused);
    await asOwner("alter table audit_refusal add constraint out_of_order check (count < 0) not valid");
    await expect(flushRefusals()).rejects.toThrow();
    await asOwner("alter table audit_refusal drop constraint out_of_order");
    recordRefusal(owner, refused);
    await flushRefusals();
    await tellRefusals(inAMinute());
    expect(counted(await told(orgId, "permission.refused"))).toBe(2);
  });
});

describe("a key", () => {
  it("is told of once a day and address, however often and by however many processes it is used", async () => {
    const { orgId, owner } = await testOrg({ members: [] });
    const keyId = newId();
    const use = (address: string) =>
      recordKeyUse({ orgId, keyId, userId: owner.userId, trace: { ...testTrace(), address } });
    const here = `198.51.100.${Math.floor(Math.random() * 250)}`;
    expect((await Promise.all([use(here), use(here), use(here)])).filter(Boolean)).toHaveLength(1);
    expect(await use(here)).toBe(false);
    // Another process knows nothing of it but what stands in the table.
    (globalThis as { __tenantryKeyUses?: Set<string> }).__tenantryKeyUses = new Set();
    expect(await use(here)).toBe(false);
    expect(await use(unique("2001:db8::"))).toBe(true);
    const entries = await told(orgId, "key.used");
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ actor_id: owner.userId, via: `key:${keyId}`, target_id: keyId });
  });
});
