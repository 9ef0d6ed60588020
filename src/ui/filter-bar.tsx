"use client";

import { Search, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

import { Button } from "./button";
import { classNames } from "./class-names";
import { Input } from "./input";
import { useShortcut } from "./shortcuts";
import { Select, type SelectOption } from "./select";

/** Radix keeps the empty string for "nothing chosen", so "any" needs a word of its own. */
const ANY = "__any__";

export interface FilterBarSearch {
  value: string;
  /** Called once typing has paused for `delayMs` (200), and at once on Enter or when cleared. */
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  delayMs?: number;
}

export interface FilterBarSelect {
  key: string;
  label: string;
  /** `null` for any. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** The words for "not filtered": "Any status". */
  anyLabel: string;
  options: readonly SelectOption[];
}

export interface FilterBarProps {
  /** Names the region: "Filter contacts". */
  label: string;
  search?: FilterBarSearch;
  selects?: readonly FilterBarSelect[];
  /** Shown while anything is filtered. */
  onClear?: () => void;
  clearLabel?: string;
  /** At the end of the row: columns, export. */
  children?: ReactNode;
  className?: string;
}

/** Controlled: the URL holds the state, this only shows and changes it. */
export function FilterBar({
  label,
  search,
  selects = [],
  onClear,
  clearLabel = "Clear",
  children,
  className,
}: FilterBarProps) {
  const filtered = Boolean(search?.value) || selects.some((select) => select.value !== null);
  return (
    <search aria-label={label} className={classNames("mb-3 flex flex-wrap items-center gap-2", className)}>
      {search && <SearchInput {...search} />}
      {selects.map((select) => (
        <Select
          key={select.key}
          aria-label={select.label}
          value={select.value ?? ANY}
          onValueChange={(value) => select.onChange(value === ANY ? null : value)}
          options={[{ value: ANY, label: select.anyLabel }, ...select.options]}
          className={classNames(
            "w-auto max-w-56 text-sm max-sm:grow",
            select.value !== null ? "border-accent bg-accent/6" : "border-line",
          )}
        />
      ))}
      {filtered && onClear && (
        <Button variant="ghost" icon={<X />} onClick={onClear}>
          {clearLabel}
        </Button>
      )}
      {children && <div className="ms-auto flex items-center gap-2">{children}</div>}
    </search>
  );
}

function SearchInput({ value, onChange, label, placeholder, delayMs = 200 }: FilterBarSearch) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", () => input.current?.select(), { label });

  useEffect(() => {
    // Only a change from outside (back button, "Clear") may overwrite what is being typed.
    if (value === sent.current) return;
    clearTimeout(timer.current);
    sent.current = value;
    setDraft(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send(next: string): void {
    clearTimeout(timer.current);
    if (next === sent.current) return;
    sent.current = next;
    onChange(next);
  }

  return (
    <Input
      ref={input}
      type="search"
      aria-keyshortcuts="/"
      aria-label={label}
      placeholder={placeholder}
      value={draft}
      leading={<Search aria-hidden />}
      className="w-full sm:w-64 [&_input]:text-sm pointer-coarse:[&_input]:text-lg [&_input::-webkit-search-cancel-button]:opacity-60"
      onChange={(event) => {
        const next = event.target.value;
        setDraft(next);
        clearTimeout(timer.current);
        if (next === "") send(next);
        else timer.current = setTimeout(() => send(next.trim()), delayMs);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") send(draft.trim());
      }}
    />
  );
}
