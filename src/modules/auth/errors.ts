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

/** What is asked for needs a person who has just shown that it is them. */
export const stepUpRequired = () =>
  new DomainError(
    "forbidden",
    "auth.step_up_required",
    "Confirm it is you first: with a passkey, or by a link we mail to you.",
    { confirm_path: "/account/confirm" },
  );

/** The answer of a device that does not fit: a challenge used or too old, a foreign key, another site. */
export const passkeyRefused = (cause?: unknown) =>
  new DomainError(
    "forbidden",
    "auth.passkey_refused",
    "The passkey could not be verified, and nothing was changed. Try again, or use a link by mail.",
    {},
    { cause },
  );

export const passkeyNotFound = () =>
  new DomainError(
    "not_found",
    "auth.passkey_not_found",
    "This passkey is not among yours. Reload to see which are.",
  );

export const passkeyLimit = (most: number) =>
  new DomainError(
    "conflict",
    "auth.passkey_limit",
    `You have ${most} passkeys, which is the most there can be. Remove one first.`,
  );

export const passkeyKnown = () =>
  new DomainError("conflict", "auth.passkey_known", "This passkey is known already. Use another device.");

/** WebAuthn binds passkeys to a name; an address of numbers has none. */
export const passkeysNotOffered = () =>
  new DomainError(
    "unavailable",
    "auth.passkeys_not_offered",
    "Passkeys need a site with a name. Use a link by mail here.",
  );
