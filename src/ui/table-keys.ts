"use client";

import type { RefObject } from "react";

import { useShortcut } from "./shortcuts";

export interface TableKeys {
  /** The row at this place of the page, from 0; with shift all up to the one chosen before. */
  onToggle?: ((at: number, isRange: boolean) => void) | undefined;
  onSelectPage?: (() => void) | undefined;
}

/**
 * J and K move the focus from row to row, X selects (shift: up to here), ⌘ or Ctrl A within the list selects its page.
 * Enter opens, since the focus is on the row's link. A peek panel, while open, takes J and K first.
 */
export function useTableKeys(
  list: RefObject<HTMLElement | null>,
  nouns: { one: string },
  { onToggle, onSelectPage }: TableKeys,
): void {
  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const placeOf = (all: HTMLElement[]) => all.findIndex((row) => row.contains(document.activeElement));

  const move = (step: 1 | -1): void | false => {
    const all = rows();
    const at = placeOf(all);
    const next = at < 0 ? all.at(step === 1 ? 0 : -1) : all[at + step];
    if (!next) return false;
    (next.querySelector<HTMLElement>("a[data-row-link]") ?? next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const toggle = (isRange: boolean): void | false => {
    const at = placeOf(rows());
    if (at < 0 || !onToggle) return false;
    onToggle(at, isRange);
  };
  const selectPage = (): void | false => {
    const focused = document.activeElement;
    const isWithin = focused?.closest("[data-row]") && list.current?.contains(focused);
    if (!isWithin || !onSelectPage) return false;
    onSelectPage();
  };

  const group = "In the list";
  const selects = onToggle !== undefined;
  useShortcut("J", () => move(1), { label: `Next ${nouns.one}`, group, rank: -1, repeats: true });
  useShortcut("K", () => move(-1), { label: `Previous ${nouns.one}`, group, rank: -1, repeats: true });
  useShortcut("X", () => toggle(false), { label: `Select ${nouns.one}`, group, enabled: selects });
  useShortcut("shift+X", () => toggle(true), { label: "Select up to here", group, enabled: selects });
  useShortcut("mod+A", selectPage, { label: "Select this page", group, enabled: selects });
}
