import type { ReactNode } from "react";

import { AppDrawer } from "./app-drawer";
import { AppNavigation, type NavigationSection } from "./app-navigation";
import { classNames } from "./class-names";
import { SkipLink } from "./skip-link";

export interface AppShellProps {
  /** Top of the sidebar: where one is, and the way to another place. */
  orgSwitcher: ReactNode;
  navigation: readonly NavigationSection[];
  /** Bottom of the sidebar: what runs out next. */
  usage?: ReactNode;
  /** Below it: the person and their menu. */
  account?: ReactNode;
  /** Start of the top bar. */
  breadcrumb?: ReactNode;
  /** End of the top bar: search, notifications, help. */
  actions?: ReactNode;
  /** Above the top bar: a `Banner` of shape `strip`. */
  banner?: ReactNode;
  /** `full` for pages that are a workbench rather than a text. */
  width?: "page" | "full";
  words?: { skip: string; navigation: string; menu: string };
  children: ReactNode;
}

/** Sidebar, top bar and content. Sticky table headings stop below the bar by `--sticky-top`. */
export function AppShell({
  orgSwitcher,
  navigation,
  usage,
  account,
  breadcrumb,
  actions,
  banner,
  width = "page",
  words = { skip: "Skip to content", navigation: "Main", menu: "Menu" },
  children,
}: AppShellProps) {
  const sidebar = (
    <>
      {orgSwitcher}
      <div className="min-h-0 grow overflow-y-auto overscroll-contain">
        <AppNavigation label={words.navigation} sections={navigation} />
      </div>
      {(usage || account) && (
        <div className="flex flex-col gap-2">
          {usage}
          {account}
        </div>
      )}
    </>
  );
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink href="#content">{words.skip}</SkipLink>
      <div className="flex grow">
        <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-4 border-e border-line bg-canvas p-3 lg:flex">
          {sidebar}
        </aside>
        {/* An open peek panel says how much room it takes. */}
        <div className="flex min-w-0 grow flex-col bg-surface pe-(--peek-width,0px) [--sticky-top:3rem]">
          {banner}
          <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-4 sm:px-6">
            <AppDrawer label={words.menu}>{sidebar}</AppDrawer>
            <div className="min-w-0 grow">{breadcrumb}</div>
            {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
          </header>
          <main
            id="content"
            tabIndex={-1}
            className={classNames(
              "w-full grow px-4 py-6 outline-none sm:px-6 sm:py-8",
              width === "page" && "mx-auto max-w-page",
            )}
          >
            {children}
          </main>
        </div>
      </div>
    </div>
  );
}
