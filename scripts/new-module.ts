// Writes a slice of the model kind: table with policies, rooms, router, pages and tests, and its place in every list that
// knows all slices. `npm run new:module projects`; `--one=` where taking the "s" off is wrong: `companies --one=company`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { generateClient } from "./database/generate";
import { MIGRATIONS_FOLDER } from "./database/engine";

/** How a slice is called: `many` is its folder, its address and its router, `one` its table and its permissions. */
export type ModuleNames = { many: string; one: string };

const TEMPLATES = "scripts/new-module";
const WORD = /^[a-z][a-z0-9]*$/;
/** Words that would be something else in the code or in SQL. */
const TAKEN = new Set([
  "class",
  "user",
  "order",
  "group",
  "table",
  "column",
  "default",
  "case",
  "new",
  "import",
  "export",
]);

/** @throws Error with words for whoever typed it. */
export function moduleNames(args: string[]): ModuleNames {
  const many = args.find((arg) => !arg.startsWith("--")) ?? "";
  const said = args.find((arg) => arg.startsWith("--one="))?.slice("--one=".length);
  const one = said ?? many.replace(/s$/, "");
  if (!WORD.test(many) || !WORD.test(one))
    throw new Error(
      "Name the module by one word in the plural, in small letters: npm run new:module projects",
    );
  if (one === many) throw new Error(`Say what one of them is called: npm run new:module ${many} --one=…`);
  const taken = [one, many].find((word) => TAKEN.has(word));
  if (taken) throw new Error(`"${taken}" means something else in the code or in SQL. Choose another word.`);
  return { many, one };
}

const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

/** A template with the names put in. */
const filled = (text: string, { many, one }: ModuleNames): string =>
  text
    .replaceAll("__many__", many)
    .replaceAll("__Many__", capital(many))
    .replaceAll("__one__", one)
    .replaceAll("__One__", capital(one));

/** Every template below `from`, written below `to` without its `.txt`. */
function writeTree(from: string, to: string, names: ModuleNames): string[] {
  return fs.readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    const source = path.join(from, entry.name);
    if (entry.isDirectory()) return writeTree(source, path.join(to, entry.name), names);
    return write(path.join(to, entry.name.replace(/\.txt$/, "")), source, names);
  });
}

function write(to: string, template: string, names: ModuleNames): string[] {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, filled(fs.readFileSync(template, "utf8"), names));
  return [to];
}

/** A line of a list that knows all slices: `text` goes in before or behind the first match of `at`. */
type Entry = { file: string; at: RegExp; text: string; before?: boolean };

const entries = ({ many, one }: ModuleNames): Entry[] => {
  const One = capital(one);
  const Many = capital(many);
  const missing = "0190a5c0-0000-7000-8000-000000000000";
  return [
    {
      file: ".dependency-cruiser.cjs",
      at: /\["crm", /,
      text: `"${many}", `,
    },
    { file: ".dependency-cruiser.cjs", at: /modules\/\(\?:audit\|/, text: `${many}|` },
    {
      file: "src/kernel/roles.ts",
      at: / {2}"crm\.write": .*\n/,
      text: `  "${one}.read": ["owner", "admin", "member", "readonly"],\n  "${one}.write": ["owner", "admin", "member"],\n`,
    },
    {
      file: "src/kernel/scopes.ts",
      at: /NOT_FOR_KEYS: .* = \{\n/,
      text: ["read", "write"]
        .map((act) => `  "${one}.${act}": "no route of the API leads to it yet",\n`)
        .join(""),
    },
    {
      file: "src/kernel/staff.ts",
      at: /ALLOWED: .* = \{\n/,
      text: `  "${one}.read": true,\n  "${one}.write": true,\n`,
    },
    {
      file: "src/testing/declared-doors.ts",
      at: /DOORS: Record<string, Door> = \{\n/,
      text: [
        ...["list", "count", "get"].map((door) => `  "${many}.${door}": ["readonly", null],\n`),
        ...["create", "update", "delete", "restore"].map(
          (door) => `  "${many}.${door}": ["member", null],\n`,
        ),
      ].join(""),
    },
    { file: "src/modules/audit/rules.ts", at: /nouns: \["company", /, text: `"${one}", ` },
    {
      file: "src/modules/audit/rules.ts",
      at: / {2}"company\.bulk_deleted": /,
      before: true,
      text: [
        ["created", `added the ${one} {target}`],
        ["deleted", `deleted the ${one} {target}`],
        ["purged", `removed ${many} deleted over 30 days ago`],
        ["restored", `restored the ${one} {target}`],
        ["updated", `changed the ${one} {target}`],
      ]
        .map(([act, words]) => `  "${one}.${act}": ["${words}"],\n`)
        .join(""),
    },
    {
      file: "src/wiring/audit-targets.ts",
      at: / {2}tag: async /,
      before: true,
      text: `  ${one}: async ({ db, actor }, ids) =>
    byId(
      await db.${one}.findMany({ where: { orgId: actor.orgId, id: { in: ids } }, select: { id: true, name: true } }),
      ({ id, name }) => ({ label: name, path: \`/${many}/\${id}\` }),
    ),
`,
    },
    {
      file: "src/wiring/routers.ts",
      at: /import \{ router \}/,
      text: `import { ${many}Router } from "~/modules/${many}/router";\n`,
      before: true,
    },
    { file: "src/wiring/routers.ts", at: /router\(\{\n/, text: `  ${many}: ${many}Router,\n` },
    {
      file: "src/wiring/privacy.ts",
      at: /import \{ platformPrivacy \}/,
      text: `import { ${many}Privacy } from "~/modules/${many}/privacy";\n`,
      before: true,
    },
    { file: "src/wiring/privacy.ts", at: /PRIVACY: Privacy\[\] = \[\n/, text: `  ${many}Privacy,\n` },
    {
      file: "src/wiring/sweeps.ts",
      at: /import type \{ Sweep \}/,
      text: `import { ${one}Sweeps } from "~/modules/${many}";\n`,
      before: true,
    },
    { file: "src/wiring/sweeps.ts", at: /Sweep\[\] => \[\s*/, text: `...${one}Sweeps(), ` },
    {
      file: "src/server/db/soft-delete.ts",
      at: /SOFT_DELETED_MODELS = \[\s*/,
      text: `"${One}", `,
    },
    {
      file: "src/testing/declared-access.ts",
      at: /TABLES: Record<string, Access> = \{\n/,
      text: `  ${one}: { rows: "tenant", app: "insert, select, update", system: "delete, select" },\n`,
    },
    {
      file: "src/app/o/[org]/navigation.ts",
      at: /path: "\/jobs",[^}]*\}/,
      text: `, { label: "${Many}", path: "/${many}", Icon: Shapes, permission: "${one}.read" }`,
    },
    { file: "src/app/o/[org]/navigation.ts", at: / {2}Settings,\n/, text: "  Shapes,\n" },
    {
      file: "src/app/o/[org]/navigation.ts",
      at: /SEGMENT_LABELS: Record<string, string> = \{\n/,
      text: `  ${many}: "${Many}",\n`,
    },
    {
      file: "e2e/pages/visits.ts",
      at: / {2}"\/o\/\[org\]\/settings": \[/,
      before: true,
      text: `  "/o/[org]/${many}": [{ as: OWNER, to: "/o/acme/${many}" }, { as: READER, to: "/o/acme/${many}" }],
  "/o/[org]/${many}/new": [{ as: OWNER, to: "/o/acme/${many}/new" }],
  "/o/[org]/${many}/[id]": [{ as: OWNER, to: "/o/acme/${many}/${missing}", status: 404 }],
  "/o/[org]/${many}/[id]/edit": [{ as: OWNER, to: "/o/acme/${many}/${missing}/edit", status: 404 }],
`,
    },
  ];
};

/** @throws Error when the list is not where it was: nothing is guessed. */
function enter({ file, at, text, before = false }: Entry): string {
  const source = fs.readFileSync(file, "utf8");
  const found = at.exec(source);
  if (!found)
    throw new Error(
      `${file} has changed: ${at} is not in it any more. Mend scripts/new-module.ts, then run it anew.`,
    );
  const place = found.index + (before ? 0 : found[0].length);
  fs.writeFileSync(file, source.slice(0, place) + text + source.slice(place));
  return file;
}

/** Later than now and than every migration there is. */
function migrationStamp(): string {
  const now = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const last = fs
    .readdirSync(MIGRATIONS_FOLDER)
    .map((folder) => /^\d{14}/.exec(folder)?.[0] ?? "")
    .toSorted()
    .at(-1)!;
  return now > last ? now : (BigInt(last) + 1n).toString();
}

function runNode(args: string[]): void {
  const run = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (run.status !== 0)
    throw new Error(`${args.at(-1)} ended with ${run.status}: the files are written, mend and repeat it.`);
}

/** Writes the module into the repository in which it is called. @returns the files written or changed. */
export function writeModule(names: ModuleNames): string[] {
  const { many } = names;
  const slice = `src/modules/${many}`;
  const pages = `src/app/o/[org]/${many}`;
  const model = `prisma/schema/${many}.prisma`;
  const there = [slice, pages, model].find((place) => fs.existsSync(place));
  if (there) throw new Error(`${there} is there already. Choose another name, or remove it first.`);
  const stamp = migrationStamp();
  return [
    ...writeTree(`${TEMPLATES}/slice`, slice, names),
    ...writeTree(`${TEMPLATES}/pages`, pages, names),
    ...write(model, `${TEMPLATES}/model.prisma.txt`, names),
    ...write(
      path.join(MIGRATIONS_FOLDER, `${stamp}_${many}`, "migration.sql"),
      `${TEMPLATES}/migration.sql.txt`,
      names,
    ),
    ...new Set(entries(names).map(enter)),
  ];
}

function main(): void {
  const names = moduleNames(process.argv.slice(2));
  const files = writeModule(names);
  const formatted = files.filter((file) => /\.(?:tsx?|cjs|md)$/.test(file));
  runNode(["node_modules/prettier/bin/prettier.cjs", "--write", "--log-level=warn", ...formatted]);
  generateClient(process.cwd());
  runNode(["--import", "tsx", "scripts/database/snapshot.ts"]);
  console.log(`
src/modules/${names.many} is written, with its table, its pages at /o/…/${names.many} and its tests. Next:

  1. Say in its README.md and on its pages what ${names.many} are for (look for "Say here").
  2. Give it the fields it is about: prisma/schema/${names.many}.prisma and its migration, schema.ts, form, list, privacy.ts.
  3. npm test
`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
