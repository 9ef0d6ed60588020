import { record } from "~/modules/audit";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Role } from "~/kernel/roles";
import type { SystemScope } from "~/server/db/with-system";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import {
  changedMeanwhile,
  confirmationMismatch,
  deletionAsked,
  deletionNotAsked,
  reservedSlug,
  slugChangedOften,
  slugTaken,
} from "../errors";
import { lockMembers, organizationName } from "../queries";
import { isReservedSlug } from "../rules";
import type {
  ApiOrigins,
  OrganizationDetail,
  OrganizationRecord,
  OrgStatus,
  SetupProgress,
  UpdateOrganizationInput,
} from "../schema";

/** The organization as its settings show it, but for the logo's address. */
export async function organizationDetail({
  db,
  actor,
}: TenantReadScope): Promise<Omit<OrganizationDetail, "logoUrl"> & { logoKey: string | null }> {
  const id = actor.orgId;
  const org = await db.organization.findUnique({ where: { id } });
  if (!org || actor.role === "job") throw notFound("organization");
  const asker = org.deletionRequestedBy
    ? await db.membership.findUnique({
        where: { orgId_userId: { orgId: id, userId: org.deletionRequestedBy } },
        select: { userName: true, userEmail: true },
      })
    : null;
  return {
    id,
    slug: org.slug,
    name: org.name,
    role: actor.role satisfies Role,
    status: org.status as OrgStatus,
    defaultCurrency: org.defaultCurrency,
    timeZone: org.timeZone,
    logoKey: org.logoKey,
    createdAt: org.createdAt,
    deletion: org.deletionRequestedAt && {
      requestedAt: org.deletionRequestedAt,
      by: asker && (asker.userName ?? asker.userEmail),
    },
  };
}

/** The organization, as programs see it. */
export async function organizationRecord({ db, actor }: TenantReadScope): Promise<OrganizationRecord> {
  const org = await db.organization.findUnique({ where: { id: actor.orgId } });
  if (!org) throw notFound("organization");
  const { id, slug, name, defaultCurrency, timeZone, createdAt, updatedAt } = org;
  const status = org.status as OrgStatus;
  return { id, slug, name, status, defaultCurrency, timeZone, createdAt, updatedAt };
}

/** Origins whose pages may call the API. */
export async function apiOrigins({ db, actor }: TenantReadScope): Promise<ApiOrigins> {
  const org = await db.organization.findUnique({
    where: { id: actor.orgId },
    select: { apiOrigins: true },
  });
  return { origins: org?.apiOrigins ?? [] };
}

/** Puts the list of origins whose pages may call the API in place of the one before. */
export async function changeApiOrigins(scope: TenantScope, { origins }: ApiOrigins): Promise<void> {
  const { db, actor } = scope;
  const id = actor.orgId;
  await lockMembers({ db, orgId: id });
  const before = await apiOrigins(scope);
  if (before.origins.join() === origins.join()) return;
  await db.organization.update({ where: { id }, data: { apiOrigins: origins }, select: { id: true } });
  await record(scope, {
    action: "organization.api_origins_changed",
    target: { type: "organization", id },
    before: { apiOrigins: before.origins },
    after: { apiOrigins: origins },
  });
}

/**
 * Changes what the settings page holds; what is left out stays. A new slug leaves the old one reserved and redirecting; an earlier one of the
 * organization's own may be taken back.
 * @throws tenancy.slug_taken, tenancy.slug_reserved, tenancy.slug_changed_often; tenancy.changed_meanwhile when it is not the
 * version of `updatedAt` any more.
 */
export async function updateSettings(
  scope: TenantScope,
  input: UpdateOrganizationInput,
): Promise<{ slug: string }> {
  const { db, actor } = scope;
  const id = actor.orgId;
  await lockMembers({ db, orgId: id });
  const before = await db.organization.findUniqueOrThrow({
    where: { id },
    select: { name: true, slug: true, defaultCurrency: true, timeZone: true, updatedAt: true },
  });
  if (input.updatedAt && input.updatedAt.getTime() !== before.updatedAt.getTime()) throw changedMeanwhile();
  const {
    name = before.name,
    slug = before.slug,
    defaultCurrency = before.defaultCurrency,
    timeZone = before.timeZone,
  } = input;
  const after = { name, slug, defaultCurrency, timeZone };
  const changed = (Object.keys(after) as (keyof typeof after)[]).filter((key) => before[key] !== after[key]);
  if (changed.length === 0) return { slug };
  if (slug !== before.slug) await claimSlug(scope, slug);
  await db.organization.update({ where: { id }, data: after, select: { id: true } });
  const only = (values: typeof after) => Object.fromEntries(changed.map((key) => [key, values[key]]));
  await record(scope, {
    action: "organization.updated",
    target: { type: "organization", id },
    before: only(before),
    after: only(after),
  });
  return { slug };
}

const MOST_SLUGS = 10;
const SLUG_WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

async function claimSlug({ db, actor }: TenantScope, slug: string): Promise<void> {
  const { orgId } = actor;
  const own = await db.organizationSlug.findFirst({ where: { slug, orgId }, select: { slug: true } });
  if (own) return;
  if (isReservedSlug(slug)) throw reservedSlug();
  const since = new Date(clock.now().getTime() - SLUG_WINDOW_MS);
  const recent = await db.organizationSlug.count({ where: { orgId, createdAt: { gte: since } } });
  // The first one came with the organization and was no change.
  if (recent > MOST_SLUGS) throw slugChangedOften();
  // Another organization's slug cannot be seen from here, only run into.
  const { count } = await db.organizationSlug.createMany({ data: { slug, orgId }, skipDuplicates: true });
  if (count === 0) throw slugTaken();
}

/** Puts another logo (or none) in place. @returns the path of the one before, for its removal after COMMIT. */
export async function replaceLogo(scope: TenantScope, logoKey: string | null): Promise<string | null> {
  const { db, actor } = scope;
  const id = actor.orgId;
  await lockMembers({ db, orgId: id });
  const before = await db.organization.findUniqueOrThrow({ where: { id }, select: { logoKey: true } });
  if (before.logoKey === logoKey) return null;
  await db.organization.update({ where: { id }, data: { logoKey }, select: { id: true } });
  await record(scope, {
    action: logoKey ? "organization.logo_changed" : "organization.logo_removed",
    target: { type: "organization", id },
  });
  return before.logoKey;
}

type Asked = { orgId: string; userId: string };

/**
 * Notes that an owner wants the organization deleted; what becomes of that is the caller's, in the same transaction.
 * @throws tenancy.confirmation_mismatch unless the organization's name was typed; tenancy.deletion_requested.
 */
export async function requestDeletion(
  scope: SystemScope,
  { orgId, userId }: Asked,
  confirmation: string,
): Promise<void> {
  const { db } = scope;
  await lockMembers({ db, orgId });
  const name = await organizationName({ db, orgId });
  if (confirmation !== name) throw confirmationMismatch(name);
  const { count } = await db.organization.updateMany({
    where: { id: orgId, status: "active" },
    data: { status: "deletion_requested", deletionRequestedAt: clock.now(), deletionRequestedBy: userId },
  });
  if (count === 0) throw deletionAsked();
  await record(
    scope,
    { action: "organization.deletion_requested", target: { type: "organization", id: orgId } },
    { orgId, actorId: userId },
  );
}

/** Takes that back; by whoever held the mail's link when nobody is named. @throws tenancy.deletion_not_requested. */
export async function undoDeletion(
  scope: SystemScope,
  { orgId, userId }: { orgId: string; userId: string | null },
): Promise<void> {
  const { count } = await scope.db.organization.updateMany({
    where: { id: orgId, status: "deletion_requested" },
    data: { status: "active", deletionRequestedAt: null, deletionRequestedBy: null },
  });
  if (count === 0) throw deletionNotAsked();
  await record(
    scope,
    { action: "organization.deletion_undone", target: { type: "organization", id: orgId } },
    { orgId, actorId: userId },
  );
}

/** How far the first steps have come, counted from what is there. */
export async function setupProgress({ db, actor }: TenantReadScope): Promise<SetupProgress> {
  const { orgId } = actor;
  const [memberCount, openInvitationCount, org, own] = await Promise.all([
    db.membership.count({ where: { orgId } }),
    db.invitation.count({
      where: { orgId, acceptedAt: null, revokedAt: null, expiresAt: { gt: clock.now() } },
    }),
    db.organization.findUnique({ where: { id: orgId }, select: { logoKey: true } }),
    actor.userId
      ? db.membership.findUnique({
          where: { orgId_userId: { orgId, userId: actor.userId } },
          select: { userName: true, setupHiddenAt: true },
        })
      : null,
  ]);
  return {
    memberCount,
    openInvitationCount,
    hasLogo: Boolean(org?.logoKey),
    hasName: Boolean(own?.userName),
    isHidden: Boolean(own?.setupHiddenAt),
  };
}
