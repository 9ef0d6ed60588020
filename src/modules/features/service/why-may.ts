/** Which rule lets a member do something, or refuses it: the same rules as the doors ask, in their order. */
import type { Permission } from "~/kernel/roles";
import { allows, ROLES, type Role } from "~/kernel/roles";
import { NOT_FOR_KEYS, scopeFor } from "~/kernel/scopes";
import { isStoppedBySuspension } from "~/modules/tenancy";
import type { TenantReadScope } from "~/server/db/with-tenant";
import type { Verdict, WhyMayInput } from "../schema";
import { resolveFeature } from "../service";

/** Whoever is no member is told so, and nothing else about them. */
export async function whyMay(
  { db, actor }: TenantReadScope,
  { userId, permission: asked, feature }: WhyMayInput,
): Promise<Verdict> {
  const { orgId } = actor;
  const permission = asked as Permission;
  const [membership, organization] = await Promise.all([
    db.membership.findFirst({ where: { orgId, userId }, select: { role: true } }),
    db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { status: true } }),
  ]);
  const role = (membership?.role ?? null) as Role | null;
  const resolved = feature ? await resolveFeature({ db, orgId }, feature) : null;
  const refusedBy =
    role === null
      ? ("member" as const)
      : !allows(role, permission)
        ? ("role" as const)
        : isStoppedBySuspension(organization.status, permission)
          ? ("organization" as const)
          : resolved && !resolved.isOn
            ? ("feature" as const)
            : null;
  const notForKeys: Partial<Record<Permission, string>> = NOT_FOR_KEYS;
  return {
    isAllowed: refusedBy === null,
    refusedBy,
    role,
    roles: ROLES.filter((one) => allows(one, permission)),
    status: organization.status,
    scope: scopeFor(permission),
    notForKeys: notForKeys[permission] ?? null,
    feature: feature && resolved ? { feature, ...resolved } : null,
  };
}

const MOST_MEMBERS = 300;

export async function membersToExplain({ db, actor }: TenantReadScope) {
  const rows = await db.membership.findMany({
    where: { orgId: actor.orgId },
    select: { userId: true, userName: true, userEmail: true, role: true },
    orderBy: [{ userName: "asc" }, { userId: "asc" }],
    take: MOST_MEMBERS,
  });
  return rows.map(({ userId, userName, userEmail, role }) => ({
    id: userId,
    name: userName || userEmail,
    role: role as Role,
  }));
}

/** Names of authors who are members; staff of the platform are not named to tenants. */
export const memberNames =
  ({ db, actor }: TenantReadScope) =>
  async (ids: string[]): Promise<Map<string, string>> => {
    const rows = await db.membership.findMany({
      where: { orgId: actor.orgId, userId: { in: ids } },
      select: { userId: true, userName: true, userEmail: true },
    });
    return new Map(rows.map(({ userId, userName, userEmail }) => [userId, userName || userEmail]));
  };
