// What every answer says to browsers, over every page and door there is: headers, scripts, cookies, where a change may
// come from, and where a wish to be led elsewhere ends. Asked over HTTP, as an attacker would.
import fs from "node:fs";
import path from "node:path";
import { expect, request, test, type APIRequestContext, type APIResponse } from "@playwright/test";
import { stack } from "../pages/stack";
import { addressOf, OWNER, VISITS } from "../pages/visits";

const app = () => new URL(stack.reached().app).origin;
const EVIL = "https://evil.example";

async function browserOf(email: string | null): Promise<APIRequestContext> {
  const context = await request.newContext({ baseURL: app(), maxRedirects: 0 });
  if (email) {
    const answer = await context.post("/api/dev-login", { data: { email }, headers: { origin: app() } });
    expect(answer.ok(), `dev login of ${email}`).toBe(true);
  }
  return context;
}

const SECURE: Record<string, RegExp> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^strict-origin-when-cross-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\), microphone=\(\), geolocation=\(\)/,
  "strict-transport-security": /^max-age=63072000; includeSubDomains$/,
};

function expectSecure(answer: APIResponse): void {
  const headers = answer.headers();
  for (const [name, value] of Object.entries(SECURE))
    expect(headers[name], `${name} of ${answer.url()}`).toMatch(value);
  expect(headers["x-powered-by"]).toBeUndefined();
  expect(headers.server).toBeUndefined();
}

/** A page: its policy, and that nothing in it needs more than the policy gives. */
async function expectGuardedPage(answer: APIResponse): Promise<void> {
  const [html, policy] = [await answer.text(), answer.headers()["content-security-policy"] ?? ""];
  const nonce = /script-src 'nonce-([\w+/=]{24})' 'strict-dynamic'/.exec(policy)?.[1];
  expect(nonce, `the policy of ${answer.url()}: ${policy}`).toBeDefined();
  for (const directive of [
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "default-src 'self'",
  ])
    expect(policy).toContain(directive);
  expect(policy).not.toMatch(/script-src[^;]*(?:'unsafe-inline'|https?:|\*)/);
  const bare = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes(`nonce="${nonce}"`));
  expect(bare, `scripts of ${answer.url()} without the nonce`).toEqual([]);
  expect(html, "a handler within a tag, which the policy would stop").not.toMatch(
    /<\w[^>]*\son(?:click|load|error|submit)=/i,
  );
  expect(html).not.toMatch(/(?:href|src|action)="\s*javascript:/i);
  // What one person sees is nobody else's to keep.
  expect(answer.headers()["cache-control"], answer.url()).toMatch(/no-store|private/);
}

test("every page, whoever asks for it and whether it is there, has its policy and headers", async () => {
  test.setTimeout(600_000);
  const browsers = new Map<string | null, APIRequestContext>();
  const of = async (as: string | null) => {
    if (!browsers.has(as)) browsers.set(as, await browserOf(as));
    return browsers.get(as)!;
  };
  const seen: number[] = [];
  for (const { as, to } of Object.values(VISITS).flat()) {
    const answer = await (await of(as)).get(await addressOf(to));
    seen.push(answer.status());
    expectSecure(answer);
    if (answer.headers()["content-type"]?.includes("text/html")) await expectGuardedPage(answer);
  }
  expect(seen.filter((status) => status === 200).length).toBeGreaterThan(40);
  expect(seen).toEqual(expect.arrayContaining([200, 403, 404]));
});

// The last part of these is what somebody typed: the page is one all the same.
for (const to of [
  "/nothing-here",
  "/invitations/token.png",
  "/invitations/token.svg",
  "/nothing.ico",
  "/o/acme/companies/x.woff2",
  "/%3Cscript%3Ealert(1)%3C/script%3E",
  "/login/error?error=%3Cscript%3Ealert(1)%3C/script%3E",
  "/login?notice=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
]) {
  test(`a page at ${to} has its policy too`, async () => {
    for (const as of [null, OWNER]) {
      const answer = await (await browserOf(as)).get(to);
      expectSecure(answer);
      if (answer.status() >= 300 && answer.status() < 400) continue;
      expect(answer.headers()["content-type"]).toContain("text/html");
      await expectGuardedPage(answer);
      expect(await answer.text()).not.toContain("<script>alert(1)");
    }
  });
}

/** Route files of doors, with the methods that change something. */
function doors(folder = "src/app", route = ""): { route: string; methods: string[] }[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return doors(
        path.join(folder, entry.name),
        /^\(.*\)$/.test(entry.name) ? route : `${route}/${entry.name}`,
      );
    if (entry.name !== "route.ts") return [];
    const text = fs.readFileSync(path.join(folder, entry.name), "utf8");
    const exported =
      text.match(/(?:export const |export async function |\bas )(?:POST|PUT|PATCH|DELETE)\b/g) ?? [];
    return [{ route, methods: [...new Set(exported.map((one) => one.split(" ").at(-1)!))].sort() }];
  });
}

/** Each door that changes something: where to knock, and why it needs no look at cookies where it looks at none. */
const CHANGING: Record<string, { at: string; elsewhere?: { statuses: number[]; why: string } }> = {
  "/api/sign-in-link": { at: "/api/sign-in-link" },
  "/api/auth/[...nextauth]": { at: "/api/auth/signin/google" },
  "/api/session": { at: "/api/session" },
  "/api/dev-login": { at: "/api/dev-login" },
  "/api/open-as": { at: "/api/open-as" },
  "/api/step-up": { at: "/api/step-up" },
  "/api/try/[[...path]]": { at: "/api/try/companies" },
  "/api/trpc/[trpc]": { at: "/api/trpc/auth.endOtherSessions" },
  "/api/subscriptions/cancel": { at: "/subscriptions/cancel" },
  "/api/subscriptions/checkout": { at: "/subscriptions/checkout" },
  "/api/webhooks/stripe": { at: "/webhooks/stripe" },
  "/api/v1/[[...path]]": {
    at: "/api/v1/companies",
    elsewhere: { statuses: [401, 405], why: "it takes no cookies: with the session's alone nobody is known" },
  },
  "/api/v1/token": {
    at: "/api/v1/token",
    elsewhere: { statuses: [400], why: "it takes no cookies: a key proves who asks" },
  },
  "/api/inngest": {
    at: "/api/inngest?fnId=x&stepId=step",
    elsewhere: {
      statuses: [401, 200],
      why: "it takes no cookies: Inngest signs, and PUT registers our own address again",
    },
  },
};

test("every door that changes something stands in the list of those a page of another site knocks at", () => {
  expect(
    doors()
      .filter(({ methods }) => methods.length > 0)
      .map(({ route }) => route)
      .sort(),
  ).toEqual(Object.keys(CHANGING).sort());
});

const FROM_ELSEWHERE: Record<string, string>[] = [
  { origin: EVIL },
  { origin: "null" },
  { origin: `${app()}.evil.example` },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  {},
];

for (const { route, methods } of doors().filter(({ methods }) => methods.length > 0)) {
  const { at, elsewhere } = CHANGING[route] ?? { at: route };
  test(`a page of another site changes nothing at ${route}, though the browser brings its cookies`, async () => {
    const browser = await browserOf(OWNER);
    for (const method of methods) {
      for (const headers of FROM_ELSEWHERE) {
        // A form of another site can send text only, without asking first.
        const answer = await browser.fetch(at, {
          method,
          headers: { "content-type": "text/plain", ...headers },
          data: "{}",
        });
        expect(elsewhere?.statuses ?? [403], `${method} ${at} from ${JSON.stringify(headers)}`).toContain(
          answer.status(),
        );
        expectSecure(answer);
      }
    }
    // The person is still who they were.
    expect((await browser.get("/account")).status()).toBe(200);
  });
}

test("no door answers another site's script with what a cookie shows", async () => {
  const browser = await browserOf(OWNER);
  for (const at of [
    "/api/trpc/auth.mySessions",
    "/invoices",
    "/api/v1/companies",
    "/account",
    "/api/jobs/stream",
    "/api/try/companies",
  ]) {
    const answer = await browser.fetch(at, {
      method: at === "/api/jobs/stream" ? "HEAD" : "GET",
      headers: { origin: EVIL, "x-tenantry-org": "acme" },
    });
    // A page of any origin may call the API with a key of its own; a cookie opens nothing there.
    if (at.startsWith("/api/v1/")) expect(answer.status()).toBe(401);
    // Read by a page of another site only if credentials were allowed, which they never are.
    else if (!at.startsWith("/api/try/"))
      expect(answer.headers()["access-control-allow-origin"], at).toBeUndefined();
    expect(answer.headers()["access-control-allow-credentials"], at).toBeUndefined();
  }
});

const ELSEWHERE = [
  EVIL,
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/%5Cevil.example",
  "/%2F%2Fevil.example",
  "/%09/evil.example",
  "/..//evil.example",
  "https:evil.example",
  "https:/evil.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "/o/acme%0d%0aset-cookie:a=b",
  "@evil.example",
  ".evil.example",
];

test("no wish to be led elsewhere is granted, however it is written and wherever it is told", async () => {
  test.setTimeout(300_000);
  const [owner, stranger] = [await browserOf(OWNER), await browserOf(null)];
  for (const wanted of ELSEWHERE) {
    for (const written of new Set([
      encodeURIComponent(wanted),
      encodeURIComponent(encodeURIComponent(wanted)),
    ])) {
      for (const [browser, at] of [
        [owner, `/login?next=${written}`],
        [owner, `/login?callbackUrl=${written}`],
        [owner, `/login?next=%2Fo%2Facme&next=${written}`],
        [owner, `/login/continue?next=${written}`],
        [stranger, `/login/continue?next=${written}`],
        [stranger, `/api/auth/callback/email?token=a&email=a%40example.test&callbackUrl=${written}`],
        [stranger, `/api/auth/callback/google?error=access_denied&callbackUrl=${written}`],
      ] as const) {
        const answer = await browser.get(at);
        const location = answer.headers().location;
        if (location === undefined) {
          // A page: what it carries on is a path of ours.
          expect(await answer.text(), at).not.toMatch(
            /(?:href|action|value)="(?:https?:)?[/\\]{0,3}evil\.example/i,
          );
          continue;
        }
        const led = new URL(location, app());
        expect(led.origin, `${at} led to ${location}`).toBe(app());
        expect(led.pathname, at).toMatch(/^\/(?!\/)/);
        expect(answer.headers()["set-cookie"] ?? "", at).not.toMatch(/^a=b/m);
      }
    }
  }
});

test("a sign-in form sent with an address elsewhere goes on within the site", async () => {
  const stranger = await browserOf(null);
  for (const next of ELSEWHERE) {
    const answer = await stranger.post("/api/sign-in-link", {
      headers: { origin: app() },
      form: { email: "a@example.test", token: "unknown", next },
    });
    expect(answer.status()).toBe(303);
    const led = new URL(answer.headers().location!);
    expect(led.origin, next).toBe(app());
    const wanted = led.searchParams.get("callbackUrl");
    if (wanted) expect(new URL(wanted).origin, next).toBe(app());
  }
});

test("a session's cookies are out of scripts' reach, stay on this site, and the refresh token has one door", async () => {
  const context = await request.newContext({ baseURL: app() });
  const answer = await context.post("/api/dev-login", { data: { email: OWNER }, headers: { origin: app() } });
  const lines = answer
    .headersArray()
    .filter(({ name }) => name.toLowerCase() === "set-cookie")
    .map(({ value }) => value);
  const line = (name: string) => lines.find((one) => one.includes(`${name}=`))!;
  expect(line("tenantry.session")).toMatch(/Path=\/;.*SameSite=Lax; HttpOnly/);
  expect(line("tenantry.refresh")).toMatch(/Path=\/api\/session;.*SameSite=Lax; HttpOnly/);
  for (const one of lines) expect(one).not.toMatch(/Domain=/i);
  // The session stands nowhere in what a script can read of a page.
  const token = /tenantry\.session=([^;]+)/.exec(line("tenantry.session"))![1]!;
  expect(await (await context.get("/o/acme")).text()).not.toContain(token.split(".")[2]);
});

test("a request cannot write a header or a line of its own into an answer", async () => {
  const browser = await browserOf(OWNER);
  const smuggled = "x%0d%0aset-cookie:%20smuggled=1%0d%0a%0d%0a<script>alert(1)</script>";
  for (const at of [
    `/o/${smuggled}`,
    `/invitations/${smuggled}`,
    `/o/acme/usage/${smuggled}/entries.csv`,
    `/o/acme/usage/days.csv?from=${smuggled}`,
    `/login?next=/o/${smuggled}`,
    `/api/auth/callback/google?error=${smuggled}`,
    `/api/v1/${smuggled}`,
  ]) {
    const answer = await browser.get(at, { headers: { "x-correlation-id": "a b; c=d" } });
    expect(answer.headers()["set-cookie"] ?? "", at).not.toMatch(/^smuggled/m);
    expect(answer.status(), at).not.toBe(500);
    expect(answer.headers()["x-correlation-id"] ?? "", at).not.toContain(" ");
  }
});

test("plain doors count against the same limit as the API, and say so", async () => {
  const browser = await browserOf("owner@globex.test");
  for (const at of ["/invoices", "/o/globex/usage/days.csv"]) {
    const answer = await browser.get(at, { headers: { "x-tenantry-org": "globex" } });
    expect(answer.headers()["ratelimit-policy"], at).toMatch(/^\d+;w=3$/);
    expect(Number(answer.headers()["ratelimit-remaining"]), at).toBeLessThan(
      Number(answer.headers()["ratelimit-limit"]),
    );
  }
});

test("where to report a hole is told where reporters look", async () => {
  const answer = await (await browserOf(null)).get("/.well-known/security.txt");
  expect(answer.headers()["content-type"]).toContain("text/plain");
  expect(await answer.text()).toMatch(/^Contact: (?:mailto:|https:)/m);
  const expires = new Date(/^Expires: (.*)$/m.exec(await answer.text())![1]!);
  expect(expires.getTime()).toBeGreaterThan(Date.now());
});
