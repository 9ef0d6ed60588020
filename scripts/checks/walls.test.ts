// Every rule of `.dependency-cruiser.cjs` seen firing: one violation of each is planted in a small copy of the house,
// and what is allowed right beside it must stay allowed.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

type Rule = { name: string; from: { path?: string }; to: { path?: string | string[] } };
const { forbidden } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: Rule[];
};

/** file → what it imports. Imports of rooms that are not in the list get an empty room. */
type House = Record<string, string[]>;

const allowed: House = {
  "src/modules/billing/index.ts": ["./service"],
  "src/modules/billing/schema.ts": ["zod", "~/kernel/roles"],
  "src/modules/billing/rules.ts": ["./errors", "~/modules/metering/schema"],
  "src/modules/billing/service.ts": ["./rules", "~/modules/metering", "~/server/db/with-tenant"],
  "src/modules/billing/flows.ts": ["./adapters/stripe", "./service", "~/server/db/with-system"],
  "src/modules/billing/functions.ts": ["./flows", "~/modules/metering/events", "~/modules/crm/events"],
  "src/modules/billing/router.ts": ["./service", "~/server/trpc/procedures"],
  "src/modules/billing/queries/system.ts": ["~/server/db/with-system"],
  "src/modules/billing/ui/page.tsx": ["../schema", "~/ui/button", "~/trpc/client", "~/modules/tenancy/ui"],
  "src/modules/billing/service.db.test.ts": ["./service", "~/testing/tenants", "~/server/db/with-system"],
  "src/app/o/page.tsx": ["~/modules/billing", "~/modules/billing/ui", "~/wiring/gates"],
  "src/wiring/gates.ts": ["~/modules/billing"],
  "src/server/http/limiter.ts": ["~/kernel/errors", "~/server/db/with-system"],
  "src/kernel/roles.test.ts": ["./roles", "vitest"],
};

/** rule → the planted file, what it imports, and where that is. */
const planted: Record<string, [file: string, imports: string, target: string][]> = {
  "no-cycles": [["src/modules/ai/rules.ts", "./errors", "src/modules/ai/errors.ts"]],
  "front-door-only": [
    ["src/modules/crm/service.ts", "~/modules/metering/queries", "src/modules/metering/queries.ts"],
    ["src/modules/crm/ui/page.tsx", "~/modules/metering/ui/chart", "src/modules/metering/ui/chart.tsx"],
  ],
  "events-only-into-functions": [
    ["src/modules/crm/flows.ts", "~/modules/metering/events", "src/modules/metering/events.ts"],
  ],
  "domain-is-pure": [
    ["src/modules/jobs/rules.ts", "~/server/db/with-tenant", "src/server/db/with-tenant.ts"],
    ["src/modules/jobs/schema.ts", "node:crypto", "crypto"],
    ["src/modules/jobs/errors.ts", "pino", "pino"],
  ],
  "application-knows-no-door": [
    ["src/modules/jobs/service.ts", "@trpc/server", "@trpc/server"],
    ["src/modules/jobs/flows/sweep.ts", "../functions", "src/modules/jobs/functions.ts"],
  ],
  "no-network-in-a-transaction": [
    ["src/modules/auth/service/sign-in.ts", "../adapters/google", "src/modules/auth/adapters/google.ts"],
    ["src/modules/auth/queries.ts", "~/server/outbound/object-store", "src/server/outbound/object-store.ts"],
  ],
  "doors-hold-no-sql": [
    ["src/modules/auth/router.ts", "./queries", "src/modules/auth/queries.ts"],
    ["src/modules/auth/functions.ts", "./queries/system", "src/modules/auth/queries/system.ts"],
  ],
  "pixels-know-no-server": [
    ["src/modules/studio/ui/panel.tsx", "../service", "src/modules/studio/service.ts"],
    ["src/modules/studio/ui/list.tsx", "../queries/system", "src/modules/studio/queries/system.ts"],
    ["src/modules/studio/ui/index.ts", "~/server/config/env", "src/server/config/env.ts"],
  ],
  "design-system-is-blind": [
    ["src/ui/button.tsx", "~/modules/tenancy/ui", "src/modules/tenancy/ui/index.ts"],
  ],
  "platform-knows-no-module": [
    ["src/server/trpc/gates.ts", "~/modules/tenancy", "src/modules/tenancy/index.ts"],
  ],
  "kernel-knows-nobody": [
    ["src/kernel/clock.ts", "node:crypto", "crypto"],
    ["src/kernel/plans.ts", "~/server/config/env", "src/server/config/env.ts"],
  ],
  "app-is-thin": [
    ["src/app/bad.tsx", "~/modules/tenancy/service", "src/modules/tenancy/service.ts"],
    ["src/app/worse.tsx", "~/server/db/with-tenant", "src/server/db/with-tenant.ts"],
  ],
  "wiring-is-for-app": [["src/modules/integrations/flows.ts", "~/wiring/routers", "src/wiring/routers.ts"]],
  "system-scope-is-rare": [
    ["src/modules/metering/service.ts", "~/server/db/with-system", "src/server/db/with-system.ts"],
    ["src/modules/studio/flows.ts", "~/server/db/with-system", "src/server/db/with-system.ts"],
  ],
  "raw-client-stays-home": [
    ["src/modules/tenancy/flows.ts", "~/server/db/client", "src/server/db/client.ts"],
    ["src/modules/tenancy/queries.ts", "~/server/db/generated/client", "src/server/db/generated/client.ts"],
  ],
  "scopes-open-at-the-surface": [
    ["src/server/http/problem.ts", "~/server/db/scope-store", "src/server/db/scope-store.ts"],
  ],
  "no-dump-rooms": [
    ["src/modules/api-keys/service.ts", "./utils", "src/modules/api-keys/utils.ts"],
    ["src/server/mail/mailer.ts", "./helpers/address", "src/server/mail/helpers/address.ts"],
  ],
  "tests-stay-tests": [
    ["src/modules/notifications/service.ts", "~/testing/tenants", "src/testing/tenants.ts"],
  ],
};

/** Slices by line, as the rules have them. */
const LINES = (() => {
  const rules = forbidden.filter(({ name }) => name.startsWith("downward-only-"));
  const above = (rule: Rule) => [rule.to.path ?? []].flat().map((one) => one.split("/")[2]!);
  const own = (rule: Rule) => /\(\?:([^)]+)\)/.exec(rule.from.path!)![1]!.split("|");
  return [...rules.map(own), above(rules.at(-1)!)];
})();
for (const [line, slices] of LINES.slice(0, -1).entries()) {
  const upper = LINES[line + 1]![0]!;
  const file = `src/modules/${slices.at(-1)}/adapters/upward.ts`;
  planted[`downward-only-${line}`] = [[file, `~/modules/${upper}`, `src/modules/${upper}/index.ts`]];
}

let house: string;
let seen: { modules: { source: string }[]; violations: { rule: string; from: string; to: string }[] };

beforeAll(() => {
  house = fs.mkdtempSync(path.join(os.tmpdir(), "tenantry-walls-"));
  const write = (file: string, text: string) => {
    const at = path.join(house, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    // One file may break several rules.
    fs.appendFileSync(at, text);
  };
  const place = (file: string, imports: string[]) =>
    imports.forEach((name, at) => {
      write(file, `import * as n${at}${Math.random().toString(36).slice(2)} from "${name}";\n`);
      const target = name.startsWith("~/")
        ? `src/${name.slice(2)}`
        : name.startsWith(".") && path.posix.join(path.posix.dirname(file), name);
      if (target) rooms.add(target);
    });
  const rooms = new Set<string>();
  for (const [file, imports] of Object.entries(allowed)) place(file, imports);
  for (const [file, imports] of Object.values(planted).flat()) place(file, [imports]);
  place("src/modules/ai/errors.ts", ["./rules"]); // closes the circle
  for (const slice of LINES.flat()) rooms.add(`src/modules/${slice}`);
  for (const room of rooms) {
    const isSlice = /^src\/modules\/[^/]+$/.test(room);
    const isPixels = /\/ui$/.test(room);
    const file = isSlice || isPixels ? `${room}/index.ts` : room;
    const exists = [file, `${file}.ts`, `${file}.tsx`].some((one) => fs.existsSync(path.join(house, one)));
    const extension = /\/(?:ui|app)\//.test(file) ? ".tsx" : ".ts";
    if (!exists) write(/\.tsx?$/.test(file) ? file : `${file}${extension}`, "export {};\n");
  }
  for (const file of ["tsconfig.json", ".dependency-cruiser.cjs"])
    fs.copyFileSync(file, path.join(house, file));
  fs.symlinkSync(path.resolve("node_modules"), path.join(house, "node_modules"), "junction");
  const cruise = spawnSync(
    process.execPath,
    [
      path.resolve("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
      ...["src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
    ],
    { cwd: house, encoding: "utf8", maxBuffer: 50_000_000 },
  );
  const { modules, summary } = JSON.parse(cruise.stdout) as {
    modules: { source: string }[];
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  seen = {
    modules,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}, 60_000);
afterAll(() => fs.rmSync(house, { recursive: true, force: true }));

it("has a planted violation for every rule", () => {
  expect(Object.keys(planted).sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

it.each(
  Object.entries(planted).flatMap(([rule, plants]) => plants.map((plant) => [rule, ...plant] as const)),
)("%s: refuses %s the import of %s", (rule, file, _imports, target) => {
  // A circle is told from where the cruiser entered it.
  const isFrom = (from: string) => from === file || (rule === "no-cycles" && from === target);
  const hits = seen.violations.filter((one) => one.rule === rule && isFrom(one.from));
  const isTo = (to: string) => to === target || to === file || to.includes(`node_modules/${target}/`);
  expect(hits.filter(({ to }) => isTo(to))).not.toEqual([]);
});

it("refuses nothing that is allowed", () => {
  expect(seen.violations.filter(({ from }) => from in allowed)).toEqual([]);
});

it("sees every file, as TypeScript 7 would not", () => {
  const files = fs
    .readdirSync(path.join(house, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(house, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const modules = new Set(seen.modules.map(({ source }) => source));
  expect(files.filter((file) => !modules.has(file) && !file.includes("/generated/"))).toEqual([]);
});

it("gives every slice exactly one line", () => {
  const slices = fs.readdirSync("src/modules");
  const lines = LINES.flat();
  expect(slices.filter((slice) => lines.filter((one) => one === slice).length !== 1)).toEqual([]);
});

it("gives every slice the rooms that each must have, and no dump room", () => {
  const missing = fs
    .readdirSync("src/modules")
    .flatMap((slice) =>
      ["README.md", "index.ts", "schema.ts"]
        .filter((room) => !fs.existsSync(`src/modules/${slice}/${room}`))
        .map((room) => `${slice}/${room}`),
    );
  // Use cases: a service's; where all of them look across tenants, flows alone.
  const idle = fs
    .readdirSync("src/modules")
    .filter(
      (slice) =>
        !["service.ts", "service", "flows"].some((room) => fs.existsSync(`src/modules/${slice}/${room}`)),
    );
  expect([...missing, ...idle.map((slice) => `${slice}/service.ts`)]).toEqual([]);
});
