/** The HTTP door of tRPC. Batches are bounded: one request is one unit of work for limits and memory. */
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { AnyRouter } from "@trpc/server";
import { env } from "~/server/config/env";
import { isOwnOrigin } from "~/server/http/security-headers";
import { cookieOf } from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { CORRELATION_HEADER, traceOf } from "~/server/http/trace";
import { createContext, ORG_HEADER, type Knock } from "./context";
import type { Gates } from "./gates";

const MAX_BATCH = 20;

/** Reads a request's token: the session cookie, else `Authorization: Bearer`. */
export const tokenOf = (headers: Headers): string | null =>
  cookieOf(headers, SESSION_COOKIE) ??
  /^Bearer ([\w.-]+)$/.exec(headers.get("authorization") ?? "")?.[1] ??
  null;

export const knockOf = (headers: Headers): Knock => ({
  trace: traceOf(headers),
  token: tokenOf(headers),
  isApiClient: cookieOf(headers, SESSION_COOKIE) === null && headers.has("authorization"),
  orgSlug: headers.get(ORG_HEADER),
  userAgent: headers.get("user-agent")?.slice(0, 400) ?? null,
});

/** Answers tRPC requests at `/api/trpc`. */
export const createTrpcHandler =
  (router: AnyRouter, gates: Gates) =>
  async (request: Request): Promise<Response> => {
    if (!isOwnOrigin(request, env().APP_URL)) {
      return Response.json(
        { message: "This request came from another site and was refused." },
        { status: 403 },
      );
    }
    const knock = knockOf(request.headers);
    const paths = new URL(request.url).pathname.replace(/^\/api\/trpc\//, "").split(",");
    if (paths.length > MAX_BATCH) {
      return Response.json({ message: `A batch holds at most ${MAX_BATCH} calls.` }, { status: 400 });
    }
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: request,
      router,
      createContext: () => createContext(gates, knock),
      allowMethodOverride: false,
    });
    response.headers.set(CORRELATION_HEADER, knock.trace.correlationId);
    return response;
  };
