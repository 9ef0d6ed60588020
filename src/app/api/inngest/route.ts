/** Inngest's door: signed calls only, in `local` as everywhere; the SDK checks each one. */
import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { env } from "~/server/config/env";
import { inngest } from "~/server/events/inngest";
import { boundedText } from "~/server/http/bounded-body";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import { functions } from "~/wiring/functions";

/** Seconds: one call works at most 80 s (jobs/functions.ts). */
export const maxDuration = 300;
export const dynamic = "force-dynamic";

/** What the engine sends is a run's state: ids and counters, far below this. */
const MAX_BODY_BYTES = 4_000_000;

let held: ReturnType<typeof serve> | undefined;
const door = () =>
  (held ??= serve({
    client: inngest(),
    functions: functions(),
    // Anybody may ask to be registered again, but not where: a Host header of theirs would send runs to them.
    serveOrigin: env().INNGEST_SERVE_ORIGIN ?? env().APP_URL,
    servePath: "/api/inngest",
  }));

const withinSize =
  (method: "GET" | "POST" | "PUT") =>
  async (request: NextRequest, context: unknown): Promise<Response> => {
    if (request.body === null) return door()[method](request, context);
    let body: string;
    try {
      body = await boundedText(request, MAX_BODY_BYTES);
    } catch (error) {
      return problemResponse(error, traceOf(request.headers).correlationId);
    }
    const { url, headers } = request;
    return door()[method](new NextRequest(url, { method, headers, body }), context);
  };

export const GET = withinSize("GET");
export const POST = withinSize("POST");
export const PUT = withinSize("PUT");
