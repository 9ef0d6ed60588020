"use client";

import { Root, Thumb } from "radix-ui/switch";
import { type ReactNode, type Ref, useId } from "react";

import { ChoiceText } from "./choice-text";
import { classNames } from "./class-names";
import { useFieldControl } from "./field-control";

export interface SwitchProps {
  /** On screen before the switch, which then stands at the end of the row. Without it, give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  onBlur?: () => void;
  name?: string;
  id?: string;
  disabled?: boolean;
  "aria-label"?: string;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
}

/** For what takes effect at once. What waits for "Save" is a checkbox. */
export function Switch({ label, description, id, disabled, className, ...rest }: SwitchProps) {
  const ownId = useId();
  const control = useFieldControl({ id, disabled });
  const controlId = control.id ?? ownId;
  const toggle = (
    <Root
      {...rest}
      {...control}
      id={controlId}
      aria-describedby={description ? `${controlId}-description` : control["aria-describedby"]}
      className={classNames(
        "relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken transition-colors",
        "after:absolute after:-inset-1 pointer-coarse:after:-inset-3",
        "hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        "disabled:cursor-not-allowed disabled:opacity-50",
        !label && className,
      )}
    >
      <Thumb className="ms-0.5 block size-3.5 rounded-full bg-ink-faint transition-[translate,background-color] data-[state=checked]:translate-x-[calc(var(--inline)*1rem)] data-[state=checked]:bg-accent-ink" />
    </Root>
  );
  if (!label) return toggle;
  return (
    <div className={classNames("flex items-start justify-between gap-4", className)}>
      <ChoiceText controlId={controlId} label={label} description={description} />
      {toggle}
    </div>
  );
}
