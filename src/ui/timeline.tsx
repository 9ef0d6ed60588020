import type { ReactNode } from "react";

import { classNames } from "./class-names";
import type { Tone } from "./tone";

export interface TimelineItem {
  key: string;
  /** What happened, as a sentence. */
  title: ReactNode;
  /** When: a `RelativeTime`. */
  time?: ReactNode;
  detail?: ReactNode;
  icon?: ReactNode;
  tone?: Tone;
}

const toneStyle: Record<Tone, string> = {
  neutral: "text-ink-faint",
  accent: "text-accent",
  positive: "text-positive",
  caution: "text-caution",
  negative: "text-negative",
  info: "text-info",
};

export function Timeline({ items, className }: { items: readonly TimelineItem[]; className?: string }) {
  return (
    <ol className={classNames("flex flex-col", className)}>
      {items.map((item) => (
        <li key={item.key} className="group/event relative flex gap-3 pb-5 last:pb-0">
          <span
            aria-hidden
            className="absolute start-3 top-7 bottom-1 w-px bg-line group-last/event:hidden"
          />
          <span
            aria-hidden
            className={classNames(
              "flex size-6 shrink-0 items-center justify-center rounded-full border border-line bg-surface [&_svg]:size-3.5",
              toneStyle[item.tone ?? "neutral"],
            )}
          >
            {item.icon ?? <span className="size-1.5 rounded-full bg-current" />}
          </span>
          <div className="min-w-0 grow pt-0.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <p className="min-w-0 text-base text-ink">{item.title}</p>
              {item.time && <span className="shrink-0 text-sm text-ink-faint">{item.time}</span>}
            </div>
            {item.detail && <div className="mt-1 text-sm text-ink-soft">{item.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
