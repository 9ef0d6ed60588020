"use client";

import type { ComponentProps } from "react";

import { classNames } from "./class-names";
import { textControlStyle } from "./control-style";
import { useEarlyTyping } from "./early-typing";
import { useFieldControl } from "./field-control";

/** Grows with its text up to `max-h-80`, where browsers know how. */
export function Textarea({ className, rows = 4, ref, ...rest }: ComponentProps<"textarea">) {
  const control = useFieldControl(rest);
  const heard = useEarlyTyping(ref);
  return (
    <textarea
      {...rest}
      {...control}
      ref={heard}
      rows={rows}
      className={classNames(
        textControlStyle,
        "field-sizing-content max-h-80 min-h-20 px-2.5 py-1.5",
        className,
      )}
    />
  );
}
