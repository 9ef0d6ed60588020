/** Stripe's own pages, local or real: fields go by the names that both have. */
import { expect, type Page } from "@playwright/test";
import { stack } from "./stack";

export const CARDS = {
  fine: "4242 4242 4242 4242",
  /** Can be saved; every later charge is declined. */
  declinedLater: "4000 0000 0000 0341",
} as const;

/** Whether Stripe is the local one, whose time can be moved and whose events reach this machine. */
export const isLocalStripe = (): boolean => stack.reached().stripe !== undefined;

async function fillCard(page: Page, card: string): Promise<void> {
  await page.locator("[name=cardNumber]").fill(card);
  await page.locator("[name=cardExpiry]").fill("12 / 40");
  await page.locator("[name=cardCvc]").fill("123");
}

/** Pays on the checkout page that is about to open, and comes back. */
export async function payAtCheckout(page: Page): Promise<void> {
  await page.waitForURL(isLocalStripe() ? /\/c\/pay\// : /checkout\.stripe\.com/);
  await fillCard(page, CARDS.fine);
  // Stripe's own page asks for more.
  const name = page.locator("[name=billingName]");
  if (!isLocalStripe() && (await name.isVisible())) await name.fill("Pat Example");
  await page.getByRole("button", { name: /subscribe|start trial|pay/i }).click();
  await page.waitForURL(/\/billing\?checkout=done/, { timeout: 45_000 });
}

/** On the local portal: puts another card in the place of the one that is there, and returns. */
export async function changeCard(page: Page, card: string): Promise<void> {
  await page.waitForURL(/\/p\/session\//);
  await fillCard(page, card);
  await page.locator("#save-card").click();
  await expect(page.locator("#current-card")).toContainText(card.slice(-4));
  await page.locator("#return").click();
}

/** On the local page of an invoice. */
export async function payInvoice(page: Page, card: string): Promise<void> {
  await page.waitForURL(/\/i\//);
  await fillCard(page, card);
  await page.locator("#submit").click();
  await expect(page.locator("#status")).toContainText(/paid/i);
}

/** Moves the local Stripe's time; what is due there happens, and its events come. */
export async function moveStripe(body: { now: string } | { offset_ms: number }): Promise<void> {
  const answer = await fetch(`${stack.reached().stripe}/_emulator/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}
