/**
 * REST over the procedures that the dashboard calls too: this file turns a request into an input, a procedure's answer
 * into JSON, and a refusal into a problem document. It decides nothing that a procedure decides.
 */
import { TRPCError, type AnyRouter } from "@trpc/server";
import { ZodError } from "zod";
import type { OrgActor, Trace } from "~/kernel/actor";
import { DomainError, type FieldErrors } from "~/kernel/errors";
import { env } from "~/server/config/env";
import { problemResponse } from "~/server/http/problem";
import { rateHeaders } from "~/server/http/rate-limits";
import { CORRELATION_HEADER, traceOf } from "~/server/http/trace";
import { unstorable } from "~/server/http/storable";
import { logger } from "~/server/observability/logger";
import { countRequest, createContext, ORG_HEADER, type Context } from "~/server/trpc/context";
import type { Gates } from "~/server/trpc/gates";
import { atOrgDoor, createCallerFactory, fieldErrorsOf } from "~/server/trpc/procedures";
import { openApiDocument, type ToldEvent } from "./document";
import {
  claim,
  fingerprintOf,
  keep,
  keyOf,
  openedAnswer,
  release,
  sealedAnswer,
  type KeptAnswer,
} from "./idempotency";
import { answerPreflight, corsHeaders, foreignOrigin } from "./origins";
import { fieldsOf, readBody, readQuery, requireAcceptable } from "./reading";
import { fieldsRefused, methodNotAllowed, noSuchRoute, originRefused, stale } from "./refusals";
import { BASE_PATH, finderOf, routesOf, type Route } from "./table";
import { conditionOf, entityTag, isAmong } from "./versions";
import { hear, speak, wireName, wirePath } from "./wire";

const DOCUMENT_PATH = "/openapi.json";
/** How often a change without `If-Match` reads anew when somebody else changed the record in between. */
const TRIES = 3;

type Answer = { status: number; headers: Record<string, string>; json: string | null };
type Call = (route: Pick<Route, "procedure">, input: unknown) => Promise<unknown>;
/** Everything a route's work needs, once who asks is known. */
type Work = { route: Route; input: Record<string, unknown>; headers: Headers; url: URL; call: Call };

/** Answers requests below `/api/v1`. */
export function createRestHandler(router: AnyRouter, gates: Gates, told: readonly ToldEvent[] = []) {
  const routes = routesOf(router);
  const find = finderOf(routes);
  const createCaller = createCallerFactory(router);
  const readers = new Map(
    routes.filter(({ method }) => method === "GET").map((route) => [route.procedure, route]),
  );
  let document: string | undefined;

  /** The procedure of a path, called for whoever the context knows. */
  const callOf = (context: Context): Call => {
    const caller = createCaller(context) as unknown as Record<string, unknown>;
    return ({ procedure }, input) => {
      const found = procedure
        .split(".")
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], caller);
      return (found as (input: unknown) => Promise<unknown>)(input);
    };
  };

  async function answer(request: Request, url: URL, context: Context): Promise<Answer> {
    const path = url.pathname.slice(BASE_PATH.length);
    if (path === DOCUMENT_PATH) {
      if (request.method !== "GET") throw methodNotAllowed(["GET", "HEAD", "OPTIONS"]);
      document ??= JSON.stringify(openApiDocument(routes, env().APP_URL, told));
      return sent(document, request.headers, "public, no-cache");
    }
    const found = find(path);
    if (!found) throw noSuchRoute(url.pathname);
    const route = found.methods.get(request.method as Route["method"]);
    if (!route) throw methodNotAllowed(methodsOf(found.methods.keys()));
    requireAcceptable(request.headers);

    const { actor } = await atOrgDoor(context, route);
    const reader = route.record === undefined ? undefined : readers.get(route.record);
    // What is answered after a change must be allowed before the change.
    if (reader) await atOrgDoor(context, reader);
    gates.called(actor.orgId);
    const foreign = foreignOrigin(request.headers, env().APP_URL);
    if (foreign && !(await gates.originAllowed(actor, foreign))) throw originRefused(foreign);

    const { input, body } = await inputOf(request, url, route, found.values);
    const work = { route, input, headers: request.headers, url, call: callOf(context) };
    if (route.method === "GET") return read(work);
    const key = keyOf(request.headers);
    if (key === null) return change(work);
    const ifMatch = request.headers.get("if-match");
    const fingerprint = fingerprintOf(actor, { method: route.method, path, ifMatch, body });
    return once({ actor, key, fingerprint, route }, (id) =>
      change({ ...work, call: callOf(claimedBy(context, id)) }),
    );
  }

  async function read({ route, input, headers, url, call }: Work): Promise<Answer> {
    const body = bodyOf(route, await call(route, input));
    if (route.shape === "one") return sent(JSON.stringify(body), headers, "private, no-cache");
    const next = (body as { next_cursor?: string | null }).next_cursor;
    return {
      status: 200,
      json: JSON.stringify(body),
      headers: { "cache-control": "no-store", ...(next && { link: linkTo(url, next) }) },
    };
  }

  /** The record as it is now: what it answers, its tag and its version. */
  async function recordOf({ route, call }: Work, input: Record<string, unknown>) {
    const reader = readers.get(route.record!)!;
    const names = [...fieldsOf(reader.input).values()].map(({ name }) => name);
    const asked =
      names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, input[name]]));
    const value = await call(reader, asked);
    const body = bodyOf(reader, value);
    const json = JSON.stringify(body);
    const path = reader.places.reduce(
      (at, { wire, field }) => at.replace(`{${wire}}`, encodeURIComponent(String(input[field]))),
      reader.path as string,
    );
    return { json, tag: entityTag(json), version: versionIn(value), location: `${BASE_PATH}${path}` };
  }

  async function change(work: Work): Promise<Answer> {
    const value = await underCondition(work);
    const { route } = work;
    const reader = route.record === undefined ? undefined : readers.get(route.record);
    if (reader && route.shape !== "nothing") {
      const told = (route.recordOf ?? same)(value as Record<string, unknown>);
      const record = await recordOf(work, { ...work.input, ...told });
      return {
        status: route.status ?? 200,
        json: record.json,
        headers: { etag: record.tag, ...(route.status === 201 && { location: record.location }) },
      };
    }
    if (route.shape === "nothing") return { status: 204, json: null, headers: {} };
    return { status: route.status ?? 200, json: JSON.stringify(bodyOf(route, value)), headers: {} };
  }

  /** Does the change, if the record is the version that `If-Match` names. */
  async function underCondition(work: Work): Promise<unknown> {
    const { route, input, call } = work;
    const condition = conditionOf(work.headers.get("if-match"));
    const version = route.version;
    if (!route.record || route.status === 201) return call(route, input);
    if (condition.kind === "none" && !route.needsVersion) return call(route, input);
    for (let tried = 1; ; tried++) {
      const record = await recordOf(work, input);
      if (condition.kind === "tags" && !condition.tags.includes(record.tag)) throw stale();
      try {
        return await call(route, version ? { ...input, [version]: record.version } : input);
      } catch (error) {
        if (!isChangedMeanwhile(error)) throw error;
        if (condition.kind === "tags") throw stale();
        if (tried === TRIES) throw error;
      }
    }
  }

  return async function handle(request: Request): Promise<Response> {
    const trace = traceOf(request.headers);
    const url = new URL(request.url);
    const isHead = request.method === "HEAD";
    const asked = isHead ? new Request(request, { method: "GET" }) : request;
    const found = find(url.pathname.slice(BASE_PATH.length));
    if (request.method === "OPTIONS")
      return answerPreflight(request, methodsOf(found?.methods.keys() ?? ["GET"]));
    const headers: Record<string, string> = { vary: "Origin, Authorization, X-Tenantry-Org" };
    const foreign = foreignOrigin(request.headers, env().APP_URL);
    // Whether the page may have asked at all was decided before anything was done; an answer, refusals too, may be read.
    if (foreign) Object.assign(headers, corsHeaders(foreign));
    const context = contextOf(request.headers, gates, trace);
    const route = found?.methods.get(asked.method as Route["method"]);
    if (route?.deprecated) Object.assign(headers, deprecationHeaders(route.deprecated));
    try {
      const rate = await countRequest(context, 1).catch((error: unknown) => {
        // Who it is could not be found out; whoever asks next will say so.
        logger().warn({ err: error, correlation_id: trace.correlationId }, "a request was not counted");
        return null;
      });
      Object.assign(headers, rate && rateHeaders(rate));
      if (context.refusal) throw context.refusal;
      const { status, json, headers: own } = await answer(asked, url, context);
      // A deprecated list has two links.
      const link = [own.link, headers.link].filter(Boolean).join(", ");
      return new Response(isHead || json === null ? null : json, {
        status,
        headers: {
          "cache-control": "no-store",
          ...headers,
          ...own,
          ...(link !== "" && { link }),
          ...(json !== null && { "content-type": "application/json" }),
          [CORRELATION_HEADER]: trace.correlationId,
        },
      });
    } catch (error) {
      const refusal = refusalOf(error);
      return problemResponse(refusal, trace.correlationId, {
        "cache-control": "no-store",
        ...headers,
        ...(refusal.kind === "unauthenticated" && { "www-authenticate": 'Bearer realm="Tenantry API"' }),
        ...(refusal.kind === "method_not_allowed" && { allow: String(refusal.details.allow) }),
      });
    }
  };
}

const same = (value: Record<string, unknown>) => value;

const methodsOf = (methods: Iterable<string>): string[] => {
  const known = [...methods];
  return [...known, ...(known.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
};

/** Cookies open nothing here: what a browser sends by itself must not be able to change anything. */
function contextOf(headers: Headers, gates: Gates, trace: Trace): Context {
  const token = /^Bearer +([\w.-]+) *$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
  return createContext(
    // A request counts once, however many procedures answer it.
    { ...gates, called: () => {} },
    {
      trace,
      token,
      isApiClient: true,
      orgSlug: headers.get(ORG_HEADER),
      userAgent: headers.get("user-agent")?.slice(0, 400) ?? null,
    },
  );
}

/** The same caller, whose every transaction notes on the claim that it committed. */
function claimedBy(context: Context, idempotencyId: string): Context {
  const trace = { ...context.trace, idempotencyId };
  return {
    ...context,
    trace,
    actorOnce: () => context.actorOnce().then((actor) => actor && { ...actor, trace }),
  };
}

/** What path, query and body say, in the procedure's own names. @throws kernel.invalid_input, and what `readBody` throws. */
async function inputOf(request: Request, url: URL, route: Route, values: string[]) {
  const closed = new Set([
    ...route.places.map(({ wire }) => wire),
    ...[
      ...Object.keys(route.fixed ?? {}),
      ...(route.hidden ?? []),
      ...(route.version ? [route.version] : []),
    ].map(wireName),
  ]);
  const all = fieldsOf(route.input);
  const open = new Map([...all].filter(([wire]) => !closed.has(wire)));
  const isRead = route.method === "GET";
  const query = readQuery(url.searchParams, isRead ? open : new Map());
  const body = isRead ? {} : await readBody(request);
  const errors: FieldErrors = { ...query.errors, ...unstorable(isRead ? query.values : body) };
  for (const name of Object.keys(body)) {
    if (closed.has(name)) errors[name] = ["This field is not part of the body. Leave it out."];
  }
  const path: Record<string, unknown> = {};
  route.places.forEach(({ wire, field }, index) => {
    const text = decoded(values[index]!);
    if (text === null) errors[wire] = ["This is not an id."];
    path[field] = text;
  });
  const heard = route.input ? hear(route.input, { ...query.values, ...body }) : unheard(body);
  const wrong = { ...heard.errors, ...errors };
  if (Object.keys(wrong).length > 0) throw fieldsRefused(wrong);
  const input = { ...(heard.input as Record<string, unknown>), ...path, ...route.fixed };
  return { input: all.size === 0 ? (undefined as unknown as Record<string, unknown>) : input, body };
}

const unheard = (body: Record<string, unknown>) => ({
  input: {},
  errors: Object.fromEntries(
    Object.keys(body).map((name) => [name, ["There is no field of this name. Leave it out."]]),
  ),
});

function decoded(text: string): string | null {
  try {
    const value = decodeURIComponent(text);
    return value.includes("\u0000") || !value.isWellFormed() ? null : value;
  } catch {
    return null;
  }
}

/** A procedure's answer as JSON: pages and lists as `{data, next_cursor}`. */
function bodyOf(route: Route, value: unknown): unknown {
  const told = speak(route.output, value);
  if (route.shape === "list") return { data: told, next_cursor: null };
  if (route.shape !== "page") return told;
  const { items, next_cursor = null, ...rest } = told as Record<string, unknown>;
  return { data: items, next_cursor, ...rest };
}

/** The version of a record that a procedure answered, where it has one. */
const versionIn = (value: unknown): Date | undefined => {
  const { updatedAt } = (value ?? {}) as { updatedAt?: unknown };
  return updatedAt instanceof Date ? updatedAt : undefined;
};

function sent(json: string, headers: Headers, cacheControl: string): Answer {
  const etag = entityTag(json);
  const known = headers.get("if-none-match");
  const own = { etag, "cache-control": cacheControl };
  return known !== null && isAmong(known, etag)
    ? { status: 304, json: null, headers: own }
    : { status: 200, json, headers: own };
}

/** Relative, so that nothing of the request's own headers gets into an answer. */
function linkTo(url: URL, cursor: string): string {
  const search = new URLSearchParams(url.searchParams);
  search.set("cursor", cursor);
  return `<${url.pathname}?${search}>; rel="next"`;
}

const dayOf = (date: string) => new Date(`${date}T00:00:00Z`);
/** RFC 9745 and RFC 8594. */
const deprecationHeaders = ({ since, sunset, instead }: NonNullable<Route["deprecated"]>) => ({
  deprecation: `@${dayOf(since).getTime() / 1000}`,
  ...(sunset && { sunset: dayOf(sunset).toUTCString() }),
  link: `<${BASE_PATH}${instead}>; rel="successor-version"`,
});

const isChangedMeanwhile = (error: unknown): boolean => refusalOf(error).code.endsWith(".changed_meanwhile");

/** What a procedure threw, in the words of the one error table, with the names of the wire. */
function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof TRPCError)) return internal(error);
  const { cause } = error;
  if (cause instanceof ZodError && error.code === "BAD_REQUEST")
    return fieldsRefused(wired(fieldErrorsOf(cause)));
  if (!(cause instanceof DomainError)) return internal(error);
  const { kind, code, publicMessage, details, fields } = cause;
  return new DomainError(
    kind,
    code,
    publicMessage,
    Object.fromEntries(
      Object.entries(details).map(([name, value]) => [
        name === "retryAfterSeconds" ? name : wireName(name),
        value,
      ]),
    ),
    { cause, ...(fields && { fields: wired(fields) }) },
  );
}

const internal = (cause: unknown): DomainError =>
  new DomainError(
    "internal",
    "kernel.internal",
    "Something failed on our side. Nothing was half done; try again, and quote the correlation id if it stays.",
    {},
    { cause },
  );

const wired = (fields: FieldErrors): FieldErrors =>
  Object.fromEntries(Object.entries(fields).map(([path, words]) => [wirePath(path), words]));

type Once = { actor: OrgActor; key: string; fingerprint: string; route: Route };

/** Does the work under a claim on its key, or answers what it answered before. */
async function once(
  { actor, key, fingerprint, route }: Once,
  work: (claimId: string) => Promise<Answer>,
): Promise<Answer> {
  const claimed = await claim(actor, key, fingerprint);
  const { hasSecret } = route;
  const { id } = claimed;
  const keepAnswer = async (answer: KeptAnswer) =>
    keep(actor, id, hasSecret ? await sealedAnswer(actor, id, answer) : answer);
  if (claimed.kind === "kept") {
    const { answer } = claimed;
    const { status, headers, body } = hasSecret ? await openedAnswer(actor, id, answer) : answer;
    return { status, json: body, headers: { ...headers, "idempotency-replayed": "true" } };
  }
  const done = await work(id).catch(async (error: unknown) => {
    // What refused has changed nothing: the same request may come again, and be answered as things are by then.
    if (!(await release(actor, id))) await keepAnswer(await keptRefusal(actor, error));
    throw error;
  });
  await keepAnswer(keptOf(done));
  return done;
}

const keptOf = ({ status, headers, json }: Answer): KeptAnswer => ({ status, headers, body: json });

/** Something was committed before it failed: whoever asks again gets the same failure, and nothing is done twice. */
async function keptRefusal(actor: OrgActor, error: unknown): Promise<KeptAnswer> {
  const problem = problemResponse(refusalOf(error), actor.trace.correlationId);
  const { status } = problem;
  const headers = { "content-type": "application/problem+json" };
  return { status, headers, body: await problem.text() };
}
