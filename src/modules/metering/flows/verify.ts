/**
 * Whether the ledger is what was written: every entry has its digest, every chain goes on without a gap, nothing stays
 * unsealed, and the counters say what the ledger says. The database refuses changes; this finds what its owner could do.
 */
import type { Trace } from "~/kernel/actor";
import { follows, seals, sha256 } from "~/server/chain/links";
import { readSystem } from "~/server/db/with-system";
import { counterDrifts, sealedEntries, unsealedEntries, type SealedEntry } from "../queries/system";

export type Finding = {
  orgId: string;
  kind: "entry_changed" | "entry_missing" | "chain_broken" | "unsealed" | "counter_differs";
  /** Ids, numbers and instants. */
  what: string;
};

const PAGE = 5_000;
/** Beyond this many, more of them say nothing new. */
const MOST_FINDINGS = 1_000;

/** A separator that no text of an entry can hold (a check of the table). */
const SEPARATOR = "\u001f";

/** @returns how many entries were checked, and what is wrong; nothing, when all is well. */
export async function verifyLedger(trace: Trace): Promise<{ checked: number; findings: Finding[] }> {
  const asked = { reason: "verify the ledger", trace };
  const findings: Finding[] = [];
  let checked = 0;
  let last: SealedEntry | undefined;
  for (let page: SealedEntry[] = [], isFirst = true; isFirst || page.length === PAGE; isFirst = false) {
    page = await readSystem(asked, (scope) => sealedEntries(scope, last ?? null, PAGE));
    for (const entry of page) {
      findings.push(...examine(entry, last?.orgId === entry.orgId ? last : undefined));
      last = entry;
      checked += 1;
    }
    if (findings.length > MOST_FINDINGS) break;
  }
  for (const { orgId, id } of await readSystem(asked, unsealedEntries))
    findings.push({ orgId, kind: "unsealed", what: `entry ${id} has no seal after a minute` });
  for (const { orgId, meter, periodStart, ledger, counter } of await readSystem(asked, counterDrifts)) {
    const what = `${meter} from ${periodStart.toISOString()}: the ledger has ${ledger}, the counter ${counter}`;
    findings.push({ orgId, kind: "counter_differs", what });
  }
  return { checked, findings };
}

function* examine(entry: SealedEntry, before: SealedEntry | undefined): Generator<Finding> {
  const { orgId, seq, id, digest, parts } = entry;
  if (id === null) return yield { orgId, kind: "entry_missing", what: `the entry of seal ${seq} is gone` };
  if (sha256(parts.join(SEPARATOR)) !== digest)
    yield { orgId, kind: "entry_changed", what: `entry ${id} is not what its digest says` };
  if (!follows(entry, before ?? null))
    yield { orgId, kind: "chain_broken", what: `seal ${seq} does not follow ${before?.seq ?? "the start"}` };
  if (!seals(entry, { id, digest }))
    yield { orgId, kind: "chain_broken", what: `seal ${seq} does not seal entry ${id}` };
}
