/** The browser's session: POST renews it by the refresh token, which is sent to this door alone; DELETE signs out. */
import { DomainError } from "~/kernel/errors";
import { actorOfToken, refreshSession, signOut } from "~/modules/auth";
import {
  cookieOf,
  MEMBER_COOKIE,
  noMemberCookie,
  noSessionCookies,
  REFRESH_COOKIE,
  sessionCookies,
  withCookies,
} from "~/server/auth/cookies";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import { tokenOf } from "~/server/trpc/handler";

export async function POST(request: Request): Promise<Response> {
  const response = await renew(request);
  // What was opened as a member and is over would otherwise keep the browser out of its own session.
  const opened = cookieOf(request.headers, MEMBER_COOKIE);
  const isOver = opened !== null && !(await actorOfToken(opened, traceOf(request.headers)));
  return isOver ? withCookies(response, [noMemberCookie()]) : response;
}

async function renew(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  const token = cookieOf(request.headers, REFRESH_COOKIE);
  try {
    const issued = await refreshSession(token, trace);
    const body = { expires_at: issued.expiresAt.toISOString() };
    return withCookies(
      Response.json(body, { headers: { "cache-control": "no-store" } }),
      sessionCookies(issued),
    );
  } catch (error) {
    const response = problemResponse(error, trace.correlationId);
    // Without a refresh token (dev login) the session may be good until its token expires.
    const isOver = token !== null && error instanceof DomainError && error.kind === "unauthenticated";
    return isOver ? withCookies(response, noSessionCookies()) : response;
  }
}

export async function DELETE(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  const tokens = {
    session: cookieOf(request.headers, SESSION_COOKIE) ?? tokenOf(request.headers),
    refresh: cookieOf(request.headers, REFRESH_COOKIE),
  };
  try {
    await signOut(tokens, trace);
    return withCookies(new Response(null, { status: 204 }), [...noSessionCookies(), noMemberCookie()]);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
}
