"use client";

import { type ReactNode, useState } from "react";

import { Button } from "./button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";

export interface ConfirmDialogProps {
  /** A button; leave it out where `open` is controlled, for example from a menu. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The act as a question or a verb: "Delete workspace". */
  title: ReactNode;
  /** What will be gone and what stays. */
  description: ReactNode;
  /** What must be typed before the button works: the name of the thing. Leave it out for lesser acts. */
  phrase?: string;
  /** Label of the box, for example `Type "Acme" to confirm`. Goes with `phrase`. */
  phraseLabel?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "danger" | "primary";
  /** The dialog waits for the promise, closes when it resolves, and stays open when it rejects. */
  onConfirm: () => void | Promise<unknown>;
  /** Why the last try failed. */
  error?: ReactNode;
  children?: ReactNode;
}

/** For acts that cannot be undone. Where undo is possible, act at once and show `toast.undo`. */
export function ConfirmDialog({
  trigger,
  open,
  onOpenChange,
  title,
  description,
  phrase,
  phraseLabel,
  confirmLabel,
  cancelLabel = "Cancel",
  tone = "danger",
  onConfirm,
  error,
  children,
}: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [pending, setPending] = useState(false);
  const ready = phrase === undefined || typed.trim() === phrase.trim();

  function change(next: boolean): void {
    if (pending) return;
    setTyped("");
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  async function confirm(): Promise<void> {
    if (!ready || pending) return;
    setPending(true);
    try {
      await onConfirm();
      setTyped("");
      setOwnOpen(false);
      onOpenChange?.(false);
    } catch {
      // The caller says why through `error`; the dialog stays so that it can be read.
    } finally {
      setPending(false);
    }
  }

  return (
    <Dialog open={open ?? ownOpen} onOpenChange={change}>
      {trigger && <DialogTrigger>{trigger}</DialogTrigger>}
      <DialogContent title={title} description={description}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          {children}
          {phrase !== undefined && (
            <Field label={phraseLabel ?? phrase} error={error}>
              <Input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
              />
            </Field>
          )}
          {phrase === undefined && error && (
            <p role="alert" className="text-sm text-negative">
              {error}
            </p>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose>
              <Button disabled={pending}>{cancelLabel}</Button>
            </DialogClose>
            <Button type="submit" variant={tone} disabled={!ready} loading={pending}>
              {confirmLabel}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
