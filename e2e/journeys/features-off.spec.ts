// Every page of an organization under all features off, and under each one alone off: it is there as before, and what leads
// on from it leads somewhere.
import { randomUUID } from "node:crypto";
import { expect, request, test, type APIRequestContext } from "@playwright/test";
import pg from "pg";
import { FEATURE_NAMES } from "../../src/kernel/features";
import { stack } from "../pages/stack";
import { OWNER, VISITS } from "../pages/visits";

const app = () => new URL(stack.reached().app).origin;
const slug = `switched-${randomUUID().slice(0, 8)}`;
let owner: pg.Client;
let browser: APIRequestContext;
let orgId: string;
const ids: Record<string, string> = {};

async function call<T>(procedure: string, input: object, org?: string): Promise<T> {
  const answer = await browser.post(`/api/trpc/${procedure}`, {
    data: { json: input },
    headers: { origin: app(), ...(org && { "x-tenantry-org": org }) },
  });
  expect(answer.ok(), `${procedure}: ${await answer.text()}`).toBe(true);
  return ((await answer.json()) as { result: { data: { json: T } } }).result.data.json;
}

test.beforeAll(async () => {
  browser = await request.newContext({ baseURL: app(), maxRedirects: 0 });
  await browser.post("/api/dev-login", { data: { email: OWNER }, headers: { origin: app() } });
  await call("tenancy.create", { name: "Switched Goods", slug });
  for (const name of ["company", "other-company"])
    ids[name] = (await call<{ id: string }>("crm.companies.create", { name: `Record of ${name}` }, slug)).id;
  for (const name of ["contact", "other-contact"])
    ids[name] = (
      await call<{ id: string }>("crm.contacts.create", { firstName: name, lastName: "Person" }, slug)
    ).id;
  owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  orgId = (await owner.query<{ id: string }>("select id from organization where slug = $1", [slug])).rows[0]!
    .id;
});
test.afterAll(async () => {
  await owner.end();
  await browser.dispose();
});

/** Sets features for the organization alone: other tests go on with theirs. */
async function switchOff(off: readonly string[]): Promise<void> {
  await owner.query(
    "update organization_features set ended_at = now() where org_id = $1 and ended_at is null",
    [orgId],
  );
  await owner.query(
    `insert into organization_features (id, org_id, feature_name, enabled, reason)
     select gen_random_uuid(), $1, name, not (name = any($3)), 'walked through by a test' from unnest($2::text[]) name`,
    [orgId, FEATURE_NAMES, off],
  );
  await expect
    .poll(async () => {
      const rows = await browser.get(`/api/trpc/features.states`, { headers: { "x-tenantry-org": slug } });
      const { result } = (await rows.json()) as { result: { data: { json: Record<string, boolean> } } };
      return FEATURE_NAMES.filter((name) => !result.data.json[name]).sort();
    })
    .toEqual([...off].sort());
}

/** The owner's pages of acme, in this organization. */
const pages = Object.values(VISITS)
  .flat()
  .filter(({ as, to }) => as === OWNER && to.startsWith("/o/acme"))
  .map(({ to }) => to.replace("/o/acme", `/o/${slug}`));
const addressOf = (to: string) => to.replace(/\{([\w-]+)\}/g, (_all, name: string) => ids[name]!);

/** Status of each page, and where its links lead within the organization. */
async function walk(): Promise<{ statuses: Record<string, number>; links: Set<string> }> {
  const statuses: Record<string, number> = {};
  const links = new Set<string>();
  for (const to of pages) {
    const answer = await browser.get(addressOf(to));
    statuses[to] = answer.status();
    for (const [, href] of (await answer.text()).matchAll(/\shref="(\/o\/[^"#?]+)/g)) links.add(href!);
  }
  return { statuses, links };
}

test("every page answers as before under all features off, and each one alone off, and no link of one is dead", async () => {
  test.setTimeout(900_000);
  await switchOff([]);
  const usual = await walk();
  expect(Object.keys(usual.statuses).length).toBeGreaterThan(30);
  expect(Object.values(usual.statuses)).not.toContain(500);
  for (const off of [FEATURE_NAMES, ...FEATURE_NAMES.map((name) => [name])]) {
    await switchOff(off);
    const now = await walk();
    expect(now.statuses, `without ${off.join(", ")}`).toEqual(usual.statuses);
    for (const href of now.links) {
      const { [href]: known } = usual.statuses;
      const status = known ?? (await browser.get(href)).status();
      expect(status, `${href}, without ${off.join(", ")}`).toBeLessThan(400);
    }
  }
});
