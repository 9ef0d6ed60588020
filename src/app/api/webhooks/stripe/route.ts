/** Stripe's webhooks. 200 for what is stored (or was before), 400 for what is not Stripe's; an outage of ours makes Stripe send again. */
import { DomainError } from "~/kernel/errors";
import { takeInWebhook } from "~/modules/billing";
import { boundedText } from "~/server/http/bounded-body";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";

export const dynamic = "force-dynamic";

/** Stripe's own events are far smaller. */
const MAX_BODY_BYTES = 1_000_000;

const REFUSALS = {
  forged: "The signature does not match this body.",
  stale: "The signature is too old. Send it again with a fresh one.",
  malformed: "This is no event of Stripe.",
} as const;

export async function POST(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  try {
    const body = await boundedText(request, MAX_BODY_BYTES);
    const outcome = await takeInWebhook(body, request.headers.get("stripe-signature"), trace);
    if (outcome === "stored" || outcome === "repeated") return Response.json({ received: true });
    throw new DomainError("invalid", "billing.webhook_refused", REFUSALS[outcome]);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
