// Adding from a list, without leaving it: the record stands there before the server has answered, is taken back by its
// toast, and what was typed comes back with a refusal.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { axeFindings } from "../pages/axe";
import { call } from "../pages/api";
import { signInAs } from "../pages/people";

const unique = (name: string) => `${name} ${randomUUID().slice(0, 8)}`;
const row = (page: Page, name: string) => page.getByRole("table").getByRole("link", { name });

/** Opens the dialog by its key, which the page hears once it is awake. */
async function openByKey(page: Page, title: string) {
  const dialog = page.getByRole("dialog", { name: title });
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.keyboard.press("c");
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return dialog;
}

test("a company is in its list before the server has it, and is taken back by the toast", async ({
  page,
}) => {
  await signInAs(page, "member@acme.test");
  await page.goto("/o/acme/companies");
  const dialog = await openByKey(page, "Add company");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  expect(await axeFindings(page, { within: "[role=dialog]" })).toEqual([]);

  const name = unique("Quay Bakery");
  let answer = () => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/crm.companies.create**", async (route) => {
    await asked;
    await route.continue();
  });
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeVisible();
  await expect(page.getByRole("link", { name: /^Add company/ }).first()).toBeFocused();
  answer();
  await expect(page.getByText(`${name} added.`)).toBeVisible();
  await expect(row(page, name)).toHaveAttribute("href", /companies\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByText(`${name} is not added.`)).toBeVisible();
  await expect(row(page, name)).toBeHidden();
  await page.reload();
  await expect(page.getByRole("table", { name: "companies" })).toBeVisible();
  await expect(row(page, name)).toBeHidden();
});

test("a refused company leaves the list, and the dialog comes back with what was typed and why", async ({
  page,
}) => {
  await signInAs(page, "member@acme.test");
  const taken = unique("Mill");
  const domain = `${randomUUID().slice(0, 8)}.example`;
  await call(page, "crm.companies.create", { name: taken, domain });
  await page.goto("/o/acme/companies?new=true");
  const dialog = page.getByRole("dialog", { name: "Add company" });
  const name = unique("Mill again");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Domain").fill(domain);
  await dialog.getByRole("button", { name: "Add company" }).click();
  await expect(dialog.getByRole("link", { name: `Open ${taken}` })).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await expect(dialog.getByLabel("Domain")).toHaveValue(domain);
  // Closed by mistake, it keeps what was typed; mended, it is added.
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(row(page, name)).toBeHidden();
  await openByKey(page, "Add company");
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await dialog.getByLabel("Domain").fill("");
  await dialog.getByRole("button", { name: "Add company" }).click();
  await expect(page.getByText(`${name} added.`)).toBeVisible();
  await expect(row(page, name)).toBeVisible();
});

test("the palette adds a contact over the list of contacts", async ({ page }) => {
  await signInAs(page, "member@acme.test");
  await page.goto("/o/acme");
  const search = page.getByRole("combobox");
  await expect(async () => {
    if (!(await search.isVisible())) await page.keyboard.press("ControlOrMeta+k");
    await expect(search).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await search.fill("add contact");
  await page.getByRole("option", { name: "Add contact" }).click();
  const dialog = page.getByRole("dialog", { name: "Add contact" });
  const lastName = unique("Okafor");
  await dialog.getByLabel("First name").fill("Ada");
  await dialog.getByLabel("Last name").fill(lastName);
  await dialog.getByRole("button", { name: "Add contact" }).click();
  await expect(page.getByText(`Ada ${lastName} added.`)).toBeVisible();
  await expect(page.getByRole("link", { name: `Open Ada ${lastName}` })).toHaveAttribute(
    "href",
    /contacts\/[0-9a-f-]{36}$/,
  );
  await expect(row(page, `Ada ${lastName}`)).toBeVisible();
});

test("the dialog's address opens it over the view that the list begins with", async ({ page }) => {
  await signInAs(page, "admin@acme.test");
  const name = unique("Dialog");
  const { id } = await call<{ id: string }>(page, "views.keep", {
    list: "contacts",
    name,
    state: { sort: "name" },
  });
  await call(page, "views.setDefault", { list: "contacts", id });
  await page.goto("/o/acme/contacts?new=true");
  await expect(page.getByRole("dialog", { name: "Add contact" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`view=${id}`));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name })).toBeVisible();
  await call(page, "views.delete", { id });
});
