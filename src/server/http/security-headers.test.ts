import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, isOwnOrigin } from "./security-headers";

const NONE = { objectStore: null, google: null, sentry: null };
const policyOf = (...args: Parameters<typeof contentSecurityPolicy>) =>
  new Map(
    contentSecurityPolicy(...args)
      .split("; ")
      .map((directive) => [directive.split(" ")[0], directive]),
  );

describe("the content security policy", () => {
  it("lets no script run but by this answer's nonce", () => {
    expect(policyOf("abc", NONE, false).get("script-src")).toBe("script-src 'nonce-abc' 'strict-dynamic'");
  });
  it("allows eval in development alone, where React's stack traces need it", () => {
    expect(policyOf("abc", NONE, true).get("script-src")).toContain("'unsafe-eval'");
    expect(policyOf("abc", NONE, false).get("script-src")).not.toContain("'unsafe-eval'");
  });
  it("names the object store for uploads and images, Google for the sign-in form, Sentry for reports, and nobody else", () => {
    const foreign = {
      objectStore: "https://files.test",
      google: "https://google.test",
      sentry: "https://sentry.test",
    };
    const policy = policyOf("abc", foreign, false);
    expect(policy.get("connect-src")).toBe("connect-src 'self' https://files.test https://sentry.test");
    expect(policy.get("img-src")).toBe("img-src 'self' data: blob: https://files.test");
    expect(policy.get("form-action")).toBe("form-action 'self' https://google.test");
  });
  it("forbids frames, plugins and a moved base", () => {
    const policy = policyOf("abc", NONE, false);
    expect([policy.get("frame-ancestors"), policy.get("object-src"), policy.get("base-uri")]).toEqual([
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
    ]);
  });
});

describe("the origin of a change", () => {
  const asked = (method: string, headers: Record<string, string>) =>
    isOwnOrigin({ method, headers: new Headers(headers) }, "https://app.test");

  it("refuses a form of another site that rides on the cookie", () => {
    expect(asked("POST", { cookie: "s=1", origin: "https://evil.test" })).toBe(false);
  });
  it("refuses a look-alike and a null origin", () => {
    expect(asked("POST", { cookie: "s=1", origin: "https://app.test.evil.test" })).toBe(false);
    expect(asked("POST", { cookie: "s=1", origin: "null" })).toBe(false);
  });
  it("refuses a change with cookies that does not say where it was made", () => {
    expect(asked("DELETE", { cookie: "s=1" })).toBe(false);
    expect(asked("POST", { cookie: "s=1", "sec-fetch-site": "cross-site" })).toBe(false);
  });
  it("passes our own pages, reads, and callers without cookies, who prove themselves otherwise", () => {
    expect(asked("POST", { cookie: "s=1", origin: "https://app.test" })).toBe(true);
    expect(asked("POST", { cookie: "s=1", "sec-fetch-site": "same-origin" })).toBe(true);
    expect(asked("GET", { cookie: "s=1", origin: "https://evil.test" })).toBe(true);
    expect(asked("POST", { origin: "https://stripe.test" })).toBe(true);
  });
});
