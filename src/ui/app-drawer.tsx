"use client";

import { Menu } from "lucide-react";
import type { ReactNode } from "react";

import { IconButton } from "./icon-button";
import { LateOverlay } from "./late-overlay";

export interface AppDrawerProps {
  label: string;
  children: ReactNode;
}

const sheet = () => import("./app-drawer-sheet").then((room) => room.AppDrawerSheet);

/** The sidebar's content on screens too narrow for a sidebar. */
export function AppDrawer({ label, children }: AppDrawerProps) {
  return (
    <LateOverlay opens="dialog" load={sheet} given={{ label, children }}>
      <IconButton label={label} icon={<Menu />} tooltip={false} className="-ms-1 lg:hidden" />
    </LateOverlay>
  );
}
