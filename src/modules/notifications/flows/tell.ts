/** What happened in lower slices, told to whom it concerns. Organization and people come from rows, never from the event. */
import type { OrgActor, Trace } from "~/kernel/actor";
import { acceptedInvitation, memberById } from "~/modules/tenancy";
import { withTenant } from "~/server/db/with-tenant";
import type { Notice } from "../schema";
import { notify } from "../service";
import type { Role } from "~/kernel/roles";

const tellIn = (orgId: string, trace: Trace, notice: Notice): Promise<void> => {
  const actor: OrgActor = { kind: "org", orgId, userId: null, role: "job", trace };
  return withTenant(actor, (scope) => notify(scope, notice));
};

/** To whoever invited. @returns false when there is nobody to tell. */
export async function tellOfAcceptance(
  { invitationId }: { invitationId: string },
  trace: Trace,
): Promise<boolean> {
  const accepted = await acceptedInvitation(invitationId, trace);
  if (!accepted || accepted.invitedById === accepted.acceptedById) return false;
  await tellIn(accepted.orgId, trace, {
    kind: "invitation.accepted",
    userId: accepted.invitedById,
    cause: `invitation:${invitationId}`,
    targetId: accepted.acceptedById,
    detail: { role: accepted.role },
  });
  return true;
}

/** To the member whose role it is. One who changed their own, handing over ownership, knows already. */
export async function tellOfRole(
  change: { changeId: string; membershipId: string; byId: string | null; before: Role; after: Role },
  trace: Trace,
): Promise<boolean> {
  const member = await memberById(change.membershipId, trace);
  if (!member || member.userId === change.byId) return false;
  await tellIn(member.orgId, trace, {
    kind: "role.changed",
    userId: member.userId,
    cause: `role:${change.changeId}`,
    targetId: change.byId,
    detail: { before: change.before, after: change.after },
  });
  return true;
}
