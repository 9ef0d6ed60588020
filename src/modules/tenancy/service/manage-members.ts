import { record } from "~/modules/audit";
import { notFound } from "~/kernel/errors";
import type { Role } from "~/kernel/roles";
import type { SystemScope } from "~/server/db/with-system";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { confirmationMismatch, lastOwner, leaveInstead, ownerProtected, transferToSelf } from "../errors";
import { ROLE_CHANGED } from "../events";
import { countOwners, lockMembers, managers, organizationName, roleOf } from "../queries";
import { mayTouch, wouldLeaveNoOwner } from "../rules";
import type {
  ChangeRoleInput,
  ListMembersInput,
  Member,
  MemberInput,
  TransferOwnershipInput,
} from "../schema";

/** Members in the order they joined. `total` counts all that match. */
export async function listMembers({ db, actor }: TenantReadScope, input: ListMembersInput) {
  const { orgId } = actor;
  const text = input.search && input.search.replace(/[\\%_]/g, "\\$&");
  const containing = { contains: text, mode: "insensitive" } as const;
  const where = {
    orgId,
    ...(input.role && { role: input.role }),
    ...(text && { OR: [{ userName: containing }, { userEmail: containing }] }),
  };
  const [rows, total] = await Promise.all([
    db.membership.findMany({
      where: { ...where, ...(input.cursor && { id: { gt: input.cursor } }) },
      // Ids are made by time, so this is the order of joining.
      orderBy: { id: "asc" },
      take: input.limit + 1,
    }),
    db.membership.count({ where }),
  ]);
  const shown = rows.slice(0, input.limit);
  const items = shown.map((row) => memberOf(row, actor));
  return { items, total, nextCursor: rows.length > input.limit ? shown.at(-1)!.id : null };
}

type Row = NonNullable<Awaited<ReturnType<TenantReadScope["db"]["membership"]["findUnique"]>>>;

const memberOf = (row: Row, actor: TenantReadScope["actor"]): Member => ({
  userId: row.userId,
  name: row.userName,
  email: row.userEmail,
  role: row.role as Role,
  joinedAt: row.createdAt,
  lastActiveAt: row.lastUsedAt,
  isYou: row.userId === actor.userId,
});

/** One member. @throws kernel.not_found. */
export async function getMember({ db, actor }: TenantReadScope, { userId }: MemberInput): Promise<Member> {
  const row = await db.membership.findUnique({ where: { orgId_userId: { orgId: actor.orgId, userId } } });
  if (!row) throw notFound("member");
  return memberOf(row, actor);
}

/** Everything but the last owner's place is decided under the lock: the role at the door may be a second old. */
async function underLock({ db, actor }: TenantScope, userId: string): Promise<{ own: Role; target: Role }> {
  const at = { db, orgId: actor.orgId };
  await lockMembers(at);
  const own = actor.userId && (await roleOf(at, actor.userId));
  const target = await roleOf(at, userId);
  if (!own || !target) throw notFound("member");
  if (!mayTouch(own, target)) throw ownerProtected();
  return { own, target };
}

async function keepAnOwner(
  at: Parameters<typeof countOwners>[0],
  role: Role,
  next: Role | null,
): Promise<void> {
  if (role === "owner" && wouldLeaveNoOwner({ role, next, ownerCount: await countOwners(at) }))
    throw lastOwner();
}

/**
 * Gives a member another role. An admin can neither touch owners nor make them.
 * @throws tenancy.owner_protected, tenancy.last_owner when nobody would own the organization any more.
 */
export async function changeRole(scope: TenantScope, { userId, role }: ChangeRoleInput): Promise<void> {
  const { own, target } = await underLock(scope, userId);
  if (!mayTouch(own, role)) throw ownerProtected();
  if (role === target) return;
  const at = { db: scope.db, orgId: scope.actor.orgId };
  await keepAnOwner(at, target, role);
  await setRole(scope, userId, target, role);
}

async function setRole(scope: TenantScope, userId: string, before: Role, after: Role): Promise<void> {
  const { id: membershipId } = await scope.db.membership.update({
    where: { orgId_userId: { orgId: scope.actor.orgId, userId } },
    data: { role: after },
    select: { id: true },
  });
  const changeId = newId();
  await scope.emit({
    id: `role-changed:${changeId}`,
    name: ROLE_CHANGED,
    data: { changeId, membershipId, byId: scope.actor.userId, before, after },
  });
  await record(scope, {
    action: "member.role_changed",
    target: { type: "user", id: userId },
    before: { role: before },
    after: { role: after },
  });
}

/**
 * Ends a membership. What the member made stays with the organization.
 * @throws tenancy.leave_instead for oneself, tenancy.owner_protected, tenancy.last_owner.
 */
export async function removeMember(scope: TenantScope, { userId }: MemberInput): Promise<void> {
  if (userId === scope.actor.userId) throw leaveInstead();
  const { target } = await underLock(scope, userId);
  const at = { db: scope.db, orgId: scope.actor.orgId };
  await keepAnOwner(at, target, null);
  await scope.db.membership.delete({
    where: { orgId_userId: { orgId: scope.actor.orgId, userId } },
    select: { id: true },
  });
  await record(scope, {
    action: "member.removed",
    target: { type: "user", id: userId },
    before: { role: target },
  });
}

/**
 * A member goes. In system scope, because a read-only member's own transactions write nothing.
 * @throws tenancy.last_owner.
 */
export async function endOwnMembership(
  scope: SystemScope,
  own: { orgId: string; userId: string },
): Promise<void> {
  const at = { db: scope.db, orgId: own.orgId };
  await lockMembers(at);
  const role = await roleOf(at, own.userId);
  if (!role) throw notFound("organization");
  await keepAnOwner(at, role, null);
  await scope.db.membership.delete({ where: { orgId_userId: own }, select: { id: true } });
  await record(
    scope,
    { action: "member.left", target: { type: "user", id: own.userId }, before: { role } },
    { orgId: own.orgId, actorId: own.userId },
  );
}

/**
 * Makes another member the owner and the acting owner an admin, both or neither.
 * @throws tenancy.confirmation_mismatch unless the organization's name was typed.
 */
export async function transferOwnership(scope: TenantScope, input: TransferOwnershipInput): Promise<void> {
  const { actor, db } = scope;
  if (!actor.userId || input.userId === actor.userId) throw transferToSelf();
  const { own, target } = await underLock(scope, input.userId);
  if (own !== "owner") throw ownerProtected();
  const name = await organizationName({ db, orgId: actor.orgId });
  if (input.confirmation !== name) throw confirmationMismatch(name);
  if (target !== "owner") await setRole(scope, input.userId, target, "owner");
  await setRole(scope, actor.userId, "owner", "admin");
  await record(scope, {
    action: "organization.ownership_transferred",
    target: { type: "user", id: input.userId },
  });
}

/** For whoever has to tell an organization something: its name and address, its owners and admins. */
export async function managersOf({ db, actor }: TenantReadScope) {
  const { orgId } = actor;
  const [org, people] = await Promise.all([
    db.organization.findUnique({ where: { id: orgId }, select: { name: true, slug: true } }),
    managers({ db, orgId }),
  ]);
  return { organization: org && { organization: org.name, slug: org.slug }, managers: people };
}
