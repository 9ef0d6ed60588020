"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { Content, List, Root, Trigger } from "radix-ui/tabs";
import type { ComponentProps, ReactNode } from "react";

import { classNames } from "./class-names";
import { isAtOrBelow } from "./path-match";

const listStyle = "flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]";

const tabStyle =
  "relative inline-flex h-9 shrink-0 items-center gap-1.5 rounded-md text-base whitespace-nowrap text-ink-soft transition-colors hover:text-ink -outline-offset-2! pointer-coarse:h-control after:absolute after:inset-x-0 after:bottom-0 after:h-0.5";

const activeStyle = "font-medium text-ink after:bg-accent";

/** Sections of one page. Where each section has an address of its own, take `TabLinks`. */
export const Tabs = Root;

export function TabsList({ className, ...rest }: ComponentProps<typeof List>) {
  return <List className={classNames(listStyle, className)} {...rest} />;
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Trigger>) {
  return (
    <Trigger
      className={classNames(
        tabStyle,
        "data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:after:bg-accent",
        className,
      )}
      {...rest}
    />
  );
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Content>) {
  return <Content className={classNames("pt-5", className)} {...rest} />;
}

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
    <nav aria-label={label} className={classNames(listStyle, className)}>
      {items.map((item) => {
        const active = item.active ?? isAtOrBelow(pathname, item.href, item.exact);
        return (
          <NextLink
            key={item.href}
            href={item.href}
            aria-current={active ? "page" : undefined}
            className={classNames(tabStyle, active && activeStyle)}
          >
            {item.label}
            {item.badge}
          </NextLink>
        );
      })}
    </nav>
  );
}
