"use client";

import { X } from "lucide-react";
import { Close, Content, Description, Overlay, Portal, Root, Title, Trigger } from "radix-ui/dialog";
import { createContext, type ReactNode, use } from "react";

import { classNames } from "./class-names";
import { useFocusBack } from "./focus-back";
import { IconButton } from "./icon-button";

const PeekContext = createContext(false);

export interface SheetProps {
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The page behind stays alive: no scrim, no focus trap, a click outside doesn't close. */
  peek?: boolean;
  children: ReactNode;
}

export function Sheet({ peek = false, children, ...rest }: SheetProps) {
  return (
    <PeekContext value={peek}>
      <Root modal={!peek} {...rest}>
        {children}
      </Root>
    </PeekContext>
  );
}

/** Takes its looks from its only child. */
export function SheetTrigger({ children }: { children: ReactNode }) {
  return <Trigger asChild>{children}</Trigger>;
}

/** Closes the sheet when its only child, a button, is pressed. */
export function SheetClose({ children }: { children: ReactNode }) {
  return <Close asChild>{children}</Close>;
}

const sideStyle = {
  end: [
    "inset-x-0 bottom-0 max-h-[88dvh] rounded-t-lg data-[state=closed]:animate-slide-out-bottom data-[state=open]:animate-slide-in-bottom",
    "sm:inset-x-auto sm:inset-y-0 sm:end-0 sm:max-h-none sm:rounded-none sm:border-s sm:data-[state=closed]:animate-slide-out-end sm:data-[state=open]:animate-slide-in-end",
  ],
  // Navigation, mostly: it stays where the sidebar would be.
  start: [
    "inset-y-0 start-0 w-72 border-e data-[state=closed]:animate-slide-out-start data-[state=open]:animate-slide-in-start",
  ],
} as const;

const sizeStyle = { small: "sm:w-72", medium: "sm:w-md", large: "sm:w-2xl" } as const;

/** The focus stays where it was, and whoever opened it knows where it goes. */
const stay = (event: Event) => event.preventDefault();
const besideThePage = { onInteractOutside: stay, onOpenAutoFocus: stay };

export interface SheetContentProps {
  title: ReactNode;
  description?: ReactNode;
  side?: keyof typeof sideStyle;
  size?: keyof typeof sizeStyle;
  /** Beside the close button: previous, next, more. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** Where the content has a heading of its own: the title is only read, and the content leaves the upper corner to the close button. */
  bare?: boolean;
  closeLabel?: string;
  className?: string;
  children: ReactNode;
}

/** A panel at the side of the screen; on phones, one at the end becomes a drawer from the bottom. */
export function SheetContent({
  title,
  description,
  side = "end",
  size = "medium",
  actions,
  footer,
  bare = false,
  closeLabel = "Close",
  className,
  children,
}: SheetContentProps) {
  const peek = use(PeekContext);
  const focusBack = useFocusBack();
  return (
    <Portal>
      {!peek && (
        <Overlay className="fixed inset-0 z-50 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
      )}
      <Content
        data-peek={peek ? "" : undefined}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...(peek ? besideThePage : focusBack)}
        className={classNames(
          "fixed z-50 flex flex-col border-line bg-raised shadow-float outline-none",
          side === "end" && "sm:max-w-[calc(100vw-3rem)]",
          sideStyle[side],
          sizeStyle[size],
          className,
        )}
      >
        <header
          className={classNames(
            "flex shrink-0 items-start gap-2",
            bare ? "absolute end-3 top-3 z-10" : "min-h-13 border-b border-line py-2.5 ps-5 pe-3",
          )}
        >
          <div className={bare ? "sr-only" : "min-w-0 grow py-1"}>
            <Title className="truncate text-base font-semibold text-ink">{title}</Title>
            {description && <Description className="text-sm text-ink-soft">{description}</Description>}
          </div>
          {actions}
          <Close asChild>
            <IconButton label={closeLabel} icon={<X />} tooltip={false} />
          </Close>
        </header>
        <div className={classNames("min-h-0 grow overflow-y-auto overscroll-contain", !bare && "p-5")}>
          {children}
        </div>
        {footer && (
          <footer className="flex shrink-0 flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
            {footer}
          </footer>
        )}
      </Content>
    </Portal>
  );
}
