// One's own data, from asking to having: exported as a file that opens, deleted on request, and kept after all.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { expect, test, type Browser, type Page } from "@playwright/test";
import pg from "pg";
import { unzip } from "../../src/testing/zip";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { buttonOf, mailTo } from "../pages/mailbox";
import { confirmByMail, letConfirmationRunOut, newAddress, signInByMail } from "../pages/people";
import { stack } from "../pages/stack";

/** Somebody new, who signed in by a mailed link and founded an organization. */
async function founder(page: Page, name: string): Promise<{ address: string; slug: string; org: string }> {
  const address = newAddress(name);
  const [slug, org] = [`${name}-${randomUUID().slice(0, 8)}`, `${name} Goods`];
  await page.goto("/login");
  await signInByMail(page, address);
  await call(page, "tenancy.create", { name: org, slug });
  return { address, slug, org };
}

/** Invites a colleague by mail, who signs in as somebody new and joins. */
async function colleagueOf(
  page: Page,
  browser: Browser,
  slug: string,
): Promise<{ page: Page; address: string }> {
  const address = newAddress("colleague");
  await call(page, "tenancy.invite", { emails: [address], role: "member" }, slug);
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto("/login");
  await signInByMail(theirs, address);
  await theirs.goto(buttonOf(await mailTo(address, /invites you/), "See the invitation"));
  await (await awake(theirs.getByRole("button", { name: /^Join/ }))).click();
  await expect(theirs).toHaveURL(new RegExp(`/o/${slug}`));
  return { page: theirs, address };
}

/** Presses Download, and opens what comes: its entries, each whole by its own checksum. */
async function downloaded(page: Page): Promise<Map<string, Buffer>> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).first().click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^(?:my|organization)-data-\d{4}-\d{2}-\d{2}\.zip$/);
  return unzip(fs.readFileSync(await file.path()));
}
const rowsIn = (archive: Map<string, Buffer>, file: string) =>
  JSON.parse(archive.get(file)!.toString()) as Record<string, unknown>[];

/** Types the phrase and is sent to confirm first, does so by mail, and asks again. */
async function requestDeletion(page: Page, button: string, phrase: string, address: string): Promise<void> {
  const ask = async () => {
    await (await awake(page.getByRole("button", { name: button }))).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("button", { name: "Request deletion" })).toBeDisabled();
    await dialog.getByRole("textbox").fill(phrase);
    await dialog.getByRole("button", { name: "Request deletion" }).click();
    return dialog;
  };
  const here = new URL(page.url()).pathname;
  await letConfirmationRunOut(address);
  await (await ask()).getByRole("link", { name: "Confirm it is you" }).click();
  await confirmByMail(page, address);
  await expect(page).toHaveURL(new RegExp(`${here}$`));
  await expect(await ask()).toBeHidden();
}

/** Opens the mail's link in a browser that is signed in nowhere, and presses its button. */
async function keepByMail(
  browser: Browser,
  mail: Awaited<ReturnType<typeof mailTo>>,
  what: string,
): Promise<void> {
  const anywhere = await (await browser.newContext()).newPage();
  const link = buttonOf(mail, "Keep");
  await anywhere.goto(link);
  await expect(anywhere.getByRole("heading", { name: `Keep the ${what}` })).toBeVisible();
  await (await awake(anywhere.getByRole("button", { name: `Keep the ${what}` }))).click();
  await expect(anywhere.getByRole("heading", { name: `The ${what} stays` })).toBeVisible();
  await anywhere.goto(link);
  await expect(anywhere.getByRole("heading", { name: "This deletion was undone already" })).toBeVisible();
  await anywhere.goto(/https?:\S+\/erasure\/certificate\/[\w-]+/.exec(mail.text)![0]);
  await expect(anywhere.getByRole("heading", { name: "This deletion was undone" })).toBeVisible();
  await anywhere.context().close();
}

test("a person asks for everything about them, is mailed when it is ready, and opens the file", async ({
  page,
}) => {
  const { address, slug } = await founder(page, "exporter");
  await page.goto("/account/data");
  await (await awake(page.getByRole("button", { name: "Export everything" }))).click();
  await expect(page.getByText("We mail you when it is ready.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Download" })).toBeVisible({ timeout: 90_000 });
  const mail = await mailTo(address, /^Your export is ready$/);
  await page.goto(buttonOf(mail, "Fetch the file"));
  await expect(page).toHaveURL(/\/account\/data$/);
  await awake(page.getByRole("button", { name: "Download" }));

  const archive = await downloaded(page);
  expect(archive.get("README.txt")!.toString()).toContain("Everything Tenantry holds about you");
  const [self, ...others] = rowsIn(archive, "data/auth/user.json");
  expect([self, others]).toEqual([expect.objectContaining({ email: address }), []]);
  expect(rowsIn(archive, "data/tenancy/membership.json")).toEqual([
    expect.objectContaining({ user_email: address, role: "owner" }),
  ]);
  const manifest = JSON.parse(archive.get("manifest.json")!.toString()) as { rows: Record<string, number> };
  expect(manifest.rows).toMatchObject({ user: 1, membership: 1 });
  for (const [name, content] of archive) {
    if (name === "README.txt") continue;
    expect(content.toString(), `${name} of somebody else`).not.toContain("owner@acme.test");
  }
  expect(slug).toBeTruthy();
});

test("a person asks for their deletion, is told until when it can be undone, and undoes it from the mail", async ({
  page,
  browser,
}) => {
  const { address, slug, org } = await founder(page, "leaver");
  await page.goto("/account/data");
  await expect(page.getByText(`Nobody else belongs to ${org}.`)).toBeVisible();
  await requestDeletion(page, "Delete my account", address, address);
  await expect(page.getByText("Deletion is requested", { exact: true })).toBeVisible();
  await expect(page.getByText(/It happens .*Until then nothing is deleted/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeHidden();
  // Until then all works as before.
  await page.goto(`/o/${slug}/companies`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await keepByMail(browser, await mailTo(address, /^Deletion of your account is requested$/), "account");
  await page.goto("/account/data");
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeVisible();
  await expect(page.getByText("Deletion is requested", { exact: true })).toBeHidden();
  await call(page, "crm.companies.create", { name: "Still here" }, slug);
  await page.goto(`/o/${slug}/companies`);
  await expect(page.getByRole("link", { name: "Still here" })).toBeVisible();
});

test("an only owner is told to hand over first; the organization's deletion is asked for, undone, and handed over", async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const { address, slug, org } = await founder(page, "owner");
  const colleague = await colleagueOf(page, browser, slug);

  await page.goto("/account/data");
  await expect(page.getByText("Hand over first")).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeHidden();
  await page.getByRole("link", { name: org }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${slug}/settings$`));

  await requestDeletion(page, "Delete organization", org, address);
  await expect(page.getByText("Deletion of this organization is requested.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep organization" }).first()).toBeVisible();
  await colleague.page.goto(`/o/${slug}`);
  await expect(colleague.page.getByText("Deletion of this organization is requested.")).toBeVisible();
  await expect(colleague.page.getByRole("button", { name: "Keep organization" })).toBeHidden();

  await keepByMail(
    browser,
    await mailTo(address, new RegExp(`^Deletion of ${org} is requested$`)),
    "organization",
  );
  await page.goto(`/o/${slug}/settings`);
  await expect(page.getByRole("button", { name: "Delete organization" })).toBeVisible();
  await expect(page.getByText("Deletion of this organization is requested.")).toBeHidden();
  await call(colleague.page, "crm.companies.create", { name: "Still here" }, slug);

  // The door refuses what the page does not offer.
  const refused = await page.request.post("/api/trpc/gdpr.erasePerson", {
    data: { json: { confirmation: address } },
    headers: { origin: new URL(stack.reached().app).origin },
  });
  expect(await refused.text()).toContain("gdpr.hand_over_first");
  await (await awake(page.getByRole("button", { name: "Transfer ownership" }))).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill(org);
  await dialog.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(dialog.getByText("Choose a member.")).toBeVisible();
  await dialog.getByRole("combobox").click();
  await page.getByRole("option", { name: new RegExp(colleague.address) }).click();
  await dialog.getByRole("button", { name: "Transfer ownership" }).click();
  await expect(dialog).toBeHidden();
  await page.goto("/account/data");
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeVisible();
  await expect(page.getByText("Hand over first")).toBeHidden();
  await colleague.page.context().close();
});

test("the owner of a suspended organization takes everything out of it, and can do nothing else", async ({
  page,
}) => {
  const { slug, org, address } = await founder(page, "stopped");
  await call(page, "crm.companies.create", { name: "Ropeworks" }, slug);
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  await owner.query("update organization set status = 'suspended' where slug = $1", [slug]);
  await owner.end();
  await expect(async () => {
    await page.goto(`/o/${slug}/settings`);
    await expect(page.getByText("This organization is suspended.").first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: "Delete organization" })).toBeHidden();
  await (await awake(page.getByRole("button", { name: "Export everything" }))).click();
  await expect(page.getByRole("button", { name: "Download" })).toBeVisible({ timeout: 90_000 });
  await mailTo(address, /^Your export is ready$/);
  const archive = await downloaded(page);
  expect(rowsIn(archive, "data/crm/company.json")).toEqual([expect.objectContaining({ name: "Ropeworks" })]);
  expect(rowsIn(archive, "data/tenancy/organization.json")).toEqual([expect.objectContaining({ name: org })]);
});
