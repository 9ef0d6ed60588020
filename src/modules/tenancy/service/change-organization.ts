import { record } from "~/modules/audit";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Role } from "~/kernel/roles";
import type { TenantReadScope, TenantScope } from "~/server/db/with-tenant";
import {
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
  OrganizationDetail,
  OrgStatus,
  RequestDeletionInput,
  SetupProgress,
  UpdateSettingsInput,
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

/**
 * Changes what the settings page holds. A new slug leaves the old one reserved and redirecting; an earlier one of the
 * organization's own may be taken back.
 * @throws tenancy.slug_taken, tenancy.slug_reserved, tenancy.slug_changed_often.
 */
export async function updateSettings(
  scope: TenantScope,
  input: UpdateSettingsInput,
): Promise<{ slug: string }> {
  const { db, actor } = scope;
  const id = actor.orgId;
  await lockMembers({ db, orgId: id });
  const before = await db.organization.findUniqueOrThrow({
    where: { id },
    select: { name: true, slug: true, defaultCurrency: true, timeZone: true },
  });
  const { name, slug, defaultCurrency, timeZone } = input;
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

/**
 * Notes that an owner wants the organization deleted. Nothing is deleted by this; an owner can undo it.
 * @throws tenancy.confirmation_mismatch unless the organization's name was typed; tenancy.deletion_requested.
 */
export async function requestDeletion(scope: TenantScope, input: RequestDeletionInput): Promise<void> {
  const { db, actor } = scope;
  const id = actor.orgId;
  await lockMembers({ db, orgId: id });
  const name = await organizationName({ db, orgId: id });
  if (input.confirmation !== name) throw confirmationMismatch(name);
  const { count } = await db.organization.updateMany({
    where: { id, status: "active" },
    data: {
      status: "deletion_requested",
      deletionRequestedAt: clock.now(),
      deletionRequestedBy: actor.userId,
    },
  });
  if (count === 0) throw deletionAsked();
  await record(scope, { action: "organization.deletion_requested", target: { type: "organization", id } });
}

/** @throws tenancy.deletion_not_requested. */
export async function undoDeletion(scope: TenantScope): Promise<void> {
  const { db, actor } = scope;
  const id = actor.orgId;
  const { count } = await db.organization.updateMany({
    where: { id, status: "deletion_requested" },
    data: { status: "active", deletionRequestedAt: null, deletionRequestedBy: null },
  });
  if (count === 0) throw deletionNotAsked();
  await record(scope, { action: "organization.deletion_undone", target: { type: "organization", id } });
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
