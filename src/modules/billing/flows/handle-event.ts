/** What is done about an event of Stripe: its customer is read and mirrored. The event itself is only a hint. */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { asDomainError } from "~/server/db/failure";
import { readSystem, withSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { closeEvent, closeEventsBefore, eventById } from "../queries/system";
import { nextEventTry } from "../rules";
import { syncCustomerShared } from "./sync-customer";

/**
 * Handles a stored event, again and again without harm. What fails is noted, and due again later: the engine need not
 * try, so it never throws for a failure that was noted.
 * @returns what became of it.
 */
export async function handleStripeEvent(
  { stripeEventId }: { stripeEventId: string },
  trace: Trace,
): Promise<void> {
  const event = await readSystem({ reason: "an event of Stripe to handle", trace }, (scope) =>
    eventById(scope, stripeEventId),
  );
  if (!event || event.state === "handled" || event.state === "ignored") return;
  try {
    const reading = event.customerId ? await syncCustomerShared(event.customerId, trace) : null;
    const closed = await withSystem({ reason: "an event of Stripe was handled", trace }, async (scope) => {
      if (reading) await closeEventsBefore(scope, event.customerId!, { ...reading, but: event.id });
      return closeEvent(scope, event.id, {
        // A customer that is none of ours belongs to something else in the same account, or to an organization that is
        // deleted: what is told of it late is not kept.
        ...(reading
          ? { state: "handled", orgId: reading.orgId }
          : { state: "ignored", isForgotten: event.customerId !== null }),
        dueAt: null,
      });
    });
    const lag = (clock.now().getTime() - closed.occurredAt.getTime()) / 1000;
    metrics().webhookLagSeconds.observe(Math.max(0, lag));
  } catch (error) {
    const { code } = asDomainError(error);
    logger().warn(
      { err: error, stripe_event: event.id, code, correlation_id: trace.correlationId },
      "an event of Stripe could not be handled",
    );
    await withSystem({ reason: "an event of Stripe failed", trace }, (scope) =>
      closeEvent(scope, event.id, {
        state: "failed",
        lastError: code,
        dueAt: nextEventTry(event.attempts + 1, clock.now()),
      }),
    );
  }
}
