/** What an event of tenancy is about, for whoever answers it: read by id, whatever the event says besides. */
import type { Trace } from "~/kernel/actor";
import type { Role } from "~/kernel/roles";
import { readSystem } from "~/server/db/with-system";
import { acceptedInvitationRow, memberRow } from "../queries/system";

/** An invitation that was accepted, or null. */
export async function acceptedInvitation(invitationId: string, trace: Trace) {
  const row = await readSystem({ reason: "who accepted an invitation", trace }, (scope) =>
    acceptedInvitationRow(scope, invitationId),
  );
  return row?.acceptedById ? { ...row, acceptedById: row.acceptedById, role: row.role as Role } : null;
}

/** A membership that is there, or null. */
export const memberById = (membershipId: string, trace: Trace) =>
  readSystem({ reason: "whose membership changed", trace }, (scope) => memberRow(scope, membershipId));
