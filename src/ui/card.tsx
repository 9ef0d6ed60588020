import type { ComponentProps, ReactNode } from "react";

import { classNames } from "./class-names";

/** A sheet on the canvas. `CardHeader`, `CardBody` and `CardFooter` divide it by hairlines. */
export function Card({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      className={classNames("min-w-0 overflow-clip rounded-lg border border-line bg-surface", className)}
      {...rest}
    />
  );
}

export interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

export function CardHeader({ title, description, actions, className }: CardHeaderProps) {
  return (
    <header
      className={classNames(
        "flex flex-wrap items-start justify-between gap-x-4 gap-y-3 border-b border-line px-4 py-3 last:border-b-0",
        className,
      )}
    >
      <div className="min-w-0 grow basis-60">
        <h2 className="text-base font-semibold text-ink">{title}</h2>
        {description && <p className="mt-0.5 max-w-prose text-sm text-ink-soft">{description}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classNames("p-4", className)} {...rest} />;
}

/** The act that goes with the card, at the end; what to know before it, at the start. */
export function CardFooter({
  hint,
  children,
  className,
}: {
  hint?: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <footer
      className={classNames(
        "flex flex-wrap items-center justify-between gap-3 border-t border-line bg-canvas px-4 py-2.5",
        className,
      )}
    >
      <div className="text-sm text-ink-soft">{hint}</div>
      <div className="ms-auto flex items-center gap-2">{children}</div>
    </footer>
  );
}
