/**
 * People and organizations for tests on real Postgres, each test its own. Rows that a tenant's scope may not write
 * (users, the organization before anybody is in it) are set up as the owner role; everything else goes through scopes.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll } from "vitest";
import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import type { Plan } from "~/kernel/plans";
import { ROLES, type Role } from "~/kernel/roles";
import { newId } from "~/server/db/ids";

/** A person with a row in "user" and one in "session". */
export type TestUser = UserActor & { email: string; name: string };

export type TestOrg = {
  orgId: string;
  slug: string;
  name: string;
  plan: Plan;
  owner: OrgActor;
  /** The first member of that role, inside the organization. @throws when the organization was made without one. */
  as(role: Role): OrgActor;
  /** The people behind the members, in the order the roles were given; the owner is first. */
  users: (TestUser & { role: Role })[];
};

export const testTrace = (): Trace => ({ correlationId: newId(), address: "192.0.2.7" });

/** Unguessable and short, for names that must not meet another test's. */
export const unique = (prefix: string): string => `${prefix}-${randomBytes(5).toString("hex")}`;

let pool: pg.Pool | undefined;

/** SQL as the role that owns the tables, for set-up and for looking at what a scope must not show. */
export async function asOwner<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  pool ??= new pg.Pool({ connectionString: process.env.DATABASE_OWNER_URL, max: 2 });
  return (await pool.query<Row>(sql, values)).rows;
}

afterAll(async () => {
  const open = pool;
  pool = undefined;
  await open?.end();
});

/** A signed-in person. Mail and name are made up when not given; the mail is verified unless `isVerified` is false. */
export async function testUser(
  given: { email?: string; name?: string; isVerified?: boolean } = {},
): Promise<TestUser> {
  const userId = newId();
  const sessionId = newId();
  const email = given.email ?? `${unique("person")}@example.test`;
  const name = given.name ?? "Pat Example";
  await asOwner(
    `insert into "user" (id, email, name, email_verified_at) values ($1, $2, $3, case when $4 then now() end)`,
    [userId, email, name, given.isVerified ?? true],
  );
  await asOwner(
    `insert into "session" (id, user_id, method, expires_at) values ($1, $2, 'email', now() + interval '30 days')`,
    [sessionId, userId],
  );
  return { kind: "user", userId, sessionId, trace: testTrace(), email, name };
}

/** The person as a member of the organization; nothing is written. */
export const actorIn = (orgId: string, user: UserActor, role: Role): OrgActor => ({
  kind: "org",
  orgId,
  userId: user.userId,
  role,
  trace: user.trace,
});

/** Makes the person a member, with the copies of name and mail that a membership carries. */
export async function addMember(orgId: string, user: TestUser, role: Role): Promise<OrgActor> {
  await asOwner(
    `insert into membership (id, org_id, user_id, role, user_name, user_email) values ($1, $2, $3, $4, $5, $6)`,
    [newId(), orgId, user.userId, role, user.name, user.email],
  );
  return actorIn(orgId, user, role);
}

/**
 * An organization with an owner and, by default, one member of every other role. `members` names the roles beside
 * the owner's (`[]` for the owner alone); `ownedBy` takes a person that is there already.
 */
export async function testOrg(
  given: {
    plan?: Plan;
    members?: Role[];
    ownedBy?: TestUser;
    name?: string;
    slug?: string;
    timeZone?: string;
  } = {},
): Promise<TestOrg> {
  const orgId = newId();
  const slug = given.slug ?? unique("org");
  const { plan = "ENTERPRISE", name = `Org ${slug}`, timeZone = "UTC" } = given;
  await asOwner(`insert into organization (id, name, slug, time_zone) values ($1, $2, $3, $4)`, [
    orgId,
    name,
    slug,
    timeZone,
  ]);
  await asOwner(
    `insert into organization_plan (org_id, plan, source, period_anchor)
     select id, $2, case when $2 = 'FREE' then 'none' else 'staff' end, created_at from organization where id = $1`,
    [orgId, plan],
  );
  await asOwner(`insert into organization_slug (slug, org_id) values ($1, $2)`, [slug, orgId]);

  const roles: Role[] = ["owner", ...(given.members ?? ROLES.filter((role) => role !== "owner"))];
  const users: TestOrg["users"] = [];
  for (const [at, role] of roles.entries()) {
    const user = at === 0 && given.ownedBy ? given.ownedBy : await testUser({ name: `Pat ${role}` });
    await addMember(orgId, user, role);
    users.push({ ...user, role });
  }
  const as = (role: Role): OrgActor => {
    const user = users.find((one) => one.role === role);
    if (!user) throw new Error(`this test organization has no ${role}`);
    return actorIn(orgId, user, role);
  };
  return { orgId, slug, name, plan, owner: as("owner"), as, users };
}
