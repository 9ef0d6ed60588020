/**
 * Opening the product as a member, to see what they see (ADR 0027): with a reason, for a while, read-only unless asked for with a
 * reason of its own, and written where the organization reads it. Never nested, and never as other staff.
 */
import type { UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { endOpenedSessions, markEnded, openSession } from "~/modules/auth";
import { signOpened } from "~/server/auth/session-token";
import { withSystem, type SystemScope } from "~/server/db/with-system";
import { notAsStaff } from "../errors";
import { memberToOpen } from "../queries/system";
import type { OpenAsInput } from "../schema";

export type Opened = { token: string; slug: string; lifetimeS: number };

/**
 * A session as the member, of `minutes`; what the same person had open ends.
 * @throws kernel.not_found for who is no member, admin.not_as_staff
 */
export async function openAsMember(staff: UserActor, input: OpenAsInput): Promise<Opened> {
  const { orgId, userId, minutes, reason, changes } = input;
  const lifetimeS = minutes * 60;
  const asked = {
    reason: "staff open an organization as a member",
    trace: staff.trace,
    actorId: staff.userId,
  };
  const { sessionId, slug } = await withSystem(asked, async (scope) => {
    const member = await memberToOpen(scope, orgId, userId);
    if (!member) throw notFound("member");
    if (member.isStaff || userId === staff.userId) throw notAsStaff();
    const sessionId = await openSession(scope, {
      userId,
      staffId: staff.userId,
      staffSessionId: staff.sessionId,
      staffOrgId: orgId,
      staffReadsOnly: changes === null,
      expiresAt: new Date(clock.now().getTime() + lifetimeS * 1_000),
    });
    await tell(scope, orgId, {
      action: "staff.opened_as_member",
      target: { type: "user", id: userId },
      after: {
        minutes,
        access: changes ? "to change things" : "read-only",
        reason: changes ? `${reason}; to change things: ${changes.reason}` : reason,
        session: sessionId,
      },
    });
    return { sessionId, slug: member.slug };
  });
  return {
    token: await signOpened({ userId, sessionId, staffId: staff.userId }, lifetimeS),
    slug,
    lifetimeS,
  };
}

/** Ends what is open, by whoever holds it. */
export async function closeOpened({ userId, staff, trace }: UserActor): Promise<void> {
  if (!staff) return;
  const asked = { reason: "staff end what they opened as a member", trace, actorId: staff.userId };
  const ids = await withSystem(asked, async (scope) => {
    const ended = await endOpenedSessions(scope, staff.userId);
    if (ended.length > 0)
      await tell(scope, staff.orgId, {
        action: "staff.closed_as_member",
        target: { type: "user", id: userId },
        after: {},
      });
    return ended;
  });
  markEnded(ids);
}

type Told = { action: string; target: { type: string; id: string }; after: Record<string, unknown> };

/** In the platform's chain, and in the organization's, where its owners and admins read it. */
async function tell(scope: SystemScope, orgId: string, entry: Told): Promise<void> {
  await record(scope, { ...entry, after: { ...entry.after, orgId } });
  await record(scope, entry, { orgId, via: `staff:${scope.actorId}` });
}
