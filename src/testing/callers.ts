/**
 * Calls procedures as a test's actor, through everything a request passes after its session is known: input,
 * permission, output and error table. The gates here read the same rows, but take the caller's word for who they are.
 */
import type { OrgActor, UserActor } from "~/kernel/actor";
import { forbidden } from "~/kernel/errors";
import { allows, type Role } from "~/kernel/roles";
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

function gatesFor(caller: Caller): Gates {
  return {
    session: async (_token, trace) =>
      caller?.userId
        ? {
            kind: "user",
            userId: caller.userId,
            sessionId: caller.kind === "user" ? caller.sessionId : caller.userId,
            trace,
          }
        : null,
    membership: async () => (caller?.kind === "org" ? organizationOf(caller) : null),
    isPlatformAdmin: async ({ userId }) => {
      const [row] = await asOwner<{ platform_role: string | null }>(
        `select platform_role from "user" where id = $1`,
        [userId],
      );
      return row?.platform_role === "admin";
    },
    permission: (org, actor, permission) => {
      if (!allows(org.role, permission)) throw forbidden(permission);
      return { kind: "org", orgId: org.orgId, userId: actor.userId, role: org.role, trace: actor.trace };
    },
    called: () => {},
  };
}

/** The context of a request by `caller`: a member inside an organization, a person, or nobody (null). */
export function contextFor(caller: Caller): Context {
  return createContext(gatesFor(caller), {
    trace: caller?.trace ?? testTrace(),
    token: null,
    isApiClient: false,
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
