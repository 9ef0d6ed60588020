// Every page of the console, and those that deal with money, programs and one's own data, by Tab from their top to their end:
// it leads through and out again, never to what is hidden or out of sight, and the ring is drawn, whole, at each stop.
import { expect } from "@playwright/test";
import { walk } from "../pages/keyboard";
import { STAFF } from "../pages/people";
import { test } from "../pages/visitors";
import { leaveUnsettled } from "../pages/unsettled";
import { addressOf, OWNER, VISITS } from "../pages/visits";

// The words of the failure tell what a trace would.
test.use({ trace: "off" });

/** Lists of whatever else ran before grow long; one organization has every kind of stop. */
const NARROWED: Record<string, string> = {
  "/admin/features": "/admin/features?search=acme",
  "/admin/people": "/admin/people?search=acme",
  "/admin/organizations": "/admin/organizations?search=acme",
  "/admin/audit": "/admin/audit?search=signed&limit=20",
};
const WALKED = /^\/(?:admin|account|docs\/api|erasure|o\/acme\/(?:billing|usage|settings))/;

/** Of each route the first visit that shows it. */
const pages = Object.values(VISITS).flatMap((visits) =>
  visits
    .filter(
      ({ as, to, status }) =>
        status === undefined && WALKED.test(to) && (as === null || as === STAFF || as === OWNER),
    )
    .slice(0, 1),
);

test.beforeAll(leaveUnsettled);

for (const { as, to } of pages) {
  test(`Tab leads through ${to} as ${as ?? "a stranger"}`, async ({ visitor }) => {
    const page = await visitor(as);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(await addressOf(NARROWED[to] ?? to));
    await expect(page.locator("h1").first()).toBeVisible();
    // What is asked for after the page woke up adds stops, and would add them under way.
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const stops = await walk(page);
    expect(stops.length).toBeGreaterThan(0);
    expect(stops.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
}
