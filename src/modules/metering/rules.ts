import type { BillingPeriod } from "~/kernel/billing-period";
import { METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { amountOf, unitPrice } from "~/kernel/money";
import { UNLIMITED } from "~/kernel/plans";
import type { ExportedLine, ExportManifest } from "./schema";

/** A plan's limit in units of the ledger; -1 stays unlimited. */
export const limitInUnits = (meter: Meter, limit: number): number =>
  limit === UNLIMITED ? UNLIMITED : limit * METERS[meter].unitsPerLimit;

/**
 * US dollars for one unit of the ledger beyond the plan, 12 decimals, or null where none can be bought. Of storage the
 * unit is a byte kept for the whole period.
 */
export function overageUnitPrice(meter: Meter): string | null {
  const { overage } = METERS[meter];
  return overage && unitPrice(overage.price, overage.per);
}

/** What `over` units beyond the plan cost, in US dollars with three decimals, rounded half up once. */
export function overageCost(meter: Meter, over: number): string | null {
  const { overage } = METERS[meter];
  return overage && amountOf(overage.price, over, overage.per);
}

/** Units beyond `limit`; none where it is unlimited. */
export const beyond = (used: number, limit: number): number =>
  limit === UNLIMITED ? 0 : Math.max(0, used - limit);

/** A pace told from less than this share of a period says nothing. */
const LEAST_SHARE = 1 / 30;

/**
 * What a period will have used at its end, when it goes on as it did so far: a straight line through its start. Null
 * before a thirtieth of the period has passed and after its end.
 */
export function forecast(used: number, { start, end }: BillingPeriod, now: Date): number | null {
  const share = (now.getTime() - start.getTime()) / (end.getTime() - start.getTime());
  if (share < LEAST_SHARE || share >= 1) return null;
  return Math.round(used / share);
}

/** The instant at which `limit` is reached at the pace so far; null when that lies beyond the period, or behind. */
export function reachesLimitAt(
  used: number,
  limit: number,
  { start, end }: BillingPeriod,
  now: Date,
): Date | null {
  if (limit === UNLIMITED || used === 0 || used >= limit || forecast(used, { start, end }, now) === null)
    return null;
  const at = new Date(start.getTime() + ((now.getTime() - start.getTime()) * limit) / used);
  return at < end ? at : null;
}

/** The period `back` periods before the one that holds `now`. */
export function periodBack(periodAt: (at: Date) => BillingPeriod, now: Date, back: number): BillingPeriod {
  let period = periodAt(now);
  for (let step = 0; step < back; step++) period = periodAt(new Date(period.start.getTime() - 1));
  return period;
}

/** YYYY-MM-DD of an instant in a time zone. */
export const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    at,
  );

/** Every day from that of `start` to that of `last`, both included, in the time zone. */
export function daysBetween(timeZone: string, start: Date, last: Date): string[] {
  const days: string[] = [];
  const until = dayIn(timeZone, last);
  // By half days, so that a day of 23 or 25 hours is neither skipped nor doubled.
  for (let at = start.getTime(); ; at += 43_200_000) {
    const day = dayIn(timeZone, new Date(at));
    if (day > until) return days;
    if (days.at(-1) !== day) days.push(day);
    if (day === until) return days;
  }
}

// ── The ledger's export ──

/** A file that is to be written: the seals [firstSeq, lastSeq] of an organization's chain, of a UTC day. */
export type PlannedExport = {
  orgId: string;
  /** Midnight UTC. */
  day: Date;
  firstSeq: bigint;
  lastSeq: bigint;
  /** Hash of the last of them. */
  head: string;
  /** The file that this one goes on from. */
  previous: { day: Date; head: string } | null;
};

export type ExportedEntry = {
  seq: bigint;
  prevHash: string;
  hash: string;
  id: string;
  orgId: string;
  meter: string;
  service: string | null;
  quantity: bigint;
  idempotencyKey: string;
  periodStart: Date;
  periodEnd: Date;
  occurredAt: Date;
  correctsId: string | null;
  sourceType: string | null;
  sourceId: string | null;
  createdAt: Date;
  digest: string;
};

const dayWord = (day: Date): string => day.toISOString().slice(0, 10);

/** `ledger/{yyyy}/{mm}/{dd}/{org_id}.jsonl` (spec §5), and beside it what the file must be. */
export function exportKeys({ orgId, day }: Pick<PlannedExport, "orgId" | "day">) {
  const stem = `ledger/${dayWord(day).replaceAll("-", "/")}/${orgId}`;
  return { file: `${stem}.jsonl`, manifest: `${stem}.manifest.json` };
}

/**
 * An entry as a line. Ids, numbers, instants and digests only (design decision 30): the words of a correction stay in the
 * database, their digest in the chain. The order of the fields is fixed: the same entry is the same line.
 */
export const exportLine = (entry: ExportedEntry): string =>
  `${JSON.stringify({
    seq: Number(entry.seq),
    id: entry.id,
    org_id: entry.orgId,
    meter: entry.meter,
    service: entry.service,
    quantity: Number(entry.quantity),
    idempotency_key: entry.idempotencyKey,
    period_start: entry.periodStart.toISOString(),
    period_end: entry.periodEnd.toISOString(),
    occurred_at: entry.occurredAt.toISOString(),
    corrects_id: entry.correctsId,
    source_type: entry.sourceType,
    source_id: entry.sourceId,
    created_at: entry.createdAt.toISOString(),
    digest: entry.digest,
    prev_hash: entry.prevHash,
    hash: entry.hash,
  })}\n`;

/** The parts of an entry's digest, as `app.ledger_digest` takes them, told from a line; a correction's words are not there. */
export const digestParts = (line: ExportedLine): string[] => [
  line.id,
  line.org_id,
  line.meter,
  line.service ?? "",
  String(line.quantity),
  line.idempotency_key,
  String(Date.parse(line.period_start)),
  String(Date.parse(line.period_end)),
  String(Date.parse(line.occurred_at)),
  line.corrects_id ?? "",
  line.source_type ?? "",
  line.source_id ?? "",
  "",
  String(Date.parse(line.created_at)),
];

export const exportManifest = (
  { orgId, day, firstSeq, lastSeq, head, previous }: PlannedExport,
  file: { bytes: number; sha256: string },
): ExportManifest => ({
  format: "tenantry-ledger-1",
  org_id: orgId,
  day: dayWord(day),
  rows: Number(lastSeq - firstSeq) + 1,
  bytes: file.bytes,
  sha256: file.sha256,
  first_seq: Number(firstSeq),
  last_seq: Number(lastSeq),
  chain_head: head,
  previous: previous && { day: dayWord(previous.day), chain_head: previous.head },
});
