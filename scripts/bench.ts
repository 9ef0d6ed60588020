/**
 * `npm run bench [question …]`: answers each question of bench/ and writes docs/benchmarks.md with the machine and the
 * steal time seen. A question that was not asked keeps the answer it had. Goals are told, never asserted.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { format, resolveConfig } from "prettier";
import { ANSWERS_MARK, type Answer } from "../bench/measure";

/** In the order of the document; the last two take long and are asked by name only. */
const QUESTIONS: Record<string, string> = {
  "scoped-reads": "What row-level security costs",
  "tenant-count": "Many tenants in one table",
  requests: "Requests of the dashboard",
  sessions: "Knowing who knocks",
  rest: "Requests of programs",
  live: "Live progress",
  metering: "Exact metering",
  "import-speed": "Bulk import",
  "first-page": "The first page in a browser",
  table: "A list of 100,000 rows in a browser",
  plans: "Plans at ten million rows",
  soak: "Ten minutes under load",
};
const LONG = ["plans", "soak"];
const NEEDS_BUILD = ["requests", "sessions", "rest", "live", "first-page", "table", "soak"];
const DOCUMENT = path.join("docs", "benchmarks.md");
const KEPT = path.join("docs", "benchmarks.json");

interface Kept {
  day: string;
  machine: string;
  /** Share of the processors' time that the host gave to others, in percent; null where it is not told. */
  stealPercent: number | null;
  answers: Answer[];
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in QUESTIONS));
if (unknown.length) {
  console.error(`There is no question "${unknown[0]}": choose from ${Object.keys(QUESTIONS).join(", ")}.`);
  process.exit(1);
}
const chosen = asked.length ? asked : Object.keys(QUESTIONS).filter((name) => !LONG.includes(name));
const preloads = ["--import", "tsx", "--conditions=react-server", "--expose-gc"];

if (chosen.some((name) => NEEDS_BUILD.includes(name))) await run(["scripts/build.ts"], () => {});
const kept = fs.existsSync(KEPT) ? (JSON.parse(fs.readFileSync(KEPT, "utf8")) as Record<string, Kept>) : {};
let isWhole = true;
for (const name of chosen) {
  console.log(`\n── ${QUESTIONS[name]}`);
  const before = processorTimes();
  let answers: Answer[] | undefined;
  const code = await run([path.join("bench", `${name}.ts`)], (line) => {
    if (line.startsWith(ANSWERS_MARK)) answers = JSON.parse(line.slice(ANSWERS_MARK.length)) as Answer[];
    else console.log(line);
  });
  if (code !== 0 || !answers) {
    console.error(`${name} ended without an answer.`);
    isWhole = false;
    continue;
  }
  const day = new Date().toISOString().slice(0, 10);
  kept[name] = { day, machine: machine(), stealPercent: stolen(before, processorTimes()), answers };
  await write(KEPT, JSON.stringify(kept));
  await write(DOCUMENT, document(kept));
}
process.exit(isWhole ? 0 : 1);

/** As `npm run format` would leave it. */
async function write(file: string, text: string): Promise<void> {
  fs.writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

async function run(args: string[], hear: (line: string) => void): Promise<number> {
  const child = spawn(process.execPath, [...preloads, ...args], {
    // The channel tells the question when this process is killed, so that nothing is left running.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  createInterface({ input: child.stdout! }).on("line", hear);
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}

function machine(): string {
  const [first] = os.cpus();
  const memoryGb = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus().length} × ${first?.model.trim() ?? "unknown"}, ${memoryGb} GiB, ${os.type()} ${os.release().split("-")[0]}, Node ${process.versions.node}`;
}

function processorTimes(): { all: number; stolen: number } | null {
  if (!fs.existsSync("/proc/stat")) return null;
  const [, ...fields] = fs.readFileSync("/proc/stat", "utf8").split("\n")[0]!.split(/\s+/);
  const times = fields.map(Number);
  return { all: times.slice(0, 8).reduce((sum, time) => sum + time, 0), stolen: times[7] ?? 0 };
}

function stolen(
  before: ReturnType<typeof processorTimes>,
  after: ReturnType<typeof processorTimes>,
): number | null {
  return before && after ? (100 * (after.stolen - before.stolen)) / (after.all - before.all) : null;
}

function document(all: Record<string, Kept>): string {
  const parts = Object.entries(QUESTIONS).flatMap(([name, title]) => {
    const found = all[name];
    if (!found) return [];
    const steal = found.stealPercent === null ? "not told" : `${found.stealPercent.toFixed(1)} %`;
    const lines = found.answers.map(
      ({ what, value, goal, isMet }) =>
        `| ${what} | ${value} | ${goal ? `${goal}: ${isMet ? "met" : "missed"}` : ""} |`,
    );
    return [
      `## ${title}\n\n\`bench/${name}.ts\`, ${found.day}, on ${found.machine}; steal time ${steal}.\n\n| | measured | goal |\n| --- | --- | --- |\n${lines.join("\n")}\n`,
    ];
  });
  return `# Benchmarks

Written by \`npm run bench\`. A ratio is the median of the ratios of at least 12 rounds, in which the variants ran one after the other in
random order; machines are shared, so a figure without a baseline says little.

${parts.join("\n")}
What these say, and what was done where a goal was missed: [performance.md](performance.md).
`;
}
