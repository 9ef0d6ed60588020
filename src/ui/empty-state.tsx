import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface EmptyStateProps {
  title: ReactNode;
  /** What this is for, in a sentence or two. */
  description: ReactNode;
  /** How it looks when full; see `SampleRows`. Hidden from screen readers. */
  sample?: ReactNode;
  /** The one thing to do. */
  action?: ReactNode;
  /** A quieter way on, for example a link to the documentation. */
  secondary?: ReactNode;
  className?: string;
}

export function EmptyState({ title, description, sample, action, secondary, className }: EmptyStateProps) {
  return (
    <section
      className={classNames(
        "flex flex-col items-center gap-6 rounded-lg border border-line bg-surface px-4 py-12 text-center sm:px-8",
        className,
      )}
    >
      {sample && (
        <div aria-hidden inert className="pointer-events-none w-full max-w-md select-none">
          {sample}
        </div>
      )}
      <div className="flex max-w-md flex-col gap-1.5">
        <h2 className="text-lg font-semibold text-ink">{title}</h2>
        <p className="text-base text-ink-soft">{description}</p>
      </div>
      {(action || secondary) && (
        <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2">
          {action}
          {secondary && <span className="text-sm">{secondary}</span>}
        </div>
      )}
    </section>
  );
}

export interface SampleRowsProps {
  /** Three or four, plainly invented. */
  rows: readonly { icon?: ReactNode; title: string; detail?: string; state?: ReactNode }[];
}

/** Rows that fade out downwards: a picture of the list to come, not the list. */
export function SampleRows({ rows }: SampleRowsProps) {
  return (
    <div className="[mask-image:linear-gradient(to_bottom,black_25%,transparent_98%)]">
      <ul className="flex flex-col gap-2 p-1 text-start">
        {rows.map((row, index) => (
          <li
            key={row.title}
            className="flex h-11 items-center gap-3 rounded-lg border border-line bg-raised px-3"
            style={{ marginInline: `${index * 6}px` }}
          >
            {row.icon && <span className="text-ink-faint [&_svg]:size-4">{row.icon}</span>}
            <span className="truncate text-sm font-medium">{row.title}</span>
            {row.detail && (
              <span className="truncate text-sm text-ink-faint max-sm:hidden">{row.detail}</span>
            )}
            <span className="ms-auto shrink-0 text-sm text-ink-soft">{row.state}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
