// What stands around every page: search and commands, keys, notifications, a look at a row beside its list.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { buttonOf, mailTo } from "../pages/mailbox";
import { signInAs } from "../pages/people";

async function openPalette(page: Page): Promise<void> {
  await awake(page.getByRole("button", { name: "Search" }));
  await page.keyboard.press("ControlOrMeta+k");
}

test("a record is found by its name from anywhere, and a page by its own", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  const name = `Quill ${randomUUID().slice(0, 8)}`;
  await call(page, "crm.companies.create", { name });
  await page.goto("/o/acme/settings");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await openPalette(page);
  await page.getByRole("dialog").getByRole("combobox").fill(name);
  await page.getByRole("option", { name }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await openPalette(page);
  await page.getByRole("dialog").getByRole("combobox").fill("members");
  await page
    .getByRole("option", { name: /Members/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/o\/acme\/members/);
});

test("? lists the keys, and G with C leads to companies", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  await page.goto("/o/acme");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await awake(page.getByRole("button", { name: "Search" }));
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Search and commands");
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/o\/acme\/companies/);
});

test("a row is looked at beside its list, and the next one by a key", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await signInAs(page, "member@acme.test");
  await page.goto("/o/acme/companies?sort=name");
  const first = page.locator("[data-row-link]").first();
  await (await awake(first)).click();
  await expect(page).toHaveURL(/peek=/);
  const before = page.url();
  await page.keyboard.press("j");
  await expect(page).not.toHaveURL(before);
  await expect(page.getByRole("table", { name: "companies" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/peek=/);
});

test("whoever invited hears of the acceptance without a reload, and the bell forgets when told", async ({
  page,
  browser,
}) => {
  const slug = `bell-${randomUUID().slice(0, 8)}`;
  const colleague = "staff@tenantry.test";
  await signInAs(page, "owner@acme.test");
  await call(page, "tenancy.create", { name: `Bell ${slug}`, slug });
  await page.goto(`/o/${slug}`);
  const bell = page.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName("Notifications");
  await call(page, "tenancy.invite", { emails: [colleague], role: "member" }, slug);

  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, colleague);
  await theirs.goto(buttonOf(await mailTo(colleague, new RegExp(`Bell ${slug}`)), "See the invitation"));
  await theirs.getByRole("button", { name: /^Join/ }).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${slug}`));
  await theirs.context().close();

  await expect(bell).toHaveAccessibleName(/unread/, { timeout: 30_000 });
  await bell.click();
  await page.getByRole("button", { name: "Mark all read" }).click();
  await expect(bell).toHaveAccessibleName("Notifications");
});

test("a press that comes before its menu or panel is loaded opens it when it is", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  await page.goto("/o/acme");
  const switcher = await awake(page.getByRole("button", { name: /Switch organization/ }));
  const bell = await awake(page.getByRole("button", { name: /^Notifications/ }));
  await page.waitForLoadState("load");
  let letGo = (): void => undefined;
  let heldBack = 0;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/_next/static/chunks/**", async (route) => {
    heldBack++;
    await held;
    await route.continue();
  });
  await switcher.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => heldBack).toBeGreaterThan(0);
  await expect(page.getByRole("menu")).toHaveCount(0);
  letGo();
  await expect(page.getByRole("menu")).toBeVisible();
  await expect(switcher).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(switcher).toBeFocused();
  await expect(switcher).toHaveAttribute("aria-expanded", "false");

  await bell.click();
  await expect(page.getByRole("dialog", { name: "Notifications" })).toBeVisible();
  await bell.click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const keys = page.getByRole("button", { name: "Keyboard shortcuts" });
  await keys.hover();
  await expect(page.getByRole("tooltip")).toHaveText(/Keyboard shortcuts/);
  await expect(keys).toHaveAttribute("aria-describedby", /.+/);
});
