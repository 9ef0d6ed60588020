"use client";

import { Content, Portal, Root, Trigger } from "radix-ui/popover";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

export const Popover = Root;

/** Takes its looks from its only child, a button. */
export function PopoverTrigger({ children }: { children: ReactNode }) {
  return <Trigger asChild>{children}</Trigger>;
}

export interface PopoverContentProps {
  /** Names it for screen readers. */
  label: string;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

/** A small panel beside what opened it; on phones as wide as the screen. */
export function PopoverContent({ label, align = "end", className, children }: PopoverContentProps) {
  return (
    <Portal>
      <Content
        aria-label={label}
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={classNames(
          "z-50 flex max-h-(--radix-popover-content-available-height) w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none sm:w-96",
          "data-[state=closed]:animate-fade-out data-[state=open]:animate-pop-in",
          className,
        )}
      >
        {children}
      </Content>
    </Portal>
  );
}
