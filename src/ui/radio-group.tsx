"use client";

import { Indicator, Item, Root } from "radix-ui/radio-group";
import { type ReactNode, type Ref, useId } from "react";

import { ChoiceText } from "./choice-text";
import { classNames } from "./class-names";
import { useFieldControl } from "./field-control";

export interface RadioOption<T extends string = string> {
  value: T;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
}

export interface RadioGroupProps<T extends string = string> {
  options: readonly RadioOption<T>[];
  value?: T;
  defaultValue?: T;
  onValueChange?: (value: T) => void;
  onBlur?: () => void;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  /** `cards` frames each choice: for few, weighty ones. */
  look?: "plain" | "cards";
  /** Needed where no `Field` names the group. */
  "aria-label"?: string;
  ref?: Ref<HTMLDivElement>;
  className?: string;
}

export function RadioGroup<T extends string = string>({
  options,
  onValueChange,
  look = "plain",
  required,
  disabled,
  className,
  "aria-label": ariaLabel,
  ...rest
}: RadioGroupProps<T>) {
  const ownId = useId();
  const control = useFieldControl({ required, disabled });
  return (
    <Root
      {...rest}
      {...control}
      aria-label={ariaLabel}
      aria-labelledby={!ariaLabel && control.id ? `${control.id}-label` : undefined}
      onValueChange={(value) => onValueChange?.(value as T)}
      className={classNames("flex flex-col gap-2", className)}
    >
      {options.map((option) => {
        const itemId = `${ownId}-${option.value}`;
        return (
          <div
            key={option.value}
            className={classNames(
              "relative flex items-start gap-2.5 pointer-coarse:py-2",
              look === "cards" &&
                "rounded-lg border border-line bg-surface p-3 transition-colors hover:border-line-strong has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent/6",
            )}
          >
            <span className="flex h-5 items-center">
              <Item
                id={itemId}
                value={option.value}
                disabled={option.disabled}
                aria-describedby={option.description ? `${itemId}-description` : undefined}
                className={classNames(
                  "relative flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors after:absolute after:-inset-1 hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent dark:bg-sunken",
                  "disabled:cursor-not-allowed disabled:opacity-50",
                  // The whole card is the target.
                  look === "cards" && "static after:inset-0",
                )}
              >
                <Indicator className="size-1.5 rounded-full bg-accent-ink" />
              </Item>
            </span>
            <ChoiceText controlId={itemId} label={option.label} description={option.description} />
          </div>
        );
      })}
    </Root>
  );
}
