/** Puts what the server refused where the person typed it. */
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { refusalOf } from "~/trpc/client";

/**
 * Sets the field errors of a refused call on the form's own fields.
 * @returns words for the whole form when no field of it is named, else null.
 */
export function showRefusal<T extends FieldValues, C, O extends FieldValues>(
  form: UseFormReturn<T, C, O>,
  error: unknown,
  fields: readonly Path<T>[],
): string | null {
  const refusal = refusalOf(error);
  const named = fields.filter((field) => refusal.fields[field]?.length);
  named.forEach((field, index) =>
    form.setError(
      field,
      { type: "server", message: refusal.fields[field]!.join(" ") },
      { shouldFocus: index === 0 },
    ),
  );
  return named.length > 0 ? null : refusal.message;
}
