"use client";

import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * What is pressed can go with what it did: "Clear" with the filters, the bar with the selection, "Show all" with the rows
 * that come. The focus would be lost to the top of the page; it goes to `place` instead. Only for what lies within
 * `regions`: a dialog gives the focus back by itself.
 */
export function useFocusKept(place: RefObject<HTMLElement | null>, regions: string): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const listening = new AbortController();
    document.addEventListener(
      "focusin",
      ({ target }) => {
        last.current = target instanceof Element && target.closest(regions) ? target : null;
      },
      { signal: listening.signal },
    );
    return () => listening.abort();
  }, [regions]);
  useLayoutEffect(() => {
    if (!last.current || last.current.isConnected || document.activeElement !== document.body) return;
    last.current = null;
    place.current?.focus({ preventScroll: true });
  });
}
