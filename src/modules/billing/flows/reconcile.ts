/** Daily: Stripe × mirror × ledger. What does not agree becomes a row with a proposed repair; nothing is mended unasked. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { addAmounts, compareAmounts } from "~/kernel/money";
import { termsOf } from "~/modules/entitlements";
import { overageOf } from "~/modules/metering";
import { newId } from "~/server/db/ids";
import { asDomainError } from "~/server/db/failure";
import { readSystem, withSystem } from "~/server/db/with-system";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import {
  countedByStripe,
  isStripeSetUp,
  listEvents,
  listSubscribers,
  readCustomer,
} from "../adapters/stripe";
import { customerOf } from "../adapters/webhook";
import { confirmedUnits, toldUnits } from "../queries/overage";
import {
  beginRun,
  closeGone,
  countOpenDifferences,
  customersAfter,
  endRun,
  knownCustomers,
  knownEvents,
  lastFinishedRun,
  lastRun,
  mirrorOf,
  noteProgress,
  revenueByPlan,
  seeDifference,
  takeRunOver,
  type Run,
} from "../queries/reconciliation";
import { compareCustomer, isActedOn, overageMeterOf, REPAIRS, type Difference } from "../rules";

const DAY_MS = 86_400_000;
/** A run of which nothing was heard for so long was killed, and is gone on with. */
const BUSY_MS = 5 * 60_000;
/** One that began longer ago than this is given up for a new one: what it has compared is old by then. */
const STALE_MS = 20 * 60 * 60_000;
/** After a failure, as when Stripe does not answer, it is gone on with so much later. */
const AGAIN_MS = 60 * 60_000;
const PAGE = 20;
/** Events younger than this may still be on their way. */
const ON_THE_WAY_MS = 10 * 60_000;

type Found = Difference & { orgId: string | null };

/**
 * Compares everything once. @returns the run's id and how many differences it saw.
 * @throws billing.payments_delayed: the run is left unfinished, and its age tells.
 */
export async function reconcile(trace: Trace): Promise<{ runId: string; differences: number }> {
  const now = clock.now();
  return goOn(
    await withSystem({ reason: "reconciliation begins", trace }, (scope) => beginRun(scope, now, busy(now))),
    trace,
  );
}

const busy = (now: Date) => new Date(now.getTime() + BUSY_MS);

/** Compares what a run has not yet compared. A page that was not noted is compared again, which changes nothing. */
export async function goOn(begun: Run, trace: Trace): Promise<{ runId: string; differences: number }> {
  const runId = begun.id;
  const run = { ...begun };
  const see = async (found: readonly Found[]) => {
    if (found.length === 0) return;
    run.differenceCount += found.length;
    await withSystem({ reason: "differences were found", trace }, async (scope) => {
      for (const one of found)
        await seeDifference(scope, { ...one, runId, repair: REPAIRS[one.kind], now: clock.now() });
    });
  };
  try {
    for (;;) {
      const page: { orgId: string; stripeCustomerId: string | null }[] = await readSystem(
        { reason: "customers to compare", trace },
        (scope) => customersAfter(scope, run.comparedUntil, PAGE),
      );
      for (const { orgId, stripeCustomerId } of page) {
        await see(await compareOne(orgId, stripeCustomerId!, trace));
        run.customerCount++;
      }
      run.comparedUntil = page.at(-1)?.orgId ?? run.comparedUntil;
      await withSystem({ reason: "reconciliation goes on", trace }, (scope) =>
        noteProgress(scope, run, busy(clock.now())),
      );
      if (page.length < PAGE) break;
    }
    await see(await strangers(trace));
    await see(await missingEvents(run.startedAt, trace));
    await withSystem({ reason: "reconciliation ends", trace }, async (scope) => {
      await closeGone(scope, runId, clock.now());
      await endRun(scope, runId, { ...countsOf(run), finishedAt: clock.now(), busyUntil: null });
    });
    return { runId, differences: run.differenceCount };
  } catch (error) {
    const { code } = asDomainError(error);
    await withSystem({ reason: "reconciliation broke off", trace }, (scope) =>
      endRun(scope, runId, { ...countsOf(run), lastError: code, busyUntil: null }),
    );
    throw error;
  }
}

const countsOf = ({ customerCount, differenceCount }: Run) => ({ customerCount, differenceCount });

async function compareOne(orgId: string, stripeCustomerId: string, trace: Trace): Promise<Found[]> {
  const stripe = await readCustomer(stripeCustomerId);
  const at = { reason: "a mirror to compare", trace };
  const [mirror, terms, overage] = await readSystem(at, async (scope) =>
    Promise.all([
      mirrorOf(scope, orgId),
      termsOf({ db: scope.db, orgId }),
      overageOf(scope, orgId, clock.now()),
    ]),
  );
  const found = compareCustomer(
    stripe ?? { subscriptions: [], invoices: [] },
    {
      ...mirror,
      plan: terms.basePlan,
      isGivenByStaff: terms.source === "staff",
    },
    clock.now(),
  );
  for (const { stripeId, lineAmounts, subtotal, status } of mirror.invoices) {
    const sum = addAmounts(...lineAmounts);
    if (status !== "draft" && compareAmounts(sum, subtotal) !== 0)
      found.push({ kind: "invoice_sum", subject: stripeId, expected: subtotal, found: sum });
  }
  for (const { meter, period, over } of overage) {
    const name = overageMeterOf(meter);
    if (!name) continue;
    const [told, confirmed] = await readSystem(at, (scope) =>
      Promise.all([
        toldUnits(scope, orgId, name, period.start),
        confirmedUnits(scope, orgId, name, period.start),
      ]),
    );
    if (told === 0n && (over === 0 || terms.overageCap === null)) continue;
    const counted = await countedByStripe(name, stripeCustomerId, period);
    const subject = `${orgId} ${name} ${period.start.toISOString()}`;
    const words = { subject, expected: `${over} in the ledger`, found: `${told} told, ${counted} at Stripe` };
    if (counted > BigInt(over) || told > BigInt(over)) found.push({ kind: "usage_overreported", ...words });
    // What the next hour will tell is no difference; what was confirmed and is not counted is one.
    else if (counted < confirmed) found.push({ kind: "usage_unreported", ...words });
  }
  return found.map((one) => ({ ...one, orgId }));
}

/** Subscriptions at Stripe that say they are an organization's, of customers that no organization knows. */
async function strangers(trace: Trace): Promise<Found[]> {
  const subscribers = await listSubscribers();
  const known = await readSystem({ reason: "customers that Stripe has", trace }, (scope) =>
    knownCustomers(
      scope,
      subscribers.map(({ customerId }) => customerId),
    ),
  );
  return subscribers
    .filter(({ customerId, orgId }) => orgId !== null && !known.has(customerId))
    .map(({ customerId, subscriptionId }) => ({
      orgId: null,
      kind: "customer_unknown",
      subject: customerId,
      expected: `an organization for ${subscriptionId}`,
      found: "none",
    }));
}

/** Events of the last two days that never arrived. */
async function missingEvents(startedAt: Date, trace: Trace): Promise<Found[]> {
  const until = startedAt.getTime() - ON_THE_WAY_MS;
  const events = (await listEvents(new Date(startedAt.getTime() - 2 * DAY_MS))).filter(
    ({ type, created }) => isActedOn(type) && created * 1000 < until,
  );
  const at = { reason: "events that Stripe has sent", trace };
  const known = await readSystem(at, (scope) =>
    knownEvents(
      scope,
      events.map(({ id }) => id),
    ),
  );
  const customers = await readSystem(at, (scope) =>
    knownCustomers(
      scope,
      events.flatMap((event) => customerOf(event) ?? []),
    ),
  );
  return events
    .filter((event) => !known.has(event.id) && customers.has(customerOf(event) ?? ""))
    .map(({ id, type }) => ({
      orgId: null,
      kind: "event_missing",
      subject: id,
      expected: type,
      found: "never arrived",
    }));
}

/**
 * Runs when the last run began a day ago, and goes on with one that was killed or broke off. Also keeps the gauges that
 * alerts look at.
 */
export async function reconcileWhenDue(): Promise<number | null> {
  const now = clock.now();
  const trace = { correlationId: newId(), address: null };
  const run = await inTurn("reconciliation", async (scope) => {
    const [last, finished, open, revenue] = await Promise.all([
      lastRun(scope),
      lastFinishedRun(scope),
      countOpenDifferences(scope),
      revenueByPlan(scope),
    ]);
    const age = finished?.finishedAt ? (now.getTime() - finished.finishedAt.getTime()) / 1000 : -1;
    metrics().reconciliationAge.set(age);
    metrics().reconciliationOpen.set(open);
    for (const { plan, amount } of revenue) metrics().mrr.set({ plan }, Number(amount));
    if (!isStripeSetUp()) return null;
    // Taken under the turn's lock, so that no two processes compare at once.
    const began = last ? now.getTime() - last.startedAt.getTime() : Infinity;
    if (last && last.finishedAt === null && began < STALE_MS) {
      const free = last.busyUntil ?? new Date(last.startedAt.getTime() + AGAIN_MS);
      return free <= now ? takeRunOver(scope, last.id, busy(now)) : null;
    }
    const isDue = last?.finishedAt === null || began >= DAY_MS;
    return isDue ? beginRun(scope, now, busy(now)) : null;
  });
  if (!run) return null;
  return goOn(run, trace).then(
    ({ differences }) => differences,
    (error: unknown) => {
      logger().error({ err: error }, "reconciliation broke off; it is gone on with in an hour");
      return null;
    },
  );
}

export const reconciliationSweeps = (): Sweep[] => [
  { name: "reconciliation", everyMs: 60_000, turn: reconcileWhenDue },
];
