/** What a test prepares through the API, as whoever is signed in. */
import { expect, type Page } from "@playwright/test";
import { stack } from "./stack";

/** Calls a mutation inside an organization. */
export async function call<T>(page: Page, procedure: string, input: object, org = "acme"): Promise<T> {
  const response = await page.request.post(`/api/trpc/${procedure}`, {
    data: { json: input },
    headers: { origin: new URL(stack.reached().app).origin, "x-tenantry-org": org },
  });
  expect(response.ok(), `${procedure}: ${await response.text()}`).toBe(true);
  return ((await response.json()) as { result: { data: { json: T } } }).result.data.json;
}
