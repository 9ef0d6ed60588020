import type { Recurring } from "./objects";

export const DAY_S = 86_400;
export const HOUR_S = 3_600;

/** `anchor` moved by whole intervals in UTC; the 31st becomes the last day of a shorter month and does not drift. */
export function moved(anchor: number, { interval, interval_count: count }: Interval, times: number): number {
  const steps = times * count;
  if (interval === "day") return anchor + steps * DAY_S;
  if (interval === "week") return anchor + steps * 7 * DAY_S;
  return movedMonths(anchor, interval === "year" ? steps * 12 : steps);
}

export type Interval = Pick<Recurring, "interval" | "interval_count">;

export function movedMonths(anchor: number, months: number): number {
  const from = new Date(anchor * 1000);
  const first = new Date(from);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return first.getTime() / 1000;
}

/** The first boundary after `after`, counted from the anchor. */
export function nextBoundary(anchor: number, interval: Interval, after: number): number {
  for (let times = 1; ; times += 1) {
    const boundary = moved(anchor, interval, times);
    if (boundary > after) return boundary;
  }
}

/** "10 Dec 2026", UTC: how Stripe writes a day in the words of a line. */
export function day(at: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "2-digit",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(at * 1000);
}
