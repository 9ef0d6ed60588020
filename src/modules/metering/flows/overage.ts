/** What was used beyond the plan, for whoever bills it. */
import Decimal from "decimal.js";
import { METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import type { SystemScope } from "~/server/db/with-system";
import { beyond } from "../rules";
import { countersSince, measuresOf } from "../queries/system";
import type { Period } from "../schema";

export type Overage = {
  meter: Meter;
  period: Period;
  /** Units of the ledger; of a gauge the average of its daily measures over the period's days. */
  used: number;
  included: number;
  /** Whole units beyond; of storage whole MB-months (10⁶ bytes for the period), rounded half up. */
  over: number;
};

const DAY_MS = 86_400_000;

/** Per meter and period that has not ended before `since`. What a plan includes is that of the last use. */
export async function overageOf(scope: SystemScope, orgId: string, since: Date): Promise<Overage[]> {
  const counters = await countersSince(scope, orgId, since);
  return Promise.all(
    counters.map(async ({ meter, periodStart, periodEnd, used, included }) => {
      const period = { start: periodStart, end: periodEnd };
      if (METERS[meter].kind === "counter")
        return { meter, period, used, included, over: beyond(used, included) };
      const days = Math.round((periodEnd.getTime() - periodStart.getTime()) / DAY_MS);
      const { sum } = await measuresOf(scope, orgId, meter, periodStart);
      const average = new Decimal(sum.toString()).div(days);
      const over = Decimal.max(0, average.minus(included))
        .div(1_000_000)
        .toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
      return { meter, period, used: average.round().toNumber(), included, over: over.toNumber() };
    }),
  );
}
