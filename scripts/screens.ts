/**
 * `npm run screens <folder> [words …]`: takes every page of VISITS and every state of STATES, wide and on a phone, light and
 * dark, from the running copy (`npm run preview` or `npm run dev`, with its demo data), and puts them on contact sheets
 * to be looked at one by one. With words, only those whose name has one of them.
 */
import fs from "node:fs/promises";
import path from "node:path";
import { chromium, request, type APIRequestContext, type Browser } from "@playwright/test";
import sharp from "sharp";
import { stack } from "../e2e/pages/stack";
import {
  foundOrgsInStates,
  inOrgs,
  STATES,
  type OrgsInStates,
  type Size,
  type State,
} from "../e2e/pages/states";
import { confirmSessionsOf, STAFF } from "../e2e/pages/people";
import { addressOf, OWNER, VISITS } from "../e2e/pages/visits";
import { CHROMIUM_ARGS, obtainChromium } from "./checks/chromium";

const [folder, ...words] = process.argv.slice(2);
if (!folder) {
  console.error("Say where to put them: npm run screens /tmp/screens");
  process.exit(1);
}
const { app } = stack.reached();

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const SCHEMES = ["light", "dark"] as const;
/** At once: a browser and the server share the machine. */
const PAGES_AT_ONCE = 2;
/** Fonts, pictures and what is asked for after the page woke up. The live stream stays open, so nothing is ever idle. */
const SETTLE_MS = 900;

const launched = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await obtainChromium(), args: CHROMIUM_ARGS });

async function signIn(as: APIRequestContext, email: string): Promise<void> {
  const response = await as.post(`${app}/api/dev-login`, { data: { email }, headers: { origin: app } });
  if (!response.ok()) throw new Error(`dev login of ${email} answered ${response.status()}`);
  if (email === STAFF) await confirmSessionsOf(STAFF);
}

const visits: State[] = Object.values(VISITS)
  .flat()
  .map(({ as, to }) => ({ name: `${to} ${as ? `as ${as.replace(/\.test$/, "")}` : ""}`.trim(), as, to }));
const chosen = [...visits, ...STATES].filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);

/** States that change what they are in: each size and scheme has organizations of its own. */
const founded = async (): Promise<OrgsInStates> => {
  const context = await request.newContext();
  await signIn(context, OWNER);
  const slugs = await foundOrgsInStates(context);
  await context.dispose();
  return slugs;
};

const fileOf = (name: string) => `${name.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "root"}.png`;
await fs.mkdir(folder, { recursive: true });
const failures: string[] = [];

async function take(
  browser: Browser,
  slugs: OrgsInStates,
  screen: State,
  size: Size,
  colorScheme: (typeof SCHEMES)[number],
) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme,
    reducedMotion: "reduce",
    hasTouch: size === "phone",
    isMobile: size === "phone",
    baseURL: app,
  });
  try {
    if (screen.as) await signIn(context.request, screen.as);
    const page = await context.newPage();
    await page.goto(await addressOf(inOrgs(screen.to, slugs)));
    await page.waitForTimeout(SETTLE_MS);
    if (screen.act) {
      await screen.act(page);
      await page.waitForTimeout(SETTLE_MS);
    }
    await page.addStyleTag({ content: "nextjs-portal { display: none }" });
    // A page taken whole forgets that fingers are coarse: on a phone, what one screen shows.
    // With its caret: to hide it, fields get a style, which a page that is just waking in `next dev` takes for a mismatch.
    const image = await page.screenshot({ fullPage: size === "wide" && !screen.act, caret: "initial" });
    const file = path.join(folder!, `${size}-${colorScheme}`, fileOf(screen.name));
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, image);
    return file;
  } catch (error) {
    failures.push(`${screen.name}, ${size} ${colorScheme}: ${(error as Error).message.split("\n")[0]}`);
    return null;
  } finally {
    await context.close();
  }
}

/** Pictures side by side, each under its name; what is longer than a screen is cut. */
async function sheet(files: { name: string; file: string }[], size: Size, to: string): Promise<void> {
  const columns = size === "wide" ? 3 : 6;
  const width = size === "wide" ? 620 : 300;
  const height = Math.round((width / SIZES[size].width) * SIZES[size].height);
  const [gap, line] = [12, 22];
  const rows = Math.ceil(files.length / columns);
  const parts = await Promise.all(
    files.map(async ({ name, file }, index) => {
      const left = gap + (index % columns) * (width + gap);
      const top = gap + Math.floor(index / columns) * (height + line + gap);
      const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const label = `<svg width="${width}" height="${line}"><text x="0" y="15" font-family="sans-serif" font-size="13" fill="#111">${escaped}</text></svg>`;
      return [
        { input: Buffer.from(label), left, top },
        {
          input: await sharp(file)
            .resize({ width })
            .toBuffer()
            .then((small) =>
              sharp(small)
                .metadata()
                .then((is) =>
                  sharp(small)
                    .extract({ left: 0, top: 0, width, height: Math.min(height, is.height) })
                    .toBuffer(),
                ),
            ),
          left,
          top: top + line,
        },
      ];
    }),
  );
  await sharp({
    create: {
      width: gap + columns * (width + gap),
      height: gap + rows * (height + line + gap),
      channels: 3,
      background: "#b9b9b9",
    },
  })
    .composite(parts.flat())
    .png()
    .toFile(to);
}

const browser = await launched();
for (const size of Object.keys(SIZES) as Size[]) {
  for (const scheme of SCHEMES) {
    const slugs = await founded();
    const wanted = chosen.filter(({ only }) => !only || only === size);
    const taken: { name: string; file: string }[] = [];
    const waiting = wanted.map((screen, order) => ({ screen, order }));
    await Promise.all(
      Array.from({ length: PAGES_AT_ONCE }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const file = await take(browser, slugs, next.screen, size, scheme);
          if (file) taken[next.order] = { name: next.screen.name, file };
        }
      }),
    );
    const there = taken.filter(Boolean);
    const perSheet = size === "wide" ? 9 : 12;
    for (let from = 0; from < there.length; from += perSheet) {
      const to = path.join(
        folder,
        `sheet-${size}-${scheme}-${String(from / perSheet + 1).padStart(2, "0")}.png`,
      );
      await sheet(there.slice(from, from + perSheet), size, to);
    }
    console.log(`${size}, ${scheme}: ${there.length} of ${wanted.length}`);
  }
}
await browser.close();
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
