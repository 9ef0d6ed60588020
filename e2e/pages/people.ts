/** Ways to be somebody. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { buttonOf, mailTo } from "./mailbox";
import { stack } from "./stack";

/** An address nobody has used. */
export const newAddress = (name: string) => `${name}-${randomUUID().slice(0, 8)}@example.test`;

/** Asks for a link on the sign-in page, opens it from the mail, and presses its button. */
export async function signInByMail(page: Page, address: string): Promise<void> {
  if (!page.url().includes("/login")) await page.goto("/login");
  await page.getByLabel("Mail address").fill(address);
  await page.getByRole("button", { name: "Send sign-in link" }).click();
  await expect(page).toHaveURL(/\/login\/check-mail/);
  await page.goto(buttonOf(await mailTo(address, /sign/i), "Sign in"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/\/login|\/api\//);
}

/** One of the demo people, without a mail. */
export async function signInAs(page: Page, email: string): Promise<void> {
  const headers = { origin: new URL(stack.reached().app).origin };
  const response = await page.request.post("/api/dev-login", { data: { email }, headers });
  expect(response.ok(), `dev login of ${email}`).toBe(true);
}
