import { DomainError } from "~/kernel/errors";

/** Nothing was changed by any of these. */
export const confirmationMismatch = (wanted: string) =>
  new DomainError(
    "invalid",
    "gdpr.confirmation_mismatch",
    "What you typed is something else. Nothing was changed.",
    {},
    { fields: { confirmation: [`Type “${wanted}” to confirm.`] } },
  );

export const handOverFirst = (organizations: readonly { name: string; isSuspended: boolean }[]) => {
  const names = organizations.map(({ name }) => name).join(", ");
  const ways = organizations.every(({ isSuspended }) => isSuspended)
    ? "Transfer the ownership there to one of them, and try again: that can be done while it is suspended."
    : "Transfer the ownership there to one of them, or delete the organization, and try again.";
  return new DomainError(
    "conflict",
    "gdpr.hand_over_first",
    `You are the only owner of ${names}, where others work. ${ways}`,
  );
};

export const alreadyRequested = () =>
  new DomainError(
    "conflict",
    "gdpr.already_requested",
    "This deletion is requested already. Reload to see when it happens.",
  );

export const nothingToUndo = () =>
  new DomainError(
    "gone",
    "gdpr.nothing_to_undo",
    "There is no deletion to undo: it was undone before, or its time of grace is over.",
  );

export const exportRunning = () =>
  new DomainError(
    "conflict",
    "gdpr.export_running",
    "An export is being written already. Wait until it is ready.",
  );

export const exportGone = () =>
  new DomainError("gone", "gdpr.export_gone", "This file is not there any more. Start a new export.");

/** Of the platform's staff, who take up an erasure that waits for them. */
export const notWaiting = () =>
  new DomainError("conflict", "gdpr.not_waiting", "This erasure does not wait for anybody.");

/** What staff write stays when whom it is about is gone; a name or an address would be what the search finds next. */
export const namesSubject = () =>
  new DomainError(
    "invalid",
    "gdpr.names_subject",
    "What you wrote names whoever is deleted. Nothing was changed.",
    {},
    { fields: { reason: ["Say it without the name or the address: this stays when they are gone."] } },
  );
