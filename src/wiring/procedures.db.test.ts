// The whole API at once: what every door must have, and that none opens without it.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { PERMISSION_NAMES, type Permission } from "~/kernel/roles";
import { orgProcedure, publicProcedure, router, userProcedure } from "~/server/trpc/procedures";
import { callerFor } from "~/testing/callers";
import { testOrg, testUser } from "~/testing/tenants";
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

/** Doors for whoever knocks. Each more needs its reason here. */
const PUBLIC: Record<string, string> = {
  "auth.requestLink": "asks for a sign-in link: nobody is signed in yet; limited per address and mail",
  "tenancy.invitation": "an invitation is looked at before signing in; its token is what is known",
};

/** Mutations that a read-only member may call: they change only what is the person's own. */
const OWN_THINGS: Record<string, string> = {
  "views.keep": "a view of one's own",
  "views.change": "the same",
  "views.delete": "the same",
  "views.setDefault": "what one's own list opens with",
  "notifications.markRead": "which of one's own notifications one has seen",
  "tenancy.hideSetup": "whether one still sees the first steps",
  "tenancy.leave": "one's own membership",
  "tenancy.noteVisit": "which organization one opened last, for the switcher",
};

it("has procedures at all, from every slice with a router", () => {
  const slices = fs
    .readdirSync("src/modules")
    .filter((slice) => fs.existsSync(`src/modules/${slice}/router.ts`));
  expect(new Set(procedures.map(({ name }) => name.split(".")[0]))).toEqual(
    // Search is of all slices, and of none.
    new Set([...slices, "search"]),
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

it("opens to strangers only what is listed with its reason", () => {
  const open = procedures.filter((one) => !passes(one, userProcedure)).map(({ name }) => name);
  expect(open.sort()).toEqual(Object.keys(PUBLIC));
  // A listed exception that is no procedure any more would hide the next one of that name.
  const names = procedures.map(({ name }) => name);
  expect(Object.keys(OWN_THINGS).filter((name) => !names.includes(name))).toEqual([]);
});

it("times every procedure and speaks the one error table", () => {
  const speak = gateOf(publicProcedure);
  expect(procedures.filter(({ middlewares }) => middlewares[0] !== speak).map(({ name }) => name)).toEqual(
    [],
  );
});

it("asks for no permission of writing in a query, nor of reading in a mutation", () => {
  const crossed = procedures.filter(({ name, type, meta }) => {
    const verb = meta?.permission?.split(".")[1] ?? "";
    return verb !== "" && !(name in OWN_THINGS) && verb.startsWith("read") !== (type === "query");
  });
  expect(crossed.map(({ name }) => name)).toEqual([]);
});

describe("every procedure of an organization, called for real", () => {
  const inOrganizations = procedures.filter((one) => passes(one, orgProcedure));

  const call = (name: string, caller: Parameters<typeof callerFor>[1]) => {
    const [slice, ...rest] = name.split(".");
    const all = callerFor(appRouter, caller) as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >;
    return all[slice!]![rest.join(".")]!(undefined).then(
      () => "OK",
      (error: { code?: string }) => error.code ?? "thrown",
    );
  };

  it("is unauthorized without a session and not found outside an organization, whatever the input", async () => {
    const person = await testUser();
    for (const { name } of inOrganizations) {
      expect([name, await call(name, null)]).toEqual([name, "UNAUTHORIZED"]);
      expect([name, await call(name, person)]).toEqual([name, "NOT_FOUND"]);
    }
  });

  it("is forbidden to a read-only member when it changes something", async () => {
    const org = await testOrg();
    for (const { name, type } of inOrganizations) {
      if (type !== "mutation" || name in OWN_THINGS) continue;
      expect([name, await call(name, org.as("readonly"))]).toEqual([name, "FORBIDDEN"]);
    }
  });
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
