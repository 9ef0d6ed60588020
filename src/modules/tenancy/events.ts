/** What tenancy announces. Ids and codes only; whoever answers reads the organization from the row. */
import { z } from "zod";
import { Role } from "~/kernel/role-schema";

export const INVITATION_ACCEPTED = "tenancy/invitation.accepted";
export const InvitationAccepted = z.object({ invitationId: z.uuid() });

/** The mail server took an invitation's mail. `sentAt` tells one sending of it from another. */
export const INVITATION_MAILED = "tenancy/invitation.mailed";
export const InvitationMailed = z.object({
  orgId: z.uuid(),
  invitationId: z.uuid(),
  sentAt: z.iso.datetime(),
});

export const ROLE_CHANGED = "tenancy/role.changed";
export const RoleChanged = z.object({
  /** One a change: a role may come and go and come again. */
  changeId: z.uuid(),
  membershipId: z.uuid(),
  byId: z.uuid().nullable(),
  before: Role,
  after: Role,
});

/** Somebody is a member who was none: by founding an organization or by an invitation. */
export const MEMBER_JOINED = "tenancy/member.joined";
export const MemberJoined = z.object({ membershipId: z.uuid() });
