/** Billing periods (design decision 27): half-open [start, end), UTC. */
export type BillingPeriod = { start: Date; end: Date };

/** `anchor` moved by whole months, at the same UTC time of day; a day the month lacks becomes its last one. */
function plusMonths(anchor: Date, months: number): Date {
  const moved = new Date(anchor);
  moved.setUTCDate(1);
  moved.setUTCMonth(anchor.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(anchor.getUTCDate(), lastDay));
  return moved;
}

/**
 * The period that holds `at`: months counted from `anchor`. Each bound is counted from the anchor itself, so that an
 * anchor on the 31st falls on the last day of short months and returns to the 31st in long ones.
 */
export function billingPeriod(anchor: Date, at: Date): BillingPeriod {
  const months =
    (at.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + at.getUTCMonth() - anchor.getUTCMonth();
  const index = plusMonths(anchor, months) <= at ? months : months - 1;
  return { start: plusMonths(anchor, index), end: plusMonths(anchor, index + 1) };
}
