import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/** `register`, with the value the form began with: the server draws it too, so that no field stands empty until the page wakes. */
export const registered = <T extends FieldValues, C, O extends FieldValues>(
  form: UseFormReturn<T, C, O>,
  name: Path<T>,
) => ({ ...form.register(name), defaultValue: String(form.getValues(name) ?? "") });
