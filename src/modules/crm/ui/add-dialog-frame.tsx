"use client";
import type { ReactNode } from "react";
import { Dialog, DialogContent } from "~/ui/dialog";
import type { AddDialogState } from "./use-add-dialog";

/** What stands on the button that opens it, which gets the focus back. */
export const ADDS = "data-adds";

export function AddDialogFrame({
  dialog,
  title,
  description,
  children,
}: {
  dialog: AddDialogState;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <Dialog open={dialog.isOpen} onOpenChange={(isOpen) => !isOpen && dialog.close()}>
      <DialogContent
        size="large"
        title={title}
        description={description}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>(`[${ADDS}]`)?.focus();
        }}
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}
