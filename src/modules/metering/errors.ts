import { DomainError } from "~/kernel/errors";

export const correctsTooMuch = () =>
  new DomainError(
    "invalid",
    "metering.corrects_too_much",
    "A correction can take away at most what the entry and its earlier corrections add up to.",
  );

/** Something else lies under the name of an export. It is left as it is: nobody overwrites a record. */
export const exportDiffers = (key: string) =>
  new DomainError("internal", "metering.export_differs", "The ledger's export differs from the ledger.", {
    key,
  });

export const exportNotLocked = (key: string) =>
  new DomainError(
    "internal",
    "metering.export_not_locked",
    "The store took the ledger's export without locking it. Give LEDGER_BUCKET Object Lock, or set LEDGER_OBJECT_LOCK=OFF.",
    { key },
  );
