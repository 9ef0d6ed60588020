/**
 * Names and shapes on the wire. Procedures speak camelCase and `Date`; programs get snake_case and ISO 8601 in UTC.
 * The way is worked out from the zod schema, once: keys that are data (of a record) stay as they are.
 */
import type { z } from "zod";
import type { FieldErrors } from "~/kernel/errors";

export const wireName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
/** `emails.0`, `lastName` → `emails.0`, `last_name`. */
export const wirePath = (path: string): string => path.split(".").map(wireName).join(".");

/** One way of two: what a schema of ours says is turned into JSON, or JSON into what the schema reads. */
type Turn = (value: unknown, at: Place) => unknown;
type Place = { path: string; refuse: (path: string, words: string) => void };

type Def = {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  getter?: () => z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  options?: z.ZodType[];
  items?: z.ZodType[];
  valueType?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
};
export const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;

const WRAPPERS = new Set(["optional", "nullable", "default", "prefault", "nonoptional", "readonly", "catch"]);

/** What is inside of optional, nullable and the like; of a pipe what goes in, or comes out. */
export function bare(schema: z.ZodType, way: "input" | "output"): z.ZodType {
  const def = defOf(schema);
  if (WRAPPERS.has(def.type)) return bare(def.innerType!, way);
  if (def.type === "lazy") return bare(def.getter!(), way);
  if (def.type === "pipe") {
    const side = way === "input" ? def.in! : def.out!;
    // A transform says nothing about what it takes or makes: the other side does.
    return defOf(side).type === "transform" ? side : bare(side, way);
  }
  return schema;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const same: Turn = (value) => value;
const join = (path: string, name: string | number) => (path === "" ? String(name) : `${path}.${name}`);

/** Made once for each schema object, which live as long as the process. */
const turns = { input: new WeakMap<z.ZodType, Turn>(), output: new WeakMap<z.ZodType, Turn>() };

function turnOf(given: z.ZodType, way: "input" | "output"): Turn {
  const schema = bare(given, way);
  const known = turns[way].get(schema);
  if (known) return known;
  // Before its parts are looked at, so that a shape may hold itself.
  let made: Turn = same;
  turns[way].set(schema, (value, at) => made(value, at));
  made = makeTurn(schema, way);
  turns[way].set(schema, made);
  return made;
}

function makeTurn(schema: z.ZodType, way: "input" | "output"): Turn {
  const def = defOf(schema);
  if (def.type === "object") return way === "output" ? speakObject(def.shape!) : hearObject([def.shape!]);
  if (def.type === "array") {
    const each = turnOf(def.element!, way);
    return (value, at) =>
      Array.isArray(value)
        ? value.map((one, index) => each(one, { ...at, path: join(at.path, index) }))
        : value;
  }
  if (def.type === "tuple") {
    const each = def.items!.map((item) => turnOf(item, way));
    return (value, at) => (Array.isArray(value) ? value.map((one, i) => (each[i] ?? same)(one, at)) : value);
  }
  if (def.type === "record") {
    const each = turnOf(def.valueType!, way);
    return (value, at) =>
      isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, one]) => [
              name,
              each(one, { ...at, path: join(at.path, name) }),
            ]),
          )
        : value;
  }
  if (def.type === "date") return way === "output" ? speakDate : hearDate;
  if (def.type === "union") return unionOf(def.options!, way);
  if (def.type === "intersection") {
    const both = [turnOf(def.left!, way), turnOf(def.right!, way)];
    return (value, at) =>
      Object.assign({}, ...both.map((turn) => turn(value, at) as Record<string, unknown>));
  }
  return way === "output" ? (value) => (value instanceof Date ? value.toISOString() : value) : same;
}

const speakDate: Turn = (value) => (value instanceof Date ? value.toISOString() : value);
/** ISO 8601 with an offset. Anything else goes on as it is, for the schema to refuse in its own words. */
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const hearDate: Turn = (value, at) => {
  if (value === null || value === undefined) return value;
  const date = typeof value === "string" && ISO.test(value) ? new Date(value) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  at.refuse(at.path, "Write a date and time as 2026-11-21T14:30:00Z.");
  return undefined;
};

function speakObject(shape: Record<string, z.ZodType>): Turn {
  const fields = Object.entries(shape).map(
    ([name, schema]) => [name, wireName(name), turnOf(schema, "output")] as const,
  );
  return (value, at) => {
    if (!isObject(value)) return value;
    const told: Record<string, unknown> = {};
    for (const [name, told_, turn] of fields)
      if (value[name] !== undefined) told[told_] = turn(value[name], at);
    return told;
  };
}

/** Objects of one or more shapes (of a union), by the names that any of them has. Unknown ones are refused: a mistyped filter would answer everything. */
function hearObject(shapes: Record<string, z.ZodType>[]): Turn {
  const fields = new Map<string, { name: string; turn: Turn }>();
  for (const shape of shapes)
    for (const [name, schema] of Object.entries(shape))
      fields.set(wireName(name), { name, turn: turnOf(schema, "input") });
  return (value, at) => {
    if (!isObject(value)) return value;
    const heard: Record<string, unknown> = {};
    for (const [given, one] of Object.entries(value)) {
      const field = fields.get(given);
      const path = join(at.path, given);
      if (field) heard[field.name] = field.turn(one, { ...at, path });
      else at.refuse(path, unknownField(given, [...fields.keys()]));
    }
    return heard;
  };
}

export function unknownField(given: string, known: string[]): string {
  const like = known.find((name) => name.replaceAll("_", "") === given.replaceAll("_", "").toLowerCase());
  return like
    ? `There is no field of this name. Write ${like}.`
    : "There is no field of this name. Leave it out.";
}

function unionOf(options: z.ZodType[], way: "input" | "output"): Turn {
  const objects = options
    .map((option) => bare(option, way))
    .filter((option) => defOf(option).type === "object");
  if (way === "input") {
    if (objects.length > 0) return hearObject(objects.map((one) => defOf(one).shape!));
    const date = options.find((option) => defOf(bare(option, way)).type === "date");
    return date ? turnOf(date, way) : same;
  }
  const turnsOf = options.map((option) => ({ option, turn: turnOf(option, way) }));
  // The value was parsed by the union already, so the first option that takes it is the one.
  return (value, at) =>
    turnsOf.find(({ option }) => option.safeParse(value).success)?.turn(value, at) ?? value;
}

/** Without a prototype: a field may be called `__proto__`. */
export const noErrors = (): FieldErrors => Object.create(null) as FieldErrors;

/** What a procedure answered, as JSON. */
export const speak = (schema: z.ZodType, value: unknown): unknown =>
  turnOf(schema, "output")(value, { path: "", refuse: () => {} });

/** JSON as a procedure's input, and what is wrong with it before any rule of the procedure was asked. */
export function hear(schema: z.ZodType, value: unknown): { input: unknown; errors: FieldErrors } {
  const errors = noErrors();
  const refuse = (path: string, words: string) => void (errors[path] ??= []).push(words);
  return { input: turnOf(schema, "input")(value, { path: "", refuse }), errors };
}

/** Text of an address as the value that the schema wants; what is no such text goes on as it is, to be refused. */
export function fromText(schema: z.ZodType, text: string): unknown {
  const { type } = defOf(bare(schema, "input"));
  if (type === "number" || type === "int")
    return /^-?\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}
