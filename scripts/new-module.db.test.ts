// What `npm run new:module` writes must pass the checks that everything else passes: it is written into a copy of the
// repository, and checked there.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

/** Against hanging only: whole programs run here, beside other tests on the same cores. */
const PATIENCE_MS = 20 * 60_000;
/** Long tests of the wiring that follow one story through known slices, and enumerate nothing that a new slice adds to. */
const STORIES = ["gdpr", "erasure", "erasure-logs", "tokens", "opened", "keys", "year"];
let copy: string;

/** Runs a program of the copy with this Node; what it said when it failed. */
function inCopy(args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const env = { ...process.env };
    // The inner run has a database of its own, and is no worker of this one.
    for (const name of Object.keys(env)) if (/^(?:VITEST|DATABASE_)/.test(name)) delete env[name];
    const child = spawn(process.execPath, args, { cwd: copy, env });
    let said = "";
    child.stdout.on("data", (part: Buffer) => (said += part.toString()));
    child.stderr.on("data", (part: Buffer) => (said += part.toString()));
    child.on("close", (code) => resolve(code === 0 ? "" : `exit ${code}\n${said.slice(-6_000)}`));
  });
}
const changed = () =>
  spawnSync("git", ["ls-files", "--modified", "--others", "--exclude-standard"], {
    cwd: copy,
    encoding: "utf8",
  })
    .stdout.split("\n")
    .filter(Boolean);

beforeAll(async () => {
  copy = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "tenantry-module-"));
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of new Set(listed.stdout.split("\n").filter((name) => name && fs.existsSync(name)))) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.copyFileSync(file, path.join(copy, file));
  }
  fs.symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"), "junction");
  for (const args of [
    ["init", "-q"],
    ["add", "-A"],
  ])
    spawnSync("git", args, { cwd: copy });
  expect(await inCopy(["--import", "tsx", "scripts/new-module.ts", "projects"])).toBe("");
}, PATIENCE_MS);
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

it("writes the rooms, the table, the pages and its place in every list", () => {
  const files = changed();
  for (const file of [
    "src/modules/projects/README.md",
    "src/modules/projects/service.ts",
    "src/modules/projects/service.db.test.ts",
    "prisma/schema/projects.prisma",
    "src/app/o/[org]/projects/[id]/edit/page.tsx",
    "prisma/catalogue.snapshot.txt",
    "src/wiring/routers.ts",
  ])
    expect(files).toContain(file);
  const left = files.filter((file) =>
    /__(?:one|many)__/i.test(fs.readFileSync(path.join(copy, file), "utf8")),
  );
  expect(left).toEqual([]);
});

it(
  "writes what types, lint, format and walls accept",
  async () => {
    const files = changed().filter((file) => /\.(?:tsx?|cjs)$/.test(file));
    expect(await inCopy(["--import", "tsx", "scripts/test.ts", "types"])).toBe("");
    expect(await inCopy(["node_modules/eslint/bin/eslint.js", "--max-warnings=0", ...files])).toBe("");
    expect(await inCopy(["node_modules/prettier/bin/prettier.cjs", "--check", ...files])).toBe("");
    expect(await inCopy(["--import", "tsx", "scripts/test.ts", "boundaries"])).toBe("");
  },
  PATIENCE_MS,
);

it(
  "writes tests that pass, and a table that the tests over all tables accept",
  async () => {
    // One worker: this runs beside the other tests, on the same two cores.
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--maxWorkers=1"];
    const pure = ["src/modules/projects", "scripts/checks/walls"];
    expect(await inCopy([...vitest, "--project", "unit", ...pure])).toBe("");
    const real = ["src/modules/projects", "src/wiring", "src/server/db/soft-delete", "scripts/database"];
    const others = STORIES.map((name) => `--exclude=src/wiring/${name}.db.test.ts`);
    expect(await inCopy([...vitest, "--project", "integration", ...others, ...real])).toBe("");
    // Of the catalogue's tests those that hold the real one; the others plant violations, table by table.
    const asDeclared = "exactly the declared";
    const catalogue = ["src/server/db/catalogue", "-t", asDeclared];
    expect(await inCopy([...vitest, "--project", "integration", ...catalogue])).toBe("");
  },
  PATIENCE_MS,
);

it("writes nothing over what is there", async () => {
  const before = changed();
  expect(await inCopy(["--import", "tsx", "scripts/new-module.ts", "projects"])).toMatch(/is there already/);
  expect(await inCopy(["--import", "tsx", "scripts/new-module.ts", "crm", "--one=deal"])).toMatch(
    /is there already/,
  );
  expect(changed()).toEqual(before);
});
