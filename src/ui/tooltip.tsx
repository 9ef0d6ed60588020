"use client";

import { Content, Portal, Provider, Root, Trigger } from "radix-ui/tooltip";
import type { ReactElement, ReactNode } from "react";

import { ShortcutKeys } from "./shortcuts";

export interface TooltipProps {
  content: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One element; it must be able to take a ref. */
  children: ReactElement;
}

/** A hint, never the only place where something is said: touch screens don't hover. */
export function Tooltip({ content, shortcut, side = "top", children }: TooltipProps) {
  return (
    <Provider delayDuration={400} skipDelayDuration={300}>
      <Root>
        <Trigger asChild>{children}</Trigger>
        <Portal>
          <Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-canvas data-[state=closed]:animate-fade-out data-[state=delayed-open]:animate-fade-in"
          >
            {content}
            {shortcut && <ShortcutKeys keys={shortcut} />}
          </Content>
        </Portal>
      </Root>
    </Provider>
  );
}
