/**
 * Whether the audit log is what was written. The database refuses changes; this finds what its owner could do. A detail
 * that was erased is no fault: its digest stays in the entry, and the chain over the entries verifies without it.
 */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { follows, seals, sha256 } from "~/server/chain/links";
import { readSystem, withSystem } from "~/server/db/with-system";
import { metrics } from "~/server/observability/metrics";
import { logger } from "~/server/observability/logger";
import {
  chainsAfter,
  faultyChains,
  sealAt,
  sealedEntries,
  unsealedOf,
  writeCheck,
  type Chain,
  type Check,
  type SealedEntry,
} from "../queries/system";
import { detailText, dueCheck, entryText, type Fault } from "../rules";

const PAGE = 2_000;
const CHAINS = 500;
/** Beyond this many of one chain, more of them say nothing new. */
const MOST_FAULTS = 100;

type Place = { seq: bigint; hash: string };
const START: Place = { seq: 0n, hash: "" };

const asking = (trace: Trace) => ({ reason: "verify the audit log", trace });

/** What is wrong with one sealed entry, given the seal before it. */
export function examine(one: SealedEntry, before: Place | null): Fault | null {
  const { seq, entryId, entry, detail } = one;
  const at = (kind: Fault["kind"]): Fault => ({ kind, entryId, seq });
  if (!follows(one, before)) {
    const expected = (before?.seq ?? 0n) + 1n;
    // A gap: the seal between went with its entry. A seal that follows in number only was made anew.
    return seq > expected ? { kind: "missing", entryId: null, seq: expected } : at("changed");
  }
  if (entry === null) return at("missing");
  if (sha256(entryText(entry)) !== entry.hash || !seals(one, { id: entryId, digest: entry.hash }))
    return at("changed");
  if (detail !== null && sha256(detailText(detail.salt, detail.detail)) !== entry.detailDigest)
    return at("detail_changed");
  return null;
}

/** Reads a chain from after a place, up to `most` entries. */
async function examineFrom(trace: Trace, orgId: string | null, from: Place, most: number) {
  const faults: Fault[] = [];
  let [place, checked, erased, isAtEnd] = [from, 0, 0, false];
  while (!isAtEnd && checked < most && faults.length < MOST_FAULTS) {
    const page = await readSystem(asking(trace), (scope) => sealedEntries(scope, orgId, place.seq, PAGE));
    for (const one of page) {
      const fault = examine(one, place.seq === 0n ? null : place);
      if (fault) faults.push(fault);
      if (one.detail === null) erased += 1;
      place = { seq: one.seq, hash: one.hash };
    }
    checked += page.length;
    isAtEnd = page.length < PAGE;
  }
  return { faults, place, checked, erased, isAtEnd };
}

/** A chain that ends before where it was verified to has lost its end. */
async function lostEnd(trace: Trace, { orgId, check }: Chain): Promise<Fault | null> {
  if (!check || check.seq === 0n) return null;
  const seal = await readSystem(asking(trace), (scope) => sealAt(scope, orgId, check.seq));
  if (!seal) return { kind: "missing", entryId: null, seq: check.seq };
  return seal.hash === check.hash ? null : { kind: "changed", entryId: seal.entryId, seq: check.seq };
}

async function unsealed(trace: Trace, orgId: string | null): Promise<Fault | null> {
  const entryId = await readSystem(asking(trace), (scope) => unsealedOf(scope, orgId));
  return entryId === null ? null : { kind: "unsealed", entryId, seq: null };
}

export type Verdict = {
  orgId: string | null;
  /** Entries read. */
  checked: number;
  /** How many of them have no detail (any more). */
  erased: number;
  /** The first is where to look first; empty when all is as written. */
  faults: Fault[];
};

/** Every chain from its first seal on, one after the other; changes nothing. */
export async function* verifyAudit(trace: Trace): AsyncGenerator<Verdict> {
  for (let page: Chain[] = [], isFirst = true; isFirst || page.length >= CHAINS; isFirst = false) {
    const after = page.at(-1)?.orgId ?? null;
    page = await readSystem(asking(trace), (scope) => chainsAfter(scope, after, CHAINS));
    for (const chain of page) {
      const { orgId } = chain;
      const { faults, checked, erased } = await examineFrom(trace, orgId, START, Number.MAX_SAFE_INTEGER);
      const others = [await lostEnd(trace, chain), await unsealed(trace, orgId)];
      yield { orgId, checked, erased, faults: [...faults, ...others.filter((fault) => fault !== null)] };
    }
  }
}

/** Entries of one turn of the steady verification: a few seconds of work. */
const SLICE = 20_000;

/** Goes on with one chain. @returns whether there is more of it to read now. */
export async function verifyOnward(
  trace: Trace,
  chain: Chain,
  due: "whole" | "onward",
  slice = SLICE,
): Promise<boolean> {
  const now = clock.now();
  const { orgId, check } = chain;
  const began = due === "whole" ? (check?.passBeganAt ?? now) : null;
  const from: Place =
    due === "whole"
      ? check?.passBeganAt
        ? { seq: check.passSeq!, hash: check.passHash! }
        : START
      : { seq: check!.seq, hash: check!.hash };
  const lost = await lostEnd(trace, chain);
  const { faults, place, isAtEnd } = await examineFrom(trace, orgId, from, slice);
  // What never was sealed is looked for with the whole chain: it is one pass over all of its entries.
  const waiting = isAtEnd && due === "whole" ? await unsealed(trace, orgId) : null;
  const known: Fault | null = check?.fault
    ? { kind: check.fault, entryId: check.faultEntryId, seq: check.faultSeq }
    : null;
  const isReadAgain = ({ seq }: Fault) =>
    seq === null || seq > place.seq ? isAtEnd : seq > from.seq || check?.passBeganAt === null;
  const fault = (known && !isReadAgain(known) ? known : null) ?? faults[0] ?? lost ?? waiting;
  // A slice of a pass under way proves nothing yet about what came after the last verified seal.
  const isFarther = isAtEnd || place.seq > (check?.seq ?? 0n);
  const next: Check = {
    seq: isFarther && !lost ? place.seq : (check?.seq ?? 0n),
    hash: isFarther && !lost ? place.hash : (check?.hash ?? ""),
    checkedAt: isAtEnd || !check ? now : check.checkedAt,
    fullAt: isAtEnd && began ? began : (check?.fullAt ?? null),
    passBeganAt: isAtEnd ? null : began,
    passSeq: isAtEnd || !began ? null : place.seq,
    passHash: isAtEnd || !began ? null : place.hash,
    fault: fault?.kind ?? null,
    faultEntryId: fault?.entryId ?? null,
    faultSeq: fault?.seq ?? null,
  };
  await withSystem(asking(trace), (scope) => writeCheck(scope, orgId, next));
  if (fault && !check?.fault)
    logger().error(
      { org_id: orgId, entry_id: fault.entryId, seq: String(fault.seq), fault: fault.kind },
      "an audit chain is broken",
    );
  return !isAtEnd;
}

/**
 * Verifies what is due of all chains, a slice at a time: what has come since every few minutes, each chain as a whole once
 * a day. @param budgetMs how long to go on; what is left is due at the next call. @returns whether anything is left.
 */
export async function verifyDue(trace: Trace, budgetMs = 10_000): Promise<boolean> {
  const until = performance.now() + budgetMs;
  for (let page: Chain[] = [], isFirst = true; isFirst || page.length >= CHAINS; isFirst = false) {
    const after = page.at(-1)?.orgId ?? null;
    page = await readSystem(asking(trace), (scope) => chainsAfter(scope, after, CHAINS));
    for (const chain of page) {
      const due = dueCheck(chain.check, chain.headSeq, clock.now());
      if (due === null) continue;
      if (performance.now() > until) return true;
      if (await verifyOnward(trace, chain, due)) return true;
    }
  }
  return false;
}

/** Tells the metrics how many chains have a fault; every process, so that none tells an old number. */
export async function tellFaults(): Promise<void> {
  const asked = { reason: "count broken audit chains", trace: { correlationId: "metrics", address: null } };
  metrics().auditBrokenChains.set(await readSystem(asked, faultyChains));
}
