/** The buttons on the pages of mailed links: one signs in (by next-auth), one confirms who is signed in already. */
import { DomainError } from "~/kernel/errors";
import { cookieOf, LINK_COOKIE, LINK_COOKIE_SECONDS, setCookie, withCookies } from "~/server/auth/cookies";
import { hashSecret } from "~/server/auth/secrets";
import { SESSION_COOKIE } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { boundedText } from "~/server/http/bounded-body";
import { isOwnOrigin } from "~/server/http/security-headers";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import { stepUpByLink } from "../flows/step-up";
import { actorOfToken } from "../flows/watch-sessions";
import { safeNext } from "../rules";
import { OpenLinkInput, OpenStepUpInput, type StepUpError } from "../schema";
import { LINK_COOKIE_PATH } from "./next-auth";
import { MOST_FORM_BYTES } from "./next-auth-request";

/** Only a page of ours may send a link's form, whether or not there are cookies yet. @returns the refusal, or null. */
function foreignForm(request: Request): Response | null {
  const withCookie = new Headers(request.headers);
  withCookie.set("cookie", "-");
  if (isOwnOrigin({ method: request.method, headers: withCookie }, env().APP_URL)) return null;
  const refusal = new DomainError(
    "forbidden",
    "auth.foreign_form",
    "This form was sent from another site. Open the link in your mail and press the button there.",
  );
  return problemResponse(refusal, traceOf(request.headers).correlationId);
}

const go = (path: string) => new Response(null, { status: 303, headers: { location: env().APP_URL + path } });
const fieldsOf = async (request: Request) =>
  Object.fromEntries(new URLSearchParams(await boundedText(request, MOST_FORM_BYTES).catch(() => "")));

/** Answers the form with a redirect. Another site could otherwise sign its visitor in as somebody else. */
export async function answerLinkOpened(request: Request): Promise<Response> {
  const foreign = foreignForm(request);
  if (foreign) return foreign;
  const input = OpenLinkInput.safeParse(await fieldsOf(request));
  if (!input.success) return go("/login/error?error=link_unknown");
  const { email, token, next } = input.data;
  const params = new URLSearchParams({ email, token, callbackUrl: env().APP_URL + safeNext(next) });
  const pressed = setCookie(LINK_COOKIE, hashSecret(token), {
    path: LINK_COOKIE_PATH,
    maxAgeSeconds: LINK_COOKIE_SECONDS,
  });
  return withCookies(go(`${LINK_COOKIE_PATH}?${params}`), [pressed]);
}

/** Answers the form of a link that confirms: back to where one was, or to why it does not count. */
export async function answerStepUp(request: Request): Promise<Response> {
  const foreign = foreignForm(request);
  if (foreign) return foreign;
  const input = OpenStepUpInput.safeParse(await fieldsOf(request));
  const next = safeNext(input.data?.next);
  const refuse = (error: StepUpError) => go(`/login/confirm?${new URLSearchParams({ error, next })}`);
  if (!input.success) return refuse("link_unknown");
  // The cookie alone: a program's token has no browser to confirm.
  const actor = await actorOfToken(cookieOf(request.headers, SESSION_COOKIE), traceOf(request.headers));
  if (!actor) return refuse("signed_out");
  const error = await stepUpByLink(actor, input.data.token);
  return error ? refuse(error) : go(next);
}
