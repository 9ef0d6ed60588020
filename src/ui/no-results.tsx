import { SearchX } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface NoResultsProps {
  /** "Nothing matches these filters" */
  title: ReactNode;
  /** The filters that are on, named: `["Status: failed", "“acme”"]`. */
  filters: readonly string[];
  /** One button or link that clears them. */
  clear: ReactNode;
  className?: string;
}

export function NoResults({ title, filters, clear, className }: NoResultsProps) {
  return (
    <section
      role="status"
      className={classNames("flex flex-col items-center gap-4 px-4 py-12 text-center", className)}
    >
      <SearchX aria-hidden className="size-6 text-ink-faint" />
      <div className="flex flex-col items-center gap-3">
        <h2 className="text-base font-semibold text-ink">{title}</h2>
        {filters.length > 0 && (
          <ul className="flex flex-wrap justify-center gap-1.5">
            {filters.map((filter) => (
              <li
                key={filter}
                className="max-w-64 truncate rounded-full border border-line bg-sunken px-2 py-0.5 text-xs text-ink-soft"
              >
                {filter}
              </li>
            ))}
          </ul>
        )}
      </div>
      {clear}
    </section>
  );
}
