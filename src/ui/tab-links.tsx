"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
import { isAtOrBelow } from "./path-match";
import { activeTabStyle, tabListStyle, tabStyle } from "./tab-style";

export interface TabLinksProps {
  /** Names the navigation. */
  label: string;
  /** `exact` for the first tab, whose address the others begin with; `active` where the query tells them apart. */
  items: readonly { href: string; label: ReactNode; exact?: boolean; active?: boolean; badge?: ReactNode }[];
  className?: string;
}

export function TabLinks({ label, items, className }: TabLinksProps) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={classNames(tabListStyle, className)}>
      {items.map((item) => {
        const active = item.active ?? isAtOrBelow(pathname, item.href, item.exact);
        return (
          <NextLink
            key={item.href}
            href={item.href}
            aria-current={active ? "page" : undefined}
            className={classNames(tabStyle, active && activeTabStyle)}
          >
            {item.label}
            {/* In a box of its own: bare text would run into the label. */}
            {item.badge !== undefined && <span>{item.badge}</span>}
          </NextLink>
        );
      })}
    </nav>
  );
}
