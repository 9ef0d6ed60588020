/** Counting, and what is left. Each function is one round trip besides what `termsOf` keeps in memory. */
import { billingPeriod, type BillingPeriod } from "~/kernel/billing-period";
import { clock } from "~/kernel/clock";
import { METER_NAMES, METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { UNLIMITED } from "~/kernel/plans";
import {
  planWithMore,
  roomAbove,
  quotaExceeded,
  termsOf,
  upgradeUrl,
  type Terms,
} from "~/modules/entitlements";
import { env } from "~/server/config/env";
import { metrics } from "~/server/observability/metrics";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import { writeOutbox } from "~/server/events/outbox";
import { LIMIT_NEARED } from "./events";
import {
  countersOf,
  lastMeasure,
  periodOfCounter,
  periodsCounted,
  releaseUnits,
  reserveUnits,
  settleUnits,
  unitsByDay,
  type Allowed,
  type Counted,
  type InOrg,
  type Settled,
} from "./queries";
import {
  beyond,
  dayIn,
  daysBetween,
  forecast,
  limitInUnits,
  overageCost,
  overageUnitPrice,
  periodBack,
  reachesLimitAt,
} from "./rules";
import {
  CountUsageInput,
  ReserveUsageInput,
  type EntryPage,
  type ListEntriesInput,
  type PeriodList,
  type Usage,
  type UsageByDay,
  type UsageByDayInput,
  type UsageReceipt,
  type UsageSummary,
} from "./schema";

const orgOf = ({ db, actor }: TenantReadScope): InOrg => ({ db, orgId: actor.orgId });

const isEnforced = () => env().FF_BILLING_ENFORCEMENT_ENABLED;

/** What the terms say of a meter now. */
export function allowedBy(terms: Terms, meter: Meter): Allowed {
  const included = limitInUnits(meter, terms.limit(METERS[meter].limit));
  return { included, unitPrice: overageUnitPrice(meter), cap: terms.overageCap };
}

/** Where nothing is enforced, everything fits; what the plan includes is written down all the same. */
const unlessSwitchedOff = (allowed: Allowed): Allowed =>
  isEnforced() ? allowed : { ...allowed, included: UNLIMITED };

async function refusal(
  at: InOrg,
  terms: Terms,
  meter: Meter,
  { used, asked }: { used: number; asked: number },
) {
  const { limit, unitsPerLimit } = METERS[meter];
  metrics().quotaRefusals.inc({ meter });
  const next = await roomAbove(at, limit, (used + asked) / unitsPerLimit);
  return quotaExceeded({
    meter,
    limit: limitInUnits(meter, terms.limit(limit)),
    used,
    resetsAt: METERS[meter].kind === "counter" ? terms.periodAt(clock.now()).end : null,
    upgradeUrl: upgradeUrl(),
    of: limit,
    plan: next?.plan ?? null,
    planLimit: next && limitInUnits(meter, next.limit),
  });
}

/** Tells of a threshold that this entry crossed, in the same transaction. */
export async function tellOfThreshold(
  { db, orgId }: InOrg,
  meter: Meter,
  periodStart: Date,
  { warned }: { warned: Settled["warned"] },
) {
  if (warned === 0) return;
  await writeOutbox(db, orgId, {
    id: `limit-neared:${orgId}:${meter}:${periodStart.toISOString()}:${warned}`,
    name: LIMIT_NEARED,
    data: { orgId, meter, threshold: warned, periodStart: periodStart.toISOString() },
  });
}

async function settle(
  at: InOrg,
  input: CountUsageInput,
  enforce: boolean,
): Promise<Settled & { terms: Terms }> {
  const terms = await termsOf(at);
  const period = terms.periodAt(input.occurredAt);
  const settled = await settleUnits(
    at,
    input,
    period,
    allowedBy(terms, input.meter),
    enforce && isEnforced(),
  );
  await tellOfThreshold(at, input.meter, period.start, settled);
  return { ...settled, terms };
}

/**
 * Counts what has happened, in the caller's transaction, at most once per idempotency key, in the period of `occurredAt`.
 * Never refuses: what a plan limits is reserved before it happens.
 */
export const countUsage = (scope: TenantScope, input: CountUsageInput): Promise<UsageReceipt> =>
  countUsageIn(orgOf(scope), input);

/** As `countUsage`, for a scope that names its organization. */
export async function countUsageIn(at: InOrg, input: CountUsageInput): Promise<UsageReceipt> {
  const { outcome, used } = await settle(at, CountUsageInput.parse(input), false);
  return { counted: outcome === "counted", used };
}

/**
 * Sets units aside until they are committed, released or expire: checked and taken under one lock, so that no number of
 * callers gets more than the plan allows. The same key again holds the same units, longer.
 * @throws quota_exceeded (HTTP 402)
 */
export async function reserveUsage(scope: TenantScope, input: ReserveUsageInput): Promise<void> {
  const asked = ReserveUsageInput.parse(input);
  const at = orgOf(scope);
  const terms = await termsOf(at);
  const { meter, quantity } = asked;
  const allowed = unlessSwitchedOff(allowedBy(terms, meter));
  const { outcome, used, reserved } = await reserveUnits(at, asked, terms.periodAt(clock.now()), allowed);
  if (outcome === "refused")
    throw await refusal(at, terms, meter, { used: used + reserved, asked: quantity });
}

/**
 * Counts a use whose units were reserved under the same key; what they do not cover is taken if there is room. A key that
 * was counted before counts nothing.
 * @throws quota_exceeded (HTTP 402) when the reservation has expired and there is no room any more.
 */
export async function commitUsage(scope: TenantScope, input: CountUsageInput): Promise<UsageReceipt> {
  const use = CountUsageInput.parse(input);
  const at = orgOf(scope);
  const { outcome, used, reserved, terms } = await settle(at, use, true);
  if (outcome === "refused")
    throw await refusal(at, terms, use.meter, { used: used + reserved, asked: use.quantity });
  return { counted: outcome === "counted", used };
}

/** Gives reserved units back. @returns false when the key holds nothing (any more). */
export const releaseUsage = (
  scope: TenantScope,
  { meter, key }: { meter: Meter; key: string },
): Promise<boolean> => releaseUnits(orgOf(scope), meter, key, "released");

/** The same, for a scope that names its organization. */
export const releaseUsageIn = (at: InOrg, { meter, key }: { meter: Meter; key: string }): Promise<boolean> =>
  releaseUnits(at, meter, key, "released");

const NOTHING: Counted = { used: 0, reserved: 0 };

/** Whether `quantity` more would be allowed now; takes nothing. @throws quota_exceeded (HTTP 402) when not. */
export async function checkUsage(scope: TenantReadScope, meter: Meter, quantity: number): Promise<void> {
  const at = orgOf(scope);
  const terms = await termsOf(at);
  const { included, unitPrice, cap } = unlessSwitchedOff(allowedBy(terms, meter));
  // What goes beyond the plan is held against its cap when it is reserved.
  if (included === UNLIMITED || (cap !== null && unitPrice !== null)) return;
  const { used, reserved } = (await countedNow(at, terms)).get(meter) ?? NOTHING;
  if (used + reserved + quantity > included)
    throw await refusal(at, terms, meter, { used: used + reserved, asked: quantity });
}

async function countedNow(at: InOrg, terms: Terms): Promise<Map<Meter, Counted>> {
  const counted = await countersOf(at, terms.periodAt(clock.now()).start);
  for (const meter of METER_NAMES)
    if (METERS[meter].kind === "gauge" && !counted.has(meter))
      counted.set(meter, await lastMeasure(at, meter));
  return counted;
}

/** What is used of `meter` in the period that holds now, of what the plan allows. */
export async function usageThisPeriod(scope: TenantReadScope, meter: Meter): Promise<Usage> {
  const at = orgOf(scope);
  const terms = await termsOf(at);
  const counted = (await countedNow(at, terms)).get(meter) ?? NOTHING;
  return { meter, ...counted, limit: allowedBy(terms, meter).included, period: terms.periodAt(clock.now()) };
}

/** Every meter in the period that holds now. */
export async function usageSummary(scope: TenantReadScope): Promise<UsageSummary> {
  const at = orgOf(scope);
  const terms = await termsOf(at);
  const period = terms.periodAt(clock.now());
  const [counted, warnings] = await Promise.all([
    countedNow(at, terms),
    scope.db.usageWarning.findMany({ where: { orgId: at.orgId, periodStart: period.start } }),
  ]);
  const meters = METER_NAMES.map((meter) => {
    const { included: limit, cap } = allowedBy(terms, meter);
    const { used, reserved } = counted.get(meter) ?? NOTHING;
    const warned = warnings.filter((row) => row.meter === meter).map((row) => row.threshold);
    return {
      meter,
      used,
      reserved,
      limit,
      period,
      warned: (warned.includes(100) ? 100 : warned.includes(80) ? 80 : 0) as 0 | 80 | 100,
      overageCost: cap === null ? null : overageCost(meter, beyond(used, limit)),
    };
  });
  return { period, meters };
}

async function periodAsked(
  at: InOrg,
  terms: Terms,
  { meter, periodsBack, periodStart }: UsageByDayInput,
): Promise<BillingPeriod> {
  if (!periodStart) return periodBack(terms.periodAt, clock.now(), periodsBack);
  // Of a period in which nothing was counted nobody has written down the end.
  return (await periodOfCounter(at, meter, periodStart)) ?? billingPeriod(periodStart, periodStart);
}

/** As many as a picker can show. */
const MOST_PERIODS = 60;

/**
 * The periods that something was counted in, by their real bounds, newest first, and the one that runs. A plan that is
 * begun or ended in mid-period leaves one that overlaps the next: what was counted before stays in its own.
 */
export async function listPeriods(scope: TenantReadScope): Promise<PeriodList> {
  const at = orgOf(scope);
  const [terms, counted] = await Promise.all([termsOf(at), periodsCounted(at, MOST_PERIODS)]);
  const now = terms.periodAt(clock.now());
  const others = counted.filter(({ start }) => start.getTime() !== now.start.getTime());
  return [{ ...now, isNow: true }, ...others.map((one) => ({ ...one, isNow: false }))].sort(
    (one, other) => other.start.getTime() - one.start.getTime(),
  );
}

/** One meter by day, in the organization's time zone, with where it leads. */
export async function usageByDay(
  scope: TenantReadScope,
  input: UsageByDayInput,
  timeZone: string,
): Promise<UsageByDay> {
  const at = orgOf(scope);
  const terms = await termsOf(at);
  const now = clock.now();
  const { meter } = input;
  const period = await periodAsked(at, terms, input);
  const isNow = period.start.getTime() === terms.periodAt(now).start.getTime();
  const isGauge = METERS[meter].kind === "gauge";
  const [counted, units] = await Promise.all([
    isNow ? countedNow(at, terms) : countersOf(at, period.start),
    unitsByDay(at, meter, period, timeZone),
  ]);
  const next = await planWithMore(at, METERS[meter].limit);
  const { included: limit, cap } = allowedBy(terms, meter);
  const { used, reserved } = counted.get(meter) ?? NOTHING;
  const last = new Date(Math.min(now.getTime(), period.end.getTime() - 1));
  const at100 = isGauge ? null : reachesLimitAt(used, limit, period, now);
  return {
    meter,
    used,
    reserved,
    limit,
    period,
    days: daysBetween(timeZone, period.start, last).map((day) => ({ day, quantity: units.get(day) ?? 0 })),
    forecast: isGauge ? null : forecast(used, period, now),
    next: next && { plan: next.plan, limit: limitInUnits(meter, next.limit) },
    reachesLimitOn: at100 && dayIn(timeZone, at100),
    overageCost: cap === null ? null : overageCost(meter, beyond(used, limit)),
  };
}

/** The ledger of one meter and period, newest first: what each counted unit was for. */
export async function listEntries(
  scope: TenantReadScope,
  { cursor, limit, ...asked }: ListEntriesInput,
): Promise<EntryPage> {
  const { db, orgId } = orgOf(scope);
  const { meter } = asked;
  const { start } = await periodAsked({ db, orgId }, await termsOf({ db, orgId }), asked);
  const rows = await db.usageLedger.findMany({
    where: { orgId, meter, periodStart: start, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: { seal: { select: { seq: true, hash: true } } },
  });
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    quantity: Number(row.quantity),
    occurredAt: row.occurredAt,
    service: row.service,
    source: row.sourceType === null ? null : { type: row.sourceType, id: row.sourceId },
    corrects: row.correctsId === null ? null : { id: row.correctsId, reason: row.reason ?? "" },
    seal: row.seal && { seq: Number(row.seal.seq), hash: row.seal.hash },
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** The warning that was decided, or null. `used` and `included` are what they were then, in units of the ledger. */
export async function warningOf(
  scope: TenantReadScope,
  meter: Meter,
  periodStart: Date,
  threshold: 80 | 100,
): Promise<{ used: number; included: number; resetsAt: Date } | null> {
  const { db, orgId } = orgOf(scope);
  const key = { orgId, meter, periodStart };
  const [warning, counter] = await Promise.all([
    db.usageWarning.findUnique({
      where: { orgId_meter_periodStart_threshold: { ...key, threshold } },
    }),
    db.usageCounter.findUnique({
      where: { orgId_meter_periodStart: key },
      select: { periodEnd: true },
    }),
  ]);
  if (!warning || !counter) return null;
  return { used: Number(warning.used), included: Number(warning.included), resetsAt: counter.periodEnd };
}
