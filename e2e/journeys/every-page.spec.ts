// Every page there is, as those who may see it: it answers, it says what it is, nothing is refused by the content
// security policy, nothing overflows a phone, and axe finds nothing. A page that stands in no line here fails.
import fs from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import pg from "pg";
import { signInAs } from "../pages/people";
import { stack } from "../pages/stack";

type Visit = { as: string | null; to: string; status?: number };

const OWNER = "owner@acme.test";
const READER = "readonly@acme.test";

/** Page file's route → visits. `{company}` and the like are looked up among acme's demo rows. */
const VISITS: Record<string, Visit[]> = {
  "/": [{ as: null, to: "/" }],
  "/login": [{ as: null, to: "/login" }],
  "/login/check-mail": [{ as: null, to: "/login/check-mail" }],
  "/login/continue": [{ as: null, to: "/login/continue?next=%2Fo%2Facme" }],
  "/login/error": [
    "link_expired",
    "link_used",
    "link_unknown",
    "mail_down",
    "google_cancelled",
    "refresh_reused",
    "unheard_of",
  ].map((error) => ({
    as: null,
    to: `/login/error?error=${error}`,
  })),
  "/login/link": [{ as: null, to: "/login/link?token=unknown&email=a%40example.test" }],
  "/invitations/[token]": [{ as: null, to: "/invitations/unknown" }],
  "/welcome": [{ as: OWNER, to: "/welcome" }],
  "/account": [{ as: OWNER, to: "/account" }],
  "/account/devices": [{ as: OWNER, to: "/account/devices" }],
  "/dev/ui": [{ as: null, to: "/dev/ui" }],
  "/o/[org]": [
    { as: OWNER, to: "/o/acme" },
    { as: READER, to: "/o/acme" },
    { as: "owner@globex.test", to: "/o/acme", status: 404 },
  ],
  "/o/[org]/companies": [
    { as: OWNER, to: "/o/acme/companies" },
    { as: READER, to: "/o/acme/companies" },
    { as: OWNER, to: "/o/acme/companies?q=nothing-is-called-so" },
  ],
  "/o/[org]/companies/new": [
    { as: OWNER, to: "/o/acme/companies/new" },
    { as: READER, to: "/o/acme/companies/new", status: 403 },
  ],
  "/o/[org]/companies/[id]": [{ as: OWNER, to: "/o/acme/companies/{company}" }],
  "/o/[org]/companies/[id]/edit": [{ as: OWNER, to: "/o/acme/companies/{company}/edit" }],
  "/o/[org]/contacts": [
    { as: OWNER, to: "/o/acme/contacts" },
    { as: READER, to: "/o/acme/contacts" },
  ],
  "/o/[org]/contacts/new": [{ as: OWNER, to: "/o/acme/contacts/new" }],
  "/o/[org]/contacts/[id]": [{ as: OWNER, to: "/o/acme/contacts/{contact}" }],
  "/o/[org]/contacts/[id]/edit": [{ as: OWNER, to: "/o/acme/contacts/{contact}/edit" }],
  ...Object.fromEntries(
    (["company", "contact"] as const).flatMap((kind) => {
      const list = kind === "company" ? "companies" : "contacts";
      return [
        [
          `/o/[org]/${list}/duplicates`,
          [OWNER, READER].map((as) => ({ as, to: `/o/acme/${list}/duplicates` })),
        ],
        [`/o/[org]/${list}/duplicates/phone`, [{ as: OWNER, to: `/o/acme/${list}/duplicates/phone` }]],
        [
          `/o/[org]/${list}/merge`,
          [
            { as: OWNER, to: `/o/acme/${list}/merge?first={${kind}}&second={other-${kind}}` },
            { as: OWNER, to: `/o/acme/${list}/merge?first={${kind}}`, status: 404 },
          ],
        ],
      ];
    }),
  ),
  "/o/[org]/tags": [
    { as: OWNER, to: "/o/acme/tags" },
    { as: READER, to: "/o/acme/tags" },
  ],
  "/o/[org]/imports": [
    { as: OWNER, to: "/o/acme/imports" },
    { as: READER, to: "/o/acme/imports" },
  ],
  "/o/[org]/imports/new": [
    { as: OWNER, to: "/o/acme/imports/new" },
    { as: READER, to: "/o/acme/imports/new" },
  ],
  // Visited with a real import by the newcomer's journey; here only what does not exist.
  "/o/[org]/imports/[id]": [
    { as: OWNER, to: "/o/acme/imports/0190a5c0-0000-7000-8000-000000000000", status: 404 },
  ],
  "/o/[org]/jobs": [
    { as: OWNER, to: "/o/acme/jobs" },
    { as: READER, to: "/o/acme/jobs" },
  ],
  "/o/[org]/jobs/[id]": [{ as: OWNER, to: "/o/acme/jobs/0190a5c0-0000-7000-8000-000000000000", status: 404 }],
  "/o/[org]/members": [
    { as: OWNER, to: "/o/acme/members" },
    { as: "admin@acme.test", to: "/o/acme/members" },
    { as: READER, to: "/o/acme/members" },
  ],
  "/o/[org]/members/invitations": [{ as: OWNER, to: "/o/acme/members/invitations" }],
  "/o/[org]/notifications": [
    { as: OWNER, to: "/o/acme/notifications" },
    { as: READER, to: "/o/acme/notifications?only=unread" },
  ],
  "/o/[org]/settings": [
    { as: OWNER, to: "/o/acme/settings" },
    { as: READER, to: "/o/acme/settings" },
  ],
};

/** Routes of all page files, without the groups in brackets. */
function routes(folder = "src/app", route = ""): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "page.tsx") return [route || "/"];
    if (!entry.isDirectory()) return [];
    const part = /^\(.*\)$/.test(entry.name) ? "" : `/${entry.name}`;
    return routes(path.join(folder, entry.name), route + part);
  });
}

async function demoRow(table: "company" | "contact", nth = 0): Promise<string> {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  const { rows } = await owner.query(
    `select t.id from ${table} t join organization o on o.id = t.org_id where o.slug = 'acme' and t.deleted_at is null order by t.id limit 1 offset $1`,
    [nth],
  );
  await owner.end();
  return rows[0].id as string;
}

async function addressOf(to: string): Promise<string> {
  let address = to;
  for (const [placeholder, isOther, table] of to.matchAll(/\{(other-)?(company|contact)\}/g))
    address = address.replace(placeholder, await demoRow(table as "company" | "contact", isOther ? 1 : 0));
  return address;
}

/** What a page must not do while it is looked at. */
function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(`threw ${error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    // The answer's own status; what matters of it is checked.
    if (message.type() === "error" && !/Failed to load resource/.test(text)) troubles.push(text);
  });
  return troubles;
}

test("every page of the app stands in the list of visits", () => {
  expect(Object.keys(VISITS).sort()).toEqual(routes().sort());
});

for (const [route, visits] of Object.entries(VISITS)) {
  for (const { as, to, status = 200 } of visits) {
    test(`${route} as ${as ?? "a stranger"} at ${to}`, async ({ page }) => {
      const troubles = watch(page);
      if (as) await signInAs(page, as);
      const response = await page.goto(await addressOf(to));
      expect(response?.status()).toBe(status);
      expect(response?.headers()["content-security-policy"]).toContain("'strict-dynamic'");
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, "sideways scrolling on a phone").toBeLessThanOrEqual(0);
      expect(troubles).toEqual([]);
    });
  }
}
