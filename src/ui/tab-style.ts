/** One look for tabs of a page (`Tabs`) and tabs with addresses (`TabLinks`). */
export const tabListStyle =
  "fade-sideways flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]";

export const tabStyle =
  "relative inline-flex h-9 shrink-0 items-center gap-1.5 rounded-md text-base whitespace-nowrap text-ink-soft transition-colors hover:text-ink -outline-offset-2! pointer-coarse:h-control after:absolute after:inset-x-0 after:bottom-0 after:h-0.5";

export const activeTabStyle = "font-medium text-ink after:bg-accent";
