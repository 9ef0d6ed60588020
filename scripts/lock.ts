// One lock file for Linux, macOS and Windows. npm leaves out optional packages of other platforms that a registry
// does not list, and `npm ci` then refuses its own lock: `fix` adds an entry for each, `check` finds what is wrong.
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { packagesAreInstalled } from "./packages.mjs";

const FILE = "package-lock.json";

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  optional?: boolean;
  /** In no package's tree: `npm ci` leaves it out, and what is looked for would never be there. */
  extraneous?: boolean;
  link?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

interface Lock {
  packages: Record<string, Entry>;
}

const readLock = (): Lock => JSON.parse(fs.readFileSync(FILE, "utf8")) as Lock;

/** Optional packages that some locked package names and the lock does not hold, nearest folder first as Node looks. */
function missing({ packages }: Lock): { name: string; version: string; wantedBy: string }[] {
  return Object.entries(packages).flatMap(([where, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !foldersUpward(where).some((folder) => `${folder}node_modules/${name}` in packages))
      .map(([name, version]) => ({ name, version, wantedBy: where })),
  );
}

/** "node_modules/a/node_modules/b" → itself, "node_modules/a/", "". */
function foldersUpward(where: string): string[] {
  const folders: string[] = [];
  for (let rest = where; rest !== ""; rest = rest.slice(0, Math.max(0, rest.lastIndexOf("/node_modules/")))) {
    folders.push(`${rest}/`);
    if (!rest.includes("/node_modules/")) break;
  }
  return [...folders, ""];
}

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "arm",
  "x64",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

/** What a platform package is for, by the words of its name; undefined when the name tells nothing. */
export function platformOf(name: string): Pick<Entry, "os" | "cpu" | "libc"> | undefined {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const os = SYSTEMS.filter(
    (system) => words.includes(system) || (system === "win32" && words.includes("windows")),
  );
  const cpu = PROCESSORS.filter((processor) =>
    words.some((word) => word === processor || (processor === "arm" && word === "armhf")),
  );
  if (os.length + cpu.length === 0) return undefined;
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.some((word) => word.startsWith("gnu")) && os.includes("linux")
      ? ["glibc"]
      : undefined;
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc && { libc }) };
}

export function fix(): string[] {
  const lock = readLock();
  const added = missing(lock).flatMap(({ name, version }) => {
    const platform = platformOf(name);
    // A range would leave the choice to the day of the installation.
    const exact = /^[~^]?(\d[^\s|]*)$/.exec(version)?.[1];
    if (!platform || !exact) return [];
    lock.packages[`node_modules/${name}`] = { version: exact, optional: true, ...platform };
    return [`${name}@${exact}`];
  });
  for (const [where, entry] of Object.entries(lock.packages)) {
    delete entry.resolved;
    if (entry.extraneous) delete lock.packages[where];
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) =>
    a === "" ? -1 : b === "" ? 1 : a.localeCompare(b, "en"),
  );
  fs.writeFileSync(FILE, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  return added;
}

/** Everything that would break an installation elsewhere, one sentence each. */
export function check(): string[] {
  const lock = readLock();
  const text = fs.readFileSync(FILE, "utf8");
  return [
    ...missing(lock).map(
      ({ name, version, wantedBy }) =>
        `${name}@${version} is missing (wanted by ${wantedBy || "package.json"})`,
    ),
    ...Object.entries(lock.packages)
      .filter(([where, entry]) => where !== "" && !entry.link && !entry.integrity && !isForeign(entry))
      .map(([where]) => `${where} has no integrity and is not an optional package of another platform`),
    // Every command has just seen to the packages: where they still differ, each would install them anew.
    ...(packagesAreInstalled(process.cwd()) ? [] : ["what is installed is never what is locked"]),
    ...Object.entries(lock.packages)
      .filter(([, entry]) => entry.extraneous)
      .map(([where]) => `${where} belongs to nothing, so every command would install the packages anew`),
    ...new Set(
      [...text.matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)].map(([, host]) => `names the registry ${host}`),
    ),
  ];
}

const isForeign = (entry: Entry) => Boolean(entry.optional && (entry.os || entry.cpu));

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === "fix") {
    const added = fix();
    console.log(added.length ? `added ${added.join(", ")}` : "nothing was missing");
  }
  const wrong = check();
  for (const sentence of wrong) console.error(`${FILE}: ${sentence}`);
  if (wrong.length) {
    console.error("`npm run lock:fix` mends what can be mended.");
    process.exitCode = 1;
  }
}
