/** The HTTP door of tRPC. Batches are bounded: one request is one unit of work for limits and memory. */
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { AnyRouter } from "@trpc/server";
import { DomainError } from "~/kernel/errors";
import { env } from "~/server/config/env";
import { boundedText, depthOf } from "~/server/http/bounded-body";
import { isOwnOrigin } from "~/server/http/security-headers";
import { cookieOf, MEMBER_COOKIE } from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { CORRELATION_HEADER, traceOf } from "~/server/http/trace";
import { rateHeaders } from "~/server/http/rate-limits";
import { logger } from "~/server/observability/logger";
import { countRequest, createContext, ORG_HEADER, type Knock } from "./context";
import type { Gates } from "./gates";

const MAX_BATCH = 20;
/** 1 MB (10⁶ bytes): files go to the object store, everything else is far below. */
export const MAX_BODY_BYTES = 1_000_000;
/** Brackets within brackets. Beyond it, what walks an input by calling itself would run out of stack. */
export const MAX_DEPTH = 100;

/** Reads a request's token: what was opened as a member, else the session cookie, else `Authorization: Bearer` (a token or an API key). */
export const tokenOf = (headers: Headers): string | null =>
  cookieOf(headers, MEMBER_COOKIE) ??
  cookieOf(headers, SESSION_COOKIE) ??
  /^Bearer ([\w.-]+)$/.exec(headers.get("authorization") ?? "")?.[1] ??
  null;

export const knockOf = (headers: Headers): Knock => ({
  trace: traceOf(headers),
  token: tokenOf(headers),
  isApiClient:
    cookieOf(headers, MEMBER_COOKIE) === null &&
    cookieOf(headers, SESSION_COOKIE) === null &&
    headers.has("authorization"),
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
    const context = createContext(gates, knock);
    const rate = await countRequest(context, paths.length).catch((error: unknown) => {
      // Who it is could not be found out; the procedures that ask will say so.
      logger().warn({ err: error, correlation_id: knock.trace.correlationId }, "a request was not counted");
      return null;
    });
    // Whoever is refused anyway has nothing read. Each procedure that is named says so: callers read that form.
    const bounded = context.refusal ?? (await withinBounds(request));
    if (bounded instanceof DomainError) context.refusal = bounded;
    const response = await fetchRequestHandler({
      endpoint: "/api/trpc",
      req: bounded instanceof DomainError ? withBody(request, "null") : bounded,
      router,
      createContext: () => context,
      allowMethodOverride: false,
    });
    response.headers.set(CORRELATION_HEADER, knock.trace.correlationId);
    for (const [name, value] of Object.entries(rate ? rateHeaders(rate) : {}))
      response.headers.set(name, value);
    if (rate && context.refusal?.kind === "too_many_requests")
      response.headers.set("retry-after", String(rate.resetS));
    return response;
  };

/** The request with its body read; or why not: kernel.body_too_large, kernel.body_unreadable, kernel.too_deep. */
async function withinBounds(request: Request): Promise<Request | DomainError> {
  const { body, url } = request;
  try {
    const text = body
      ? await boundedText(request, MAX_BODY_BYTES)
      : (new URL(url).searchParams.get("input") ?? "");
    if (depthOf(text) > MAX_DEPTH)
      throw new DomainError("invalid", "kernel.too_deep", `Nest at most ${MAX_DEPTH} levels.`, {
        maxDepth: MAX_DEPTH,
      });
    return body ? withBody(request, text) : request;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** The request once more, its body replaced where it may have one. */
const withBody = ({ url, method, headers, signal, body: before }: Request, body: string): Request =>
  new Request(url, { method, headers, signal, ...(before && { body }) });
