/**
 * States of pages that a mere visit does not show: empty, loading, refused, used up, open menus and dialogs. The
 * journey `every-state` asks axe about each, and `npm run screens` takes its picture.
 */
import { randomUUID } from "node:crypto";
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import pg from "pg";
import { awake } from "./awake";
import { confirmSessionsOf, letConfirmationRunOut, STAFF } from "./people";
import { openToPrograms, PROGRAM_STATES } from "./programs";
import { stack } from "./stack";
import { leaveUnsettled } from "./unsettled";
import { OWNER, READER } from "./visits";

export type Size = "wide" | "phone";
export interface State {
  name: string;
  as: string | null;
  /** `{empty}` and the like stand for the organizations below, `{company}` for a demo row. */
  to: string;
  /** What is done to reach it. */
  act?: (page: Page) => Promise<unknown>;
  /** There is no such state on the other size. */
  only?: Size;
}

const ORGS = ["empty", "importing", "suspended", "leaving", "busy", "spent", "unpaid", "programs"] as const;
/** Links of deletions: one that can be undone, one under way, one that is done. */
const LINKS = ["undo", "underway", "certificate"] as const;
type Links = Record<(typeof LINKS)[number] | "waiting", string>;
export type OrgsInStates = Record<(typeof ORGS)[number], string> & Links;

/** Whose exports are in every state there is, and whose deletion is requested. */
const EXPORTER = "exporter@states.test";
const LEAVER = "leaver@states.test";

/** Founds organizations in states that no demo organization is in, and says their slugs. `request` is the demo owner's. */
export async function foundOrgsInStates(request: APIRequestContext): Promise<OrgsInStates> {
  const { app, postgres } = stack.reached();
  const post = async (procedure: string, input: object, slug?: string) => {
    const response = await request.post(`${app}/api/trpc/${procedure}`, {
      data: { json: input },
      headers: { origin: app, ...(slug && { "x-tenantry-org": slug }) },
    });
    if (!response.ok()) throw new Error(`${procedure}: ${await response.text()}`);
  };
  const slugs = {} as OrgsInStates;
  for (const state of ORGS) {
    slugs[state] = `${state}-${randomUUID().slice(0, 6)}`;
    await post("tenancy.create", {
      name: `${state[0]!.toUpperCase()}${state.slice(1)} Goods`,
      slug: slugs[state],
    });
  }
  const owner = new pg.Client({ connectionString: postgres.owner });
  await owner.connect();
  await confirmSessionsOf(OWNER);
  await post("gdpr.eraseOrganization", { confirmation: "Leaving Goods" }, slugs.leaving);
  await owner.query("update organization set status = 'suspended' where slug = $1", [slugs.suspended]);
  await spend(owner, slugs.busy, 0.55);
  await spend(owner, slugs.spent, 1);
  await openToPrograms(owner, request, slugs.programs);
  await owner.query(
    `insert into subscription (id, org_id, stripe_subscription_id, status, plan, currency, monthly_amount, net_amount, period_start, period_end, past_due_since, started_at)
     select gen_random_uuid(), id, 'sub_' || slug, 'past_due', 'PRO', 'usd', 29, 29, now() - interval '3 days', now() + interval '27 days',
            now() - interval '3 days', now() - interval '33 days' from organization where slug = $1`,
    [slugs.unpaid],
  );
  await leaveErasures(owner);
  await leaveUnsettled();
  Object.assign(slugs, await askForOwnData(owner, slugs.busy));
  await owner.end();
  return slugs;
}

/** A deletion that left something and one that needs a new owner, of nobody there ever was; claimed, so that none is carried out. */
async function leaveErasures(owner: pg.Client): Promise<void> {
  const at = new Date().toISOString();
  for (const [state, subjectId] of [
    ["residue", "00000000-0000-7000-8000-0000000e5a5e"],
    ["blocked", "00000000-0000-7000-8000-0000000e5a5f"],
  ] as const) {
    const { rowCount } = await owner.query("select from erasure where subject_id = $1", [subjectId]);
    if (rowCount) continue;
    const id = randomUUID();
    const findings = ["note.body", "entitlement_override.reason"].map((where) => ({
      ...{ where, what: "address", count: 2, verdict: "left", why: "Nothing says why this is here." },
    }));
    const search = { tables: 61, columns: 412, objects: 37, isClean: false, findings };
    const certificate = {
      ...{ version: 1, erasureId: id, requestedAt: at, startedAt: at, completedAt: at, beyond: [] },
      parts: [{ kind: "person", subjectId, erased: [], kept: [], search }],
    };
    await owner.query(
      `insert into erasure (id, kind, subject_id, state, requested_by_id, requested_at, due_at, claimed_until, undo_digest,
         certificate_digest, sought, certificate, blocked_code)
       values ($1, 'person', $2, $3, $2, now() - interval '9 days', now() - interval '2 days', now() + interval '10 years', $4, $5,
         '{"ids": [], "addresses": [], "names": [], "mailTo": []}', $6, $7)`,
      [
        ...[id, subjectId, state, `${id} undo`, `${id} certificate`, JSON.stringify(certificate)],
        state === "blocked" ? "gdpr.hand_over_first" : null,
      ],
    );
    const steps = ["access", "objects", "log", "rows:note", "mail", "search:note", "certificate"];
    for (const [position, name] of state === "residue" ? steps.entries() : [])
      await owner.query(
        "insert into erasure_step (erasure_id, position, name, count, finished_at) values ($1, $2, $3, $4, now() - interval '1 day')",
        [id, position, name, position],
      );
  }
}

/** People who exported or are about to go, an organization that exported, and the links of three deletions. */
async function askForOwnData(owner: pg.Client, slug: string): Promise<Links> {
  for (const email of [EXPORTER, LEAVER])
    await owner.query(
      `insert into "user" (id, email, name) values (gen_random_uuid(), $1, split_part($1, '@', 1)) on conflict do nothing`,
      [email],
    );
  await owner.query(
    `insert into data_export (id, kind, subject_id, requested_by_id, state, rows_written, size_bytes, requested_at, finished_at, expires_at, claimed_until)
     select gen_random_uuid(), of.kind, of.subject, of.by, state, rows, bytes, now() - age, now() - age, now() - age + interval '7 days', now() + interval '1 hour'
     from (values ('running', 1204, 0, interval '1 minute'), ('finished', 48210, 73400320, interval '3 hours'),
       ('failed', 0, 0, interval '2 days'), ('expired', 913, 65536, interval '20 days')) as s(state, rows, bytes, age),
       (select 'person' as kind, u.id as subject, u.id as by from "user" u where u.email = $1
        union all select 'organization', o.id, m.user_id from organization o join membership m on m.org_id = o.id where o.slug = $2) of
     where not exists (select from data_export d where d.subject_id = of.subject)`,
    [EXPORTER, slug],
  );
  const links = {} as Links;
  for (const link of LINKS) {
    links[link] = `${link}-${randomUUID()}`;
    const of = { undo: "requested", underway: "running", certificate: "completed" }[link];
    const { rows } = await owner.query<{ id: string }>(
      `insert into erasure (id, kind, subject_id, state, requested_by_id, requested_at, due_at, started_at, completed_at, claimed_until, certificate, undo_digest, certificate_digest)
       select gen_random_uuid(), case when $1 = 'requested' then 'person' else 'organization' end, subject, $1, subject, now(), now() + interval '7 days',
         case when $1 <> 'requested' then now() end, case when $1 = 'completed' then now() end, now() + interval '1 day',
         case when $1 = 'completed' then $3::jsonb end, encode(sha256(convert_to('undo ' || $2, 'UTF8')), 'hex'), encode(sha256(convert_to($2, 'UTF8')), 'hex')
       from (select case when $1 = 'requested' then (select u.id from "user" u where u.email = $4) else gen_random_uuid() end as subject) s
       on conflict (subject_id) where state not in ('undone', 'completed')
         do update set certificate_digest = excluded.certificate_digest returning id`,
      [of, links[link], JSON.stringify(CERTIFICATE), LEAVER],
    );
    const { id } = rows[0]!;
    if (link === "undo") {
      links.waiting = links.undo;
      await owner.query(
        "update erasure set undo_digest = encode(sha256(convert_to($2, 'UTF8')), 'hex') where id = $1",
        [id, links[link]],
      );
    }
    if (link === "underway")
      await owner.query(
        `insert into erasure_step (erasure_id, position, name, count, finished_at)
         select $1, nth, name, nth * 3, case when nth < 5 then now() end
         from unnest(array['billing', 'access', 'objects', 'rows:company', 'rows:contact', 'mail', 'search:company', 'search-objects', 'certificate']) with ordinality as t(name, nth)`,
        [id],
      );
  }
  return links;
}

const CERTIFICATE = {
  version: 1,
  erasureId: "0190a5c0-0000-7000-8000-00000000000a",
  requestedAt: "2026-03-02T09:30:00.000Z",
  startedAt: "2026-03-09T09:30:04.000Z",
  completedAt: "2026-03-09T09:31:40.000Z",
  parts: [
    {
      kind: "organization",
      subjectId: "0190a5c0-0000-7000-8000-00000000000b",
      erased: [
        { what: "files", how: "removed", count: 1204 },
        { what: "company", how: "removed", count: 48210 },
        { what: "invoice", how: "emptied", count: 14 },
        { what: "webhook_delivery", how: "removed", count: 9031 },
      ],
      kept: [
        {
          what: "invoice",
          why: "accounts must be kept; the lines name products and numbers",
          until:
            "until ten years after the end of the year it was made in, as commercial and tax law want it",
        },
        {
          what: "organization_slug",
          why: "a digest of each address it had, so that nobody ever takes its name over",
          until: "for ever",
        },
      ],
      search: {
        tables: 71,
        columns: 512,
        objects: 20480,
        isClean: true,
        findings: [
          {
            where: "company.notes",
            what: "name",
            count: 2,
            verdict: "others",
            why: "Records that organizations keep about others. Each answers for its own.",
          },
        ],
      },
    },
  ],
  beyond: [
    {
      what: "Backups",
      words:
        "Encrypted backups hold the state of earlier days, and are overwritten after 35 days at the latest.",
    },
    { what: "Logs and traces", words: "Hold ids, never a name, an address or a mail address." },
  ],
};

/** The address of a state, with the slugs of today's organizations. */
export const inOrgs = (to: string, slugs: OrgsInStates): string =>
  to.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    name in slugs ? slugs[name as keyof OrgsInStates] : placeholder,
  );

/** Twenty days of usage, up to so large a share of a limit of 500 jobs. */
async function spend(owner: pg.Client, slug: string, share: number): Promise<void> {
  const { rows } = await owner.query<{ id: string }>("select id from organization where slug = $1", [slug]);
  const orgId = rows[0]!.id;
  await owner.query(
    "update organization_plan set period_anchor = date_trunc('minute', now()) - interval '20 days' where org_id = $1",
    [orgId],
  );
  await owner.query(
    `insert into entitlement_override (id, org_id, feature, "limit", reason) values (gen_random_uuid(), $1, 'jobs', 500, 'states')`,
    [orgId],
  );
  const day = Array.from({ length: 20 }, (_, at) => 1 + ((at * 7) % 11) + (at % 7 < 5 ? 6 : 0));
  const whole = day.reduce((sum, one) => sum + one, 0);
  const kinds = [
    ["jobs", 500 * share],
    ["ai_tokens", 40_000 * share],
    ["tts_seconds", 9_000 * share],
    ["images", 120 * share],
    ["emails", 800 * share],
  ] as const;
  for (const [meter, units] of kinds) {
    const total = Math.round(units);
    const entries = day.map((one) => Math.round((total * one) / whole));
    entries[0]! += total - entries.reduce((sum, one) => sum + one, 0);
    await owner.query(
      `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, source_type, source_id)
       select gen_random_uuid(), $1, $2, quantity, 'states:' || nth, p.period_anchor, p.period_anchor + interval '1 month',
              p.period_anchor + (nth - 0.5) * interval '1 day', case when $2 = 'emails' then 'mail' else 'job' end, gen_random_uuid()
       from unnest($3::bigint[]) with ordinality as t(quantity, nth), organization_plan p
       where p.org_id = $1 and quantity > 0`,
      [orgId, meter, entries],
    );
    await owner.query(
      `insert into usage_counter (org_id, meter, period_start, period_end, used)
       select $1, $2, period_anchor, period_anchor + interval '1 month', $3 from organization_plan where org_id = $1`,
      [orgId, meter, total],
    );
  }
}

const CSV = `Company name,Website,City,Country\n${Array.from({ length: 40 }, (_, at) => `Company ${at},${at % 9 ? `c${at}.example` : "not a domain"},Kuwait,KW`).join("\n")}\n`;
const uploaded = async (page: Page) => {
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "companies.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
  await page.getByRole("button", { name: "Start import" }).waitFor({ timeout: 60_000 });
};
const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const failing = async (page: Page) => {
  await page.route("**/api/trpc/**", (route) => route.abort());
  await page.getByRole("searchbox").first().fill("anything");
  await page.getByRole("button", { name: "Try again" }).first().waitFor({ timeout: 30_000 });
};
const loading = (link: string) => async (page: Page) => {
  await page.route("**/*_rsc=*", async (route) => {
    if (route.request().headers()["next-router-prefetch"]) return route.continue();
    await new Promise(() => undefined);
  });
  const entry = page.getByRole("link", { name: link, exact: true }).first();
  if (!(await entry.isVisible())) await page.getByRole("button", { name: "Menu" }).click();
  await entry.click();
  await page.waitForTimeout(700);
};
const imported = async (page: Page) => {
  await uploaded(page);
  await press("Start import")(page);
  await page.getByText("Rows that were refused").waitFor({ timeout: 60_000 });
};
const dialogIsThere = (page: Page) => page.getByRole("dialog").waitFor({ timeout: 30_000 });
/** What is pressed is heard once the page is awake. */
const until = async (press: () => Promise<unknown>, opened: Locator) => {
  for (let tries = 0; tries < 20; tries++) {
    await press();
    const isThere = await opened.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error("What was pressed opened nothing");
};
const pressKey = (key: string, opens: (page: Page) => Locator) => (page: Page) =>
  until(() => page.keyboard.press(key), opens(page));
const pressUntil = (name: string, opens: (page: Page) => Locator) => (page: Page) =>
  until(() => press(name)(page), opens(page));
const askForDeletion = async (page: Page) => {
  await (await awake(page.getByRole("button", { name: "Delete my account" }))).click();
  await dialogIsThere(page);
};
const palette = pressKey("Control+K", (page) => page.getByRole("combobox"));
const chooseTwo = async (page: Page) => {
  const boxes = page.getByRole("row").getByRole("checkbox");
  await boxes.nth(1).click();
  await boxes.nth(2).click();
};

const EMPTY = [
  "",
  "/companies",
  "/contacts",
  "/imports",
  "/jobs",
  "/members",
  "/members/invitations",
  "/notifications",
  "/tags",
  "/companies/duplicates",
];

export const STATES: readonly State[] = [
  ...EMPTY.map((below) => ({ name: `empty ${below || "/"}`, as: OWNER, to: `/o/{empty}${below}` })),
  ...["", "/companies", "/settings"].map((below) => ({
    name: `suspended ${below || "/"}`,
    as: OWNER,
    to: `/o/{suspended}${below}`,
  })),
  { name: "usage with days", as: OWNER, to: "/o/{busy}/usage" },
  { name: "usage used up", as: OWNER, to: "/o/{spent}/usage" },
  { name: "usage used up, elsewhere", as: OWNER, to: "/o/{spent}" },
  { name: "usage statement", as: OWNER, to: "/o/{busy}/usage/jobs" },
  { name: "deletion requested", as: OWNER, to: "/o/{leaving}/settings" },
  { name: "own data, exports of an organization", as: OWNER, to: "/o/{busy}/settings" },
  { name: "own data, exports of a person", as: EXPORTER, to: "/account/data" },
  { name: "own data, deletion requested", as: LEAVER, to: "/account/data" },
  {
    name: "own data, deletion asked for",
    as: EXPORTER,
    to: "/account/data",
    act: askForDeletion,
  },
  {
    name: "own data, to be confirmed first",
    as: EXPORTER,
    to: "/account/data",
    act: async (page) => {
      await letConfirmationRunOut(EXPORTER);
      await askForDeletion(page);
      await page.getByRole("dialog").getByRole("textbox").fill(EXPORTER);
      await press("Request deletion")(page);
      await page.getByRole("link", { name: "Confirm it is you" }).waitFor();
    },
  },
  { name: "own data, undo", as: null, to: "/erasure/undo/{undo}" },
  { name: "own data, not yet deleted", as: null, to: "/erasure/certificate/{waiting}" },
  { name: "own data, deletion under way", as: null, to: "/erasure/certificate/{underway}" },
  { name: "own data, certificate", as: null, to: "/erasure/certificate/{certificate}" },
  ...["/companies", "/contacts", "/members", "/imports", "/jobs"].map((below) => ({
    name: `no result ${below}`,
    as: OWNER,
    to: `/o/acme${below}?search=nothing-is-called-so`,
  })),
  { name: "no result of filters", as: OWNER, to: "/o/acme/companies?search=zz&country=KW" },
  { name: "list failing", as: OWNER, to: "/o/acme/companies", act: failing },
  ...["Companies", "Jobs", "Members", "Settings", "Imports"].map((link) => ({
    name: `loading ${link}`,
    as: OWNER,
    to: "/o/acme",
    act: loading(link),
  })),
  {
    name: "peek",
    as: OWNER,
    to: "/o/acme/companies",
    act: async (page) => {
      await page.locator("[data-row] a").nth(2).click();
      await page.locator("#peek-panel").waitFor();
    },
  },
  { name: "rows chosen", as: OWNER, to: "/o/acme/companies", act: chooseTwo },
  { name: "columns", as: OWNER, to: "/o/acme/companies", act: press(/columns/i) },
  { name: "views", as: OWNER, to: "/o/acme/companies", act: press(/All companies/) },
  { name: "palette", as: OWNER, to: "/o/acme", act: palette },
  {
    name: "palette found",
    as: OWNER,
    to: "/o/acme",
    act: async (page) => {
      await palette(page);
      await page.getByRole("combobox").fill("har");
      await page.getByRole("option").nth(2).waitFor();
    },
  },
  {
    name: "keys",
    as: OWNER,
    to: "/o/acme",
    act: pressKey("?", (page) => page.getByRole("dialog")),
    only: "wide",
  },
  { name: "bell", as: OWNER, to: "/o/acme", act: press(/^Notifications/) },
  {
    name: "menu of organizations",
    as: OWNER,
    to: "/o/acme",
    act: press(/Switch organization/),
    only: "wide",
  },
  { name: "menu of the person", as: OWNER, to: "/o/acme", act: press(/Account/), only: "wide" },
  {
    name: "drawer",
    as: OWNER,
    to: "/o/acme",
    act: pressUntil("Menu", (page) => page.getByRole("dialog")),
    only: "phone",
  },
  { name: "invite", as: OWNER, to: "/o/acme/members", act: press(/Invite people/) },
  {
    name: "invite refused",
    as: OWNER,
    to: "/o/acme/members",
    act: async (page) => {
      await press(/Invite people/)(page);
      await page.getByLabel("Mail addresses").fill("not an address");
      await press("Send invitations")(page);
    },
  },
  {
    name: "form refused",
    as: OWNER,
    to: "/o/acme/companies/new",
    act: async (page) => {
      await page
        .getByRole("button", { name: /^(Add|Create|Save)/ })
        .last()
        .click();
    },
  },
  { name: "import read", as: OWNER, to: "/o/{importing}/imports/new", act: uploaded },
  { name: "import done", as: OWNER, to: "/o/{importing}/imports/new", act: imported },
  {
    name: "job",
    as: OWNER,
    to: "/o/{importing}/imports/new",
    act: async (page) => {
      await imported(page);
      await page.goto(new URL(page.url()).pathname.replace(/imports.*/, "jobs"));
      await page.locator("[data-row] a").first().click();
      await page.getByText("Attempts").first().waitFor();
    },
  },
  { name: "danger", as: OWNER, to: "/o/acme/settings", act: press(/delet/i) },
  { name: "add company", as: OWNER, to: "/o/acme/companies?new=true", act: dialogIsThere },
  { name: "add contact", as: OWNER, to: "/o/acme/contacts?new=true", act: dialogIsThere },
  {
    name: "add contact refused",
    as: OWNER,
    to: "/o/acme/contacts?new=true",
    act: (page) => page.getByRole("dialog").getByRole("button", { name: "Add contact" }).click(),
  },
  { name: "new tag", as: OWNER, to: "/o/acme/tags", act: press("New tag") },
  {
    name: "more than the plan gives",
    as: OWNER,
    to: "/o/{spent}/imports/new",
    act: async (page) => {
      await uploaded(page);
      await press("Start import")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "payment failed", as: OWNER, to: "/o/{unpaid}" },
  { name: "payment failed, billing", as: OWNER, to: "/o/{unpaid}/billing" },
  { name: "trial, billing", as: OWNER, to: "/o/{busy}/billing" },
  { name: "reader at a company", as: READER, to: "/o/acme/companies/{company}" },
  { name: "not there", as: OWNER, to: "/o/acme/companies/0190a5c0-0000-7000-8000-000000000000" },
  { name: "no such page", as: null, to: "/nothing-is-here" },
  { name: "landing, signed in", as: OWNER, to: "/" },
  ...PROGRAM_STATES,
  { name: "console suspend", as: STAFF, to: "/admin/organizations/{organization}", act: press("Suspend") },
  {
    name: "console reason refused",
    as: STAFF,
    to: "/admin/organizations/{organization}",
    act: async (page) => {
      await pressUntil("Change plan", (page) => page.getByRole("dialog"))(page);
      await page.getByRole("dialog").getByRole("button", { name: "Change plan" }).click();
      await page.getByText(/^Say why/).waitFor();
    },
  },
  {
    name: "console open as",
    as: STAFF,
    to: "/admin/organizations/{organization}",
    act: async (page) => {
      await until(() => press(/^Open as/)(page), page.getByRole("dialog"));
      await page.getByRole("checkbox", { name: /Let me change things/ }).click();
    },
  },
  {
    name: "console why a feature",
    as: STAFF,
    to: "/admin/features",
    act: (page) => until(() => press(/^(?:On|Off)/)(page), page.getByText(/^Why|Switch o/).first()),
  },
  {
    name: "console person",
    as: STAFF,
    to: "/admin/people",
    act: async (page) => {
      await page.locator("[data-row] a").first().click();
      await page.locator("#peek-panel").getByText("Signed in now").waitFor();
    },
  },
  { name: "console revenue, with what is not settled", as: STAFF, to: "/admin/revenue" },
  {
    name: "console event that failed",
    as: STAFF,
    to: "/admin/revenue",
    act: async (page) => {
      const failed = page.getByRole("option", { name: "Failed", exact: true });
      await until(() => page.getByRole("combobox", { name: "State" }).click(), failed);
      await failed.click();
      // Those that were replayed, and what came since, stood in the list before.
      const row = page.getByRole("row").filter({ hasText: "charge." }).filter({ hasText: "Failed" }).first();
      await until(
        () => row.getByRole("button", { name: /^Open/ }).click(),
        page.getByRole("dialog").getByText("The last try failed"),
      );
    },
  },
  { name: "console no person", as: STAFF, to: "/admin/people?search=nothing-is-called-so" },
  { name: "console people failing", as: STAFF, to: "/admin/people", act: failing },
  { name: "console no job", as: STAFF, to: "/admin/jobs?status=CANCELLED&namespace=studio" },
  { name: "console log searched", as: STAFF, to: "/admin/audit?search=signed" },
  { name: "console log, nothing found", as: STAFF, to: "/admin/audit?search=nothing-is-called-so" },
  { name: "console no feature row", as: STAFF, to: "/admin/features?search=nothing-is-called-so" },
  {
    name: "console deletion",
    as: STAFF,
    to: "/admin/erasures?state=residue",
    act: async (page) => {
      await page.locator("[data-row] a").first().click();
      await page.locator("#peek-panel").getByText("note.body").waitFor();
    },
  },
  {
    name: "console deletion blocked",
    as: STAFF,
    to: "/admin/erasures?state=blocked",
    act: async (page) => {
      await page.locator("[data-row] a").first().click();
      await page.locator("#peek-panel").getByText("End of the seven days").waitFor();
    },
  },
  { name: "console no deletion", as: STAFF, to: "/admin/erasures?state=undone" },
];
