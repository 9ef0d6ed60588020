/**
 * Takes the pictures of the landing page from the running app, with its demo data: `npm run dev` in one terminal, then
 * `npm run landing:shots`. Small WebP files beside the page, light and dark, looked at before they are committed.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { CHROMIUM_ARGS, obtainChromium } from "./checks/chromium";

const BASE = process.argv[2] ?? "http://localhost:3000";
const FOLDER = "src/app/(marketing)/shots";
/** Twice what the page shows at most, so that it is sharp on fine screens. */
const SCALE = 1.5;
/** The page wakes up, and what is live arrives. The stream stays open, so the network is never idle. */
const SETTLE_MS = 6_000;

type Shot = {
  name: string;
  to: string;
  screen: { width: number; height: number };
  act?: (page: Page) => Promise<void>;
};

const WIDE = { width: 1440, height: 860 };
const SHOTS: Shot[] = [
  {
    name: "companies",
    to: "/o/acme/companies",
    screen: WIDE,
    act: async (page) => {
      await page.locator("[data-row] a").nth(2).click();
      await page.locator("#peek-panel").waitFor();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  {
    name: "search",
    to: "/o/acme",
    screen: { width: 960, height: 640 },
    act: async (page) => {
      await page.keyboard.press("Control+K");
      await page.getByRole("combobox").fill("har");
      await page.getByRole("option").nth(4).waitFor();
    },
  },
  {
    name: "company",
    to: "/o/acme/companies",
    screen: { width: 1240, height: 800 },
    act: async (page) => {
      const link = page.locator("[data-row] a").nth(8);
      await page.goto(new URL((await link.getAttribute("href"))!, BASE).href);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(SETTLE_MS);
    },
  },
  { name: "phone", to: "/o/acme/contacts", screen: { width: 390, height: 780 } },
];

const browser = await chromium.launch({ executablePath: await obtainChromium(), args: CHROMIUM_ARGS });
await fs.mkdir(FOLDER, { recursive: true });
for (const colorScheme of ["light", "dark"] as const) {
  for (const { name, to, screen, act } of SHOTS) {
    const context = await browser.newContext({
      viewport: screen,
      colorScheme,
      deviceScaleFactor: SCALE,
      reducedMotion: "reduce",
    });
    await context.request.post(`${BASE}/api/dev-login`, {
      data: { email: "owner@acme.test" },
      headers: { origin: BASE },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(BASE + to);
    await page.waitForTimeout(SETTLE_MS);
    await act?.(page);
    // What only a developer sees.
    await page.addStyleTag({ content: "nextjs-portal { display: none }" });
    await page.waitForTimeout(1_500);
    const file = path.join(FOLDER, `${name}-${colorScheme}.webp`);
    await sharp(await page.screenshot())
      .webp({ quality: 78, effort: 6 })
      .toFile(file);
    console.log(`${file} ${((await fs.stat(file)).size / 1024).toFixed(0)} kB`);
    await context.close();
  }
}
await browser.close();
