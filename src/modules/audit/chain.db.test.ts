// The audit's chains on real Postgres: what seals promise, what verifying finds, what erasure leaves.
import { describe, expect, it, onTestFinished } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { withSystem } from "~/server/db/with-system";
import { withUser } from "~/server/db/with-user";
import { asOwner, testOrg, testTrace, testUser } from "~/testing/tenants";
import { eraseDetailOf, sealAudit, verifyAudit, verifyDue } from "./flows";
import { record } from "./service";

const act = (actor: OrgActor, action = "company.renamed") =>
  withTenant(actor, (scope) =>
    record(scope, {
      action,
      target: { type: "company", id: "c1" },
      before: { name: "A" },
      after: { name: "B" },
    }),
  );

const seal = async () => {
  while ((await asOwner("select from audit_unsealed")).length > 0) await sealAudit();
};
const faultsOf = async (orgId: string | null) => {
  for await (const verdict of verifyAudit(testTrace())) if (verdict.orgId === orgId) return verdict.faults;
  return [];
};
const entriesOf = (orgId: string) =>
  asOwner<{ id: string; seq: string; hash: string; prev_hash: string }>(
    `select e.id, s.seq, s.hash, s.prev_hash from audit_entry e join audit_seal s on s.entry_id = e.id where e.org_id = $1 order by s.seq`,
    [orgId],
  );

/** As the owner of the tables could: past triggers and foreign keys. */
async function tamper(sql: string, values: unknown[] = []): Promise<void> {
  const tables = ["audit_entry", "audit_seal", "audit_detail"];
  for (const table of tables) await asOwner(`alter table ${table} disable trigger append_only`);
  await asOwner("alter table audit_seal drop constraint if exists audit_seal_org_id_entry_id_fkey");
  try {
    await asOwner(sql, values);
  } finally {
    for (const table of tables) await asOwner(`alter table ${table} enable trigger append_only`);
  }
}

async function sealedOrg(entries = 3) {
  const org = await testOrg({ members: [] });
  for (let n = 0; n < entries; n++) await act(org.owner);
  await seal();
  return { ...org, entries: await entriesOf(org.orgId) };
}

describe("the chain", () => {
  it("seals every entry of an organization in its own chain without a gap, and verifies", async () => {
    const [one, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    await Promise.all([act(one.owner), act(other.owner), act(one.owner), act(one.owner)]);
    await seal();
    const seals = await entriesOf(one.orgId);
    expect(seals.map(({ seq }) => seq)).toEqual(["1", "2", "3"]);
    expect(seals[0]!.prev_hash).toBe("");
    expect(seals[2]!.prev_hash).toBe(seals[1]!.hash);
    expect(await faultsOf(one.orgId)).toEqual([]);
    expect(await faultsOf(other.orgId)).toEqual([]);
  });

  it("of the platform holds what belongs to no organization", async () => {
    const person = await testUser();
    await withUser(person, (scope) => record(scope, { action: "profile.updated" }));
    await withUser(person, (scope) => record(scope, { action: "profile.updated" }));
    await seal();
    const seqs = await asOwner<{ seq: string }>(
      "select seq from audit_seal where org_id is null order by seq",
    );
    expect(seqs.map(({ seq }) => Number(seq))).toEqual(seqs.map((_, at) => at + 1));
    expect(seqs.length).toBeGreaterThanOrEqual(2);
    expect(await faultsOf(null)).toEqual([]);
  });

  it("goes on where it stopped, also when two processes seal at once", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 8 }, () => act(owner)));
      await Promise.all([sealAudit(), sealAudit()]);
    }
    await seal();
    expect((await entriesOf(orgId)).at(-1)!.seq).toBe("24");
    expect(await faultsOf(orgId)).toEqual([]);
  });

  it("is part of the hash by what an act was done, and verifies with and without", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await act({ ...owner, key: { id: "k1", scopes: ["crm:write"] } });
    await act(owner);
    await seal();
    expect(await asOwner("select via from audit_entry where org_id = $1 order by id", [orgId])).toEqual([
      { via: "key:k1" },
      { via: null },
    ]);
    expect(await faultsOf(orgId)).toEqual([]);
    await tamper("update audit_entry set via = null where org_id = $1", [orgId]);
    expect(await faultsOf(orgId)).toMatchObject([{ kind: "changed", seq: 1n }]);
  });

  it("cannot be appended to by the application, nor changed by anybody", async () => {
    const { owner, entries } = await sealedOrg(1);
    const forged = withTenant(owner, (scope) =>
      scope.db.auditSeal.createMany({
        data: [{ orgId: owner.orgId, seq: 2, entryId: entries[0]!.id, prevHash: "", hash: "" }],
      }),
    );
    await expect(forged).rejects.toThrow();
    await expect(asOwner("update audit_seal set hash = 'x'")).rejects.toThrow(/append-only/);
    await expect(asOwner("delete from audit_seal")).rejects.toThrow(/append-only/);
    await expect(asOwner("truncate audit_seal")).rejects.toThrow(/append-only/);
  });
});

describe("verifying names the first broken entry and says how it is broken", () => {
  it("changed: an entry that is not what was written", async () => {
    const { orgId, entries } = await sealedOrg();
    await tamper("update audit_entry set action = 'company.deleted' where id = $1", [entries[1]!.id]);
    expect(await faultsOf(orgId)).toEqual([{ kind: "changed", entryId: entries[1]!.id, seq: 2n }]);
  });

  it("changed: an entry with a new hash that fits it, since its seal holds the old one", async () => {
    const { orgId, owner, entries } = await sealedOrg();
    await act(owner, "company.created");
    await seal();
    const forger = (await entriesOf(orgId))[3]!;
    await tamper(`update audit_entry e set hash = f.hash from audit_entry f where e.id = $1 and f.id = $2`, [
      entries[0]!.id,
      forger.id,
    ]);
    expect(await faultsOf(orgId)).toMatchObject([{ kind: "changed", entryId: entries[0]!.id }]);
  });

  it("changed: a seal that was made anew", async () => {
    const { orgId, entries } = await sealedOrg();
    await tamper("update audit_seal set hash = 'made anew' where entry_id = $1", [entries[1]!.id]);
    expect((await faultsOf(orgId))[0]).toEqual({ kind: "changed", entryId: entries[1]!.id, seq: 2n });
  });

  it("missing: an entry that is gone, alone or with its seal", async () => {
    const { orgId, entries } = await sealedOrg(4);
    await tamper("delete from audit_entry where id = $1", [entries[2]!.id]);
    expect(await faultsOf(orgId)).toEqual([{ kind: "missing", entryId: entries[2]!.id, seq: 3n }]);
    await tamper("delete from audit_seal where entry_id = $1", [entries[1]!.id]);
    expect((await faultsOf(orgId))[0]).toEqual({ kind: "missing", entryId: null, seq: 2n });
  });

  it("missing: the end of a chain that was verified when it was longer", async () => {
    const { orgId, entries } = await sealedOrg();
    while (await verifyDue(testTrace()));
    await tamper("delete from audit_seal where entry_id = $1", [entries[2]!.id]);
    await tamper("delete from audit_entry where id = $1", [entries[2]!.id]);
    expect(await faultsOf(orgId)).toEqual([{ kind: "missing", entryId: null, seq: 3n }]);
  });

  it("unsealed: an entry that still waits after a minute, and none before", async () => {
    const { orgId, owner } = await sealedOrg(1);
    await act(owner);
    await asOwner("delete from audit_unsealed where org_id = $1", [orgId]);
    expect(await faultsOf(orgId)).toEqual([]);
    const [entry] = await asOwner<{ id: string }>(
      "select id from audit_entry e where org_id = $1 and not exists (select from audit_seal where entry_id = e.id)",
      [orgId],
    );
    await tamper("update audit_entry set created_at = created_at - interval '61 seconds' where id = $1", [
      entry!.id,
    ]);
    expect(await faultsOf(orgId)).toEqual([{ kind: "unsealed", entryId: entry!.id, seq: null }]);
  });

  it("detail changed: values that are not those that were sealed", async () => {
    const { orgId, entries } = await sealedOrg();
    await tamper(
      `update audit_detail set detail = jsonb_set(detail, '{after,name}', '"C"') where entry_id = $1`,
      [entries[0]!.id],
    );
    expect(await faultsOf(orgId)).toEqual([{ kind: "detail_changed", entryId: entries[0]!.id, seq: 1n }]);
  });
});

describe("the steady verification", () => {
  const checkOf = async (orgId: string) =>
    (
      await asOwner<{
        seq: string;
        fault: string | null;
        fault_entry_id: string | null;
        pass_seq: string | null;
      }>("select seq, fault, fault_entry_id, pass_seq from audit_check where org_id = $1", [orgId])
    )[0];

  it("reads each chain once, goes on from there when it has grown, and keeps what it found", async () => {
    onTestFinished(() => clock.setOffset(0));
    const { orgId, owner } = await sealedOrg(2);
    while (await verifyDue(testTrace()));
    expect(await checkOf(orgId)).toMatchObject({ seq: "2", fault: null });
    await act(owner);
    await seal();
    while (await verifyDue(testTrace()));
    expect(await checkOf(orgId)).toMatchObject({ seq: "2" });
    clock.setOffset(6 * 60_000);
    while (await verifyDue(testTrace()));
    expect(await checkOf(orgId)).toMatchObject({ seq: "3", fault: null });
  });

  it("finds within a day what was changed behind it, and says so until it is whole again", async () => {
    onTestFinished(() => clock.setOffset(0));
    const { orgId, entries } = await sealedOrg(2);
    while (await verifyDue(testTrace()));
    await tamper("update audit_entry set action = 'company.deleted' where id = $1", [entries[0]!.id]);
    clock.setOffset(25 * 3_600_000);
    while (await verifyDue(testTrace()));
    expect(await checkOf(orgId)).toMatchObject({ fault: "changed", fault_entry_id: entries[0]!.id });
    await tamper("update audit_entry set action = 'company.renamed' where id = $1", [entries[0]!.id]);
    clock.setOffset(27 * 3_600_000);
    while (await verifyDue(testTrace()));
    expect(await checkOf(orgId)).toMatchObject({ fault: null, fault_entry_id: null, pass_seq: null });
  });
});

describe("erasure", () => {
  it("deletes what was written about a person and by them, says so, and every chain still verifies", async () => {
    const { orgId, owner, users } = await testOrg({ members: ["member"] });
    const [boss, ben] = users;
    const asBen: OrgActor = { ...owner, userId: ben!.userId, role: "member" };
    await act(asBen);
    await withTenant(owner, (scope) =>
      record(scope, {
        action: "member.role_changed",
        target: { type: "user", id: ben!.userId },
        before: { role: "member" },
        after: { role: "admin" },
      }),
    );
    await act(owner);
    await withUser(ben!, (scope) => record(scope, { action: "profile.updated", after: { name: "Ben" } }));
    await seal();
    const erase = () =>
      withSystem({ reason: "test", trace: testTrace(), actorId: boss!.userId }, (scope) =>
        eraseDetailOf(scope, ben!.userId),
      );
    expect(await erase()).toBeGreaterThanOrEqual(3);
    expect(await erase()).toBe(0);
    const left = await asOwner<{ action: string }>(
      `select e.action from audit_entry e join audit_detail d on d.entry_id = e.id where e.org_id = $1 order by e.id`,
      [orgId],
    );
    expect(left.map(({ action }) => action)).toEqual(["company.renamed", "audit.detail_erased"]);
    await seal();
    expect(await faultsOf(orgId)).toEqual([]);
    expect(await faultsOf(null)).toEqual([]);
  });

  it("within one organization leaves the others' details", async () => {
    const { orgId, owner, users } = await testOrg({ members: [] });
    const elsewhere = await testOrg({ members: [] });
    await act(owner);
    await act({ ...elsewhere.owner, userId: users[0]!.userId });
    await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
      eraseDetailOf(scope, users[0]!.userId, { within: orgId }),
    );
    const details = (actor: OrgActor) =>
      readTenant(actor, (scope) => scope.db.auditDetail.count({ where: { actorId: users[0]!.userId } }));
    expect(await details(owner)).toBe(0);
    expect(await details(elsewhere.owner)).toBe(1);
  });
});
