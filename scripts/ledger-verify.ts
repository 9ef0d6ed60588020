/**
 * `npm run ledger:verify`: checks every entry of the usage ledger, its chains and its counters; with `-- --export` what lies
 * in the locked bucket against it (`--export=2026-11-20` one day alone). Ends with 1 when anything is wrong.
 */
import { verifyExport, verifyLedger } from "~/modules/metering/flows";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";

const trace = { correlationId: `verify-${newId()}`, address: null };
const asked = process.argv.slice(2).find((word) => word.startsWith("--export"));
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1_000).toFixed(1);
const verdict = (count: number) => (count === 0 ? "all as written" : `${count} findings`);

async function verify(): Promise<number> {
  if (asked === undefined) {
    const { checked, findings } = await verifyLedger(trace);
    for (const { orgId, kind, what } of findings) console.error(`${orgId}  ${kind}: ${what}`);
    console.log(
      `${checked.toLocaleString("en")} entries checked in ${seconds()} s: ${verdict(findings.length)}`,
    );
    return findings.length;
  }
  const day = asked.split("=")[1] ?? null;
  if (day !== null && !/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new Error("Give the day as --export=2026-11-20.");
  const { files, lines, unlocked, findings } = await verifyExport(trace, day);
  for (const { orgId, kind, what } of findings) console.error(`${orgId}  ${kind}: ${what}`);
  if (unlocked > 0) console.warn(`${unlocked} of ${files} files have no lock: the store could give them up.`);
  console.log(
    `${files} files, ${lines.toLocaleString("en")} lines checked in ${seconds()} s: ${verdict(findings.length)}`,
  );
  return findings.length;
}

const wrong = await verify();
await closeClients();
process.exit(wrong === 0 ? 0 : 1);
