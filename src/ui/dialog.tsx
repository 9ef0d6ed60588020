"use client";

import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title, Trigger } from "radix-ui/dialog";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
import { useFocusBack } from "./focus-back";
import { IconButton } from "./icon-button";

export const Dialog = Root;

/** Takes its looks from its only child. */
export function DialogTrigger({ children }: { children: ReactNode }) {
  return <Trigger asChild>{children}</Trigger>;
}

/** Closes the dialog when its only child, a button, is pressed. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Close asChild>{children}</Close>;
}

const sizeStyle = { small: "sm:max-w-sm", medium: "sm:max-w-lg", large: "sm:max-w-2xl" } as const;

export interface DialogContentProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons; the primary one last. */
  footer?: ReactNode;
  size?: keyof typeof sizeStyle;
  closeLabel?: string;
  /** The focus goes back to what opened it, or to what is still there around that. To have it elsewhere: prevent that, and say where. */
  onCloseAutoFocus?: (event: Event) => void;
  className?: string;
  children?: ReactNode;
}

/** What people type into; a file's input and those behind a switch or a select are not seen. */
const FIELD =
  ':is(input:not([type="hidden"], [type="file"], [type="checkbox"], [type="radio"]), textarea, [role="combobox"]):not(:disabled, [aria-hidden="true"])';

/**
 * A dialog with a form begins in its first field. Not under a finger: the keyboard would cover what the dialog says, so
 * there the dialog itself is read first. Nothing scrolls: the title stays in sight. A field with `autoFocus` would scroll
 * its dialog before this is asked.
 */
function beginInField(event: Event): void {
  const dialog = event.currentTarget as HTMLElement;
  const field = dialog.querySelector<HTMLElement>(FIELD);
  if (!field) return;
  event.preventDefault();
  (window.matchMedia("(pointer: coarse)").matches ? dialog : field).focus({ preventScroll: true });
}

/** Centred on a screen, standing on the bottom edge of a phone where thumbs reach it. */
export function DialogContent({
  title,
  description,
  footer,
  size = "medium",
  closeLabel = "Close",
  onCloseAutoFocus,
  className,
  children,
}: DialogContentProps) {
  const focusBack = useFocusBack();
  return (
    <Portal>
      <Overlay className="fixed inset-0 z-50 grid grid-cols-1 place-items-end overflow-y-auto bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in sm:place-items-center sm:p-6">
        <Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            focusBack.onOpenAutoFocus();
            beginInField(event);
          }}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event);
            focusBack.onCloseAutoFocus(event);
          }}
          className={classNames(
            "relative flex w-full flex-col rounded-t-lg bg-raised shadow-float outline-none sm:rounded-lg",
            "data-[state=open]:animate-slide-in-bottom sm:data-[state=closed]:animate-pop-out sm:data-[state=open]:animate-pop-in",
            sizeStyle[size],
            className,
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 grow pt-1">
              <Title className="text-lg font-semibold text-ink">{title}</Title>
              {description && (
                <Description className="mt-1 text-base text-ink-soft">{description}</Description>
              )}
            </div>
            <Close asChild>
              <IconButton label={closeLabel} icon={<X />} tooltip={false} className="-me-2" />
            </Close>
          </header>
          {children && <div className="px-5 pb-5">{children}</div>}
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </footer>
          )}
        </Content>
      </Overlay>
    </Portal>
  );
}
