/** Puts what the server refused where the person typed it. */
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { refusalOf } from "~/trpc/client";

export type Refused = {
  /** Words for the whole form; null when a field of it has them. */
  message: string | null;
  /** The record that stands in the way. */
  existing: { id: string; name: string } | null;
};

/** Sets the field errors of a refused call on the form's own fields. */
export function showRefusal<T extends FieldValues, C, O extends FieldValues>(
  form: UseFormReturn<T, C, O>,
  error: unknown,
  fields: readonly Path<T>[],
): Refused {
  const refusal = refusalOf(error);
  const named = fields.filter((field) => refusal.fields[field]?.length);
  for (const [index, field] of named.entries()) {
    const message = refusal.fields[field]!.join(" ");
    form.setError(field, { type: "server", message }, { shouldFocus: index === 0 });
  }
  const { existingId, existingName } = refusal.details;
  return {
    message: named.length > 0 ? null : refusal.message,
    existing:
      typeof existingId === "string" && typeof existingName === "string"
        ? { id: existingId, name: existingName }
        : null,
  };
}
