"use client";

import { Check, CircleAlert, Info } from "lucide-react";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { toast as sonner, Toaster as SonnerToaster } from "sonner";

import { buttonStyle } from "./button";
import { classNames } from "./class-names";
import { addShortcut, isInField } from "./shortcuts";

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

/** Of toasts with an id: how to stop listening for their undo. */
const undoable = new Map<string, () => void>();

export const toast = {
  /** Something the person asked for has happened. */
  success(message: ReactNode, options: ToastOptions = {}): void {
    sonner.success(message, common(options));
  },

  /** Something happened by itself that is worth knowing. */
  info(message: ReactNode, options: ToastOptions = {}): void {
    sonner.info(message, common(options));
  },

  /** Stays until it is closed: what happened, what is safe, what to do. */
  error(message: ReactNode, options: ToastOptions = {}): void {
    sonner.error(message, { ...common(options), duration: Number.POSITIVE_INFINITY });
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
    let open = true;
    const stop = (): void => {
      open = false;
      unlisten();
      if (replaced !== undefined && undoable.get(replaced) === stop) undoable.delete(replaced);
    };
    const undo = (): void => {
      if (!open) return;
      stop();
      sonner.dismiss(id);
      onUndo();
    };
    // Of several, the newest hears it: the last thing done is the first taken back. In a field, the field undoes.
    const unlisten = addShortcut("mod+Z", () => (isInField() ? false : undo()), { label });
    if (replaced !== undefined) {
      // What stood there before can no more be taken back.
      undoable.get(replaced)?.();
      undoable.set(replaced, stop);
    }
    const id = sonner.success(message, {
      ...(replaced === undefined ? {} : { id: replaced }),
      description,
      duration: UNDO_MS,
      action: { label, onClick: undo },
      onDismiss: stop,
      onAutoClose: stop,
    });
  },
};

export interface ToasterProps {
  closeLabel?: string;
  /** Names the region for screen readers. */
  label?: string;
}

/** Once, in the root layout. */
export function Toaster({ closeLabel = "Close", label = "Notifications" }: ToasterProps) {
  const { resolvedTheme } = useTheme();
  return (
    <SonnerToaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      closeButton
      containerAriaLabel={label}
      gap={8}
      icons={{
        success: <Check aria-hidden className="size-4 text-positive" />,
        info: <Info aria-hidden className="size-4 text-info" />,
        error: <CircleAlert aria-hidden className="size-4 text-negative" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: closeLabel,
        classNames: {
          toast:
            "group flex w-full items-start gap-2.5 rounded-lg bg-raised p-3 pe-9 font-sans text-base text-ink shadow-float sm:w-90",
          icon: "mt-0.5 flex size-4 shrink-0 items-center justify-center",
          content: "flex min-w-0 grow flex-col gap-0.5",
          title: "font-medium",
          description: "text-sm text-ink-soft",
          actionButton: classNames(buttonStyle({ variant: "secondary", size: "small" }), "-my-0.5"),
          closeButton:
            "absolute end-2 top-2.5 flex size-6 bg-transparent! items-center justify-center rounded-md text-ink-faint transition-colors hover:bg-ink/6 hover:text-ink [&_svg]:size-3.5",
        },
      }}
    />
  );
}
