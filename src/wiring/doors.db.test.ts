// Everybody who may knock × every door there is, knocked at for real: procedures through their own middleware, REST
// through its handler. What each may is declared once, by hand, in src/testing/declared-doors.ts.
import { beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "~/kernel/errors";
import { ROLES, type Role } from "~/kernel/roles";
import { SCOPES, type Scope } from "~/kernel/scopes";
import { signSession } from "~/server/auth/session-token";
import { newId } from "~/server/db/ids";
import { routesOf, type Route } from "~/server/rest/table";
import { createContext } from "~/server/trpc/context";
import { DOORS, type OrgDoor } from "~/testing/declared-doors";
import { testKey } from "~/testing/keys";
import { ask, programOf, type Program } from "~/testing/rest";
import { asOwner, testOrg, testTrace, testUser, type TestOrg, type TestUser } from "~/testing/tenants";
import { gates } from "./gates";
import { appRouter } from "./routers";

const procedures = Object.keys(appRouter._def.procedures as Record<string, unknown>);
const routes = routesOf(appRouter);
const nameOf = ({ method, path }: Pick<Route, "method" | "path">) => `${method} ${path}`;

const isOrgDoor = (door: unknown): door is OrgDoor => Array.isArray(door);
const kindOf = (name: string) => {
  const door = DOORS[name]!;
  if (isOrgDoor(door)) return "organization";
  return typeof door === "string" ? door : "stranger" in door ? "stranger" : "own";
};
const namesOf = (...kinds: ReturnType<typeof kindOf>[]) =>
  procedures.filter((name) => kinds.includes(kindOf(name)));
/** Role and scope of a door inside an organization. */
const rowOf = (name: string): OrgDoor => {
  const door = DOORS[name]!;
  return isOrgDoor(door) ? door : ["readonly", null];
};
const inOrganizations = () => namesOf("organization", "own");
const mayBe = (role: Role, least: Role) => ROLES.indexOf(role) <= ROLES.indexOf(least);

let org: TestOrg;
let stranger: TestUser;
let staff: TestUser;
/** A session of staff's that was only signed in: stolen, or left open. */
let unconfirmed: TestUser;
beforeAll(async () => {
  org = await testOrg();
  stranger = (await testOrg()).users[0]!;
  staff = await testUser();
  await asOwner("update session set stepped_up_at = now(), stepped_up_by = 'link' where id = $1", [
    staff.sessionId,
  ]);
  unconfirmed = await testUser();
  await asOwner(`update "user" set platform_role = 'admin' where id = any ($1)`, [
    [staff.userId, unconfirmed.userId],
  ]);
});

it("has a row for each procedure with its route, and nothing for each row that is none", () => {
  expect(Object.keys(DOORS).sort()).toEqual([...procedures].sort());
  const declared = Object.entries(DOORS).flatMap(([name, door]) =>
    isOrgDoor(door) && door[2] !== undefined ? [[door[2], name]] : [],
  );
  expect(declared.sort()).toEqual(routes.map((route) => [nameOf(route), route.procedure]).sort());
});

const tokenOf = ({ userId, sessionId }: TestUser) => signSession(userId, sessionId);

/** What a door says before anything behind it is done: the gates are the real ones, and let nobody any further. */
const INSIDE = new DomainError("gone", "doors.inside", "let in");
const knocking = {
  ...gates,
  permission: (...asked: Parameters<typeof gates.permission>): never => {
    gates.permission(...asked);
    throw INSIDE;
  },
  // What a platform's door asks last.
  steppedUp: async (actor: Parameters<typeof gates.steppedUp>[0]): Promise<never> => {
    await gates.steppedUp(actor);
    throw INSIDE;
  },
};

const WORDS: Record<string, string> = {
  "doors.inside": "in",
  "kernel.unauthenticated": "unknown",
  "kernel.not_found": "not there",
  "kernel.forbidden": "no role",
  "kernel.scope_missing": "no scope",
  "kernel.not_for_keys": "no scope",
  "auth.step_up_required": "not confirmed",
};

type Knock = { token: string | null; slug?: string; isKey?: boolean };

/** What the door of a procedure says to whoever holds the token; a door of none of these kinds runs what is behind it. */
async function saidTo({ token, slug, isKey = false }: Knock, name: string): Promise<string> {
  const context = createContext(knocking, {
    ...{ trace: testTrace(), token, isApiClient: isKey, orgSlug: slug ?? null, userAgent: "test" },
  });
  const caller = appRouter.createCaller(context) as unknown as Record<string, unknown>;
  const call = name
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller) as (
    input?: unknown,
  ) => Promise<unknown>;
  return call().then(
    () => "ran",
    (error: { code?: string; cause?: unknown }) => {
      const code = error.cause instanceof DomainError ? error.cause.code : String(error.code);
      return WORDS[code] ?? code;
    },
  );
}

describe("a procedure", () => {
  it("lets nobody in without a session but where strangers belong", async () => {
    for (const name of procedures) {
      const said = await saidTo({ token: null, slug: org.slug }, name);
      const isOpen = kindOf(name) === "stranger";
      expect([name, said]).toEqual([name, isOpen ? "BAD_REQUEST" : "unknown"]);
    }
  });

  it("of an organization is not there for another tenant’s owner, nor for the platform’s staff", async () => {
    for (const person of [stranger, staff])
      for (const name of inOrganizations()) {
        const said = await saidTo({ token: await tokenOf(person), slug: org.slug }, name);
        expect([name, said]).toEqual([name, "not there"]);
      }
  });

  it.each(ROLES)("lets a member in who is %s exactly where their role may", async (role) => {
    const token = await tokenOf(org.users.find((one) => one.role === role)!);
    for (const name of inOrganizations()) {
      const said = await saidTo({ token, slug: org.slug }, name);
      expect([name, said]).toEqual([name, mayBe(role, rowOf(name)[0]) ? "in" : "no role"]);
    }
  });

  it("of the platform is there for its staff once confirmed, and not there for an owner", async () => {
    const owner = await tokenOf(org.users[0]!);
    const names = namesOf("staff");
    expect(names).not.toEqual([]);
    for (const name of names) {
      expect([name, await saidTo({ token: owner, slug: org.slug }, name)]).toEqual([name, "not there"]);
      expect([name, await saidTo({ token: await tokenOf(unconfirmed) }, name)]).toEqual([
        name,
        "not confirmed",
      ]);
      expect([name, await saidTo({ token: await tokenOf(staff) }, name)]).toEqual([name, "in"]);
    }
  });

  it("of a person is there for whoever is signed in, without any organization", async () => {
    for (const name of namesOf("person")) {
      // Each its own, since what takes no input is done.
      const said = await saidTo({ token: await tokenOf(await testUser()) }, name);
      expect([name, ["ran", "BAD_REQUEST", "not confirmed", "gdpr.nothing_to_undo"].includes(said)]).toEqual([
        name,
        true,
      ]);
    }
  });

  it("lets a key in exactly with the scope it needs, whatever its maker may", async () => {
    const keys = await keysBut(org);
    const everything = await testKey(org.owner);
    for (const name of procedures) {
      if (kindOf(name) === "stranger") continue;
      const scope = rowOf(name)[1];
      const withAll = await saidTo({ token: everything.key, isKey: true }, name);
      const reach = isOrgDoor(DOORS[name]) && scope !== null ? "in" : "no scope";
      expect([name, withAll]).toEqual([name, reach]);
      if (scope === null) continue;
      const without = await saidTo({ token: keys.get(scope)!.key, isKey: true }, name);
      expect([name, without]).toEqual([name, "no scope"]);
    }
  });

  it("is not there for a key of another organization", async () => {
    const { key } = await testKey((await testOrg()).owner);
    for (const name of inOrganizations()) {
      const said = await saidTo({ token: key, isKey: true, slug: org.slug }, name);
      // What no key may is said before any organization is looked for.
      expect([name, said === "not there" || (rowOf(name)[1] === null && said === "no scope")]).toEqual([
        name,
        true,
      ]);
    }
  });
});

/** For each scope, a key of the owner that has all others. */
const keysBut = async ({ owner }: TestOrg) =>
  new Map(
    await Promise.all(
      SCOPES.map(
        async (missing) =>
          [missing, await testKey(owner, { scopes: SCOPES.filter((one) => one !== missing) })] as const,
      ),
    ),
  );

const through =
  (headers: Record<string, string>): Program =>
  (method, path, sent = {}) =>
    ask(method, path, { ...sent, headers: { ...headers, ...sent.headers } });

/** An address of nothing that is there, so that whoever is let in changes nothing. */
const addressOf = (path: string) => path.replaceAll("{meter}", "jobs").replace(/\{\w+\}/g, () => newId());

const knockAt = (call: Program, { method, path }: Route) =>
  call(method, addressOf(path), method === "GET" ? {} : { body: {} });

/** What the door said; whatever comes after it is no matter here. */
async function door(call: Program, route: Route): Promise<string> {
  const told = await knockAt(call, route);
  expect([nameOf(route), told.status < 500 && told.status !== 429]).toEqual([nameOf(route), true]);
  if (told.status === 401) return "unknown";
  if (told.status !== 403) return "in";
  return told.body.code === "kernel.forbidden" ? "no role" : "no scope";
}

/** A change answers the record, so it must be readable too. */
function neededBy({ procedure, record }: Route): Scope[] | null {
  const scopes = [rowOf(procedure)[1], ...(record ? [rowOf(record)[1]] : [])];
  return scopes.includes(null) ? null : [...new Set(scopes as Scope[])];
}

describe("a route", () => {
  it("lets nobody in without a token", async () => {
    for (const route of routes)
      expect([nameOf(route), await door(ask, route)]).toEqual([nameOf(route), "unknown"]);
  });

  it("is not there for another tenant’s owner, nor for the platform’s staff", async () => {
    for (const person of [stranger, staff]) {
      const call = through({
        authorization: `Bearer ${await tokenOf(person)}`,
        "x-tenantry-org": org.slug,
      });
      for (const route of routes) {
        const { status, body } = await knockAt(call, route);
        expect([nameOf(route), status, body.code]).toEqual([nameOf(route), 404, "kernel.not_found"]);
      }
    }
  });

  it.each(ROLES)("lets a member in who is %s exactly where their role may", async (role) => {
    const call = await programOf(org, role);
    for (const route of routes) {
      const may = mayBe(role, rowOf(route.procedure)[0]);
      expect([nameOf(route), await door(call, route)]).toEqual([nameOf(route), may ? "in" : "no role"]);
    }
  });

  it("lets a key in exactly with the scopes it needs, and with one scope less never", async () => {
    const made = new Map<string, Promise<Program>>();
    const keyWith = (scopes: Scope[]): Promise<Program> => {
      const name = scopes.join();
      if (!made.has(name))
        made.set(
          name,
          testKey(org.owner, { scopes }).then(({ headers }) => through(headers)),
        );
      return made.get(name)!;
    };
    for (const route of routes) {
      const needed = neededBy(route);
      const said = await door(await keyWith(needed ?? [...SCOPES]), route);
      expect([nameOf(route), said]).toEqual([nameOf(route), needed === null ? "no scope" : "in"]);
      for (const missing of needed ?? []) {
        const rest = await keyWith(SCOPES.filter((scope) => scope !== missing));
        expect([nameOf(route), await door(rest, route)]).toEqual([nameOf(route), "no scope"]);
      }
    }
  });

  it("lets a key do no more than its maker may", async () => {
    const org = await testOrg();
    const { headers } = await testKey(org.as("admin"), { scopes: [...SCOPES] });
    await asOwner("update membership set role = 'readonly' where org_id = $1 and user_id = $2", [
      org.orgId,
      org.as("admin").userId,
    ]);
    for (const route of routes) {
      if (neededBy(route) === null || rowOf(route.procedure)[0] === "readonly") continue;
      expect([nameOf(route), await door(through(headers), route)]).toEqual([nameOf(route), "no role"]);
    }
  });
});
