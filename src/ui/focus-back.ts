"use client";

import { useEffect, useRef } from "react";

type Way = readonly HTMLElement[];

/** The way back of a dialog that goes this very moment: one that follows in its place goes back there too. */
let handedOver: Way = [];

/** What opened it, and around it whatever can take the focus should the former be gone by then: its row, its region, the page. */
function wayBackFrom(focused: Element | null): Way {
  if (!focused || focused === document.body) return handedOver;
  const way: HTMLElement[] = [];
  for (let place: Element | null = focused; place; place = place.parentElement) {
    if (place instanceof HTMLElement) way.push(place);
    if (place.role !== "menu") continue;
    // A menu goes with what was chosen in it; it is named by the button that opened it.
    const button = document.getElementById(place.getAttribute("aria-labelledby") ?? "");
    if (button) return wayBackFrom(button);
  }
  return way;
}

/**
 * For dialogs that are opened by state: Radix gives the focus back to a trigger only, and without one it would be lost to
 * the top of the page. Both go to the dialog's content.
 */
export function useFocusBack() {
  const way = useRef<Way>([]);
  useEffect(() => () => void (handedOver = way.current), []);
  return {
    onOpenAutoFocus: () => {
      way.current = wayBackFrom(document.activeElement);
    },
    onCloseAutoFocus: (event: Event) => {
      handedOver = [];
      if (event.defaultPrevented || way.current.length === 0) return;
      event.preventDefault();
      // Another dialog, or whoever went elsewhere, has it already.
      if (document.activeElement && document.activeElement !== document.body) return;
      for (const place of way.current) {
        if (!place.isConnected) continue;
        place.focus({ preventScroll: true });
        if (document.activeElement === place) return;
      }
    },
  };
}
