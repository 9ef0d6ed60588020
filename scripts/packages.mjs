// Brings node_modules to what package-lock.json says. Plain JavaScript: it runs before there are packages.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * Whether node_modules holds exactly the locked versions. npm writes its own record of what it installed as
 * the last step, so an interrupted installation is never taken for a whole one.
 */
export function packagesAreInstalled(root) {
  const locked = readLock(path.join(root, "package-lock.json"));
  const installed = readLock(path.join(root, "node_modules", ".package-lock.json"));
  if (!locked)
    throw new Error(
      "package-lock.json is missing or damaged: restore it with `git checkout package-lock.json`.",
    );
  if (!installed) return false;
  return Object.entries(locked).every(([where, entry]) => {
    if (where === "" || entry.link || entry.extraneous) return true;
    const found = installed[where];
    // What is optional may be absent: it is for other machines, or its installation was refused.
    return found ? found.version === entry.version : Boolean(entry.optional) || !isHere(entry);
  });
}

export async function ensurePackages(root) {
  if (packagesAreInstalled(root)) return;
  const lock = readLock(path.join(root, "package-lock.json"));
  const expected = Object.entries(lock).filter(([where, entry]) => isHere(entry) && isTop(where)).length;
  const folder = path.join(root, "node_modules");
  const started = Date.now();
  const log = path.join(root, "npm-ci.log");
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`packages: installing ${expected} (this takes a few minutes once)`);
  const progress = setInterval(() => {
    console.log(`packages: ${Math.min(countPackages(folder), expected)} of ${expected} after ${seconds()} s`);
  }, 10_000);
  const output = fs.openSync(log, "w");
  try {
    const code = await runNpm(["ci", "--no-audit", "--no-fund", "--loglevel=warn"], root, output);
    if (code !== 0) {
      const tail = fs.readFileSync(log, "utf8").trim().split("\n").slice(-15).join("\n");
      throw new Error(
        `${tail}\n\nThe packages could not be installed (npm ci ended with ${code}); the whole output is in ${log}. Run the command again to retry.`,
      );
    }
    fs.rmSync(log, { force: true });
  } finally {
    clearInterval(progress);
    fs.closeSync(output);
  }
  console.log(`packages: installed in ${seconds()} s`);
}

function runNpm(args, cwd, output) {
  // Under `npm run`, npm says where it lies itself; on Windows a bare npm is a script that needs a shell.
  const own = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const stdio = ["ignore", output, output];
  const child = own
    ? spawn(process.execPath, [own, ...args], { cwd, stdio })
    : spawn("npm", args, { cwd, stdio, shell: process.platform === "win32" });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? signal));
    process.once("exit", () => child.kill());
  });
}

function readLock(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** npm makes every folder first and fills them one by one: one with a package.json has arrived. */
function countPackages(folder) {
  const names = list(folder).flatMap((name) =>
    name.startsWith("@") ? list(path.join(folder, name)).map((inner) => path.join(name, inner)) : [name],
  );
  return names.filter((name) => fs.existsSync(path.join(folder, name, "package.json"))).length;
}

function list(folder) {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

const isTop = (where) => where.lastIndexOf("node_modules/") === 0;
const isHere = (entry) => fits(entry.os, process.platform) && fits(entry.cpu, process.arch) && !entry.link;
const fits = (list, own) =>
  !list ||
  (list.some((name) => name === own || name === "any") && !list.includes(`!${own}`)) ||
  list.every((name) => name.startsWith("!") && name !== `!${own}`);
