"use client";

import { useSyncExternalStore } from "react";

import { classNames } from "./class-names";
import { formatExact, formatRelative } from "./format-time";
import { Tooltip } from "./tooltip";

/** One clock for all times on a page, however many rows it has. */
const TICK_MS = 15_000;
const listeners = new Set<() => void>();
let clock = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    clock = Date.now();
    for (const notify of listeners) notify();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const readClock = (): number => {
  // Nobody ticks while nothing is mounted, so the first reader sets the clock.
  if (timer === undefined && Date.now() - clock > TICK_MS) clock = Date.now();
  return clock;
};

const never = (): (() => void) => () => undefined;

export interface RelativeTimeProps {
  at: Date | string;
  /** IANA zone of the reader or the organization: server and browser must agree on it. */
  timeZone: string;
  locale?: string;
  className?: string;
}

/** How long ago, or until; the exact time in `timeZone` on hover. */
export function RelativeTime({ at, timeZone, locale = "en-GB", className }: RelativeTimeProps) {
  const now = useSyncExternalStore(subscribe, readClock, readClock);
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const date = typeof at === "string" ? new Date(at) : at;
  return (
    <Tooltip content={<Exact date={date} locale={locale} timeZone={timeZone} />}>
      <time
        // The server's "2 minutes ago" may be three by now: React keeps the server's
        // words on waking, and the new key then puts the right ones in their place.
        key={hydrated ? "browser" : "server"}
        suppressHydrationWarning
        dateTime={date.toISOString()}
        className={classNames("whitespace-nowrap", className)}
      >
        {formatRelative(date, new Date(now), locale, timeZone)}
      </time>
    </Tooltip>
  );
}

/** Drawn when somebody points at it: a list has a hundred of these. */
const Exact = ({ date, locale, timeZone }: { date: Date; locale: string; timeZone: string }) => (
  <span className="font-mono tabular-nums">{formatExact(date, locale, timeZone)}</span>
);
