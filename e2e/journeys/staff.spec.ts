// Staff at the platform's console: that it asks who they are, again and again, and what they see and leave where they open an
// organization as one of its members.
import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { axeFindings } from "../pages/axe";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { buttonOf, mailTo } from "../pages/mailbox";
import {
  becomeStaff,
  confirmSessionsOf,
  letConfirmationRunOut,
  newAddress,
  signInAs,
  signInByMail,
  signInAsStaff,
} from "../pages/people";
import { OWNER } from "../pages/visits";

/** A device with a fingerprint reader, whose owner is there and presses. */
async function withAuthenticator(page: Page): Promise<void> {
  const device = await page.context().newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal" },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
}

const overview = (page: Page) => page.getByRole("heading", { name: "Overview", level: 1 });
const asked = (page: Page) => page.getByRole("heading", { name: "Confirm it is you", level: 1 });

test("a passkey opens the console, until 15 minutes are over or one has signed out", async ({ page }) => {
  const email = newAddress("sam-staff");
  await withAuthenticator(page);
  // Signing in by mail is a confirmation, so a passkey can be made at once.
  await signInByMail(page, email);
  await page.goto("/account");
  await (await awake(page.getByRole("button", { name: "Add a passkey" }))).click();
  const dialog = page.getByRole("dialog", { name: "Add a passkey" });
  await dialog.getByLabel("Name").fill("Laptop");
  await dialog.getByRole("button", { name: "Add passkey" }).click();
  await expect(page.getByText("Passkey added")).toBeVisible();
  await expect(page.getByText("not used yet")).toBeVisible();

  await becomeStaff(email);
  await page.goto("/admin");
  await expect(overview(page)).toBeVisible();

  await letConfirmationRunOut(email);
  await page.goto("/admin/people");
  await expect(asked(page)).toBeVisible();
  // Nothing of the page behind was drawn.
  await expect(page.getByRole("table")).toHaveCount(0);
  await (await awake(page.getByRole("button", { name: "Use a passkey" }))).click();
  await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: email })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  // Signed in anew without a mail, which confirms nothing.
  await signInAs(page, email);
  await page.goto("/admin");
  await expect(asked(page)).toBeVisible();
  await (await awake(page.getByRole("button", { name: "Use a passkey" }))).click();
  await expect(overview(page)).toBeVisible();
});

test("without a passkey a mailed link opens the console, in the browser that asked for it and by its button", async ({
  page,
  browser,
}) => {
  const email = newAddress("lena-staff");
  await signInByMail(page, email);
  await becomeStaff(email);
  await letConfirmationRunOut(email);
  await page.goto("/admin/health");
  await (await awake(page.getByRole("button", { name: "Send me a link" }))).click();
  await expect(page.getByText("A link is on its way")).toBeVisible();
  const link = buttonOf(await mailTo(email, /Confirm it is you/), "Confirm it is you");

  // Whoever reads the mail elsewhere confirms nothing.
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(link);
  await elsewhere.getByRole("button", { name: "Confirm" }).click();
  await expect(elsewhere).not.toHaveURL(/\/admin/);
  await elsewhere.context().close();
  await expect(asked(page)).toBeVisible();

  // Opened in this browser it confirms by its button, and the page that waits goes on by itself.
  const tab = await page.context().newPage();
  await tab.goto(link);
  await expect(tab.getByRole("heading", { name: "Confirm it is you" })).toBeVisible();
  await tab.getByRole("button", { name: "Confirm" }).click();
  await expect(tab.getByRole("heading", { name: "System health", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "System health", level: 1 })).toBeVisible();
});

test("staff open an organization as its member, see what they see, change nothing, and it can be read who was there and why", async ({
  page,
  browser,
}) => {
  const theirs = await (await browser.newContext()).newPage();
  await signInAs(theirs, OWNER);
  const slug = `visited-${randomUUID().slice(0, 8)}`;
  await call(theirs, "tenancy.create", { name: `Visited ${slug}`, slug });
  await call(theirs, "crm.companies.create", { name: "Harbour Foods" }, slug);

  const email = newAddress("vera-staff");
  await signInByMail(page, email);
  await becomeStaff(email);
  await confirmSessionsOf(email);
  await page.goto(`/admin/organizations?search=${slug}`);
  await page.getByRole("link", { name: `Visited ${slug}` }).click();
  const console = /\/admin\/organizations\/[\da-f-]{36}$/;
  await expect(page).toHaveURL(console);
  await (await awake(page.getByRole("button", { name: /^Open as/ }))).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Open", exact: true }).click();
  await expect(dialog.getByText("Say why.")).toBeVisible();
  const reason = `They asked about an import, ticket ${slug}`;
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Open", exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/o/${slug}$`));
  await expect(page.getByText(/^You see .* as .*, read-only\.$/)).toBeVisible();
  await page.goto(`/o/${slug}/companies`);
  await expect(page.getByRole("link", { name: "Harbour Foods" })).toBeVisible();
  // What would be refused is not offered: no act, no way to a page of one, none of the pages that stay closed.
  await expect(page.getByRole("note", { name: /^Read-only/ })).toBeVisible();
  for (const role of ["button", "link"] as const)
    await expect(
      page.getByRole(role, { name: /^(?:Add company|Import companies|Export companies)/ }),
    ).toHaveCount(0);
  for (const closed of ["Billing", "API keys", "Webhooks"])
    await expect(page.getByRole("link", { name: closed, exact: true })).toHaveCount(0);
  expect((await page.goto(`/o/${slug}/companies/new`))!.status()).toBe(403);
  await expect(page.getByText("This page stays closed to staff")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  // And whoever calls the door all the same is refused there.
  const refused = await page.request.post("/api/trpc/crm.companies.create", {
    data: { json: { name: "Written by staff" } },
    headers: { origin: new URL(page.url()).origin, "x-tenantry-org": slug },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("kernel.not_for_staff");
  // The console and one's own account are somebody else's meanwhile.
  await page.goto("/admin/people");
  await expect(page.getByText("You have an organization open as a member")).toBeVisible();

  await page.goto(`/o/${slug}`);
  await (await awake(page.getByRole("button", { name: "End", exact: true }))).click();
  await expect(page).toHaveURL(console);
  await expect(
    page.getByRole("region", { name: "Acts of staff" }).or(page.getByLabel("Acts of staff")),
  ).toContainText(reason);
  expect((await page.goto(`/o/${slug}`))!.status()).toBe(404);

  await theirs.goto(`/o/${slug}/settings/audit`);
  await expect(
    theirs.getByText(new RegExp(`opened the organization as .*, read-only, for 30 minutes: ${reason}`)),
  ).toBeVisible();
  await expect(theirs.getByText(/ended what was opened as /)).toBeVisible();
  await theirs.context().close();
});

test("what is missing in the console is said within it", async ({ page }) => {
  await signInAsStaff(page);
  await page.goto("/admin/organizations/nothing");
  await expect(page.getByRole("heading", { name: "The console has no such page" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Organizations", exact: true }).first()).toBeVisible();
});
