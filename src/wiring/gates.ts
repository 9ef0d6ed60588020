/** Binds what doors ask to the slices that know. */
import type { Caller, Trace } from "~/kernel/actor";
import { DomainError } from "~/kernel/errors";
import { actorOfBearer } from "~/modules/api-keys";
import { recordRefusal } from "~/modules/audit";
import { isPlatformAdmin, requireFreshSignIn } from "~/modules/auth";
import { termsOf } from "~/modules/entitlements";
import { requireFeature } from "~/modules/features";
import { countCall } from "~/modules/metering";
import { actAs, isAllowedOrigin, orgAtDoor } from "~/modules/tenancy";
import { readTenant } from "~/server/db/with-tenant";
import { countCalls, type Counted } from "~/server/http/rate-limits";
import { limitKeyOf } from "~/server/http/trace";
import type { Gates, OrgAtDoor } from "~/server/trpc/gates";

/** Whom a door refuses is told to the organization, or to the platform where there is none. */
const tellingRefusals =
  (ask: Gates["permission"]): Gates["permission"] =>
  (org, actor, permission) => {
    try {
      return ask(org, actor, permission);
    } catch (error) {
      if (error instanceof DomainError)
        recordRefusal({ ...actor, orgId: org.orgId }, { permission, code: error.code });
      throw error;
    }
  };

/** Who a request is counted as, and how much they may: each key and each person in each organization for themselves. */
async function countedAs(caller: Caller | null, org: OrgAtDoor | null, trace: Trace): Promise<Counted> {
  if (!caller) return { kind: "anonymous", key: limitKeyOf(trace.address) };
  if (caller.kind === "key")
    return { kind: "key", key: caller.key.id, perSecond: await rateOf(caller.orgId, trace) };
  if (!org) return { kind: "user", key: caller.userId, perSecond: 0 };
  return {
    kind: "user",
    key: `${org.orgId}:${caller.userId}`,
    perSecond: await rateOf(org.orgId, trace),
  };
}

/** Requests a second by plan and overrides, from memory where it can; the least where it cannot be found out. */
const rateOf = (orgId: string, trace: Trace): Promise<number> =>
  readTenant({ kind: "org", orgId, userId: null, role: "readonly", trace }, ({ db }) =>
    termsOf({ db, orgId }),
  ).then(
    (terms) => (terms.limit("rate_per_second") < 0 ? UNLIMITED_RATE : terms.limit("rate_per_second")),
    () => 0,
  );

/** What an override without a limit comes to: a bound that only a fault of a program reaches. */
const UNLIMITED_RATE = 10_000;

export const gates: Gates = {
  session: actorOfBearer,
  membership: orgAtDoor,
  permission: tellingRefusals(actAs),
  isPlatformAdmin: async (actor) => {
    const isStaff = await isPlatformAdmin(actor);
    if (!isStaff)
      recordRefusal({ ...actor, orgId: null }, { permission: "platform", code: "kernel.not_found" });
    return isStaff;
  },
  steppedUp: requireFreshSignIn,
  feature: (actor, feature) =>
    readTenant(actor, ({ db }) => requireFeature({ db, orgId: actor.orgId }, feature)),
  limit: async (caller, org, trace, calls) => countCalls(await countedAs(caller, org, trace), calls),
  originAllowed: isAllowedOrigin,
  called: countCall,
};
