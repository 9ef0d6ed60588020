// Runs one developer command: packages first, then `scripts/<command>.ts` under Node 24.
// Plain JavaScript without packages, because on a fresh clone this is all there is.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { whenNpmEnds } from "./npm-shell.mjs";
import { ensurePackages, packagesAreInstalled } from "./packages.mjs";
import { findInngest } from "./services/inngest-binary.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";

/** Commands that need the Inngest server: its build takes minutes, so it begins beside the packages. */
const needsInngest = new Set(["dev", "preview", "test"]);

if (Number(process.versions.node.split(".")[0]) < 20) {
  stop(`Node ${process.versions.node} is too old: install Node 20 or newer and run the command again.`);
}
const [command, ...rest] = process.argv.slice(2);
const file = command && path.join(root, "scripts", `${command}.ts`);
if (!file || !fs.existsSync(file)) stop(`There is no command "${command ?? ""}" in scripts/.`);

process.chdir(root);
const partOfTest = command === "test" && rest.length > 0 && !["integration", "e2e"].includes(rest[0]);
const building =
  needsInngest.has(command) && !partOfTest && !packagesAreInstalled(root) && !findInngest(root)
    ? spawn(process.execPath, [path.join(root, "scripts", "services", "inngest-binary.mjs")], {
        stdio: "inherit",
      })
    : undefined;

try {
  await ensurePackages(root);
} catch (error) {
  building?.kill();
  stop(error.message);
}
// The inngest-cli package may have brought what is being built.
if (building && findInngest(root)) building.kill();

const child = spawn(node24(), ["--import", "tsx", "--conditions=react-server", file, ...rest], {
  cwd: root,
  // The channel tells the child at once when this process is killed, so that nothing is left running.
  stdio: ["inherit", "inherit", "inherit", "ipc"],
  env: { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", ...process.env },
});
// A terminal sends Ctrl-C to the child as well; the child counts signals in quick succession as one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.exitCode === null && child.kill(signal));
}
whenNpmEnds(() => child.kill("SIGTERM"));
child.on("exit", (code, signal) => {
  building?.kill();
  process.exit(signal ? 128 + (os.constants.signals[signal] ?? 0) : (code ?? 1));
});

/** The Node 24 that comes as a package; a Node of that age or newer on the PATH does as well. */
function node24() {
  const packaged = path.join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");
  if (fs.existsSync(packaged)) return packaged;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  stop("The package `node` brought no Node 24 for this machine: install Node 24 and run the command again.");
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
