/** What HTTP itself lets a REST door refuse, before or beside any rule of a procedure. */
import { DomainError, type FieldErrors } from "~/kernel/errors";

export const noSuchRoute = (path: string) =>
  new DomainError(
    "not_found",
    "rest.no_such_route",
    "There is nothing at this address. /api/v1/openapi.json lists all there is.",
    { path: path.slice(0, 200) },
  );

export const methodNotAllowed = (allowed: string[]) =>
  new DomainError(
    "method_not_allowed",
    "rest.method_not_allowed",
    `This address answers ${allowed.join(", ")} only.`,
    { allow: allowed.join(", ") },
  );

export const notAcceptable = () =>
  new DomainError(
    "not_acceptable",
    "rest.not_acceptable",
    "Answers are JSON. Send Accept: application/json, or leave it out.",
  );

export const notJson = (accepted: string) =>
  new DomainError(
    "unsupported_media",
    "rest.not_json",
    `Send the body as ${accepted}, not compressed, in UTF-8.`,
    { accept: accepted },
  );

export const malformedJson = () =>
  new DomainError("invalid", "rest.malformed_json", "The body is not JSON. Nothing was changed.");

export const tooDeep = (levels: number) =>
  new DomainError("invalid", "rest.too_deep", `The body nests deeper than ${levels} levels.`, { levels });

export const notAnObject = () =>
  new DomainError("invalid", "rest.not_an_object", "The body must be a JSON object: { … }.");

export const fieldsRefused = (fields: FieldErrors) =>
  new DomainError("invalid", "kernel.invalid_input", "Some fields need another look.", {}, { fields });

export const stale = () =>
  new DomainError(
    "stale",
    "rest.stale",
    "The record is not the version that If-Match names. Nothing was changed. Get it, and make your change again.",
  );

export const keyReused = () =>
  new DomainError(
    "unprocessable",
    "rest.idempotency_key_reused",
    "This Idempotency-Key came with another request before. Nothing was changed. Take a new key for a new request.",
  );

export const keyInFlight = () =>
  new DomainError(
    "conflict",
    "rest.idempotency_in_flight",
    "The first request with this Idempotency-Key is still under way. Send it again in a moment.",
    { retryAfterSeconds: 1 },
  );

/** The work was committed, and the process died before its answer was kept. */
export const outcomeUnknown = () =>
  new DomainError(
    "conflict",
    "rest.outcome_unknown",
    "An earlier request with this Idempotency-Key did its work, but its answer was lost. It is not done twice. Look at the record to see what it became.",
  );

export const originRefused = (origin: string) =>
  new DomainError(
    "forbidden",
    "rest.origin_refused",
    "Pages of this origin may not call the API for this organization. An admin can allow it in the settings.",
    { origin: origin.slice(0, 200) },
  );
