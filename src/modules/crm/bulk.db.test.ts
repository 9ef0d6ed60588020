import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, testUser } from "~/testing/tenants";
import { crmRouter } from "./router";

afterEach(() => clock.setOffset(0));

const DAY_MS = 24 * 60 * 60 * 1000;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );
const eventsOf = async (companyId: string) =>
  (
    await asOwner<{ kind: string }>(
      "select kind from record_event where company_id = $1 order by created_at, id",
      [companyId],
    )
  ).map(({ kind }) => kind);

async function threeCompanies() {
  const org = await testOrg();
  const { companies } = callerFor(crmRouter, org.owner);
  const ids: string[] = [];
  for (const name of ["a", "b", "c"])
    ids.push((await companies.create({ name, domain: `${name}.example` })).id);
  return { org, companies, ids };
}
/** A tag that stands in the database, whatever makes one. */
async function tagIn(orgId: string): Promise<string> {
  const id = newId();
  await asOwner("insert into tag (id, org_id, name, tone) values ($1, $2, 'Key account', 'dye-1')", [
    id,
    orgId,
  ]);
  return id;
}

describe("many records at once", () => {
  it("deletes those that are there and one's own, counts them, and brings exactly those back", async () => {
    const { companies, ids } = await threeCompanies();
    const other = await threeCompanies();
    await companies.delete({ id: ids[2]! });
    const asked = [...ids, ids[0]!, other.ids[0]!, newId()];
    const { batchId, count } = await companies.bulkDelete({ ids: asked });
    expect(count).toBe(2);
    expect(await companies.count({})).toEqual({ count: 0 });
    expect(await other.companies.count({})).toEqual({ count: 3 });
    expect((await companies.bulkUndo({ batchId })).count).toBe(2);
    expect((await companies.list({ sort: "name" })).items.map(({ name }) => name)).toEqual(["a", "b"]);
    expect((await companies.bulkUndo({ batchId })).count).toBe(0);
    expect((await companies.bulkRestore({ ids })).count).toBe(1);
    expect(await companies.count({})).toEqual({ count: 3 });
  });

  it("writes one entry in the audit and one line in each record's timeline", async () => {
    const { org, companies, ids } = await threeCompanies();
    const { batchId } = await companies.bulkDelete({ ids });
    const entries = await asOwner<{ action: string; detail: { after: { count: number; batchId: string } } }>(
      `select e.action, d.detail from audit_entry e join audit_detail d on d.entry_id = e.id
       where e.org_id = $1 and e.action like 'company.bulk%'`,
      [org.orgId],
    );
    expect(entries).toMatchObject([
      { action: "company.bulk_deleted", detail: { after: { count: 3, batchId } } },
    ]);
    expect((await eventsOf(ids[0]!)).at(-1)).toBe("deleted");
    expect((await companies.bulkDelete({ ids })).count).toBe(0);
    expect(
      await asOwner("select 1 from audit_entry where org_id = $1 and action = 'company.bulk_deleted'", [
        org.orgId,
      ]),
    ).toHaveLength(1);
  });

  it("keeps out of a restore what has its domain meanwhile, and of two with one domain takes the later", async () => {
    const { companies, ids } = await threeCompanies();
    await companies.bulkDelete({ ids });
    const successor = await companies.create({ name: "a again", domain: "a.example" });
    const second = await companies.create({ name: "b again", domain: "b.example" });
    await companies.bulkDelete({ ids: [second.id] });
    expect((await companies.bulkRestore({ ids: [...ids, second.id] })).count).toBe(2);
    const names = (await companies.list({ sort: "name" })).items.map(({ name }) => name);
    expect(names).toEqual(["a again", "b again", "c"]);
    expect((await companies.get(successor)).name).toBe("a again");
  });

  it("undoes a deletion for 30 days only", async () => {
    const { companies, ids } = await threeCompanies();
    const { batchId } = await companies.bulkDelete({ ids });
    clock.setOffset(31 * DAY_MS);
    expect(await refusal(companies.bulkUndo({ batchId }))).toBe("crm.restore_too_late");
    expect((await companies.bulkRestore({ ids })).count).toBe(0);
  });

  it("gives an owner and a country, and undoes it where nobody has changed it again", async () => {
    const { org, companies, ids } = await threeCompanies();
    const admin = org.as("admin").userId;
    const given = await companies.bulkUpdate({ ids, ownerId: admin });
    expect(given.count).toBe(3);
    expect((await companies.bulkUpdate({ ids, ownerId: admin })).count).toBe(0);
    expect((await companies.bulkUpdate({ ids, countryCode: "Germany" })).count).toBe(3);
    const { updatedAt } = await companies.get({ id: ids[0]! });
    await companies.update({ id: ids[0]!, updatedAt, name: "a", ownerId: null });
    expect((await companies.bulkUndo({ batchId: given.batchId })).count).toBe(2);
    const owners = await Promise.all(
      ids.map(async (id) => (await companies.get({ id })).owner?.name ?? null),
    );
    expect(owners).toEqual([null, "Pat owner", "Pat owner"]);
    expect((await companies.get({ id: ids[1]! })).countryCode).toBe("DE");
  });

  it("lets an edit that was made from the version before a change of many be refused", async () => {
    const { companies, ids } = await threeCompanies();
    const { updatedAt } = await companies.get({ id: ids[0]! });
    await companies.bulkUpdate({ ids, industry: "Food" });
    expect(await refusal(companies.update({ id: ids[0]!, updatedAt, name: "mine" }))).toBe(
      "crm.changed_meanwhile",
    );
  });

  it("links contacts to a company, and back only to one that is still there", async () => {
    const { companies, ids } = await threeCompanies();
    const org = await testOrg();
    const mine = callerFor(crmRouter, org.owner);
    const [from, to] = [
      await mine.companies.create({ name: "From" }),
      await mine.companies.create({ name: "To" }),
    ];
    const first = await mine.contacts.create({ lastName: "One", companyId: from.id });
    const second = await mine.contacts.create({ lastName: "Two" });
    const both = [first.id, second.id];
    const moved = await mine.contacts.bulkUpdate({ ids: both, companyId: to.id });
    expect(moved.count).toBe(2);
    await mine.companies.delete(from);
    expect((await mine.contacts.bulkUndo({ batchId: moved.batchId })).count).toBe(1);
    expect((await mine.contacts.get(first)).company?.name).toBe("To");
    expect((await mine.contacts.get(second)).company).toBeNull();
    expect(await refusal(mine.contacts.bulkUpdate({ ids: both, companyId: ids[0]! }))).toBe(
      "crm.company_unknown",
    );
    expect(await companies.count({})).toEqual({ count: 3 });
  });

  it("tags and untags, counting only what changed, and undoes both", async () => {
    const { org, companies, ids } = await threeCompanies();
    const tagId = await tagIn(org.orgId);
    const tagged = async () =>
      (
        await asOwner<{ n: number }>("select count(*)::int as n from company_tag where tag_id = $1", [tagId])
      )[0]!.n;
    expect((await companies.bulkTag({ ids: ids.slice(0, 1), tagId })).count).toBe(1);
    const all = await companies.bulkTag({ ids, tagId });
    expect(all.count).toBe(2);
    await companies.bulkUndo({ batchId: all.batchId });
    expect(await tagged()).toBe(1);
    const off = await companies.bulkUntag({ ids, tagId });
    expect([off.count, await tagged()]).toEqual([1, 0]);
    await companies.bulkUndo({ batchId: off.batchId });
    expect(await tagged()).toBe(1);
    const stranger = await threeCompanies();
    expect(await refusal(stranger.companies.bulkTag({ ids: stranger.ids, tagId }))).toBe("crm.tag_unknown");
  });

  it("takes one field at a time, 1,000 ids at most, members only", async () => {
    const { companies, ids } = await threeCompanies();
    const stranger = await testUser();
    for (const attempt of [
      () => companies.bulkUpdate({ ids }),
      () => companies.bulkUpdate({ ids, ownerId: null, industry: "Food" }),
      () => companies.bulkDelete({ ids: [] }),
      () => companies.bulkDelete({ ids: Array.from({ length: 1_001 }, newId) }),
      () => companies.bulkDelete({ ids: ["1"] }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await refusal(companies.bulkUpdate({ ids, ownerId: stranger.userId }))).toBe("crm.owner_unknown");
    expect((await companies.bulkDelete({ ids: Array.from({ length: 1_000 }, newId) })).count).toBe(0);
  });

  it("knows no act of another organization, nor one on records of the other kind", async () => {
    const { companies, ids } = await threeCompanies();
    const { batchId } = await companies.bulkDelete({ ids });
    const other = callerFor(crmRouter, (await testOrg()).owner);
    expect(await refusal(other.companies.bulkUndo({ batchId }))).toBe("kernel.not_found");
    expect(await refusal(other.contacts.bulkUndo({ batchId }))).toBe("kernel.not_found");
  });
});
