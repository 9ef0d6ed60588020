import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
import { CopyId } from "./copy-id";

export interface ErrorStateProps {
  /** What happened. */
  title: ReactNode;
  /** What is safe: what was kept, what did not change. */
  safe?: ReactNode;
  /** What to do now. */
  next?: ReactNode;
  /** Buttons: try again first. */
  actions?: ReactNode;
  /** What support needs to find it in the logs. */
  correlationId?: string;
  correlationLabel?: string;
  icon?: ReactNode;
  className?: string;
}

export function ErrorState({
  title,
  safe,
  next,
  actions,
  correlationId,
  correlationLabel = "Reference",
  icon,
  className,
}: ErrorStateProps) {
  return (
    <section
      role="alert"
      className={classNames(
        "flex flex-col items-center gap-5 rounded-lg border border-line bg-surface px-4 py-12 text-center sm:px-8",
        className,
      )}
    >
      <span className="flex size-10 items-center justify-center rounded-full bg-negative/8 text-negative [&_svg]:size-5">
        {icon ?? <CircleAlert aria-hidden />}
      </span>
      <div className="flex max-w-md flex-col gap-1.5">
        <h2 className="text-lg font-semibold text-ink">{title}</h2>
        {safe && <p className="text-base text-ink-soft">{safe}</p>}
        {next && <p className="text-base text-ink-soft">{next}</p>}
      </div>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
      {correlationId && (
        <p className="flex max-w-full items-center gap-2 text-xs text-ink-faint">
          {correlationLabel}
          <CopyId value={correlationId} label={correlationLabel} />
        </p>
      )}
    </section>
  );
}
