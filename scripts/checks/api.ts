import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Stack } from "../stack";
import { makeWorld } from "./api/world";
import { run, ToolMissing, type Check, type Outcome } from "./check";
import { onProduction } from "./production";
import type { Scope } from "../../src/kernel/scopes";

const HERE = path.join("scripts", "checks", "api");
const REQUIREMENTS = path.join(HERE, "requirements.txt");
const CACHE = path.join("node_modules", ".cache", "tenantry");
/** Of each operation, so that every machine asks the same. `npm run test:api -- --max-examples 200` asks more. */
const EXAMPLES = "10";
/** More at once confuse the parser of CPython 3.11 (gh-106905), which then ends the run. */
const WORKERS = "1";
/** The same cases each time, so that a change is what makes it fail. `npm run test:api -- --seed 7` asks others. */
const SEED = "1";
const ORG = "acme";

/** The key that asks in the second pass: enough to read and write, far from all. */
const KEY_SCOPES: Scope[] = ["organization:read", "members:read", "crm:read", "crm:write", "jobs:read"];

/** Operations that no pass can have answer 2xx, with the reason. */
const NEVER_MET: Record<string, string> = {};

/** Every operation under input that the document allows and input that it does not (schemathesis, over HTTP). */
export const api: Check = {
  name: "api",
  title: "The API, held to its own document",
  async run(args) {
    const python = await obtainSchemathesis();
    return onProduction("tests of the API", (stack) => ask(stack, python, args));
  },
};

interface Pass {
  title: string;
  token: string;
  /** Seconds for all operations together: a bound, for busy machines. What each operation is met by comes first. */
  budgetS: number;
  args: string[];
  /** Whether the caller may do what the operation does. */
  may(operation: Operation): boolean;
}

/**
 * As the owner, who may everything; then with a key of few scopes, which must meet what it may, and 403 elsewhere. Both ask
 * about records that are there.
 */
async function ask({ home, reached }: Stack, python: string, args: string[]): Promise<Outcome> {
  const { app } = reached;
  const owner = await signIn(app);
  const operations = await operationsOf(app);
  const passes: Pass[] = [
    {
      title: "as the owner",
      token: owner,
      budgetS: 140,
      args: args.includes("--max-examples") ? [] : ["--max-examples", EXAMPLES],
      may: () => true,
    },
    {
      title: `with a key for ${KEY_SCOPES.join(", ")}`,
      token: await makeKey(app, owner),
      budgetS: 120,
      args: ["--phases", "examples", "--mode", "positive"],
      may: ({ scope }) => scope !== null && (KEY_SCOPES as string[]).includes(scope),
    },
  ];
  const total: Outcome = { passed: 0, failed: 0, failures: [] };
  for (const [nth, pass] of passes.entries()) {
    const database = reached.postgres!.owner;
    const world = await makeWorld({ app, token: owner, organization: ORG, database });
    try {
      const file = (name: string) => path.join(home, `api-${name}-${nth}`);
      fs.writeFileSync(file("world"), JSON.stringify(world));
      fs.writeFileSync(file("met"), "");
      console.log(`\n${pass.title}`);
      const code = await run(
        python,
        [
          ...["-m", "schemathesis.cli", "--config-file", path.join(HERE, "schemathesis.toml")],
          ...["run", `${app}/api/v1/openapi.json`, "--url", app, "--max-time", String(pass.budgetS)],
          ...["--workers", WORKERS, "--continue-on-failure", "--warnings", "off"],
          ...(args.includes("--seed") ? [] : ["--seed", SEED]),
          ...pass.args,
          ...args,
        ],
        {
          ...{ API_URL: app, API_TOKEN: pass.token, API_ORG: ORG, API_MAKER: owner, NO_COLOR: "1" },
          ...{
            API_WORLD: file("world"),
            API_MET: file("met"),
            SCHEMATHESIS_HOOKS: path.join(HERE, "hooks.py"),
          },
        },
      );
      const wrong = missed(pass, operations, read(file("met")));
      for (const sentence of wrong) console.log(sentence);
      if (code !== 0) wrong.unshift(`${pass.title}: schemathesis found what stands above`);
      total.passed += wrong.length === 0 ? 1 : 0;
      total.failed += wrong.length === 0 ? 0 : 1;
      total.failures!.push(...wrong);
    } finally {
      world.end();
    }
  }
  return total;
}

interface Operation {
  /** "GET /api/v1/companies/{id}" */
  label: string;
  /** What a key needs for it; null where no key can. */
  scope: string | null;
}

async function operationsOf(app: string): Promise<Operation[]> {
  const response = await fetch(`${app}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as {
    paths: Record<string, Record<string, { operationId?: string; "x-scope"?: string }>>;
  };
  return Object.entries(paths).flatMap(([at, methods]) =>
    Object.entries(methods)
      .filter(([, { operationId }]) => operationId)
      .map(([method, it]) => ({ label: `${method.toUpperCase()} ${at}`, scope: it["x-scope"] ?? null })),
  );
}

type Met = Map<string, Set<number>>;

/** Which statuses each operation answered with. */
function read(file: string): Met {
  const met: Met = new Map();
  for (const line of fs.readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { operation, status } = JSON.parse(line) as { operation: string; status: number };
    met.set(operation, (met.get(operation) ?? new Set()).add(status));
  }
  return met;
}

/** Prints how many operations were met, and says which were not: an operation that is always refused was not asked. */
function missed({ title, may }: Pass, operations: Operation[], met: Met): string[] {
  const statusesOf = ({ label }: Operation) => [...(met.get(label) ?? [])].sort();
  const isMet = (operation: Operation) =>
    statusesOf(operation).some((status) => status >= 200 && status < 300);
  const open = operations.filter((operation) => may(operation) && !(operation.label in NEVER_MET));
  const closed = operations.filter((operation) => !may(operation));
  const refused = closed.filter((operation) => statusesOf(operation).includes(403) && !isMet(operation));
  console.log(`${open.filter(isMet).length} of ${open.length} operations answered 2xx`);
  if (closed.length > 0)
    console.log(`${refused.length} of ${closed.length} others answered 403, and none did anything`);
  const told = (operation: Operation) =>
    `${operation.label} (met: ${statusesOf(operation).join(", ") || "nothing"})`;
  return [
    ...open
      .filter((operation) => !isMet(operation))
      .map((operation) => `${title}: ${told(operation)} never answered 2xx`),
    ...closed
      .filter((operation) => !refused.includes(operation))
      .map((operation) => `${title}: ${told(operation)} should have answered 403, and nothing else of use`),
  ];
}

/** The owner's session: it reaches what no key may, too. */
async function signIn(app: string): Promise<string> {
  const response = await fetch(`${app}/api/dev-login`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: app },
    body: JSON.stringify({ email: `owner@${ORG}.test` }),
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) throw new Error(`nobody could be signed in: ${response.status}`);
  return token;
}

/** Keys have no route, as whoever holds one could make its successor: the page's own door makes it. */
async function makeKey(app: string, owner: string): Promise<string> {
  const response = await fetch(`${app}/api/trpc/apiKeys.create`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${owner}`,
      "x-tenantry-org": ORG,
      origin: app,
    },
    body: JSON.stringify({ json: { name: "Tests of the API", scopes: KEY_SCOPES, expiresAt: null } }),
  });
  const answer = (await response.json()) as { result?: { data: { json: { key: string } } } };
  if (!answer.result) throw new Error(`no key could be made: ${JSON.stringify(answer)}`);
  return answer.result.data.json.key;
}

/** The Python that has schemathesis, exactly as locked by hashes; made once for each state of the lock. */
async function obtainSchemathesis(): Promise<string> {
  const lock = createHash("sha256").update(fs.readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const home = path.resolve(CACHE, `schemathesis-${lock}`);
  const python = path.join(
    home,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  const stamp = path.join(home, "complete");
  if (fs.existsSync(stamp)) return python;
  const system = findPython();
  if (!system) throw new ToolMissing("Python 3.11 or newer", "install python3 with venv");
  fs.rmSync(home, { recursive: true, force: true });
  console.log("schemathesis: installing (this takes a minute once)");
  const installing = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--require-hashes",
    "-r",
  ];
  if ((await run(system, ["-m", "venv", home])) !== 0)
    throw new ToolMissing("Python's venv", "on Debian: apt install python3-venv");
  if ((await run(python, [...installing, REQUIREMENTS])) !== 0)
    throw new ToolMissing("schemathesis", "its packages could not be installed from your Python index");
  fs.writeFileSync(stamp, "");
  return python;
}

const IS_NEW_ENOUGH = "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)";

const findPython = (): string | undefined =>
  ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"].find(
    (name) => spawnSync(name, ["-c", IS_NEW_ENOUGH]).status === 0,
  );
