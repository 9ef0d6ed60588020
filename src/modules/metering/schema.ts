/** Metering contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { Meter } from "~/kernel/meters";
import { PageInput, pageOf } from "~/kernel/paging";
import { Plan } from "~/kernel/plans";

/** Chosen by the caller; the same key counts once per organization and meter, for ever. No control characters. */
const Key = z
  .string()
  .regex(/^[^\u0000-\u001f]{1,200}$/, { error: "A key has 1 to 200 printable characters." });

/** What caused a use, so that a line of a bill can be followed back to it. */
export const UsageSource = z.object({
  type: z.enum(["job", "call", "mail"]),
  id: z.uuid().optional(),
});
export type UsageSource = z.infer<typeof UsageSource>;

export const CountUsageInput = z.object({
  meter: Meter,
  /** Whole units of the meter: jobs, calls, mails, tokens, images, seconds, bytes. Never a fraction, never money. */
  quantity: z.int().positive(),
  idempotencyKey: Key,
  /** When the use happened, not when we heard of it; decides the period. */
  occurredAt: z.date(),
  /** Which party served it ("openai", "ses", …). */
  service: z
    .string()
    .regex(/^[a-z0-9_-]{1,50}$/)
    .optional(),
  source: UsageSource.optional(),
});
export type CountUsageInput = z.infer<typeof CountUsageInput>;

/** `counted`: false on a replay. `used`: units in the period of `occurredAt`, this call included. */
export type UsageReceipt = { counted: boolean; used: number };

export const ReserveUsageInput = z.object({
  meter: Meter,
  quantity: z.int().positive(),
  /** The key that the use will be counted under. */
  key: Key,
  /** After this instant the units may be given to others. */
  expiresAt: z.date(),
});
export type ReserveUsageInput = z.infer<typeof ReserveUsageInput>;

/** Half-open [start, end), UTC. */
export const Period = z.object({ start: z.date(), end: z.date() });
export type Period = z.infer<typeof Period>;

/** In units of the ledger; `limit` -1 is unlimited. */
export const Usage = z.object({
  meter: Meter,
  used: z.int().nonnegative(),
  /** Set aside for work under way. */
  reserved: z.int().nonnegative(),
  limit: z.int(),
  period: Period,
});
export type Usage = z.infer<typeof Usage>;

export const UsageInput = z.object({ meter: Meter });

/** A day of the organization's own time zone, as YYYY-MM-DD. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const NO_PERIOD = "No period begins then. Take the beginning of one, from 2000 on.";

/** Which billing period. */
const PeriodAsked = {
  /** 0 is the period that runs, 1 the one before it, … as periods are counted now. */
  periodsBack: z.int().min(0).max(24).default(0),
  /**
   * Instead, the first instant of a period, as a line of an invoice names it: it stays that one when the plan has changed,
   * and periods are counted from elsewhere.
   */
  periodStart: z
    .date()
    .min(new Date("2000-01-01T00:00:00Z"), NO_PERIOD)
    .max(new Date("2999-12-31T00:00:00Z"), NO_PERIOD)
    .nullish(),
};

export const UsageByDayInput = z.object({ meter: Meter, ...PeriodAsked });
export type UsageByDayInput = z.infer<typeof UsageByDayInput>;

export const UsageByDay = Usage.extend({
  /** Days of the period up to now, oldest first, none left out; of a gauge what was measured, 0 where it was not. */
  days: z.array(z.object({ day: Day, quantity: z.int() })),
  /** What the period will have used when it goes on as so far; null when it has ended or has hardly begun. */
  forecast: z.int().nonnegative().nullable(),
  /** The plan that has more of it, and its limit in units of the ledger (-1 unlimited); null where there is none. */
  next: z.object({ plan: Plan, limit: z.int() }).nullable(),
  /** The day on which the limit is reached at this pace, where it is within the period. */
  reachesLimitOn: Day.nullable(),
  /** Beyond the limit, in US dollars; null where nothing beyond can be bought or nothing was. */
  overageCost: z.string().nullable(),
});
export type UsageByDay = z.infer<typeof UsageByDay>;

/** `isNow`: the one that runs. */
export const PeriodList = z.array(Period.extend({ isNow: z.boolean() }));
export type PeriodList = z.infer<typeof PeriodList>;

export const ListEntriesInput = PageInput.extend({
  meter: Meter,
  ...PeriodAsked,
  cursor: z.uuid().nullish(),
});
export type ListEntriesInput = z.infer<typeof ListEntriesInput>;

export const LedgerEntry = z.object({
  id: z.uuid(),
  quantity: z.int(),
  occurredAt: z.date(),
  service: z.string().nullable(),
  /** What caused it; a job's id leads to its page. */
  source: z.object({ type: z.string(), id: z.uuid().nullable() }).nullable(),
  /** The entry that this one corrects, and why. */
  corrects: z.object({ id: z.uuid(), reason: z.string() }).nullable(),
  /** Its number in the organization's chain; null for the second or so before it is sealed. */
  seal: z.object({ seq: z.int(), hash: z.string() }).nullable(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
export const EntryPage = pageOf(LedgerEntry);
export type EntryPage = z.infer<typeof EntryPage>;

export const UsageSummary = z.object({
  period: Period,
  /** Every meter, in the order pages show them. */
  meters: z.array(
    Usage.extend({
      warned: z.union([z.literal(0), z.literal(80), z.literal(100)]),
      /** What beyond the plan was used so far costs, in US dollars; null where none is allowed. */
      overageCost: z.string().nullable(),
    }),
  ),
});
export type UsageSummary = z.infer<typeof UsageSummary>;

/** A correction names what it corrects; the ledger itself is never changed. */
export type CorrectUsageInput = {
  entryId: string;
  /** Added to what the entry says; negative takes away, at most down to nothing. */
  quantity: number;
  reason: string;
  idempotencyKey: string;
};

// ── The ledger's export, as it lies in the bucket ──

const Instant = z.iso.datetime();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const ExportedLine = z.object({
  seq: z.int().positive(),
  id: z.uuid(),
  org_id: z.uuid(),
  meter: z.string(),
  service: z.string().nullable(),
  quantity: z.int(),
  idempotency_key: z.string(),
  period_start: Instant,
  period_end: Instant,
  occurred_at: Instant,
  corrects_id: z.uuid().nullable(),
  source_type: z.string().nullable(),
  source_id: z.uuid().nullable(),
  created_at: Instant,
  digest: Sha256,
  /** Empty before the first. */
  prev_hash: z.union([Sha256, z.literal("")]),
  hash: Sha256,
});
export type ExportedLine = z.infer<typeof ExportedLine>;

export const ExportManifest = z.object({
  format: z.literal("tenantry-ledger-1"),
  org_id: z.uuid(),
  /** UTC day on which the entries were sealed. */
  day: Day,
  rows: z.int().positive(),
  bytes: z.int().positive(),
  sha256: Sha256,
  first_seq: z.int().positive(),
  last_seq: z.int().positive(),
  chain_head: Sha256,
  previous: z.object({ day: Day, chain_head: Sha256 }).nullable(),
});
export type ExportManifest = z.infer<typeof ExportManifest>;
