/**
 * How a refusal travels: a slice throws a `DomainError` with a public code and public words; every door
 * (tRPC, REST, pages, jobs) turns its kind into its own language through the one table below.
 */

/** What sort of refusal it is. A kind decides statuses and whether a retry can help; the code says which one. */
export type ErrorKind =
  | "invalid" // the input is wrong; the caller must change it
  | "unauthenticated"
  | "forbidden" // known caller, not allowed
  | "not_found" // also for whatever belongs to another tenant
  | "conflict" // true a moment ago, not any more; reload and try again
  | "gone" // was there, will not come back (expired link)
  | "limit" // a quota or a plan stands in the way: HTTP 402
  | "too_many_requests"
  | "too_large" // more bytes than a door takes
  | "method_not_allowed" // the address is right, the verb is not
  | "not_acceptable" // the caller takes no form that there is
  | "unsupported_media" // the body is in a form that is not read
  | "stale" // a condition of the caller's own (If-Match) does not hold
  | "unprocessable" // well formed, and in contradiction to what was said before
  | "unavailable" // another party is down; a retry may help
  | "internal";

type Faces = {
  trpc:
    | "BAD_REQUEST"
    | "UNAUTHORIZED"
    | "FORBIDDEN"
    | "NOT_FOUND"
    | "CONFLICT"
    | "PAYMENT_REQUIRED"
    | "TOO_MANY_REQUESTS"
    | "PAYLOAD_TOO_LARGE"
    | "SERVICE_UNAVAILABLE"
    | "PRECONDITION_FAILED"
    | "METHOD_NOT_SUPPORTED"
    | "UNSUPPORTED_MEDIA_TYPE"
    | "UNPROCESSABLE_CONTENT"
    | "INTERNAL_SERVER_ERROR";
  status: number;
  /** Title of the problem document (RFC 9457). */
  title: string;
  /** Whether the same call may succeed later without a change; jobs retry only these. */
  retry: boolean;
};

export const ERROR_FACES: Record<ErrorKind, Faces> = {
  invalid: { trpc: "BAD_REQUEST", status: 400, title: "The request is not valid", retry: false },
  unauthenticated: { trpc: "UNAUTHORIZED", status: 401, title: "Sign in first", retry: false },
  forbidden: { trpc: "FORBIDDEN", status: 403, title: "Not allowed", retry: false },
  not_found: { trpc: "NOT_FOUND", status: 404, title: "Not found", retry: false },
  conflict: { trpc: "CONFLICT", status: 409, title: "Changed meanwhile", retry: false },
  gone: { trpc: "PRECONDITION_FAILED", status: 410, title: "No longer there", retry: false },
  limit: { trpc: "PAYMENT_REQUIRED", status: 402, title: "A limit is reached", retry: false },
  too_many_requests: { trpc: "TOO_MANY_REQUESTS", status: 429, title: "Too many requests", retry: true },
  too_large: { trpc: "PAYLOAD_TOO_LARGE", status: 413, title: "Too large", retry: false },
  method_not_allowed: {
    trpc: "METHOD_NOT_SUPPORTED",
    status: 405,
    title: "This method is not for this address",
    retry: false,
  },
  not_acceptable: { trpc: "BAD_REQUEST", status: 406, title: "No such form", retry: false },
  unsupported_media: {
    trpc: "UNSUPPORTED_MEDIA_TYPE",
    status: 415,
    title: "The body is in a form that is not read",
    retry: false,
  },
  stale: { trpc: "PRECONDITION_FAILED", status: 412, title: "A condition does not hold", retry: false },
  unprocessable: {
    trpc: "UNPROCESSABLE_CONTENT",
    status: 422,
    title: "In contradiction to an earlier request",
    retry: false,
  },
  unavailable: { trpc: "SERVICE_UNAVAILABLE", status: 503, title: "Not available right now", retry: true },
  internal: {
    trpc: "INTERNAL_SERVER_ERROR",
    status: 500,
    title: "Something failed on our side",
    retry: true,
  },
};

/** Facts that may be shown to the caller. Never a secret, never another tenant's data. */
export type PublicDetails = Record<string, string | number | boolean | null>;

export type FieldErrors = Record<string, string[]>;

/**
 * A refusal with public words. `code` is `<slice>.<snake_case>` and unique over all slices; `cause` stays on
 * the server (logged, never sent).
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    /** One or two plain sentences: what happened, what is safe, what to do. */
    readonly publicMessage: string,
    readonly details: PublicDetails = {},
    readonly options: { cause?: unknown; fields?: FieldErrors } = {},
  ) {
    super(`${code}: ${publicMessage}`, { cause: options.cause });
  }
  get fields(): FieldErrors | undefined {
    return this.options.fields;
  }
  /** By its name: pages, routes and background work are bundled apart, and each bundle has a class of its own. */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === "DomainError";
  }
}

/** What does not exist for this caller; the same words whether it never was or belongs to another tenant. */
export const notFound = (noun: string) =>
  new DomainError(
    "not_found",
    "kernel.not_found",
    `This ${noun} does not exist, or you have no access to it.`,
  );

export const forbidden = (permission: string) =>
  new DomainError(
    "forbidden",
    "kernel.forbidden",
    "Your role does not allow this. Ask an admin of this organization.",
    {
      permission,
    },
  );

/** A key whose scopes do not reach the permission; `scope` is the one that would, null when none does. */
export const scopeMissing = (permission: string, scope: string | null) =>
  new DomainError(
    "forbidden",
    "kernel.scope_missing",
    scope
      ? `This API key lacks the scope ${scope}. Make a key that has it.`
      : "This cannot be done with an API key. Sign in and do it there.",
    { permission, scope },
  );

/** A person's own things (account, devices) asked for with a key. */
export const notForKeys = () =>
  new DomainError(
    "forbidden",
    "kernel.not_for_keys",
    "API keys reach an organization's data, not a person's account. Sign in and do it there.",
  );

/** What staff never do in a member's name, and what they opened read-only refuses. */
export const notForStaff = (permission: string) =>
  new DomainError(
    "forbidden",
    "kernel.not_for_staff",
    "Staff who opened this as a member cannot do that. A member of the organization can.",
    { permission },
  );

export const unauthenticated = () =>
  new DomainError(
    "unauthenticated",
    "kernel.unauthenticated",
    "You are not signed in. Sign in and try again.",
  );
