/** Ways to be somebody. */
import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import pg from "pg";
import { awake } from "./awake";
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

/** On the page that asks to confirm: has a link mailed, opens it in the same browser, and presses its button. */
export async function confirmByMail(page: Page, address: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Confirm it is you" })).toBeVisible();
  await (await awake(page.getByRole("button", { name: "Send me a link" }))).click();
  await page.goto(buttonOf(await mailTo(address, /^Confirm it is you/), "Confirm it is you"));
  await page.getByRole("button", { name: "Confirm" }).click();
}

export const STAFF = "staff@tenantry.test";

/** One of the demo people, without a mail; the platform's own as `signInAsStaff` does. */
export async function signInAs(page: Page, email: string): Promise<void> {
  const headers = { origin: new URL(stack.reached().app).origin };
  const response = await page.request.post("/api/dev-login", { data: { email }, headers });
  expect(response.ok(), `dev login of ${email}`).toBe(true);
  if (email === STAFF) await confirmSessionsOf(STAFF);
}

/**
 * Lets the person's sessions count as confirmed a moment ago, which the platform's console asks of staff. By the row and
 * not by the mail: five mails in 15 minutes is all that a person gets.
 */
export async function confirmSessionsOf(email: string): Promise<void> {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  await owner.query(
    `update session set stepped_up_at = now(), stepped_up_by = 'link'
     where revoked_at is null and user_id = (select id from "user" where email = $1)`,
    [email],
  );
  await owner.end();
}

/** Staff who confirmed that it is them: who may see the platform's console. */
export async function signInAsStaff(page: Page): Promise<void> {
  await signInAs(page, STAFF);
}

const asOwner = async (sql: string, values: unknown[]): Promise<void> => {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  await owner.query(sql, values);
  await owner.end();
};

/** Makes somebody one of the platform's staff, as whoever runs it does: in the database. */
export const becomeStaff = (email: string): Promise<void> =>
  asOwner(`update "user" set platform_role = 'admin' where email = $1`, [email]);

/** As if the person's last confirmation were 15 minutes and a moment old. */
export const letConfirmationRunOut = (email: string): Promise<void> =>
  asOwner(
    `update session set stepped_up_at = now() - interval '15 minutes 5 seconds'
     where stepped_up_at is not null and user_id = (select id from "user" where email = $1)`,
    [email],
  );
