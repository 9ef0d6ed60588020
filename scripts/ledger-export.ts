/** `npm run ledger:export`: writes what the night would write: every ended day of the ledger that is in no file yet. */
import { exportLedger } from "~/modules/metering/flows";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";

const done = await exportLedger({ correlationId: `export-${newId()}`, address: null });
console.log(
  done === null
    ? "Nothing exported: LEDGER_BUCKET is not set."
    : `${done.files} ${done.files === 1 ? "file" : "files"} written${done.failed > 0 ? `, ${done.failed} organizations failed` : ""}.`,
);
await closeClients();
process.exit(done === null || done.failed > 0 ? 1 : 0);
