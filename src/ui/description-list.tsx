import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface DescriptionListProps {
  items: readonly { term: ReactNode; value: ReactNode; key?: string }[];
  /** `stacked` where the column is narrow, as in a side panel. */
  layout?: "rows" | "stacked";
  className?: string;
}

export function DescriptionList({ items, layout = "rows", className }: DescriptionListProps) {
  return (
    <dl className={classNames("flex flex-col", layout === "rows" && "divide-y divide-line", className)}>
      {items.map((item, index) => (
        <div
          key={item.key ?? index}
          className={
            layout === "rows"
              ? "grid grid-cols-1 gap-x-6 gap-y-0.5 py-2.5 sm:grid-cols-[minmax(8rem,12rem)_minmax(0,1fr)]"
              : "flex flex-col gap-0.5 py-2"
          }
        >
          <dt className="text-sm text-ink-soft">{item.term}</dt>
          <dd className="min-w-0 text-base break-words text-ink">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
