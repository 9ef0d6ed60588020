import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

import { buttonStyle } from "./button";
import { classNames } from "./class-names";
import { PageLink } from "./page-link";

export interface PaginationProps {
  /** Names the navigation: "Pages of contacts". */
  label: string;
  /** Addresses of the pages beside this one; `null` at either end. */
  previousHref: string | null;
  nextHref: string | null;
  /** Instead of going there, for plain clicks: where the page changes its own address. */
  onPrevious?: () => void;
  onNext?: () => void;
  previousLabel?: string;
  nextLabel?: string;
  /** What is on screen, honestly: "50 of about 1,200". */
  summary?: ReactNode;
  className?: string;
}

export function Pagination({
  label,
  previousHref,
  nextHref,
  onPrevious,
  onNext,
  previousLabel = "Previous",
  nextLabel = "Next",
  summary,
  className,
}: PaginationProps) {
  return (
    <nav aria-label={label} className={classNames("flex items-center justify-between gap-3", className)}>
      <p className="text-sm text-ink-soft">{summary}</p>
      <div className="flex gap-2">
        <Step href={previousHref} rel="prev" onFollow={onPrevious}>
          <ChevronLeft aria-hidden className="rtl:-scale-x-100" />
          {previousLabel}
        </Step>
        <Step href={nextHref} rel="next" onFollow={onNext}>
          {nextLabel}
          <ChevronRight aria-hidden className="rtl:-scale-x-100" />
        </Step>
      </div>
    </nav>
  );
}

interface StepProps {
  href: string | null;
  rel: string;
  onFollow: (() => void) | undefined;
  children: ReactNode;
}

function Step({ href, rel, onFollow, children }: StepProps) {
  const style = buttonStyle({ size: "small" });
  if (href === null) {
    return (
      <span aria-disabled="true" role="link" className={classNames(style, "pointer-events-none opacity-50")}>
        {children}
      </span>
    );
  }
  return (
    <PageLink
      href={href}
      rel={rel}
      prefetch={onFollow && false}
      className={style}
      onNavigate={
        onFollow &&
        ((event) => {
          event.preventDefault();
          onFollow();
        })
      }
    >
      {children}
    </PageLink>
  );
}
