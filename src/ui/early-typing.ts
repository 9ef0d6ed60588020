"use client";

import { type Ref, type RefCallback, useCallback, useEffect, useRef } from "react";
import type { EarlyTyping } from "./early-typing-script";

type TextControl = HTMLInputElement | HTMLTextAreaElement;

/**
 * Makes good what was typed into a control, or sent with its form, before React had taken the page over: form libraries
 * put their first values over it. @returns the ref to give to the control; `theirs` is served by it too.
 */
export function useEarlyTyping<Control extends TextControl>(
  theirs: Ref<Control> | undefined,
): RefCallback<Control> {
  const own = useRef<Control>(null);
  useEffect(() => {
    const control = own.current;
    // After the effects of the whole form: until then nobody hears what is typed.
    const timer = setTimeout(() => control && makeGood(control));
    return () => clearTimeout(timer);
  }, []);
  return useCallback(
    (control) => {
      own.current = control;
      return hand(theirs, control);
    },
    [theirs],
  );
}

function hand<Control>(ref: Ref<Control> | undefined, control: Control | null): void | (() => void) {
  if (typeof ref === "function") return ref(control);
  if (ref) ref.current = control;
}

function makeGood(control: TextControl): void {
  const early = (window as { tenantryEarly?: EarlyTyping }).tenantryEarly;
  if (!early) return;
  const text = early.typed.get(control);
  early.typed.delete(control);
  if (text !== undefined) {
    // React takes for a change only what is set behind its back.
    control.value = "";
    const kind = control instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(control, text);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const { form } = control;
  if (!form || early.awake.has(form)) return;
  early.awake.add(form);
  // A control that came later has not seen it being sent. When each of the others has had its turn.
  if (early.sent.get(form)?.includes(control)) setTimeout(() => form.isConnected && form.requestSubmit());
}
