// Finds the Inngest server's program, or builds it from the official Go module. Plain JavaScript, because on a
// fresh clone it runs beside the installation of the packages.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL, fileURLToPath } from "node:url";

export const INNGEST_VERSION = "1.44.0";
const MODULE = "github.com/inngest/inngest";
const program = process.platform === "win32" ? "inngest.exe" : "inngest";

/** Outside the clone, so that the build of several minutes happens once a machine. */
export function cacheFolder() {
  return process.env.TENANTRY_CACHE || path.join(os.homedir(), ".cache", "tenantry");
}

/** The program if the machine already has it: INNGEST_BIN, the package, the PATH, the cache. */
export function findInngest(root) {
  if (process.env.INNGEST_BIN) {
    if (isFile(process.env.INNGEST_BIN)) return process.env.INNGEST_BIN;
    throw new Error(
      `INNGEST_BIN is ${process.env.INNGEST_BIN}, but there is no such file: correct or unset it.`,
    );
  }
  const packaged = path.join(root, "node_modules", "inngest-cli", "bin", program);
  const places = [
    packaged,
    ...(process.env.PATH ?? "")
      .split(path.delimiter)
      .filter(Boolean)
      .map((folder) => path.join(folder, program)),
    cached(),
  ];
  // Installed without its scripts, the package leaves a small script there, which only says so; the PATH of an npm
  // script leads to the same file.
  const isPlaceholder = (place) => fs.realpathSync(place) === fs.realpathSync(packaged) && isScript(place);
  return places.find((place) => isFile(place) && !(isFile(packaged) && isPlaceholder(place)));
}

/**
 * The program's path; builds it when it is nowhere. Several callers, in one process or many, build once.
 * @param {string} root the repository
 * @param {(line: string) => void} say told what happens, at least every 15 s
 */
export async function obtainInngest(root, say) {
  const found = findInngest(root);
  if (found) return found;
  if (spawnSync("go", ["version"]).status !== 0) throw new Error(missing());
  fs.mkdirSync(cacheFolder(), { recursive: true });
  const release = await takeTurn(say);
  try {
    return findInngest(root) ?? (await build(say));
  } finally {
    release();
  }
}

/** What a person without the program can do, in one sentence. */
export function missing() {
  return `The Inngest server is not on this machine and cannot be built: put \`inngest\` ${INNGEST_VERSION} on the PATH (or its path in INNGEST_BIN), or install Go 1.24 or newer.`;
}

async function build(say) {
  const work = fs.mkdtempSync(path.join(cacheFolder(), "inngest-build-"));
  const started = Date.now();
  const working = setInterval(() => {
    say(
      `inngest: building, ${Math.round((Date.now() - started) / 1000)} s (about 7 minutes on two cores, once a machine)`,
    );
  }, 15_000);
  try {
    say(`inngest: fetching the Go module ${MODULE}@v${INNGEST_VERSION}`);
    const download = await go(["mod", "download", "-json", `${MODULE}@v${INNGEST_VERSION}`], work);
    const source = path.join(work, "source");
    fs.cpSync(JSON.parse(download).Dir, source, { recursive: true });
    makeWritable(source);
    // The module leaves its documentation out, and an embed pattern refuses to match nothing.
    const pages = path.join(source, "internal", "embeddocs", "website", "pages", "docs");
    fs.mkdirSync(pages, { recursive: true });
    fs.writeFileSync(path.join(pages, "index.mdx"), "# Inngest\n");
    const output = path.join(work, program);
    const version = `-X ${MODULE}/pkg/inngest/version.Version=${INNGEST_VERSION}`;
    await go(["build", "-trimpath", "-ldflags", `-s -w ${version}`, "-o", output, "./cmd"], source);
    fs.renameSync(output, cached());
    say(`inngest: built in ${Math.round((Date.now() - started) / 1000)} s`);
    return cached();
  } finally {
    clearInterval(working);
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function go(args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, {
      cwd,
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-modcacherw" },
    });
    const kill = () => child.kill();
    process.once("exit", kill);
    let output = "";
    let errors = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (errors = (errors + part).slice(-4000)));
    child.on("error", reject);
    child.on("exit", (code) => {
      process.off("exit", kill);
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${errors}\nThe Inngest server could not be built (\`go ${args[0]}\` ended with ${code}). ${missing()}`,
          ),
        );
    });
  });
}

/** One builder at a time: the lock names its process, and a lock whose process is gone is taken over. */
async function takeTurn(say) {
  const lock = path.join(cacheFolder(), "inngest.lock");
  for (let waited = 0; ; waited += 1) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      const release = () => fs.rmSync(lock, { force: true });
      process.once("exit", release);
      return () => {
        process.off("exit", release);
        release();
      };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = Number(readIfThere(lock));
    if (holder && !isAlive(holder)) {
      fs.rmSync(lock, { force: true });
      continue;
    }
    if (waited % 15 === 0 && holder !== process.pid)
      say(`inngest: waiting for the build in process ${holder}`);
    if (waited > 1800)
      throw new Error(
        `The Inngest build in process ${holder} takes over 30 minutes: end it, delete ${lock}, and start again.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const cached = () => path.join(cacheFolder(), `inngest-${INNGEST_VERSION}${path.extname(program)}`);

function makeWritable(folder) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const where = path.join(folder, entry.name);
    if (entry.isDirectory()) makeWritable(where);
    else if (entry.isFile()) fs.chmodSync(where, 0o644);
  }
}

function isFile(where) {
  return fs.statSync(where, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isScript(file) {
  const opened = fs.openSync(file, "r");
  try {
    const start = Buffer.alloc(2);
    fs.readSync(opened, start, 0, 2, 0);
    return start.toString("latin1") === "#!";
  } finally {
    fs.closeSync(opened);
  }
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
  const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  try {
    await obtainInngest(root, console.log);
  } catch (error) {
    // Whoever needs the server says it again at the right moment; this early start must not fail the command.
    console.log(`inngest: ${error.message}`);
  }
}
