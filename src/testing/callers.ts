/**
 * Calls procedures as a test's actor, through everything a request passes after its session is known: input,
 * permission, output and error table. The gates here read the same rows, but take the caller's word for who they are.
 */
import type { Caller as Known, OrgActor, Trace, UserActor } from "~/kernel/actor";
import { forbidden, scopeMissing } from "~/kernel/errors";
import { allows, type Role } from "~/kernel/roles";
import { scopeFor, scopesAllow } from "~/kernel/scopes";
import { requireFeature } from "~/modules/features";
import { readTenant } from "~/server/db/with-tenant";
import { createContext, type Context } from "~/server/trpc/context";
import type { Gates, OrgAtDoor } from "~/server/trpc/gates";
import { asOwner, testTrace } from "./tenants";

type Caller = OrgActor | UserActor | null;

type OrganizationRow = {
  slug: string;
  name: string;
  status: string;
  time_zone: string;
  default_currency: string;
  logo_key: string | null;
};

async function organizationOf(actor: OrgActor): Promise<OrgAtDoor | null> {
  const [row] = await asOwner<OrganizationRow>("select * from organization where id = $1", [actor.orgId]);
  return (
    (row && {
      orgId: actor.orgId,
      slug: row.slug,
      name: row.name,
      role: actor.role as Role,
      status: row.status,
      timeZone: row.time_zone,
      defaultCurrency: row.default_currency,
      logoKey: row.logo_key,
    }) ??
    null
  );
}

/** Who the gates say that the test's actor is; one that acts through a key is a program. */
function knownAs(caller: Caller, trace: Trace): Known | null {
  if (!caller?.userId) return null;
  const { userId } = caller;
  if (caller.kind === "user") return { kind: "user", userId, sessionId: caller.sessionId, trace };
  const { key, orgId } = caller;
  return key
    ? { kind: "key", userId, sessionId: null, key, orgId, orgSlug: "test", trace }
    : { kind: "user", userId, sessionId: userId, trace };
}

function gatesFor(caller: Caller): Gates {
  return {
    session: async (_token, trace) => knownAs(caller, trace),
    membership: async () => (caller?.kind === "org" ? organizationOf(caller) : null),
    isPlatformAdmin: async ({ userId }) => {
      const [row] = await asOwner<{ platform_role: string | null }>(
        `select platform_role from "user" where id = $1`,
        [userId],
      );
      return row?.platform_role === "admin";
    },
    steppedUp: async () => {},
    permission: (org, actor, permission) => {
      const key = actor.kind === "key" ? actor.key : undefined;
      if (key && !scopesAllow(key.scopes, permission)) throw scopeMissing(permission, scopeFor(permission));
      if (!allows(org.role, permission)) throw forbidden(permission);
      const { userId, trace } = actor;
      return { kind: "org", orgId: org.orgId, userId, role: org.role, ...(key && { key }), trace };
    },
    feature: (actor, feature) =>
      readTenant(actor, ({ db }) => requireFeature({ db, orgId: actor.orgId }, feature)),
    originAllowed: async () => false,
    called: () => {},
    limit: async () => ({ state: { limit: 1, windowS: 1, remaining: 1, resetS: 1 }, refusal: null }),
  };
}

/** The context of a request by `caller`: a member inside an organization, a person, or nobody (null). */
export function contextFor(caller: Caller): Context {
  return createContext(gatesFor(caller), {
    trace: caller?.trace ?? testTrace(),
    token: null,
    isApiClient: caller?.kind === "org" && caller.key !== undefined,
    // Any word: the gates above know the organization from the caller.
    orgSlug: caller?.kind === "org" ? "test" : null,
    userAgent: "test",
  });
}

/** The procedures of a router (a slice's own, or `appRouter`), called by `caller`. */
export const callerFor = <Procedures>(
  router: { createCaller(context: Context): Procedures },
  caller: Caller,
): Procedures => router.createCaller(contextFor(caller));
