"use client";

import type { ComponentProps, ReactNode } from "react";

import { classNames } from "./class-names";
import { textControlStyle } from "./control-style";
import { useEarlyTyping } from "./early-typing";
import { useFieldControl } from "./field-control";

export interface InputProps extends ComponentProps<"input"> {
  /** Something small before the text: an icon, a currency. */
  leading?: ReactNode;
  /** Something small after the text: a unit, a clear button. */
  trailing?: ReactNode;
}

export function Input({ leading, trailing, className, ref, ...rest }: InputProps) {
  const control = useFieldControl(rest);
  const heard = useEarlyTyping(ref);
  const input = (
    <input
      {...rest}
      {...control}
      ref={heard}
      className={classNames(
        textControlStyle,
        "h-control px-2.5",
        leading && "ps-8",
        trailing && "pe-9",
        !leading && !trailing && className,
      )}
    />
  );
  if (!leading && !trailing) return input;
  return (
    <span className={classNames("relative flex w-full items-center", className)}>
      {leading && (
        <span className="pointer-events-none absolute start-2.5 flex text-ink-faint [&_svg]:size-4">
          {leading}
        </span>
      )}
      {input}
      {trailing && (
        <span className="absolute end-2 flex items-center text-sm text-ink-faint [&_svg]:size-4">
          {trailing}
        </span>
      )}
    </span>
  );
}
