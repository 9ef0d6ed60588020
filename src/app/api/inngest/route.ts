/** Inngest's door: signed calls only, in `local` as everywhere; the SDK checks each one. */
import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { inngest } from "~/server/events/inngest";
import { functions } from "~/wiring/functions";

/** Seconds: one call works at most 80 s (jobs/functions.ts). */
export const maxDuration = 300;
export const dynamic = "force-dynamic";

/** What the engine sends is a run's state: ids and counters, far below this. */
const MAX_BODY_BYTES = 4_000_000;

let held: ReturnType<typeof serve> | undefined;
const door = () => (held ??= serve({ client: inngest(), functions: functions() }));

const withinSize =
  (method: "GET" | "POST" | "PUT") =>
  (request: NextRequest, context: unknown): Promise<Response> | Response => {
    if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
      return new Response(null, { status: 413 });
    }
    return door()[method](request, context);
  };

export const GET = withinSize("GET");
export const POST = withinSize("POST");
export const PUT = withinSize("PUT");
