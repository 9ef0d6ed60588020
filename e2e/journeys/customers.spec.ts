// What a member does with a company: fields changed where they stand, undone, and in conflict with a colleague; notes and
// tags; two records that are one, merged and parted again. Each test makes records of its own.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { call } from "../pages/api";
import { signInAs } from "../pages/people";

const MEMBER = "member@acme.test";
const unique = (name: string) => `${name} ${randomUUID().slice(0, 8)}`;

async function newCompany(page: Page, values: object = {}) {
  const name = unique("Harbour Mills");
  const { id } = await call<{ id: string }>(page, "crm.companies.create", { name, ...values });
  return { id, name, path: `/o/acme/companies/${id}` };
}

const field = (page: Page, label: string) =>
  page.locator("dl > div").filter({ has: page.locator("dt", { hasText: new RegExp(`^${label}$`) }) });

/** By the keys alone: the pencil is reached by focus, Enter saves. */
async function change(page: Page, label: string, text: string): Promise<void> {
  await field(page, label)
    .getByRole("button", { name: `Change ${label.toLowerCase()}` })
    .focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: label, exact: true }).fill(text);
  await page.keyboard.press("Enter");
}

test("a field is changed where it stands, its refusal is beside it, and the change is undone", async ({
  page,
}) => {
  await signInAs(page, MEMBER);
  const company = await newCompany(page, { city: "Lyon" });
  await page.goto(company.path);
  await change(page, "City", "Porto");
  await expect(field(page, "City")).toContainText("Porto");
  await expect(page.getByText("City changed.")).toBeVisible();
  await expect(page.getByText("You changed city")).toBeVisible();

  await change(page, "Domain", "no domain");
  await expect(page.getByRole("alert").filter({ hasText: "Write a domain like example.com." })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page, "Domain")).toContainText("Not given");

  const saved = page.waitForResponse((response) => response.url().includes("crm.companies.update"));
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(field(page, "City")).toContainText("Lyon");
  // Shown before it is saved: a page that is left meanwhile takes the call with it.
  expect((await saved).ok()).toBe(true);
  await page.reload();
  await expect(field(page, "City")).toContainText("Lyon");
});

test("two people change one field: the later one sees both values and chooses", async ({ page }) => {
  await signInAs(page, MEMBER);
  const company = await newCompany(page, { city: "Lyon", phone: "030 1234567" });
  await page.goto(company.path);
  await expect(page.getByRole("button", { name: "Change city" })).toBeAttached();
  // Behind the page's back, which holds the earlier version.
  await call(page, "crm.companies.bulkUpdate", { ids: [company.id], industry: "Food" });
  await change(page, "City", "Porto");
  // Another field: saved over the other version without asking.
  await expect(page.getByText("City changed.")).toBeVisible();
  await expect(field(page, "Industry")).toContainText("Food");

  await call(page, "crm.companies.bulkUpdate", { ids: [company.id], industry: "Mills" });
  await change(page, "Industry", "Bakery");
  const dialog = page.getByRole("dialog", { name: /Industry was changed by somebody else/ });
  await expect(dialog).toContainText("Mills");
  await expect(dialog).toContainText("Bakery");
  const kept = page.waitForResponse((response) => response.url().includes("crm.companies.update"));
  await dialog.getByRole("button", { name: "Use mine" }).click();
  await expect(field(page, "Industry")).toContainText("Bakery");
  expect((await kept).ok()).toBe(true);
  await page.reload();
  await expect(field(page, "Industry")).toContainText("Bakery");
});

test("a note is written, changed and deleted with its undo; a tag is made on the way", async ({ page }) => {
  await signInAs(page, MEMBER);
  const company = await newCompany(page);
  await page.goto(company.path);
  await page.getByLabel("Write a note").fill("Met at the fair.");
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("Met at the fair.")).toBeVisible();
  await page.getByRole("button", { name: "Edit note" }).click();
  await page.getByLabel("Note", { exact: true }).fill("Met at the spring fair.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByText("Met at the spring fair. (edited)")).toBeVisible();
  await page.getByRole("button", { name: "Delete note" }).click();
  await expect(page.getByText("Met at the spring fair.")).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByText("Met at the spring fair.")).toBeVisible();

  const tag = unique("Fair");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("menuitem", { name: "New tag" }).click();
  await page.getByRole("dialog", { name: "New tag" }).getByLabel("Name").fill(tag);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Tags" })).toContainText(tag);
});

test("two records that are one are merged by choice, lead to the one kept, and are parted again", async ({
  page,
}) => {
  await signInAs(page, MEMBER);
  const kept = await newCompany(page, { city: "Lyon" });
  const other = await newCompany(page, { city: "Porto", phone: "030 1234567" });
  await page.goto(`/o/acme/companies/merge?first=${kept.id}&second=${other.id}`);
  // What the kept one lacks is chosen already; the city is a choice.
  await expect(page.getByRole("radiogroup", { name: "Phone" }).getByRole("radio").nth(1)).toBeChecked();
  await page.getByRole("radiogroup", { name: "City" }).getByText("Porto").click();
  await page.getByRole("button", { name: "Merge companies" }).click();
  await expect(page).toHaveURL(new RegExp(kept.id));
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(page.getByText("Both records are back.")).toBeVisible();
  await page.goto(other.path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(other.name);

  await page.goto(`/o/acme/companies/merge?first=${kept.id}&second=${other.id}`);
  await page.getByRole("radiogroup", { name: "City" }).getByText("Porto").click();
  await page.getByRole("button", { name: "Merge companies" }).click();
  await expect(page).toHaveURL(new RegExp(kept.id));
  await expect(field(page, "City")).toContainText("Porto");
  await expect(field(page, "Phone")).toContainText("030 1234567");
  await page.goto(other.path);
  await expect(page).toHaveURL(new RegExp(kept.id));
});

test("a contact is linked to a company and unlinked with the way back", async ({ page }) => {
  await signInAs(page, MEMBER);
  const company = await newCompany(page);
  const lastName = unique("Brandt");
  await call(page, "crm.contacts.create", { firstName: "Lena", lastName });
  await page.goto(company.path);
  await page.getByRole("button", { name: "Link contact" }).click();
  await page.getByRole("searchbox", { name: "Search contacts" }).fill(lastName);
  await page.getByRole("button", { name: `Lena ${lastName}` }).click();
  const contacts = page.getByRole("table", { name: /Contacts of/ });
  await expect(contacts).toContainText(lastName);
  await page.getByRole("button", { name: `Unlink Lena ${lastName}` }).click();
  await expect(page.getByText("Nobody here yet.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(contacts).toContainText(lastName);
});

test("a read-only member sees a company and can change nothing of it", async ({ page }) => {
  await signInAs(page, MEMBER);
  const company = await newCompany(page, { city: "Lyon" });
  await signInAs(page, "readonly@acme.test");
  await page.goto(company.path);
  await expect(field(page, "City")).toContainText("Lyon");
  await expect(page.getByText(/added it/)).toBeVisible();
  for (const name of ["Change city", "Add note", "Add tag", "Delete company", "Link contact"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
});
