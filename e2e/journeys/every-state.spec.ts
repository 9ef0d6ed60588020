// Every state that a visit does not show (empty, loading, refused, used up, open menus and dialogs): axe finds nothing, in
// light and in dark, and a phone does not scroll sideways.
import { expect } from "@playwright/test";
import { axeFindings } from "../pages/axe";
import { signInAs } from "../pages/people";
import { foundOrgsInStates, inOrgs, STATES, type OrgsInStates } from "../pages/states";
import { PHONE, test } from "../pages/visitors";
import { addressOf, OWNER } from "../pages/visits";

// Nothing is done here that a picture and the words of the failure would not tell; a trace costs as much as the visit.
test.use({ trace: "off" });

const HAND_HELD = { viewport: PHONE, hasTouch: true, isMobile: true };

let slugs: OrgsInStates;
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signInAs(page, OWNER);
  slugs = await foundOrgsInStates(page.request);
  await page.close();
});

for (const { name, as, to, act, only } of STATES) {
  test(`axe finds nothing: ${name}`, async ({ visitor }) => {
    const page = await visitor(as, only === "phone" ? HAND_HELD : undefined);
    // Without motion nothing is seen half faded, which axe would call too pale.
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "light" });
    await page.goto(await addressOf(inOrgs(to, slugs)));
    // What answers 404 is drawn by the browser: until then the document is Next's own, without a language.
    await expect(page.locator("html")).toHaveAttribute("lang", /./);
    await act?.(page);
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: "reduce", colorScheme: "dark" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    expect(await axeFindings(page, { rules: "colours" })).toEqual([]);
    await page.setViewportSize(PHONE);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    // A panel beside the list becomes a drawer a moment after the window is small.
    await expect.poll(overflow, { message: "sideways scrolling on a phone" }).toBeLessThanOrEqual(0);
  });
}
