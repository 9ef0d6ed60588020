// The database as it stands after the migrations, held against src/testing/declared-access.ts; and each check seen
// failing, with its fault planted inside a transaction that is rolled back.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueComplaints } from "~/testing/catalogue-complaints";
import { TABLES } from "~/testing/declared-access";
import { reach, reachComplaints } from "~/testing/reach";

let superuser: pg.Client;
beforeAll(async () => {
  superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
});
afterAll(async () => superuser.end());

async function planted<T>(sql: string, look: () => Promise<T>): Promise<T> {
  await superuser.query("begin");
  try {
    await superuser.query(sql);
    return await look();
  } finally {
    await superuser.query("rollback");
  }
}

it("has every table under forced row-level security, with exactly the declared policies and grants", async () => {
  expect(await catalogueComplaints(superuser)).toEqual([]);
});

const OWNED = "set local role tenantry_owner;";
const isTenant = "org_id = nullif(current_setting('app.current_tenant', true), '')::uuid";

it.each<[what: string, sql: string, complaint: RegExp]>([
  [
    "a new table",
    `${OWNED} create table ghost (id uuid primary key, org_id uuid)`,
    /table ghost has no row-level security/,
  ],
  ["an undeclared table", `${OWNED} create table ghost (id uuid primary key)`, /ghost is not declared/],
  ["row-level security without force", `alter table job no force row level security`, /job does not force/],
  [
    "row-level security switched off",
    `alter table contact disable row level security`,
    /contact has no row-level security/,
  ],
  ["a view", `${OWNED} create view everybody as select * from membership`, /everybody is no table/],
  ["a policy for everybody", `create policy p on job for select using (true)`, /is for everybody/],
  [
    "one more policy",
    `create policy p on job for select to tenantry_app using (true)`,
    /p for SELECT to tenantry_app is not declared/,
  ],
  [
    "a policy that compares text",
    `drop policy tenant on job; create policy tenant on job to tenantry_app using (org_id::text = current_setting('app.current_tenant')) with check (true)`,
    /job: tenant .* is not exactly/,
  ],
  [
    "a policy without its check",
    `drop policy tenant on job; create policy tenant on job to tenantry_app using (${isTenant})`,
    /job: tenant .* is not exactly/,
  ],
  ["a missing policy", `drop policy system on job`, /job: system .* is missing/],
  [
    "one more verb",
    `grant delete on company to tenantry_app`,
    /company to tenantry_app is "delete, insert, select, update"/,
  ],
  ["a verb on a column", `grant update (email) on "user" to tenantry_app`, /user to tenantry_app/],
  ["a grant to everybody", `grant select on job to public`, /job to PUBLIC is "select"/],
  ["a grant that may be passed on", `grant select on job to tenantry_app with grant option`, /may pass on/],
  [
    "a foreign key by id alone",
    `alter table contact add constraint short foreign key (company_id) references company (id)`,
    /short does not hold both rows in one tenant/,
  ],
  [
    "a foreign key with its columns crossed",
    `alter table contact add constraint crossed foreign key (company_id, org_id) references company (org_id, id)`,
    /crossed does not hold both rows/,
  ],
  [
    "a foreign key that sets null",
    `alter table job_step add constraint nulling foreign key (org_id, job_id) references job (org_id, id) on delete set null`,
    /nulling sets columns/,
  ],
  [
    "a unique over all tenants",
    `create unique index domain_once on company (domain)`,
    /domain_once on company tells/,
  ],
  [
    "a unique over an expression",
    `create unique index folded on company (lower(domain), org_id)`,
    /folded on company tells/,
  ],
  ["an enum", `create type mood as enum ('good')`, /mood is an enum/],
  [
    "a function that runs as its owner",
    `create function app.peek() returns bigint language sql security definer set search_path = pg_catalog as 'select 1::bigint'; revoke all on function app.peek from public`,
    /app\.peek\(\) runs as its owner and is not declared/,
  ],
  [
    "a function without its search_path",
    `alter function app.my_orgs() reset search_path`,
    /my_orgs\(\) does not pin/,
  ],
  [
    "a function for everybody",
    `grant execute on function app.my_orgs() to public`,
    /my_orgs\(\) may be called by everybody/,
  ],
  [
    "a function of a mightier owner",
    `alter function app.my_orgs() owner to tenantry_owner`,
    /owned by tenantry_owner/,
  ],
  [
    "a ledger that can be emptied",
    `drop trigger append_only_truncate on usage_ledger`,
    /truncate on append-only usage_ledger/,
  ],
  [
    "an audit that can be changed",
    `drop trigger append_only on audit_entry`,
    /update on append-only audit_entry/,
  ],
  ["a trigger switched off", `alter table usage_ledger disable trigger append_only`, /switched off/],
  ["a role that goes past policies", `alter role tenantry_app bypassrls`, /tenantry_app may go past/],
  [
    "a way from role to role",
    `grant tenantry_system to tenantry_app`,
    /tenantry_app is a member of tenantry_system/,
  ],
  ["one more role", `create role tenantry_report`, /tenantry_report is not declared/],
  [
    "default privileges",
    `alter default privileges for role tenantry_owner grant select on tables to tenantry_app`,
    /open future tables/,
  ],
  [
    "tables made by everybody",
    `grant create on schema public to public`,
    /everybody has CREATE on schema public/,
  ],
  [
    "a table of somebody else",
    `alter table job_step owner to tenantry_system`,
    /job_step is owned by tenantry_system/,
  ],
  [
    "a sequence that can be read",
    `grant select on sequence job_event_id_seq to tenantry_app`,
    /has SELECT on sequence/,
  ],
])("complains about %s", async (_what, sql, complaint) => {
  const complaints = await planted(sql, () => catalogueComplaints(superuser));
  expect(complaints.filter((sentence) => complaint.test(sentence))).not.toEqual([]);
});

describe("every table, verb and role against another tenant's rows, tried for real", () => {
  it("gives exactly the declared outcome", async () => {
    const tried = await planted("select 1", () => reach(superuser));
    expect(reachComplaints(tried)).toEqual([]);
    // A table that was not tried would be silent.
    expect(new Set(tried.map(({ table }) => table))).toEqual(new Set(Object.keys(TABLES)));
    expect(tried).toHaveLength(Object.keys(TABLES).length * 6 * 5);
  });

  it.each<[what: string, sql: string, complaint: RegExp]>([
    ["a switched-off table", `alter table contact disable row level security`, /contact: select as app in A/],
    ["a policy that lets through", `create policy p on job using (true)`, /job: select as app without scope/],
    [
      "a policy without a check",
      `drop policy tenant on company; create policy tenant on company to tenantry_app using (${isTenant}) with check (true)`,
      /company: insert as app in A is done/,
    ],
    [
      "a forgotten policy of the owner",
      `drop policy owner_maintenance on import`,
      /import: update as owner is nothing/,
    ],
    [
      "a trigger that is gone",
      `drop trigger append_only_truncate on audit_seal`,
      /audit_seal: truncate as owner is done/,
    ],
    [
      "one more grant",
      `grant truncate on usage_counter to tenantry_app`,
      /usage_counter: truncate as app in A is done/,
    ],
    [
      "a new table, unprotected",
      `${OWNED} create table ghost (id uuid primary key, org_id uuid not null); grant all on ghost to tenantry_app; reset role`,
      /ghost: select as app in A is done/,
    ],
  ])("sees %s", async (_what, sql, complaint) => {
    const complaints = await planted(sql, async () => reachComplaints(await reach(superuser)));
    expect(complaints.filter((sentence) => complaint.test(sentence))).not.toEqual([]);
  });
});
