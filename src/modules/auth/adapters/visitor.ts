/** What a request says of the browser that signs in. */
import { cookieOf } from "~/server/auth/cookies";
import { SESSION_COOKIE, verifySession } from "~/server/auth/session-token";
import type { Visitor } from "../flows/start-session";

export async function visitorOf(headers: Headers): Promise<Visitor> {
  const token = cookieOf(headers, SESSION_COOKIE);
  const claims = token ? await verifySession(token) : null;
  return {
    userAgent: headers.get("user-agent"),
    replaces: claims && "sessionId" in claims ? claims.sessionId : null,
  };
}
