/** The one mail that welcomes a new person, after their first organization. */
import type { Trace } from "~/kernel/actor";
import { memberById } from "~/modules/tenancy";
import { readSystem, withSystem } from "~/server/db/with-system";
import { sendSoon, writeOutbox } from "~/server/events/outbox";
import { mailWelcome } from "../adapters/mail";
import { WELCOME_MAILED } from "../events";
import { markWelcomed, userById } from "../queries/system";

export type WelcomeMailed = {
  userId: string;
  to: string;
  name: string | null;
  organization: string;
  slug: string;
};

/**
 * Reads who joined what, mails, and notes it. A crash between the last two sends it again under the same Message-ID: at
 * least once, and recognisably the same. @returns whether a mail went out. @throws mail.unavailable.
 */
export async function welcome(
  { membershipId }: { membershipId: string },
  trace: Trace,
  send: (mail: WelcomeMailed) => Promise<void> = mailWelcome,
): Promise<boolean> {
  const member = await memberById(membershipId, trace);
  if (!member) return false;
  const { userId, organization } = member;
  const person = await readSystem({ reason: "who is to be welcomed", trace }, (scope) =>
    userById(scope, userId),
  );
  if (!person || person.welcomedAt) return false;
  await send({
    userId,
    to: person.email,
    name: person.name,
    organization: organization.name,
    slug: organization.slug,
  });
  await withSystem({ reason: "a person was welcomed", trace, actorId: userId }, async (scope) => {
    const { count } = await markWelcomed(scope, userId);
    if (count === 0) return;
    // Metering, above this slice, counts it to the organization.
    const sentAt = new Date().toISOString();
    await writeOutbox(scope.db, member.orgId, {
      id: `welcomed:${userId}`,
      name: WELCOME_MAILED,
      data: { membershipId, sentAt },
    });
  });
  sendSoon();
  return true;
}
