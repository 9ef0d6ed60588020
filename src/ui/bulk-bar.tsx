"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect } from "react";

import { IconButton } from "./icon-button";

export interface BulkBarProps {
  /** Names the toolbar: "Selected contacts". */
  label: string;
  /** How many are selected, in words: "3 selected". */
  summary: ReactNode;
  open: boolean;
  /** Also called for Escape, which clears the selection before anything else. */
  onClear: () => void;
  clearLabel?: string;
  /** Small buttons, one per act. */
  children: ReactNode;
}

/** Acts on all selected rows; floats above the bottom edge so that the list stays where it is. */
export function BulkBar({
  label,
  summary,
  open,
  onClear,
  clearLabel = "Clear selection",
  children,
}: BulkBarProps) {
  useEffect(() => {
    if (!open) return;
    const listening = new AbortController();
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClear();
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, [open, onClear]);

  if (!open) return null;
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center px-4">
      <div
        role="toolbar"
        aria-label={label}
        className="pointer-events-auto flex max-w-full animate-pop-in [scrollbar-width:none] items-center gap-2 overflow-x-auto rounded-lg bg-raised py-1.5 ps-4 pe-1.5 shadow-float"
      >
        <p role="status" className="me-2 text-sm font-medium whitespace-nowrap tabular-nums">
          {summary}
        </p>
        {children}
        <IconButton label={clearLabel} icon={<X />} onClick={onClear} size="small" />
      </div>
    </div>
  );
}
