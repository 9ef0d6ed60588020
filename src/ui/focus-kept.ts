"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/** Its filters, the bar of what is selected, and what stands in `place`. */
const OF_A_LIST = "search, [role='toolbar'], [data-table-list]";

/**
 * What is pressed can go with what it did: "Clear" with the filters, the bar with the selection, "Show all" with the rows
 * that come. The focus would be lost to the top of the page; it goes to `place` instead. Only for what belongs to the
 * list: a dialog gives the focus back by itself.
 */
export function useFocusKept(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const listening = new AbortController();
    document.addEventListener(
      "focusin",
      ({ target }) => {
        last.current = target instanceof Element && target.closest(OF_A_LIST) ? target : null;
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, []);
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected || document.activeElement !== document.body) return;
    last.current = null;
    place.current?.focus({ preventScroll: true });
  });
}
