import { keyOf } from "~/server/outbound/object-store";
import { afterEach, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg } from "~/testing/tenants";
import { crmRouter } from "../router";
import { purgeDeleted } from "./purge";

afterEach(() => clock.setOffset(0));
const DAY_MS = 24 * 60 * 60 * 1000;
const exists = async (table: "company" | "contact", id: string) =>
  (await asOwner(`select from ${table} where id = $1`, [id])).length === 1;

it("removes what was deleted 30 days ago, of every organization, and nothing younger or living", async () => {
  for (const org of [await testOrg({ members: [] }), await testOrg({ members: [] })]) {
    const { companies, contacts } = callerFor(crmRouter, org.owner);
    const old = await companies.create({ name: "Old" });
    const young = await companies.create({ name: "Young" });
    const living = await companies.create({ name: "Living" });
    const contact = await contacts.create({ lastName: "Doe", companyId: old.id });
    const oldContact = await contacts.create({ lastName: "Roe", companyId: living.id });
    await companies.delete(old);
    await contacts.delete(oldContact);
    clock.setOffset(29 * DAY_MS);
    await companies.delete(young);
    await purgeDeleted(async () => {});
    expect(await exists("company", old.id)).toBe(true);
    clock.setOffset(31 * DAY_MS);
    await purgeDeleted(async () => {});
    expect([await exists("company", old.id), await exists("contact", oldContact.id)]).toEqual([false, false]);
    expect([await exists("company", young.id), await exists("company", living.id)]).toEqual([true, true]);
    expect((await contacts.get(contact)).company).toBeNull();
    const entries = await asOwner(
      "select action from audit_entry where org_id = $1 and action = 'crm.purged'",
      [org.orgId],
    );
    expect(entries).toHaveLength(1);
    clock.setOffset(0);
  }
});

it("removes notes and tags that were deleted 30 days ago, and nothing younger or living", async () => {
  const org = await testOrg({ members: [] });
  const crm = callerFor(crmRouter, org.owner);
  const company = await crm.companies.create({ name: "Acme" });
  const of = { kind: "company" as const, id: company.id };
  const [old, living] = [
    await crm.notes.create({ of, body: "old" }),
    await crm.notes.create({ of, body: "living" }),
  ];
  const [gone, kept] = [await crm.tags.create({ name: "Gone" }), await crm.tags.create({ name: "Kept" })];
  await crm.companies.bulkTag({ ids: [company.id], tagId: gone.id });
  await crm.notes.delete(old);
  await crm.tags.delete(gone);
  const left = async () => [
    (await asOwner("select id from record_note where org_id = $1 order by id", [org.orgId])).map(
      ({ id }) => id,
    ),
    (await asOwner("select id from tag where org_id = $1 order by id", [org.orgId])).map(({ id }) => id),
  ];
  clock.setOffset(29 * DAY_MS);
  await purgeDeleted(async () => {});
  expect(await left()).toEqual([
    [old.id, living.id],
    [gone.id, kept.id],
  ]);
  clock.setOffset(31 * DAY_MS);
  await purgeDeleted(async () => {});
  expect(await left()).toEqual([[living.id], [kept.id]]);
});

it("gives up imports that nobody started for 7 days, with their files, also when one file cannot be removed", async () => {
  const org = await testOrg({ members: [] });
  const ids: string[] = [];
  for (const status of ["awaiting_upload", "ready", "started", "finished"]) {
    const [row] = await asOwner<{ id: string }>(
      `insert into import (id, org_id, created_by_id, entity, status, file_name, object_key, size_bytes)
       values (gen_random_uuid(), $1, $2, 'company', $3, 'a.csv', 'x', 10) returning id`,
      [org.orgId, org.owner.userId, status],
    );
    ids.push(row!.id);
  }
  const statuses = async () =>
    (
      await asOwner<{ id: string; status: string }>("select id, status from import where org_id = $1", [
        org.orgId,
      ])
    )
      .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      .map((row) => row.status);
  clock.setOffset(6 * DAY_MS);
  await purgeDeleted(async () => {});
  expect(await statuses()).toEqual(["awaiting_upload", "ready", "started", "finished"]);
  clock.setOffset(8 * DAY_MS);
  const removed: string[] = [];
  const answer = await purgeDeleted(async (object) => {
    if (object.path.includes(ids[1]!)) throw new Error("the store is down");
    removed.push(keyOf(object));
  });
  expect(answer.imports).toBe(1);
  expect(removed).toEqual([`org/${org.orgId}/imports/${ids[0]}/source.csv`]);
  expect(await statuses()).toEqual(["discarded", "ready", "started", "finished"]);
  clock.setOffset(31 * DAY_MS);
  await purgeDeleted(async () => {});
  expect(await statuses()).toEqual(["discarded", "discarded", "discarded", "finished"]);
});
