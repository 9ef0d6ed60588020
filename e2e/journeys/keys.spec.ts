// An API key from the first one of an organization to its end: shown until it is stored, rotated, revoked.
import { randomUUID } from "node:crypto";
import { expect, request, test, type Page } from "@playwright/test";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { OWNER } from "../pages/visits";
import { signInAs } from "../pages/people";
import { stack } from "../pages/stack";

const status = async (key: string): Promise<number> => {
  const program = await request.newContext({ baseURL: stack.reached().app });
  const answer = await program.get("/api/v1/organization", { headers: { authorization: `Bearer ${key}` } });
  await program.dispose();
  return answer.status();
};

/** The dialog that shows a key: it stays, whatever happens behind it, until the key is said to be stored. */
async function storedKey(page: Page, name: string): Promise<string> {
  const dialog = page.getByRole("dialog", { name: `Store “${name}” now` });
  const key = await dialog.getByLabel("The new key").innerText();
  // The list behind comes anew, also when the window is looked at again.
  await expect(page.getByText(`${key.slice(0, 21)}…${key.slice(-4)}`)).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("alert")).toContainText("never shown again");
  await expect(dialog.getByLabel("The new key")).toHaveText(key);
  await dialog.getByRole("checkbox", { name: "I have stored it" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return key;
}

test("the first key is shown until it is stored, opens the API, is rotated at once and revoked", async ({
  page,
}) => {
  await signInAs(page, OWNER);
  const slug = `keys-${randomUUID().slice(0, 8)}`;
  await call(page, "tenancy.create", { name: "Keys Goods", slug });
  await page.goto(`/o/${slug}/settings/api-keys`);
  const create = page.getByRole("button", { name: "Create key" });
  await awake(create);
  await create.click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name", { exact: true }).fill("Warehouse sync");
  await form.getByRole("button", { name: "Read everything" }).click();
  await form.getByRole("button", { name: "Create key" }).click();
  const first = await storedKey(page, "Warehouse sync");
  expect(await status(first)).toBe(200);

  await page.getByRole("button", { name: "Rotate Warehouse sync" }).click();
  await page.getByRole("radio", { name: "Stop at once" }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  const second = await storedKey(page, "Warehouse sync");
  expect(await status(second)).toBe(200);
  await expect.poll(() => status(first)).toBe(401);

  await page.getByRole("button", { name: "Revoke Warehouse sync" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("“Warehouse sync” is revoked.")).toBeVisible();
  await expect.poll(() => status(second)).toBe(401);
  await expect(page.getByText("No keys yet")).toBeVisible();
});
