// The newcomer's whole path, in one piece, as a person walks it.
import fs from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { buttonOf, mailTo } from "../pages/mailbox";
import { newAddress, signInByMail } from "../pages/people";

test.describe.configure({ mode: "serial" });

const founder = newAddress("founder");
const colleague = newAddress("colleague");
const ROWS = 50_000;
const BAD_LINES = [101, 20_001];

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext()).newPage();
});
test.afterAll(() => page.context().close());

test("a stranger signs in by a mailed link and is asked for an organization", async () => {
  await page.goto("/");
  await page
    .getByRole("link", { name: /sign in/i })
    .first()
    .click();
  await signInByMail(page, founder);
  await expect(page).toHaveURL(/\/welcome/);
  await expect(page.getByRole("heading", { name: "Create your organization" })).toBeVisible();
});

test("a used link says so, and how to get another", async ({ browser }) => {
  const other = await (await browser.newContext()).newPage();
  await other.goto(buttonOf(await mailTo(founder, /sign/i), "Sign in"));
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(/\/login\/error/);
  await expect(other.getByText(/used/i).first()).toBeVisible();
  await other.context().close();
});

test("the organization is created and its dashboard opens", async () => {
  const name = `Newcomer ${founder.slice(8, 16)}`;
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page).toHaveURL(/\/o\/newcomer-/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a colleague is invited by mail, signs in as somebody new, and joins", async ({ browser }) => {
  await page.getByRole("link", { name: "Members" }).first().click();
  await page
    .getByRole("button", { name: /invite/i })
    .first()
    .click();
  await page.getByLabel("Mail addresses").fill(colleague);
  await page.getByRole("button", { name: "Send invitations" }).click();
  const link = buttonOf(await mailTo(colleague, /invites you/), "See the invitation");

  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await theirs.getByRole("link", { name: "Sign in to accept" }).click();
  await theirs.waitForURL(/\/login/);
  await signInByMail(theirs, colleague);
  if (!/invitations/.test(theirs.url())) await theirs.goto(link);
  await theirs.getByRole("button", { name: /^Join/ }).click();
  await expect(theirs).toHaveURL(/\/o\/newcomer-/);
  await theirs.context().close();
  await page.reload();
  await expect(page.getByText(colleague).first()).toBeVisible();
});

test("a second organization is founded, and one switches between the two", async () => {
  const first = new URL(page.url()).pathname.split("/")[2]!;
  await page.getByRole("button", { name: /Switch organization/ }).click();
  await page.getByRole("menuitem", { name: "Create organization" }).click();
  await page.getByLabel("Name").fill(`Second ${founder.slice(8, 16)}`);
  await page.getByRole("button", { name: /create/i }).click();
  await expect(page).toHaveURL(/\/o\/second-/);
  await page.getByRole("button", { name: /Switch organization/ }).click();
  await page.getByRole("menuitem", { name: /^Newcomer/ }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${first}`));
});

test("50,000 companies are imported while the browser is closed; refused rows say why; one job is counted", async ({
  browser,
}, testInfo) => {
  test.setTimeout(240_000);
  const slug = new URL(page.url()).pathname.split("/")[2]!;
  const file = testInfo.outputPath("companies.csv");
  fs.writeFileSync(file, companies());
  await page.goto(`/o/${slug}/imports/new`);
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(page.getByRole("button", { name: "Start import" })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Start import" }).click();
  await expect(page.getByRole("progressbar").first()).toBeVisible();
  const address = page.url();
  const cookies = await page.context().storageState();
  await page.context().close();

  page = await (await browser.newContext({ storageState: cookies })).newPage();
  await page.goto(address);
  const created = (ROWS - BAD_LINES.length).toLocaleString("en");
  await expect(page.getByText(created).first()).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText("Rows that were refused")).toBeVisible();

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download all" }).click();
  const refused = fs.readFileSync(await (await downloading).path(), "utf8");
  for (const line of BAD_LINES) expect(refused).toContain(String(line));

  await page.goto(`/o/${slug}/companies`);
  await page.getByRole("searchbox").first().fill("Company 49999");
  await expect(page.getByRole("link", { name: "Company 49999" })).toBeVisible();
  await page.goto(`/o/${slug}/jobs`);
  await expect(page.getByText(/completed/i).first()).toBeVisible();
  await expect(page.getByRole("meter", { name: "Jobs" }).first()).toHaveAttribute("aria-valuenow", "1");
});

/** The header is line 1; two rows have a domain that is none. */
function companies(): string {
  const lines = ["Company name,Website,City,Country,Employees"];
  for (let line = 2; line <= ROWS + 1; line += 1) {
    const domain = BAD_LINES.includes(line) ? "not a domain" : `company-${line}.example`;
    lines.push(`Company ${line},${domain},City ${line % 90},DE,${line % 500}`);
  }
  return `${lines.join("\n")}\n`;
}
