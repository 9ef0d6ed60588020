/** Who acts, as the doors have established it. Roles come from the database, never from a token. */
import type { Role } from "./roles";

/** Where a unit of work came from; goes into the log, the audit entry and every event. */
export type Trace = {
  /** One id from the browser's click through procedures and jobs to the database. */
  correlationId: string;
  /** Client address, or null for work nobody is waiting for. */
  address: string | null;
};

export type UserActor = {
  kind: "user";
  userId: string;
  sessionId: string;
  trace: Trace;
};

export type OrgActor = {
  kind: "org";
  orgId: string;
  /** Null only for work of the platform itself. */
  userId: string | null;
  /** `job` acts for a member who asked earlier; it may write, whatever the member's role is by now. */
  role: Role | "job";
  trace: Trace;
};

export const isReadOnly = (actor: OrgActor): boolean => actor.role === "readonly";
