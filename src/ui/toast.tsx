"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import type * as Sonner from "sonner";

import { addShortcut, isInField } from "./shortcuts";
import type { ToasterScreenProps } from "./toaster-screen";

/** Long enough to read twice and to reach for the mouse. */
const UNDO_MS = 8_000;

interface ToastOptions {
  description?: ReactNode;
  action?: { label: string; onPress: () => void };
  /** The same id replaces the toast that is on screen. */
  id?: string;
  /** Until it is closed or replaced. */
  stays?: boolean;
}

const USUAL_MS = 4_000;

const common = ({ description, action, id, stays = false }: ToastOptions) => ({
  ...(id === undefined ? {} : { id }),
  // Said each time: a toast that replaces another one would keep the other's.
  duration: stays ? Number.POSITIVE_INFINITY : USUAL_MS,
  description,
  ...(action ? { action: { label: action.label, onClick: action.onPress } } : {}),
});

type Say = (sonner: typeof Sonner.toast) => void;
/** Said before the screen was there to show it, in order. */
const unsaid: Say[] = [];
let screen: typeof Sonner.toast | null = null;
let want = (): void => undefined;

function say(what: Say): void {
  if (screen) return what(screen);
  unsaid.push(what);
  want();
}

/** Of toasts with an id: how to stop listening for their undo. */
const undoable = new Map<string, () => void>();
let lastUndo = 0;

export const toast = {
  /** Something the person asked for has happened. */
  success(message: ReactNode, options: ToastOptions = {}): void {
    say((sonner) => sonner.success(message, common(options)));
  },

  /** Something happened by itself that is worth knowing. */
  info(message: ReactNode, options: ToastOptions = {}): void {
    say((sonner) => sonner.info(message, common(options)));
  },

  /** Stays until it is closed: what happened, what is safe, what to do. */
  error(message: ReactNode, options: ToastOptions = {}): void {
    say((sonner) => sonner.error(message, { ...common(options), duration: Number.POSITIVE_INFINITY }));
  },

  /** Done already, and can be taken back for eight seconds by the button or by Ctrl or ⌘ + Z. */
  undo(
    message: ReactNode,
    {
      label = "Undo",
      onUndo,
      description,
      id: replaced,
    }: { label?: string; onUndo: () => void; description?: ReactNode; id?: string },
  ): void {
    const id = replaced ?? `undo-${++lastUndo}`;
    let open = true;
    const stop = (): void => {
      open = false;
      unlisten();
      if (undoable.get(id) === stop) undoable.delete(id);
    };
    const undo = (): void => {
      if (!open) return;
      stop();
      say((sonner) => sonner.dismiss(id));
      onUndo();
    };
    // Of several, the newest hears it: the last thing done is the first taken back. In a field, the field undoes.
    const unlisten = addShortcut("mod+Z", () => (isInField() ? false : undo()), { label });
    // What stood there before can no more be taken back.
    undoable.get(id)?.();
    undoable.set(id, stop);
    say((sonner) =>
      sonner.success(message, {
        id,
        description,
        duration: UNDO_MS,
        action: { label, onClick: undo },
        onDismiss: stop,
        onAutoClose: stop,
      }),
    );
  },
};

export interface ToasterProps {
  closeLabel?: string;
  /** Names the region for screen readers. */
  label?: string;
}

/**
 * Once, in the root layout. What shows toasts is loaded with the first press of a key or the pointer, so that it is there
 * to say when the connection is not; a toast that comes sooner waits for it.
 */
export function Toaster({ closeLabel = "Close", label = "Notifications" }: ToasterProps) {
  const [Screen, setScreen] = useState<ComponentType<ToasterScreenProps> | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    const load = (): void => {
      import("./toaster-screen").then(
        (room) => !ended.signal.aborted && setScreen(() => room.ToasterScreen),
        // Without a connection: the next press, or the next toast, asks again.
        () => undefined,
      );
    };
    want = load;
    window.addEventListener("pointerdown", load, { once: true, signal: ended.signal });
    window.addEventListener("keydown", load, { once: true, signal: ended.signal });
    if (unsaid.length > 0) load();
    return () => {
      ended.abort();
      want = () => undefined;
    };
  }, []);
  return (
    Screen && (
      <Screen
        closeLabel={closeLabel}
        label={label}
        onThere={(sonner) => {
          screen = sonner;
          for (const what of unsaid.splice(0)) what(sonner);
        }}
        onGone={() => (screen = null)}
      />
    )
  );
}
