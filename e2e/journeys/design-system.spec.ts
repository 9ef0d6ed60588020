// Every primitive in every state, as it looked when it was last looked at. Baselines are kept by platform and Chromium's
// major version; where there are none yet, they are recorded, and the report says so.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";

const SCHEMES = ["light", "dark"] as const;

for (const scheme of SCHEMES) {
  test(`the design system looks as it did (${scheme})`, async ({ page, browser }, testInfo) => {
    test.setTimeout(120_000);
    const key = `${process.platform}-chromium-${browser.version().split(".")[0]}`;
    const folder = path.join("e2e", "baselines", key);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1280, height: 2400 });
    await page.goto("/dev/ui");
    await page.evaluate(() => document.fonts.ready);
    const sections = page.locator("section[id]");
    const ids = await sections.evaluateAll((found) => found.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(5);
    const recorded: string[] = [];
    for (const id of ids) {
      const section = page.locator(`section#${id}`);
      // What moves or tells the time is not what is compared.
      const options = {
        animations: "disabled" as const,
        caret: "hide" as const,
        mask: [section.locator("time"), section.locator("[data-moving]")],
      };
      const name = `${id}-${scheme}.png`;
      const baseline = path.join(folder, name);
      if (!fs.existsSync(baseline)) {
        fs.mkdirSync(folder, { recursive: true });
        await section.screenshot({ ...options, path: baseline });
        recorded.push(name);
        continue;
      }
      await expect.soft(section).toHaveScreenshot([key, name], { ...options, maxDiffPixelRatio: 0.01 });
    }
    if (recorded.length > 0) {
      const words = `recorded ${recorded.length} new baselines in ${folder}: look at them and commit them`;
      testInfo.annotations.push({ type: "new baselines", description: words });
      console.log(words);
    }
  });
}
