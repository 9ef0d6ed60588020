// Every page there is, as those who may see it: it answers, it says what it is, nothing is refused by the content
// security policy, nothing overflows a phone, and axe finds nothing. A page that stands in no line of VISITS fails.
import fs from "node:fs";
import path from "node:path";
import { expect, type Page } from "@playwright/test";
import { axeFindings } from "../pages/axe";
import { confirmSessionsOf, STAFF } from "../pages/people";
import { PHONE, test } from "../pages/visitors";
import { addressOf, VISITS } from "../pages/visits";

// Nothing is done here that a picture and the words of the failure would not tell; a trace costs as much as the visit.
test.use({ trace: "off" });

/** Routes of all page files, without the groups in brackets. */
function routes(folder = "src/app", route = ""): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "page.tsx") return [route || "/"];
    if (!entry.isDirectory()) return [];
    const part = /^\(.*\)$/.test(entry.name) ? "" : `/${entry.name}`;
    return routes(path.join(folder, entry.name), route + part);
  });
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
    test(`${route} as ${as ?? "a stranger"} at ${to}`, async ({ visitor }) => {
      const page = await visitor(as);
      const troubles = watch(page);
      if (as === STAFF) await confirmSessionsOf(STAFF);
      const response = await page.goto(await addressOf(to));
      expect(response?.status()).toBe(status);
      expect(response?.headers()["content-security-policy"]).toContain("'strict-dynamic'");
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, "sideways scrolling on a phone").toBeLessThanOrEqual(0);
      expect(troubles).toEqual([]);
    });
  }
}
