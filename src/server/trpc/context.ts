/** What every procedure starts from: where the request comes from, the gates, and who knocks (asked at most once). */
import type { Trace, UserActor } from "~/kernel/actor";
import type { Gates, OrgAtDoor } from "./gates";

export const ORG_HEADER = "x-tenantry-org";

export type Knock = {
  trace: Trace;
  /** Session token from the cookie or the Authorization header. */
  token: string | null;
  /** The token came in the Authorization header: a program calls, not a page. */
  isApiClient: boolean;
  /** Slug of the organization the call is for. */
  orgSlug: string | null;
  userAgent: string | null;
};

export type Context = Knock & {
  gates: Gates;
  actorOnce: () => Promise<UserActor | null>;
  orgOnce: (actor: UserActor, slug: string) => Promise<OrgAtDoor | null>;
};

/** A batch shares one context, so session and membership are established once for all its procedures. */
export function createContext(gates: Gates, knock: Knock): Context {
  let actor: Promise<UserActor | null> | undefined;
  let org: Promise<OrgAtDoor | null> | undefined;
  return {
    ...knock,
    gates,
    actorOnce: () => (actor ??= gates.session(knock.token, knock.trace)),
    orgOnce: (who, slug) => (org ??= gates.membership(who, slug)),
  };
}
