import { DomainError } from "~/kernel/errors";

/** The browser's session cannot be renewed; signing in again can. */
export const sessionEnded = () =>
  new DomainError("unauthenticated", "auth.session_ended", "Your session has ended. Sign in again.");

/** A refresh token came back after its time: its whole family is ended. */
export const refreshReused = () =>
  new DomainError(
    "unauthenticated",
    "auth.refresh_reused",
    "An old copy of this session was used, so it was ended. Sign in again and look at your devices.",
  );

export const unknownPerson = () =>
  new DomainError(
    "not_found",
    "auth.unknown_person",
    "Nobody here has this address. Demo people are listed on the sign-in page.",
  );

/** Also for a session of somebody else. */
export const deviceNotFound = () =>
  new DomainError(
    "not_found",
    "auth.device_not_found",
    "This device is not among yours. Reload to see which are.",
  );
