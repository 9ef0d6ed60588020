/** The cookies of a signed-in browser. None is readable by scripts but the one that says until when. */
import { env } from "~/server/config/env";
import { SESSION_COOKIE, SESSION_TOKEN_SECONDS } from "./session-token";

/** Sent to the one door that renews it, and to no other. */
export const REFRESH_COOKIE = "tenantry.refresh";
export const REFRESH_PATH = "/api/session";

/** A session that staff opened as a member: goes before the browser's own one, until it is ended. */
export const MEMBER_COOKIE = "tenantry.member";

/** Seconds since 1970 until the session token expires; the browser renews before. Holds nothing secret. */
export const UNTIL_COOKIE = "tenantry.until";

/** Proves that the button of a mailed link's page was pressed in this browser, a moment ago. */
export const LINK_COOKIE = "tenantry.link";
export const LINK_COOKIE_SECONDS = 60;

export type IssuedSession = {
  sessionToken: string;
  /** When the session token expires. */
  expiresAt: Date;
  /** Absent where the session ends with its token (dev login). */
  refresh: { token: string; lifetimeSeconds: number } | null;
};

type Attributes = { path: string; maxAgeSeconds: number; isReadable?: boolean };

/**
 * What a cookie is called on its way: by https with a prefix, under which browsers take none from another host of the same
 * site (`__Host-`), nor one without Secure (`__Secure-`, for those that are kept for one door).
 */
export const cookieName = (name: string): string =>
  !isSecure() || name === UNTIL_COOKIE ? name : `${PATH_BOUND.has(name) ? "__Secure-" : "__Host-"}${name}`;

const PATH_BOUND = new Set<string>([REFRESH_COOKIE, LINK_COOKIE]);

/** One Set-Cookie header: SameSite=Lax, HttpOnly unless readable, Secure wherever the app is reached by https. */
export function setCookie(
  name: string,
  value: string,
  { path, maxAgeSeconds, isReadable }: Attributes,
): string {
  const parts = [
    `${cookieName(name)}=${encodeURIComponent(value)}`,
    `Path=${path}`,
    `Max-Age=${maxAgeSeconds}`,
    "SameSite=Lax",
  ];
  if (!isReadable) parts.push("HttpOnly");
  if (isSecure()) parts.push("Secure");
  return parts.join("; ");
}

export const isSecure = (): boolean => env().APP_URL.startsWith("https://");

/** Everything but the session cookie itself, for answers where next-auth sets that one. */
export function companionCookies({ expiresAt, refresh }: IssuedSession): string[] {
  const until = String(Math.floor(expiresAt.getTime() / 1000));
  const maxAgeSeconds = refresh?.lifetimeSeconds ?? SESSION_TOKEN_SECONDS;
  return [
    setCookie(UNTIL_COOKIE, until, { path: "/", maxAgeSeconds, isReadable: true }),
    refresh
      ? setCookie(REFRESH_COOKIE, refresh.token, { path: REFRESH_PATH, maxAgeSeconds })
      : clearCookie(REFRESH_COOKIE, REFRESH_PATH),
  ];
}

export const sessionCookies = (issued: IssuedSession): string[] => [
  setCookie(SESSION_COOKIE, issued.sessionToken, { path: "/", maxAgeSeconds: SESSION_TOKEN_SECONDS }),
  ...companionCookies(issued),
];

const clearCookie = (name: string, path: string) => setCookie(name, "", { path, maxAgeSeconds: 0 });

/** What signs a browser out. */
export const noSessionCookies = (): string[] => [
  clearCookie(SESSION_COOKIE, "/"),
  clearCookie(UNTIL_COOKIE, "/"),
  clearCookie(REFRESH_COOKIE, REFRESH_PATH),
];

/** Back from what was opened as a member to the browser's own session. */
export const noMemberCookie = (): string => clearCookie(MEMBER_COOKIE, "/");

/** A cookie of ours in a request, or null. A value that is no valid encoding is nobody's. */
export const cookieOf = (headers: Headers, name: string): string | null =>
  cookieCalled(headers, cookieName(name));

/** The same by the whole name that is sent, for cookies that others set. */
export function cookieCalled(headers: Headers, sent: string): string | null {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [name, ...value] = pair.trim().split("=");
    if (name !== sent) continue;
    try {
      return decodeURIComponent(value.join("="));
    } catch {
      return null;
    }
  }
  return null;
}

/** Adds cookies to an answer, one header each. */
export function withCookies(response: Response, cookies: string[]): Response {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
