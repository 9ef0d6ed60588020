/** Stripe's webhooks: proven, stored once, and then handled by a function that asks Stripe what is true. */
import type Stripe from "stripe";
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { inngest } from "~/server/events/inngest";
import { inTurn, type Sweep } from "~/server/events/sweeper";
import { withSystem } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { customerOf, verifyWebhook } from "../adapters/webhook";
import { STRIPE_EVENT_STORED } from "../events";
import { claimDueEvents, emptyBodies, inboxCounts, storeEvent } from "../queries/system";
import { isActedOn } from "../rules";

export type WebhookOutcome = "stored" | "repeated" | "forged" | "stale" | "malformed";

/** Milliseconds after which an event that was sent to be handled, and was not, is sent again. */
const SEND_AGAIN_MS = 60_000;

/** @throws billing.not_set_up without a secret; kernel.database_unavailable, whereupon Stripe sends it again. */
export async function takeInWebhook(
  body: string,
  signature: string | null,
  trace: Trace,
): Promise<WebhookOutcome> {
  const verdict = verifyWebhook(body, signature);
  const outcome = verdict.is === "genuine" ? await takeIn(verdict.event, body, trace) : verdict.is;
  metrics().webhooks.inc({ outcome });
  return outcome;
}

/** Stores an event whose origin is proven, and has it handled. Repeated, it changes nothing. */
export async function takeIn(
  event: Stripe.Event,
  body: string,
  trace: Trace,
): Promise<"stored" | "repeated"> {
  const isWanted = isActedOn(event.type);
  const isNew = await withSystem({ reason: "an event of Stripe came in", trace }, (scope) =>
    storeEvent(scope, {
      id: event.id,
      type: event.type,
      occurredAt: new Date(event.created * 1000),
      // What nobody here asks for is noted by its id, and its words are nobody's to keep.
      body: isWanted ? body : null,
      customerId: customerOf(event),
      state: isWanted ? "received" : "ignored",
      dueAt: isWanted ? new Date(clock.now().getTime() + SEND_AGAIN_MS) : null,
    }),
  );
  // Stripe is answered without waiting for the engine; what it does not take goes with the next sweep.
  if (isNew && isWanted) void ask([{ id: event.id, attempts: 0 }]);
  return isNew ? "stored" : "repeated";
}

/** The engine drops a repeated id, so each try has its own. What it does not take is sent again by the sweep. */
async function ask(events: readonly { id: string; attempts: number }[], round = "0"): Promise<void> {
  if (events.length === 0) return;
  await inngest()
    .send(
      events.map(({ id, attempts }) => ({
        id: `stripe:${id}:${attempts}:${round}`,
        name: STRIPE_EVENT_STORED,
        data: { stripeEventId: id },
      })),
    )
    .catch((error: Error) => logger().warn({ err: error }, "events of Stripe wait for the engine"));
}

/** Has events handled that were stored and are not. @returns how many, or null when another process is at it. */
export async function askForDueEvents(): Promise<number | null> {
  const now = clock.now();
  const due = await inTurn("stripe inbox", async (scope) => {
    const claimed = await claimDueEvents(scope, now);
    const counts = new Map((await inboxCounts(scope)).map(({ state, count }) => [state, count]));
    for (const state of ["received", "failed"]) metrics().inboxWaiting.set({ state }, counts.get(state) ?? 0);
    return claimed;
  });
  if (due === null) return null;
  await ask(due, String(now.getTime()));
  return due.length;
}

/** Bodies name who pays: they are kept 90 days. */
const BODY_DAYS = 90;

export const inboxSweeps = (): Sweep[] => [
  { name: "stripe inbox", everyMs: 15_000, turn: askForDueEvents },
  {
    name: "stripe event bodies",
    everyMs: 60 * 60_000,
    turn: () =>
      inTurn("stripe event bodies", (scope) =>
        emptyBodies(scope, new Date(clock.now().getTime() - BODY_DAYS * 86_400_000)),
      ),
  },
];
