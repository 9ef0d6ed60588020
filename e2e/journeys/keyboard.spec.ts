// The newcomer's path without a pointer: everything is reached by Tab, with the focus drawn, and done by keys.
import { expect, test } from "@playwright/test";
import { pressOn, tabTo, typeInto } from "../pages/keyboard";
import { buttonOf, mailTo } from "../pages/mailbox";
import { newAddress } from "../pages/people";

test("from the landing page to a completed import and an invited colleague, by keyboard alone", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const founder = newAddress("keys");
  const colleague = newAddress("keys-colleague");

  await page.goto("/");
  await pressOn(page, page.getByRole("link", { name: /sign in/i }));
  await expect(page).toHaveURL(/\/login/);
  await typeInto(page, page.getByLabel("Mail address"), founder);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login\/check-mail/);
  await page.goto(buttonOf(await mailTo(founder, /sign/i), "Sign in"));
  await pressOn(page, page.getByRole("button", { name: "Sign in" }));

  await expect(page).toHaveURL(/\/welcome/);
  await typeInto(page, page.getByLabel("Name"), `Keys ${founder.slice(5, 13)}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/o\/keys-/);
  const home = new URL(page.url()).pathname;

  // The first Tab of a page offers the way past the sidebar.
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto(home);
  await pressOn(page, page.getByRole("link", { name: "Skip to content" }));
  await expect(page.locator("#content")).toBeFocused();

  await page.goto(`${home}/members`);
  await pressOn(page, page.getByRole("button", { name: /invite/i }));
  await typeInto(page, page.getByLabel("Mail addresses"), colleague);
  await pressOn(page, page.getByRole("button", { name: "Send invitations" }));
  await mailTo(colleague, /invites you/);
  // The dialog gives the focus back, and Escape closes what is open.
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.goto(`${home}/imports/new`);
  const choosing = page.waitForEvent("filechooser");
  await tabTo(
    page,
    page.locator('input[type="file"], button:has-text("Choose"), [role="button"]:has-text("Choose")'),
  );
  await page.keyboard.press("Enter");
  const chooser = await choosing;
  await chooser.setFiles({
    name: "companies.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Company name,Website\nNorth,north.example\nSouth,south.example\n"),
  });
  await pressOn(page, page.getByRole("button", { name: "Start import" }));
  await expect(
    page
      .locator("#content")
      .getByText(/finished|completed/i)
      .first(),
  ).toBeVisible({ timeout: 90_000 });

  await page.goto(`${home}/companies`);
  await pressOn(page, page.getByRole("link", { name: "North" }));
  await expect(page.getByText("north.example").first()).toBeVisible();
});

test("a menu and a dialog give the focus back to where it was", async ({ page }) => {
  const founder = newAddress("focus");
  await page.goto("/login");
  await typeInto(page, page.getByLabel("Mail address"), founder);
  await page.keyboard.press("Enter");
  await page.goto(buttonOf(await mailTo(founder, /sign/i), "Sign in"));
  await pressOn(page, page.getByRole("button", { name: "Sign in" }));
  await typeInto(page, page.getByLabel("Name"), `Focus ${founder.slice(6, 14)}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/o\/focus-/);

  const switcher = page.getByRole("button", { name: /Switch organization/ });
  await pressOn(page, switcher);
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(switcher).toBeFocused();

  await page.goto(`${new URL(page.url()).pathname}/members`);
  const invite = page.getByRole("button", { name: /invite/i }).first();
  await pressOn(page, invite);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(invite).toBeFocused();
});
