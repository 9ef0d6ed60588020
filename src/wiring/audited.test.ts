// Every mutation of the API ends in `record`: found by following, from each `.mutation(…)`, the calls it makes through the
// program's own symbols. It proves that the way is there; that an entry is written and what it says, the slices' tests show.
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { appRouter } from "./routers";

/** Mutations that write no entry, each with its reason. */
const UNAUDITED: Record<string, string> = {
  "auth.beginConfirm": "gives a challenge to sign; what is done with it is written: confirmed, or refused",
  "auth.beginPasskey": "the same, for a new passkey",
  "auth.requestLink": "asks for a mail; what is done with its link is written: signed in, or refused",
  "auth.requestStepUp": "asks for a mail; what is done with its link is written: confirmed, or refused",
  "notifications.markRead": "which of one's own notifications one has seen",
  "tenancy.hideSetup": "whether one still sees the first steps oneself",
  "tenancy.noteVisit": "which organization one opened last",
  "tenancy.startLogoUpload":
    "gives an address to upload to; the logo is changed by what follows, which is written",
  "views.change": "a view of one's own; sharing and changing shared ones go another way and are written",
  "views.delete": "the same",
  "views.keep": "the same",
  "views.setDefault": "what one's own list opens with",
};

const ROOT = process.cwd();
const RECORD = path.join(ROOT, "src/modules/audit/service.ts");

const isOurs = (file: string) =>
  path.resolve(file).startsWith(path.join(ROOT, "src/")) && !file.includes("/generated/");

function program(extra: Record<string, string> = {}): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    "tsconfig.json",
    { noEmit: true, skipLibCheck: true },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => {},
    },
  )!;
  const routers = ts.sys.readDirectory("src", ["router.ts"], undefined, ["modules/*/router.ts"]);
  const files = [...routers, "src/wiring/search.ts", ...Object.keys(extra)].map((file) => path.resolve(file));
  const host = ts.createCompilerHost(config.options);
  const planted = new Map(Object.entries(extra).map(([file, text]) => [path.resolve(file), text]));
  const exists = host.fileExists.bind(host);
  const parsed = host.getSourceFile.bind(host);
  host.fileExists = (file) => planted.has(path.resolve(file)) || exists(file);
  // Names lead from file to file by imports alone: no type of anybody else's is needed, and reading them takes most of the time.
  host.getSourceFile = (file, target) => {
    const text = planted.get(path.resolve(file)) ?? (isOurs(file) ? undefined : "export {}");
    return text === undefined ? parsed(file, target) : ts.createSourceFile(file, text, target, true);
  };
  return ts.createProgram({ rootNames: files, options: config.options, host });
}

/** `api-keys` → `apiKeys`, as routers are called. */
const routerOf = (slice: string) => slice.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

type Mutation = { name: string; isRecorded: boolean };

/** Every `.mutation(…)` of the routers, named `slice.property`, and whether `record` can be reached from it. */
function mutationsOf(from: ts.Program): Mutation[] {
  const checker = from.getTypeChecker();
  const known = new Map<ts.Node, boolean>();

  const declarationsOf = (node: ts.Node): readonly ts.Declaration[] => {
    let symbol = checker.getSymbolAtLocation(node);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    return symbol?.declarations ?? [];
  };

  /** Whether anything in `node` names `record`, or a function of ours in which it is reached. */
  const reaches = (node: ts.Node): boolean => {
    const already = known.get(node);
    if (already !== undefined) return already;
    known.set(node, false); // a circle adds nothing
    const visit = (inner: ts.Node): boolean => {
      // What stands after a dot would need types, and leads to objects of ours only where their names lead as well.
      if (ts.isPropertyAccessExpression(inner)) return visit(inner.expression);
      if (ts.isTypeNode(inner)) return false;
      if (ts.isIdentifier(inner) && declarationsOf(inner).some(leads)) return true;
      return ts.forEachChild(inner, (child) => visit(child) || undefined) ?? false;
    };
    const answer = visit(node);
    known.set(node, answer);
    return answer;
  };
  const leads = (declaration: ts.Declaration): boolean => {
    const file = declaration.getSourceFile().fileName;
    if (path.resolve(file) === RECORD)
      return ts.isFunctionDeclaration(declaration) && declaration.name?.text === "record";
    if (!isOurs(file)) return false;
    if (ts.isFunctionDeclaration(declaration)) return !!declaration.body && reaches(declaration.body);
    if (ts.isMethodDeclaration(declaration)) return !!declaration.body && reaches(declaration.body);
    if (ts.isVariableDeclaration(declaration))
      return !!declaration.initializer && reaches(declaration.initializer);
    if (ts.isPropertyAssignment(declaration)) return reaches(declaration.initializer);
    return false;
  };

  const found: Mutation[] = [];
  for (const source of from.getSourceFiles()) {
    const [, slice] = /src\/(?:modules\/([^/]+)\/router|wiring\/search)\.ts$/.exec(source.fileName) ?? [null];
    if (slice === undefined && !source.fileName.endsWith("wiring/search.ts")) continue;
    const look = (node: ts.Node, property: string): void => {
      const named = ts.isPropertyAssignment(node) ? node.name.getText() : property;
      if (
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === "mutation"
      )
        found.push({
          name: `${routerOf(slice ?? "search")}.${named}`,
          isRecorded: node.arguments.some(reaches),
        });
      ts.forEachChild(node, (child) => look(child, named));
    };
    look(source, "");
  }
  return found;
}

const CARELESS = "src/modules/careless/router.ts";
const ALL = mutationsOf(
  program({
    [CARELESS]: `
      import { record } from "~/modules/audit";
      const quiet = (scope: never) => scope;
      const told = async (scope: never) => { await record(scope, { action: "thing.done" }); };
      const done = { mutation: (work: unknown) => work };
      export const router = {
        forgets: done.mutation((scope: never) => quiet(scope)),
        tells: done.mutation((scope: never) => told(scope)),
      };`,
  }),
);
const isPlanted = ({ name }: Mutation) => name.startsWith("careless.");
const mutations = ALL.filter((one) => !isPlanted(one));

it("writes an audit entry for every mutation, but for those listed with their reason", () => {
  expect(mutations.length).toBeGreaterThan(50);
  const without = mutations.filter(({ isRecorded }) => !isRecorded).map(({ name }) => name);
  expect([...new Set(without)].sort()).toEqual(Object.keys(UNAUDITED).sort());
});

it("looks at every mutation there is", () => {
  const seen = new Set(mutations.map(({ name }) => name));
  const served = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  )
    .filter(([, { _def }]) => _def.type === "mutation")
    // A slice may nest its procedures: the first and the last name are the slice and the property.
    .map(([name]) => `${name.split(".")[0]}.${name.split(".").at(-1)}`);
  expect(served.filter((name) => !seen.has(name))).toEqual([]);
  expect([...seen].filter((name) => !served.includes(name))).toEqual([]);
});

it("sees one that forgets, and follows one that tells through another function", () => {
  expect(ALL.filter(isPlanted)).toEqual([
    { name: "careless.forgets", isRecorded: false },
    { name: "careless.tells", isRecorded: true },
  ]);
});
