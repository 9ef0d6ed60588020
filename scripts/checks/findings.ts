/**
 * A reporter of vitest: keeps what was thrown outside of any test, such as a rejection that nobody awaited yet. The
 * JSON reporter leaves it out, and a run that fails without a name cannot be mended.
 */
import fs from "node:fs";
import path from "node:path";
import type { Reporter, SerializedError } from "vitest/node";

/** What vitest adds to an error it caught on its own. */
type StrayError = SerializedError & { VITEST_TEST_PATH?: string; VITEST_TEST_NAME?: string };

export default class StrayErrors implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly StrayError[]): void {
    fs.writeFileSync(process.env.STRAY_ERRORS!, JSON.stringify(errors.map(inWords)));
  }
}

function inWords(error: StrayError): string {
  const { VITEST_TEST_PATH: file = "", VITEST_TEST_NAME: test = "no test" } = error;
  return `${path.relative(process.cwd(), file)} › thrown outside of any test, after "${test}"\n${error.stack ?? error.message}`;
}
