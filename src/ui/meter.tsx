import type { ReactNode } from "react";

import { classNames } from "./class-names";

/** From here a meter warns, and from `FULL_AT` it says that it has run out. */
const NEAR_AT = 0.8;
const FULL_AT = 1;

export interface MeterProps {
  /** What is counted: "API calls". */
  label: string;
  used: number;
  /** `null` where there is no limit. */
  limit: number | null;
  /** The figures in words: "4,200 of 5,000". Read aloud, too. */
  valueText: string;
  /** When it starts anew, or what happens when it is full. */
  hint?: ReactNode;
  /** The bar alone, for a list cell. Words are still read. */
  compact?: boolean;
  className?: string;
}

/** How much of a limit is used. */
export function Meter({ label, used, limit, valueText, hint, compact = false, className }: MeterProps) {
  const share = limit === null ? 0 : limit === 0 ? 1 : used / limit;
  const fill = share >= FULL_AT ? "bg-negative" : share >= NEAR_AT ? "bg-caution" : "bg-ink-soft";
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      {!compact && (
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <span className="truncate text-ink">{label}</span>
          <span className="shrink-0 text-xs text-ink-soft tabular-nums">{valueText}</span>
        </div>
      )}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit ?? Math.max(used, 1)}
        aria-valuenow={limit === null ? used : Math.min(used, limit)}
        aria-valuetext={valueText}
        className="h-1.5 overflow-hidden rounded-full bg-ink/10"
      >
        <div
          className={classNames("h-full rounded-full transition-[width]", fill)}
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      </div>
      {hint && !compact && <p className="text-xs text-ink-faint">{hint}</p>}
    </div>
  );
}
