/** What a request brings: which form it takes and sends, its body within bounds, its address as an input. */
import type { z } from "zod";
import type { FieldErrors } from "~/kernel/errors";
import { boundedText, depthOf } from "~/server/http/bounded-body";
import { malformedJson, notAcceptable, notAnObject, notJson, tooDeep } from "./refusals";
import { bare, defOf, fromText, noErrors, unknownField, wireName } from "./wire";

/** 1 MB (10⁶ bytes). */
export const MAX_BODY_BYTES = 1_000_000;
export const MAX_DEPTH = 20;

/** @throws rest.not_acceptable when the caller takes no JSON. */
export function requireAcceptable(headers: Headers): void {
  const accept = headers.get("accept");
  if (accept === null || accept.trim() === "") return;
  const takes = accept.split(",").some((range) => {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const isRefused = parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
    return !isRefused && /^(?:\*\/\*|application\/(?:\*|json|problem\+json|[\w.-]+\+json))$/.test(type);
  });
  if (!takes) throw notAcceptable();
}

const accepted = (method: string) =>
  method === "PATCH" ? "application/json or application/merge-patch+json" : "application/json";

/**
 * The body as an object, `{}` where there is none.
 * @throws rest.not_json, kernel.body_too_large, kernel.body_unreadable, rest.malformed_json, rest.too_deep,
 * rest.not_an_object.
 */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const type = request.headers.get("content-type");
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") throw notJson(accepted(request.method));
  const text = await boundedText(request, MAX_BODY_BYTES);
  if (text.trim() === "") return {};
  const [form = "", ...parameters] = (type ?? "").split(";").map((part) => part.trim().toLowerCase());
  const isJson =
    form === "application/json" || (request.method === "PATCH" && form === "application/merge-patch+json");
  const isUtf8 = parameters.every((one) => !one.startsWith("charset=") || /^charset="?utf-?8"?$/.test(one));
  if (!isJson || !isUtf8) throw notJson(accepted(request.method));
  if (depthOf(text) > MAX_DEPTH) throw tooDeep(MAX_DEPTH);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw malformedJson();
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw notAnObject();
  return body as Record<string, unknown>;
}

/** Fields that an address may give, by their names on the wire. */
export function fieldsOf(input: z.ZodType | undefined): Map<string, { name: string; schema: z.ZodType }> {
  const fields = new Map<string, { name: string; schema: z.ZodType }>();
  if (!input) return fields;
  const { type, shape } = defOf(bare(input, "input"));
  if (type !== "object") return fields;
  for (const [name, schema] of Object.entries(shape!)) fields.set(wireName(name), { name, schema });
  return fields;
}

/** The query of an address as JSON by names on the wire; each name at most once. */
export function readQuery(
  search: URLSearchParams,
  fields: ReturnType<typeof fieldsOf>,
): { values: Record<string, unknown>; errors: FieldErrors } {
  const values: Record<string, unknown> = {};
  const errors = noErrors();
  for (const name of new Set(search.keys())) {
    const field = fields.get(name);
    const given = search.getAll(name);
    if (!field) errors[name] = [unknownField(name, [...fields.keys()])];
    else if (given.length > 1) errors[name] = ["Give it once."];
    else values[name] = fromText(field.schema, given[0]!);
  }
  return { values, errors };
}
