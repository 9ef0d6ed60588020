import { spawnSync } from "node:child_process";

const run = spawnSync(
  process.execPath,
  ["node_modules/prettier/bin/prettier.cjs", "--write", "--log-level=warn", "."],
  { stdio: "inherit" },
);
process.exitCode = run.status ?? 1;
