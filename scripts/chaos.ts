/** `npm run chaos [rounds] [rows]`: an import under fire, each victim killed so many times; writes docs/chaos.md. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { importUnderFire, VICTIMS, type Outcome } from "./chaos/import-under-fire";
import { dataFolder } from "./services/postgres";
import { startStack } from "./stack";

const [rounds = 10, rows = 50_000] = process.argv.slice(2).map(Number);

const home = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-chaos-"));
fs.chmodSync(home, 0o711);
const stack = await startStack({
  mode: "production",
  env: { ...process.env, JOB_STALE_AFTER_S: "20" },
  home,
  waitForInngest: true,
  inngestRetryIntervalS: 1,
});
const outcomes: Outcome[] = [];
try {
  for (let round = 1; round <= rounds; round += 1) {
    for (const victim of VICTIMS) {
      const outcome = await importUnderFire(home, victim, rows);
      outcomes.push(outcome);
      const { killedAt, recoveredInS, broken } = outcome;
      const verdict = broken.length ? broken.join("; ") : "every row once, one unit";
      console.log(
        `${round}/${rounds} ${victim} killed at ${(killedAt * 100).toFixed(0)} %, completed ${recoveredInS.toFixed(1)} s later: ${verdict}`,
      );
    }
  }
} finally {
  await stack.stop();
}
const broken = outcomes.filter((outcome) => outcome.broken.length > 0);
if (broken.length === 0)
  for (const folder of [dataFolder(home), home]) fs.rmSync(folder, { recursive: true, force: true });
else console.log(`Logs: ${path.join(home, "logs")}`);
const document = { ...(await resolveConfig("docs/chaos.md")), filepath: "docs/chaos.md" };
fs.writeFileSync("docs/chaos.md", await format(report(outcomes), document));
console.log(`${outcomes.length - broken.length} held, ${broken.length} broken; written to docs/chaos.md`);
process.exit(broken.length ? 1 : 0);

function report(all: Outcome[]): string {
  const lines = VICTIMS.map((victim) => {
    const own = all.filter((outcome) => outcome.victim === victim);
    const times = own.map((outcome) => outcome.recoveredInS).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    const held = own.filter((outcome) => outcome.broken.length === 0).length;
    return `| ${victim} | ${own.length} | ${held} | ${median.toFixed(1)} s | ${(times.at(-1) ?? 0).toFixed(1)} s |`;
  });
  const day = new Date().toISOString().slice(0, 10);
  return `# Killed during an import

Written by \`npm run chaos\` on ${day}: an import of ${rows.toLocaleString("en")} rows on the production build with its local services, in
which one process group is ended with SIGKILL at a random point between 5 % and 55 % of the file. Held means: every good row
there once, every bad row kept once, the job completed, one entry and one unit in the ledger.

| killed | times | held | median until completed | slowest |
| --- | --- | --- | --- | --- |
${lines.join("\n")}

The Inngest server runs without Redis here and loses its runs with the kill: the sweeper sends such a job again.
${all.flatMap((outcome) => outcome.broken.map((what) => `\n- ${outcome.victim}: ${what}`)).join("")}`;
}
