/** What saved views refuse, in public words. */
import { DomainError } from "~/kernel/errors";

const NAME_TAKEN = "There is a view of this name already. Choose another one.";
export const nameTaken = () =>
  new DomainError("conflict", "views.name_taken", NAME_TAKEN, {}, { fields: { name: [NAME_TAKEN] } });

export const tooMany = () =>
  new DomainError(
    "conflict",
    "views.too_many",
    "This list has 50 views already. Delete one that nobody needs, then save again.",
  );
