// What a page asks the server for besides itself: other pages only when somebody comes near a link to them.
import { expect, test, type Page, type Request } from "@playwright/test";
import { awake } from "../pages/awake";
import { signInAs } from "../pages/people";
import { addressOf } from "../pages/visits";

/** Paths of the pages that are fetched ahead, as they are asked for. */
function fetchedAhead(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request: Request) => {
    if (request.headers()["next-router-prefetch"]) paths.push(new URL(request.url()).pathname);
  });
  return paths;
}

test("a list of fifty rows fetches no page ahead, and the one a pointer rests on", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  const list = await addressOf("/o/acme/companies");
  const ahead = fetchedAhead(page);
  await page.goto(list);
  const duplicates = await awake(page.getByRole("link", { name: "Find duplicates" }));
  await expect(page.locator("[data-row]").nth(20)).toBeVisible();
  // Whatever is in sight would be asked for when the page wakes, so before what follows.
  await duplicates.hover();
  await expect.poll(() => [...new Set(ahead)]).toEqual(["/o/acme/companies/duplicates"]);
});

test("all pages of the navigation are fetched ahead when a pointer comes to it", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  const ahead = fetchedAhead(page);
  await page.goto("/o/acme/companies");
  const contacts = await awake(page.getByRole("link", { name: "Contacts", exact: true }));
  expect(ahead).toEqual([]);
  await contacts.hover();
  await expect.poll(() => ahead).toEqual(expect.arrayContaining(["/o/acme/contacts", "/o/acme/jobs"]));
  expect(ahead.filter((path) => /^\/o\/acme\/companies\/./.test(path))).toEqual([]);
});

test("the page whose link has the focus is fetched ahead", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  const ahead = fetchedAhead(page);
  await page.goto("/o/acme");
  const jobs = await awake(page.getByRole("link", { name: "Jobs", exact: true }));
  await page.getByRole("link", { name: "Imports", exact: true }).focus();
  await page.keyboard.press("Tab");
  await expect(jobs).toBeFocused();
  await expect.poll(() => ahead).toContain("/o/acme/jobs");
  expect(ahead).not.toContain("/o/acme/contacts");
});
