/**
 * next-auth's part: the handshake with Google (state, PKCE, id token), and the callback of a mailed link. What it
 * means (who that is, whether they may come in, the session) is decided in our flows; next-auth is told the result. Built
 * anew for each request, so that what one callback found out stands nowhere else.
 */
import NextAuth, { type Account, type NextAuthOptions, type Profile } from "next-auth";
import type { Adapter } from "next-auth/adapters";
import { decode as decodeEncrypted, encode as encodeEncrypted } from "next-auth/jwt";
import EmailProvider from "next-auth/providers/email";
import GoogleProvider, { type GoogleProfile as GoogleClaims } from "next-auth/providers/google";
import type { Trace } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import {
  companionCookies,
  cookieCalled,
  cookieName,
  cookieOf,
  isSecure,
  noMemberCookie,
  setCookie,
  withCookies,
} from "~/server/auth/cookies";
import { LINK_COOKIE, type IssuedSession } from "~/server/auth/cookies";
import { hashSecret, isSameSecret } from "~/server/auth/secrets";
import { SESSION_COOKIE, SESSION_TOKEN_SECONDS } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { boundedText } from "~/server/http/bounded-body";
import { problemResponse } from "~/server/http/problem";
import { traceOf } from "~/server/http/trace";
import { logger } from "~/server/observability/logger";
import { signInByGoogle, signInByLink, takeLink, type GoogleProfile } from "../flows/sign-in";
import { issue, type StartedSession, type Visitor } from "../flows/start-session";
import { actorOfToken } from "../flows/watch-sessions";
import { CONNECT_RETURN, LANDING, LINK_VALID_MINUTES, refusalFor, safeNextOf } from "../rules";
import type { SignInError } from "../schema";
import { askNextAuth, MOST_FORM_BYTES } from "./next-auth-request";
import { visitorOf } from "./visitor";

/** Those of next-auth's doors that stand open. Its own sign-in form, session and sign-out doors have ours instead. */
const OPEN = new Set(["GET csrf", "POST signin/google", "GET callback/google", "GET callback/email"]);

export const isGoogleOffered = (): boolean => env().GOOGLE_CLIENT_ID !== undefined;

type Visit = {
  trace: Trace;
  visitor: Visitor;
  /** The signed-in person, where the callback's purpose is to connect Google to them. */
  connectUserId: string | null;
  started: StartedSession | null;
  issued: IssuedSession | null;
  refused: SignInError | null;
  isConnected: boolean;
};

/** Answers `/api/auth/*`. */
export async function answerNextAuth(request: Request): Promise<Response> {
  const trace = traceOf(request.headers);
  const url = new URL(request.url);
  const path = url.pathname.replace(/^\/api\/auth\//, "");
  if (!OPEN.has(`${request.method} ${path}`)) return problemResponse(notFound("page"), trace.correlationId);
  if (path === "callback/email" && !wasButtonPressed(request.headers, url)) {
    // A mail scanner that follows addresses, or a link from elsewhere: back to the page with the button.
    return redirect(`/login/link?${linkParams(url)}`);
  }
  if (path === "callback/google" && url.searchParams.has("error")) {
    const isCancelled = url.searchParams.get("error") === "access_denied";
    return redirect(`/login/error?error=${isCancelled ? "google_cancelled" : "google_down"}`);
  }
  const signedIn = isConnecting(request.headers)
    ? await actorOfToken(cookieOf(request.headers, SESSION_COOKIE), trace)
    : null;
  const visit: Visit = {
    trace,
    visitor: await visitorOf(request.headers),
    connectUserId: signedIn?.userId ?? null,
    started: null,
    issued: null,
    refused: null,
    isConnected: false,
  };
  let body: string;
  try {
    body = await boundedText(request, MOST_FORM_BYTES);
  } catch (error) {
    return problemResponse(error, trace.correlationId);
  }
  const response = await askNextAuth(
    request,
    body,
    path.split("/"),
    (req, res) => NextAuth(req, res, optionsOf(visit)),
    {
      callbackUrl: (wanted) => env().APP_URL + safeNextOf(wanted, new URL(env().APP_URL).origin),
    },
  );
  return arrivalOf(visit, response, path);
}

const redirect = (path: string) =>
  new Response(null, { status: 303, headers: { location: env().APP_URL + path } });

const linkParams = (url: URL) =>
  new URLSearchParams({
    email: url.searchParams.get("email") ?? "",
    token: url.searchParams.get("token") ?? "",
    next: safeNextOf(url.searchParams.get("callbackUrl"), new URL(env().APP_URL).origin),
  });

function wasButtonPressed(headers: Headers, url: URL): boolean {
  const pressed = cookieOf(headers, LINK_COOKIE);
  return pressed !== null && isSameSecret(pressed, hashSecret(url.searchParams.get("token") ?? ""));
}

/** next-auth's cookie that remembers where a sign-in was started to. */
const returnCookie = () => `${isSecure() ? "__Secure-" : ""}next-auth.callback-url`;
const isConnecting = (headers: Headers) =>
  cookieCalled(headers, returnCookie()) === env().APP_URL + CONNECT_RETURN;

/** Puts our own cookies and pages on next-auth's answer, which names the next address in its head or its body. */
async function arrivalOf(visit: Visit, response: Response, path: string): Promise<Response> {
  if (visit.issued) withCookies(response, [...companionCookies(visit.issued), noMemberCookie()]);
  if (path === "callback/email") {
    withCookies(response, [setCookie(LINK_COOKIE, "", { path: LINK_COOKIE_PATH, maxAgeSeconds: 0 })]);
  }
  const location = response.headers.get("location");
  if (location) response.headers.set("location", nextAddress(visit, location));
  if (path !== "signin/google" || location) return response;
  const { url } = (await response.json()) as { url: string };
  return new Response(JSON.stringify({ url: nextAddress(visit, url) }), response);
}

/** Where the browser goes instead of next-auth's own pages, which are closed. */
function nextAddress({ refused }: Visit, address: string): string {
  if (refused) return errorPage(refused);
  const target = new URL(address, env().APP_URL);
  if (target.origin !== new URL(env().APP_URL).origin) return address;
  if (/^\/api\/auth\/(?:error|signin)$/.test(target.pathname)) {
    return errorPage(refusalFor(target.searchParams.get("error")));
  }
  return target.pathname === "/" ? env().APP_URL + LANDING : address;
}

export const LINK_COOKIE_PATH = "/api/auth/callback/email";
const errorPage = (error: SignInError) => `${env().APP_URL}/login/error?error=${error}`;

function optionsOf(visit: Visit): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: isSecure(),
    pages: { signIn: "/login", error: "/login/error", verifyRequest: "/login/check-mail" },
    session: { strategy: "jwt", maxAge: SESSION_TOKEN_SECONDS },
    cookies: {
      sessionToken: {
        name: cookieName(SESSION_COOKIE),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() },
      },
    },
    jwt: {
      // With a salt next-auth keeps its own handshake values (state, PKCE) in encrypted cookies: those stay its own.
      encode: async (params) =>
        params.salt ? encodeEncrypted(params) : (await issuedOf(visit)).sessionToken,
      // Who was signed in until now has no say in who signs in: connecting is decided in our flow.
      decode: async (params) => (params.salt ? decodeEncrypted(params) : null),
    },
    providers: [
      // Links are made by our own flow (limits, mail); the provider is there for its callback.
      EmailProvider({ maxAge: LINK_VALID_MINUTES * 60, sendVerificationRequest: () => {} }),
      ...(isGoogleOffered() ? [google()] : []),
    ],
    adapter: adapterOf(visit),
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        try {
          return await arrive(visit, account, profile, user.email);
        } catch (error) {
          // next-auth would put the error's words into an address, and log nothing.
          logger().error({ err: error, correlation_id: visit.trace.correlationId }, "sign-in failed");
          visit.refused = "unknown";
          return false;
        }
      },
    },
    logger: {
      error: (code, metadata) =>
        logger().warn(
          {
            code,
            err: metadata instanceof Error ? metadata : metadata.error,
            correlation_id: visit.trace.correlationId,
          },
          "next-auth refused",
        ),
      warn: (code) => logger().debug({ code }, "next-auth warned"),
      debug: () => {},
    },
  };
}

async function issuedOf(visit: Visit): Promise<IssuedSession> {
  if (!visit.started) throw new Error("next-auth asked for a token before anybody was signed in");
  return (visit.issued ??= await issue(visit.started));
}

const google = () =>
  GoogleProvider({
    clientId: env().GOOGLE_CLIENT_ID!,
    clientSecret: env().GOOGLE_CLIENT_SECRET!,
    issuer: env().GOOGLE_ISSUER,
    wellKnown: `${env().GOOGLE_ISSUER}/.well-known/openid-configuration`,
    httpOptions: { timeout: 10_000 },
    // In the body, which everybody reads alike; readers of the Basic header differ on escapes in it.
    client: { token_endpoint_auth_method: "client_secret_post" },
    authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
  });

function googleProfileOf(sub: string, profile: Profile, email: string | null | undefined): GoogleProfile {
  const { email_verified: isEmailVerified, name } = profile as Partial<GoogleClaims>;
  // Some issuers write it as a string.
  const isVerified = String(isEmailVerified) === "true";
  return {
    sub,
    email: (profile.email ?? email ?? "").trim().toLowerCase(),
    isEmailVerified: isVerified,
    name: name ?? null,
  };
}

/** @returns whether next-auth goes on to hand out a token, or where it sends the browser instead. */
async function arrive(
  visit: Visit,
  account: Account | null,
  profile: Profile | undefined,
  email: string | null | undefined,
): Promise<boolean | string> {
  if (account?.provider === "email") {
    visit.started = await signInByLink(account.providerAccountId, visit.visitor, visit.trace);
    return true;
  }
  if (account?.provider !== "google" || !profile) return false;
  const person = googleProfileOf(account.providerAccountId, profile, email);
  const answer = await signInByGoogle(person, visit.visitor, visit.connectUserId, visit.trace);
  if (answer.kind === "signed_in") {
    visit.started = answer.session;
    return true;
  }
  if (answer.kind === "connected") return `${env().APP_URL}${CONNECT_RETURN}`;
  visit.refused = answer.error;
  return false;
}

/** What next-auth asks of a store. By the time it asks for users, our flow has made or found them. */
function adapterOf(visit: Visit): Adapter {
  const arrived = () => (visit.started ? { id: visit.started.userId, email: "", emailVerified: null } : null);
  const refuse = () => Promise.reject(new Error("users are made by the sign-in flow"));
  return {
    createVerificationToken: refuse,
    useVerificationToken: async ({ identifier, token }) => {
      visit.refused = await takeLink(token, identifier, visit.trace);
      return visit.refused ? null : { identifier, token, expires: new Date(Date.now() + 60_000) };
    },
    getUserByEmail: async () => arrived(),
    getUserByAccount: async () => arrived(),
    getUser: async () => arrived(),
    updateUser: async () => arrived()!,
    createUser: refuse,
  } as Adapter;
}
