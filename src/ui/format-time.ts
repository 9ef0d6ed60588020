const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Beyond this a date says more than "5 weeks ago". */
const RELATIVE_UP_TO = 7 * DAY;

/**
 * "in 3 hours", "2 minutes ago", "yesterday"; a date from seven days on.
 * Counts whole units, so that "1 hour ago" never means ten minutes.
 */
export function formatRelative(at: Date, now: Date, locale: string, timeZone: string): string {
  const elapsed = at.getTime() - now.getTime();
  const distance = Math.abs(elapsed);
  if (distance >= RELATIVE_UP_TO) return formatDate(at, now, locale, timeZone);

  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  // "0 seconds" is "now" in every language.
  if (distance < 45 * SECOND) return words.format(0, "second");
  if (distance < HOUR) return words.format(Math.trunc(elapsed / MINUTE) || Math.sign(elapsed), "minute");
  if (distance < DAY) return words.format(Math.trunc(elapsed / HOUR), "hour");
  return words.format(Math.trunc(elapsed / DAY), "day");
}

/** "14 Mar", and the year where it isn't the one of `now`. */
function formatDate(at: Date, now: Date, locale: string, timeZone: string): string {
  const yearIn = (date: Date): string =>
    new Intl.DateTimeFormat("en", { timeZone, year: "numeric" }).format(date);
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
    ...(yearIn(at) === yearIn(now) ? {} : { year: "numeric" }),
  }).format(at);
}

/** Day, time to the second and zone: "14 Mar 2026, 10:02:31 CET". */
export function formatExact(at: Date, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  }).format(at);
}
