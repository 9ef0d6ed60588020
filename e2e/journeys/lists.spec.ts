// What a member does with a list: keeps a view of it, changes many rows at once and takes that back, and takes it along
// as a file. In an organization of its own.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { signInAs } from "../pages/people";

async function ownOrganization(page: Page): Promise<string> {
  await signInAs(page, "owner@globex.test");
  const slug = `lists-${randomUUID().slice(0, 8)}`;
  await call(page, "tenancy.create", { name: "Lists", slug });
  for (const [name, countryCode] of [
    ["Alder", "DE"],
    ["Birch", "DE"],
    ["Cedar", "KW"],
  ]) {
    await call(page, "crm.companies.create", { name, countryCode }, slug);
  }
  return slug;
}

test("a filtered list is kept as a view, and found again by its address and by its name", async ({
  page,
}) => {
  const slug = await ownOrganization(page);
  await page.goto(`/o/${slug}/companies?search=Cedar`);
  await expect(page.getByRole("link", { name: "Cedar" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Alder" })).toBeHidden();
  const views = page.getByRole("button", { name: /^(?:View|All companies|Views)/ }).last();
  await (await awake(views)).click();
  await page.getByRole("menuitem", { name: /Save as/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Cedars");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(page).toHaveURL(/view=/);

  await page.goto(`/o/${slug}/companies`);
  await expect(page.getByRole("link", { name: "Alder" })).toBeVisible();
  await (await awake(views)).click();
  await page.getByRole("menuitemradio", { name: "Cedars" }).click();
  await expect(page.getByRole("link", { name: "Alder" })).toBeHidden();
  await expect(page.getByRole("link", { name: "Cedar" })).toBeVisible();
});

test("two rows are chosen, deleted at once, and brought back by one undo", async ({ page }) => {
  const slug = await ownOrganization(page);
  await page.goto(`/o/${slug}/companies`);
  await (await awake(page.getByRole("checkbox", { name: "Select Alder" }))).click();
  await page.getByRole("checkbox", { name: "Select Birch" }).click();
  const bar = page.getByRole("toolbar", { name: "Selected companies" });
  await expect(bar).toContainText("2 selected");
  await bar.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: "Alder" })).toBeHidden();
  await expect(page.getByRole("link", { name: "Cedar" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "Alder" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Birch" })).toBeVisible();
});

test("rows are walked and chosen by keys, and Escape lets go", async ({ page }) => {
  const slug = await ownOrganization(page);
  await page.goto(`/o/${slug}/companies?sort=name`);
  await expect(page.getByRole("link", { name: "Alder" })).toBeVisible();
  await awake(page.getByRole("link", { name: "Alder" }));
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("toolbar", { name: "Selected companies" });
  await expect(bar).toContainText("1 selected");
  await page.keyboard.press("ControlOrMeta+a");
  await expect(bar).toContainText("3 selected");
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});

test("what the list shows is exported as a job, and downloaded when it is done", async ({ page }) => {
  test.setTimeout(120_000);
  const slug = await ownOrganization(page);
  await page.goto(`/o/${slug}/companies?search=Cedar`);
  await (await awake(page.getByRole("button", { name: "Export companies as CSV" }))).click();
  const downloading = page.waitForEvent("download", { timeout: 90_000 });
  await page.getByRole("button", { name: "Download" }).click({ timeout: 90_000 });
  const text = fs.readFileSync(await (await downloading).path(), "utf8");
  expect(text).toContain("Cedar");
  expect(text).not.toContain("Alder");
});
