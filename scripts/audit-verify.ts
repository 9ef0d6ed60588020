/** `npm run audit:verify`: reads every chain of the audit log again. Names the first broken entry of each; ends with 1 when there is one. */
import { verifyAudit } from "~/modules/audit/flows";
import { FAULT_WORDS, type Fault } from "~/modules/audit/rules";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";

const startedAt = performance.now();
let [chains, checked, erased, broken] = [0, 0, 0, 0];
const words = ({ kind, entryId, seq }: Fault) =>
  `${kind}: ${entryId ? `entry ${entryId}` : `the entry of seal ${seq}`} ${FAULT_WORDS[kind]}${entryId && seq !== null ? ` (seal ${seq})` : ""}`;
for await (const verdict of verifyAudit({ correlationId: `verify-${newId()}`, address: null })) {
  chains += 1;
  checked += verdict.checked;
  erased += verdict.erased;
  const [first, ...more] = verdict.faults;
  if (!first) continue;
  broken += 1;
  const rest = more.length > 0 ? `, and ${more.length} more` : "";
  console.error(`${verdict.orgId ?? "platform"}  ${words(first)}${rest}`);
}
const seconds = (performance.now() - startedAt) / 1_000;
console.log(
  `${checked.toLocaleString("en")} entries in ${chains.toLocaleString("en")} chains checked in ${seconds.toFixed(1)} s ` +
    `(${erased.toLocaleString("en")} with their detail erased): ${broken === 0 ? "all as written" : `${broken} chains broken`}`,
);
await closeClients();
process.exit(broken === 0 ? 0 : 1);
