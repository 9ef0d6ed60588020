/** Who acts, as the doors have established it. Roles come from the database, never from a token. */
import type { Role } from "./roles";
import { onlyRead, type Scope } from "./scopes";

/** Where a unit of work came from; goes into the log, the audit entry and every event. */
export type Trace = {
  /** One id from the browser's click through procedures and jobs to the database. */
  correlationId: string;
  /** Client address, or null for work nobody is waiting for. */
  address: string | null;
  /** Claim of the request's Idempotency-Key: a transaction that commits notes it there. */
  idempotencyId?: string;
};

export type UserActor = {
  kind: "user";
  userId: string;
  sessionId: string;
  /** Set where staff opened the product as this person: for one organization, for a while. */
  staff?: StaffVisit;
  trace: Trace;
};

/** A platform admin who acts in an organization, in a member's name or in that of the platform. */
export type StaffAtWork = { userId: string; isReadOnly: boolean };

/** A session that staff opened as a member (ADR 0027). */
export type StaffVisit = StaffAtWork & {
  /** The one organization it is for. */
  orgId: string;
  expiresAt: Date;
};

/** The API key that somebody acts through. */
export type KeyInUse = { id: string; scopes: readonly Scope[] };

/** A program that knocks with a key, or with an access token made of one. It acts for the member who made the key. */
export type KeyActor = {
  kind: "key";
  /** The member who made the key. */
  userId: string;
  /** The session of an access token; null for the key itself. */
  sessionId: string | null;
  key: KeyInUse;
  /** The one organization the key is of. */
  orgId: string;
  orgSlug: string;
  trace: Trace;
};

/** Whoever a request turned out to come from. */
export type Caller = UserActor | KeyActor;

/**
 * The person behind a caller, for what is asked in a person's own scope (which organizations are theirs). A key has no
 * session: its own id stands there, which is none.
 */
export const personBehind = (caller: Caller): UserActor =>
  caller.kind === "user"
    ? caller
    : {
        kind: "user",
        userId: caller.userId,
        sessionId: caller.sessionId ?? caller.key.id,
        trace: caller.trace,
      };

export type OrgActor = {
  kind: "org";
  orgId: string;
  /** Null only for work of the platform itself. */
  userId: string | null;
  /** `job` acts for a member who asked earlier; it may write, whatever the member's role is by now. */
  role: Role | "job";
  /** Set where a program acts for the member. */
  key?: KeyInUse;
  /** Set where staff act in the member's name, or in that of the platform. */
  staff?: StaffAtWork;
  trace: Trace;
};

export const isReadOnly = ({ role, key, staff }: OrgActor): boolean =>
  role === "readonly" || (key !== undefined && onlyRead(key.scopes)) || (staff?.isReadOnly ?? false);
