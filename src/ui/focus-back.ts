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

/** Focuses the first of these that is there and can be. */
function focusNearest(way: Way): void {
  for (const place of way) {
    if (!place.isConnected) continue;
    place.focus({ preventScroll: true });
    if (document.activeElement !== place) continue;
    followIfRemoved(place, way);
    return;
  }
}

/**
 * What an act in the dialog takes out of a list may leave it only once the list is read anew, and the focus with it: then
 * it goes on to what is around. Until the person is somewhere else.
 */
function followIfRemoved(place: HTMLElement, way: Way): void {
  const observer = new MutationObserver(() => {
    if (place.isConnected) return;
    stop();
    if (document.activeElement === document.body) focusNearest(way);
  });
  const stop = () => {
    observer.disconnect();
    document.removeEventListener("focusin", stop);
  };
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", stop);
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
      focusNearest(way.current);
    },
  };
}
