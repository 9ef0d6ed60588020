import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { dataFolder } from "../services/postgres";
import { startStack, type Stack } from "../stack";
import { failed, runNode, whenInterrupted, type Outcome } from "./check";

/** Beside Playwright's own traces and pictures. */
const LOGS = path.join("test-results", "logs");

/** Once for all checks of a run: what is built does not change meanwhile. */
let built: Promise<number> | undefined;
const build = () => (built ??= runNode(["--import", "tsx", "--conditions=react-server", "scripts/build.ts"]));

/**
 * Does the work against the production build, on services and data of its own. When something of it failed, their logs
 * stay behind.
 */
export async function onProduction(
  title: string,
  work: (stack: Stack) => Promise<Outcome>,
  env: Record<string, string> = {},
): Promise<Outcome> {
  if ((await build()) !== 0) {
    console.log(`The build failed, so the ${title} did not run.`);
    return failed;
  }
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-test-"));
  fs.chmodSync(home, 0o711);
  const starting = startStack({
    mode: "production",
    env: { ...process.env, ...env },
    home,
    waitForInngest: true,
    inngestRetryIntervalS: 1,
  });
  // What is interrupted while it still starts is let start, and ended then: half a start knows not all that it began.
  const stop = () =>
    starting.then(
      (stack) => stack.stop(),
      () => {},
    );
  const remove = () => {
    for (const folder of [dataFolder(home), home]) fs.rmSync(folder, { recursive: true, force: true });
  };
  const forget = whenInterrupted(() => stop().then(remove));
  let outcome = failed;
  try {
    outcome = await work(await starting);
    return outcome;
  } finally {
    forget();
    await stop();
    const logs = path.join(home, "logs");
    if (outcome.failed > 0 && fs.existsSync(logs)) {
      fs.cpSync(logs, LOGS, { recursive: true });
      console.log(`Logs of the app and its services: ${LOGS}`);
    }
    remove();
  }
}
