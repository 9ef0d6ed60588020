import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface LimitStateProps {
  /** What ran out. */
  title: ReactNode;
  /** When it is there again. */
  resets?: ReactNode;
  /** What the next step up would give. */
  next?: ReactNode;
  /** How much was used: a `Meter`. */
  meter?: ReactNode;
  /** One button. */
  action?: ReactNode;
  className?: string;
}

/** A limit is a state of the page, not an error. Also for what a plan or a role leaves out. */
export function LimitState({ title, resets, next, meter, action, className }: LimitStateProps) {
  return (
    <section
      className={classNames(
        "flex flex-col gap-5 rounded-lg border border-line bg-surface p-5 sm:flex-row sm:items-center sm:justify-between",
        className,
      )}
    >
      <div className="flex min-w-0 grow flex-col gap-1">
        <h2 className="text-lg font-semibold text-ink">{title}</h2>
        {resets && <p className="text-base text-ink-soft">{resets}</p>}
        {next && <p className="text-base text-ink-soft">{next}</p>}
      </div>
      {meter && <div className="w-full shrink-0 sm:w-56">{meter}</div>}
      {action && <div className="shrink-0">{action}</div>}
    </section>
  );
}
