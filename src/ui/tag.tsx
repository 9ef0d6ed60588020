import type { ReactNode } from "react";

import { classNames } from "./class-names";

const toneStyle = {
  neutral: "bg-ink-faint",
  "dye-1": "bg-dye-1",
  "dye-2": "bg-dye-2",
  "dye-3": "bg-dye-3",
  "dye-4": "bg-dye-4",
  "dye-5": "bg-dye-5",
} as const;

export type TagTone = keyof typeof toneStyle;

/** Just the colour, beside a word that is there anyway. */
export function TagDot({ tone }: { tone: TagTone }) {
  return <span aria-hidden className={classNames("size-2 shrink-0 rounded-full", toneStyle[tone])} />;
}

export interface TagProps {
  tone?: TagTone;
  className?: string;
  children: ReactNode;
}

/** A word that people give to things. The dot helps to find it again; the word is what it means. */
export function Tag({ tone = "neutral", className, children }: TagProps) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 max-w-full items-center gap-1.5 rounded-full border border-line bg-surface px-2 text-xs font-medium whitespace-nowrap text-ink-soft",
        className,
      )}
    >
      <TagDot tone={tone} />
      <span className="truncate">{children}</span>
    </span>
  );
}
