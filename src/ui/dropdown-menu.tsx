"use client";

import { Check } from "lucide-react";
import {
  CheckboxItem,
  Content,
  Item,
  ItemIndicator,
  Label,
  Portal,
  RadioGroup,
  RadioItem,
  Root,
  Separator,
  Trigger,
} from "radix-ui/dropdown-menu";
import type { ComponentProps, ReactNode } from "react";

import { classNames } from "./class-names";
import { ShortcutKeys } from "./shortcuts";

const itemStyle =
  "relative flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-base text-ink outline-none select-none data-disabled:text-ink-faint data-highlighted:bg-ink/6 pointer-coarse:min-h-control [&_svg]:size-4 [&_svg]:shrink-0";

/** Leaves the page behind alive: locking it would make it jump by the width of its scrollbar. */
export function DropdownMenu({ modal = false, ...rest }: ComponentProps<typeof Root>) {
  return <Root modal={modal} {...rest} />;
}

/** Takes its looks from its only child: `<DropdownMenuTrigger><Button>…</Button></DropdownMenuTrigger>`. */
export function DropdownMenuTrigger({ children }: { children: ReactNode }) {
  return <Trigger asChild>{children}</Trigger>;
}

export function DropdownMenuContent({
  className,
  align = "end",
  sideOffset = 4,
  ...rest
}: ComponentProps<typeof Content>) {
  return (
    <Portal>
      <Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={classNames(
          "z-60 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 origin-(--radix-dropdown-menu-content-transform-origin) overflow-y-auto rounded-lg bg-raised p-1 shadow-float",
          "data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in",
          className,
        )}
        {...rest}
      />
    </Portal>
  );
}

export interface DropdownMenuItemProps extends ComponentProps<typeof Item> {
  icon?: ReactNode;
  shortcut?: string;
  /** For what takes something away. */
  danger?: boolean;
}

/** With `asChild` the only child, for example a link, becomes the item; it then brings its own icon. */
export function DropdownMenuItem({
  icon,
  shortcut,
  danger = false,
  asChild,
  className,
  children,
  ...rest
}: DropdownMenuItemProps) {
  const style = classNames(
    itemStyle,
    danger ? "text-negative data-highlighted:bg-negative/10" : "[&>svg]:text-ink-soft",
    className,
  );
  if (asChild) {
    return (
      <Item asChild className={style} {...rest}>
        {children}
      </Item>
    );
  }
  return (
    <Item className={style} {...rest}>
      {icon}
      <span className="grow truncate">{children}</span>
      {shortcut && <ShortcutKeys keys={shortcut} className="ms-4" />}
    </Item>
  );
}

export function DropdownMenuCheckboxItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof CheckboxItem>) {
  return (
    <CheckboxItem className={classNames(itemStyle, "ps-8", className)} {...rest}>
      <ItemIndicator className="absolute start-2">
        <Check aria-hidden className="text-accent" />
      </ItemIndicator>
      {children}
    </CheckboxItem>
  );
}

export const DropdownMenuRadioGroup = RadioGroup;

export function DropdownMenuRadioItem({ className, children, ...rest }: ComponentProps<typeof RadioItem>) {
  return (
    <RadioItem className={classNames(itemStyle, "pe-8", className)} {...rest}>
      {children}
      <ItemIndicator className="absolute end-2">
        <Check aria-hidden className="text-accent" />
      </ItemIndicator>
    </RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof Label>) {
  return <Label className={classNames("px-2 pt-2 pb-1 text-xs text-ink-faint", className)} {...rest} />;
}

export function DropdownMenuSeparator() {
  return <Separator className="-mx-1 my-1 h-px bg-line" />;
}
