import type { ReactNode } from "react";

import { classNames } from "./class-names";

export interface PageHeaderProps {
  title: ReactNode;
  /** One line: what the page is for. */
  description?: ReactNode;
  /** Beside the title: a badge, an id. */
  meta?: ReactNode;
  /** The primary action, last of those given. */
  actions?: ReactNode;
  /** Above the title, where the page has no shell around it. */
  breadcrumbs?: ReactNode;
  /** Below: tabs. */
  children?: ReactNode;
  className?: string;
}

export function PageHeader({
  title,
  description,
  meta,
  actions,
  breadcrumbs,
  children,
  className,
}: PageHeaderProps) {
  return (
    <header className={classNames("mb-6 flex flex-col gap-4", className)}>
      {breadcrumbs}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 grow basis-80">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold text-ink">{title}</h1>
            {meta}
          </div>
          {description && <p className="mt-1 max-w-prose text-base text-ink-soft">{description}</p>}
        </div>
        {actions && (
          <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>*]:grow">{actions}</div>
        )}
      </div>
      {children}
    </header>
  );
}
