/** Units of the ledger as people read them: in the plan's units, with their word. */
import { METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { formatNumber } from "~/ui/format-number";

const ONE: Record<string, string> = {
  jobs: "job",
  calls: "call",
  emails: "email",
  tokens: "token",
  images: "image",
  minutes: "minute",
};

/** Two decimals of a GB, one of a minute; everything else is counted in whole ones. */
const digitsOf = (meter: Meter): number =>
  METERS[meter].unit === "byte" ? 2 : METERS[meter].unit === "second" ? 1 : 0;

/** "1,200" */
export const figure = (meter: Meter, units: number): string =>
  formatNumber(units / METERS[meter].unitsPerLimit, { maximumFractionDigits: digitsOf(meter) });

/** "1,200 jobs", "1 job", "0.25 GB" */
export function amount(meter: Meter, units: number): string {
  const text = figure(meter, units);
  const { shownUnit } = METERS[meter];
  return `${text} ${text === "1" ? (ONE[shownUnit] ?? shownUnit) : shownUnit}`;
}

export interface Held {
  meter: Meter;
  used: number;
  /** Units of the ledger; negative is unlimited. */
  limit: number;
}

/** "320 of 2,000 jobs", "320 jobs" */
export const ofLimit = ({ meter, used, limit }: Held): string =>
  limit < 0 ? amount(meter, used) : `${figure(meter, used)} of ${amount(meter, limit)}`;

/** 0 to 1 and beyond; 0 where there is no limit, and where the plan has nothing of it and nothing was used. */
export const shareUsed = ({ used, limit }: Held): number =>
  limit < 0 || used === 0 ? 0 : limit === 0 ? 1 : used / limit;

export type Standing = "fine" | "near" | "full";
/** From 80 % on it warns, at 100 % it has run out (spec §5). */
export const standingOf = (held: Held): Standing =>
  shareUsed(held) >= 1 ? "full" : shareUsed(held) >= 0.8 ? "near" : "fine";

/** The one that runs out next; the first where nothing is used. Those without a limit never do. */
export function nextToRunOut<T extends Held>(meters: readonly T[]): T | undefined {
  const limited = meters.filter(({ limit }) => limit > 0);
  return limited.reduce<T | undefined>(
    (most, one) => (most === undefined || shareUsed(one) > shareUsed(most) ? one : most),
    undefined,
  );
}

/** What one day may use so that the limit lasts the period; null where there is none. */
export const dailyPace = (limit: number, days: number): number | null => (limit > 0 ? limit / days : null);

/** A day of the organization's zone (YYYY-MM-DD) as it is read: "12 Nov". */
export const dayWords = (day: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
