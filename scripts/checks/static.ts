import fs from "node:fs";
import { check as checkLock } from "../lock";
import { generateClient } from "../database/generate";
import { passed, failed, program, runNode, verdict, type Check } from "./check";

export const format = program("format", "Format", [
  "node_modules/prettier/bin/prettier.cjs",
  "--check",
  "--log-level=warn",
  ".",
]);

export const lint = program("lint", "Lint", [
  ...["node_modules/eslint/bin/eslint.js", "--max-warnings=0", "--cache"],
  ...["--cache-location=node_modules/.cache/eslint/", "--cache-strategy=content", "."],
]);

/** TypeScript 7 for its speed; `typescript` itself is 6, which the linters need. */
export const types: Check = {
  name: "types",
  title: "Types",
  async run() {
    generateClient(process.cwd());
    // Next writes the types of our routes and pages.
    if (
      fs.existsSync("src/app/layout.tsx") &&
      (await runNode(["node_modules/next/dist/bin/next", "typegen"])) !== 0
    )
      return failed;
    return (await runNode(["node_modules/typescript7/bin/tsc", "--noEmit"])) === 0 ? passed : failed;
  },
};

export const lock: Check = {
  name: "lock",
  title: "Lock file",
  run: async () => verdict(checkLock(), "complete for every platform"),
};
