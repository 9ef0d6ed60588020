// How much JavaScript does the first page of the dashboard bring, and how soon is it of use on a slow machine?
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { CHROMIUM_ARGS, obtainChromium } from "../scripts/checks/chromium";
import { atMost, median, report, ROUNDS, told } from "./measure";
import { peopleOf, runningCopy } from "./running";

const copy = await runningCopy();
const { slug, people } = await peopleOf(copy, 1);
const browser = await chromium.launch({ executablePath: await obtainChromium(), args: CHROMIUM_ARGS });

/** One visit with an empty cache. `slower`: how many times the processor is slowed down. */
async function visit(slower: number) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addCookies([
    { name: "tenantry.session", value: people[0]!.token, url: copy.app, httpOnly: true },
  ]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  const scripts = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    scripts.set(
      response.url(),
      response.body().then((body) => gzipSync(body).length),
    );
  });
  await page.goto(`${copy.app}/o/${slug}`, { waitUntil: "load" });
  // What loads by itself belongs to the page; what only a pointer would fetch does not.
  await page.waitForLoadState("networkidle");
  const paints = await page.evaluate(() => {
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    return new Promise<{ first: number; largest: number }>((resolve) => {
      new PerformanceObserver((list) => {
        resolve({ first, largest: list.getEntries().at(-1)!.startTime });
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
  });
  const bytes = (await Promise.all(scripts.values())).reduce((sum, size) => sum + size, 0);
  await context.close();
  return { ...paints, bytes, files: scripts.size };
}

await visit(1); // the server's own first time
const visits = [];
for (let round = 0; round < ROUNDS; round++) visits.push(await visit(4));
report([
  atMost(
    `JavaScript of the first page, ${visits[0]!.files} files, gzip`,
    median(visits.map(({ bytes }) => bytes)) / 1_000,
    150,
    " kB",
  ),
  told(
    "first paint with content, CPU slowed 4×",
    `${median(visits.map(({ first }) => first)).toFixed(0)} ms`,
  ),
  told(
    "largest paint with content, CPU slowed 4×",
    `${median(visits.map(({ largest }) => largest)).toFixed(0)} ms`,
  ),
]);
await browser.close();
await copy.end();
process.exit(0);
