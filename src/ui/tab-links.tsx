"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";

import { classNames } from "./class-names";
import { PageLink } from "./page-link";
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
  const strip = useRef<HTMLElement>(null);
  const actives = items.map((item) => item.active ?? isAtOrBelow(pathname, item.href, item.exact));
  const current = items[actives.indexOf(true)]?.href;

  // Where the strip is wider than the screen, the tab one is at comes to its middle. Only sideways: `scrollIntoView`
  // would also move a page that was left further down.
  useEffect(() => {
    const tab = strip.current?.querySelector('[aria-current="page"]');
    if (!strip.current || !tab) return;
    const [outer, inner] = [strip.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    strip.current.scrollBy({ left: inner.left + inner.width / 2 - (outer.left + outer.width / 2) });
  }, [current]);

  return (
    <nav ref={strip} aria-label={label} className={classNames(tabListStyle, className)}>
      {items.map((item, at) => {
        const active = actives[at];
        return (
          <PageLink
            key={item.href}
            href={item.href}
            aria-current={active ? "page" : undefined}
            className={classNames(tabStyle, active && activeTabStyle)}
          >
            {item.label}
            {/* In a box of its own: bare text would run into the label. */}
            {item.badge !== undefined && <span>{item.badge}</span>}
          </PageLink>
        );
      })}
    </nav>
  );
}
