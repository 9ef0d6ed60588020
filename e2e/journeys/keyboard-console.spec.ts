// Staff without a pointer: one real act in each area of the console, by keys alone, with what came of it. Wherever a dialog or
// a panel closes, the focus is back where it was opened, or beside it where that is gone.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { pressOn, typeInto } from "../pages/keyboard";
import { signInAs, signInAsStaff } from "../pages/people";
import { leaveUnsettled, stateOf } from "../pages/unsettled";
import { OWNER } from "../pages/visits";

const slug = `walked-${randomUUID().slice(0, 8)}`;
const name = `Walked ${slug.slice(7)}`;
const dialog = (page: Page) => page.getByRole("dialog");

/** Into one of the console's areas by its link, as one who just came to the console. */
async function enter(page: Page, area: string): Promise<void> {
  await page.goto("/admin");
  await awake(page.getByRole("link", { name: area, exact: true }));
  await pressOn(page, page.getByRole("link", { name: area, exact: true }));
  await expect(page.getByRole("heading", { name: area, level: 1 })).toBeVisible();
}

/** Writes why into the open dialog, which began in that field or before it, and presses its button. */
async function giveReason(page: Page, reason: string, button: string): Promise<void> {
  await typeInto(page, dialog(page).getByLabel("Reason"), reason);
  await pressOn(page, dialog(page).getByRole("button", { name: button, exact: true }));
  await expect(dialog(page)).toBeHidden();
}

test.beforeAll(async ({ browser }) => {
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, OWNER);
  await call(theirs, "tenancy.create", { name, slug });
  await theirs.context().close();
});
test.beforeEach(({ page }) => signInAsStaff(page));

test("an organization is found, opened, suspended and let go, and the log is searched for both", async ({
  page,
}) => {
  await page.goto("/admin");
  await awake(page.getByRole("link", { name: "Overview", exact: true }));
  await pressOn(page, page.getByRole("link", { name: "Skip to content" }));
  await expect(page.locator("#content")).toBeFocused();

  await enter(page, "Organizations");
  await typeInto(page, page.getByRole("searchbox"), slug);
  await expect(page.getByRole("link", { name })).toHaveCount(1);
  await pressOn(page, page.getByRole("link", { name }));
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();

  const suspend = page.getByRole("button", { name: "Suspend", exact: true });
  await pressOn(page, suspend);
  await expect(dialog(page).getByLabel("Reason")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(suspend).toBeFocused();

  await page.keyboard.press("Enter");
  const reason = `Looked into, ticket ${slug}`;
  await typeInto(page, dialog(page).getByLabel("Reason"), reason);
  await typeInto(page, dialog(page).getByLabel(`Type ${slug} to confirm`), slug);
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  const lift = page.getByRole("button", { name: "Lift suspension" });
  await expect(lift).toBeFocused();

  await page.keyboard.press("Enter");
  await giveReason(page, `Cleared, ticket ${slug}`, "Lift suspension");
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  await expect(suspend).toBeFocused();

  await enter(page, "Audit");
  await typeInto(page, page.getByRole("searchbox"), "staff.suspended");
  await expect(page.getByText(reason)).toBeVisible();
  await expect(page).toHaveURL(/search=staff\.suspended/);
});

/** Into the inbox of Stripe's events, narrowed to those that failed. */
async function enterFailedEvents(page: Page): Promise<void> {
  await enter(page, "Revenue");
  await pressOn(page, page.getByRole("combobox", { name: "State" }));
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.type("Failed");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "State" })).toBeFocused();
}

/** The row's button, which a dialog over it hides from whoever does not see. */
const opener = (page: Page, { type }: { type: string }) =>
  page.getByRole("button", { name: `Open ${type}`, includeHidden: true });

test("an event of Stripe is replayed, and a difference is dismissed", async ({ page }) => {
  const { event, difference } = await leaveUnsettled();
  await enterFailedEvents(page);
  const open = opener(page, event);
  await pressOn(page, open);
  await expect(dialog(page).getByText(event.id)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();

  await page.keyboard.press("Enter");
  await pressOn(page, dialog(page).getByRole("button", { name: "Replay" }));
  // Nothing of a customer: it is looked at, and there is nothing to do.
  await expect.poll(() => stateOf("stripe_event", event.id)).toBe("ignored");
  // The row it was opened from has left the list of what failed; whoever closes the dialog is not lost for it.
  await expect(open).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(page.locator("#content")).toBeFocused();

  await pressOn(page, page.getByRole("button", { name: new RegExp(`^Dismiss: .*${difference.subject}`) }));
  await giveReason(page, "A customer of a trial long over", "Dismiss");
  await expect.poll(() => stateOf("reconciliation_difference", difference.id)).toBe("dismissed");
  // Its row stays, with what became of it; its buttons do not.
  await expect(page.getByRole("row").filter({ hasText: difference.subject })).toBeFocused();
});

test("a row that leaves its list after the dialog over it was closed takes no focus along", async ({
  page,
}) => {
  const { event } = await leaveUnsettled();
  await enterFailedEvents(page);
  const open = opener(page, event);
  await pressOn(page, open);
  await expect(dialog(page).getByText(event.id)).toBeVisible();
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  await page.route(/billing\.revenue\.inbox/, async (route) => {
    await mayAnswer;
    await route.continue();
  });
  await pressOn(page, dialog(page).getByRole("button", { name: "Replay" }));
  await expect.poll(() => stateOf("stripe_event", event.id)).toBe("ignored");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  await expect(open).toBeFocused();
  answer();
  await expect(open).toHaveCount(0);
  await expect(page.locator("#content")).toBeFocused();
});

test("a feature is switched for an organization, and left to its plan again", async ({ page }) => {
  await enter(page, "Features");
  await typeInto(page, page.getByRole("searchbox"), slug);
  const cell = page.getByRole("button", { name: new RegExp(`Workflows for ${name}`) });
  await expect(cell).toHaveCount(1);
  await expect(cell).toHaveAccessibleName(/^On ?: plan/);
  await pressOn(page, cell);
  await pressOn(page, dialog(page).getByRole("button", { name: "Switch off" }));
  await expect(dialog(page).getByRole("heading", { name: "Switch Workflows off" })).toBeVisible();
  await giveReason(page, `Asked for in ticket ${slug}`, "Switch off");
  await expect(cell).toHaveAccessibleName(/^Off ?: set by staff/);
  // Two dialogs took each other's place; the focus goes back to where the first came from.
  await expect(cell).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(dialog(page).getByText(`Asked for in ticket ${slug}`)).toBeVisible();
  await pressOn(page, dialog(page).getByRole("button", { name: "Leave it to the plan" }));
  await giveReason(page, "Not wanted any more", "Leave to the plan");
  await expect(cell).toHaveAccessibleName(/^On ?: plan/);
  await expect(cell).toBeFocused();
});

test("a person is looked at beside the list, which keeps the focus", async ({ page }) => {
  await enter(page, "People");
  await typeInto(page, page.getByRole("searchbox"), OWNER);
  const row = page.locator("a[data-row-link]");
  await expect(row).toHaveCount(1);
  await pressOn(page, row);
  const panel = page.locator("#peek-panel");
  await expect(panel.getByText("Signed in now")).toBeVisible();
  const end = panel.getByRole("button", { name: "End all sessions" });
  await pressOn(page, end);
  await expect(dialog(page).getByLabel("Reason")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(end).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(row).toBeFocused();
});
