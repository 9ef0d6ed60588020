/** What exports refuse, in public words. */
import { DomainError } from "~/kernel/errors";

export const filtersInvalid = () =>
  new DomainError(
    "invalid",
    "exports.filters_invalid",
    "The list does not know these filters. Reload the page and export again.",
  );

export const notFinished = () =>
  new DomainError(
    "conflict",
    "exports.not_finished",
    "The file is not finished yet. Its job says how far it is.",
  );

export const beginAnew = () =>
  new DomainError(
    "gone",
    "exports.begin_anew",
    "This file was finished by an earlier job. Export the list again from its page for a new one.",
  );

export const expired = () =>
  new DomainError(
    "gone",
    "exports.expired",
    "The file was kept for 7 days and is gone. Export the list again.",
  );
