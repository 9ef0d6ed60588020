"use client";
/** Finds a company by typing: a combobox whose list is searched on the server. */
import { X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { api } from "~/trpc/client";
import { IconButton } from "~/ui/icon-button";
import { Input } from "~/ui/input";

type Picked = { id: string; name: string } | null;

const PAUSE_MS = 200;

/** `value` is what is chosen; typing does not change it until a company is picked or the choice removed. */
export function CompanyPicker({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  /** Where no `Field` names it. */
  label?: string;
  value: Picked;
  onChange: (picked: Picked) => void;
}) {
  const listId = useId();
  const [text, setText] = useState(value?.name ?? "");
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(0);
  const search = usePaused(text.trim());
  const found = api.crm.companies.list.useQuery(
    { search, sort: "name", limit: 8 },
    { enabled: isOpen, placeholderData: (before) => before },
  );
  const options = isOpen ? (found.data?.items ?? []) : [];
  const choose = (picked: Picked) => {
    setText(picked?.name ?? "");
    setIsOpen(false);
    onChange(picked);
  };
  const active = options[Math.min(at, options.length - 1)];
  return (
    <div className="relative flex items-center gap-1">
      <Input
        id={id}
        aria-label={label}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && active ? `${listId}-${active.id}` : undefined}
        autoComplete="off"
        placeholder="Search by name or domain"
        className="grow"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => {
          setIsOpen(false);
          setText(value?.name ?? "");
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            setIsOpen(true);
            const step = event.key === "ArrowDown" ? 1 : -1;
            setAt((now) => Math.max(0, Math.min(options.length - 1, now + step)));
          } else if (event.key === "Enter" && isOpen && active) {
            event.preventDefault();
            choose(active);
          } else if (event.key === "Escape" && isOpen) {
            event.preventDefault();
            setIsOpen(false);
          }
        }}
      />
      {value && (
        <IconButton label={`Remove ${value.name}`} icon={<X aria-hidden />} onClick={() => choose(null)} />
      )}
      <ul
        id={listId}
        role="listbox"
        aria-label="Companies"
        hidden={!isOpen || options.length === 0}
        className="absolute inset-x-0 top-full z-50 mt-1 max-h-72 overflow-y-auto rounded-lg bg-raised p-1 text-ink shadow-float"
      >
        {options.map((option) => (
          <li
            key={option.id}
            id={`${listId}-${option.id}`}
            role="option"
            aria-selected={option === active}
            className={`flex min-h-8 cursor-default items-center justify-between gap-3 rounded-md px-2 text-base pointer-coarse:min-h-control ${option === active ? "bg-ink/6" : ""}`}
            // Before the input loses the focus, which would close the list.
            onPointerDown={(event) => {
              event.preventDefault();
              choose(option);
            }}
          >
            <span className="truncate">{option.name}</span>
            <span className="truncate text-sm text-ink-soft">{option.domain}</span>
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {isOpen && found.isSuccess && options.length === 0 ? "No company found" : ""}
      </p>
    </div>
  );
}

/** The text once typing has paused. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
