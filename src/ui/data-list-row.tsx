"use client";

import type { MouseEvent, ReactNode } from "react";

export interface DataListRowProps {
  /** By which a peek panel finds the row. */
  id: string;
  /** Whether a press anywhere in the row follows the link in its first cell. */
  opens: boolean;
  current: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * The link in the first cell covers the row; what lies above that link only to
 * be hovered (times, ids) passes its clicks on from here.
 */
export function DataListRow({ id, opens, current, className, children }: DataListRowProps) {
  function follow(event: MouseEvent<HTMLTableRowElement>): void {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || target.closest("a, button, input, label, [role=menuitem]")) return;
    if (!event.currentTarget.contains(target) || window.getSelection()?.toString()) return;
    event.currentTarget.querySelector<HTMLAnchorElement>("a[data-row-link]")?.dispatchEvent(
      new window.MouseEvent("click", {
        bubbles: true,
        cancelable: true,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        shiftKey: event.shiftKey,
      }),
    );
  }

  return (
    <tr
      role="row"
      data-row={id}
      // Where a row has no link, the keys that move through a list rest on the row itself.
      tabIndex={-1}
      aria-current={current || undefined}
      onClick={opens ? follow : undefined}
      className={className}
    >
      {children}
    </tr>
  );
}
