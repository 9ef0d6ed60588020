/** `npm run ledger:verify`: checks every entry of the usage ledger, its chains and its counters. Ends with 1 when anything is wrong. */
import { verifyLedger } from "~/modules/metering/flows";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";

const startedAt = performance.now();
const { checked, findings } = await verifyLedger({ correlationId: `verify-${newId()}`, address: null });
const seconds = (performance.now() - startedAt) / 1_000;
for (const { orgId, kind, what } of findings) console.error(`${orgId}  ${kind}: ${what}`);
console.log(
  `${checked.toLocaleString("en")} entries checked in ${seconds.toFixed(1)} s: ${findings.length === 0 ? "all as written" : `${findings.length} findings`}`,
);
await closeClients();
process.exit(findings.length === 0 ? 0 : 1);
