import fs from "node:fs";
import path from "node:path";
import { obtainInngest } from "../services/inngest-binary.mjs";
import { failed, passed, runNode, ToolMissing, type Check, type Outcome } from "./check";
import type { Findings } from "./findings";

const REPORTS = path.join("node_modules", ".cache", "tenantry");
const LEAST_PERCENT = 85;

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: Assertion[] }[];
}

interface Assertion {
  status: string;
  fullName: string;
  failureMessages?: string[];
}

export const unit = vitest("unit", "Unit tests", ["--project=unit"]);
export const integration = vitest("integration", "Integration tests", ["--project=integration"]);
/** The isolation tests: one tenant cannot reach another's rows, whatever the verb and role. */
export const isolation = vitest("isolation", "Isolation tests", [
  "--project=integration",
  ".security.db.test",
]);

/** Unit and integration together, so that their coverage is counted as one. */
export const covered: Check = {
  name: "covered",
  title: `Unit and integration tests, coverage of at least ${LEAST_PERCENT} %`,
  async run() {
    const counted = await runVitest("covered", ["--coverage.enabled"]);
    const coverage = coverageVerdict();
    return {
      passed: counted.passed + coverage.passed,
      failed: counted.failed + coverage.failed,
      failures: [...(counted.failures ?? []), ...(coverage.failures ?? [])],
      unsteady: counted.unsteady,
    };
  },
};

function vitest(name: string, title: string, args: string[]): Check {
  return { name, title, run: (more) => runVitest(name, [...args, ...more]) };
}

async function runVitest(name: string, args: string[]): Promise<Outcome> {
  if (name !== "unit") {
    await obtainInngest(process.cwd(), console.log).catch((error: Error) => {
      if (process.env.CI === "true") throw new ToolMissing("the Inngest server", error.message);
      console.log(`not run here: tests of jobs need the Inngest server. ${error.message}`);
    });
  }
  const report = path.resolve(REPORTS, `${name}.json`);
  const findings = path.resolve(REPORTS, `${name}-findings.json`);
  for (const file of [report, findings]) fs.rmSync(file, { force: true });
  fs.mkdirSync(REPORTS, { recursive: true });
  // Named at the end where it was needed (ADR 0029).
  const secondTry = process.env.CI === "true" ? ["--retry=1"] : [];
  const code = await runNode(
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      "--reporter=./scripts/checks/findings.ts",
      ...secondTry,
      ...args,
    ],
    { NODE_ENV: "test", NODE_OPTIONS: "--disable-warning=DEP0169", VITEST_FINDINGS: findings },
  );
  if (!fs.existsSync(report)) return code === 0 ? { passed: 0, failed: 0 } : failed;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(
    fs.readFileSync(report, "utf8"),
  ) as Report;
  // A file that could not even be loaded has no test to count.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const { stray, unsteady } = fs.existsSync(findings)
    ? (JSON.parse(fs.readFileSync(findings, "utf8")) as Findings)
    : { stray: [], unsteady: [] };
  const red = numFailedTests + broken.length + stray.length;
  if (red === 0 && code !== 0) {
    const ended = `vitest ended with ${code} after its last test; what it says of its closing is above`;
    return { passed: numPassedTests, failed: 1, failures: [ended] };
  }
  return {
    passed: numPassedTests,
    failed: red,
    failures: [...testResults.flatMap(failuresOf), ...stray.map(withoutRunner)],
    unsteady: unsteady.map(withoutRunner),
  };
}

function failuresOf({ name, status, message, assertionResults }: Report["testResults"][number]): string[] {
  const file = path.relative(process.cwd(), name);
  if (status === "failed" && assertionResults.length === 0) return [`${file}: ${message}`];
  return assertionResults
    .filter((assertion) => assertion.status === "failed")
    .map(
      ({ fullName, failureMessages }) =>
        `${file} › ${fullName}\n${withoutRunner(failureMessages?.[0] ?? "")}`,
    );
}

/** Without the frames of the runner. */
const withoutRunner = (message: string): string =>
  message
    .split("\n")
    .filter((line) => !line.includes("node_modules"))
    .join("\n");

type Share = { total: number; pct: number };

function coverageVerdict(): Outcome {
  const file = path.join("coverage", "coverage-summary.json");
  if (!fs.existsSync(file)) {
    return { ...failed, failures: ["coverage was not measured, because the tests ended early"] };
  }
  const { total } = JSON.parse(fs.readFileSync(file, "utf8")) as { total: { lines: Share; branches: Share } };
  const low = (["lines", "branches"] as const).filter(
    (kind) => total[kind].total > 0 && total[kind].pct < LEAST_PERCENT,
  );
  if (low.length === 0) return passed;
  return {
    ...failed,
    failures: low.map(
      (kind) =>
        `${total[kind].pct} % of ${kind} are covered; ${LEAST_PERCENT} % must be (coverage/index.html shows where)`,
    ),
  };
}
