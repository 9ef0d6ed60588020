import { describe, expect, it } from "vitest";

import { advance, ariaKeys, capsOf, type KeyPress, strokeOf, strokesOf } from "./shortcut-keys";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "",
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe("strokeOf", () => {
  it.each([
    ["a letter", press("c"), "c"],
    ["a letter with caps lock", press("C"), "c"],
    ["a shifted letter, which is another shortcut", press("C", { shiftKey: true }), "shift+c"],
    ["a question mark, whether or not it takes Shift", press("?", { shiftKey: true }), "?"],
    ["Enter with Shift", press("Enter", { shiftKey: true }), "shift+enter"],
    ["a letter of another script, by its place", press("с", { code: "KeyC" }), "c"],
    ["a Persian letter, by its place", press("ن", { code: "KeyK" }), "k"],
    ["Ctrl", press("k", { ctrlKey: true }), "mod+k"],
    ["Ctrl with a letter of another script", press("л", { code: "KeyK", ctrlKey: true }), "mod+k"],
  ])("names %s", (_, event, stroke) => {
    expect(strokeOf(event, false)).toBe(stroke);
  });

  it.each([
    ["a modifier alone", press("Shift", { shiftKey: true })],
    ["Alt, which writes letters of its own", press("e", { altKey: true })],
    ["AltGr, which comes as Ctrl and Alt", press("q", { altKey: true, ctrlKey: true })],
    ["the other system's command key", press("k", { metaKey: true })],
  ])("leaves %s alone", (_, event) => {
    expect(strokeOf(event, false)).toBeNull();
  });

  it("takes ⌘ on Apple's keyboards and leaves Ctrl to the system", () => {
    expect(strokeOf(press("k", { metaKey: true }), true)).toBe("mod+k");
    expect(strokeOf(press("k", { ctrlKey: true }), true)).toBeNull();
  });
});

describe("advance", () => {
  const goHome = { strokes: strokesOf("G H") };
  const goJobs = { strokes: strokesOf("G J") };
  const create = { strokes: strokesOf("C") };
  const also = { strokes: strokesOf("c") };
  const all = [goHome, goJobs, create, also];

  it("waits for the second key of a sequence, then knows which it is", () => {
    const begun = advance([], "g", all);
    expect(begun).toEqual({ complete: [], pending: ["g"] });
    expect(advance(begun.pending, "j", all)).toEqual({ complete: [goJobs], pending: [] });
  });

  it("takes a key for itself when it does not go on with what was begun", () => {
    expect(advance(["g"], "c", all)).toEqual({ complete: [create, also], pending: [] });
    expect(advance(["g"], "g", all)).toEqual({ complete: [], pending: ["g"] });
    expect(advance(["g"], "x", all)).toEqual({ complete: [], pending: [] });
  });
});

describe("drawing", () => {
  it("draws caps as the keyboard at hand has them", () => {
    expect(capsOf("mod+K", true)).toEqual([["⌘", "K"]]);
    expect(capsOf("mod+K", false)).toEqual([["Ctrl", "K"]]);
    expect(capsOf("G C", false)).toEqual([["G"], ["C"]]);
    expect(capsOf("shift+Enter", false)).toEqual([["Shift", "⏎"]]);
  });

  it("tells assistive technology of single strokes only", () => {
    expect(ariaKeys("mod+K")).toBe("Control+K Meta+K");
    expect(ariaKeys("C")).toBe("C");
    expect(ariaKeys("/")).toBe("/");
    expect(ariaKeys("G C")).toBeUndefined();
  });
});
