"use client";

import type { ComponentProps, ReactNode } from "react";

import { buttonStyle } from "./button";
import { classNames } from "./class-names";
import { ariaKeys } from "./shortcut-keys";
import { ShortcutHint } from "./shortcuts";
import { Spinner } from "./spinner";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "aria-label" | "children"> {
  /** The name for people who cannot see the icon, and the tooltip for those who can. */
  label: string;
  icon: ReactNode;
  variant?: "primary" | "secondary" | "ghost" | "danger";
  size?: "small" | "medium";
  /** The key that presses it, drawn in the tooltip. */
  shortcut?: string;
  loading?: boolean;
  /** Off inside menus and where the label is on screen already. */
  tooltip?: boolean;
}

export function IconButton({
  label,
  icon,
  variant = "ghost",
  size = "medium",
  shortcut,
  loading = false,
  tooltip = true,
  className,
  type = "button",
  onClick,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      type={type}
      aria-label={label}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
      onClick={loading ? undefined : onClick}
      className={classNames(
        buttonStyle({ variant }),
        "px-0",
        size === "small" ? "size-7 pointer-coarse:size-control" : "size-control",
        className,
      )}
      {...rest}
    >
      {loading ? <Spinner /> : icon}
      {shortcut && <ShortcutHint keys={shortcut} quiet />}
    </button>
  );
  return tooltip ? (
    <Tooltip content={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  ) : (
    button
  );
}
