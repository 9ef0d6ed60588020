// The doors as a browser meets them: our handlers, next-auth's real handshake, and Google's emulator over HTTP.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { LINK_COOKIE, REFRESH_COOKIE, UNTIL_COOKIE } from "~/server/auth/cookies";
import { SESSION_COOKIE, verifySession } from "~/server/auth/session-token";
import { env, forgetEnv } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { closeLimiter } from "~/server/http/limiter";
import { startService } from "~/testing/services";
import { asOwner, testTrace, testUser, unique } from "~/testing/tenants";
import { google } from "../../../../scripts/services/google";
import { requestLink } from "../flows/request-link";
import { signInByLink } from "../flows/sign-in";
import { issue } from "../flows/start-session";
import { closeSessionWatch } from "../flows/watch-sessions";
import { CONNECT_RETURN } from "../rules";
import { answerNextAuth } from "./next-auth";
import { answerLinkOpened } from "./opened-link";

afterEach(() => clock.setOffset(0));
afterAll(async () => {
  closeSessionWatch();
  await databaseListener().close();
  await closeLimiter();
  await closeClients();
});

const app = () => env().APP_URL;

/** One browser: it keeps cookies by name and minds their paths, and sends its origin with a form. */
class Browser {
  readonly cookies = new Map<string, { value: string; path: string }>();
  last = new Response();

  async get(path: string): Promise<Response> {
    return this.#keep(await answerNextAuth(this.#request("GET", path)));
  }

  async post(path: string, form: Record<string, string>, origin: string | null = app()): Promise<Response> {
    const request = this.#request("POST", path, new URLSearchParams(form), origin);
    const door = path.startsWith("/api/auth/") ? answerNextAuth : answerLinkOpened;
    return this.#keep(await door(request));
  }

  /** Path, with its query, that the last answer leads to on our own site. */
  get arrivedAt(): string {
    const location = this.last.headers.get("location") ?? "";
    expect(location.startsWith(`${app()}/`)).toBe(true);
    return location.slice(app().length);
  }

  value(name: string): string | undefined {
    return this.cookies.get(name)?.value;
  }

  #request(method: string, path: string, body?: URLSearchParams, origin: string | null = null): Request {
    const { pathname } = new URL(path, app());
    const sent = [...this.cookies].filter(([, { path: root }]) => pathname.startsWith(root));
    const headers = new Headers({ "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0" });
    if (sent.length > 0)
      headers.set("cookie", sent.map(([name, { value }]) => `${name}=${value}`).join("; "));
    if (origin) headers.set("origin", origin);
    return new Request(app() + path, { method, headers, body });
  }

  #keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/; ?/);
      const [name = "", ...value] = pair.split("=");
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
      const isGone = attributes.some((one) => /^max-age=0$/i.test(one)) || value.join("=") === "";
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, { value: value.join("="), path });
    }
    this.last = response;
    return response;
  }
}

/** A link as it stands in a mail: its parameters. */
async function mailedLink(email: string, next = "/o/acme") {
  let url = "";
  await requestLink({ email, next }, { trace: testTrace(), userAgent: null }, async (letter) => {
    url = letter.url;
  });
  return Object.fromEntries(new URL(url).searchParams) as { email: string; token: string; next: string };
}
const address = () => `${unique("p")}@example.test`;
const sessionOf = async (browser: Browser) => {
  const claims = await verifySession(browser.value(SESSION_COOKIE) ?? "");
  return "refused" in claims ? null : claims;
};
const linkRow = async (email: string) =>
  (await asOwner<{ used_at: Date | null }>("select used_at from sign_in_link where email = $1", [email]))[0];

describe("a mailed link", () => {
  it("signs in when its page's button was pressed, and goes on to where the person wanted to be", async () => {
    const email = address();
    const link = await mailedLink(email);
    const browser = new Browser();
    await browser.post("/api/sign-in-link", link);
    expect(browser.last.status).toBe(303);
    await browser.get(browser.arrivedAt);
    expect(browser.arrivedAt).toBe("/o/acme");
    const [user] = await asOwner<{ id: string }>(`select id from "user" where email = $1`, [email]);
    expect(await sessionOf(browser)).toMatchObject({ userId: user!.id });
    expect(browser.value(REFRESH_COOKIE)).toMatch(/^[\w-]{43}$/);
    expect(Number(browser.value(UNTIL_COOKIE))).toBeGreaterThan(Date.now() / 1_000 + 23 * 3_600);
    expect(browser.value(LINK_COOKIE)).toBeUndefined();
  });

  it("sets cookies that scripts can't read and other sites don't bring, the refresh token for its one door", async () => {
    const link = await mailedLink(address());
    const browser = new Browser();
    await browser.post("/api/sign-in-link", link);
    const answer = await browser.get(browser.arrivedAt);
    const lines = answer.headers.getSetCookie();
    const line = (name: string) => lines.find((one) => one.startsWith(`${name}=`))!;
    expect(line(SESSION_COOKIE)).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i);
    expect(line(REFRESH_COOKIE)).toMatch(/Path=\/api\/session;.*Max-Age=2592000;.*SameSite=Lax; HttpOnly/);
    expect(line(UNTIL_COOKIE)).not.toMatch(/HttpOnly/i);
  });

  it("signs nobody in when a mail scanner follows it: it stays good, and leads to the page with the button", async () => {
    const email = address();
    const { token } = await mailedLink(email);
    const scanner = new Browser();
    const query = new URLSearchParams({ email, token, callbackUrl: `${app()}/o/acme` });
    await scanner.get(`/api/auth/callback/email?${query}`);
    expect(new URL(scanner.arrivedAt, app()).pathname).toBe("/login/link");
    expect(await sessionOf(scanner)).toBeNull();
    expect((await linkRow(email))?.used_at).toBeNull();
  });

  it("is not opened by the press of another link's button", async () => {
    const [email, other] = [address(), address()];
    const [mine, theirs] = [await mailedLink(email), await mailedLink(other)];
    const browser = new Browser();
    await browser.post("/api/sign-in-link", theirs);
    await browser.get(`/api/auth/callback/email?${new URLSearchParams({ email, token: mine.token })}`);
    expect(browser.arrivedAt).toMatch(/^\/login\/link\?/);
    expect((await linkRow(email))?.used_at).toBeNull();
  });

  it("works once: the second time its page says that it was used", async () => {
    const link = await mailedLink(address());
    await follow(new Browser(), link);
    const second = await follow(new Browser(), link);
    expect(second.arrivedAt).toBe("/login/error?error=link_used");
    expect(await sessionOf(second)).toBeNull();
  });

  it("says that it has expired after 15 minutes", async () => {
    const link = await mailedLink(address());
    clock.setOffset(16 * 60_000);
    expect((await follow(new Browser(), link)).arrivedAt).toBe("/login/error?error=link_expired");
  });

  it("is unknown with a letter changed, or for another address", async () => {
    const link = await mailedLink(address());
    const changed = { ...link, token: link.token.replace(/^./, (first) => (first === "A" ? "B" : "A")) };
    expect((await follow(new Browser(), changed)).arrivedAt).toBe("/login/error?error=link_unknown");
    const moved = { ...link, email: address() };
    expect((await follow(new Browser(), moved)).arrivedAt).toBe("/login/error?error=link_unknown");
    expect((await follow(new Browser(), link)).arrivedAt).toBe("/o/acme");
  });

  it("never leads to another site, whatever its address says", async () => {
    for (const next of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      const link = { ...(await mailedLink(address())), next };
      expect((await follow(new Browser(), link)).arrivedAt).toBe("/login/landing");
    }
    for (const callbackUrl of ["https://evil.example/", "javascript:alert(1)", `${app()}/api/session`]) {
      const email = address();
      const { token } = await mailedLink(email);
      const browser = new Browser();
      await browser.post("/api/sign-in-link", { email, token, next: "/" });
      await browser.get(`/api/auth/callback/email?${new URLSearchParams({ email, token, callbackUrl })}`);
      expect(browser.arrivedAt).toBe("/login/landing");
      expect(await sessionOf(browser)).not.toBeNull();
    }
  });

  it("is not opened by another site's form, cookies or not, which would sign its visitor in as somebody else", async () => {
    const link = await mailedLink(address());
    for (const origin of ["https://evil.example", "null", null]) {
      const browser = new Browser();
      await browser.post("/api/sign-in-link", link, origin);
      expect(browser.last.status).toBe(403);
      expect(browser.value(LINK_COOKIE)).toBeUndefined();
    }
  });

  it("says so when a form without a link is sent", async () => {
    const browser = new Browser();
    await browser.post("/api/sign-in-link", { email: "nobody", token: "" });
    expect(browser.arrivedAt).toBe("/login/error?error=link_unknown");
  });

  it("says that it is our fault when the session can't be written, and tells no more", async () => {
    const link = await mailedLink(address());
    await asOwner("revoke insert on session from tenantry_system");
    const browser = await follow(new Browser(), link);
    await asOwner("grant insert on session to tenantry_system");
    expect(browser.arrivedAt).toBe("/login/error?error=unknown");
    expect(await sessionOf(browser)).toBeNull();
  });

  it("replaces whoever was signed in on this browser, and ends that session", async () => {
    const browser = new Browser();
    await follow(browser, await mailedLink(address()));
    const former = await sessionOf(browser);
    await follow(browser, await mailedLink(address()));
    expect((await sessionOf(browser))?.userId).not.toBe(former!.userId);
    const [row] = await asOwner("select revoked_reason from session where id = $1", [former!.sessionId]);
    expect(row).toEqual({ revoked_reason: "signed_out" });
  });
});

async function follow(
  browser: Browser,
  link: { email: string; token: string; next: string },
): Promise<Browser> {
  await browser.post("/api/sign-in-link", link);
  await browser.get(browser.arrivedAt);
  return browser;
}

describe("a form of sign-in larger than any", () => {
  const large = { email: `${"x".repeat(20_000)}@example.test`, token: "t", next: "/" };
  it("is not read: the link's form leads to its page of errors", async () => {
    const answer = await new Browser().post("/api/sign-in-link", large);
    expect(answer.headers.get("location")).toBe(`${app()}/login/error?error=link_unknown`);
  });
  it("is not read: next-auth is not even asked", async () => {
    const answer = await new Browser().post("/api/auth/signin/google", large);
    expect(answer.status).toBe(413);
  });
});

describe("next-auth's other doors", () => {
  it.each([
    ["GET", "/api/auth/session"],
    ["GET", "/api/auth/providers"],
    ["GET", "/api/auth/signin"],
    ["POST", "/api/auth/signin/email"],
    ["POST", "/api/auth/session"],
    ["POST", "/api/auth/_log"],
    ["POST", "/api/auth/signout"],
    ["POST", "/api/auth/callback/email"],
  ])("are closed: %s %s", async (method, path) => {
    const browser = new Browser();
    const answer = method === "GET" ? await browser.get(path) : await browser.post(path, {});
    expect(answer.status).toBe(404);
  });

  it("are no way to Google while it is not set up", async () => {
    const browser = new Browser();
    await browser.get("/api/auth/csrf");
    const answer = await browser.post("/api/auth/signin/google", { json: "true" });
    expect(JSON.stringify(await answer.text())).not.toContain("accounts.google.com");
  });
});

describe("Google", () => {
  beforeAll(async () => {
    const { at } = await startService(google, { app: app() });
    const { inject } = await import("vitest");
    Object.assign(process.env, {
      GOOGLE_CLIENT_ID: at.clientId,
      GOOGLE_CLIENT_SECRET: inject("secrets").googleClientSecret,
      GOOGLE_ISSUER: at.issuer,
    });
    forgetEnv();
  });

  /** Presses "Continue with Google". @returns where the browser is sent. */
  async function startAt(browser: Browser, callbackUrl = "/o/acme"): Promise<URL> {
    const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const answer = await browser.post("/api/auth/signin/google", { csrfToken, callbackUrl, json: "true" });
    return new URL(((await answer.json()) as { url: string }).url);
  }

  /** Chooses a person on Google's page and comes back. */
  async function comeBack(browser: Browser, email: string, callbackUrl?: string): Promise<Browser> {
    const asked = await startAt(browser, callbackUrl);
    const page = await (await fetch(asked)).text();
    const form = [...page.matchAll(/<form[\s\S]*?<\/form>/g)]
      .map(([one]) => one)
      .find((one) => one.includes(email))!;
    const fields = [...form.matchAll(/name="([^"]+)"\s+value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      unescape(value!),
    ]);
    const action = new URL(/action="([^"]+)"/.exec(form)![1]!, asked);
    const answer = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    const back = new URL(answer.headers.get("location")!);
    await browser.get(back.pathname + back.search);
    return browser;
  }
  const unescape = (text: string) =>
    text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replaceAll("&quot;", '"');

  it("is asked for an address with state, a PKCE challenge and our own return address", async () => {
    const asked = await startAt(new Browser());
    expect(asked.origin).toBe(env().GOOGLE_ISSUER);
    expect(asked.searchParams.get("redirect_uri")).toBe(`${app()}/api/auth/callback/google`);
    expect(asked.searchParams.get("code_challenge_method")).toBe("S256");
    expect(asked.searchParams.get("state")).toBeTruthy();
  });

  it("signs a newcomer in, and goes on to where they wanted to be", async () => {
    const browser = await comeBack(new Browser(), "newcomer@gmail.test");
    expect(browser.arrivedAt).toBe("/o/acme");
    const [user] = await asOwner<{ id: string; name: string }>(
      `select id, name from "user" where email = $1`,
      ["newcomer@gmail.test"],
    );
    expect(user?.name).toBe("Nora Newcomer");
    expect(await sessionOf(browser)).toMatchObject({ userId: user!.id });
    expect(browser.value(REFRESH_COOKIE)).toBeTruthy();
  });

  it("joins a person who opened a link from the address before, and leads nowhere else than to us", async () => {
    const { userId } = await signInByLink(
      "owner@acme.test",
      { userAgent: null, replaces: null },
      testTrace(),
    );
    const browser = await comeBack(new Browser(), "owner@acme.test", "https://evil.example/");
    expect(browser.arrivedAt).toBe("/login/landing");
    expect(await sessionOf(browser)).toMatchObject({ userId });
  });

  it("signs nobody in by an address that Google has not verified", async () => {
    const browser = await comeBack(new Browser(), "unverified@gmail.test");
    expect(browser.arrivedAt).toBe("/login/error?error=google_unverified");
    expect(await sessionOf(browser)).toBeNull();
  });

  it("connects to the signed-in person who asks on the profile page, and leaves their session alone", async () => {
    const email = address();
    const started = await signInByLink(email, { userAgent: null, replaces: null }, testTrace());
    const issued = await issue(started);
    const browser = new Browser();
    browser.cookies.set(SESSION_COOKIE, { value: issued.sessionToken, path: "/" });
    await comeBack(browser, "member@acme.test", CONNECT_RETURN);
    expect(browser.arrivedAt).toBe(CONNECT_RETURN);
    expect((await sessionOf(browser))?.sessionId).toBe(started.sessionId);
    const accounts = await asOwner("select 1 from account where user_id = $1", [started.userId]);
    expect(accounts).toHaveLength(1);
  });

  it("is not connected to somebody who is not signed in", async () => {
    const { userId } = await testUser({ email: address() });
    const browser = await comeBack(new Browser(), "newcomer@gmail.test", CONNECT_RETURN);
    expect(await asOwner("select 1 from account where user_id = $1", [userId])).toHaveLength(0);
    expect(browser.arrivedAt).toBe(CONNECT_RETURN);
  });

  it("says so when the person cancels there", async () => {
    const browser = new Browser();
    await startAt(browser);
    await browser.get("/api/auth/callback/google?error=access_denied&state=x");
    expect(browser.arrivedAt).toBe("/login/error?error=google_cancelled");
    await browser.get("/api/auth/callback/google?error=server_error&state=x");
    expect(browser.arrivedAt).toBe("/login/error?error=google_down");
  });

  it("signs nobody in by a code that this browser did not ask for", async () => {
    const theirs = new Browser();
    const asked = await startAt(theirs);
    const victim = new Browser();
    await victim.get(`/api/auth/callback/google?code=stolen&state=${asked.searchParams.get("state")}`);
    expect(victim.arrivedAt).toBe("/login/error?error=google_down");
    expect(await sessionOf(victim)).toBeNull();
  });

  it("is not started without the form's own token", async () => {
    const browser = new Browser();
    await browser.get("/api/auth/csrf");
    const answer = await browser.post("/api/auth/signin/google", { csrfToken: "forged", json: "true" });
    expect(((await answer.json()) as { url: string }).url).not.toContain(env().GOOGLE_ISSUER);
  });

  it("that does not answer is said to be down", async () => {
    Object.assign(process.env, { GOOGLE_ISSUER: "http://127.0.0.1:9" });
    forgetEnv();
    const sent = await startAt(new Browser());
    expect(sent.pathname + sent.search).toBe("/login/error?error=google_down");
  });
});
