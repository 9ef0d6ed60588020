/** The OpenAPI 3.1 document of all routes, made from what the procedures themselves declare. */
import { z } from "zod";
import { ERROR_FACES, type ErrorKind } from "~/kernel/errors";
import { SCOPE_TABLE, scopeFor, SCOPES } from "~/kernel/scopes";
import { MAX_BODY_BYTES } from "./reading";
import { BASE_PATH, type Route } from "./table";
import { bare, defOf, wireName } from "./wire";

export type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  description?: string;
  additionalProperties?: Schema | boolean;
  minimum?: number;
  maximum?: number;
  $ref?: string;
  [more: string]: unknown;
};
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
};
type Content = Record<string, { schema: Schema; example?: unknown }>;
export type Response = { description: string; headers?: Record<string, unknown>; content?: Content };
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  deprecated?: boolean;
  security: Record<string, string[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, Response | { $ref: string }>;
  /** The member's role must have it. */
  "x-permission": string;
  /** The key must have it; null where no key may. */
  "x-scope": string | null;
};
/** What an endpoint of the organization gets, and what it should answer. */
export type WebhookOperation = {
  operationId: string;
  tags: string[];
  summary: string;
  parameters: Parameter[];
  requestBody: { required: true; content: Content };
  responses: Record<string, Response>;
};
export type OpenApi = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: WebhookOperation }>;
  components: {
    securitySchemes: Record<string, unknown>;
    schemas: Record<string, Schema>;
    responses: Record<string, Response>;
    headers: Record<string, unknown>;
  };
  security: Record<string, string[]>[];
};

const ABOUT = `Everything the dashboard does with records, for programs.

Send \`Authorization: Bearer tnt_live_…\` with each request. Names are snake_case, times ISO 8601 in UTC, decimals strings,
ids UUIDs. A name that is not known is refused, so that a mistyped filter never answers everything.

Lists answer \`{"data": […], "next_cursor": …}\`: send \`cursor\` with that value for the next page, which \`Link\` leads to as
well. A change with an \`Idempotency-Key\` is done once, however often it is sent within a day. \`ETag\` names the version of
a record: send it as \`If-Match\`, and a change is refused with 412 when somebody else was faster.

Every refusal is a problem document (RFC 9457) with a \`code\` that stays, words for people, and \`errors\` by field.
Within /api/v1 things are only added.`;

/** ISO 8601 in UTC, whichever side of a door it is on. */
const DATE: Schema = { type: "string", format: "date-time" };

/** JSON Schema of a zod schema, with the names of the wire. */
export function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  const made = z.toJSONSchema(schema, {
    io,
    target: "draft-2020-12",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, DATE);
    },
  }) as Schema;
  delete made.$schema;
  return onWire(made, io);
}

const MOST = Number.MAX_SAFE_INTEGER;

/** Names as they are on the wire, and without what says nothing. */
function onWire(schema: Schema, io: "input" | "output"): Schema {
  const told: Schema = { ...schema };
  // What every safe integer keeps to.
  if (told.maximum === MOST) delete told.maximum;
  if (told.minimum === -MOST) delete told.minimum;
  // A format that is told says it already; the pattern is zod's own way of checking.
  if (told.format === "uuid" || told.format === "email") delete told.pattern;
  if (told.properties) {
    told.properties = Object.fromEntries(
      Object.entries(told.properties).map(([name, one]) => [wireName(name), onWire(one, io)]),
    );
    if (told.required) told.required = told.required.map(wireName);
    // Unknown names are refused on the way in; on the way out more may come one day.
    if (io === "input") told.additionalProperties = false;
    else delete told.additionalProperties;
  } else if (typeof told.additionalProperties === "object")
    told.additionalProperties = onWire(told.additionalProperties, io);
  delete told.propertyNames;
  if (told.items) told.items = onWire(told.items, io);
  for (const many of ["anyOf", "oneOf", "allOf"] as const)
    if (told[many]) told[many] = told[many].map((one) => onWire(one, io));
  return shortened(told);
}

/** `anyOf: [{type: string}, {type: null}]` as `type: [string, null]`, which every tool reads better. */
function shortened(schema: Schema): Schema {
  const { anyOf, ...rest } = schema;
  const [one, none, ...more] = anyOf ?? [];
  if (!one || none?.type !== "null" || more.length > 0) return schema;
  if (typeof one.type !== "string" || one.properties) return schema;
  const choices = one.enum ? { enum: [...one.enum, null] } : {};
  return { ...one, ...rest, ...choices, type: [one.type, "null"] };
}

/** In an address there is no null: leaving the name out is that. */
function withoutNull(schema: Schema): Schema {
  if (schema.anyOf) {
    const left = schema.anyOf.filter((one) => one.type !== "null");
    const { anyOf: _, ...rest } = schema;
    return left.length === 1 ? { ...left[0], ...rest } : { ...rest, anyOf: left };
  }
  if (Array.isArray(schema.type)) {
    const type = schema.type.filter((one) => one !== "null");
    const { enum: choices, ...rest } = schema;
    return {
      ...rest,
      ...(choices && { enum: choices.filter((one) => one !== null) }),
      type: type.length === 1 ? type[0]! : type,
    };
  }
  return schema;
}

function described(schema: Schema, fields: Record<string, string>, at = ""): Schema {
  const told = { ...schema };
  const words = at === "" ? undefined : fields[at];
  if (words) told.description = words;
  const inside = (name: string) => (at === "" ? name : `${at}.${name}`);
  if (told.properties)
    told.properties = Object.fromEntries(
      Object.entries(told.properties).map(([name, one]) => [name, described(one, fields, inside(name))]),
    );
  if (told.items) told.items = described(told.items, fields, at);
  return told;
}

const PROBLEM: Schema = {
  type: "object",
  description: "Why something was refused (RFC 9457).",
  required: ["type", "title", "status", "detail", "code", "correlation_id"],
  properties: {
    type: { type: "string", format: "uri", description: "Names the kind of refusal; there for comparing." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What happened, what is safe, what to do: for people." },
    code: { type: "string", description: "Stays the same for ever: for programs." },
    correlation_id: { type: "string", description: "Quote it to support." },
    errors: {
      type: "object",
      description: "What is wrong by field; the path is joined by dots.",
      additionalProperties: { type: "array", items: { type: "string" } },
    },
    error: {
      type: "object",
      description:
        "Facts for programs. For 402: `code` quota_exceeded with meter, limit, used, resets_at and upgrade_url, or plan_required with feature, plan and upgrade_url.",
      required: ["code"],
      properties: { code: { type: "string" } },
      additionalProperties: { type: ["string", "number", "boolean", "null"] },
    },
  },
};

const problemName = (kind: ErrorKind) =>
  kind
    .split("_")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");

const problemRef = (kind: ErrorKind) => ({ $ref: `#/components/responses/${problemName(kind)}` });

/** Refusals that a route may answer with, by what it takes. */
function refusalsOf(route: Route): ErrorKind[] {
  const isChange = route.method !== "GET";
  return [
    "invalid",
    "unauthenticated",
    "limit",
    "forbidden",
    "not_found",
    "not_acceptable",
    ...(isChange
      ? (["conflict", "stale", "too_large", "unsupported_media", "unprocessable"] satisfies ErrorKind[])
      : []),
    "gone",
    "too_many_requests",
    "internal",
    "unavailable",
  ];
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

/** An event that endpoints are told of: `record` is the name of a route's answer, null where nothing goes with it. */
export type ToldEvent = { type: string; record: string | null };

/**
 * The document.
 * @throws when two routes call different answers by the same name, or an event brings a record that no route answers.
 */
export function openApiDocument(routes: Route[], appUrl: string, told: readonly ToldEvent[] = []): OpenApi {
  const schemas: Record<string, Schema> = { Problem: PROBLEM };
  const nameSchema = (name: string, schema: Schema): Schema => {
    const known = schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two routes answer different things called ${name}`);
    schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  };
  const answerOf = (route: Route): Schema | undefined => {
    const reader = routes.find((one) => one.procedure === route.record && one.method === "GET");
    if (route.shape === "nothing") return undefined;
    if (reader) return answerOf(reader);
    const whole = described(schemaOf(route.output, "output"), route.fields ?? {});
    if (route.shape === "one") return nameSchema(route.answer!, whole);
    const { items, next_cursor: _, ...rest } = whole.properties ?? {};
    const each = described((route.shape === "list" ? whole.items : items?.items) ?? {}, route.fields ?? {});
    return {
      type: "object",
      required: ["data", "next_cursor", ...Object.keys(rest)],
      properties: {
        data: { type: "array", items: nameSchema(route.answer!, each) },
        next_cursor: {
          type: ["string", "null"],
          description: "Send it as `cursor` for the next page; null on the last one.",
        },
        ...rest,
      },
    };
  };

  const paths: OpenApi["paths"] = {};
  for (const route of routes) {
    const answer = answerOf(route);
    const isChange = route.method !== "GET";
    const hasTag =
      answer !== undefined && (route.record !== undefined || (!isChange && route.shape === "one"));
    const { parameters, body } = takenBy(route);
    const scope = scopeFor(route.permission);
    const words = [route.description, scope === null && "Not for keys: it takes a person’s own session."];
    const description = words.filter(Boolean).join(" ");
    const status = route.shape === "nothing" ? 204 : (route.status ?? 200);
    (paths[`${BASE_PATH}${route.path}`] ??= {})[route.method.toLowerCase()] = {
      operationId: operationId(route.procedure),
      tags: [route.tag],
      summary: route.summary,
      ...(description !== "" && { description }),
      ...(route.deprecated && { deprecated: true }),
      security: scope === null ? [{ session: [] }] : [{ apiKey: [] }, { oauth: [scope] }, { session: [] }],
      "x-permission": route.permission,
      "x-scope": scope,
      parameters: [
        ...parameters,
        ...(isChange ? [IDEMPOTENCY_KEY] : []),
        ...(route.record && route.status !== 201 ? [IF_MATCH] : []),
        ...(hasTag && !isChange ? [IF_NONE_MATCH] : []),
      ],
      ...(body && {
        requestBody: {
          required: (body.required ?? []).length > 0,
          content: {
            "application/json": { schema: body, ...(route.example && { example: route.example }) },
          },
        },
      }),
      responses: {
        [status]: {
          description: status === 204 ? "Done." : status === 201 ? "Created." : "What was asked for.",
          headers: {
            "X-Correlation-Id": header("CorrelationId"),
            ...(hasTag && { ETag: header("ETag") }),
            ...(status === 201 && route.record && { Location: header("Location") }),
            ...(route.shape === "page" && !isChange && { Link: header("Link") }),
            ...(isChange && { "Idempotency-Replayed": header("IdempotencyReplayed") }),
            ...(route.deprecated && { Deprecation: header("Deprecation"), Sunset: header("Sunset") }),
          },
          ...(answer && { content: { "application/json": { schema: answer } } }),
        },
        ...(hasTag && !isChange && { 304: { description: "Still the version of If-None-Match." } }),
        ...Object.fromEntries(refusalsOf(route).map((kind) => [ERROR_FACES[kind].status, problemRef(kind)])),
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Tenantry API",
      version: "1.0.0",
      description: ABOUT,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: appUrl }],
    tags: [...new Set([...routes.map(({ tag }) => tag), ...(told.length > 0 ? ["Events"] : [])])]
      .sort()
      .map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(told.map((one) => [one.type, { post: webhookOf(one, schemas) }])),
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "A key of the organization (`tnt_live_…`), or an access token made from one.",
        },
        oauth: {
          type: "oauth2",
          description: "Tokens of 15 minutes, for where the key shall not travel with each call.",
          flows: {
            clientCredentials: {
              tokenUrl: `${BASE_PATH}/token`,
              refreshUrl: `${BASE_PATH}/token`,
              scopes: Object.fromEntries(SCOPES.map((one) => [one, SCOPE_TABLE[one].help])),
            },
          },
        },
        session: {
          type: "http",
          scheme: "bearer",
          description: "A person’s own session token, with the organization’s name in `X-Tenantry-Org`.",
        },
      },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a.localeCompare(b))),
      responses: problemResponses(),
      headers: HEADERS,
    },
    security: [{ apiKey: [] }],
  };
}

const WEBHOOK_HEADERS: Parameter[] = [
  {
    name: "webhook-id",
    in: "header",
    required: true,
    description: "The event: the same at every try and replay. Keep it, to know a repetition.",
    schema: { type: "string", format: "uuid" },
  },
  {
    name: "webhook-timestamp",
    in: "header",
    required: true,
    description: "When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes.",
    schema: { type: "string", pattern: "^\\d+$" },
  },
  {
    name: "webhook-signature",
    in: "header",
    required: true,
    description:
      "`v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks).",
    schema: { type: "string" },
  },
];

/** "company.role_changed" → "Company role changed". */
const wordsOfEvent = (type: string) => {
  const words = type.replace(/[._]/g, " ");
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
};

function webhookOf({ type, record }: ToldEvent, schemas: Record<string, Schema>): WebhookOperation {
  if (record !== null && !schemas[record])
    throw new Error(`${type} brings a ${record}, which no route answers`);
  const id: Schema = { type: "string" };
  const brought: Schema =
    record === null
      ? { type: "null" }
      : {
          anyOf: [{ $ref: `#/components/schemas/${record}` }, { type: "null" }],
          description: "As the API answers it, read before the first try; null once it is gone.",
        };
  const schema: Schema = {
    type: "object",
    required: ["type", "timestamp", "data"],
    properties: {
      type: { type: "string", const: type },
      timestamp: { ...DATE, description: "When it happened." },
      data: {
        type: "object",
        required: ["target", "actor_id", "record"],
        properties: {
          target: {
            anyOf: [
              { type: "object", required: ["type", "id"], properties: { type: id, id } },
              { type: "null" },
            ],
            description: "What it happened to.",
          },
          actor_id: {
            type: ["string", "null"],
            format: "uuid",
            description: "Who did it; null for the platform itself.",
          },
          record: brought,
        },
      },
    },
  };
  return {
    operationId: `on_${type.replace(".", "_")}`,
    tags: ["Events"],
    summary: wordsOfEvent(type),
    parameters: WEBHOOK_HEADERS,
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: {
      "2XX": { description: "Taken. Anything else is tried again, ten times in all over three days." },
      410: { description: "Never again: the webhook is switched off." },
    },
  };
}

/** "crm.companies.list" → "crm_companies_list". */
const operationId = (procedure: string) => procedure.split(".").map(wireName).join("_");

/** Parameters and body of a route, out of its procedure's input. */
function takenBy(route: Route): { parameters: Parameter[]; body: Schema | undefined } {
  const parameters: Parameter[] = [];
  const input = route.input && bare(route.input, "input");
  if (!input || defOf(input).type !== "object") return { parameters, body: undefined };
  const fields = route.fields ?? {};
  const { properties = {}, required = [] } = described(schemaOf(input, "input"), fields);
  const closed = new Set(
    [
      ...Object.keys(route.fixed ?? {}),
      ...(route.hidden ?? []),
      ...(route.version ? [route.version] : []),
    ].map(wireName),
  );
  for (const { wire } of route.places) {
    closed.add(wire);
    const { description, ...schema } = properties[wire] ?? {};
    parameters.push({ name: wire, in: "path", required: true, ...(description && { description }), schema });
  }
  const open = Object.entries(properties).filter(([name]) => !closed.has(name));
  if (route.method === "GET") {
    for (const [name, given] of open) {
      const { description, ...schema } = withoutNull(given);
      const words = description ?? STANDING[name];
      const isRequired = required.includes(name);
      parameters.push({
        ...{ name, in: "query" as const, ...(isRequired && { required: true }) },
        ...(words && { description: words }),
        schema,
      });
    }
    return { parameters, body: undefined };
  }
  if (open.length === 0) return { parameters, body: undefined };
  const needed = required.filter((name) => !closed.has(name));
  const body: Schema = {
    type: "object",
    properties: Object.fromEntries(open),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
  return { parameters, body };
}

/** Words for what every list has. */
const STANDING: Record<string, string> = {
  cursor: "`next_cursor` of the page before.",
  limit: "Entries of one page.",
  search: "Only entries with this text.",
  sort: "A leading - is descending.",
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "Any text of your own, a UUID for example: the same key within 24 hours does the same change once.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
};
const IF_MATCH: Parameter = {
  name: "If-Match",
  in: "header",
  description:
    "`ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case.",
  schema: { type: "string" },
};
const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  description: "`ETag` that you have already: 304 when it is still the version.",
  schema: { type: "string" },
};

const text = (description: string) => ({ description, schema: { type: "string" } });
const HEADERS = {
  CorrelationId: text(
    "Id of this request in our logs. Send one of your own (8 to 64 letters, digits, -) to choose it.",
  ),
  Deprecation: text("Since when this is deprecated (RFC 9745)."),
  ETag: text("Version of the record."),
  IdempotencyReplayed: text("`true` when this answer was given before."),
  Link: text('The next page, as `<…>; rel="next"`.'),
  Location: text("Path of what was created."),
  RetryAfter: { description: "Seconds to wait.", schema: { type: "integer" } },
  Sunset: text("When this stops to answer (RFC 8594)."),
};

const problemResponses = (): Record<string, Response> =>
  Object.fromEntries(
    (Object.keys(ERROR_FACES) as ErrorKind[])
      .filter((kind) => kind !== "method_not_allowed")
      .map((kind) => {
        const { status, title, retry } = ERROR_FACES[kind];
        const words: Partial<Record<ErrorKind, string>> = {
          too_large: `The body has more than ${MAX_BODY_BYTES} bytes`,
          stale: "The record is not the version that If-Match names",
          unprocessable: "The Idempotency-Key came with another request before",
        };
        return [
          problemName(kind),
          {
            description: `${words[kind] ?? title}.`,
            headers: {
              "X-Correlation-Id": header("CorrelationId"),
              ...(retry && kind !== "internal" && { "Retry-After": header("RetryAfter") }),
            },
            content: {
              "application/problem+json": {
                schema: { $ref: "#/components/schemas/Problem" },
                example: {
                  type: "https://tenantry.dev/problems/kernel/example",
                  title,
                  status,
                  detail: `${words[kind] ?? title}.`,
                  code: "kernel.example",
                  correlation_id: "01a1fc6b-7058-7098-bb69-c2208186bf46",
                },
              },
            },
          } satisfies Response,
        ];
      }),
  );
