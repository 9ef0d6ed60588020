/** Mails of slices below this one, which cannot count themselves: they announce them. */
import type { Trace } from "~/kernel/actor";
import { withSystem } from "~/server/db/with-system";
import { countUsageIn } from "../service";

/** The mail that welcomes a person, counted to their first organization; a membership that is gone counts nothing. */
export const countWelcomeMail = (
  { membershipId, sentAt }: { membershipId: string; sentAt: string },
  trace: Trace,
): Promise<boolean> =>
  withSystem({ reason: "count the mail of a welcome", trace }, async ({ db }) => {
    const row = await db.membership.findUnique({
      where: { id: membershipId },
      select: { orgId: true, userId: true },
    });
    if (!row) return false;
    const receipt = await countUsageIn(
      { db, orgId: row.orgId },
      {
        meter: "emails",
        quantity: 1,
        idempotencyKey: `mail:welcome.${row.userId}`,
        occurredAt: new Date(sentAt),
        source: { type: "mail", id: membershipId },
      },
    );
    return receipt.counted;
  });

/** One mail of an invitation. The organization is the row's; an invitation that is gone counts nothing. */
export const countInvitationMail = (
  { invitationId, sentAt }: { invitationId: string; sentAt: string },
  trace: Trace,
): Promise<boolean> =>
  withSystem({ reason: "count the mail of an invitation", trace }, async ({ db }) => {
    const row = await db.invitation.findUnique({ where: { id: invitationId }, select: { orgId: true } });
    if (!row) return false;
    const receipt = await countUsageIn(
      { db, orgId: row.orgId },
      {
        meter: "emails",
        quantity: 1,
        idempotencyKey: `mail:invitation.${invitationId}.${Date.parse(sentAt)}`,
        occurredAt: new Date(sentAt),
        source: { type: "mail", id: invitationId },
      },
    );
    return receipt.counted;
  });
