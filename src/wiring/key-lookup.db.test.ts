// What knowing a key costs: one question to the database, by the key's public prefix, and none while it is held in memory.
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { testKey } from "~/testing/keys";
import { ask } from "~/testing/rest";
import { asOwner, testOrg } from "~/testing/tenants";

let superuser: pg.Client;
beforeAll(async () => {
  superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
  // Postgres counts calls of functions from here on, in connections that are opened after.
  const { rows } = await superuser.query<{ name: string }>("select current_database() as name");
  await superuser.query(`alter database ${rows[0]!.name} set track_functions = 'all'`);
});
afterAll(() => superuser.end());

/** How often keys were looked up so far; exact once the connections that asked are closed. */
const lookups = async () => {
  const { rows } = await superuser.query<{ calls: string }>(
    "select calls from pg_stat_user_functions where funcname = 'resolve_api_key'",
  );
  return Number(rows[0]?.calls ?? 0);
};

/** Connections of the app's role; what each counted is told when it ends. */
const askers = async () => {
  const { rows } = await superuser.query<{ open: number }>(
    "select count(*)::int as open from pg_stat_activity where datname = current_database() and usename = 'tenantry_app'",
  );
  return rows[0]!.open;
};

it("is found by its prefix with one query, and by none of the next fifty requests", async () => {
  const org = await testOrg();
  const { headers } = await testKey(org.owner);
  await expect.poll(() => databaseListener().isFresh()).toBe(true);
  for (let asked = 0; asked < 50; asked++)
    expect((await ask("GET", "/organization", { headers })).status).toBe(200);
  await closeClients();
  // The one that listens stays.
  await expect.poll(askers).toBe(1);
  expect(await lookups()).toBe(1);
});

it("is looked up by an index, however many keys there are", async () => {
  const { orgId } = await testOrg();
  const { key } = await testKey((await testOrg()).owner);
  await asOwner(
    `insert into api_key (id, org_id, created_by_id, name, prefix, last_four, secret_hash, scopes)
     select gen_random_uuid(), $1, created_by_id, 'One of many', 'many' || lpad(nth::text, 8, '0'), 'abcd', repeat('a', 64), scopes
     from generate_series(1, 5000) as nth, (select created_by_id, scopes from api_key limit 1) as first`,
    [orgId],
  );
  await asOwner("analyze api_key");
  await superuser.query("load 'auto_explain'");
  await superuser.query(`set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
    set auto_explain.log_level = notice; set client_min_messages = notice`);
  const plans: string[] = [];
  superuser.on("notice", ({ message }) => plans.push(message ?? ""));
  await superuser.query("set role tenantry_app");
  await superuser.query("select * from app.resolve_api_key($1)", [key.split("_")[2]!.slice(0, 12)]);
  await superuser.query("reset role");
  expect(plans.join("\n")).toMatch(/Index (?:Only )?Scan using \w*prefix\w* on api_key/);
  expect(plans.join("\n")).not.toMatch(/Seq Scan on api_key/);
});
