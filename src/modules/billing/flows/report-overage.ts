/**
 * Overage, from the ledger to Stripe, each unit once (design decision 31): what is new is written as an immutable batch,
 * whose id Stripe knows it by; then it is told, again and again under that id until Stripe has it.
 */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { termsOf } from "~/modules/entitlements";
import { overageOf } from "~/modules/metering";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { asDomainError } from "~/server/db/failure";
import { logger } from "~/server/observability/logger";
import { countedByStripe, isKnownMeterEvent, isStripeSetUp, sendMeterEvent } from "../adapters/stripe";
import {
  closeReport,
  confirmedUnits,
  markReportSent,
  openReports,
  payingOrganizations,
  toldUnits,
  writeReport,
  type OpenReport,
} from "../queries/overage";
import { countedAt, hourOf, mayResend, overageMeterOf, unitsToReport } from "../rules";

/** A period that has ended is looked at for so long: Stripe leaves its invoice open for about an hour. */
const LATE_MS = 24 * 3_600_000;

/**
 * Writes what is new of an organization, at most one batch per meter and hour.
 * @returns how many batches.
 */
export async function batchOverage(
  orgId: string,
  trace: Trace,
  hour: Date = hourOf(clock.now()),
): Promise<number> {
  const now = clock.now();
  return withSystem({ reason: "overage to be told to Stripe", trace }, async (scope) => {
    const terms = await termsOf({ db: scope.db, orgId });
    let written = 0;
    for (const { meter, period, over } of await overageOf(scope, orgId, new Date(now.getTime() - LATE_MS))) {
      const overage = overageMeterOf(meter);
      if (!overage) continue;
      const told = await toldUnits(scope, orgId, overage, period.start);
      // Bought by who opted in. Who opted out again still pays what was used: it was told in part already.
      if (terms.overageCap === null && told === 0n) continue;
      const quantity = unitsToReport(BigInt(over), told);
      if (quantity === 0n) continue;
      written += await writeReport(scope, {
        orgId,
        meter: overage,
        periodStart: period.start,
        periodEnd: period.end,
        hour,
        quantity,
        totalAfter: told + quantity,
        countedAt: countedAt(period, now),
      });
    }
    return written;
  });
}

/** Tells what is written and not confirmed. @returns how many were confirmed. */
export async function tellOverage(trace: Trace, orgId: string | null = null): Promise<number> {
  const open = await readSystem({ reason: "overage that Stripe has not confirmed", trace }, (scope) =>
    openReports(scope, orgId),
  );
  let confirmed = 0;
  for (const report of open) {
    try {
      if (await tell(report, trace)) confirmed++;
    } catch (error) {
      const { code } = asDomainError(error);
      logger().warn({ err: error, usage_report: report.id, code }, "overage could not be told; tried again");
      await withSystem({ reason: "overage could not be told", trace }, (scope) =>
        closeReport(scope, report.id, {
          state: report.state === "unclear" ? "unclear" : "pending",
          lastError: code,
        }),
      );
      // The others of this turn would wait for the same party.
      if (code === "billing.payments_delayed") break;
    }
  }
  return confirmed;
}

async function tell(report: OpenReport, trace: Trace): Promise<boolean> {
  const now = clock.now();
  if (!mayResend(report.firstSentAt, now) && (await hasArrived(report, trace))) {
    await confirm(report, trace, now);
    return true;
  }
  await withSystem({ reason: "overage is told", trace }, (scope) => markReportSent(scope, report.id, now));
  await sendMeterEvent(report).catch((error: unknown) => {
    if (!isKnownMeterEvent(error)) throw error;
  });
  await confirm(report, trace, now);
  return true;
}

const confirm = (report: OpenReport, trace: Trace, now: Date) =>
  withSystem({ reason: "overage is confirmed", trace }, (scope) =>
    closeReport(scope, report.id, { state: "confirmed", confirmedAt: now, lastError: null }),
  );

/**
 * Whether Stripe counts more than all that is confirmed, by this batch at least. Asked once its memory of identifiers may
 * have ended, so that a batch whose answer was lost is not counted twice.
 */
async function hasArrived(report: OpenReport, trace: Trace): Promise<boolean> {
  const { orgId, meter, periodStart: start, periodEnd: end, stripeCustomerId } = report;
  const [counted, confirmed] = await Promise.all([
    countedByStripe(meter, stripeCustomerId, { start, end }),
    readSystem({ reason: "overage that Stripe has confirmed", trace }, (scope) =>
      confirmedUnits(scope, orgId, meter, start),
    ),
  ]);
  return counted >= confirmed + report.quantity;
}

/** Batches and tells for every organization that pays. @returns how many batches were written. */
export async function reportOverage(): Promise<number | null> {
  if (!isStripeSetUp()) return 0;
  const trace = { correlationId: newId(), address: null };
  // One process writes the batches of an hour; telling is safe from any.
  const organizations = await inTurn("overage", payingOrganizations);
  if (organizations === null) return null;
  let written = 0;
  for (const orgId of organizations) written += await batchOverage(orgId, trace);
  await tellOverage(trace);
  return written;
}

/** Hourly: a turn within the hour of the one before does nothing but tell what failed. */
export const overageSweeps = (): Sweep[] => [{ name: "overage", everyMs: 10 * 60_000, turn: reportOverage }];
