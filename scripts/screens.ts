/**
 * `npm run screens <folder> [words …]`: takes every page of VISITS and the states below, wide and on a phone, light and
 * dark, from the running copy (`npm run preview` or `npm run dev`, with its demo data), and puts them on contact sheets
 * to be looked at one by one. With words, only those whose name has one of them.
 */
import { randomUUID } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import pg from "pg";
import sharp from "sharp";
import { stack } from "../e2e/pages/stack";
import { addressOf, OWNER, READER, VISITS } from "../e2e/pages/visits";
import { CHROMIUM_ARGS, obtainChromium } from "./checks/chromium";

const [folder, ...words] = process.argv.slice(2);
if (!folder) {
  console.error("Say where to put them: npm run screens /tmp/screens");
  process.exit(1);
}
const { app } = stack.reached();

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
type Size = keyof typeof SIZES;
const SCHEMES = ["light", "dark"] as const;
/** At once: a browser and the server share the machine. */
const PAGES_AT_ONCE = 2;
/** Fonts, pictures and what is asked for after the page woke up. The live stream stays open, so nothing is ever idle. */
const SETTLE_MS = 900;

interface Screen {
  name: string;
  as: string | null;
  to: string;
  /** What is done before the picture. */
  act?: (page: Page) => Promise<unknown>;
  only?: Size;
}

/** Organizations that are in a state no demo organization is in, founded for the pictures. */
async function orgsInStates() {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  const browser = await launched();
  const context = await browser.newContext({ baseURL: app });
  await signIn(context.request, OWNER);
  const found = async (name: string) => {
    const slug = `${name}-${randomUUID().slice(0, 6)}`;
    const response = await context.request.post("/api/trpc/tenancy.create", {
      data: { json: { name: `${name[0]!.toUpperCase()}${name.slice(1)} Goods`, slug } },
      headers: { origin: app },
    });
    if (!response.ok()) throw new Error(await response.text());
    return slug;
  };
  const slugs = {
    empty: await found("empty"),
    suspended: await found("suspended"),
    leaving: await found("leaving"),
    busy: await found("busy"),
    spent: await found("spent"),
  };
  await owner.query("update organization set status = 'suspended' where slug = $1", [slugs.suspended]);
  await context.request.post("/api/trpc/tenancy.requestDeletion", {
    data: { json: { confirmation: "Leaving Goods" } },
    headers: { origin: app, "x-tenantry-org": slugs.leaving },
  });
  await spend(owner, slugs.busy, 0.55);
  await spend(owner, slugs.spent, 1);
  await browser.close();
  await owner.end();
  return slugs;
}

/** Twenty days of usage, up to so large a share of a limit of 500 jobs. */
async function spend(owner: pg.Client, slug: string, share: number): Promise<void> {
  const { rows } = await owner.query<{ id: string }>("select id from organization where slug = $1", [slug]);
  const orgId = rows[0]!.id;
  await owner.query(
    "update organization_plan set period_anchor = date_trunc('minute', now()) - interval '20 days' where org_id = $1",
    [orgId],
  );
  await owner.query(
    `insert into entitlement_override (id, org_id, feature, "limit", reason) values (gen_random_uuid(), $1, 'jobs', 500, 'pictures')`,
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
       select gen_random_uuid(), $1, $2, quantity, 'pictures:' || nth, p.period_anchor, p.period_anchor + interval '1 month',
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
const chooseTwo = async (page: Page) => {
  const boxes = page.getByRole("row").getByRole("checkbox");
  await boxes.nth(1).click();
  await boxes.nth(2).click();
};

async function states(): Promise<Screen[]> {
  const { empty, suspended, leaving, busy, spent } = await orgsInStates();
  const pages = [
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
  const at = (slug: string, below: string) => `/o/${slug}${below}`;
  return [
    ...pages.map((below) => ({ name: `empty ${below || "/"}`, as: OWNER, to: at(empty, below) })),
    ...["", "/companies", "/settings"].map((below) => ({
      name: `suspended ${below || "/"}`,
      as: OWNER,
      to: at(suspended, below),
    })),
    { name: "usage with days", as: OWNER, to: at(busy, "/usage") },
    { name: "usage used up", as: OWNER, to: at(spent, "/usage") },
    { name: "usage used up, elsewhere", as: OWNER, to: at(spent, "") },
    { name: "usage statement", as: OWNER, to: at(busy, "/usage/jobs") },
    { name: "deletion requested", as: OWNER, to: at(leaving, "/settings") },
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
    { name: "palette", as: OWNER, to: "/o/acme", act: (page) => page.keyboard.press("Control+K") },
    {
      name: "palette found",
      as: OWNER,
      to: "/o/acme",
      act: async (page) => {
        await page.keyboard.press("Control+K");
        await page.getByRole("combobox").fill("har");
        await page.getByRole("option").nth(2).waitFor();
      },
    },
    { name: "keys", as: OWNER, to: "/o/acme", act: (page) => page.keyboard.press("?"), only: "wide" },
    { name: "bell", as: OWNER, to: "/o/acme", act: press(/^Notifications/) },
    {
      name: "menu of organizations",
      as: OWNER,
      to: "/o/acme",
      act: press(/Switch organization/),
      only: "wide",
    },
    { name: "menu of the person", as: OWNER, to: "/o/acme", act: press(/Account/), only: "wide" },
    { name: "drawer", as: OWNER, to: "/o/acme", act: press("Menu"), only: "phone" },
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
    { name: "import read", as: OWNER, to: at(empty, "/imports/new"), act: uploaded },
    {
      name: "import done, its job",
      as: OWNER,
      to: at(empty, "/imports/new"),
      act: async (page) => {
        await uploaded(page);
        await press("Start import")(page);
        await page.getByText("Rows that were refused").waitFor({ timeout: 60_000 });
      },
    },
    {
      name: "job",
      as: OWNER,
      to: at(empty, "/jobs"),
      act: async (page) => {
        await page.locator("[data-row] a").first().click();
        await page.getByText("Attempts").first().waitFor();
      },
    },
    { name: "danger", as: OWNER, to: "/o/acme/settings", act: press(/delet/i) },
    { name: "reader at a company", as: READER, to: "/o/acme/companies/{company}" },
    { name: "not there", as: OWNER, to: "/o/acme/companies/0190a5c0-0000-7000-8000-000000000000" },
    { name: "no such page", as: null, to: "/nothing-is-here" },
    { name: "landing, signed in", as: OWNER, to: "/" },
  ];
}

const launched = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await obtainChromium(), args: CHROMIUM_ARGS });

async function signIn(request: Page["request"], email: string): Promise<void> {
  const response = await request.post(`${app}/api/dev-login`, { data: { email }, headers: { origin: app } });
  if (!response.ok()) throw new Error(`dev login of ${email} answered ${response.status()}`);
}

const visits: Screen[] = Object.values(VISITS)
  .flat()
  .map(({ as, to }) => ({ name: `${to} ${as ? `as ${as.split("@")[0]}` : ""}`.trim(), as, to }));
const chosen = [...visits, ...(await states())].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);

const fileOf = (name: string) => `${name.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "root"}.png`;
await fs.mkdir(folder, { recursive: true });
const failures: string[] = [];

async function take(browser: Browser, screen: Screen, size: Size, colorScheme: (typeof SCHEMES)[number]) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    reducedMotion: "reduce",
    hasTouch: size === "phone",
    isMobile: size === "phone",
    baseURL: app,
  });
  try {
    if (screen.as) await signIn(context.request, screen.as);
    const page = await context.newPage();
    await page.goto(await addressOf(screen.to));
    await page.waitForTimeout(SETTLE_MS);
    if (screen.act) {
      await screen.act(page);
      await page.waitForTimeout(SETTLE_MS);
    }
    await page.addStyleTag({ content: "nextjs-portal { display: none }" });
    // A page taken whole forgets that fingers are coarse: on a phone, what one screen shows.
    const image = await page.screenshot({ fullPage: size === "wide" && !screen.act });
    const file = path.join(folder!, `${size}-${colorScheme}`, fileOf(screen.name));
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, image);
    return file;
  } catch (error) {
    failures.push(`${screen.name}, ${size} ${colorScheme}: ${(error as Error).message.split("\n")[0]}`);
    return null;
  } finally {
    await context.close();
  }
}

/** Pictures side by side, each under its name; what is longer than a screen is cut. */
async function sheet(files: { name: string; file: string }[], size: Size, to: string): Promise<void> {
  const columns = size === "wide" ? 3 : 6;
  const width = size === "wide" ? 620 : 300;
  const height = Math.round((width / SIZES[size].width) * SIZES[size].height);
  const [gap, line] = [12, 22];
  const rows = Math.ceil(files.length / columns);
  const parts = await Promise.all(
    files.map(async ({ name, file }, index) => {
      const left = gap + (index % columns) * (width + gap);
      const top = gap + Math.floor(index / columns) * (height + line + gap);
      const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const label = `<svg width="${width}" height="${line}"><text x="0" y="15" font-family="sans-serif" font-size="13" fill="#111">${escaped}</text></svg>`;
      return [
        { input: Buffer.from(label), left, top },
        {
          input: await sharp(file)
            .resize({ width })
            .toBuffer()
            .then((small) =>
              sharp(small)
                .metadata()
                .then((is) =>
                  sharp(small)
                    .extract({ left: 0, top: 0, width, height: Math.min(height, is.height) })
                    .toBuffer(),
                ),
            ),
          left,
          top: top + line,
        },
      ];
    }),
  );
  await sharp({
    create: {
      width: gap + columns * (width + gap),
      height: gap + rows * (height + line + gap),
      channels: 3,
      background: "#b9b9b9",
    },
  })
    .composite(parts.flat())
    .png()
    .toFile(to);
}

const browser = await launched();
for (const size of Object.keys(SIZES) as Size[]) {
  for (const scheme of SCHEMES) {
    const wanted = chosen.filter(({ only }) => !only || only === size);
    const taken: { name: string; file: string }[] = [];
    const waiting = wanted.map((screen, order) => ({ screen, order }));
    await Promise.all(
      Array.from({ length: PAGES_AT_ONCE }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const file = await take(browser, next.screen, size, scheme);
          if (file) taken[next.order] = { name: next.screen.name, file };
        }
      }),
    );
    const there = taken.filter(Boolean);
    const perSheet = size === "wide" ? 9 : 12;
    for (let from = 0; from < there.length; from += perSheet) {
      const to = path.join(
        folder,
        `sheet-${size}-${scheme}-${String(from / perSheet + 1).padStart(2, "0")}.png`,
      );
      await sheet(there.slice(from, from + perSheet), size, to);
    }
    console.log(`${size}, ${scheme}: ${there.length} of ${wanted.length}`);
  }
}
await browser.close();
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
