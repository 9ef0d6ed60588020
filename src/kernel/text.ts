/** Shapes of text that several slices accept. All trim, and refuse control characters (NUL cannot be stored). */
import { z } from "zod";

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const printable = (value: string) => !CONTROL.test(value);
const CONTROL_WORDS = "Remove the control characters.";

/** One line: no line breaks or tabs either, since such text goes into subjects and file names. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Fill this in.")
    .max(max, `At most ${max} characters.`)
    .refine((value) => printable(value) && !/[\t\n\r\u0085\u2028\u2029]/.test(value), CONTROL_WORDS);

export const optionalText = (max: number) =>
  z.string().trim().max(max, `At most ${max} characters.`).refine(printable, CONTROL_WORDS);

/** A mail address in the form it is compared and stored in: trimmed, lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("Write a mail address like name@example.com."));

/** A URL name of an organization: 3 to 40 of a-z, 0-9 and single hyphens. */
export const Slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(3, "At least 3 characters.")
  .max(40, "At most 40 characters.")
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use letters a-z, digits and single hyphens between them.");
