import type { ReactNode } from "react";

import { Brand } from "./brand";
import { PageLink } from "./page-link";
import { SkipLink } from "./skip-link";

export interface MarketingShellProps {
  homeHref?: string;
  links: readonly { href: string; label: string }[];
  /** Buttons at the end of the bar. */
  actions?: ReactNode;
  footer?: ReactNode;
  words?: { skip: string; home: string; navigation: string };
  children: ReactNode;
}

export function MarketingShell({
  homeHref = "/",
  links,
  actions,
  footer,
  words = { skip: "Skip to content", home: "Home", navigation: "Main" },
  children,
}: MarketingShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink href="#content">{words.skip}</SkipLink>
      <header className="sticky top-0 z-30 border-b border-line bg-canvas">
        <div className="mx-auto flex h-14 max-w-page items-center gap-3 px-4 sm:gap-6 sm:px-6">
          <PageLink href={homeHref} aria-label={words.home} className="rounded-md">
            <Brand />
          </PageLink>
          <nav
            aria-label={words.navigation}
            className="fade-sideways min-w-0 grow [scrollbar-width:none] overflow-x-auto"
          >
            <ul className="flex gap-1">
              {links.map((link) => (
                <li key={link.href}>
                  <PageLink
                    href={link.href}
                    className="flex h-8 items-center rounded-md px-2 text-base whitespace-nowrap text-ink-soft -outline-offset-2! transition-colors hover:bg-ink/5 hover:text-ink pointer-coarse:h-control"
                  >
                    {link.label}
                  </PageLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="flex shrink-0 items-center gap-2">{actions}</div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="grow outline-none">
        {children}
      </main>
      {footer && (
        <footer className="border-t border-line">
          <div className="mx-auto max-w-page px-4 py-8 text-sm text-ink-soft sm:px-6">{footer}</div>
        </footer>
      )}
    </div>
  );
}
