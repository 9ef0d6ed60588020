import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg } from "~/testing/tenants";
import { purgeDeleted } from "./flows";
import { crmRouter } from "./router";

afterEach(() => clock.setOffset(0));

const DAY_MS = 24 * 60 * 60 * 1000;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string; details?: object } }) => ({
      code: error.cause?.code ?? error.code,
      details: error.cause?.details,
    }),
  );

async function twoCompanies() {
  const org = await testOrg();
  const crm = callerFor(crmRouter, org.owner);
  const kept = await crm.companies.create({ name: "Acme", phone: "030 1234567", city: "Berlin" });
  const other = await crm.companies.create({
    name: "ACME, Inc.",
    domain: "acme.com",
    phone: "+49 30 1234567",
    notes: "Old customer",
  });
  const seen = async (id: string) => ({ id, updatedAt: (await crm.companies.get({ id })).updatedAt });
  return { org, crm, kept, other, seen };
}

describe("merging", () => {
  it("keeps the chosen values, moves contacts, notes and tags, and leads to the kept one", async () => {
    const { org, crm, kept, other, seen } = await twoCompanies();
    const [both, one] = [await crm.tags.create({ name: "Both" }), await crm.tags.create({ name: "One" })];
    await crm.companies.bulkTag({ ids: [kept.id, other.id], tagId: both.id });
    await crm.companies.bulkTag({ ids: [other.id], tagId: one.id });
    const jane = await crm.contacts.create({ lastName: "Doe", companyId: other.id });
    await crm.notes.create({ of: { kind: "company", id: other.id }, body: "Called." });
    const input = { kept: await seen(kept.id), other: await seen(other.id) };
    await crm.companies.merge({ ...input, take: ["domain", "notes"] });
    expect(await crm.companies.get(kept)).toMatchObject({
      name: "Acme",
      domain: "acme.com",
      phone: "030 1234567",
      city: "Berlin",
      notes: "Old customer",
      contactCount: 1,
      tags: [both, one],
    });
    expect((await crm.contacts.get(jane)).company?.id).toBe(kept.id);
    expect(await refusal(crm.companies.get(other))).toEqual({
      code: "crm.merged",
      details: { intoId: kept.id },
    });
    const { items } = await crm.timeline({ of: { kind: "company", id: kept.id } });
    // Its own story, and the other one's.
    expect(items[0]).toMatchObject({ kind: "merged", record: { id: other.id, name: "ACME, Inc." } });
    expect(items.map(({ kind }) => kind).sort()).toEqual(
      ["created", "created", "linked", "merged", "note", "tagged", "tagged", "tagged"].sort(),
    );
    const audited = await asOwner<{ target: string }>(
      "select target_id as target from audit_entry where org_id = $1 and action = 'company.merged'",
      [org.orgId],
    );
    expect(audited).toEqual([{ target: kept.id }]);
  });

  it("undoes a merge: both are there with what they had, and what was changed since stays", async () => {
    const { crm, kept, other, seen } = await twoCompanies();
    const tag = await crm.tags.create({ name: "One" });
    await crm.companies.bulkTag({ ids: [other.id], tagId: tag.id });
    const [jane, john] = [
      await crm.contacts.create({ lastName: "Doe", companyId: other.id }),
      await crm.contacts.create({ lastName: "Roe", companyId: other.id }),
    ];
    await crm.notes.create({ of: { kind: "company", id: other.id }, body: "Called." });
    const take = ["name" as const, "domain" as const];
    await crm.companies.merge({ kept: await seen(kept.id), other: await seen(other.id), take });
    // John is moved on by hand meanwhile, and the kept one renamed.
    const { updatedAt } = await crm.contacts.get(john);
    await crm.contacts.update({ ...john, updatedAt, companyId: null });
    await crm.companies.update({ ...(await seen(kept.id)), name: "Acme Group" });
    await crm.companies.undoMerge(other);
    expect(await crm.companies.get(kept)).toMatchObject({
      name: "Acme Group",
      domain: null,
      contactCount: 0,
      tags: [],
    });
    expect(await crm.companies.get(other)).toMatchObject({
      name: "ACME, Inc.",
      domain: "acme.com",
      contactCount: 1,
      tags: [tag],
    });
    expect((await crm.contacts.get(jane)).company?.id).toBe(other.id);
    expect((await crm.contacts.get(john)).company).toBeNull();
    const notes = async (id: string) =>
      (await crm.timeline({ of: { kind: "company", id } })).items.filter(({ kind }) => kind === "note")
        .length;
    expect([await notes(kept.id), await notes(other.id)]).toEqual([0, 1]);
    expect((await refusal(crm.companies.undoMerge(other))).code).toBe("kernel.not_found");
  });

  it("brings a merged record back by restore as well, never by half", async () => {
    const { crm, kept, other, seen } = await twoCompanies();
    const take = ["domain" as const];
    await crm.companies.merge({ kept: await seen(kept.id), other: await seen(other.id), take });
    expect((await crm.companies.bulkRestore({ ids: [other.id] })).count).toBe(0);
    await crm.companies.restore(other);
    expect((await crm.companies.get(other)).domain).toBe("acme.com");
    expect((await crm.companies.get(kept)).domain).toBeNull();
  });

  it("refuses versions that nobody saw, itself, the gone, and a stranger's", async () => {
    const { crm, kept, other, seen } = await twoCompanies();
    const stranger = await twoCompanies();
    const [first, second] = [await seen(kept.id), await seen(other.id)];
    const stale = { ...second, updatedAt: new Date(0) };
    expect((await refusal(crm.companies.merge({ kept: first, other: stale }))).code).toBe(
      "crm.changed_meanwhile",
    );
    const foreign = await stranger.seen(stranger.kept.id);
    expect((await refusal(crm.companies.merge({ kept: first, other: foreign }))).code).toBe(
      "kernel.not_found",
    );
    await expect(crm.companies.merge({ kept: first, other: first })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await crm.companies.delete(other);
    expect((await refusal(crm.companies.merge({ kept: first, other: second }))).code).toBe(
      "kernel.not_found",
    );
    expect((await crm.companies.get(kept)).name).toBe("Acme");
  });

  it("follows one merge after the other, and undoes the last one first", async () => {
    const { crm, kept, other, seen } = await twoCompanies();
    const last = await crm.companies.create({ name: "Acme Holding" });
    await crm.companies.merge({ kept: await seen(kept.id), other: await seen(other.id) });
    await crm.companies.merge({ kept: await seen(last.id), other: await seen(kept.id) });
    expect((await refusal(crm.companies.get(other))).details).toEqual({ intoId: last.id });
    expect((await refusal(crm.companies.undoMerge(other))).code).toBe("crm.kept_is_gone");
    await crm.companies.undoMerge(kept);
    await crm.companies.undoMerge(other);
    expect(await crm.companies.count({})).toEqual({ count: 3 });
  });

  it("is for good after 30 days, and the purge takes the merged one without the kept", async () => {
    const { org, crm, kept, other, seen } = await twoCompanies();
    const jane = await crm.contacts.create({ lastName: "Doe", companyId: other.id });
    await crm.companies.merge({ kept: await seen(kept.id), other: await seen(other.id) });
    clock.setOffset(31 * DAY_MS);
    expect((await refusal(crm.companies.undoMerge(other))).code).toBe("crm.restore_too_late");
    await purgeDeleted(async () => undefined);
    clock.setOffset(0);
    expect(await asOwner("select name from company where org_id = $1", [org.orgId])).toEqual([
      { name: "Acme" },
    ]);
    expect((await crm.contacts.get(jane)).company?.name).toBe("Acme");
    expect((await refusal(crm.companies.get(other))).code).toBe("kernel.not_found");
  });

  it("merges contacts, and leaves none without anything to call it by", async () => {
    const { contacts, companies } = callerFor(crmRouter, (await testOrg()).owner);
    const acme = await companies.create({ name: "Acme" });
    const kept = await contacts.create({ email: "jane@example.com" });
    const other = await contacts.create({ phone: "030 1234567", lastName: "Doe", companyId: acme.id });
    const seen = async (id: string) => ({ id, updatedAt: (await contacts.get({ id })).updatedAt });
    const input = { kept: await seen(kept.id), other: await seen(other.id) };
    expect((await refusal(contacts.merge({ ...input, take: ["email"] }))).code).toBe("crm.nameless");
    await contacts.merge({ ...input, take: ["lastName", "phone", "companyId"] });
    expect(await contacts.get(kept)).toMatchObject({
      lastName: "Doe",
      email: "jane@example.com",
      phone: "030 1234567",
      company: { name: "Acme" },
    });
    await contacts.undoMerge(other);
    expect(await contacts.get(kept)).toMatchObject({ lastName: null, phone: null, company: null });
  });

  it("takes one of two merges at once of the same record", async () => {
    const { crm, kept, other, seen } = await twoCompanies();
    const third = await crm.companies.create({ name: "Third" });
    const [a, b, c] = [await seen(kept.id), await seen(third.id), await seen(other.id)];
    const outcomes = await Promise.allSettled([
      crm.companies.merge({ kept: a, other: c }),
      crm.companies.merge({ kept: b, other: c }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await crm.companies.count({})).toEqual({ count: 2 });
  });
});

describe("duplicates", () => {
  it("finds companies alike by name without legal form, case and signs, or by phone", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    await callerFor(crmRouter, (await testOrg()).owner).companies.create({ name: "Acme" });
    const made: Record<string, string> = {};
    for (const [name, phone] of [
      ["Acme", "030 1234567"],
      ["ACME, Inc.", null],
      ["Acme GmbH & Co. KG", null],
      ["Acme Labs", "+49 (30) 123 45 67"],
      ["شركة الخليج", null],
      ["شركة الخليج W.L.L", null],
      ["Inc", "112"],
      ["AG", "112"],
    ] as const)
      made[name] = (await crm.companies.create({ name, phone })).id;
    const byName = (await crm.companies.duplicates({})).items;
    expect(byName.map(({ records }) => records.map(({ name }) => name))).toEqual([
      ["Acme", "ACME, Inc.", "Acme GmbH & Co. KG"],
      ["شركة الخليج", "شركة الخليج W.L.L"],
    ]);
    const byPhone = (await crm.companies.duplicates({ by: "phone" })).items;
    expect(byPhone.map(({ records }) => records.map(({ name }) => name))).toEqual([["Acme", "Acme Labs"]]);
    await crm.companies.bulkDelete({ ids: [made["ACME, Inc."]!, made["Acme GmbH & Co. KG"]!] });
    expect((await crm.companies.duplicates({})).items).toHaveLength(1);
  });

  it("finds contacts alike by name at the same company, or by phone, page by page", async () => {
    const crm = callerFor(crmRouter, (await testOrg()).owner);
    const [a, b] = [await crm.companies.create({ name: "A" }), await crm.companies.create({ name: "B" })];
    const phone = "030 1234567";
    for (const companyId of [a.id, a.id, b.id])
      await crm.contacts.create({ firstName: "Jane", lastName: "Doe", companyId, phone });
    for (let i = 0; i < 2; i++) await crm.contacts.create({ lastName: "Roe" });
    for (const email of ["x@example.com", "y@example.com"]) await crm.contacts.create({ email });
    const first = await crm.contacts.duplicates({ limit: 1 });
    expect(first.items).toMatchObject([
      {
        total: 2,
        records: [
          { name: "Jane Doe", place: "A" },
          { name: "Jane Doe", place: "A" },
        ],
      },
    ]);
    const second = await crm.contacts.duplicates({ limit: 1, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ total: 2, records: [{ name: "Roe" }, {}] }], nextCursor: null });
    expect((await crm.contacts.duplicates({ by: "phone" })).items).toMatchObject([{ total: 3 }]);
  });

  it("shows a group no more that somebody said is not the same, until one more joins it or it is recalled", async () => {
    const org = await testOrg();
    const crm = callerFor(crmRouter, org.owner);
    const other = callerFor(crmRouter, (await testOrg()).owner);
    for (const one of [crm, other]) for (const name of ["Acme", "ACME"]) await one.companies.create({ name });
    const { key, total } = (await crm.companies.duplicates({})).items[0]!;
    await crm.companies.dismissDuplicates({ by: "name", key, total });
    await crm.companies.dismissDuplicates({ by: "name", key, total });
    const groups = async (of = crm) => (await of.companies.duplicates({})).items.map((group) => group.total);
    expect(await groups()).toEqual([]);
    expect(await groups(other)).toEqual([2]);
    await crm.companies.create({ name: "acme" });
    expect(await groups()).toEqual([3]);
    await crm.companies.dismissDuplicates({ by: "name", key, total: 3 });
    expect(await groups()).toEqual([]);
    await crm.companies.recallDuplicates({ by: "name", key, total: 3 });
    await crm.companies.recallDuplicates({ by: "name", key, total: 3 });
    expect(await groups()).toEqual([3]);
    const entries = await asOwner<{ action: string }>(
      "select action from audit_entry where org_id = $1 and action like 'company.dup%' order by created_at, id",
      [org.orgId],
    );
    expect(entries.map(({ action }) => action.split("_")[1])).toEqual([
      "dismissed",
      "dismissed",
      "dismissed",
      "recalled",
    ]);
  });
});
