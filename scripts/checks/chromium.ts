// The browser of the end-to-end tests and of the bench.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { run, runNode, ToolMissing } from "./check";

/** What a Chromium needs to run as root, without a screen, and without talking to anybody else. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium: the one named, Playwright's own, the system's; else it is installed where that may be done. */
export async function obtainChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    console.log("chromium: installing it with apt-get");
    const quiet = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], quiet);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
  } else {
    console.log("chromium: fetching Playwright's own");
    await runNode(["node_modules/playwright/cli.js", "install", "chromium"]);
  }
  const installed = findChromium();
  if (!installed)
    throw new ToolMissing(
      "Chromium",
      "`npx playwright install chromium` installs it, or name yours in CHROMIUM",
    );
  return installed;
}

/** @returns the path of one that is there already. */
export function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const asked = `import("playwright").then(({ chromium }) => console.log(chromium.executablePath()))`;
  const own = spawnSync(process.execPath, ["-e", asked], { encoding: "utf8" }).stdout.trim();
  const usual = [
    own,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  ];
  return usual.find((file) => file && fs.existsSync(file));
}
