"use client";

import type { ReactElement, ReactNode } from "react";

import { LateOverlay } from "./late-overlay";

export interface TooltipProps {
  content: ReactNode;
  shortcut?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** One element; it must be able to take a ref. */
  children: ReactElement;
}

const bubble = () => import("./tooltip-bubble").then((room) => room.TooltipBubble);

/** A hint, never the only place where something is said: touch screens don't hover. */
export function Tooltip({ children, ...given }: TooltipProps) {
  return (
    <LateOverlay opens="tooltip" load={bubble} given={given}>
      {children}
    </LateOverlay>
  );
}
