const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Made once: a list has a hundred times on it, and making one costs more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  let format = relativeFormats.get(locale);
  if (!format)
    relativeFormats.set(locale, (format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" })));
  return format;
}

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

  const words = relativeFormat(locale);
  // "0 seconds" is "now" in every language.
  if (distance < 45 * SECOND) return words.format(0, "second");
  if (distance < HOUR) return words.format(Math.trunc(elapsed / MINUTE) || Math.sign(elapsed), "minute");
  if (distance < DAY) return words.format(Math.trunc(elapsed / HOUR), "hour");
  return words.format(Math.trunc(elapsed / DAY), "day");
}

/** "14 Mar", and the year where it isn't the one of `now`. */
function formatDate(at: Date, now: Date, locale: string, timeZone: string): string {
  const yearIn = (date: Date): string => dateFormat("en", { timeZone, year: "numeric" }).format(date);
  return dateFormat(locale, {
    timeZone,
    day: "numeric",
    month: "short",
    ...(yearIn(at) === yearIn(now) ? {} : { year: "numeric" }),
  }).format(at);
}

/** Day, time to the second and zone: "14 Mar 2026, 10:02:31 CET". */
export function formatExact(at: Date, locale: string, timeZone: string): string {
  return dateFormat(locale, {
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
