"use client";

import { Moon, Sun } from "lucide-react";

import { IconButton } from "./icon-button";
import { LateOverlay } from "./late-overlay";

export interface ThemeToggleProps {
  label?: string;
  words?: { light: string; dark: string; system: string };
}

const menu = () => import("./theme-menu").then((room) => room.ThemeMenu);

export function ThemeToggle({
  label = "Theme",
  words = { light: "Light", dark: "Dark", system: "Same as system" },
}: ThemeToggleProps) {
  return (
    <LateOverlay opens="menu" load={menu} given={{ words }}>
      <IconButton
        label={label}
        tooltip={false}
        icon={
          <>
            <Sun className="dark:hidden" />
            <Moon className="hidden dark:block" />
          </>
        }
      />
    </LateOverlay>
  );
}
