import { expect, it, vi } from "vitest";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { refused } from "~/testing/refusals";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { crmRouter } from "./router";
import { addSamples } from "./service/sample-data";

const crm = (org: TestOrg, role: Parameters<TestOrg["as"]>[0] = "owner") =>
  callerFor(crmRouter, org.as(role));
const counts = async (org: TestOrg) => ({
  companies: (await crm(org).companies.count({})).count,
  contacts: (await crm(org).contacts.count({})).count,
});
const audited = (org: TestOrg) =>
  asOwner<{ action: string }>(
    "select action from audit_entry where org_id = $1 and action like 'samples.%' order by id",
    [org.orgId],
  ).then((rows) => rows.map(({ action }) => action));

it("fills an empty organization once, and takes away all of it again, both written down", async () => {
  const org = await testOrg();
  expect(await crm(org).samples.state()).toEqual({ companies: 0, contacts: 0, mayAdd: true });
  const added = await crm(org).samples.add();
  expect(added.companies).toBeGreaterThanOrEqual(10);
  expect(await counts(org)).toEqual(added);
  expect(await crm(org).samples.state()).toEqual({ ...added, mayAdd: false });
  await expect(crm(org).samples.add()).rejects.toMatchObject({ cause: { code: "crm.samples_need_room" } });
  expect(await crm(org).samples.remove()).toEqual({ ...added, kept: 0 });
  expect(await counts(org)).toEqual({ companies: 0, contacts: 0 });
  expect(await crm(org).samples.remove()).toEqual({ companies: 0, contacts: 0, kept: 0 });
  expect(await audited(org)).toEqual(["samples.added", "samples.removed"]);
});

it("adds them once when two press at the same moment, and says why to the second", async () => {
  const org = await testOrg();
  const [hasAdded, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = withTenant(org.owner, async (scope) => {
    const added = await addSamples(scope);
    hasAdded.resolve();
    await mayEnd.promise;
    return added;
  });
  await hasAdded.promise;
  const second = refused(crm(org, "member").samples.add());
  await vi.waitFor(async () => {
    const [row] = await asOwner<{ waiting: number }>(
      "select count(*)::int as waiting from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())",
    );
    expect(row!.waiting).toBeGreaterThan(0);
  });
  mayEnd.resolve();
  expect(await second).toBe("crm.samples_need_room");
  expect(await counts(org)).toEqual(await first);
});

it("removes exactly the samples: not one's own records, nor samples that became one's own", async () => {
  const org = await testOrg();
  const added = await crm(org).samples.add();
  const { items } = await crm(org).companies.list({ limit: 100 });
  const of = (name: string) => items.find((row) => row.name === name)!;
  const own = await crm(org).companies.create({ name: "Really Ours" });
  // Changed, noted on, and with a colleague of ours: three ways to become one's own.
  const edited = await crm(org).companies.get({ id: of("Atelier Duval").id });
  await crm(org).companies.update({ id: edited.id, updatedAt: edited.updatedAt, city: "Paris" });
  await crm(org).notes.create({ of: { kind: "company", id: of("Vistula Print").id }, body: "Called today." });
  await crm(org).contacts.create({ firstName: "Ours", companyId: of("Sakura Systems").id });
  const removed = await crm(org).samples.remove();
  expect(removed).toEqual({ companies: added.companies - 3, contacts: added.contacts, kept: 3 });
  const left = (await crm(org).companies.list({ limit: 100 })).items.map(({ name }) => name).sort();
  expect(left).toEqual(["Atelier Duval", "Really Ours", "Sakura Systems", "Vistula Print"]);
  expect((await crm(org).companies.get({ id: own.id })).name).toBe("Really Ours");
  // What stayed is no sample any more.
  expect(await crm(org).samples.state()).toEqual({ companies: 0, contacts: 0, mayAdd: false });
});

it("is not for readers, and touches nobody else's samples", async () => {
  const [org, other] = [await testOrg(), await testOrg()];
  await expect(crm(org, "readonly").samples.add()).rejects.toMatchObject({ code: "FORBIDDEN" });
  const theirs = await crm(other).samples.add();
  expect(await crm(org).samples.remove()).toEqual({ companies: 0, contacts: 0, kept: 0 });
  expect(await counts(other)).toEqual(theirs);
});
