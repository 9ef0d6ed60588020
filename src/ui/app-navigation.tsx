"use client";

import { usePathname, useRouter } from "next/navigation";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
import { PageLink } from "./page-link";
import { isAtOrBelow } from "./path-match";

export interface NavigationItem {
  href: string;
  label: string;
  icon?: ReactNode;
  /** Not active on the pages below it. */
  exact?: boolean;
  /** Overrides what the address says: the item nearest to the current page is the active one. */
  active?: boolean;
  /** A count or a word at the end. */
  badge?: ReactNode;
}

export interface NavigationSection {
  /** Left out for the first section, which needs no heading. */
  label?: string;
  items: readonly NavigationItem[];
}

export interface AppNavigationProps {
  label: string;
  sections: readonly NavigationSection[];
}

export function AppNavigation({ label, sections }: AppNavigationProps) {
  const router = useRouter();
  const pathname = usePathname();
  const nearest = sections
    .flatMap((section) => section.items)
    .filter((item) => isAtOrBelow(pathname, item.href, item.exact))
    .reduce<string | null>(
      (best, item) => (best === null || item.href.length > best.length ? item.href : best),
      null,
    );

  return (
    <nav
      aria-label={label}
      className="flex flex-col gap-5"
      // Whoever comes here goes on to one of its pages, sooner than that page's frame comes when only its link is waited for.
      onPointerEnter={({ pointerType }) => {
        if (pointerType !== "mouse") return;
        for (const { href } of sections.flatMap(({ items }) => items)) router.prefetch(href);
      }}
    >
      {sections.map((section, index) => (
        <div key={section.label ?? index}>
          {section.label && <h2 className="px-2 pb-1 text-xs font-medium text-ink-faint">{section.label}</h2>}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => {
              const active = item.active ?? item.href === nearest;
              return (
                <li key={item.href}>
                  <PageLink
                    href={item.href}
                    aria-current={active ? "page" : undefined}
                    className={classNames(
                      // The sidebar scrolls: a ring around the link would be cut off.
                      "flex h-8 items-center gap-2.5 rounded-md px-2 text-base -outline-offset-2! transition-colors pointer-coarse:h-control [&_svg]:size-4 [&_svg]:shrink-0",
                      active
                        ? "bg-ink/7 font-medium text-ink [&_svg]:text-accent"
                        : "text-ink-soft hover:bg-ink/5 hover:text-ink [&_svg]:text-ink-faint",
                    )}
                  >
                    {item.icon}
                    <span className="grow truncate">{item.label}</span>
                    {item.badge !== undefined && (
                      <span className="shrink-0 text-xs text-ink-faint tabular-nums">{item.badge}</span>
                    )}
                  </PageLink>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
