import fs from "node:fs";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { CHROMIUM_ARGS } from "./scripts/checks/chromium";

// The tests visit what runs already (`npm run preview`, `npm run dev`, or what `npm run test:e2e` starts by itself).
const home = path.resolve(process.env.TENANTRY_HOME ?? ".tenantry");
const services = path.join(home, "services.json");
if (!fs.existsSync(services)) {
  throw new Error(`Nothing runs in ${home}: use \`npm run test:e2e\`, or start \`npm run preview\` first.`);
}
const { app } = JSON.parse(fs.readFileSync(services, "utf8")) as { app: string };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  snapshotPathTemplate: "e2e/baselines/{arg}{ext}",
  workers: 2,
  projects: [
    { name: "journeys", testIgnore: /killed/ },
    { name: "killed", testMatch: /killed/, dependencies: ["journeys"] },
  ],
  // A test that needs a second try has found something: at the end it is named, and is to be mended (ADR 0029).
  retries: process.env.CI === "true" ? 1 : 0,
  // Two workers share the machine with the app and all its services.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === "true",
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: app,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    ...devices["Desktop Chrome"],
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: CHROMIUM_ARGS,
    },
  },
});
