/** An endpoint that fails for a day, or was left alone: told to owners and admins, by a notification and a mail. */
import type { OrgActor, Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { countUsage } from "~/modules/metering";
import { notify } from "~/modules/notifications";
import { managersOf } from "~/modules/tenancy";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { mailTrouble } from "../adapters/mail";
import type { EndpointTroubled } from "../events";
import { shownUrl } from "../rules";

export type TroubleMailed = {
  /** Stable per endpoint, trouble and person. */
  id: string;
  to: string;
  organization: string;
  slug: string;
  endpointId: string;
  url: string;
  since: Date;
  isDisabled: boolean;
};

/** A crash between mails sends them again under the same Message-ID. @returns how many mails went out. @throws mail.unavailable */
export async function tellOfTrouble(
  { orgId, endpointId, since, isDisabled }: EndpointTroubled,
  trace: Trace,
  send: (mail: TroubleMailed) => Promise<void> = mailTrouble,
): Promise<number> {
  const actor: OrgActor = { kind: "org", orgId, userId: null, role: "job", trace };
  const [endpoint, { organization, managers }] = await readTenant(actor, (scope) =>
    Promise.all([
      scope.db.webhookEndpoint.findFirst({ where: { orgId, id: endpointId }, select: { url: true } }),
      managersOf(scope),
    ]),
  );
  if (!endpoint || !organization) return 0;
  const cause = `webhook:${endpointId}:${since}:${isDisabled ? "off" : "warned"}`;
  await withTenant(actor, async (scope) => {
    for (const { userId } of managers)
      await notify(scope, {
        kind: isDisabled ? "webhook.disabled" : "webhook.failing",
        userId,
        cause,
        targetId: endpointId,
        detail: {},
      });
  });
  for (const { userId, email } of managers) {
    const id = `${cause.replaceAll(":", ".")}.${userId}`;
    await send({
      id,
      to: email,
      ...organization,
      endpointId,
      url: shownUrl(endpoint.url),
      since: new Date(since),
      isDisabled,
    });
    await withTenant(actor, (scope) =>
      countUsage(scope, {
        meter: "emails",
        quantity: 1,
        idempotencyKey: `mail:${id}`,
        occurredAt: clock.now(),
        source: { type: "mail" },
      }),
    );
  }
  return managers.length;
}
