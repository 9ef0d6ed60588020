// Search under row-level security, shown by the plans that Postgres itself reports from within the functions.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { crmRouter } from "./router";

const ROWS = 60_000;
let big: TestOrg;
let other: TestOrg;
let plans: pg.Client;
const notices: string[] = [];

beforeAll(async () => {
  big = await testOrg({ members: [] });
  other = await testOrg({ members: [] });
  for (const { orgId, userId } of [big.owner, other.owner]) {
    const rows = orgId === big.orgId ? ROWS : 2_000;
    await asOwner(
      `insert into company (id, org_id, name, domain, owner_id, employee_count, country_code, created_at)
       select gen_random_uuid(), $1, 'Company ' || md5(i::text), 'c' || i || '.example', $3, i % 100, 'DE',
              now() - i * interval '1 minute'
       from generate_series(1, $2::int) i`,
      [orgId, rows, userId],
    );
    await asOwner(
      `insert into contact (id, org_id, first_name, last_name, email, owner_id)
       select gen_random_uuid(), $1, 'First' || i, md5(i::text), 'p' || i || '@example.test', $3 from generate_series(1, $2::int) i`,
      [orgId, rows, userId],
    );
    await asOwner(
      "insert into company (id, org_id, name, domain, owner_id) values (gen_random_uuid(), $1, 'Xylophone & 100%_Sons', 'qz.example', $2)",
      [orgId, userId],
    );
    await asOwner(
      "insert into contact (id, org_id, first_name, last_name, email, owner_id) values (gen_random_uuid(), $1, 'Qzara', 'Xylander', 'vw@example.test', $2)",
      [orgId, userId],
    );
  }
  await asOwner("analyze company");
  await asOwner("analyze contact");
  // The plans of statements inside a function are told by auto_explain only, which a superuser loads.
  plans = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await plans.connect();
  plans.on("notice", (notice) => notices.push(notice.message ?? ""));
  await plans.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
    set auto_explain.log_analyze = on; set auto_explain.log_level = notice; set client_min_messages = notice`);
  await plans.query("select set_config('app.current_tenant', $1, false)", [big.orgId]);
  await plans.query("set role tenantry_app");
}, 120_000);
afterAll(() => plans?.end());

/** What Postgres did for one statement, those inside functions included. */
async function planOf(sql: string, values: unknown[]): Promise<string> {
  notices.length = 0;
  await plans.query(sql, values);
  return notices.join("\n");
}

describe("the plan", () => {
  it.each([
    ["search_companies", "company_search", "xylo"],
    ["search_contacts", "contact_search", "xyland"],
  ])("%s uses %s for “%s” among 60,000 rows, as the app's role", async (name, index, words) => {
    const plan = await planOf(`select app.${name}($1)`, [words]);
    expect(plan).toMatch(new RegExp(`Bitmap Index Scan on ${index}`));
    expect(plan).not.toMatch(/Seq Scan on (?:company|contact)/);
  });

  // Where one organization has nearly all rows, the planner may rightly read them all for a word this short. What is
  // promised is that the index can serve it: behind RLS alone it could not, at any price.
  it.each([
    ["search_companies", "company_search", "qz"],
    ["search_companies", "company_search", "x"],
    ["search_contacts", "contact_search", "qz"],
  ])("%s can use %s for the short word “%s”, as the app's role", async (name, index, words) => {
    await plans.query("set enable_seqscan = off");
    try {
      const plan = await planOf(`select app.${name}($1)`, [words]);
      expect(plan).toMatch(new RegExp(`Bitmap Index Scan on ${index}`));
    } finally {
      await plans.query("set enable_seqscan = on");
    }
  });

  it.each([
    [
      "recent",
      "company_list_recent",
      "(c.created_at, c.id) < (now() - interval '1 day', $2::uuid)",
      "c.created_at desc, c.id desc",
    ],
    [
      "oldest",
      "company_list_recent",
      "(c.created_at, c.id) > ('2001-01-01'::timestamptz, $2::uuid)",
      "c.created_at, c.id",
    ],
    [
      "name, descending",
      "company_list_name",
      "(c.name_key, c.id) < ('company 5', $2::uuid)",
      "c.name_key desc, c.id desc",
    ],
    [
      "employees, descending",
      "company_list_employees",
      "(c.employees_key, c.id) < (70, $2::uuid)",
      "c.employees_key desc, c.id desc",
    ],
  ])("a page deep in the list by %s is read from %s alone", async (_, index, beyond, order) => {
    const plan = await planOf(
      `select id from company c where c.org_id = $1::uuid and c.deleted_at is null and ${beyond} order by ${order} limit 51`,
      [big.orgId, "80000000-0000-7000-8000-000000000000"],
    );
    expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan (?:Backward )?using ${index}`));
    expect(plan).not.toMatch(/Sort Key|Seq Scan/);
  });

  it("finds a country with few companies without reading the others", async () => {
    await asOwner("update company set country_code = 'IS' where org_id = $1 and domain = 'qz.example'", [
      big.orgId,
    ]);
    const plan = await planOf(
      "select id from company c where c.org_id = $1::uuid and c.deleted_at is null and c.country_code = 'IS' order by c.name_key, c.id limit 51",
      [big.orgId],
    );
    expect(plan).toMatch(/using company_list_country/);
    expect(plan).not.toMatch(/Rows Removed by Filter/);
  });

  it("would read every row of the organization without the function, since LIKE is not leakproof", async () => {
    const plan = await planOf(
      "select id from company where deleted_at is null and lower(name || ' ' || coalesce(domain, '')) like '%xylo%'",
      [],
    );
    expect(plan).not.toMatch(/company_search.*\n.*Index Cond:.*~~/);
    expect(plan).toMatch(
      /Rows Removed by Filter: (?:5\d|6\d)\d{3}|Rows Removed by Index Recheck: (?:5\d|6\d)\d{3}/,
    );
  });

  it.each([
    [
      "company_list_recent",
      "(created_at, id) < (now() - interval '1 day', '00000000-0000-0000-0000-000000000000')",
      "created_at desc, id desc",
    ],
    [
      "company_list_name",
      "(name_key, id) > ('company f', '00000000-0000-0000-0000-000000000000')",
      "name_key, id",
    ],
  ])("a page deep in the list begins where it should in %s", async (index, beyond, order) => {
    const plan = await planOf(
      `select id from company where org_id = $1 and deleted_at is null and ${beyond} order by ${order} limit 26`,
      [big.orgId],
    );
    expect(plan).toMatch(new RegExp(`Scan using ${index}`));
    expect(plan).toMatch(/Index Cond: .*ROW\(/);
    expect(plan).not.toMatch(/Rows Removed by Filter/);
  });

  it("finds my records without reading everybody's", async () => {
    const plan = await planOf(
      `select id from company where org_id = $1 and deleted_at is null and owner_id = $2 order by created_at desc, id desc limit 26`,
      [big.orgId, other.owner.userId],
    );
    expect(plan).toMatch(/Scan using company_list_mine/);
  });
});

describe("the answer", () => {
  const found = async (search: string) =>
    (await callerFor(crmRouter, big.owner).companies.list({ search, limit: 100 })).items;

  it("holds this organization's records only, though the other one has the same", async () => {
    const [company] = await found("xylophone");
    expect(await found("xylophone")).toHaveLength(1);
    const theirs = await callerFor(crmRouter, other.owner).companies.list({ search: "xylophone" });
    expect(theirs.items).toHaveLength(1);
    expect(theirs.items[0]!.id).not.toBe(company!.id);
    const contacts = await callerFor(crmRouter, big.owner).contacts.list({ search: "xylander" });
    expect(contacts.items).toHaveLength(1);
  });

  it("is nothing without an organization", async () => {
    await plans.query("select set_config('app.current_tenant', '', false)");
    expect((await plans.query("select app.search_companies('xylo')")).rows).toEqual([]);
    await plans.query("select set_config('app.current_tenant', $1, false)", [big.orgId]);
  });

  it("finds three characters and more anywhere, in any case, signs being nothing but signs", async () => {
    for (const words of ["PHONE", "ylo", "100%_s", "& 100", "qz.exa"])
      expect(await found(words)).toHaveLength(1);
    for (const words of ["100_s", "y%o", "xylophonic"]) expect(await found(words)).toEqual([]);
  });

  it("finds one or two characters where words begin", async () => {
    expect((await found("xy")).map((item) => item.name)).toEqual(["Xylophone & 100%_Sons"]);
    expect((await found("qz")).map((item) => item.domain)).toEqual(["qz.example"]);
    expect(await found("yl")).toEqual([]);
    const { contacts } = callerFor(crmRouter, big.owner);
    expect((await contacts.list({ search: "vw" })).items).toHaveLength(1);
  });

  it("comes page by page like the whole list, and forgets what is deleted", async () => {
    const { companies } = callerFor(crmRouter, big.owner);
    const first = await companies.list({ search: "company 1", sort: "name", limit: 2 });
    const second = await companies.list({
      search: "company 1",
      sort: "name",
      limit: 2,
      cursor: first.nextCursor,
    });
    const both = await companies.list({ search: "company 1", sort: "name", limit: 4 });
    expect([...first.items, ...second.items]).toEqual(both.items);
    const [it] = await found("xylophone");
    await companies.delete({ id: it!.id });
    expect(await found("xylophone")).toEqual([]);
    await companies.restore({ id: it!.id });
  });
});
