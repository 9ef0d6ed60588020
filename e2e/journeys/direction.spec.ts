// Right to left is the same page mirrored: nothing hangs over an edge, and the sidebar changes sides.
import { expect, test } from "@playwright/test";
import { signInAs } from "../pages/people";

const PAGES = [
  "/",
  "/login",
  "/o/acme",
  "/o/acme/companies",
  "/o/acme/contacts/new",
  "/o/acme/jobs",
  "/o/acme/members",
  "/o/acme/settings",
];

for (const to of PAGES) {
  test(`${to} from right to left`, async ({ page }) => {
    if (to.startsWith("/o/")) await signInAs(page, "owner@acme.test");
    await page.goto(to);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const overhang = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overhang, `sideways scrolling at ${width} px`).toBeLessThanOrEqual(0);
    }
    if (!to.startsWith("/o/")) return;
    await page.setViewportSize({ width: 1280, height: 844 });
    const sidebar = (await page.locator("aside").first().boundingBox())!;
    expect(Math.round(sidebar.x + sidebar.width)).toBeGreaterThanOrEqual(1280 - 20);
  });
}
