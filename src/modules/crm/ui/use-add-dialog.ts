"use client";
/** The dialog that adds a record to a list: open while `?new=true` stands in the address, so that any link can open it. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState, type MouseEvent } from "react";

export type AddDialogState = {
  isOpen: boolean;
  /** Opened once, it stays loaded and keeps what was typed. */
  isWanted: boolean;
  open: () => void;
  close: () => void;
  /** For a link to the page that does the same: a plain click opens the dialog instead. */
  follow: (event: MouseEvent<HTMLElement>) => void;
};

const NEW = parseAsBoolean.withDefault(false).withOptions({ shallow: true, scroll: false });

export function useAddDialog(): AddDialogState {
  const [isOpen, setOpen] = useQueryState("new", NEW);
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  const open = () => void setOpen(true, { history: "push" });
  return {
    isOpen,
    isWanted: wasOpen,
    open,
    close: () => void setOpen(null, { history: "replace" }),
    follow: (event) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    },
  };
}
