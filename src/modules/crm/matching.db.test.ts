// Acts on all that match a list's filters: at once, and as a job where they are many.
import { describe, expect, it } from "vitest";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { testJobRun } from "~/testing/job-run";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { changeAll, undoAll } from "./flows";
import { crmRouter } from "./router";
import { ChangeJobInput, UndoJobInput } from "./schema";

const MANY = 2_500;

async function crowd(org: TestOrg, count = MANY) {
  await asOwner(
    `insert into company (id, org_id, name, domain, country_code, owner_id)
     select gen_random_uuid(), $1, 'Company ' || i, 'c' || i || '.example', case when i % 2 = 0 then 'DE' else 'FR' end, $3
     from generate_series(1, $2::int) i`,
    [org.orgId, count, org.owner.userId],
  );
}
const inputOf = async (jobId: string) =>
  (await asOwner<{ input: { value: unknown } }>("select input from job where id = $1", [jobId]))[0]!.input
    .value;

describe("all that match", () => {
  it("are changed at once while they are few, and taken back at once", async () => {
    const org = await testOrg();
    const { companies } = callerFor(crmRouter, org.owner);
    await crowd(org, 6);
    const { companies: theirs } = callerFor(crmRouter, (await testOrg()).owner);
    await theirs.create({ name: "Theirs", countryCode: "DE" });

    const done = await companies.changeMatching({ matching: { country: "DE" }, act: { do: "delete" } });
    expect(done).toMatchObject({ count: 3, jobId: null });
    expect(await companies.count({})).toEqual({ count: 3 });
    expect(await theirs.count({})).toEqual({ count: 1 });
    expect(await companies.bulkUndo({ batchId: done.batchId })).toMatchObject({ count: 3, jobId: null });
    expect(await companies.count({})).toEqual({ count: 6 });
  });

  it("says that nothing matched, without writing anything down", async () => {
    const { companies } = callerFor(crmRouter, (await testOrg()).owner);
    const act = { do: "delete" as const };
    expect(await companies.changeMatching({ matching: { search: "nobody" }, act })).toMatchObject({
      count: 0,
      jobId: null,
    });
  });

  it("become a job beyond a thousand, which changes each once however often it is killed", async () => {
    const org = await testOrg();
    const { companies } = callerFor(crmRouter, org.owner);
    await crowd(org);
    const member = org.as("member").userId!;
    const { jobId, count } = await companies.changeMatching({
      matching: {},
      act: { do: "own", ownerId: member },
    });
    expect(count).toBe(0);
    await companies.create({ name: "Made meanwhile" });

    const input = ChangeJobInput.parse(await inputOf(jobId!));
    // Dies before the second commit and after the third; each time the engine begins the step anew.
    for (const [at, how] of [
      [2, "before_commit"],
      [3, "after_commit"],
    ] as const) {
      const killed = testJobRun({
        actor: org.owner,
        input,
        jobId: jobId!,
        killAt: (n) => (n === at ? how : null),
      });
      await expect(changeAll(killed)).rejects.toThrow();
    }
    const run = testJobRun({ actor: org.owner, input, jobId: jobId! });
    expect(await changeAll(run)).toEqual({ records: "companies", changed: MANY });
    expect(await companies.count({ owner: member })).toEqual({ count: MANY });
    expect(await companies.count({ owner: "mine" })).toEqual({ count: 1 });
    expect(run.progress.at(-1)).toMatchObject({ done: MANY, total: MANY + 1 });

    const undone = await companies.bulkUndo({ batchId: jobId! });
    const undo = UndoJobInput.parse(await inputOf(undone.jobId!));
    await undoAll(testJobRun({ actor: org.owner, input: undo, jobId: undone.jobId! }));
    expect(await companies.count({ owner: "mine" })).toEqual({ count: MANY + 1 });
  });

  it("hand over between steps when the time of one is over", async () => {
    const org = await testOrg();
    await crowd(org);
    const input = ChangeJobInput.parse({
      kind: "company",
      matching: {},
      act: { do: "delete" },
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    const run = testJobRun({ actor: org.owner, input, jobId: newId(), timeLeftMs: () => 0 });
    expect(await changeAll(run)).toEqual({ records: "companies", changed: MANY });
    expect(run.steps.filter((name) => name === "change")).toHaveLength(4);
  });

  it("are refused to a read-only member, and to an owner who is no member", async () => {
    const org = await testOrg();
    await crowd(org, 3);
    const act = { do: "own" as const, ownerId: newId() };
    const reader = callerFor(crmRouter, org.as("readonly")).companies;
    await expect(reader.changeMatching({ matching: {}, act })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { companies } = callerFor(crmRouter, org.owner);
    await expect(companies.changeMatching({ matching: {}, act })).rejects.toMatchObject({
      cause: { code: "crm.owner_unknown" },
    });
  });
});

describe("a list", () => {
  it("goes by head count both ways, page by page, with those unknown at the low end", async () => {
    const { companies } = callerFor(crmRouter, (await testOrg()).owner);
    for (const employeeCount of [5, null, 70, 0, 5]) await companies.create({ name: "x", employeeCount });
    const all = async (sort: "employees" | "-employees") => {
      const counts: (number | null)[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof companies.list>> = await companies.list({
          sort,
          cursor,
          limit: 2,
        });
        counts.push(...page.items.map((item) => item.employeeCount));
        cursor = page.nextCursor;
      } while (cursor);
      return counts;
    };
    expect(await all("employees")).toEqual([null, 0, 5, 5, 70]);
    expect(await all("-employees")).toEqual([70, 5, 5, 0, null]);
  });

  it("shows what is nobody's, a colleague's, or of one country", async () => {
    const org = await testOrg();
    const { companies } = callerFor(crmRouter, org.owner);
    const member = org.as("member").userId!;
    await companies.create({ name: "Free", ownerId: null, countryCode: "DE" });
    await companies.create({ name: "Hers", ownerId: member, countryCode: "FR" });
    const names = async (input: Parameters<typeof companies.list>[0]) =>
      (await companies.list(input)).items.map(({ name }) => name);
    expect(await names({ owner: "nobody" })).toEqual(["Free"]);
    expect(await names({ owner: member })).toEqual(["Hers"]);
    expect(await names({ country: "de" })).toEqual(["Free"]);
    expect(await companies.count({ country: "FR", owner: member })).toEqual({ count: 1 });
  });
});
