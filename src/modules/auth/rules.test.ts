import { describe, expect, it } from "vitest";
import {
  decideGoogle,
  decideRefresh,
  describeBrowser,
  endOf,
  LANDING,
  linkRefusal,
  REFUSAL_WORDS,
  refusalFor,
  REPLAY_MS,
  safeNext,
  safeNextOf,
  type GoogleFacts,
} from "./rules";
import { SignInError } from "./schema";

const NOW = new Date("2026-03-01T12:00:00Z");
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const ahead = (ms: number) => new Date(NOW.getTime() + ms);

describe("where a sign-in may lead", () => {
  it.each([
    "/o/acme/companies?sort=name#top",
    "/invitations/abc",
    "/account/devices",
    "/",
    "/o/loginhouse",
    "/apiary",
  ])("goes on to %s, a path of ours", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    "https://evil.example/o/acme",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/o/acme\r\nset-cookie: a=b",
    "/..//evil.example",
    "/%2e%2e//evil.example",
    "javascript:alert(1)",
    "o/acme",
    "",
    " /o/acme",
    null,
    undefined,
    "/" + "a".repeat(2_000),
  ])("never leaves the site for %j", (wanted) => {
    expect(safeNext(wanted)).toBe(LANDING);
  });

  it.each(["/api/session", "/api", "/login", "/login/error?error=unknown", "/API/trpc", "/x/../api/auth"])(
    "does not arrive at %s, a door or the sign-in itself",
    (wanted) => {
      expect(safeNext(wanted)).toBe(LANDING);
    },
  );

  it("takes the path of a whole address of our own, and of no other", () => {
    expect(safeNextOf("https://app.test/o/acme?a=1", "https://app.test")).toBe("/o/acme?a=1");
    expect(safeNextOf("https://app.test.evil.example/o/acme", "https://app.test")).toBe(LANDING);
    expect(safeNextOf("http://app.test/o/acme", "https://app.test")).toBe(LANDING);
    expect(safeNextOf("/o/acme", "https://app.test")).toBe("/o/acme");
    expect(safeNextOf(null, "https://app.test")).toBe(LANDING);
  });
});

describe("a mailed link that was not taken", () => {
  const link = { email: "a@x.test", usedAt: null, expiresAt: ahead(1) };
  it("is said to be used, expired or unknown, whichever holds", () => {
    expect(linkRefusal({ ...link, usedAt: ago(5) }, "a@x.test", NOW)).toBe("link_used");
    expect(linkRefusal({ ...link, usedAt: ago(5), expiresAt: ago(1) }, "a@x.test", NOW)).toBe("link_used");
    expect(linkRefusal({ ...link, expiresAt: NOW }, "a@x.test", NOW)).toBe("link_expired");
    expect(linkRefusal(null, "a@x.test", NOW)).toBe("link_unknown");
  });
  it("tells nothing of itself to another address", () => {
    expect(linkRefusal({ ...link, usedAt: ago(5) }, "b@x.test", NOW)).toBe("link_unknown");
  });
});

describe("a Google account", () => {
  const facts: GoogleFacts = {
    isEmailVerified: true,
    joinedUserId: null,
    connectUserId: null,
    sameAddress: null,
  };
  const known = { userId: "known", isEmailVerified: true, hasOtherGoogle: false };

  it("signs in the person it is connected to, whatever its address says today", () => {
    const decision = decideGoogle({
      ...facts,
      joinedUserId: "joined",
      isEmailVerified: false,
      sameAddress: known,
    });
    expect(decision).toEqual({ kind: "sign_in", userId: "joined" });
  });
  it("makes a new person when nobody has the address", () => {
    expect(decideGoogle(facts)).toEqual({ kind: "create" });
  });
  it("is joined to a person who proved the address to us by a link", () => {
    expect(decideGoogle({ ...facts, sameAddress: known })).toEqual({ kind: "join", userId: "known" });
  });
  it("is refused while Google has not verified the address, new person or not", () => {
    const refused = { kind: "refuse", error: "google_unverified" };
    expect(decideGoogle({ ...facts, isEmailVerified: false })).toEqual(refused);
    expect(decideGoogle({ ...facts, isEmailVerified: false, sameAddress: known })).toEqual(refused);
  });
  it("is not joined to a person who never proved the address to us", () => {
    const sameAddress = { ...known, isEmailVerified: false };
    expect(decideGoogle({ ...facts, sameAddress })).toEqual({ kind: "refuse", error: "google_not_joined" });
  });
  it("is not joined beside another Google account by itself", () => {
    const sameAddress = { ...known, hasOtherGoogle: true };
    expect(decideGoogle({ ...facts, sameAddress })).toEqual({ kind: "refuse", error: "google_not_joined" });
  });
  it("is connected to the signed-in person who asks, under whatever address", () => {
    const decision = decideGoogle({ ...facts, connectUserId: "me", sameAddress: known });
    expect(decision).toEqual({ kind: "connect", userId: "me" });
    expect(decideGoogle({ ...facts, connectUserId: "me", joinedUserId: "me" }).kind).toBe("connect");
  });
  it("stays with the person who has it", () => {
    const decision = decideGoogle({ ...facts, connectUserId: "me", joinedUserId: "other" });
    expect(decision).toEqual({ kind: "refuse", error: "google_taken" });
  });
  it("is not connected while Google has not verified its address", () => {
    const decision = decideGoogle({ ...facts, connectUserId: "me", isEmailVerified: false });
    expect(decision).toEqual({ kind: "refuse", error: "google_unverified" });
  });
});

describe("a refresh token", () => {
  const fresh = { expiresAt: ahead(1_000), usedAt: null, revokedAt: null };
  it("is rotated once", () => {
    expect(decideRefresh(fresh, NOW)).toBe("rotate");
  });
  it("is answered the same again for 10 s, and ends its family after", () => {
    expect(decideRefresh({ ...fresh, usedAt: ago(REPLAY_MS) }, NOW)).toBe("replay");
    expect(decideRefresh({ ...fresh, usedAt: ago(REPLAY_MS + 1) }, NOW)).toBe("reused");
  });
  it("is theft when it comes back used, even after it would have expired", () => {
    expect(decideRefresh({ ...fresh, usedAt: ago(60_000), expiresAt: ago(1) }, NOW)).toBe("reused");
  });
  it("is worth nothing once expired, its session ended, or never seen", () => {
    expect(decideRefresh({ ...fresh, expiresAt: NOW }, NOW)).toBe("expired");
    expect(decideRefresh({ ...fresh, revokedAt: ago(1) }, NOW)).toBe("ended");
    expect(decideRefresh(null, NOW)).toBe("unknown");
  });
});

describe("a session's end", () => {
  it("is its revocation with the reason, else its expiry, else not yet", () => {
    const living = { revokedAt: null, revokedReason: null, expiresAt: ahead(1) };
    expect(endOf(living, NOW)).toBeNull();
    expect(endOf({ ...living, expiresAt: NOW }, NOW)).toEqual({ at: NOW, reason: "expired" });
    expect(endOf({ ...living, revokedAt: ago(1), revokedReason: "refresh_reused" }, NOW)).toEqual({
      at: ago(1),
      reason: "refresh_reused",
    });
    expect(endOf({ ...living, revokedAt: ago(1) }, NOW)?.reason).toBe("signed_out");
  });
});

describe("a browser's own word", () => {
  const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0";
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/139.0.1`,
      "Edge 139",
      "Windows",
      "computer",
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`, "Chrome 139", "Linux", "computer"],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`,
      "Chrome 139",
      "ChromeOS",
      "computer",
    ],
    [
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Safari/537.36 OPR/110.0.0.0`,
      "Opera 110",
      "macOS",
      "computer",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0",
      "Firefox 142",
      "macOS",
      "computer",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
      "Safari 18",
      "macOS",
      "computer",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Safari 18",
      "iOS",
      "phone",
    ],
    [
      "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/139.0.7 Mobile/15E148 Safari/604.1",
      "Chrome 139",
      "iPadOS",
      "tablet",
    ],
    [
      `Mozilla/5.0 (Linux; Android 15; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet 28",
      "Android",
      "phone",
    ],
    [`Mozilla/5.0 (Linux; Android 15; SM-X710) ${CHROME} Safari/537.36`, "Chrome 139", "Android", "tablet"],
    ["curl/8.9.1", "Unknown browser", "unknown system", "computer"],
    [null, "Unknown browser", "unknown system", "computer"],
  ])("reads %s", (userAgent, browser, system, kind) => {
    expect(describeBrowser(userAgent)).toEqual({ browser, system, kind });
  });
});

describe("words for a refused sign-in", () => {
  it("has a page for each of ours and each of next-auth's", () => {
    for (const error of SignInError.options) expect(refusalFor(error)).toBe(error);
    expect(refusalFor("Verification")).toBe("link_unknown");
    expect(refusalFor("OAuthCallback")).toBe("google_down");
  });
  it("has one for anything else an address may say", () => {
    for (const error of ["constructor", "__proto__", "<script>", "", null])
      expect(refusalFor(error)).toBe("unknown");
  });
  it("says what happened, what to do, and one button that stays on our site", () => {
    for (const { title, what, todo, way } of Object.values(REFUSAL_WORDS)) {
      for (const words of [title, what, todo, way.label]) expect(words).not.toMatch(/!|oops/i);
      expect(way.href).toMatch(/^\/(?:login|account)/);
    }
  });
});
