/** What no column can hold, found at the doors: the database would refuse it as a failure of ours. */
import type { FieldErrors } from "~/kernel/errors";

/** Text that no column can hold: NUL, and half of a surrogate pair. By path on the wire. */
export function unstorable(
  value: unknown,
  path = "",
  errors: FieldErrors = Object.create(null) as FieldErrors,
): FieldErrors {
  if (typeof value === "string") {
    if (value.includes("\u0000") || !value.isWellFormed())
      errors[path] = ["Remove the characters that cannot be stored (NUL or half of a pair)."];
  } else if (typeof value === "object" && value !== null) {
    for (const [name, one] of Object.entries(value)) {
      // A key is text like any other; what is wrong with it is told at its parent, as it cannot be named.
      unstorable(name, path, errors);
      unstorable(one, path === "" ? name : `${path}.${name}`, errors);
    }
  }
  return errors;
}
