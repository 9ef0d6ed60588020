"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId, useMemo } from "react";

import { classNames } from "./class-names";
import { type FieldControl, FieldControlContext } from "./field-control";
import { Label } from "./label";

export interface FieldProps {
  label: ReactNode;
  /** Below the control: what to enter, in which unit. */
  help?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: ReactNode;
  /** Given when an error summary links here; made up otherwise. */
  id?: string;
  required?: boolean;
  /** Said after the label of a field that may stay empty, for example "optional". */
  optionalText?: string;
  disabled?: boolean;
  className?: string;
  /** One control of this folder: it takes its id, description and state from the field. */
  children: ReactNode;
}

export function Field({
  label,
  help,
  error,
  id,
  required = false,
  optionalText,
  disabled = false,
  className,
  children,
}: FieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const helpId = help ? `${controlId}-help` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  const describedBy = [errorId, helpId].filter(Boolean).join(" ") || undefined;
  const control = useMemo<FieldControl>(
    () => ({ id: controlId, describedBy, invalid: Boolean(error), required, disabled }),
    [controlId, describedBy, error, required, disabled],
  );

  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <Label htmlFor={controlId} id={`${controlId}-label`}>
          {label}
        </Label>
        {optionalText && <span className="text-xs text-ink-faint">{optionalText}</span>}
      </div>
      <FieldControlContext value={control}>{children}</FieldControlContext>
      {error && (
        <p id={errorId} className="flex gap-1.5 text-sm text-negative">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {help && (
        <p id={helpId} className="text-sm text-ink-soft">
          {help}
        </p>
      )}
    </div>
  );
}
