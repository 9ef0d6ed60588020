// A page looks ready before its scripts are there: what somebody types and sends meanwhile is not lost.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { awake } from "../pages/awake";
import { signInAs } from "../pages/people";

/** Holds the page's scripts back. @returns what lets them come. */
async function withoutScripts(page: Page): Promise<() => void> {
  const { promise: mayLoad, resolve: load } = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await mayLoad;
    await route.continue();
  });
  return load;
}

test("what is typed and sent before the page is awake is kept, and sent when it is", async ({ page }) => {
  await signInAs(page, "owner@globex.test");
  const load = await withoutScripts(page);
  await page.goto("/welcome", { waitUntil: "commit" });
  const name = page.getByLabel("Name");
  const organization = `Early ${randomUUID().slice(0, 8)}`;
  await name.fill(organization);
  await name.press("Enter");
  await expect(page).toHaveURL(/\/welcome$/);
  load();
  await expect(page).toHaveURL(/\/o\/early-/);
  await expect(page.getByRole("heading", { level: 1, name: organization })).toBeVisible();
});

test("what is typed before the page is awake stays there, and nothing is sent by itself", async ({
  page,
}) => {
  const load = await withoutScripts(page);
  await page.goto("/login", { waitUntil: "commit" });
  const address = page.getByLabel("Mail address");
  await address.fill("early@acme.test");
  load();
  await awake(address);
  await expect(page.getByLabel("Mail address")).toHaveValue("early@acme.test");
  await page.getByRole("button", { name: "Send sign-in link" }).click();
  await expect(page).toHaveURL(/\/login\/check-mail/);
});
