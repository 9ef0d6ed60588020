/** An organization whose programs have been at work: keys in every state, devices, webhooks with a log. And the pages that show it. */
import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import type pg from "pg";
import { stack } from "./stack";
import { OWNER } from "./visits";
import type { State } from "./states";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TRIES = { succeeded: 1, pending: 4, failed: 10 };

/** Fills the organization of this slug. `request` is its owner's. */
export async function openToPrograms(
  owner: pg.Client,
  request: APIRequestContext,
  slug: string,
): Promise<void> {
  const { app } = stack.reached();
  const post = async <T>(procedure: string, input: object, dates: string[] = []): Promise<T> => {
    const meta = dates.length > 0 && {
      meta: { values: Object.fromEntries(dates.map((at) => [at, ["Date"]])) },
    };
    const response = await request.post(`${app}/api/trpc/${procedure}`, {
      data: { json: input, ...meta },
      headers: { origin: app, "x-tenantry-org": slug },
    });
    if (!response.ok()) throw new Error(`${procedure}: ${await response.text()}`);
    return ((await response.json()) as { result: { data: { json: T } } }).result.data.json;
  };
  const key = (name: string, scopes: string[], expiresAt: string | null = null) =>
    post<{ id: string; key: string }>(
      "apiKeys.create",
      { name, scopes, expiresAt },
      expiresAt === null ? [] : ["expiresAt"],
    );
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

  const sync = await key("Warehouse sync", ["crm:read", "crm:write", "jobs:read"], inDays(90));
  const report = await key("Nightly report", ["usage:read"]);
  await post("apiKeys.rotate", { id: report.id, overlap: "week" });
  const form = await key("Website form", ["crm:write"]);
  await post("apiKeys.revoke", { id: form.id });
  const trial = await key("Trial of the import", ["crm:write"], inDays(2));
  await owner.query("update api_key set expires_at = now() - interval '1 day' where id = $1", [trial.id]);

  // Two programs exchanged the key; of one a refresh token came back that was used before.
  for (const userAgent of ["warehouse-sync/2.4", "warehouse-sync/2.3"]) {
    const exchanged = await request.post(`${app}/api/v1/token`, {
      form: { grant_type: "client_credentials" },
      headers: { authorization: `Bearer ${sync.key}`, "user-agent": userAgent },
    });
    if (!exchanged.ok()) throw new Error(`token: ${await exchanged.text()}`);
  }
  await owner.query(
    `update session set revoked_at = now() - interval '5 minutes', revoked_reason = 'refresh_reused'
     where user_agent = 'warehouse-sync/2.3' and api_key_id = $1`,
    [sync.id],
  );

  const hook = async (description: string, url: string) =>
    (
      await post<{ endpoint: { id: string } }>("webhooks.create", {
        ...{ url, description, allEvents: false, eventTypes: ["import.discarded"] },
      })
    ).endpoint.id;
  const warehouse = await hook("Warehouse", "https://hooks.example.com/warehouse");
  const shop = await hook("Shop", "https://shop.example.com/tenantry/events");
  await owner.query(
    `update webhook_endpoint set status = 'disabled', disabled_reason = 'failing', failing_since = now() - interval '3 days' where id = $1`,
    [shop],
  );
  for (const [endpoint, ends] of [
    [warehouse, ["succeeded", "succeeded", "failed", "pending", "succeeded"]],
    [shop, ["failed", "failed", "failed"]],
  ] as const)
    for (const [nth, end] of ends.entries()) {
      const { rows } = await owner.query<{ id: string }>(
        `insert into webhook_event (id, org_id, type, body, created_at, fanned_out_at)
         select gen_random_uuid(), id, 'company.created', $2, now() - $3 * interval '3 hours', now() from organization where slug = $1
         returning id`,
        [
          slug,
          JSON.stringify({
            type: "company.created",
            timestamp: new Date().toISOString(),
            data: {
              target: { type: "company", id: "0190a5c0-0000-7000-8000-000000000001" },
              record: { name: "Kestrel Freight" },
            },
          }),
          nth,
        ],
      );
      const made = await owner.query<{ id: string }>(
        `insert into webhook_delivery (id, org_id, endpoint_id, event_id, event_type, status, attempts, next_attempt_at, last_status_code, last_fault, created_at, finished_at)
         select $7, id, $2, $3, 'company.created', $4, $5, case when $4 = 'pending' then now() + interval '5 hours' end,
                case $4 when 'succeeded' then 204 when 'failed' then 500 end, case $4 when 'pending' then 'timeout' end,
                now() - $6 * interval '3 hours', case when $4 <> 'pending' then now() - $6 * interval '3 hours' end
         from organization where slug = $1 returning id`,
        [...[slug, endpoint, rows[0]!.id, end, TRIES[end], nth], idAt(Date.now() - nth * 3 * HOUR_MS)],
      );
      await owner.query(
        `insert into webhook_attempt (id, org_id, delivery_id, number, started_at, status_code, duration_ms, fault)
         select gen_random_uuid(), o.id, $2, 1, now() - interval '2 hours', case $3 when 'succeeded' then 204 when 'failed' then 500 end, 180, case $3 when 'pending' then 'timeout' end
         from organization o where o.slug = $1`,
        [slug, made.rows[0]!.id, end],
      );
    }
}

/** A uuid v7 of that moment: lists are in the order of ids. */
const idAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
};

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const opened = async (page: Page, name: string) => {
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("heading", { name, level: 1 }).waitFor({ timeout: 60_000 });
};
const dialogIsThere = (page: Page) => page.getByRole("dialog").waitFor({ timeout: 30_000 });
const asked = async (page: Page, status: RegExp) => {
  await page.locator("summary", { hasText: "Try it" }).first().click();
  await press(page, /^Send GET/);
  await page.getByText(status).first().waitFor({ timeout: 30_000 });
};

export const PROGRAM_STATES: readonly State[] = [
  { name: "empty /settings/api-keys", as: OWNER, to: "/o/{empty}/settings/api-keys" },
  { name: "empty /settings/webhooks", as: OWNER, to: "/o/{empty}/settings/webhooks" },
  { name: "keys of every end", as: OWNER, to: "/o/{programs}/settings/api-keys" },
  {
    name: "key, to be made",
    as: OWNER,
    to: "/o/{programs}/settings/api-keys",
    act: async (page) => {
      await press(page, "Create key");
      await dialogIsThere(page);
    },
  },
  {
    name: "key, made without a name",
    as: OWNER,
    to: "/o/{programs}/settings/api-keys",
    act: async (page) => {
      await press(page, "Create key");
      await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
    },
  },
  {
    name: "key, shown once",
    as: OWNER,
    to: "/o/{empty}/settings/api-keys",
    act: async (page) => {
      await press(page, "Create key");
      const form = page.getByRole("dialog");
      await form.getByLabel("Name", { exact: true }).fill("Warehouse sync");
      await form.getByRole("button", { name: "Read everything" }).click();
      await form.getByRole("button", { name: "Create key" }).click();
      await page.getByLabel("The new key").waitFor({ timeout: 30_000 });
    },
  },
  {
    name: "key, to be rotated",
    as: OWNER,
    to: "/o/{programs}/settings/api-keys",
    act: async (page) => {
      await press(page, "Rotate Warehouse sync");
      await dialogIsThere(page);
    },
  },
  { name: "devices with a token used twice", as: OWNER, to: "/account/devices" },
  { name: "webhooks", as: OWNER, to: "/o/{programs}/settings/webhooks" },
  {
    name: "webhook with a log",
    as: OWNER,
    to: "/o/{programs}/settings/webhooks",
    act: (page) => opened(page, "Warehouse"),
  },
  {
    name: "webhook, switched off",
    as: OWNER,
    to: "/o/{programs}/settings/webhooks",
    act: (page) => opened(page, "Shop"),
  },
  {
    name: "delivery that failed",
    as: OWNER,
    to: "/o/{programs}/settings/webhooks",
    act: async (page) => {
      await opened(page, "Warehouse");
      await page.locator("[data-row] a").nth(2).click();
      await page.getByRole("dialog").waitFor({ timeout: 30_000 });
    },
  },
  {
    name: "audit entry",
    as: OWNER,
    to: "/o/{programs}/settings/audit",
    act: async (page) => {
      await page.locator("[data-row] a").nth(1).click();
      await page.locator("#peek-panel").waitFor({ timeout: 30_000 });
    },
  },
  { name: "API reference, answered", as: OWNER, to: "/docs/api/tags", act: (page) => asked(page, /^200/) },
  {
    name: "API reference, without a key",
    as: null,
    to: "/docs/api/tags",
    act: async (page) => {
      await page.locator("summary", { hasText: "Try it" }).first().click();
      await press(page, /^Send GET/);
    },
  },
];
