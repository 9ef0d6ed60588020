import { cva, type VariantProps } from "class-variance-authority";
import { Slot, Slottable } from "radix-ui/slot";
import type { ComponentProps, ReactNode } from "react";

import { classNames } from "./class-names";
import { ariaKeys } from "./shortcut-keys";
import { ShortcutHint } from "./shortcuts";
import { Spinner } from "./spinner";

export const buttonStyle = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none",
    "transition-colors aria-disabled:cursor-default",
    "disabled:pointer-events-none disabled:opacity-50",
    "[&_svg]:size-4 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary:
          "border-transparent bg-accent text-accent-ink hover:bg-[color-mix(in_oklab,var(--accent)_88%,var(--ink))]",
        secondary:
          "border-line bg-surface text-ink hover:border-line-strong/60 hover:bg-sunken dark:bg-raised dark:hover:bg-[color-mix(in_oklab,var(--raised)_94%,var(--ink))]",
        ghost: "border-transparent text-ink-soft hover:bg-ink/6 hover:text-ink",
        danger:
          "border-transparent bg-negative text-canvas hover:bg-[color-mix(in_oklab,var(--negative)_88%,var(--ink))] dark:border-negative/40 dark:bg-negative/12 dark:text-negative dark:hover:bg-negative/20",
      },
      size: {
        small: "h-7 px-2 text-xs pointer-coarse:h-control pointer-coarse:px-3 pointer-coarse:text-sm",
        medium: "h-control px-3 text-sm",
        large: "h-10 px-4 text-base pointer-coarse:h-control",
      },
    },
    defaultVariants: { variant: "secondary", size: "medium" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Shows a spinner and ignores presses; the button keeps its width and the focus. */
  loading?: boolean;
  /** An icon before the label. */
  icon?: ReactNode;
  /** The key that presses it, drawn after the label: "C", "G C", "mod+K". */
  shortcut?: string;
  /** Gives the looks to the only child, for example a link. */
  asChild?: boolean;
}

export function Button({
  variant,
  size,
  loading = false,
  icon,
  shortcut,
  asChild = false,
  className,
  type = "button",
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const Root = asChild ? Slot : "button";
  return (
    <Root
      // A disabled button would drop the focus, so a busy one stays enabled and does nothing.
      {...(asChild ? {} : { type: loading ? "button" : type })}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
      onClick={loading ? undefined : onClick}
      className={classNames(buttonStyle({ variant, size }), className)}
      {...rest}
    >
      {loading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      {icon && <span className={classNames("contents", loading && "[&>svg]:invisible")}>{icon}</span>}
      {asChild ? (
        <Slottable>{children}</Slottable>
      ) : (
        <span className={classNames("truncate", loading && "opacity-0")}>{children}</span>
      )}
      {shortcut && <ShortcutHint keys={shortcut} className={classNames("-me-1", loading && "invisible")} />}
    </Root>
  );
}
