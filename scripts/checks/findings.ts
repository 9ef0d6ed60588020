/**
 * A reporter of vitest: keeps what its JSON report leaves out, and what would otherwise have no name. What was thrown outside of
 * any test, such as a rejection that nobody awaited yet; and tests that passed at their second try only.
 */
import fs from "node:fs";
import path from "node:path";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

export interface Findings {
  stray: string[];
  unsteady: string[];
}

/** What vitest adds to an error it caught on its own. */
type StrayError = SerializedError & { VITEST_TEST_PATH?: string; VITEST_TEST_NAME?: string };

export default class FindingsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly StrayError[]): void {
    const findings: Findings = { stray: errors.map(inWords), unsteady: modules.flatMap(unsteadyOf) };
    fs.writeFileSync(process.env.VITEST_FINDINGS!, JSON.stringify(findings));
  }
}

function inWords(error: StrayError): string {
  const { VITEST_TEST_PATH: file = "", VITEST_TEST_NAME: test = "no test" } = error;
  return `${path.relative(process.cwd(), file)} › thrown outside of any test, after "${test}"\n${error.stack ?? error.message}`;
}

function unsteadyOf(module: TestModule): string[] {
  return [...module.children.allTests()]
    .filter((test) => test.diagnostic()?.flaky)
    .map((test) => {
      const [first] = test.result().errors ?? [];
      return `${path.relative(process.cwd(), module.moduleId)} › ${test.fullName}\n${first?.stack ?? first?.message ?? ""}`;
    });
}
