"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

import { classNames } from "./class-names";

/** How long the tick stays. */
const TICK_MS = 1_600;

export interface CodeBlockProps {
  code: string;
  /** What it is, for whoever hears the page: "curl". */
  label: string;
  copyText?: string;
  copiedText?: string;
  /** Higher ones scroll within. */
  className?: string;
}

/** Text for a machine, as it is, with a button that takes all of it. Scrolled by keys when it has the focus. */
export function CodeBlock({
  code,
  label,
  copyText = "Copy",
  copiedText = "Copied",
  className,
}: CodeBlockProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), TICK_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <div className="group/code relative min-w-0">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className={classNames(
          "max-h-96 overflow-auto rounded-md border border-line bg-sunken px-3 py-2.5 pe-11 font-mono text-xs leading-5 text-ink -outline-offset-2! pointer-coarse:pe-14",
          className,
        )}
      >
        <code>{code}</code>
      </pre>
      <button
        type="button"
        aria-label={`${copyText}: ${label}`}
        title={copyText}
        onClick={async () => {
          try {
            await navigator.clipboard.writeText(code);
            setCopied(true);
          } catch {
            // Without the right to write, the text can still be selected by hand.
          }
        }}
        // Up to the edge: a long line goes under it, and must not come out behind it.
        className="absolute end-px top-px grid size-9 place-items-center rounded-md bg-sunken text-ink-soft transition-colors hover:bg-ink/8 hover:text-ink pointer-coarse:size-11"
      >
        {copied ? (
          <Check aria-hidden className="size-3.5 text-positive" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </button>
      <span role="status" className="sr-only">
        {copied ? copiedText : ""}
      </span>
    </div>
  );
}
