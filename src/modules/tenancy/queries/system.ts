/** SQL of tenancy across tenants: before an organization is known, and a person's copies in all of theirs. */
import type { SystemScope } from "~/server/db/with-system";

/** Those of the given slugs that are or were some organization's, also of one that is deleted. */
export async function takenSlugs({ db }: SystemScope, slugs: string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT asked.slug FROM unnest(${slugs}::text[]) AS asked(slug)
    JOIN organization_slug s ON s.slug_digest = encode(sha256(convert_to(asked.slug, 'UTF8')), 'hex')`;
  return new Set(rows.map(({ slug }) => slug));
}

export const invitationByHash = ({ db }: SystemScope, tokenHash: string) =>
  db.invitation.findUnique({
    where: { tokenHash },
    include: { organization: { select: { name: true, slug: true, status: true } } },
  });

/** Milliseconds within which another visit of the same member is not written again. */
const VISIT_MS = 60_000;

/** Moves a member's last visit to now, unless it was within a minute and nothing else was opened since. */
export const touchMembership = ({ db }: SystemScope, at: { orgId: string; userId: string }) =>
  db.$executeRaw`
    UPDATE membership SET last_used_at = now()
    WHERE org_id = ${at.orgId}::uuid AND user_id = ${at.userId}::uuid
      AND (last_used_at IS NULL OR last_used_at < now() - ${VISIT_MS} * interval '1 millisecond'
           OR EXISTS (SELECT FROM membership other WHERE other.user_id = membership.user_id
                      AND other.id <> membership.id AND other.last_used_at > membership.last_used_at))`;

export const acceptedInvitationRow = ({ db }: SystemScope, id: string) =>
  db.invitation.findUnique({
    where: { id },
    select: { orgId: true, invitedById: true, acceptedById: true, role: true },
  });

export const memberRow = ({ db }: SystemScope, id: string) =>
  db.membership.findUnique({
    where: { id },
    select: { orgId: true, userId: true, organization: { select: { name: true, slug: true } } },
  });

/** Puts a member's first steps away, once. */
export const hideSetupOf = ({ db }: SystemScope, { orgId, userId }: { orgId: string; userId: string }) =>
  db.membership.updateMany({
    where: { orgId, userId, setupHiddenAt: null },
    data: { setupHiddenAt: new Date() },
  });

/** The organizations in which the copies differed. */
export const renameMemberships = (
  { db }: SystemScope,
  userId: string,
  to: { name: string | null; email: string },
) =>
  db.$queryRaw<{ orgId: string; name: string | null; email: string }[]>`
    UPDATE membership SET user_name = ${to.name}, user_email = ${to.email}, updated_at = now()
    FROM (SELECT id, user_name, user_email FROM membership WHERE user_id = ${userId}::uuid FOR UPDATE) before
    WHERE membership.id = before.id
      AND (before.user_name IS DISTINCT FROM ${to.name} OR before.user_email <> ${to.email})
    RETURNING membership.org_id::text AS "orgId", before.user_name AS name, before.user_email AS email`;
