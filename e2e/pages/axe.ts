import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What another theme can break: the rest of a page is the same in both. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

interface Extent {
  /** A selector: only what is in it. */
  within?: string;
  /** "colours" for a page that was held to everything in its other theme. */
  rules?: "all" | "colours";
}

/** What breaks WCAG 2.2 AA on the page as it stands: "rule: element" for each. */
export async function axeFindings(page: Page, { within, rules = "all" }: Extent = {}): Promise<string[]> {
  // On the way from page to page Next takes the old title off before it has the new one.
  await expect(page).toHaveTitle(/./);
  // No page of ours holds a frame; the way that looks into frames of other origins takes twice as long. So does
  // describing every element that passed.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: rules === "all" ? WCAG_22_AA : OF_COLOURS, resultTypes: ["violations"] });
  const { violations } = await (within ? axe.include(within) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
