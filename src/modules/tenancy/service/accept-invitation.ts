import { record } from "~/modules/audit";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { requireRoom } from "~/modules/entitlements";
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";
import { writeOutbox } from "~/server/events/outbox";
import { addressUnverified, invitationEnded, invitationWrongAddress, orgSuspended } from "../errors";
import { INVITATION_ACCEPTED, MEMBER_JOINED } from "../events";
import { countMembers, lockMembers, roleOf } from "../queries";
import { invitationByHash } from "../queries/system";
import { invitationState } from "../rules";
import type { InvitableRole, InvitationPreview } from "../schema";
import { tokenHash } from "./invitation-token";

/** What the holder of a token may know of its invitation. */
export async function previewInvitation(scope: SystemScope, token: string): Promise<InvitationPreview> {
  const invitation = await invitationByHash(scope, tokenHash(token));
  if (!invitation) return { state: "unknown" };
  const state = invitationState(invitation, clock.now());
  if (state !== "open") return { state };
  const { email, invitedByName, expiresAt, organization } = invitation;
  const role = invitation.role as InvitableRole;
  return { state, organization: organization.name, role, email, invitedBy: invitedByName, expiresAt };
}

type Guest = { userId: string; email: string; name: string | null; emailVerifiedAt: Date | null };

/**
 * Makes the person a member, when the invitation is for the person's own, verified address. Before that the person can
 * see nothing of the organization, hence system scope. Pressing twice is one acceptance.
 * @throws tenancy.invitation_ended, tenancy.invitation_wrong_address, tenancy.address_unverified, tenancy.org_suspended;
 * quota_exceeded when the plan has no place.
 */
export async function joinByInvitation(
  scope: SystemScope,
  token: string,
  guest: Guest,
): Promise<{ slug: string }> {
  const hash = tokenHash(token);
  const seen = await invitationByHash(scope, hash);
  if (!seen) throw notFound("invitation");
  const { orgId } = seen;
  const at = { db: scope.db, orgId };
  await lockMembers(at);
  const invitation = await invitationByHash(scope, hash);
  if (!invitation) throw notFound("invitation");
  const { slug, status } = invitation.organization;
  const role = await roleOf(at, guest.userId);
  const state = invitationState(invitation, clock.now());
  if (state === "accepted" && invitation.acceptedById === guest.userId && role) return { slug };
  if (state !== "open") throw invitationEnded(state);
  if (invitation.email !== guest.email) throw invitationWrongAddress();
  if (!guest.emailVerifiedAt) throw addressUnverified();
  if (status === "suspended") throw orgSuspended();
  if (!role) {
    // The plan may have shrunk since the invitation was sent.
    await requireRoom(at, { limit: "members", used: await countMembers(at), asked: 1, resetsAt: null });
    const membershipId = newId();
    await scope.db.membership.createMany({
      data: {
        id: membershipId,
        orgId,
        userId: guest.userId,
        role: invitation.role,
        userName: guest.name,
        userEmail: guest.email,
      },
    });
    await writeOutbox(scope.db, orgId, {
      id: `member-joined:${membershipId}`,
      name: MEMBER_JOINED,
      data: { membershipId },
    });
  }
  await scope.db.invitation.update({
    where: { id: invitation.id },
    data: { acceptedAt: clock.now(), acceptedById: guest.userId },
    select: { id: true },
  });
  await record(
    scope,
    {
      action: "invitation.accepted",
      target: { type: "invitation", id: invitation.id },
      after: { role: role ?? invitation.role },
    },
    { orgId, actorId: guest.userId },
  );
  await writeOutbox(scope.db, orgId, {
    id: `invitation-accepted:${invitation.id}`,
    name: INVITATION_ACCEPTED,
    data: { invitationId: invitation.id },
  });
  return { slug };
}
