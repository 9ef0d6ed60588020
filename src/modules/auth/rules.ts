/** Decisions of sign-in: pure, clock and facts passed in. Source: spec §3, design decisions 11 and 12. */
import type { EndReason, SignInError, StepUpError } from "./schema";

export const LINK_VALID_MINUTES = 15;
export const REFRESH_DAYS = 30;
export const REFRESH_SECONDS = REFRESH_DAYS * 24 * 60 * 60;
/** A refresh token used again within this time is a second tab; later it is a copy in other hands. */
export const REPLAY_MS = 10_000;
/** How long the devices page remembers an ended session, and the registry keeps it. */
export const ENDED_SHOWN_DAYS = 30;

/** How long a confirmation counts (spec §9: "opened within the last 15 minutes"). */
export const STEP_UP_MINUTES = 15;
export const CHALLENGE_MINUTES = 5;
export const MOST_PASSKEYS = 20;

/** Until when a confirmation counts, or null: never given, or too long ago. */
export function freshUntil(steppedUpAt: Date | null, now: Date): Date | null {
  if (!steppedUpAt) return null;
  const until = new Date(steppedUpAt.getTime() + STEP_UP_MINUTES * 60_000);
  return until > now ? until : null;
}

type StepUpLink = { userId: string; sessionId: string; usedAt: Date | null; expiresAt: Date };

/** Why a mailed confirmation does not count in this session, or null when it does. */
export function stepUpRefusal(
  link: StepUpLink | null,
  session: { userId: string; sessionId: string },
  now: Date,
): StepUpError | null {
  // Somebody else's link is as unknown as one that never was.
  if (!link || link.userId !== session.userId) return "link_unknown";
  // The browser that asked is the one that is confirmed: who asked with a stolen session gains nothing by the owner's press.
  if (link.sessionId !== session.sessionId) return "other_session";
  if (link.usedAt) return "link_used";
  return link.expiresAt <= now ? "link_expired" : null;
}

/** The name that passkeys are bound to, or null where the host is a number, which WebAuthn takes for nobody. */
export function passkeyHost(appUrl: string): string | null {
  const { hostname } = new URL(appUrl);
  return /^[\d.]+$|^\[/.test(hostname) ? null : hostname;
}

/** Leads to the organization last used, or to the page that creates the first one. */
export const LANDING = "/login/landing";

/** Where "Connect Google" on the profile page comes back to: this address is how its purpose is known. */
export const CONNECT_RETURN = "/account?connect=google";

/** No request can name it, so that an address which resolves to it is a path and nothing else. */
const NOWHERE = "http://nowhere.invalid";

/**
 * `wanted` when it is a path of ours, else `LANDING`. Browsers read `//x`, `/\x` and paths with tabs in them as other
 * hosts; doors (`/api/`) and the sign-in pages themselves are no places to arrive at.
 */
export function safeNext(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > 2_000 || /[\\\p{Cc}]/u.test(wanted)) return LANDING;
  const url = URL.canParse(wanted, NOWHERE) ? new URL(wanted, NOWHERE) : null;
  if (!url || url.origin !== NOWHERE || url.pathname.startsWith("//")) return LANDING;
  if (/^\/(?:api|login)(?:\/|$)/i.test(url.pathname)) return LANDING;
  return url.pathname + url.search + url.hash;
}

/** The same for an address that may be absolute: only one of our own origin keeps its path. */
export function safeNextOf(wanted: string | null | undefined, ownOrigin: string): string {
  if (!wanted || !URL.canParse(wanted)) return safeNext(wanted);
  const url = new URL(wanted);
  return url.origin === ownOrigin ? safeNext(url.pathname + url.search + url.hash) : LANDING;
}

type Link = { email: string; usedAt: Date | null; expiresAt: Date };

/** Why a link was not taken. One for another address is as unknown as one that never was. */
export function linkRefusal(link: Link | null, email: string, now: Date): SignInError {
  if (!link || link.email !== email) return "link_unknown";
  if (link.usedAt) return "link_used";
  return link.expiresAt <= now ? "link_expired" : "link_unknown";
}

export type GoogleFacts = {
  /** Google's word that the person owns the address. */
  isEmailVerified: boolean;
  /** Who has this Google account already. */
  joinedUserId: string | null;
  /** The signed-in person who asked to connect it, from the profile page. */
  connectUserId: string | null;
  /** Who has the same address here. */
  sameAddress: { userId: string; isEmailVerified: boolean; hasOtherGoogle: boolean } | null;
};

export type GoogleDecision =
  | { kind: "sign_in"; userId: string }
  | { kind: "join"; userId: string }
  | { kind: "connect"; userId: string }
  | { kind: "create" }
  | { kind: "refuse"; error: SignInError };

/**
 * What a Google account may do here. It is joined to an existing person only when Google has verified the address and
 * so have we, by a link opened from it; or by the person themselves, signed in. A person who has a Google
 * account already came by it and never proved the address to us otherwise, so a second one is not joined by itself.
 */
export function decideGoogle(facts: GoogleFacts): GoogleDecision {
  const { isEmailVerified, joinedUserId, connectUserId, sameAddress } = facts;
  if (connectUserId) {
    if (joinedUserId && joinedUserId !== connectUserId) return { kind: "refuse", error: "google_taken" };
    if (!isEmailVerified) return { kind: "refuse", error: "google_unverified" };
    return { kind: "connect", userId: connectUserId };
  }
  if (joinedUserId) return { kind: "sign_in", userId: joinedUserId };
  if (!isEmailVerified) return { kind: "refuse", error: "google_unverified" };
  if (!sameAddress) return { kind: "create" };
  const mayJoin = sameAddress.isEmailVerified && !sameAddress.hasOtherGoogle;
  return mayJoin
    ? { kind: "join", userId: sameAddress.userId }
    : { kind: "refuse", error: "google_not_joined" };
}

type RefreshState = {
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
};

/** What is done with a presented refresh token: the next one, the same next one again, or the end of its family. */
export function decideRefresh(
  token: RefreshState | null,
  now: Date,
): "unknown" | "ended" | "expired" | "rotate" | "replay" | "reused" {
  if (!token) return "unknown";
  if (token.revokedAt) return "ended";
  if (token.usedAt) return now.getTime() - token.usedAt.getTime() <= REPLAY_MS ? "replay" : "reused";
  return token.expiresAt <= now ? "expired" : "rotate";
}

type SessionState = { revokedAt: Date | null; revokedReason: string | null; expiresAt: Date };

/** When and why a session ended, or null while it lives. */
export function endOf(session: SessionState, now: Date): { at: Date; reason: EndReason } | null {
  const { revokedAt, revokedReason, expiresAt } = session;
  if (revokedAt) return { at: revokedAt, reason: (revokedReason ?? "signed_out") as EndReason };
  return expiresAt <= now ? { at: expiresAt, reason: "expired" } : null;
}

/** First match wins: every browser claims to be its ancestors too. */
const BROWSERS: [string, RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//],
];
const SYSTEMS: [string, RegExp][] = [
  ["iPadOS", /\biPad\b/],
  ["iOS", /\biPhone\b|\biPod\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows NT\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac OS X\b|\bMacintosh\b/],
  ["Linux", /\bLinux\b|\bX11\b/],
];

/** A browser by its own word, enough for a person to recognise it; never used to decide anything. */
export function describeBrowser(userAgent: string | null) {
  const text = userAgent ?? "";
  const found = BROWSERS.map(([name, pattern]) => [name, pattern.exec(text)?.[1]] as const).find(
    ([, version]) => version !== undefined,
  );
  const system = SYSTEMS.find(([, pattern]) => pattern.test(text))?.[0] ?? "unknown system";
  const isTablet = system === "iPadOS" || (system === "Android" && !/\bMobile\b/.test(text));
  const isPhone = system === "iOS" || (system === "Android" && !isTablet);
  return {
    browser: found ? `${found[0]} ${found[1]}` : "Unknown browser",
    system,
    kind: isTablet ? ("tablet" as const) : isPhone ? ("phone" as const) : ("computer" as const),
  };
}

/** The people of the seed, offered on the sign-in page in `local`. */
export const DEMO_PEOPLE = [
  { email: "owner@acme.test", words: "Owner of Acme" },
  { email: "admin@acme.test", words: "Admin of Acme" },
  { email: "member@acme.test", words: "Member of Acme" },
  { email: "readonly@acme.test", words: "Read-only at Acme" },
  { email: "owner@globex.test", words: "Owner of Globex" },
  { email: "staff@tenantry.test", words: "Platform staff" },
] as const;

type Way = { label: string; href: string };
type Words = { title: string; what: string; todo: string; way: Way };
const AGAIN: Way = { label: "Back to sign-in", href: "/login" };
const NEW_LINK: Way = { label: "Ask for a new link", href: "/login" };

/** What each refused sign-in tells the person: what happened, what to do, one button. */
export const REFUSAL_WORDS: Record<SignInError, Words> = {
  link_expired: {
    title: "This link has expired",
    what: `A sign-in link works for ${LINK_VALID_MINUTES} minutes, and this one is older.`,
    todo: "Ask for a new one; it arrives within a minute.",
    way: NEW_LINK,
  },
  link_used: {
    title: "This link was used already",
    what: "Each sign-in link works once. If it was not you who used it, look at your devices after signing in.",
    todo: "Ask for a new one.",
    way: NEW_LINK,
  },
  link_unknown: {
    title: "This link is not complete",
    what: "Part of the address is missing or changed; some mail programs cut long links.",
    todo: "Copy the whole address from the mail, or ask for a new link.",
    way: NEW_LINK,
  },
  mail_down: {
    title: "The mail could not be sent",
    what: "Our mail server does not answer right now. No link was made.",
    todo: "Try again in a minute.",
    way: { label: "Try again", href: "/login" },
  },
  google_cancelled: {
    title: "Sign-in with Google was cancelled",
    what: "You left Google's page before it let you in. Nothing was changed.",
    todo: "Start again, or sign in by mail.",
    way: AGAIN,
  },
  google_down: {
    title: "Google could not be reached",
    what: "Google did not answer, or answered something we could not verify. Nothing was changed.",
    todo: "Try again in a minute, or sign in by mail.",
    way: AGAIN,
  },
  google_unverified: {
    title: "Google has not verified this address",
    what: "We only take an address from Google that Google has verified.",
    todo: "Verify the address in your Google account, or sign in by mail.",
    way: { label: "Sign in by mail", href: "/login" },
  },
  google_not_joined: {
    title: "This address already has an account",
    what: "It is not connected to this Google account, and we don't connect them without you.",
    todo: "Sign in by mail, then connect Google on your profile page.",
    way: { label: "Sign in by mail", href: "/login?next=%2Faccount" },
  },
  google_taken: {
    title: "This Google account is in use",
    what: "It is connected to another person here, so it was not connected to you.",
    todo: "Choose another Google account.",
    way: { label: "Back to your profile", href: "/account" },
  },
  session_ended: {
    title: "Your session has ended",
    what: "It expired, or it was ended on another device.",
    todo: "Sign in again; what was saved is safe.",
    way: { label: "Sign in again", href: "/login" },
  },
  refresh_reused: {
    title: "You were signed out for your safety",
    what: "Somebody used an old copy of this browser's session, so we ended it everywhere it was held.",
    todo: "Sign in again, then look at your devices for one you don't know.",
    way: { label: "Sign in again", href: "/login?next=%2Faccount%2Fdevices" },
  },
  unknown: {
    title: "Sign-in did not work",
    what: "Something failed on our side, and you are not signed in.",
    todo: "Ask for a new link; if it stays, write to whoever runs this site.",
    way: AGAIN,
  },
};

/** What the page of a mailed confirmation says when it does not count. */
export const STEP_UP_WORDS: Record<StepUpError, { title: string; what: string }> = {
  link_expired: {
    title: "This link has expired",
    what: `It works for ${LINK_VALID_MINUTES} minutes, and this one is older. Ask for a new one where you needed it.`,
  },
  link_used: {
    title: "This link was used already",
    what: "Each link confirms once. If it was not you who used it, look at your devices.",
  },
  link_unknown: {
    title: "This link is not for you",
    what: "It is not complete, or it was mailed to somebody else. Open it where that person is signed in.",
  },
  other_session: {
    title: "Open this link where you asked for it",
    what: "It confirms the browser that asked, and this is another one. Copy the link to that browser.",
  },
  signed_out: {
    title: "You are not signed in here",
    what: "A confirmation belongs to a signed-in browser. Open the link in the one that asked for it.",
  },
};

/** next-auth's own words for what went wrong, in ours. */
const NEXT_AUTH_ERRORS: Record<string, SignInError> = {
  Verification: "link_unknown",
  OAuthSignin: "google_down",
  OAuthCallback: "google_down",
  Callback: "unknown",
  OAuthAccountNotLinked: "google_not_joined",
  EmailSignin: "mail_down",
};

/** The page for an `error` in an address: ours, next-auth's, or anything at all. */
export function refusalFor(error: string | null | undefined): SignInError {
  if (error && Object.hasOwn(REFUSAL_WORDS, error)) return error as SignInError;
  return (error && Object.hasOwn(NEXT_AUTH_ERRORS, error) && NEXT_AUTH_ERRORS[error]) || "unknown";
}

export const END_WORDS: Record<EndReason, string> = {
  signed_out: "Signed out",
  ended_by_user: "Ended from another device",
  ended_by_staff: "Ended by whoever runs Tenantry",
  refresh_reused: "Ended by us: an old copy of its session was used",
  account_deleted: "Account deleted",
  key_ended: "Its API key ended",
  replaced: "Newer sessions of its API key took its place",
  expired: "Expired",
};
