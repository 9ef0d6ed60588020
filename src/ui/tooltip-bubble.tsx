"use client";

import { Content, Portal, Provider, Root, Trigger } from "radix-ui/tooltip";

import type { OverlayProps } from "./late-overlay";
import { ShortcutKeys } from "./shortcuts";
import type { TooltipProps } from "./tooltip";

/** What a `Tooltip` shows, loaded with the first that somebody points at. */
export function TooltipBubble({
  content,
  shortcut,
  side = "top",
  trigger,
}: Omit<TooltipProps, "children"> & OverlayProps) {
  return (
    <Provider delayDuration={400} skipDelayDuration={300}>
      <Root>
        <Trigger asChild>{trigger}</Trigger>
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
