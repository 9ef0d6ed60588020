// The newcomer's path on a phone: by touch, on a narrow screen that never scrolls sideways.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { mailTo } from "../pages/mailbox";
import { newAddress, signInAs, signInByMail } from "../pages/people";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

async function fitsTheScreen(page: Page): Promise<void> {
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overhang, `sideways scrolling at ${page.url()}`).toBeLessThanOrEqual(0);
}

/** Opens the drawer that holds the sidebar, and goes where it leads. */
async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("dialog").getByRole("link", { name, exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await fitsTheScreen(page);
}

test("from the landing page to a completed import and an invited colleague, by touch", async ({ page }) => {
  test.setTimeout(180_000);
  const founder = newAddress("phone");
  const colleague = newAddress("phone-colleague");
  await page.goto("/");
  await fitsTheScreen(page);
  await page
    .getByRole("link", { name: /sign in/i })
    .first()
    .tap();
  await signInByMail(page, founder);
  await page.getByLabel("Name").fill(`Phone ${founder.slice(6, 14)}`);
  await page.getByRole("button", { name: /create/i }).tap();
  await expect(page).toHaveURL(/\/o\/phone-/);
  await fitsTheScreen(page);

  await goTo(page, "Members");
  await page
    .getByRole("button", { name: /invite/i })
    .first()
    .tap();
  await page.getByLabel("Mail addresses").fill(colleague);
  await fitsTheScreen(page);
  await page.getByRole("button", { name: "Send invitations" }).tap();
  await mailTo(colleague, /invites you/);

  await goTo(page, "Imports");
  await page.goto(`${new URL(page.url()).pathname}/new?entity=contact`);
  await page.locator('input[type="file"]').setInputFiles({
    name: "contacts.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      "First name,Last name,Email\nAda,Lovelace,ada@example.test\nAlan,Turing,alan@example.test\n",
    ),
  });
  await fitsTheScreen(page);
  await page.getByRole("button", { name: "Start import" }).tap();
  await expect(
    page
      .locator("#content")
      .getByText(/finished|completed/i)
      .first(),
  ).toBeVisible({ timeout: 90_000 });
  await fitsTheScreen(page);
});

test("what is pressed on a row stands beside its words, within the row", async ({ page }) => {
  await signInAs(page, "owner@acme.test");
  const boxOf = async (of: Locator) => {
    const { x, y, width, height } = (await of.boundingBox())!;
    return { left: x, right: x + width, top: y, bottom: y + height };
  };
  await page.goto("/o/acme/contacts");
  const row = page.locator("[data-row]").filter({ hasText: "@" }).first();
  const mail = await boxOf(row.getByText("@"));
  expect((await boxOf(row.getByRole("checkbox"))).bottom).toBeLessThanOrEqual(mail.top);

  await page.goto("/account/devices");
  const device = page.getByRole("row").filter({ hasText: "This device" });
  const edge = await boxOf(device.getByText("127.0.0.1"));
  const card = await boxOf(device);
  const button = await boxOf(device.getByRole("button", { name: "Sign out" }));
  expect(card.right - button.right).toBeGreaterThanOrEqual(12);
  expect(edge.right <= button.left || edge.top >= button.bottom).toBe(true);
});
