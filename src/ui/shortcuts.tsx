"use client";

/**
 * The one registry of keyboard shortcuts: what listens, in which order, and what the sheet behind `?` lists.
 * Letters are ignored where one writes, and below an open dialog or menu. They can be switched off (WCAG 2.1.4).
 */
import { type RefObject, useEffect, useEffectEvent, useMemo, useRef, useSyncExternalStore } from "react";

import { classNames } from "./class-names";
import { Kbd } from "./kbd";
import { advance, capsOf, type Strokes, strokeOf, strokesOf } from "./shortcut-keys";

export interface ShortcutEntry {
  id: number;
  /** As written: "G C". */
  keys: string;
  label: string;
  group: string;
}

interface Listening extends ShortcutEntry {
  strokes: Strokes;
  rank: number;
  overDialogs: boolean;
  repeats: boolean;
  /** `false` passes the key on to the next in rank. */
  run: () => void | boolean;
  element: () => HTMLElement | null;
}

/** Time to find the second key of a sequence. */
const SEQUENCE_MS = 1_500;
const SWITCH = "tenantry.single-keys";

const listening = new Map<number, Listening>();
const watchers = new Set<() => void>();
let lastId = 0;
let listed: readonly ShortcutEntry[] = [];
let typed: { strokes: Strokes; at: number } = { strokes: [], at: 0 };

const NOTHING: readonly ShortcutEntry[] = [];

function changed(): void {
  listed = [...listening.values()].map(({ id, keys, label, group }) => ({ id, keys, label, group }));
  for (const watcher of watchers) watcher();
}

const isApple = (): boolean => /mac|iphone|ipad/i.test(navigator.platform);

/** Where keys write something, or choose from a closed list. */
function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=combobox], [role=textbox], textarea, select")) {
    return true;
  }
  return (
    target instanceof HTMLInputElement && !/^(?:checkbox|radio|button|submit|reset|range)$/.test(target.type)
  );
}

/** What lies over the page and wants the keys for itself. A panel beside a living list does not. */
const COVERS = ["dialog", "alertdialog", "menu", "listbox"]
  .map((role) => `[role=${role}][data-state=open]:not([data-peek])`)
  .join();

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const stroke = strokeOf(event, isApple());
  if (stroke === null) return;
  const isCommand = stroke.startsWith("mod+");
  if (!isCommand && (isWriting(event.target) || !singleKeysAreOn())) return;

  const cover = [...document.querySelectorAll<HTMLElement>(COVERS)].at(-1);
  const heard = [...listening.values()]
    .filter((one) => !cover || one.overDialogs || cover.contains(one.element()))
    .sort((a, b) => b.rank - a.rank || b.id - a.id);
  const before = event.timeStamp - typed.at < SEQUENCE_MS ? typed.strokes : [];
  const { complete, pending } = advance(before, stroke, heard);
  typed = { strokes: pending, at: event.timeStamp };
  for (const one of complete) {
    if (event.repeat && !one.repeats) continue;
    if (one.run() === false) continue;
    event.preventDefault();
    return;
  }
}

function listen(one: Omit<Listening, "id">): () => void {
  const id = ++lastId;
  if (listening.size === 0) window.addEventListener("keydown", hear);
  listening.set(id, { ...one, id });
  changed();
  return () => {
    listening.delete(id);
    if (listening.size === 0) window.removeEventListener("keydown", hear);
    changed();
  };
}

export interface ShortcutOptions {
  /** What it does, as the sheet lists it: "Add company". */
  label: string;
  /** The sheet's heading: "On this page" unless said. */
  group?: string;
  /** Of several that listen to the same keys, the highest is asked first, then the one that came last. */
  rank?: number;
  /** Not heard, and not listed, while false. */
  enabled?: boolean;
  /** Heard over an open dialog too. Those within a dialog are anyhow, if `within` says where they are. */
  overDialogs?: boolean;
  /** Once more and once more while the key is held. */
  repeats?: boolean;
  within?: RefObject<HTMLElement | null>;
}

/** Listens as long as the component is there. `run` may return `false` to pass the key on. */
export function useShortcut(
  keys: string,
  run: () => void | boolean,
  {
    label,
    group = "On this page",
    rank = 0,
    enabled = true,
    overDialogs = false,
    repeats = false,
    within,
  }: ShortcutOptions,
): void {
  const act = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return;
    return listen({
      keys,
      strokes: strokesOf(keys),
      label,
      group,
      rank,
      overDialogs,
      repeats,
      run: () => act(),
      element: () => within?.current ?? null,
    });
  }, [keys, label, group, rank, enabled, overDialogs, repeats, within]);
}

/**
 * Listens until the returned function is called, for what is no component. `run` may return `false` to pass the key on;
 * keys with ⌘ or Ctrl are heard in fields too, where they may mean something else: `isInField` tells.
 */
export function addShortcut(
  keys: string,
  run: () => void | boolean,
  { label, group = "Everywhere" }: Pick<ShortcutOptions, "label" | "group">,
): () => void {
  const strokes = strokesOf(keys);
  return listen({
    keys,
    strokes,
    label,
    group,
    rank: 0,
    overDialogs: true,
    repeats: false,
    run,
    element: () => null,
  });
}

/** Whether the person is writing somewhere now. */
export const isInField = (): boolean => isWriting(document.activeElement);

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** All that can be pressed now, each pair of keys and words once. */
export function useShortcutList(): readonly ShortcutEntry[] {
  const all = useSyncExternalStore(
    watch,
    () => listed,
    () => NOTHING,
  );
  return useMemo(() => {
    const seen = new Set<string>();
    return all.filter(({ keys, label }) => {
      const name = `${keys.toLowerCase()} ${label}`;
      if (seen.has(name)) return false;
      seen.add(name);
      return true;
    });
  }, [all]);
}

function singleKeysAreOn(): boolean {
  try {
    return window.localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}

/** Whether letters without ⌘ or Ctrl are heard in this browser, and the switch for it. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(watch, singleKeysAreOn, () => true);
  return [
    on,
    (next) => {
      try {
        window.localStorage.setItem(SWITCH, next ? "on" : "off");
      } catch {
        // A browser that keeps nothing keeps them on.
      }
      changed();
    },
  ];
}

const never = (): (() => void) => () => undefined;

/** The keys as caps. Never shown where there is no keyboard, nor read out: `aria-keyshortcuts` says it. */
export function ShortcutKeys({ keys, className }: { keys: string; className?: string }) {
  // The server cannot know the keyboard; most have Ctrl.
  const apple = useSyncExternalStore(never, isApple, () => false);
  const strokes = capsOf(keys, apple);
  return (
    <span aria-hidden className={classNames("inline-flex shrink-0 items-center gap-1", className)}>
      {strokes.map((caps, at) => (
        <span key={at} className="inline-flex items-center gap-0.5">
          {caps.map((cap) => (
            <Kbd key={cap}>{cap}</Kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

export interface ShortcutHintProps {
  keys: string;
  /** As the sheet lists it; the words of the button unless said. */
  label?: string;
  /** Heard, but not drawn. */
  quiet?: boolean;
  className?: string;
}

/** Inside a button or link: draws its keys, and presses it when they are. */
export function ShortcutHint({ keys, label, quiet = false, className }: ShortcutHintProps) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const pressed = ref.current?.closest<HTMLElement>("button, a");
    if (!pressed) return;
    return listen({
      keys,
      strokes: strokesOf(keys),
      label: label ?? pressed.getAttribute("aria-label") ?? wordsOf(pressed),
      group: "On this page",
      rank: 0,
      overDialogs: false,
      repeats: false,
      element: () => pressed,
      run: () => {
        const isThere = pressed.isConnected && pressed.checkVisibility() && !pressed.matches(":disabled");
        if (!isThere) return false;
        pressed.click();
      },
    });
  }, [keys, label]);
  return (
    <span ref={ref} className="contents">
      {!quiet && <ShortcutKeys keys={keys} className={className} />}
    </span>
  );
}

function wordsOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll("[aria-hidden]")) hidden.remove();
  return copy.textContent.trim();
}
