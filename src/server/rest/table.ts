/** Every route there is, read from the procedures themselves, and which one an address means. */
import type { AnyRouter } from "@trpc/server";
import type { z } from "zod";
import type { ProcedureMeta } from "~/server/trpc/procedures";
import { REST_METHODS, type RestMethod, type RestRoute } from "./route";
import { bare, defOf, wireName } from "./wire";

export type Route = RestRoute & {
  /** Path of the procedure: "crm.companies.list". */
  procedure: string;
  permission: NonNullable<ProcedureMeta["permission"]>;
  feature?: NonNullable<ProcedureMeta["feature"]>;
  type: "query" | "mutation" | "subscription";
  input: z.ZodType | undefined;
  output: z.ZodType;
  /** Names in the path, on the wire, and the input's fields they fill. */
  places: { wire: string; field: string }[];
  shape: "page" | "list" | "one" | "nothing";
  /** The procedure does nothing without a version. */
  needsVersion: boolean;
};

export const BASE_PATH = "/api/v1";

type Definition = { type: Route["type"]; inputs: z.ZodType[]; output?: z.ZodType; meta?: ProcedureMeta };

const shapeOf = (output: z.ZodType): Route["shape"] => {
  const inner = bare(output, "output");
  const { type, shape = {} } = defOf(inner);
  if (type === "array") return "list";
  if (type !== "object") return "one";
  if ("items" in shape) return "page";
  return Object.keys(shape).join() === "done" ? "nothing" : "one";
};

/**
 * The routes of a router, by path and method.
 * @throws when one lacks its permission, output or words, names what is not there, or takes another's place.
 */
export function routesOf(router: AnyRouter): Route[] {
  const routes: Route[] = [];
  const procedures = Object.entries(router._def.procedures as Record<string, { _def: Definition }>);
  for (const [procedure, { _def }] of procedures) {
    const { rest, permission, feature } = _def.meta ?? {};
    if (!rest) continue;
    const wrong = (words: string) => new Error(`the route of ${procedure} ${words}`);
    if (!permission) throw wrong("names no permission");
    if (!_def.output) throw wrong("has no output");
    if (rest.summary.trim() === "") throw wrong("has no summary");
    const input = _def.inputs.at(-1);
    const inner = input && bare(input, "input");
    const fields = inner && defOf(inner).type === "object" ? Object.keys(defOf(inner).shape!) : [];
    const places = [...rest.path.matchAll(/\{(\w+)\}/g)].map(([, wire]) => {
      const field = fields.find((name) => wireName(name) === wire);
      if (!field) throw wrong(`has {${wire}} in its path, which is no field of its input`);
      return { wire: wire!, field };
    });
    const shape = shapeOf(_def.output);
    if (shape !== "nothing" && !rest.answer) throw wrong("names no answer");
    if (routes.some((one) => one.method === rest.method && wild(one.path) === wild(rest.path)))
      throw wrong(`is ${rest.method} ${rest.path}, which another procedure has`);
    const needsVersion =
      rest.version !== undefined && !defOf(inner!).shape![rest.version]!.safeParse(undefined).success;
    const { output } = _def;
    const { type } = _def;
    const own = feature && { feature };
    routes.push({ ...rest, ...own, procedure, permission, type, input, output, places, shape, needsVersion });
  }
  for (const { procedure, record } of routes) {
    if (record && !routes.some((one) => one.method === "GET" && one.procedure === record))
      throw new Error(`the route of ${procedure} names the record of ${record}, which has no route`);
  }
  return routes.sort(
    (a, b) => a.path.localeCompare(b.path) || REST_METHODS.indexOf(a.method) - REST_METHODS.indexOf(b.method),
  );
}

const wild = (path: string) => path.replace(/\{\w+\}/g, "{}");

type Address = { pattern: RegExp; names: string[]; methods: Map<RestMethod, Route> };

/** Finds the route of a path and method. */
export function finderOf(routes: Route[]) {
  const addresses = new Map<string, Address>();
  for (const route of routes) {
    const key = wild(route.path);
    const known = addresses.get(key) ?? {
      pattern: new RegExp(`^${route.path.replace(/\{\w+\}/g, "([^/]+)")}$`),
      names: route.places.map(({ wire }) => wire),
      methods: new Map<RestMethod, Route>(),
    };
    known.methods.set(route.method, route);
    addresses.set(key, known);
  }
  // Written words before names: /usage/days is not the meter "days".
  const ordered = [...addresses.values()].sort((a, b) => a.names.length - b.names.length);
  return (path: string): { methods: Address["methods"]; values: string[] } | null => {
    for (const { pattern, methods } of ordered) {
      const match = pattern.exec(path);
      if (match) return { methods, values: match.slice(1) };
    }
    return null;
  };
}
