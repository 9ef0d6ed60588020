import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
import { PageLink } from "./page-link";

export interface BreadcrumbsProps {
  /** From the top down; the last one is this page. */
  items: readonly { label: ReactNode; href?: string }[];
  /** Names the navigation. */
  label?: string;
  className?: string;
}

/** On phones only the page itself and the one above it are shown. */
export function Breadcrumbs({ items, label = "Breadcrumb", className }: BreadcrumbsProps) {
  return (
    <nav aria-label={label} className={classNames("min-w-0", className)}>
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {items.map((item, index) => {
          const isLast = index === items.length - 1;
          return (
            <li
              key={item.href ?? index}
              className={classNames(
                "flex items-center gap-1",
                isLast ? "min-w-0" : "min-w-10 shrink-[9]",
                index < items.length - 2 && "max-sm:hidden",
              )}
            >
              {item.href && !isLast ? (
                <PageLink
                  href={item.href}
                  className="truncate rounded-md px-1 py-0.5 text-ink-soft transition-colors hover:bg-ink/6 hover:text-ink"
                >
                  {item.label}
                </PageLink>
              ) : (
                <span
                  aria-current={isLast ? "page" : undefined}
                  className={classNames("truncate px-1", isLast ? "font-medium text-ink" : "text-ink-soft")}
                >
                  {item.label}
                </span>
              )}
              {!isLast && (
                <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint rtl:-scale-x-100" />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
