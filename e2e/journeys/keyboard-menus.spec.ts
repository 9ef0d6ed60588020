// Menus, select boxes, tabs and dialogs by the keys that each is known for, and the focus afterwards: back at what opened it,
// or beside what went with the press.
import { expect, type Locator, type Page } from "@playwright/test";
import { awake } from "../pages/awake";
import { walk } from "../pages/keyboard";
import { STAFF } from "../pages/people";
import { test } from "../pages/visitors";
import { addressOf, OWNER } from "../pages/visits";

test.use({ trace: "off" });

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

/** Opens by a key what has the focus, once the page is awake and has done what it does on waking. */
async function openBy(key: string, trigger: Locator, opens: Locator): Promise<void> {
  await awake(trigger);
  await trigger.page().evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await trigger.focus();
  await trigger.press(key);
  await expect(opens).toBeVisible();
}

const MENUS: [what: string, at: string, trigger: (page: Page) => Locator][] = [
  ["organizations", "/o/acme", (page) => button(page, /Switch organization/)],
  ["the account", "/o/acme", (page) => button(page, /Account/)],
  ["saved views", "/o/acme/companies", (page) => button(page, /All companies/)],
  ["columns", "/o/acme/companies", (page) => button(page, "Columns")],
  ["a row", "/o/acme/members", (page) => button(page, /^Actions for/)],
];
for (const [what, at, triggerOf] of MENUS) {
  test(`the menu of ${what} is walked by arrows, Home, End and letters, and Escape gives the focus back`, async ({
    visitor,
  }) => {
    const page = await visitor(OWNER);
    await page.goto(at);
    const trigger = triggerOf(page);
    const menu = page.getByRole("menu");
    await openBy("ArrowDown", trigger, menu);
    const items = menu.locator('[role^="menuitem"]:not([data-disabled])');
    await expect(items.first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(items.nth(1)).toBeFocused();
    await page.keyboard.press("End");
    await expect(items.last()).toBeFocused();
    const last = (await items.last().innerText()).trim();
    await page.keyboard.press("Home");
    await expect(items.first()).toBeFocused();
    await page.keyboard.type(last.slice(0, 4));
    await expect(menu.locator(":focus")).toHaveText(new RegExp(`^\\s*${last.slice(0, 4)}`));
    await page.keyboard.press("Escape");
    await expect(menu).toBeHidden();
    await expect(trigger).toBeFocused();
  });
}

test("a select box is opened, searched and left by keys, and keeps its value when it is left", async ({
  visitor,
}) => {
  const page = await visitor(OWNER);
  await page.goto("/o/acme/companies");
  const box = page.getByRole("combobox", { name: "Country" });
  const list = page.getByRole("listbox");
  await openBy("Enter", box, list);
  await page.keyboard.press("End");
  await expect(list.getByRole("option").last()).toBeFocused();
  await page.keyboard.press("Home");
  await expect(list.getByRole("option").first()).toBeFocused();
  await page.keyboard.type("Kuw");
  await expect(list.getByRole("option", { name: "Kuwait" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(box).toBeFocused();
  await expect(box).toHaveText("Any country");
});

test("columns are chosen one after the other, and the menu gives the focus back when they are reset", async ({
  visitor,
}) => {
  const page = await visitor(OWNER);
  await page.goto("/o/acme/companies");
  const trigger = button(page, "Columns");
  const menu = page.getByRole("menu");
  await openBy("Enter", trigger, menu);
  await page.keyboard.type("Phone");
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("menuitemcheckbox", { name: "Phone" })).toBeChecked();
  await expect(menu.getByRole("menuitemcheckbox", { name: "Phone" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(menu.getByRole("menuitem", { name: "Show the usual columns" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/columns=/);
  await expect(trigger).toBeFocused();
});

test("what clears a list and goes with it leaves the focus at the list", async ({ visitor }) => {
  const page = await visitor(OWNER);
  const table = page.locator("[data-table-list]");
  await page.goto("/o/acme/companies?search=nothing-is-called-so");
  for (const name of ["Show all companies", "Clear"]) {
    const clear = page.getByRole("button", { name, exact: true });
    await (await awake(clear)).press("Enter");
    await expect(page.locator("[data-row-link]").first()).toBeVisible();
    await expect(table).toBeFocused();
    await page.goto("/o/acme/companies?search=Ravenna");
  }

  const row = page.locator("[data-row-link]").first();
  await expect(page).toHaveURL(/Ravenna/);
  await (await awake(row)).focus();
  await page.keyboard.press("x");
  const bar = page.getByRole("toolbar", { name: "Selected companies" });
  await expect(bar).toBeVisible();
  await bar.getByRole("button", { name: "Clear selection" }).press("Enter");
  await expect(bar).toBeHidden();
  await expect(table).toBeFocused();
  // From there the keys of the list go on.
  await page.keyboard.press("j");
  await expect(row).toBeFocused();
});

test("what clears the console's features leaves the focus at them", async ({ visitor }) => {
  const page = await visitor(STAFF);
  await page.goto("/admin/features?search=nothing-is-called-so");
  const clear = page.getByRole("button", { name: "Show all organizations" });
  await (await awake(clear)).press("Enter");
  await expect(page.getByRole("region", { name: "Features by organization" })).toBeVisible();
  await expect(page.locator("[data-table-list]")).toBeFocused();
});

test("tabs are walked by arrows, and only the chosen one is a stop of Tab", async ({ visitor }) => {
  const page = await visitor(null);
  await page.goto("/docs/api/companies");
  const tabs = page.getByRole("tablist").first().getByRole("tab");
  await (await awake(tabs.first())).focus();
  await page.keyboard.press("ArrowRight");
  await expect(tabs.nth(1)).toBeFocused();
  await expect(tabs.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(tabs.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Tab");
  await expect(tabs.nth(1)).not.toBeFocused();
});

test("a dialog keeps Tab and Shift+Tab within it, and gives the focus back", async ({ visitor }) => {
  const page = await visitor(OWNER);
  await page.goto("/o/acme/members");
  const trigger = button(page, /Invite people/);
  const dialog = page.getByRole("dialog");
  await openBy("Enter", trigger, dialog);
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let times = 0; times < 9; times++) {
      await page.keyboard.press(key);
      await expect(dialog.locator(":focus")).toHaveCount(1);
    }
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(trigger).toBeFocused();
});

const BACKWARDS: [as: string, at: string][] = [
  [OWNER, "/o/acme/members"],
  [OWNER, "/o/acme/companies/{company}"],
  [OWNER, "/o/acme/settings"],
  [OWNER, "/o/acme/billing"],
  [STAFF, "/admin/organizations/{organization}"],
];
for (const [as, at] of BACKWARDS) {
  test(`Shift+Tab leads back through ${at} by the way that Tab came`, async ({ visitor }) => {
    const page = await visitor(as);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(await addressOf(at));
    await expect(page.locator("h1").first()).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const there = await walk(page);
    const back = await walk(page, "Shift+Tab");
    expect(back.map(({ what }) => what).reverse()).toEqual(there.map(({ what }) => what));
    expect(back.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
}
