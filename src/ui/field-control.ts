"use client";

import { createContext, use } from "react";

/** What a field tells the control inside it. */
export interface FieldControl {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
  disabled: boolean;
}

export const FieldControlContext = createContext<FieldControl | null>(null);

interface ControlProps {
  id?: string | undefined;
  disabled?: boolean | undefined;
  required?: boolean | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" | undefined;
}

/** The control's own props win over what the field around it says. */
export function useFieldControl(own: ControlProps): ControlProps {
  const field = use(FieldControlContext);
  if (!field) return own;
  return {
    id: own.id ?? field.id,
    disabled: own.disabled ?? (field.disabled || undefined),
    required: own.required ?? (field.required || undefined),
    "aria-describedby": own["aria-describedby"] ?? field.describedBy,
    "aria-invalid": own["aria-invalid"] ?? (field.invalid || undefined),
  };
}
