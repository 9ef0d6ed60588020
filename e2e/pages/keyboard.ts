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

export interface Stop {
  /** What is heard there: role and name, near enough to find it. */
  what: string;
  /** What is wrong with it, in words; empty where nothing is. */
  faults: string[];
}

/**
 * Goes through a page with Tab from its top until it is through, or with Shift+Tab from its end, and says at what it stopped.
 * An end that never comes (the same elements again before the page is left) is a trap, told as the last stop's fault.
 */
export async function walk(page: Page, key: "Tab" | "Shift+Tab" = "Tab", most = 400): Promise<Stop[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    window.scrollTo(0, 0);
    delete (window as { walked?: unknown }).walked;
  });
  const stops: Stop[] = [];
  for (let tabs = 0; tabs < most; tabs++) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(lookAtFocus);
    if (stop === "through") return stops;
    if (stop === "within") continue;
    if (stop === "again") {
      stops.at(-1)?.faults.push("leads back into the page before it is through");
      return stops;
    }
    stops.push(stop);
  }
  throw new Error(`${key} never leaves the page: ${most} stops`);
}

/** Runs in the page. */
function lookAtFocus(): Stop | "through" | "again" | "within" {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return "through";
  const seen = ((window as { walked?: Set<Element> }).walked ??= new Set());
  // A date has stops of its own for day, month and year.
  if (focused === [...seen].at(-1) && focused.matches('input[type="date"]')) return "within";
  if (seen.has(focused)) return focused === [...seen][0] ? "through" : "again";
  seen.add(focused);
  const faults: string[] = [];
  const name = (focused.getAttribute("aria-label") ?? focused.textContent ?? "").trim().slice(0, 60);
  const { width, height, left, top, right, bottom } = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  // A file's input is drawn by the field around it.
  const isDrawnAround = focused.matches('input[type="file"]');
  if ((width < 2 || height < 2) && !isDrawnAround) faults.push("has no size");
  if (style.visibility === "hidden") faults.push("is not drawn");
  if (focused.closest('[aria-hidden="true"], [inert]')) faults.push("is hidden from who hears the page");
  if (focused.tabIndex > 0) faults.push("is out of the page's order");
  if (right < 0 || left > innerWidth || bottom < 0 || top > innerHeight) faults.push("is out of sight");
  // The ring stands on the element, on what it spreads over its row, or on the field around it.
  const ringOf = (element: Element, pseudo?: string) => {
    const of = getComputedStyle(element, pseudo);
    return of.outlineStyle !== "none" && parseFloat(of.outlineWidth) > 0 ? of : undefined;
  };
  const own = ringOf(focused);
  const isDrawn =
    own !== undefined ||
    ringOf(focused, "::after") !== undefined ||
    style.boxShadow !== "none" ||
    [focused.parentElement, focused.parentElement?.parentElement].some((around) => around && ringOf(around));
  if (!isDrawn) faults.push("shows no ring");
  if (own) {
    const reach = Math.max(0, parseFloat(own.outlineOffset) + parseFloat(own.outlineWidth)) - 1;
    for (
      let around = focused.parentElement;
      around && around !== document.body;
      around = around.parentElement
    ) {
      const clip = getComputedStyle(around);
      if (style.position === "fixed") break;
      const margin =
        clip.overflowX === "clip" ? parseFloat(clip.getPropertyValue("overflow-clip-margin")) || 0 : 0;
      if (clip.overflowX === "visible" && clip.overflowY === "visible") continue;
      const box = around.getBoundingClientRect();
      const cut = [
        box.left - margin - (left - reach),
        right + reach - (box.right + margin),
        box.top - margin - (top - reach),
        bottom + reach - (box.bottom + margin),
      ].filter((by) => by > 0.5).length;
      // What is higher than its scrollport is cut above or below wherever it is scrolled.
      if (cut > 0 && height < box.height) {
        faults.push(
          `has its ring cut off by ${around.tagName.toLowerCase()}.${around.className.toString().slice(0, 60)}`,
        );
        break;
      }
    }
  }
  return { what: `${focused.getAttribute("role") ?? focused.tagName.toLowerCase()} “${name}”`, faults };
}
