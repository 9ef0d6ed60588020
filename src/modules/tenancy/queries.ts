/** Named SQL of tenancy: reads and locks, no decisions. Each names its organization besides what RLS does. */
import type { Role } from "~/kernel/roles";
import type { ScopedDatabase } from "~/server/db/with-tenant";
import type { UserScope } from "~/server/db/with-user";
import type { OrgAtDoor } from "~/server/trpc/gates";
import type { OrgStatus } from "./schema";

/** The organization that has or had this slug, if the person is a member. */
export async function resolveOrg({ db }: UserScope, slug: string): Promise<OrgAtDoor | null> {
  const [org] = await db.$queryRaw<OrgAtDoor[]>`
    SELECT org_id::text AS "orgId", slug, name, role, status, time_zone AS "timeZone",
           default_currency AS "defaultCurrency", logo_key AS "logoKey"
    FROM app.resolve_org(${slug})`;
  return org ?? null;
}

export type OwnOrganization = {
  id: string;
  slug: string;
  name: string;
  status: OrgStatus;
  role: Role;
  logoKey: string | null;
};

/** The person's organizations, last used first. */
export const myOrgs = ({ db }: UserScope): Promise<OwnOrganization[]> =>
  db.$queryRaw<OwnOrganization[]>`
    SELECT org_id::text AS id, slug, name, status, role, logo_key AS "logoKey" FROM app.my_orgs()`;

/** The person's own name and address, as memberships copy them. */
export const ownProfile = ({ db, actor }: UserScope) =>
  db.user.findUnique({
    where: { id: actor.userId },
    select: { email: true, name: true, emailVerifiedAt: true },
  });

export type InOrg = { db: ScopedDatabase; orgId: string };

/**
 * Lets one change of members at a time into an organization, until the transaction ends: what is read after it is
 * true until COMMIT. Not the strongest row lock, so that rows referring to the organization are not held up.
 * @returns false when there is no such organization.
 */
export async function lockMembers({ db, orgId }: InOrg): Promise<boolean> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM organization WHERE id = ${orgId}::uuid FOR NO KEY UPDATE`;
  return rows.length > 0;
}

export const roleOf = async ({ db, orgId }: InOrg, userId: string): Promise<Role | null> => {
  const membership = await db.membership.findUnique({
    where: { orgId_userId: { orgId, userId } },
    select: { role: true },
  });
  return membership && (membership.role as Role);
};

export const countOwners = ({ db, orgId }: InOrg): Promise<number> =>
  db.membership.count({ where: { orgId, role: "owner" } });

/** The name as it is typed to confirm what cannot be taken back. */
export async function organizationName({ db, orgId }: InOrg): Promise<string> {
  const org = await db.organization.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } });
  return org.name;
}

export const countMembers = ({ db, orgId }: InOrg): Promise<number> =>
  db.membership.count({ where: { orgId } });

/** Invitations that could still be accepted at `now`. */
export const countOpenInvitations = ({ db, orgId }: InOrg, now: Date): Promise<number> =>
  db.invitation.count({ where: { orgId, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } } });

/** Who can change what the organization is on or how it is set: its owners and admins. */
export async function managers({ db, orgId }: InOrg) {
  const rows = await db.membership.findMany({
    where: { orgId, role: { in: ["owner", "admin"] } },
    orderBy: { id: "asc" },
    select: { userId: true, userEmail: true, userName: true, role: true },
  });
  return rows.map(({ userId, userEmail, userName, role }) => ({
    userId,
    email: userEmail,
    name: userName,
    role: role as Role,
  }));
}
