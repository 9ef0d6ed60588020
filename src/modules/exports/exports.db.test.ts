// Lists as files, on a real object store: what stands in them, who gets them, and that a kill loses and doubles nothing.
import { parse } from "csv-parse/sync";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { headObject, readObject } from "~/server/outbound/object-store";
import { callerFor } from "~/testing/callers";
import { Killed, testJobRun } from "~/testing/job-run";
import { startS3 } from "~/testing/s3";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { LIST_EXPORTS } from "~/wiring/exports";
import { appRouter } from "~/wiring/routers";
import { removeExpired, runExport } from "./flows";
import { pathOf } from "./rules";

beforeAll(async () => {
  await startS3();
});
afterEach(() => clock.setOffset(0));

const DAY_MS = 24 * 60 * 60 * 1_000;
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );

type Kill = Parameters<typeof testJobRun>[0]["killAt"];
async function started(actor: OrgActor, list: string, asked: Record<string, string> = {}) {
  const { id, jobId } = await callerFor(appRouter, actor).exports.start({ list, asked });
  const run = (killAt?: Kill) =>
    runExport(testJobRun({ actor, jobId, input: { exportId: id }, ...(killAt && { killAt }) }), LIST_EXPORTS);
  return { id, jobId, run };
}
const fileOf = async ({ orgId }: OrgActor, id: string) =>
  (await buffer(await readObject({ orgId: orgId!, path: pathOf(id) }))).toString("utf8");
async function exported(actor: OrgActor, list: string, asked: Record<string, string> = {}) {
  const { id, run } = await started(actor, list, asked);
  const result = await run();
  const rows = parse(await fileOf(actor, id), { bom: true, columns: true }) as Record<string, string>[];
  return { id, result, rows };
}

/** Names so long that the file has several parts. */
const longList = (org: TestOrg, rows: number) =>
  asOwner(
    `insert into company (id, org_id, name) select gen_random_uuid(), $1, lpad(i::text, 6, '0') || repeat('x', 290)
     from generate_series(1, $2::int) i`,
    [org.orgId, rows],
  );

describe("a file", () => {
  it("holds what the list shows, in its order, with nothing that a spreadsheet would run", async () => {
    const org = await testOrg();
    const { crm } = callerFor(appRouter, org.owner);
    await crm.companies.create({ name: "=cmd()", domain: "b.example", countryCode: "DE", employeeCount: 7 });
    await crm.companies.create({ name: 'Acme "Ltd",\nBerlin', countryCode: "DE", phone: "+49 30 123" });
    await crm.companies.create({ name: "Elsewhere", countryCode: "FR" });
    const theirs = callerFor(appRouter, (await testOrg()).owner);
    await theirs.crm.companies.create({ name: "Theirs", countryCode: "DE" });

    const { rows, result } = await exported(org.owner, "companies", { country: "DE", sort: "-name" });
    expect(rows.map((row) => row.Name)).toEqual(['Acme "Ltd", Berlin', "'=cmd()"]);
    expect(rows.find((row) => row.Name!.startsWith("Acme"))).toMatchObject({
      Phone: "'+49 30 123",
      Country: "DE",
    });
    expect(rows.find((row) => row.Domain === "b.example")).toMatchObject({ Employees: "7" });
    expect(result).toMatchObject({ rows: 2 });
  });

  it.each(["companies", "contacts", "imports", "invitations", "jobs", "members"])(
    "of %s has headings also where there is nothing else",
    async (list) => {
      const { owner } = await testOrg({ members: [] });
      const { id, run } = await started(owner, list);
      await run();
      const content = await fileOf(owner, id);
      expect(content.startsWith("\ufeff")).toBe(true);
      expect(content.split("\r\n")[0]!.split(",").length).toBeGreaterThan(4);
    },
  );

  it("has each row once, however often its writing is killed", { timeout: 120_000 }, async () => {
    const org = await testOrg({ members: [] });
    const ROWS = 32_000;
    await longList(org, ROWS);
    const { id, run } = await started(org.owner, "companies", { sort: "name" });
    // Transactions: whose it is, the upload (once), each of three parts, that it is finished.
    for (const [at, how] of [
      [1, "after_commit"],
      [2, "before_commit"],
      [1, "after_commit"],
      [2, "before_commit"],
    ] as const) {
      await expect(run((n) => (n === at ? how : null))).rejects.toThrow(Killed);
    }
    expect(await run()).toMatchObject({ rows: ROWS });
    const names = (
      parse(await fileOf(org.owner, id), { bom: true, columns: true }) as { Name: string }[]
    ).map(({ Name }) => Number(Name.slice(0, 6)));
    expect(names).toHaveLength(ROWS);
    expect(names.every((name, i) => name === i + 1)).toBe(true);
    const [row] = await asOwner<{ parts: unknown[] }>("select parts from export where id = $1", [id]);
    expect(row!.parts.length).toBeGreaterThan(2);
    // Run once more after its end, it stays what it is.
    expect(await run()).toMatchObject({ rows: ROWS });
  });
});

describe("a job that is run again", () => {
  it("goes on with the file of one that failed, and makes no second one of a finished file", async () => {
    const { owner } = await testOrg({ members: [] });
    const { id, run } = await started(owner, "members");
    await expect(run((n) => (n === 2 ? "before_commit" : null))).rejects.toThrow(Killed);
    const again = callerFor(appRouter, owner);
    const { jobId } = await again.exports.start({ list: "members" });
    await asOwner("delete from export where job_id = $1", [jobId]);
    const input = { exportId: id };
    expect(await runExport(testJobRun({ actor: owner, jobId, input }), LIST_EXPORTS)).toMatchObject({
      rows: 1,
    });
    expect(await again.exports.ofJob({ jobId })).toMatchObject({ id, status: "finished" });
    await expect(runExport(testJobRun({ actor: owner, input }), LIST_EXPORTS)).rejects.toMatchObject({
      code: "exports.begin_anew",
    });
  });
});

describe("the link", () => {
  it("downloads, is written down, and is for whoever asked and whoever may see all jobs", async () => {
    const org = await testOrg();
    const member = callerFor(appRouter, org.as("member"));
    await member.crm.companies.create({ name: "One" });
    const { id, jobId, run } = await started(org.as("member"), "companies");
    expect(await refusal(member.exports.download({ id }))).toBe("exports.not_finished");
    await run();
    expect(await member.exports.ofJob({ jobId })).toMatchObject({ status: "finished", rowCount: 1 });
    const answer = await fetch((await member.exports.download({ id })).url);
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; .*companies-\d{4}-\d\d-\d\d\.csv/,
    );
    expect(await answer.text()).toContain("One");

    expect((await callerFor(appRouter, org.as("admin")).exports.download({ id })).url).toBeTruthy();
    const colleague = callerFor(appRouter, { ...org.as("member"), userId: org.as("readonly").userId });
    expect(await refusal(colleague.exports.download({ id }))).toBe("kernel.not_found");
    const stranger = callerFor(appRouter, (await testOrg()).owner);
    expect(await refusal(stranger.exports.download({ id }))).toBe("kernel.not_found");
    expect(await refusal(stranger.exports.ofJob({ jobId }))).toBe("kernel.not_found");
    const acts = await asOwner("select from audit_entry where org_id = $1 and action = 'export.downloaded'", [
      org.orgId,
    ]);
    expect(acts).toHaveLength(2);
  });

  it("is gone after 7 days, and so is the file", async () => {
    const { owner } = await testOrg({ members: [] });
    const { id, run } = await started(owner, "members");
    await run();
    const { exports } = callerFor(appRouter, owner);
    const object = { orgId: owner.orgId!, path: pathOf(id) };
    clock.setOffset(6 * DAY_MS);
    await removeExpired();
    expect(await headObject(object)).not.toBeNull();
    clock.setOffset(7 * DAY_MS + 60_000);
    expect(await refusal(exports.download({ id }))).toBe("exports.expired");
    await removeExpired();
    expect(await headObject(object)).toBeNull();
    const [row] = await asOwner<{ status: string; asked: object }>(
      "select status, asked from export where id = $1",
      [id],
    );
    expect(row).toEqual({ status: "expired", asked: {} });
  });

  it("never comes where nobody finished the file: it is given up after 7 days", async () => {
    const { owner } = await testOrg({ members: [] });
    const { id, run } = await started(owner, "members");
    await expect(run((n) => (n === 2 ? "before_commit" : null))).rejects.toThrow(Killed);
    clock.setOffset(8 * DAY_MS);
    await removeExpired();
    const [row] = await asOwner<{ status: string }>("select status from export where id = $1", [id]);
    expect(row!.status).toBe("expired");
  });
});

describe("an export that is not for you", () => {
  it("is refused before there is a job", async () => {
    const org = await testOrg();
    const asked = callerFor(appRouter, org.owner).exports;
    expect(await refusal(asked.start({ list: "secrets" }))).toBe("kernel.not_found");
    expect(await refusal(asked.start({ list: "companies", asked: { owner: "x" } }))).toBe(
      "exports.filters_invalid",
    );
    const reader = callerFor(appRouter, org.as("readonly")).exports;
    expect(await refusal(reader.start({ list: "companies" }))).toBe("kernel.forbidden");
    // The job itself would see all of them.
    const member = callerFor(appRouter, org.as("member")).exports;
    expect(await refusal(member.start({ list: "jobs", asked: { whose: "all" } }))).toBe("kernel.forbidden");
    expect(await asOwner("select from job where org_id = $1", [org.orgId])).toHaveLength(0);
  });
});
