/** The document as people read it: groups of operations, their fields in a row, and what one writes to call them. */
import type { OpenApi, Operation, Parameter, Response, Schema } from "./document";

export type ReferenceField = {
  /** On the wire; of what lies deeper the path joined by dots, `[]` for entries of a list. */
  name: string;
  place: Parameter["in"] | "body" | "answer";
  /** In words: "uuid or null". */
  type: string;
  choices: string[];
  isRequired: boolean;
  words: string | null;
};
export type ReferenceOperation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string | null;
  /** Of a key; null where none may. */
  scope: string | null;
  isDeprecated: boolean;
  fields: ReferenceField[];
  /** Body to begin with, as indented JSON; null where none is taken. */
  body: string | null;
  answer: { status: number; fields: ReferenceField[]; sample: string | null };
  samples: { curl: string; typescript: string };
};
/** What an endpoint of a webhook is sent. */
export type ReferenceEvent = { type: string; summary: string; sample: string };
export type ReferenceGroup = { slug: string; name: string; operations: ReferenceOperation[] };
export type Reference = { groups: ReferenceGroup[]; events: ReferenceEvent[] };

export const slugOf = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

export function referenceOf(document: OpenApi): Reference {
  const groups = new Map<string, ReferenceGroup>();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const name = operation.tags[0]!;
      const group = groups.get(name) ?? { slug: slugOf(name), name, operations: [] };
      group.operations.push(operationOf(document, { path, method: method.toUpperCase(), operation }));
      groups.set(name, group);
    }
  const events = Object.entries(document.webhooks).map(([type, { post }]) => ({
    type,
    summary: post.summary,
    sample: indented(sampleOf(post.requestBody.content["application/json"]!.schema, document)),
  }));
  return { groups: [...groups.values()].sort((a, b) => a.name.localeCompare(b.name)), events };
}

type Asked = { path: string; method: string; operation: Operation };

function operationOf(document: OpenApi, asked: Asked): ReferenceOperation {
  const { path, method, operation } = asked;
  const sent = operation.requestBody?.content["application/json"];
  const [status, answer] = Object.entries(operation.responses).find(([code]) => code.startsWith("2"))!;
  const told = (answer as Response).content?.["application/json"]?.schema;
  const body = sent && (sent.example ?? sampleOf(sent.schema, document));
  return {
    id: operation.operationId.replaceAll("_", "-"),
    ...{ method, path, summary: operation.summary, description: operation.description ?? null },
    scope: operation["x-scope"],
    isDeprecated: operation.deprecated ?? false,
    fields: [
      ...operation.parameters.map((one) => ({
        name: one.name,
        place: one.in,
        ...typeOf(one.schema, document),
        isRequired: one.required ?? false,
        words: one.description ?? null,
      })),
      ...(sent ? fieldsOf(sent.schema, "body", document) : []),
    ],
    body: body === undefined ? null : indented(body),
    answer: {
      status: Number(status),
      fields: told ? fieldsOf(told, "answer", document) : [],
      sample: told ? indented(sampleOf(told, document)) : null,
    },
    samples: { curl: curlOf(document, asked, body), typescript: typescriptOf(asked, body) },
  };
}

const indented = (value: unknown) => JSON.stringify(value, null, 2);

const resolved = (schema: Schema, { components }: OpenApi): Schema =>
  schema.$ref ? components.schemas[schema.$ref.split("/").at(-1)!]! : schema;

const partsOf = (schema: Schema) => schema.anyOf ?? schema.oneOf;

function typeOf(given: Schema, document: OpenApi): { type: string; choices: string[] } {
  const schema = resolved(given, document);
  const parts = partsOf(schema);
  if (parts) {
    const all = parts.map((part) => typeOf(part, document));
    return {
      type: [...new Set(all.map(({ type }) => type))].join(" or "),
      choices: all.flatMap(({ choices }) => choices),
    };
  }
  const choices = [schema.enum ?? [], schema.const ?? []].flat().filter((one) => one !== null);
  if (schema.items)
    return { ...typeOf(schema.items, document), type: `list of ${typeOf(schema.items, document).type}` };
  const types = [schema.type ?? (choices.length > 0 ? "string" : "any")].flat();
  return {
    type: types.map((type) => (type === "string" ? (schema.format ?? type) : type)).join(" or "),
    choices: choices.map(String),
  };
}

const DEEPEST = 4;

function fieldsOf(
  given: Schema,
  place: "body" | "answer",
  document: OpenApi,
  at = "",
  depth = 0,
): ReferenceField[] {
  const schema = resolved(given, document);
  if (depth > DEEPEST) return [];
  const parts = partsOf(schema);
  if (parts) return parts.flatMap((part) => fieldsOf(part, place, document, at, depth + 1));
  if (schema.items) return fieldsOf(schema.items, place, document, `${at}[]`, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const path = at === "" ? name : `${at}.${name}`;
    const words = one.description ?? resolved(one, document).description ?? null;
    const isRequired = place === "body" && (schema.required ?? []).includes(name);
    return [
      { name: path, place, ...typeOf(one, document), isRequired, words },
      ...fieldsOf(one, place, document, path, depth + 1),
    ];
  });
}

const SAMPLE_ID = "01a1fc6b-7058-7098-bb69-c2208186bf46";
const SAMPLES: Record<string, unknown> = {
  uuid: SAMPLE_ID,
  "date-time": "2026-11-21T14:30:00.000Z",
  date: "2026-11-21",
  email: "ada@analytical.example",
  uri: "https://example.com/",
};
const NAMED: [RegExp, string][] = [
  [/(^|_)id$/, SAMPLE_ID],
  [/email/, "ada@analytical.example"],
  [/url$/, "https://example.com/"],
  [/^(from|to)$|date$|^day$/, "2026-11-21"],
  [/country_code/, "GB"],
  [/currency/, "EUR"],
  [/time_zone/, "Europe/London"],
  [/^domain$/, "analytical.example"],
  [/secret/, "whsec_…"],
];

/** One value that the schema allows, as plausible as its names let it be. */
function sampleOf(given: Schema, document: OpenApi, name = "", depth = 0): unknown {
  const schema = resolved(given, document);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  const parts = partsOf(schema);
  if (parts) return sampleOf(parts[0]!, document, name, depth);
  const type = [schema.type ?? "string"].flat()[0];
  if (type === "object") {
    if (depth > DEEPEST) return {};
    const properties = Object.entries(schema.properties ?? {});
    return Object.fromEntries(properties.map(([key, one]) => [key, sampleOf(one, document, key, depth + 1)]));
  }
  if (type === "array")
    return depth > DEEPEST ? [] : [sampleOf(schema.items ?? {}, document, name, depth + 1)];
  if (type === "integer" || type === "number") return Math.max(schema.minimum ?? 0, 1);
  if (type === "boolean") return true;
  if (type === "null") return null;
  return SAMPLES[schema.format ?? ""] ?? NAMED.find(([pattern]) => pattern.test(name))?.[1] ?? "…";
}

const pathNamesOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
const inQuotes = (text: string) => text.replaceAll("'", `'\\''`);

function curlOf({ servers }: OpenApi, { path, method }: Asked, body: unknown): string {
  const address = `${servers[0]!.url}${path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`;
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"${address}"`,
    `-H "Authorization: Bearer $TENANTRY_KEY"`,
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json"`, `-d '${inQuotes(JSON.stringify(body))}'`]),
  ].join(" \\\n  ");
}

/** `{ name: "Ada" }` as one writes it by hand. */
const literal = (value: unknown): string => indented(value).replace(/"([A-Za-z_]\w*)":/g, "$1:");
const shifted = (text: string) => text.replaceAll("\n", "\n  ");

function typescriptOf({ path, method, operation }: Asked, body: unknown): string {
  const inPath = Object.fromEntries(pathNamesOf(path).map((name) => [name, "…"]));
  const query = Object.fromEntries(
    operation.parameters
      .filter(({ in: place, required }) => place === "query" && required)
      .map(({ name }) => [name, "…"]),
  );
  const params = {
    ...(Object.keys(inPath).length > 0 && { path: inPath }),
    ...(Object.keys(query).length > 0 && { query }),
  };
  const given = [
    ...(Object.keys(params).length > 0 ? [`params: ${shifted(literal(params))}`] : []),
    ...(body === undefined ? [] : [`body: ${shifted(literal(body))}`]),
  ];
  const asked = given.length === 0 ? "" : `, {\n  ${given.join(",\n  ")},\n}`;
  return `const { data, error } = await api.${method}("${path}"${asked});`;
}
