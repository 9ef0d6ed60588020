import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const database = "**/*.db.test.ts";
const shared = {
  resolve: {
    alias: {
      "~": path.resolve("src"),
      // Next replaces this marker while it bundles; outside of it the real module throws.
      "server-only": path.resolve("src/testing/empty.ts"),
    },
  },
};

/** As vitest orders, but for the one file that runs whole programs: begun last, it would hold up the end alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith("/scripts/new-module.db.test.ts");
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Two cores are what a developer's machine spares and what CI has.
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/kernel/**", "src/server/**", "src/modules/**"],
      exclude: ["src/modules/**/ui/**", "src/server/db/generated/**", "**/*.test.{ts,tsx}", "**/*.{md,d.ts}"],
      reporter: ["json-summary", "html", "text-summary"],
      // A red test must not hide that something is not covered at all.
      reportOnFailure: true,
    },
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{src,scripts}/**/*.test.{ts,tsx}"],
          exclude: [database, "**/node_modules/**"],
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: [`{src,scripts}/${database}`],
          exclude: ["**/node_modules/**"],
          globalSetup: "src/testing/postgres.ts",
          setupFiles: "src/testing/setup.ts",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
