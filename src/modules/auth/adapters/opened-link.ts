/** The button on a mailed link's page: notes in the browser that it was pressed, then goes on to next-auth. */
import { DomainError } from "~/kernel/errors";
import { LINK_COOKIE, LINK_COOKIE_SECONDS, setCookie, withCookies } from "~/server/auth/cookies";
import { hashSecret } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { isOwnOrigin } from "~/server/http/security-headers";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import { safeNext } from "../rules";
import { OpenLinkInput } from "../schema";
import { LINK_COOKIE_PATH } from "./next-auth";

/**
 * Answers the form with a redirect. Only a page of ours may send it, whether or not there are cookies yet: another
 * site could otherwise sign its visitor in as somebody else.
 */
export async function answerLinkOpened(request: Request): Promise<Response> {
  const { correlationId } = traceOf(request.headers);
  const withCookie = new Headers(request.headers);
  withCookie.set("cookie", "-");
  if (!isOwnOrigin({ method: request.method, headers: withCookie }, env().APP_URL)) {
    const refusal = new DomainError(
      "forbidden",
      "auth.foreign_form",
      "This form was sent from another site. Open the link in your mail and press the button there.",
    );
    return problemResponse(refusal, correlationId);
  }
  const input = OpenLinkInput.safeParse(Object.fromEntries(new URLSearchParams(await request.text())));
  const go = (path: string) =>
    new Response(null, { status: 303, headers: { location: env().APP_URL + path } });
  if (!input.success) return go("/login/error?error=link_unknown");
  const { email, token, next } = input.data;
  const params = new URLSearchParams({ email, token, callbackUrl: env().APP_URL + safeNext(next) });
  const pressed = setCookie(LINK_COOKIE, hashSecret(token), {
    path: LINK_COOKIE_PATH,
    maxAgeSeconds: LINK_COOKIE_SECONDS,
  });
  return withCookies(go(`${LINK_COOKIE_PATH}?${params}`), [pressed]);
}
