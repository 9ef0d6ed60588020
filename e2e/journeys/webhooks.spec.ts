// A webhook from its first second to its end: added, told by a real request that its secret verifies, failing, and sent again.
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { axeFindings } from "../pages/axe";
import { call } from "../pages/api";
import { awake } from "../pages/awake";
import { signInAs } from "../pages/people";

type Received = { headers: IncomingHttpHeaders; body: string };

let receiver: Server;
let url: string;
let status = 204;
const received: Received[] = [];
test.beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
});
test.afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});

test("an address is added, told of a new company by a signed request, and sent again what it refused", async ({
  page,
}) => {
  await signInAs(page, "admin@acme.test");
  await page.goto("/o/acme/settings/webhooks");
  await awake(page.getByRole("button", { name: "Add webhook" }).first());
  await page.getByRole("button", { name: "Add webhook" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add webhook" });
  await dialog.getByLabel("Address").fill("https://10.0.0.1/hooks");
  await dialog.getByRole("radio", { name: /Only some/ }).click();
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText("Choose at least one event, or all of them.").first()).toBeVisible();
  expect(await axeFindings(page, { within: "[role=dialog]" })).toEqual([]);
  await dialog.getByRole("checkbox", { name: "Companies" }).click();
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText(/private network/).first()).toBeVisible();
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByLabel("Name").fill("Warehouse");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(page).toHaveURL(/settings\/webhooks\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { name: "Warehouse" })).toBeVisible();

  await page.getByRole("button", { name: "Show", exact: true }).click();
  const secret = (await page.getByText(/^whsec_[\w+/=]{40,}$/).textContent())!;

  status = 500;
  const name = `Ropeworks ${Date.now()}`;
  await call(page, "crm.companies.create", { name });
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(1);
  const log = page.getByRole("table", { name: "deliveries" });
  await expect(log.getByText("Answered 500")).toBeVisible({ timeout: 20_000 });

  status = 204;
  await page.getByRole("button", { name: "Send a test" }).click();
  // The company is told again of its own accord, at about the same time.
  const tested = log.getByRole("row").filter({ hasText: "Webhook tested" });
  await expect(tested.getByText("Answered 204")).toBeVisible({ timeout: 20_000 });
  expect(await axeFindings(page)).toEqual([]);

  await tested.getByRole("link").click();
  const sheet = page.getByRole("dialog", { name: "Webhook tested" });
  await expect(sheet.getByText("1. Answered 204")).toBeVisible();
  expect(await axeFindings(page, { within: "[role=dialog]" })).toEqual([]);
  await sheet.getByRole("button", { name: "Send again" }).click();
  const told = (type: string) =>
    received.filter(({ body }) => (JSON.parse(body) as { type: string }).type === type);
  await expect.poll(() => told("webhook.tested").length, { timeout: 20_000 }).toBe(2);
  const ids = told("webhook.tested").map(({ headers }) => headers["webhook-id"]);
  expect(ids[0]).toBe(ids[1]);
  await expect.poll(() => told("company.created").length, { timeout: 20_000 }).toBeGreaterThan(1);

  for (const { body, headers } of received)
    new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(JSON.parse(received[0]!.body)).toMatchObject({
    type: "company.created",
    data: { target: { type: "company" }, record: { name } },
  });

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await expect(page).toHaveURL(/settings\/webhooks$/);
});
