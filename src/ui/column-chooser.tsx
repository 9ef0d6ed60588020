"use client";

import { Columns3 } from "lucide-react";

import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "./dropdown-menu";
import { IconButton } from "./icon-button";

export interface ColumnChooserProps {
  columns: readonly { key: string; label: string; shown: boolean }[];
  onToggle: (key: string, shown: boolean) => void;
  /** Back to the columns that are shown by themselves; absent when those are shown. */
  onReset?: (() => void) | undefined;
  label?: string;
  resetLabel?: string;
}

/** Which columns a table shows. Their order is fixed, so that everybody finds a value in the same place. */
export function ColumnChooser({
  columns,
  onToggle,
  onReset,
  label = "Columns",
  resetLabel = "Show the usual columns",
}: ColumnChooserProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>
        <IconButton label={label} icon={<Columns3 />} variant="secondary" />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuLabel>{label}</DropdownMenuLabel>
        {columns.map(({ key, label: name, shown }) => (
          <DropdownMenuCheckboxItem
            key={key}
            checked={shown}
            onCheckedChange={(next) => onToggle(key, next)}
            // Several are chosen in one go, so the menu stays.
            onSelect={(event) => event.preventDefault()}
          >
            {name}
          </DropdownMenuCheckboxItem>
        ))}
        {onReset && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={onReset}>{resetLabel}</DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
