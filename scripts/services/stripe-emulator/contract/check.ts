import { Ajv, type ValidateFunction } from "ajv";
import { document, endpointOf, type Schema } from "../contract";

type Node = Record<string, unknown>;

/**
 * Stripe's way of writing schemas (OpenAPI 3.0) as JSON schema. Where Stripe lists an object's fields, others are
 * refused: the emulator may leave a field out, but invents none.
 */
function asJsonSchema(schema: Schema): Node {
  if (schema.$ref) return { $ref: `stripe${schema.$ref}` };
  const { nullable, format: _format, anyOf, properties, items, additionalProperties, type, ...rest } = schema;
  const node: Node = { ...rest };
  if (anyOf) {
    node.anyOf = [...anyOf.map(asJsonSchema), ...(nullable ? [{ type: "null" }] : [])];
  }
  if (type) node.type = nullable ? [type, "null"] : type;
  if (schema.enum && nullable) node.enum = [...schema.enum, null];
  if (items) node.items = asJsonSchema(items);
  if (properties) {
    node.properties = Object.fromEntries(
      Object.entries(properties).map(([name, one]) => [name, asJsonSchema(one)]),
    );
    node.additionalProperties =
      typeof additionalProperties === "object" ? asJsonSchema(additionalProperties) : false;
    // An event's object is any object, and the metadata of one is open.
    if (Object.keys(properties).length === 0) delete node.additionalProperties;
  } else if (typeof additionalProperties === "object") {
    node.additionalProperties = asJsonSchema(additionalProperties);
  }
  return node;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({
  $id: "stripe",
  components: {
    schemas: Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, schema]) => [name, asJsonSchema(schema)]),
    ),
  },
});
const compiled = new Map<string, ValidateFunction>();

function validator(key: string, schema: () => Schema): ValidateFunction {
  const known = compiled.get(key);
  if (known) return known;
  const made = ajv.compile(asJsonSchema(schema()));
  compiled.set(key, made);
  return made;
}

function wrong(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  // Of the forms of an `anyOf` the complaints of the nearest one are worth reading, and those go deepest.
  const deepest = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length).slice(0, 8);
  return deepest.map(
    ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`,
  );
}

/** What is wrong with an answer, by the document's word for that call; nothing when all is well. */
export function wrongInAnswer(method: string, path: string, answer: unknown): string[] {
  const pathname = path.split("?")[0] ?? "";
  const endpoint = endpointOf(method, pathname);
  if (!endpoint) return [`${method} ${pathname} is not in Stripe's document`];
  const name = `${method} ${endpoint.path}`;
  const schema = () => endpoint.operation.responses[200].content["application/json"].schema;
  return wrong(validator(name, schema), answer).map((sentence) => `${name}: ${sentence}`);
}

/** What is wrong with one of Stripe's objects. */
export function wrongInObject(object: unknown): string[] {
  const kind = String((object as { object?: unknown }).object);
  if (!Object.hasOwn(document.components.schemas, kind)) return [`${kind} is no object of Stripe's`];
  const schema = () => ({ $ref: `#/components/schemas/${kind}` });
  return wrong(validator(kind, schema), object).map((sentence) => `${kind}: ${sentence}`);
}

/** What is wrong with an event: with its envelope, and with the object that it carries. */
export function wrongInEvent(event: unknown): string[] {
  const { data, type } = event as { data: { object: unknown }; type: string };
  return [...wrongInObject(event), ...wrongInObject(data.object)].map((sentence) => `${type}: ${sentence}`);
}
