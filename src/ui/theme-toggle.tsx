"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "./dropdown-menu";
import { IconButton } from "./icon-button";

const never = (): (() => void) => () => undefined;

export interface ThemeToggleProps {
  label?: string;
  words?: { light: string; dark: string; system: string };
}

export function ThemeToggle({
  label = "Theme",
  words = { light: "Light", dark: "Dark", system: "Same as system" },
}: ThemeToggleProps) {
  const { theme, setTheme } = useTheme();
  // The server cannot know the choice; until the browser has taken over, none is shown.
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>
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
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuRadioGroup value={known ? (theme ?? "system") : ""} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">
            <Sun aria-hidden />
            {words.light}
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon aria-hidden />
            {words.dark}
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">
            <Monitor aria-hidden />
            {words.system}
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
