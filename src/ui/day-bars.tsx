"use client";

import { useState } from "react";

import { classNames } from "./class-names";

export interface DayBar {
  key: string;
  /** "12 Nov" */
  label: string;
  value: number;
  /** The value in words: "40 jobs". */
  text: string;
}

export interface DayBarsProps {
  /** What is drawn: "Jobs by day". */
  label: string;
  bars: readonly DayBar[];
  /** Days the whole span has; those still to come stay empty. */
  slots: number;
  /** A level to compare each day with: drawn where it lies near the bars, said in any case. */
  level?: { value: number; text: string } | null;
  /** Below, while no day is pointed at. */
  summary?: string;
  /** Of the table that says the same. */
  words?: { table: string; day: string; value: string };
  className?: string;
}

/** A level further above the highest bar than this would press all bars flat. */
const LEVEL_SHOWN_UP_TO = 2.5;

/** One bar a day from zero, one ink; the figures stand in a table behind it. */
export function DayBars({
  label,
  bars,
  slots,
  level = null,
  summary,
  words = { table: "Figures by day", day: "Day", value: "Amount" },
  className,
}: DayBarsProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const highest = Math.max(0, ...bars.map(({ value }) => value));
  const isLevelDrawn = level !== null && level.value <= highest * LEVEL_SHOWN_UP_TO;
  const top = Math.max(highest, isLevelDrawn ? level.value * 1.1 : 0) || 1;
  const shown = bars.find(({ key }) => key === pointed);
  const empty = Math.max(0, slots - bars.length);
  return (
    <figure className={classNames("flex flex-col gap-2", className)}>
      <div
        aria-hidden
        className="relative flex h-24 items-stretch border-b border-line-strong/60"
        onPointerLeave={() => setPointed(null)}
      >
        {isLevelDrawn && (
          <div
            className="pointer-events-none absolute inset-x-0 border-t border-dashed border-line-strong"
            style={{ bottom: `${(level.value / top) * 100}%` }}
          />
        )}
        {bars.map(({ key, value }) => (
          <div
            key={key}
            className="flex min-w-0 grow basis-0 items-end px-px"
            onPointerEnter={() => setPointed(key)}
            onPointerDown={() => setPointed(key)}
          >
            <div
              className={classNames(
                "w-full rounded-t-[2px] transition-colors",
                value > 0 && "min-h-0.5",
                key === pointed ? "bg-accent" : "bg-ink-faint/60",
              )}
              style={{ height: `${(value / top) * 100}%` }}
            />
          </div>
        ))}
        {empty > 0 && <div style={{ flexGrow: empty }} className="basis-0" />}
      </div>
      <figcaption className="flex min-h-5 flex-wrap justify-between gap-x-4 text-xs text-ink-soft tabular-nums">
        <span className="sr-only">{label}. </span>
        <span>{shown ? `${shown.label}: ${shown.text}` : summary}</span>
        {level && <span className="text-ink-faint">{level.text}</span>}
      </figcaption>
      <details className="group text-sm">
        <summary className="w-fit cursor-pointer rounded-md text-xs text-ink-faint hover:text-ink pointer-coarse:min-h-control pointer-coarse:content-center">
          {words.table}
        </summary>
        <div
          className="mt-2 max-h-64 overflow-y-auto rounded-md border border-line"
          tabIndex={0}
          role="region"
          aria-label={label}
        >
          <table className="w-full text-xs">
            <caption className="sr-only">{label}</caption>
            <thead>
              <tr className="border-b border-line text-ink-soft">
                <th scope="col" className="px-3 py-1.5 text-start font-medium">
                  {words.day}
                </th>
                <th scope="col" className="px-3 py-1.5 text-end font-medium">
                  {words.value}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.map((bar) => (
                <tr key={bar.key} className="border-b border-line last:border-b-0">
                  <td className="px-3 py-1 text-ink">{bar.label}</td>
                  <td className="px-3 py-1 text-end text-ink tabular-nums">{bar.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
