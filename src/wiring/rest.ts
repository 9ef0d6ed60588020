/** REST over every router: `/api/v1`, and the events that endpoints are told of. */
import { EVENT_TYPES } from "~/modules/webhooks/schema";
import { cookieOf } from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { problemResponse } from "~/server/http/problem";
import { isOwnOrigin } from "~/server/http/security-headers";
import { traceOf } from "~/server/http/trace";
import { openApiDocument, type ToldEvent } from "~/server/rest/document";
import { createRestHandler } from "~/server/rest/handler";
import { originRefused } from "~/server/rest/refusals";
import { BASE_PATH, routesOf } from "~/server/rest/table";
import { gates } from "./gates";
import { RECORD_ANSWERS } from "./records";
import { appRouter } from "./routers";

const TOLD: readonly ToldEvent[] = EVENT_TYPES.map((type) => ({
  type,
  record: RECORD_ANSWERS[type.split(".")[0]!] ?? null,
}));

export const answerRest = createRestHandler(appRouter, gates, TOLD);

/** What `/api/v1/openapi.json` says, for pages and the committed copy. */
export const restDocument = (appUrl: string) => openApiDocument(routesOf(appRouter), appUrl, TOLD);

/** What a browser sends by itself, or what would name another caller. */
const NOT_PASSED_ON = ["cookie", "authorization", "origin"];

/**
 * A request to `/api/try/…` as `/api/v1/…` answers it for the person who is signed in: for the pages of the reference, whose
 * scripts cannot read the session's cookie. Heard from pages of ours alone, as tRPC is.
 */
export async function tryRest(request: Request): Promise<Response> {
  const { headers: given, method, body } = request;
  if (!isOwnOrigin(request, env().APP_URL))
    return problemResponse(originRefused(given.get("origin") ?? ""), traceOf(given).correlationId);
  const token = cookieOf(given, SESSION_COOKIE);
  const headers = new Headers(given);
  for (const name of NOT_PASSED_ON) headers.delete(name);
  if (token) headers.set("authorization", `Bearer ${token}`);
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/^\/api\/try/, BASE_PATH);
  // `duplex` is needed for a body that is still on its way; the DOM's types do not know it.
  return answerRest(new Request(url, { method, headers, body, duplex: "half" } as RequestInit));
}
