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
  revenueByPlan,
  seeDifference,
} from "../queries/reconciliation";
import { compareCustomer, isActedOn, overageMeterOf, REPAIRS, type Difference } from "../rules";

const DAY_MS = 86_400_000;
/** A run that has not ended by then was killed. */
const STALE_MS = 60 * 60_000;
/** Events younger than this may still be on their way. */
const ON_THE_WAY_MS = 10 * 60_000;

type Found = Difference & { orgId: string | null };

/**
 * Compares everything once. @returns the run's id and how many differences it saw.
 * @throws billing.payments_delayed: the run is left unfinished, and its age tells.
 */
export async function reconcile(trace: Trace): Promise<{ runId: string; differences: number }> {
  const startedAt = clock.now();
  const runId = await withSystem({ reason: "reconciliation begins", trace }, (scope) =>
    beginRun(scope, startedAt),
  );
  let customerCount = 0;
  let differenceCount = 0;
  const see = async (found: readonly Found[]) => {
    if (found.length === 0) return;
    differenceCount += found.length;
    await withSystem({ reason: "differences were found", trace }, async (scope) => {
      for (const one of found)
        await seeDifference(scope, { ...one, runId, repair: REPAIRS[one.kind], now: clock.now() });
    });
  };
  try {
    let after: string | null = null;
    for (;;) {
      const page: { orgId: string; stripeCustomerId: string | null }[] = await readSystem(
        { reason: "customers to compare", trace },
        (scope) => customersAfter(scope, after, 50),
      );
      for (const { orgId, stripeCustomerId } of page) {
        await see(await compareOne(orgId, stripeCustomerId!, trace));
        customerCount++;
      }
      after = page.at(-1)?.orgId ?? null;
      if (page.length < 50) break;
    }
    await see(await strangers(trace));
    await see(await missingEvents(startedAt, trace));
    await withSystem({ reason: "reconciliation ends", trace }, async (scope) => {
      await closeGone(scope, runId, clock.now());
      await endRun(scope, runId, { finishedAt: clock.now(), customerCount, differenceCount });
    });
    return { runId, differences: differenceCount };
  } catch (error) {
    const { code } = asDomainError(error);
    await withSystem({ reason: "reconciliation broke off", trace }, (scope) =>
      endRun(scope, runId, { customerCount, differenceCount, lastError: code }),
    );
    throw error;
  }
}

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
  const found = compareCustomer(stripe ?? { subscriptions: [], invoices: [] }, {
    ...mirror,
    plan: terms.basePlan,
    isGivenByStaff: terms.source === "staff",
  });
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

/** Runs when the last run began a day ago. Also keeps the gauges that alerts look at. */
export async function reconcileWhenDue(): Promise<number | null> {
  const now = clock.now();
  const trace = { correlationId: newId(), address: null };
  const isDue = await inTurn("reconciliation", async (scope) => {
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
    if (!isStripeSetUp()) return false;
    const began = last ? now.getTime() - last.startedAt.getTime() : Infinity;
    return began >= DAY_MS || (last?.finishedAt === null && began >= STALE_MS);
  });
  if (!isDue) return null;
  return reconcile(trace).then(
    ({ differences }) => differences,
    (error: unknown) => {
      logger().error({ err: error }, "reconciliation broke off; tried again in an hour");
      return null;
    },
  );
}

export const reconciliationSweeps = (): Sweep[] => [
  { name: "reconciliation", everyMs: 60_000, turn: reconcileWhenDue },
];
