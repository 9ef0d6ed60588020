// Does a list of 100,000 rows stay smooth? Frames of the browser while it is scrolled, paged, sorted, selected and searched.
import { chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGS, obtainChromium } from "../scripts/checks/chromium";
import { atMost, median, quantile, report, ROUNDS, told, type Answer } from "./measure";
import { peopleOf, runningCopy } from "./running";

const ROWS = 100_000;
/** A frame that takes longer is seen as a stutter. */
const LONG_FRAME_MS = 50;

const copy = await runningCopy();
const { slug, orgId, people } = await peopleOf(copy, 1);
await copy.owner.query(
  `insert into company (id, org_id, name, domain, city, country_code, employee_count, owner_id, created_at)
   select gen_random_uuid(), $1, 'Harbour ' || c, 'c' || c || '.example', 'Kuwait City', 'KW', c % 900, $2, now() - c * interval '1 second'
   from generate_series(501, $3::int) c`,
  [orgId, people[0]!.userId, ROWS],
);
await copy.owner.query("analyze company");

const browser = await chromium.launch({ executablePath: await obtainChromium(), args: CHROMIUM_ARGS });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: copy.app });
await context.addCookies([
  { name: "tenantry.session", value: people[0]!.token, url: copy.app, httpOnly: true },
]);
const page = await context.newPage();
// What runs in the page was compiled for Node, where functions keep their names by a helper of this name.
await page.addInitScript("globalThis.__name = (named) => named");

interface Frames {
  /** Milliseconds between one frame and the next. */
  gaps: number[];
  /** Milliseconds that script and layout held a frame back; only those above 50 are told by the browser. */
  held: number[];
}

/** The frames from the act until what it asked for stands there and the page is at rest. */
async function framesOf(act: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const frames: Frames = { gaps: [], held: [] };
    const observer = new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => frames.held.push(duration)),
    );
    observer.observe({ type: "long-animation-frame" });
    let last = performance.now();
    let isOver = false;
    const next = (now: number) => {
      frames.gaps.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(window, {
      endFrames: () => {
        isOver = true;
        observer.disconnect();
        return frames;
      },
    });
  });
  await act();
  await page.waitForTimeout(200);
  return page.evaluate(() => (window as unknown as { endFrames: () => Frames }).endFrames());
}

const NAMES = "[data-row] a";
/** All of them: the first can be the same in another order. */
const names = () => page.locator(NAMES).allTextContents();
const otherRows = async (act: () => Promise<unknown>) => {
  const before = (await names()).join();
  await act();
  await page.waitForFunction(
    ({ before, at }) => {
      const now = Array.from(document.querySelectorAll(at), (row) => row.textContent).join();
      return now !== "" && now !== before && !document.querySelector("table[aria-busy]");
    },
    { before, at: NAMES },
    { timeout: 30_000 },
  );
};
const ACTS: Record<string, (at: Page) => Promise<unknown>> = {
  scrolling: async (at) => {
    for (let turn = 0; turn < 40; turn++) {
      await at.mouse.wheel(0, turn < 20 ? 80 : -80);
      await at.waitForTimeout(16);
    }
  },
  "turning the page": (at) => otherRows(() => at.getByRole("link", { name: "Next" }).click()),
  "sorting by name": (at) =>
    otherRows(() => at.getByRole("columnheader", { name: "Name" }).getByRole("link").click()),
  "selecting a page of rows": async (at) => {
    await at.getByRole("columnheader").getByRole("checkbox").click();
    await at.getByRole("button", { name: "Delete" }).waitFor();
    await at.keyboard.press("Escape");
  },
  "searching, key by key": (at) =>
    otherRows(() => at.getByRole("searchbox").pressSequentially("harbour 5", { delay: 60 })),
};

const seen = Object.fromEntries(Object.keys(ACTS).map((name) => [name, [] as Frames[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, act] of Object.entries(ACTS)) {
    await page.goto(`/o/${slug}/companies`, { waitUntil: "load" });
    await page.locator("[data-row] a").first().waitFor();
    await page.waitForTimeout(800);
    await page.mouse.move(800, 500);
    const frames = await framesOf(() => act(page));
    if (round > 0) seen[name]!.push(frames);
  }
}
const answers = Object.entries(seen).flatMap(([name, rounds]): Answer[] => {
  const gaps = rounds.flatMap((frames) => frames.gaps);
  const worst = rounds.map(({ held }) => Math.max(0, ...held));
  return [
    atMost(
      `${name}: longest frame, 0 where none was longer than ${LONG_FRAME_MS} ms`,
      median(worst),
      LONG_FRAME_MS,
      " ms",
    ),
    told(
      `${name}: between two frames, median and 99th percentile`,
      `${median(gaps).toFixed(0)} and ${quantile(gaps, 0.99).toFixed(0)} ms`,
    ),
  ];
});
report([
  told("rows in the list, rows on its page", `${ROWS.toLocaleString("en")}, ${(await names()).length}`),
  ...answers,
]);
await browser.close();
await copy.end();
process.exit(0);
