import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface StatProps {
  label: ReactNode;
  /** A `FormattedNumber`, or text with its unit. */
  value: ReactNode;
  /** The change in words: "12 % more than last month". `good` colours it; it is said by the words. */
  change?: { text: ReactNode; direction: "up" | "down" | "flat"; good?: boolean };
  hint?: ReactNode;
  /** A small chart below. */
  children?: ReactNode;
  className?: string;
}

const arrow = { up: ArrowUpRight, down: ArrowDownRight, flat: ArrowRight } as const;

/** One figure that matters. Several stand in a `StatRow`, divided by hairlines. */
export function Stat({ label, value, change, hint, children, className }: StatProps) {
  const Arrow = change ? arrow[change.direction] : null;
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1 p-4", className)}>
      <p className="text-sm text-ink-soft">{label}</p>
      <p className="text-xl font-semibold text-ink [&_.font-mono]:tracking-[-0.05em]">{value}</p>
      {change && Arrow && (
        <p
          className={classNames(
            "flex items-center gap-1 text-sm",
            change.good === undefined ? "text-ink-soft" : change.good ? "text-positive" : "text-negative",
          )}
        >
          <Arrow aria-hidden className="size-3.5 shrink-0 rtl:-scale-x-100" />
          <span>{change.text}</span>
        </p>
      )}
      {hint && <p className="text-sm text-ink-faint">{hint}</p>}
      {children}
    </div>
  );
}

export function StatRow({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={classNames(
        // Hairlines come from the gap showing through, so that they are right for any wrap.
        "grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-px overflow-clip rounded-lg border border-line bg-line *:bg-surface",
        className,
      )}
    >
      {children}
    </div>
  );
}
