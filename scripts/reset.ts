// Throws the local state away: database, mails, files, secrets, logs.
import fs from "node:fs";
import { waitFor, isAlive } from "./processes";
import { dataFolder } from "./services/postgres";
import { endLeftovers } from "./stack";
import { homeFolder, readRun } from "./state";

const home = homeFolder();
const run = readRun(home);
endLeftovers(home, console.log, true);
const pids = run ? [run.supervisor, ...Object.values(run.children).map(({ pid }) => pid)] : [];
await waitFor(async () => !pids.some(isAlive), {
  timeoutMs: 20_000,
  sentence: `What runs in ${home} does not end: end it by hand, then reset again; nothing was thrown away`,
});
if (fs.existsSync(home)) fs.rmSync(dataFolder(home), { recursive: true, force: true });
fs.rmSync(home, { recursive: true, force: true });
console.log(`${home} is gone; the next \`npm run dev\` begins anew.`);
