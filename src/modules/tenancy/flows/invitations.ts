import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import { readSystem, withSystem } from "~/server/db/with-system";
import { withTenant } from "~/server/db/with-tenant";
import { sendSoon } from "~/server/events/outbox";
import { countTry } from "~/server/http/limiter";
import { logger } from "~/server/observability/logger";
import { mailInvitation } from "../adapters/mail";
import type { InvitationId, InvitationPreview, InviteInput, InviteReceipt } from "../schema";
import {
  joinByInvitation,
  noteMailed,
  openInvitations,
  previewInvitation,
  renewInvitation,
  type InvitationToMail,
} from "../service";
import { profileOf } from "./organizations";

/** Sends one mail; the live one goes over SMTP. */
type SendInvitation = (invitation: InvitationToMail) => Promise<void>;

/** Per organization: what an ordinary one needs in its busiest hour, and too few to send spam with. */
const MAILS = { name: "invitation-mail", points: 200, windowSeconds: 3_600 };

/**
 * Opens the invitations, then mails them. A mail that is not taken leaves its invitation open and unmailed: the page
 * offers to send it again. @throws what `openInvitations` throws; kernel.too_many_requests after 200 mails in an hour.
 */
export async function inviteMembers(
  actor: OrgActor,
  input: InviteInput,
  send: SendInvitation = mailInvitation,
): Promise<InviteReceipt> {
  for (const _ of input.emails) await countTry(MAILS, actor.orgId);
  const opened = await withTenant(actor, (scope) => openInvitations(scope, input));
  return mailAll(actor, opened, send);
}

/** Renews an invitation, then mails it with its new token. */
export async function resendInvitation(
  actor: OrgActor,
  input: InvitationId,
  send: SendInvitation = mailInvitation,
): Promise<InviteReceipt> {
  await countTry(MAILS, actor.orgId);
  const renewed = await withTenant(actor, (scope) => renewInvitation(scope, input));
  return mailAll(actor, [renewed], send);
}

async function mailAll(
  actor: OrgActor,
  opened: InvitationToMail[],
  send: SendInvitation,
): Promise<InviteReceipt> {
  const outcomes = await Promise.allSettled(opened.map(send));
  const mailed = opened.filter((_, index) => outcomes[index]!.status === "fulfilled");
  if (mailed.length < opened.length) {
    const { correlationId } = actor.trace;
    logger().warn(
      { correlation_id: correlationId, count: opened.length - mailed.length },
      "invitations not mailed",
    );
  }
  if (mailed.length > 0) await withTenant(actor, (scope) => noteMailed(scope, mailed));
  const invitations = opened.map((row) => ({ id: row.id, email: row.email, isMailed: mailed.includes(row) }));
  return { invitations };
}

/** What the holder of a mailed token may see; no account needed. */
export const lookAtInvitation = (trace: Trace, token: string): Promise<InvitationPreview> =>
  readSystem({ reason: "show an invitation", trace }, (scope) => previewInvitation(scope, token));

/** Accepts as the signed-in person. @returns the organization's slug. */
export async function acceptInvitation(person: UserActor, token: string): Promise<{ slug: string }> {
  const guest = await profileOf(person);
  const joined = await withSystem(
    { reason: "accept an invitation", trace: person.trace, actorId: person.userId },
    (scope) => joinByInvitation(scope, token, guest),
  );
  sendSoon();
  return joined;
}
