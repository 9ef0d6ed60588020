"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { classNames } from "./class-names";

/** How long the tick stays: long enough to be seen, short enough to copy the next one. */
const TICK_MS = 1_600;

export interface CopyIdProps {
  /** What is copied, always whole. */
  value: string;
  /** What is copied, in words: "Copy request id". The value follows for screen readers. */
  label?: string;
  copiedText?: string;
  /** How many characters of each end are shown; the whole value by default. */
  ends?: number;
  className?: string;
}

export function CopyId({ value, label = "Copy", copiedText = "Copied", ends, className }: CopyIdProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), TICK_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const shown =
    ends !== undefined && value.length > ends * 2 + 1
      ? `${value.slice(0, ends)}…${value.slice(-ends)}`
      : value;

  return (
    <button
      type="button"
      title={label}
      onClick={async () => {
        try {
          await navigator.clipboard.writeText(value);
          setCopied(true);
        } catch {
          // Without the right to write, the text can still be selected by hand.
        }
      }}
      className={classNames(
        "group/copy -mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-md px-1 font-mono text-xs text-ink-soft transition-colors hover:bg-ink/6 hover:text-ink",
        className,
      )}
    >
      <span className="sr-only">{label}: </span>
      <span className={classNames("select-text", ends === undefined && "truncate")}>{shown}</span>
      {copied ? (
        <Check aria-hidden className="size-3 shrink-0 text-positive" />
      ) : (
        <Copy
          aria-hidden
          className="size-3 shrink-0 opacity-40 transition-opacity group-hover/copy:opacity-100"
        />
      )}
      <span role="status" className="sr-only">
        {copied ? copiedText : ""}
      </span>
    </button>
  );
}
