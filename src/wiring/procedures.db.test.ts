// The whole API at once: what every door must have. That none opens without it is asked in doors.db.test.ts.
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { PERMISSION_NAMES, type Permission } from "~/kernel/roles";
import { orgProcedure, publicProcedure, router } from "~/server/trpc/procedures";
import { DOORS } from "~/testing/declared-doors";
import { appRouter } from "./routers";

type Definition = {
  type: "query" | "mutation" | "subscription";
  output?: unknown;
  inputs: unknown[];
  middlewares: unknown[];
  meta?: { permission?: Permission };
};
const definitionOf = (procedure: unknown) => (procedure as { _def: Definition })._def;
const procedures = Object.entries(appRouter._def.procedures as Record<string, unknown>).map(
  ([name, procedure]) => ({ name, ...definitionOf(procedure) }),
);

const gateOf = (base: unknown) => definitionOf(base).middlewares.at(-1);
const passes = (one: Definition, base: unknown) => one.middlewares.includes(gateOf(base));

/** What changes only what is the person's own is asked for by whoever may read. */
const isOwn = (name: string) => {
  const door = DOORS[name];
  return typeof door === "object" && "own" in door;
};

it("has procedures at all, from every slice with a router", () => {
  const slices = fs
    .readdirSync("src/modules")
    .filter((slice) => fs.existsSync(`src/modules/${slice}/router.ts`));
  expect(new Set(procedures.map(({ name }) => name.split(".")[0]))).toEqual(
    // Search is of all slices, and of none.
    new Set([
      ...slices.map((slice) => slice.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())),
      "search",
    ]),
  );
});

it("gives every procedure a declared output, so that no row leaves with more than was meant", () => {
  expect(procedures.filter(({ output }) => output === undefined).map(({ name }) => name)).toEqual([]);
});

it("gives every procedure of an organization a permission that exists", () => {
  const inOrganizations = procedures.filter((one) => passes(one, orgProcedure));
  expect(inOrganizations).not.toEqual([]);
  const without = inOrganizations.filter(
    ({ meta }) => !meta?.permission || !PERMISSION_NAMES.includes(meta.permission),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

it("names a permission only where one is asked for", () => {
  const misleading = procedures.filter((one) => one.meta?.permission && !passes(one, orgProcedure));
  expect(misleading.map(({ name }) => name)).toEqual([]);
});

it("times every procedure, speaks the one error table, and refuses text that no row could hold", () => {
  const first = definitionOf(publicProcedure).middlewares;
  expect(first).toHaveLength(2);
  const without = procedures.filter(({ middlewares }) => first.some((gate, at) => middlewares[at] !== gate));
  expect(without.map(({ name }) => name)).toEqual([]);
});

it("asks for no permission of writing in a query, nor of reading in a mutation", () => {
  const crossed = procedures.filter(({ name, type, meta }) => {
    const verb = meta?.permission?.split(".")[1] ?? "";
    return verb !== "" && !isOwn(name) && verb.startsWith("read") !== (type === "query");
  });
  expect(crossed.map(({ name }) => name)).toEqual([]);
});

it("sees a procedure without output or permission", () => {
  const careless = router({ bare: orgProcedure.query(() => 1) });
  const bare = definitionOf(careless._def.procedures.bare);
  expect(bare.output).toBeUndefined();
  expect(bare.meta?.permission).toBeUndefined();
  expect(passes(bare, orgProcedure)).toBe(true);
});

/** Codes that the product's contract names without a slice (spec §5). */
const CONTRACT_CODES = ["quota_exceeded", "plan_required"];

it("begins every error code with its slice, so that a code is unique over all of them", () => {
  const foreign: string[] = [];
  for (const slice of fs.readdirSync("src/modules")) {
    for (const file of fs.readdirSync(`src/modules/${slice}`, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const source = fs.readFileSync(path.join("src/modules", slice, file), "utf8");
      for (const [, code] of source.matchAll(/new DomainError\(\s*"[a-z_]+",\s*"([^"]+)"/g)) {
        if (!code!.startsWith(`${slice.replace("-", "_")}.`) && !CONTRACT_CODES.includes(code!))
          foreign.push(`${slice}/${file}: ${code}`);
      }
    }
  }
  expect(foreign).toEqual([]);
});
