/** How shortcuts are written, drawn and recognised: "mod+K" (⌘ or Ctrl), "C", "?", and one after the other: "G C". */

/** Keys in their order, each as `strokeOf` names it. */
export type Strokes = readonly string[];

export const strokesOf = (written: string): Strokes => written.trim().toLowerCase().split(/\s+/);

/** What a key event tells of itself; of a KeyboardEvent, these suffice. */
export interface KeyPress {
  key: string;
  code: string;
  metaKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock", "Fn", "Dead"]);

/**
 * The name of a press, or `null` for what is no shortcut's: a modifier alone, or Alt, which writes other letters on
 * many keyboards. Shift counts with letters and named keys only: "?" needs it on some keyboards and not on others.
 * Where a keyboard writes no Latin letters, the place of the key decides.
 */
export function strokeOf(press: KeyPress, isApple: boolean): string | null {
  if (MODIFIERS.has(press.key) || press.altKey) return null;
  const isMod = isApple ? press.metaKey : press.ctrlKey;
  if (!isMod && (press.metaKey || press.ctrlKey)) return null;
  const place = /^Key([A-Z])$/.exec(press.code)?.[1];
  const isForeign = press.key.length === 1 && press.key.charCodeAt(0) > 0x7f;
  const key = (isForeign && place ? place : press.key === " " ? "Space" : press.key).toLowerCase();
  const isShifted = press.shiftKey && (/^[a-z]$/.test(key) || key.length > 1);
  return `${isMod ? "mod+" : ""}${isShifted ? "shift+" : ""}${key}`;
}

/** A press while `pending` was typed already: what is complete now, and what may still become something. */
export function advance<T extends { strokes: Strokes }>(
  pending: Strokes,
  stroke: string,
  all: readonly T[],
): { complete: T[]; pending: Strokes } {
  const typed = [...pending, stroke];
  const begun = all.filter(({ strokes }) => typed.every((one, at) => strokes[at] === one));
  const complete = begun.filter(({ strokes }) => strokes.length === typed.length);
  if (complete.length > 0) return { complete, pending: [] };
  if (begun.length > 0) return { complete, pending: typed };
  return pending.length > 0 ? advance([], stroke, all) : { complete: [], pending: [] };
}

const APPLE = { mod: "⌘", shift: "⇧" } as const;
const OTHERS = { mod: "Ctrl", shift: "Shift" } as const;
const NAMED: Record<string, string> = {
  enter: "⏎",
  escape: "Esc",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  space: "Space",
  backspace: "⌫",
};

/** For drawing: one list of caps per stroke. "mod+K" is [["Ctrl", "K"]], "G C" is [["G"], ["C"]]. */
export function capsOf(written: string, isApple: boolean): string[][] {
  const modifiers: Record<string, string> = isApple ? APPLE : OTHERS;
  return strokesOf(written).map((stroke) => {
    const parts = stroke === "+" ? ["+"] : stroke.split("+");
    return parts.map((part) => modifiers[part] ?? NAMED[part] ?? part.toUpperCase());
  });
}

/** For `aria-keyshortcuts`, which knows no sequences: those are left to the sheet that lists them. */
export function ariaKeys(written: string): string | undefined {
  const [stroke, ...more] = strokesOf(written);
  if (!stroke || more.length > 0) return undefined;
  const words = (mod: string) =>
    stroke
      .replace("mod", mod)
      .replace("shift", "Shift")
      .replace(/[a-z]$/, (letter) => letter.toUpperCase());
  return stroke.includes("mod+") ? `${words("Control")} ${words("Meta")}` : words("");
}
