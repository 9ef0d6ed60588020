// From a limit to a paid plan and on, as an owner walks it; Stripe is the local one.
import { expect, test, type Page } from "@playwright/test";
import pg from "pg";
import { awake } from "../pages/awake";
import { newAddress, signInByMail } from "../pages/people";
import { stack } from "../pages/stack";

test.describe.configure({ mode: "serial" });

const owner = newAddress("payer");
const name = `Payer ${owner.slice(6, 14)}`;

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

async function invite(address: string): Promise<void> {
  await page.getByRole("link", { name: "Members" }).first().click();
  await page
    .getByRole("button", { name: /invite/i })
    .first()
    .click();
  await page.getByLabel("Mail addresses").fill(address);
  await page.getByRole("button", { name: "Send invitations" }).click();
}

test("a new organization has what Pro has, and is on Free when the trial is over", async () => {
  await page.goto("/login");
  await signInByMail(page, owner);
  await awake(page.getByLabel("Name"));
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page).toHaveURL(/\/o\/payer-/);
  const slug = new URL(page.url()).pathname.split("/")[2]!;
  await page.goto(`/o/${slug}/billing`);
  await expect(page.getByText("Trial", { exact: true }).first()).toBeVisible();

  const database = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await database.connect();
  const { rowCount } = await database.query(
    "update organization_plan set trial_ends_at = now() - interval '1 minute' where org_id = (select id from organization where slug = $1)",
    [slug],
  );
  await database.end();
  expect(rowCount).toBe(1);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("button", { name: "Upgrade to Pro" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("the plan's limit is a page's state with one button, and nothing is lost", async () => {
  await invite(newAddress("colleague"));
  await expect(page.getByRole("dialog").filter({ hasText: "This needs a larger plan" })).toBeVisible();
});

test("paying on Stripe's page unlocks within 5 seconds", async () => {
  await page.getByRole("button", { name: "Upgrade to Pro" }).click();
  await page.waitForURL(/\/c\/pay\//);
  await page.getByLabel("Card number").fill("4242 4242 4242 4242");
  await page.getByLabel(/^Expiry/).fill("12 / 40");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: /subscribe|pay/i }).click();
  await page.waitForURL(/\/billing\?checkout=done/);
  await expect(page.getByText("The plan is yours")).toBeVisible({ timeout: 5_000 });
  await expect(page.getByText("ending in 4242")).toBeVisible();
  await expect(page.getByRole("link", { name: /PDF/ })).toBeVisible();
  await invite(newAddress("colleague"));
  await expect(page.getByRole("dialog").filter({ hasText: "larger plan" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Send invitations" })).toBeHidden();
});

test("the plan can be cancelled, and that taken back", async () => {
  await page.getByRole("link", { name: "Billing" }).first().click();
  await page.getByRole("button", { name: "Cancel plan" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel plan" }).click();
  await expect(page.getByText("Ends with the period", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Keep plan" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
});

test("usage beyond the plan is switched on with a cap that is kept", async () => {
  await page.getByRole("switch", { name: "Go on beyond the plan" }).click();
  await page.getByLabel(/Spend at most/).fill("12.50");
  await page.getByLabel("Beyond the plan").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.").first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(/Spend at most/)).toHaveValue("12.5");
});
