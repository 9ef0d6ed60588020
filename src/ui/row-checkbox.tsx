"use client";

import { Check, Minus } from "lucide-react";
import type { MouseEvent } from "react";

export interface RowCheckboxProps {
  /** "Select Northwind Foods". */
  label: string;
  checked: boolean;
  indeterminate?: boolean;
  /** By click or space; `isRange` with shift. */
  onToggle: (isRange: boolean) => void;
}

/** Looks as `Checkbox` does. A table has fifty of them, so this one is the browser's own input and nothing else. */
export function RowCheckbox({ label, checked, indeterminate = false, onToggle }: RowCheckboxProps) {
  return (
    <span className="relative flex size-4 shrink-0 text-accent-ink">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(input) => {
          if (input) input.indeterminate = indeterminate;
        }}
        onChange={(event) => onToggle((event.nativeEvent as unknown as MouseEvent).shiftKey)}
        // Shift and a press would mark the text between the two rows.
        onMouseDown={(event) => {
          if (event.shiftKey) event.preventDefault();
        }}
        className="peer size-4 appearance-none rounded-[4px] border border-line-strong bg-surface transition-colors after:absolute after:-inset-1 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent hover:border-ink-faint dark:bg-sunken dark:checked:bg-accent dark:indeterminate:bg-accent pointer-coarse:after:-inset-3.5"
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 z-20 hidden size-3 peer-checked:block peer-indeterminate:hidden"
      />
      <Minus
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 z-20 hidden size-3 peer-indeterminate:block"
      />
    </span>
  );
}
