/** A person without a pointer: Tab, Enter, Space and typing, nothing else. */
import { expect, type Locator, type Page } from "@playwright/test";

const MOST_TABS = 80;

/** Moves on with Tab until `target` has the focus, which must be visible. @throws when it never comes. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible();
  const hasFocus = () =>
    target.evaluateAll((found) => found.some((element) => element === document.activeElement));
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await hasFocus()) {
      const isDrawn = await page.evaluate(() => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement!);
        const after = getComputedStyle(document.activeElement!, "::after");
        const hasOutline = (style: string, width: string) => style !== "none" && width !== "0px";
        return (
          hasOutline(outlineStyle, outlineWidth) ||
          hasOutline(after.outlineStyle, after.outlineWidth) ||
          boxShadow !== "none"
        );
      });
      expect(isDrawn, `the focus is drawn on ${target}`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${target}`);
}

/** Presses a button or follows a link. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}
