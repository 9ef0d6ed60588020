/** What happened becomes deliveries, and deliveries whose time has come go to the engine: once a second, in one process at a time. */
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { sendSoon, writeOutbox } from "~/server/events/outbox";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { metrics } from "~/server/observability/metrics";
import { DELIVERY_DUE, type DeliveryDue } from "../events";
import { oldestDueSeconds, purgeEventsBefore, takeDueDeliveries, takeNewEvents } from "../queries/system";
import { dueId, KEPT_DAYS } from "../rules";

const BATCH = 500;
/** A try has this long to end before it is taken for lost: three times what one may take. */
const CLAIM_MS = 60_000;
const DAY_MS = 86_400_000;

/** @returns how many deliveries went to the engine, or null when another process is at it. */
export async function sendDueDeliveries(): Promise<number | null> {
  const sent = await inTurn("webhook deliveries", async (scope) => {
    const now = clock.now();
    const fresh = await takeNewEvents(scope, now, BATCH);
    await scope.db.webhookDelivery.createMany({
      data: fresh.map(({ orgId, eventId, endpointId, type }) => ({
        id: newId(),
        orgId,
        eventId,
        endpointId,
        eventType: type,
        nextAttemptAt: now,
      })),
    });
    const claimedUntil = new Date(now.getTime() + CLAIM_MS);
    const due = await takeDueDeliveries(scope, { now, claimedUntil }, BATCH);
    for (const { id, orgId, endpointId, attempts } of due) {
      const data: DeliveryDue = { deliveryId: id, endpointId, attempt: attempts };
      await writeOutbox(scope.db, orgId, { id: dueId(id, attempts, claimedUntil), name: DELIVERY_DUE, data });
    }
    metrics().webhooksLag.set(await oldestDueSeconds(scope, now));
    return due.length;
  });
  if (sent) sendSoon();
  return sent;
}

/** @returns how many events went, with their deliveries. */
export const purgeWebhookLog = (): Promise<number | null> =>
  inTurn("purge webhook log", (scope) =>
    purgeEventsBefore(scope, new Date(clock.now().getTime() - KEPT_DAYS * DAY_MS), 10_000),
  );

export const webhookSweeps = (): Sweep[] => [
  { name: "webhook deliveries", everyMs: 1_000, turn: sendDueDeliveries },
  { name: "purge webhook log", everyMs: 60 * 60_000, turn: purgeWebhookLog },
];
