import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { runNode, failed, whenInterrupted, type Check, type Outcome } from "./check";
import { obtainChromium } from "./chromium";
import { dataFolder } from "../services/postgres";
import { startStack } from "../stack";

/** Beside Playwright's own traces and pictures. */
const LOGS = path.join("test-results", "logs");

interface Report {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: { message?: string }[];
}

/** What a person does, in a real browser, against the production build on services of its own. */
export const endToEnd: Check = {
  name: "e2e",
  title: "End-to-end tests",
  async run(args) {
    const chromium = await obtainChromium();
    if ((await runNode(["--import", "tsx", "--conditions=react-server", "scripts/build.ts"])) !== 0) {
      console.log("The build failed, so the end-to-end tests did not run.");
      return failed;
    }
    const home = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-e2e-"));
    fs.chmodSync(home, 0o711);
    const stack = await startStack({
      mode: "production",
      // A killed engine is noticed sooner than in production, where a quiet step may be a slow one.
      env: { ...process.env, JOB_STALE_AFTER_S: "20" },
      home,
      waitForInngest: true,
      inngestRetryIntervalS: 1,
    });
    let outcome = failed;
    const forget = whenInterrupted(stack.stop);
    try {
      outcome = await playwright(args, home, chromium);
      return outcome;
    } finally {
      forget();
      await stack.stop();
      if (outcome.failed > 0) {
        fs.cpSync(path.join(home, "logs"), LOGS, { recursive: true });
        console.log(`Logs of the app and its services: ${LOGS}`);
      }
      for (const folder of [dataFolder(home), home]) fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function playwright(args: string[], home: string, chromium: string): Promise<Outcome> {
  const report = path.resolve("node_modules", ".cache", "tenantry", "e2e.json");
  fs.rmSync(report, { force: true });
  const code = await runNode(
    ["node_modules/@playwright/test/cli.js", "test", "--pass-with-no-tests", ...args],
    {
      TENANTRY_HOME: home,
      CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  );
  if (!fs.existsSync(report)) return code === 0 ? { passed: 0, failed: 0 } : failed;
  const { stats } = JSON.parse(fs.readFileSync(report, "utf8")) as Report;
  // A test that passes only at the second try is a test that fails.
  const red = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: red === 0 && code !== 0 ? 1 : red };
}
