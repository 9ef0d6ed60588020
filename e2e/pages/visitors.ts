/**
 * Tests that only look: each has a page of its own, in a browser that is kept for everybody of the same worker, so that the
 * app's files are loaded and compiled once and not for every test. What changes anything has a browser of its own instead
 * (the `page` of Playwright's own `test`).
 */
import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { confirmSessionsOf, signInAs, STAFF } from "./people";

type Device = Pick<BrowserContextOptions, "viewport" | "hasTouch" | "isMobile">;

export const WIDE = { width: 1280, height: 720 };
export const PHONE = { width: 390, height: 844 };

interface Visitors {
  /** A new page of somebody who is signed in, or of a stranger (null). */
  visitor: (email: string | null, device?: Device) => Promise<Page>;
}
interface Browsers {
  browsers: Map<string, BrowserContext>;
}

export const test = base.extend<Visitors, Browsers>({
  browsers: [
    async ({}, provide) => {
      const browsers = new Map<string, BrowserContext>();
      await provide(browsers);
      for (const context of browsers.values()) await context.close();
    },
    { scope: "worker" },
  ],
  visitor: async ({ browser, browsers, baseURL }, provide) => {
    const opened: Page[] = [];
    await provide(async (email, device = { viewport: WIDE }) => {
      const key = JSON.stringify([email, device]);
      let context = browsers.get(key);
      if (!context) {
        context = await browser.newContext({ baseURL, ...device });
        browsers.set(key, context);
      }
      const page = await context.newPage();
      opened.push(page);
      const isKnown = (await context.cookies()).length > 0;
      if (email && !isKnown) await signInAs(page, email);
      // A confirmation lasts 15 minutes, and these browsers longer.
      if (email === STAFF) await confirmSessionsOf(STAFF);
      return page;
    });
    for (const page of opened) await page.close();
  },
});
