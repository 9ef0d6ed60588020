import { record } from "~/modules/audit";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { requireRoom } from "~/modules/entitlements";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { addressesRefused } from "../errors";
import { INVITATION_MAILED } from "../events";
import { countMembers, countOpenInvitations, lockMembers, type InOrg } from "../queries";
import { invitationExpiry, invitationState } from "../rules";
import type { InvitableRole, InvitationId, InviteInput, PendingInvitation } from "../schema";
import { invitationToken, tokenHash } from "./invitation-token";

const MOST_LISTED = 200;
const PENDING = { acceptedAt: null, revokedAt: null } as const;

/** What its mail needs. */
export type InvitationToMail = {
  id: string;
  email: string;
  role: InvitableRole;
  sentAt: Date;
  expiresAt: Date;
  invitedBy: string | null;
  organization: string;
};

/** Invitations nobody accepted or withdrew, newest first, expired ones too. */
export async function listInvitations({ db, actor }: TenantReadScope) {
  const where = { orgId: actor.orgId, ...PENDING };
  const [rows, total] = await Promise.all([
    db.invitation.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: MOST_LISTED }),
    db.invitation.count({ where }),
  ]);
  const now = clock.now();
  const items = rows.map((row): PendingInvitation => ({
    id: row.id,
    email: row.email,
    role: row.role as InvitableRole,
    invitedBy: row.invitedByName,
    sentAt: row.sentAt,
    expiresAt: row.expiresAt,
    isExpired: invitationState(row, now) === "expired",
    isMailed: row.mailedAt !== null && row.mailedAt >= row.sentAt,
  }));
  return { items, total };
}

async function inviter({ db, actor }: TenantScope) {
  const { orgId } = actor;
  const organization = await db.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { name: true },
  });
  const member = actor.userId
    ? await db.membership.findUnique({
        where: { orgId_userId: { orgId, userId: actor.userId } },
        select: { userName: true, userEmail: true },
      })
    : null;
  if (!actor.userId || !member) throw notFound("organization");
  return { organization: organization.name, userId: actor.userId, name: member.userName ?? member.userEmail };
}

/**
 * Opens an invitation for each address, all or none; one that had expired is renewed.
 * @returns what the mails need; they are sent after COMMIT.
 * @throws tenancy.addresses_refused with a message per address that is a member's or invited already; quota_exceeded when
 * members and open invitations would be more than the plan has.
 */
export async function openInvitations(scope: TenantScope, input: InviteInput): Promise<InvitationToMail[]> {
  const { db, actor } = scope;
  const { orgId } = actor;
  await lockMembers({ db, orgId });
  const { emails, role } = input;
  const members = await db.membership.findMany({
    where: { orgId, userEmail: { in: emails } },
    select: { userEmail: true },
  });
  const pending = await db.invitation.findMany({ where: { orgId, email: { in: emails }, ...PENDING } });
  const sentAt = clock.now();
  const refused: Record<string, string[]> = {};
  const expired = new Map<string, string>();
  emails.forEach((email, index) => {
    const invitation = pending.find((row) => row.email === email);
    const isTwice = emails.indexOf(email) !== index;
    const isOpen = invitation && invitationState(invitation, sentAt) === "open";
    if (isTwice) refused[`emails.${index}`] = [`${email} is in the list twice.`];
    else if (members.some((row) => row.userEmail === email))
      refused[`emails.${index}`] = [`${email} is a member already.`];
    else if (isOpen)
      refused[`emails.${index}`] = [`${email} is invited already. Resend that invitation instead.`];
    else if (invitation) expired.set(email, invitation.id);
  });
  if (Object.keys(refused).length > 0) throw addressesRefused(refused);
  await requireMembersRoom({ db, orgId }, sentAt, emails.length);

  const by = await inviter(scope);
  const expiresAt = invitationExpiry(sentAt);
  const opened: InvitationToMail[] = [];
  for (const email of emails) {
    const renewed = expired.get(email);
    const id = renewed ?? newId();
    const asked = {
      role,
      sentAt,
      expiresAt,
      tokenHash: tokenHash(invitationToken(id, sentAt)),
      invitedById: by.userId,
      invitedByName: by.name,
    };
    if (renewed) await db.invitation.update({ where: { id, orgId }, data: asked, select: { id: true } });
    else await db.invitation.createMany({ data: { id, orgId, email, ...asked } });
    await record(scope, {
      action: "invitation.sent",
      target: { type: "invitation", id },
      after: { email, role },
    });
    opened.push({ id, email, role, sentAt, expiresAt, invitedBy: by.name, organization: by.organization });
  }
  return opened;
}

/** An open invitation holds a place, so that whoever was invited finds one. Under the lock on members. */
async function requireMembersRoom(at: InOrg, now: Date, asked: number): Promise<void> {
  const [members, invited] = await Promise.all([countMembers(at), countOpenInvitations(at, now)]);
  await requireRoom(at, { limit: "members", used: members + invited, asked, resetsAt: null });
}

/** Gives an open or expired invitation another 7 days and a new token; the token mailed before is dead. */
export async function renewInvitation(scope: TenantScope, { id }: InvitationId): Promise<InvitationToMail> {
  const { db, actor } = scope;
  const { orgId } = actor;
  await lockMembers({ db, orgId });
  const row = await db.invitation.findFirst({ where: { id, orgId, ...PENDING } });
  if (!row) throw notFound("invitation");
  if (invitationState(row, clock.now()) === "expired")
    await requireMembersRoom({ db, orgId }, clock.now(), 1);
  const by = await inviter(scope);
  // Never the same instant again: the token is made of it.
  const sentAt = new Date(Math.max(clock.now().getTime(), row.sentAt.getTime() + 1));
  const expiresAt = invitationExpiry(sentAt);
  await db.invitation.update({
    where: { id, orgId },
    data: { sentAt, expiresAt, tokenHash: tokenHash(invitationToken(id, sentAt)) },
    select: { id: true },
  });
  await record(scope, { action: "invitation.resent", target: { type: "invitation", id } });
  const role = row.role as InvitableRole;
  const { organization } = by;
  return { id, email: row.email, role, sentAt, expiresAt, invitedBy: row.invitedByName, organization };
}

/** Notes that the mail server took the mails; one sent again meanwhile is not touched. */
export async function noteMailed(
  { db, actor, emit }: TenantScope,
  mailed: InvitationToMail[],
): Promise<void> {
  const { orgId } = actor;
  for (const { id, sentAt } of mailed) {
    await db.invitation.updateMany({ where: { id, orgId, sentAt }, data: { mailedAt: clock.now() } });
    await emit({
      id: `invitation-mailed:${id}:${sentAt.getTime()}`,
      name: INVITATION_MAILED,
      data: { orgId, invitationId: id, sentAt: sentAt.toISOString() },
    });
  }
}

/** Withdraws an invitation; its link says so from now on. */
export async function revokeInvitation(scope: TenantScope, { id }: InvitationId): Promise<void> {
  const { db, actor } = scope;
  const { orgId } = actor;
  await lockMembers({ db, orgId });
  const { count } = await db.invitation.updateMany({
    where: { id, orgId, ...PENDING },
    data: { revokedAt: clock.now() },
  });
  if (count === 0) throw notFound("invitation");
  await record(scope, { action: "invitation.revoked", target: { type: "invitation", id } });
}
