"use client";

import { Check, Minus } from "lucide-react";
import { Indicator, Root } from "radix-ui/checkbox";
import { type ReactNode, type Ref, useId } from "react";

import { ChoiceText } from "./choice-text";
import { classNames } from "./class-names";
import { useFieldControl } from "./field-control";

export interface CheckboxProps {
  /** On screen beside the box. Without it, give `aria-label`. */
  label?: ReactNode;
  description?: ReactNode;
  checked?: boolean | "indeterminate";
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  onBlur?: () => void;
  name?: string;
  value?: string;
  id?: string;
  required?: boolean;
  disabled?: boolean;
  "aria-label"?: string;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
}

export function Checkbox({
  label,
  description,
  onCheckedChange,
  id,
  className,
  required,
  disabled,
  ...rest
}: CheckboxProps) {
  const ownId = useId();
  const control = useFieldControl({ id, required, disabled });
  const controlId = control.id ?? ownId;
  const box = (
    <Root
      {...rest}
      {...control}
      id={controlId}
      aria-describedby={description ? `${controlId}-description` : control["aria-describedby"]}
      onCheckedChange={(checked) => onCheckedChange?.(checked === true)}
      className={classNames(
        // 6 px corners would make a box this small look like a radio button.
        "relative flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-line-strong bg-surface text-accent-ink transition-colors dark:bg-sunken",
        // The box is 16 px, what the finger may hit is 24 or more.
        "after:absolute after:-inset-1 pointer-coarse:after:-inset-3.5",
        "hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-negative",
        !label && className,
      )}
    >
      <Indicator className="group">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Indicator>
    </Root>
  );
  if (!label) return box;
  return (
    <div className={classNames("flex items-start gap-2.5 pointer-coarse:py-2", className)}>
      <span className="flex h-5 items-center">{box}</span>
      <ChoiceText controlId={controlId} label={label} description={description} />
    </div>
  );
}
