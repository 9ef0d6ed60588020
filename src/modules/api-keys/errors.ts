import { DomainError } from "~/kernel/errors";

/** Also for a key of another organization. */
export const keyNotFound = () =>
  new DomainError(
    "not_found",
    "api_keys.not_found",
    "This key is not among those of this organization. Reload to see which are.",
  );

export const keyEnded = () =>
  new DomainError(
    "conflict",
    "api_keys.ended",
    "This key lets nobody in any more, so there is nothing to change. Reload to see why.",
  );

export const tooManyKeys = (most: number) =>
  new DomainError(
    "conflict",
    "api_keys.too_many",
    `An organization has at most ${most} living keys. Revoke one that is not used any more.`,
    { most },
  );

export const expiryPassed = () =>
  new DomainError(
    "invalid",
    "api_keys.expiry_passed",
    "This day is over.",
    {},
    { fields: { expiresAt: ["Choose a day to come."] } },
  );

/** Whatever is wrong with a key at the token endpoint; the one answer for all of it. */
export const unknownClient = () =>
  new DomainError("unauthenticated", "api_keys.unknown_client", "This API key opens nothing here.");

export const invalidScope = () =>
  new DomainError(
    "invalid",
    "api_keys.invalid_scope",
    "The key lacks one of these scopes. Ask for fewer, or leave scope out for all it has.",
  );

export const invalidGrant = (cause: unknown) =>
  new DomainError(
    "unauthenticated",
    "api_keys.invalid_grant",
    "This refresh token is over. Exchange the API key for new tokens.",
    {},
    { cause },
  );
