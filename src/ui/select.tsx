"use client";

import { Check, ChevronDown } from "lucide-react";
import {
  Content,
  Group,
  Icon,
  Item,
  ItemIndicator,
  ItemText,
  Label,
  Portal,
  Root,
  Trigger,
  Value,
  Viewport,
} from "radix-ui/select";
import { type ReactNode, type Ref, useState } from "react";

import { classNames } from "./class-names";
import { controlStyle } from "./control-style";
import { useFieldControl } from "./field-control";

export interface SelectOption<T extends string = string> {
  /** Never empty: the empty string means "nothing chosen". */
  value: T;
  label: string;
  description?: string;
  icon?: ReactNode;
  disabled?: boolean;
}

export interface SelectGroup<T extends string = string> {
  label: string;
  options: readonly SelectOption<T>[];
}

export interface SelectProps<T extends string = string> {
  options: readonly (SelectOption<T> | SelectGroup<T>)[];
  value?: T | "";
  defaultValue?: T;
  onValueChange?: (value: T) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** Posts the value with a plain form. */
  name?: string;
  id?: string;
  required?: boolean;
  disabled?: boolean;
  size?: "small" | "medium";
  /** Needed where no `Field` names the control. */
  "aria-label"?: string;
  ref?: Ref<HTMLButtonElement>;
  className?: string;
}

export function Select<T extends string = string>({
  options,
  value,
  defaultValue,
  onValueChange,
  onBlur,
  placeholder,
  name,
  id,
  required,
  disabled,
  size = "medium",
  "aria-label": ariaLabel,
  ref,
  className,
}: SelectProps<T>) {
  const control = useFieldControl({ id, required, disabled });
  const [isOpen, setOpen] = useState(false);
  // Closed, the options would be drawn all the same, to find the words of the chosen one: 250 countries with every
  // change of a filter beside them. We know those words; only a form that posts by itself needs the options.
  const isControlled = value !== undefined && name === undefined;
  const chosen = isControlled ? labelOf(options, value) : undefined;
  return (
    <Root
      open={isOpen}
      onOpenChange={setOpen}
      {...(value === undefined ? {} : { value })}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      onValueChange={(next) => onValueChange?.(next as T)}
      name={name}
      // A browser asks the hidden list, which has no options while it is closed: whoever keeps the value answers for it.
      required={control.required && !isControlled}
      disabled={control.disabled}
    >
      <Trigger
        ref={ref}
        id={control.id}
        aria-label={ariaLabel}
        aria-describedby={control["aria-describedby"]}
        aria-invalid={control["aria-invalid"]}
        aria-required={control.required}
        onBlur={onBlur}
        className={classNames(
          controlStyle,
          "flex items-center justify-between gap-2 ps-2.5 pe-2 text-start data-placeholder:text-ink-faint",
          size === "small" ? "h-7 text-sm pointer-coarse:h-control" : "h-control",
          className,
        )}
      >
        <span className="truncate">
          {isControlled ? (
            <Value placeholder={placeholder}>{chosen ?? value}</Value>
          ) : (
            <Value placeholder={placeholder} />
          )}
        </span>
        <Icon asChild>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </Icon>
      </Trigger>
      {(isOpen || !isControlled) && (
        <Portal>
          <Content
            position="popper"
            sideOffset={4}
            collisionPadding={8}
            className="z-60 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) origin-(--radix-select-content-transform-origin) overflow-hidden rounded-lg bg-raised text-ink shadow-float data-[state=open]:animate-pop-in"
          >
            <Viewport className="p-1">
              {options.map((entry) =>
                "options" in entry ? (
                  <Group key={entry.label}>
                    <Label className="px-2 pt-2 pb-1 text-xs text-ink-faint">{entry.label}</Label>
                    {entry.options.map((option) => (
                      <Option key={option.value} option={option} />
                    ))}
                  </Group>
                ) : (
                  <Option key={entry.value} option={entry} />
                ),
              )}
            </Viewport>
          </Content>
        </Portal>
      )}
    </Root>
  );
}

const labelOf = (options: SelectProps["options"], value: string): string | undefined =>
  options
    .flatMap((entry) => ("options" in entry ? entry.options : [entry]))
    .find((option) => option.value === value)?.label;

function Option({ option }: { option: SelectOption }) {
  return (
    <Item
      value={option.value}
      disabled={option.disabled}
      className="flex min-h-8 cursor-default items-center gap-2 rounded-md py-1.5 ps-2 pe-2 text-base outline-none select-none data-disabled:text-ink-faint data-highlighted:bg-ink/6 pointer-coarse:min-h-control"
    >
      {option.icon && <span className="text-ink-soft [&_svg]:size-4">{option.icon}</span>}
      <span className="flex min-w-0 grow flex-col">
        <ItemText>{option.label}</ItemText>
        {option.description && <span className="text-xs text-ink-faint">{option.description}</span>}
      </span>
      <ItemIndicator className="ms-auto ps-3">
        <Check aria-hidden className="size-4 text-accent" />
      </ItemIndicator>
    </Item>
  );
}
