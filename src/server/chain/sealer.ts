/** Seals what was written, within a second, by one process at a time; every instance runs the timer (design decision 23). */
import { newId } from "~/server/db/ids";
import { readSystem, type SystemScope } from "~/server/db/with-system";
import { inTurn } from "~/server/events/sweeper";

const BATCH = 1_000;

export type Chained = {
  /** For the log and the turn's lock: "the ledger". */
  name: string;
  isAnythingUnsealed: (scope: SystemScope) => Promise<boolean>;
  /** Seconds that the oldest unsealed entry has waited; 0 when nothing waits. */
  oldestUnsealedSeconds: (scope: SystemScope) => Promise<number>;
  /** Seals up to `most`, oldest first. @returns how many. */
  seal: (scope: SystemScope, most: number) => Promise<number>;
  /** Told after each turn how long the oldest has waited. */
  tell: (seconds: number) => void;
};

/** Seals all that waits, a batch a transaction. @returns how many entries; 0 when another process has the turn. */
export async function sealAll(chained: Chained): Promise<number> {
  const { name, tell } = chained;
  const asked = () => ({
    reason: `is anything of ${name} unsealed`,
    trace: { correlationId: newId(), address: null },
  });
  if (!(await readSystem(asked(), chained.isAnythingUnsealed))) {
    tell(0);
    return 0;
  }
  let sealed = 0;
  for (let batch = BATCH; batch === BATCH; sealed += batch)
    batch = (await inTurn(`seal ${name}`, (scope) => chained.seal(scope, BATCH))) ?? 0;
  tell(await readSystem(asked(), chained.oldestUnsealedSeconds));
  return sealed;
}
