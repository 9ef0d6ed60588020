"use client";
import { useState } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";

/** Pages of a small list that does not stand in the address: the cursors met so far. */
export function useCursorPages() {
  const [cursors, setCursors] = useState<string[]>([]);
  return {
    /** Null on the first page. */
    cursor: cursors.at(-1) ?? null,
    isFirst: cursors.length === 0,
    restart: () => setCursors([]),
    back: () => setCursors(cursors.slice(0, -1)),
    go: (cursor: string) => setCursors([...cursors, cursor]),
  };
}

interface Props {
  pages: ReturnType<typeof useCursorPages>;
  nextCursor: string | null | undefined;
  /** Of the way back and the way on. */
  labels?: readonly [back: string, on: string];
  className?: string;
}

/** Nothing while everything is on one page. */
export function CursorPages({ pages, nextCursor, labels = ["Newer", "Older"], className }: Props) {
  if (pages.isFirst && !nextCursor) return null;
  return (
    <div className={classNames("flex justify-end gap-2 p-2", className)}>
      <Button disabled={pages.isFirst} onClick={pages.back}>
        {labels[0]}
      </Button>
      <Button disabled={!nextCursor} onClick={() => nextCursor && pages.go(nextCursor)}>
        {labels[1]}
      </Button>
    </div>
  );
}
