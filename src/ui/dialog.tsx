"use client";

import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title, Trigger } from "radix-ui/dialog";
import type { ReactNode } from "react";

import { classNames } from "./class-names";
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
  /** Where nothing that is still there opened it: prevent what it does by itself, and say where the focus goes. */
  onCloseAutoFocus?: (event: Event) => void;
  className?: string;
  children?: ReactNode;
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
  return (
    <Portal>
      <Overlay className="fixed inset-0 z-50 grid grid-cols-1 place-items-end overflow-y-auto bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in sm:place-items-center sm:p-6">
        <Content
          {...(description ? {} : { "aria-describedby": undefined })}
          {...(onCloseAutoFocus && { onCloseAutoFocus })}
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
