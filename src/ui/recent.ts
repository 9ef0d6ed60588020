"use client";

/** Where a person was lately, kept in this browser under a name of the caller's (person and place). */
import { useSyncExternalStore } from "react";

export interface Recent {
  href: string;
  title: string;
  kind: string;
}

const MOST = 8;
const watchers = new Set<() => void>();
const read = new Map<string, { text: string | null; list: readonly Recent[] }>();
const NONE: readonly Recent[] = [];

const keyOf = (name: string): string => `tenantry.recent.${name}`;

function isRecent(value: unknown): value is Recent {
  const one = value as Partial<Recent> | null;
  return typeof one?.href === "string" && typeof one.title === "string" && typeof one.kind === "string";
}

/** What was kept; anything else found there counts as nothing. */
export function parseRecent(text: string | null): readonly Recent[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list.filter(isRecent).slice(0, MOST) : NONE;
  } catch {
    return NONE;
  }
}

/** The newest first, each address once. */
export const withRecent = (list: readonly Recent[], one: Recent): readonly Recent[] =>
  [one, ...list.filter(({ href }) => href !== one.href)].slice(0, MOST);

function listOf(name: string): readonly Recent[] {
  let text: string | null = null;
  try {
    text = window.localStorage.getItem(keyOf(name));
  } catch {
    // A browser that keeps nothing has no recent places.
  }
  const known = read.get(name);
  if (known?.text === text) return known.list;
  const list = parseRecent(text);
  read.set(name, { text, list });
  return list;
}

export function keepRecent(name: string, one: Recent): void {
  try {
    window.localStorage.setItem(keyOf(name), JSON.stringify(withRecent(listOf(name), one)));
  } catch {
    return;
  }
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const useRecent = (name: string): readonly Recent[] =>
  useSyncExternalStore(
    watch,
    () => listOf(name),
    () => NONE,
  );
