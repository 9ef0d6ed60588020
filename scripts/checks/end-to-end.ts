import fs from "node:fs";
import path from "node:path";
import { runNode, failed, type Check, type Outcome } from "./check";
import { obtainChromium } from "./chromium";
import { onProduction } from "./production";

interface Report {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: { message?: string }[];
  suites: Suite[];
}

interface Suite {
  title: string;
  suites?: Suite[];
  specs?: {
    title: string;
    file: string;
    tests: {
      status: "expected" | "unexpected" | "flaky" | "skipped";
      results: { error?: { message?: string } }[];
    }[];
  }[];
}

/** What a person does, in a real browser, against the production build on services of its own. */
export const endToEnd: Check = {
  name: "e2e",
  title: "End-to-end tests",
  async run(args) {
    const chromium = await obtainChromium();
    // A killed engine is noticed sooner than in production, where a quiet step may be a slow one.
    return onProduction("end-to-end tests", ({ home }) => playwright(args, home, chromium), {
      JOB_STALE_AFTER_S: "20",
    });
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
  const { stats, suites, errors } = JSON.parse(fs.readFileSync(report, "utf8")) as Report;
  const outcome = {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    failures: suites.flatMap((suite) => named(suite, "unexpected")),
    unsteady: suites.flatMap((suite) => named(suite, "flaky")),
  };
  if (outcome.failed > 0 || code === 0) return outcome;
  const outside = errors.map(({ message }) => message ?? "an error outside of any test");
  return { ...outcome, failed: 1, failures: outside };
}

/** Tests of a suite that ended so, each with its first error. */
function named({ suites = [], specs = [] }: Suite, status: "unexpected" | "flaky"): string[] {
  const found = specs
    .filter(({ tests }) => tests.some((test) => test.status === status))
    .map(({ file, title, tests }) => {
      const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
      return `${file} › ${title}\n${error?.message ?? ""}`;
    });
  return [...found, ...suites.flatMap((suite) => named(suite, status))];
}
