import { createHash, randomUUID } from "node:crypto";
import { createEmulator, defineEmulator, filePersistence, type EmulatorContext } from "emulate";
import { expanded, page, type Paging } from "./answers";
import { catalogue } from "./catalogue";
import { submitChallenge } from "./challenge-answers";
import { challengePage } from "./challenges";
import { checkoutPage, checkouts, submitCheckout } from "./checkout";
import { clocks, isDue, settle } from "./clocks";
import { document, endpoints, readForm, readParams, type Endpoint } from "./contract";
import { controls, Unusable, type Control, type Recorded } from "./control";
import { customers } from "./customers";
import { deletions } from "./deletions";
import type { PageAnswer } from "./html";
import { invoicePage, invoicePdf, submitInvoice } from "./invoice-pages";
import { invoices } from "./invoices";
import { portal } from "./portal";
import { cancelPage, portalPage, submitPortal } from "./portal-pages";
import { previews } from "./preview";
import { Refusal } from "./refusal";
import { handle, type Call, type Routes } from "./routes";
import { subscriptions } from "./subscriptions";
import { usage } from "./usage";
import { Sender } from "./webhooks";
import { emptyState, World, type Failure, type State } from "./world";

const IDEMPOTENT_MS = 24 * 3_600_000;
const MOST_RECORDED = 5_000;
const TIMEOUT_MS = 120_000;
const KEEP_AFTER_MS = 250;

const events: Routes = {
  "GET /v1/events": handle<Paging & { type?: string; types?: string[]; delivery_success?: boolean }>(
    ({ world, params, url }) => {
      const matches = (type: string, wanted: string) =>
        wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
      const found = world
        .all("event")
        .filter(
          ({ type, pending_webhooks: open }) =>
            (!params.type || matches(type, params.type)) &&
            (!params.types || params.types.some((wanted) => matches(type, wanted))) &&
            (params.delivery_success === undefined || params.delivery_success === (open === 0)),
        );
      return page(found, params, url);
    },
  ),
  "GET /v1/events/{id}": handle(({ world, id }) => world.get("event", id())),
};

const routes: Routes = {
  ...catalogue,
  ...customers,
  ...deletions,
  ...usage,
  ...checkouts,
  ...portal,
  ...subscriptions,
  ...previews,
  ...invoices,
  ...clocks,
  ...events,
};

export interface StripeOptions {
  /** `sk_test_…`: any other key is refused. */
  secretKey: string;
  /** Where events go, and what signs them. */
  webhook?: { url: string; secret: string };
}

type Web = Parameters<Parameters<EmulatorContext<State>["app"]["get"]>[1]>[0];

/** Stripe as an `emulate` emulator: its API, its pages, its webhooks, and `/_emulator` to steer them. */
export function stripeEmulator({ secretKey, webhook }: StripeOptions, changed: () => void = () => {}) {
  return defineEmulator<State>({
    name: "stripe",
    stateVersion: 1,
    state: () => emptyState(webhook),
    cors: false,
    setup({ app, state, baseUrl, signal, onDispose }) {
      // A file of an earlier version lacks what came since.
      Object.assign(state, { ...emptyState(), ...state });
      // The app may have moved to another port since the state was kept.
      if (webhook) Object.assign(state.webhooks, webhook, { mode: "deliver" });
      const world = new World(state, baseUrl);
      const requests: Recorded[] = [];
      const sender = new Sender(world, changed);
      world.onEvent = () => queueMicrotask(() => sender.pump());
      const control: Control = { world, sender, requests };
      const ticking = setInterval(() => {
        if (isDue(world)) {
          settle(world, null, world.worldNow());
          changed();
        }
        sender.pump();
      }, 1_000);
      ticking.unref();
      onDispose(() => {
        clearInterval(ticking);
        sender.stop();
      });

      for (const [name, act] of Object.entries(controls)) {
        const [method = "", path = ""] = name.split(" ");
        app.on(method, path, async (c: Web) => {
          try {
            const text = method === "POST" ? await c.req.text() : "";
            const body: unknown = text ? JSON.parse(text) : {};
            const answer = await act(
              control,
              body as Record<string, unknown>,
              new URL(c.req.url).searchParams,
            );
            return c.json(answer);
          } catch (error) {
            if (error instanceof Unusable || error instanceof SyntaxError)
              return c.json({ error: error.message }, 400);
            throw error;
          }
        });
      }

      const staticFirst = endpoints.toSorted((a, b) => a.path.split("{").length - b.path.split("{").length);
      for (const endpoint of staticFirst) {
        const handler = routes[`${endpoint.method} ${endpoint.path}`];
        if (!handler) throw new Error(`Nothing answers ${endpoint.method} ${endpoint.path}`);
        app.on(endpoint.method, endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1"), async (c: Web) => {
          const url = new URL(c.req.url);
          const body = await c.req.text();
          const answer = await answered(world, endpoint, url, body, c, handler, secretKey, signal);
          requests.push({
            method: endpoint.method,
            path: url.pathname + url.search,
            body,
            status: answer.status,
            answer: answer.text,
          });
          if (requests.length > MOST_RECORDED) requests.shift();
          return new Response(answer.text, { status: answer.status, headers: answer.headers });
        });
      }
      app.on("GET", "/", (c: Web) => c.json({ stripe: "local", api_version: document.info.version }));

      showPages(app, world);
      app.notFound((c: Web) => {
        const { pathname } = new URL(c.req.url);
        return c.json(
          {
            error: {
              type: "invalid_request_error",
              message: `Unrecognized request URL (${c.req.method}: ${pathname}). The local Stripe has no such call.`,
            },
          },
          404,
        );
      });
    },
  });
}

interface Answer {
  status: number;
  text: string;
  headers: Record<string, string>;
}

async function answered(
  world: World,
  endpoint: Endpoint,
  url: URL,
  body: string,
  c: Web,
  handler: Routes[string],
  secretKey: string,
  signal: AbortSignal,
): Promise<Answer> {
  const requestId = `req_${randomUUID().replaceAll("-", "").slice(0, 14)}`;
  const key = c.req.header("idempotency-key");
  const version = c.req.header("stripe-version") ?? document.info.version;
  const headers = {
    "content-type": "application/json",
    "request-id": requestId,
    "stripe-version": version,
    ...(key && { "idempotency-key": key, "original-request": requestId }),
  };
  const refused = (refusal: Refusal): Answer => ({
    status: refusal.status,
    text: pretty({ error: { ...refusal.body, request_log_url: `${world.baseUrl}/logs/${requestId}` } }),
    headers,
  });
  try {
    authenticate(c.req.header("authorization"), secretKey);
    const failure = failureOf(world, endpoint, url);
    if (failure) return await failed(failure, headers, signal);
    settle(world, null, world.worldNow());
    const given = readForm([url.search.slice(1), body].filter(Boolean).join("&"));
    const params = readParams(endpoint, given);
    const fingerprint = createHash("sha256")
      .update(`${endpoint.method} ${url.pathname}?${url.search} ${body}`)
      .digest("hex");
    const kept = key && endpoint.method === "POST" ? world.state.idempotency[key] : undefined;
    if (kept && Date.now() - kept.at < IDEMPOTENT_MS) {
      if (kept.fingerprint !== fingerprint) throw reused(key ?? "");
      return {
        status: kept.status,
        text: kept.body,
        headers: { ...headers, "idempotent-replayed": "true", "original-request": kept.requestId },
      };
    }
    world.request = { id: requestId, idempotency_key: key ?? null };
    const answer = carriedOut(world, endpoint, url, params, handler, refused, headers);
    // What was refused as wrong was not begun, and may be sent again mended.
    if (key && endpoint.method === "POST" && (answer.status === 200 || answer.status === 402)) {
      world.state.idempotency[key] = {
        fingerprint,
        status: answer.status,
        body: answer.text,
        requestId,
        at: Date.now(),
      };
    }
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  } finally {
    world.request = { id: null, idempotency_key: null };
    if (endpoint.method !== "GET") world.nextDueAt = undefined;
  }
}

function carriedOut(
  world: World,
  endpoint: Endpoint,
  url: URL,
  params: Record<string, unknown>,
  handler: Routes[string],
  refused: (refusal: Refusal) => Answer,
  headers: Record<string, string>,
): Answer {
  const ids = endpoint.path
    .split("/")
    .flatMap((part, at) =>
      part.startsWith("{") ? [decodeURIComponent(url.pathname.split("/")[at] ?? "")] : [],
    );
  const call: Call = { world, params, id: (nth = 0) => ids[nth] ?? "", url: url.pathname };
  try {
    const result = handler?.(call) ?? {};
    const paths = Array.isArray(params.expand) ? params.expand.map(String) : [];
    return { status: 200, text: pretty(expanded(world, result, paths)), headers };
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function authenticate(header: string | undefined, secretKey: string): void {
  const [scheme, credentials = ""] = (header ?? "").split(" ");
  const key =
    scheme === "Basic" ? Buffer.from(credentials, "base64").toString().replace(/:$/, "") : credentials;
  if (key === secretKey) return;
  const message = key
    ? `Invalid API Key provided: ${key.slice(0, 8)}****`
    : "You did not provide an API key.";
  throw new Refusal(401, { type: "invalid_request_error", message });
}

function reused(key: string): Refusal {
  return new Refusal(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function failureOf(world: World, endpoint: Endpoint, url: URL): Failure | undefined {
  const { failures } = world.state;
  const found = failures.find(
    ({ path, method, count }) =>
      count !== 0 && url.pathname.startsWith(path) && (!method || method === endpoint.method),
  );
  if (found && found.count > 0) found.count -= 1;
  world.state.failures = failures.filter(({ count }) => count !== 0);
  return found;
}

async function failed(
  { kind }: Failure,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  if (kind === "timeout") {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, TIMEOUT_MS);
      timer.unref();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
  const isLimit = kind === "429";
  return {
    status: isLimit ? 429 : kind === "timeout" ? 504 : 500,
    text: pretty({
      error: {
        type: isLimit ? "invalid_request_error" : "api_error",
        ...(isLimit && { code: "rate_limit" }),
        message: isLimit
          ? "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits."
          : "An unknown error occurred",
      },
    }),
    headers: { ...headers, ...(isLimit && { "stripe-rate-limited-reason": "global-rate" }) },
  };
}

function showPages(app: EmulatorContext<State>["app"], world: World): void {
  type Show = (id: string, more: string) => PageAnswer;
  type Submit = (id: string, form: Record<string, string>) => PageAnswer;
  const pages: [path: string, show: Show, submit?: Submit][] = [
    ["/c/pay/:id", (id) => checkoutPage(world, id), (id, form) => submitCheckout(world, id, form)],
    ["/p/session/:id", (id) => portalPage(world, id), (id, form) => submitPortal(world, id, form)],
    ["/p/session/:id/cancel/:more", (id, more) => cancelPage(world, id, more)],
    ["/i/:id", (id) => invoicePage(world, id), (id, form) => submitInvoice(world, id, form)],
    ["/authenticate/:id", (id) => challengePage(world, id), (id, form) => submitChallenge(world, id, form)],
  ];
  const shown = (answer: PageAnswer): Response =>
    "to" in answer
      ? new Response(null, { status: 303, headers: { location: answer.to } })
      : new Response(answer.html, {
          status: answer.status ?? 200,
          headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
        });
  for (const [path, show, submit] of pages) {
    app.on("GET", path, (c: Web) => {
      settle(world, null, world.worldNow());
      return shown(show(c.req.param("id"), c.req.param("more")));
    });
    if (!submit) continue;
    app.on("POST", path, async (c: Web) => {
      settle(world, null, world.worldNow());
      const form = Object.fromEntries(new URLSearchParams(await c.req.text()));
      try {
        return shown(submit(c.req.param("id"), form));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return new Response(error.message, { status: error.status });
      } finally {
        world.nextDueAt = undefined;
      }
    });
  }
  app.on("GET", "/i/:id/pdf", (c: Web) => {
    const file = invoicePdf(world, c.req.param("id"));
    if (!file) return new Response("There is no such invoice.", { status: 404 });
    return new Response(file, {
      headers: { "content-type": "application/pdf", "content-disposition": 'inline; filename="invoice.pdf"' },
    });
  });
}

/** Starts it on a port of the loopback (0: any), for the service's process and for tests alike. */
export async function startStripe(
  options: StripeOptions & { port?: number; baseUrl?: string; file?: string },
) {
  const { port = 0, file, baseUrl } = options;
  // The runtime keeps the state after each request, so what happens by itself asks for one.
  let asked: NodeJS.Timeout | undefined;
  const keep = () => {
    asked ??= setTimeout(() => {
      asked = undefined;
      void emulator.request("/").catch(() => undefined);
    }, KEEP_AFTER_MS).unref();
  };
  const emulator = await createEmulator({
    service: stripeEmulator(options, file ? keep : undefined),
    port,
    hostname: "127.0.0.1",
    ...(baseUrl && { baseUrl }),
    ...(file && { persistence: filePersistence(file) }),
  });
  return emulator;
}
