/** A plan that is nearly or wholly used up: told to those who can change it, by a notification and a mail. */
import type { OrgActor, Trace } from "~/kernel/actor";
import type { Meter } from "~/kernel/meters";
import { countUsage, warningOf } from "~/modules/metering";
import { managersOf } from "~/modules/tenancy";
import { clock } from "~/kernel/clock";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { mailLimit } from "../adapters/mail";
import { notify } from "../service";

export type LimitMailed = {
  /** Stable per organization, meter, period, threshold and person. */
  id: string;
  to: string;
  organization: string;
  slug: string;
  meter: Meter;
  threshold: 80 | 100;
  /** In units of the ledger. */
  used: number;
  included: number;
  resetsAt: Date;
};

type Neared = { orgId: string; meter: Meter; threshold: 80 | 100; periodStart: string };

/**
 * What it says comes from the row that decided it, once a period. Owners and admins are notified, owners are mailed; a
 * crash between mails sends them again under the same Message-ID. @returns how many mails went out, or false when there is
 * no such warning. @throws mail.unavailable
 */
export async function tellOfLimit(
  { orgId, meter, threshold, periodStart }: Neared,
  trace: Trace,
  send: (mail: LimitMailed) => Promise<void> = mailLimit,
): Promise<number | false> {
  const actor: OrgActor = { kind: "org", orgId, userId: null, role: "job", trace };
  const [warning, { organization, managers }] = await readTenant(actor, (scope) =>
    Promise.all([warningOf(scope, meter, new Date(periodStart), threshold), managersOf(scope)]),
  );
  if (!warning || !organization) return false;
  const cause = `limit:${meter}:${periodStart}:${threshold}`;
  await withTenant(actor, async (scope) => {
    for (const { userId } of managers) {
      const detail = { meter, threshold };
      await notify(scope, { kind: "limit.neared", userId, cause, targetId: null, detail });
    }
  });
  const owners = managers.filter(({ role }) => role === "owner");
  for (const { userId, email } of owners) {
    const id = `limit.${orgId}.${meter}.${Date.parse(periodStart)}.${threshold}.${userId}`;
    await send({ id, to: email, ...organization, meter, threshold, ...warning });
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
  return owners.length;
}
