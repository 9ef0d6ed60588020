import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { invalid } from "./refusal";

/** The part of JSON schema that Stripe's document uses. */
export interface Schema {
  $ref?: string;
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  maxLength?: number;
  nullable?: boolean;
  format?: string;
}

interface Operation {
  operationId: string;
  parameters: { name: string; in: "path" | "query"; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: { 200: { content: { "application/json": { schema: Schema } } } };
}

interface Document {
  info: { version: string };
  components: { schemas: Record<string, Schema> };
  paths: Record<string, Record<string, Operation>>;
}

/** Stripe's own description of what it takes and answers, cut down by contract/trim.mjs. */
export const document = JSON.parse(
  fs.readFileSync(fileURLToPath(new URL("contract/openapi.json", import.meta.url)), "utf8"),
) as Document;

export interface Endpoint {
  method: string;
  /** As Stripe writes it: `/v1/customers/{customer}`. */
  path: string;
  operation: Operation;
}

export const endpoints: Endpoint[] = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** The endpoint that a request is for; one without parameters in its path wins. */
export function endpointOf(method: string, pathname: string): Endpoint | undefined {
  return endpoints
    .filter((endpoint) => endpoint.method === method && pattern(endpoint.path).test(pathname))
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`);
}

export type Params = Record<string, unknown>;

/**
 * The parameters of a request as their types, from the strings of a form.
 * @throws Refusal as Stripe words it: unknown, missing, or not of its type.
 */
export function readParams({ operation }: Endpoint, given: Params): Params {
  const body = operation.requestBody?.content["application/x-www-form-urlencoded"]?.schema;
  const query = operation.parameters.filter((parameter) => parameter.in === "query");
  const schema: Schema = {
    type: "object",
    properties: {
      ...Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
      ...body?.properties,
    },
    required: [
      ...query.filter(({ required }) => required).map(({ name }) => name),
      ...(body?.required ?? []),
    ],
  };
  return read(schema, given, "") as Params;
}

function read(schema: Schema, value: unknown, at: string): unknown {
  if (schema.anyOf) return readAny(schema.anyOf, value, at);
  if (schema.type === "object") return readObject(schema, value, at);
  if (schema.type === "array") {
    const list = Array.isArray(value) ? value : indexed(value);
    if (!list) throw invalid("Invalid array", at);
    return list.map((item, index) => read(schema.items ?? {}, item, `${at}[${index}]`));
  }
  if (typeof value !== "string") throw invalid(`Invalid ${schema.type ?? "value"}`, at);
  return readText(schema, value, at);
}

function readText(schema: Schema, value: string, at: string): unknown {
  if (schema.type === "integer") {
    if (!/^-?\d+$/.test(value)) throw invalid(`Invalid integer: ${value}`, at, "parameter_invalid_integer");
    return Number(value);
  }
  if (schema.type === "number") {
    if (value === "" || !Number.isFinite(Number(value)))
      throw invalid(`Invalid decimal: ${value}`, at, "parameter_invalid_decimal");
    return Number(value);
  }
  if (schema.type === "boolean") {
    if (value !== "true" && value !== "false") throw invalid(`Invalid boolean: ${value}`, at);
    return value === "true";
  }
  if (schema.enum && !schema.enum.includes(value)) {
    const options = schema.enum.filter((option) => option !== "").join(", ");
    throw invalid(`Invalid ${at}: must be one of ${options}`, at);
  }
  if (schema.maxLength !== undefined && value.length > schema.maxLength)
    throw invalid(`Invalid string: must be at most ${schema.maxLength} characters`, at);
  return value;
}

function readAny(choices: Schema[], value: unknown, at: string): unknown {
  let refused: unknown;
  // Of an object's forms the first one is the full one, and its complaint is the helpful one.
  for (const choice of choices) {
    try {
      return read(choice, value, at);
    } catch (error) {
      refused ??= error;
    }
  }
  throw refused;
}

function readObject(schema: Schema, value: unknown, at: string): unknown {
  if (!value || typeof value !== "object" || Array.isArray(value)) throw invalid("Invalid object", at);
  const inside = (name: string) => (at ? `${at}[${name}]` : name);
  const result: Params = {};
  for (const [name, given] of Object.entries(value)) {
    const known = schema.properties?.[name];
    const open = typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
    if (!known && !open)
      throw invalid(`Received unknown parameter: ${inside(name)}`, inside(name), "parameter_unknown");
    result[name] = read(known ?? open ?? {}, given, inside(name));
  }
  for (const name of schema.required ?? []) {
    if (!(name in value))
      throw invalid(`Missing required param: ${inside(name)}.`, inside(name), "parameter_missing");
  }
  return result;
}

/** `{0: a, 1: b}`, which is how a form carries a list. */
function indexed(value: unknown): unknown[] | undefined {
  if (!value || typeof value !== "object") return undefined;
  const keys = Object.keys(value);
  return keys.every((key) => /^\d*$/.test(key)) ? Object.values(value) : undefined;
}

/** A form's text as nested objects: `items[0][price]=p` is `{items: {0: {price: "p"}}}`. */
export function readForm(text: string): Params {
  const result: Params = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const parts = name.replaceAll("]", "").split("[");
    let target = result;
    for (const [depth, part] of parts.entries()) {
      const key = part === "" ? String(Object.keys(target).length) : part;
      if (depth === parts.length - 1) {
        Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
        break;
      }
      const inner = Object.hasOwn(target, key) ? target[key] : undefined;
      if (!inner || typeof inner !== "object") {
        Object.defineProperty(target, key, {
          value: {},
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      target = target[key] as Params;
    }
  }
  return result;
}
