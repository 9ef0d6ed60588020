/** What every procedure starts from: where the request comes from, the gates, and who knocks (asked at most once). */
import type { Caller, Trace } from "~/kernel/actor";
import type { DomainError } from "~/kernel/errors";
import type { RateState } from "~/server/http/rate-limits";
import type { Gates, OrgAtDoor } from "./gates";

export const ORG_HEADER = "x-tenantry-org";

export type Knock = {
  trace: Trace;
  /** Session token from the cookie; or what stands in the Authorization header: a session token, an access token, a key. */
  token: string | null;
  /** The token came in the Authorization header: a program calls, not a page. */
  isApiClient: boolean;
  /** Slug of the organization the call is for. */
  orgSlug: string | null;
  userAgent: string | null;
};

export type Context = Knock & {
  gates: Gates;
  actorOnce: () => Promise<Caller | null>;
  orgOnce: (actor: Caller, slug: string) => Promise<OrgAtDoor | null>;
  /** Set when the request is one too many: every procedure of it is refused so. */
  refusal: DomainError | null;
};

/**
 * Counts a request of `calls` procedures against its caller's limit, once, before any of them runs. A door that speaks HTTP
 * asks this and tells the state in its headers; the procedures refuse themselves.
 */
export async function countRequest(context: Context, calls: number): Promise<RateState> {
  const caller = await context.actorOnce();
  const org =
    caller?.kind === "user" && context.orgSlug ? await context.orgOnce(caller, context.orgSlug) : null;
  const { state, refusal } = await context.gates.limit(caller, org, context.trace, calls);
  context.refusal = refusal;
  return state;
}

/** A batch shares one context, so session and membership are established once for all its procedures. */
export function createContext(gates: Gates, knock: Knock): Context {
  let actor: Promise<Caller | null> | undefined;
  let org: Promise<OrgAtDoor | null> | undefined;
  const ask = async () => {
    const caller = await gates.session(knock.token, knock.trace);
    // What belongs to programs is no cookie of ours: a browser would send it along to every page.
    return caller?.kind === "key" && !knock.isApiClient ? null : caller;
  };
  return {
    ...knock,
    gates,
    refusal: null,
    actorOnce: () => (actor ??= ask()),
    orgOnce: (who, slug) => (org ??= gates.membership(who, slug)),
  };
}
