// What staff open as a member: who may, what it reaches, what Postgres refuses, when it ends, and who reads that it was.
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { DomainError } from "~/kernel/errors";
import { allows, PERMISSION_NAMES, type Role } from "~/kernel/roles";
import { NOT_FOR_STAFF, staffMay } from "~/kernel/staff";
import { answerCloseOpened, answerOpenAs } from "~/modules/admin";
import { signSession } from "~/server/auth/session-token";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { withTenant } from "~/server/db/with-tenant";
import { withUser } from "~/server/db/with-user";
import { createContext } from "~/server/trpc/context";
import { knockOf } from "~/server/trpc/handler";
import { callerFor } from "~/testing/callers";
import { DOORS } from "~/testing/declared-doors";
import {
  addMember,
  asOwner,
  testOrg,
  testTrace,
  testUser,
  type TestOrg,
  type TestUser,
} from "~/testing/tenants";
import { gates } from "./gates";
import { appRouter } from "./routers";

afterEach(() => clock.setOffset(0));
afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

const APP = process.env.APP_URL!;
let staff: TestUser;
let org: TestOrg;
beforeEach(async () => {
  staff = await testStaff();
  org = await testOrg();
});

async function testStaff(): Promise<TestUser> {
  const person = await testUser({ name: "Sam Staff" });
  await asOwner(`update "user" set platform_role = 'admin' where id = $1`, [person.userId]);
  await asOwner("update session set stepped_up_at = now(), stepped_up_by = 'passkey' where id = $1", [
    person.sessionId,
  ]);
  return person;
}

const cookieFor = async ({ userId, sessionId }: Pick<TestUser, "userId" | "sessionId">) =>
  `tenantry.session=${await signSession(userId, sessionId)}`;

type Given = {
  as?: Role;
  userId?: string;
  minutes?: number;
  reason?: string;
  changes?: { reason: string } | null;
  org?: TestOrg;
};
const REASON = "They asked what is wrong with their import";
async function post(cookie: string, { as = "member", org: at = org, ...given }: Given = {}) {
  const body = { orgId: at.orgId, userId: at.as(as).userId, reason: REASON, ...given };
  const response = await answerOpenAs(
    new Request(`${APP}/api/open-as`, { method: "POST", headers: { cookie }, body: JSON.stringify(body) }),
    gates,
  );
  const said = (await response.json()) as { to?: string; code?: string; errors?: object };
  return {
    status: response.status,
    ...said,
    cookie: /tenantry\.member=[^;]+/.exec(response.headers.get("set-cookie") ?? "")?.[0],
  };
}
/** The cookies of a browser in which staff opened it. */
async function opened(given: Given = {}, by = staff) {
  const own = await cookieFor(by);
  const answer = await post(own, given);
  expect(answer).toMatchObject({ status: 200, to: `/o/${(given.org ?? org).slug}` });
  return `${own}; ${answer.cookie}`;
}

const knocking = (cookie: string, slug?: string) =>
  createContext(gates, { ...knockOf(new Headers({ cookie })), orgSlug: slug ?? null });
async function said(cookie: string, name: string, input?: unknown, slug: string = org.slug): Promise<string> {
  const caller = appRouter.createCaller(knocking(cookie, slug)) as unknown as Record<string, unknown>;
  const call = name
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller) as (
    input?: unknown,
  ) => Promise<unknown>;
  return call(input).then(
    () => "ran",
    (error: { code?: string; cause?: unknown }) =>
      error.cause instanceof DomainError ? error.cause.code : String(error.code),
  );
}
const whoIs = async (cookie: string) => {
  const caller = await knocking(cookie).actorOnce();
  return caller?.kind === "user" ? caller : null;
};

describe("opening as a member", () => {
  it("is for staff who confirmed, and to everybody else it is not there", async () => {
    expect((await post("")).status).toBe(401);
    expect(await post(await cookieFor(org.users[0]!))).toMatchObject({ status: 404 });
    await asOwner("update session set stepped_up_at = null, stepped_up_by = null where id = $1", [
      staff.sessionId,
    ]);
    expect(await post(await cookieFor(staff))).toMatchObject({ status: 403, code: "auth.step_up_required" });
  });

  it("wants a reason, one more to change things, and five minutes to two hours", async () => {
    const own = await cookieFor(staff);
    for (const wrong of [{ reason: " " }, { changes: { reason: "" } }, { minutes: 4 }, { minutes: 121 }])
      expect(await post(own, wrong)).toMatchObject({ status: 400, code: "admin.invalid_open_as" });
    expect(await asOwner("select 1 from session where staff_id = $1", [staff.userId])).toEqual([]);
  });

  it("is as nobody who is no member, as no other staff, as not oneself, and not from what is open already", async () => {
    const own = await cookieFor(staff);
    const stranger = await testUser();
    expect(await post(own, { userId: stranger.userId })).toMatchObject({ status: 404 });
    const colleague = await testStaff();
    await addMember(org.orgId, colleague, "member");
    expect(await post(own, { userId: colleague.userId })).toMatchObject({ code: "admin.not_as_staff" });
    await addMember(org.orgId, staff, "admin");
    expect(await post(own, { userId: staff.userId })).toMatchObject({ code: "admin.not_as_staff" });
    expect(await post(await opened())).toMatchObject({ status: 404 });
  });

  it("is the member in that organization, and nobody in their others", async () => {
    const other = await testOrg({ members: [] });
    const member = org.users.find(({ role }) => role === "member")!;
    await addMember(other.orgId, member, "owner");
    const cookie = await opened();
    expect(await whoIs(cookie)).toMatchObject({
      userId: member.userId,
      staff: { userId: staff.userId, orgId: org.orgId },
    });
    expect(await said(cookie, "crm.companies.list", {})).toBe("ran");
    expect(await said(cookie, "crm.companies.list", {}, other.slug)).toBe("kernel.not_found");
    const mine = await appRouter.createCaller(knocking(cookie)).tenancy.myOrganizations();
    expect(mine.map(({ id }) => id)).toEqual([org.orgId]);
  });

  it("reaches nothing of the platform", async () => {
    const cookie = await opened();
    for (const [name, door] of Object.entries(DOORS))
      if (door === "staff")
        expect([name, (await said(cookie, name)).startsWith("kernel.not_")]).toEqual([name, true]);
  });
});

describe("what is open", () => {
  it("names every permission once, and refuses money, ownership, deletion, members, keys, exports and webhooks", () => {
    expect(PERMISSION_NAMES.filter((name) => staffMay(name) === name in NOT_FOR_STAFF)).toEqual([]);
    for (const noun of [
      "billing.",
      "key.",
      "webhook.",
      "organization.delete",
      "organization.transfer",
      "export.",
    ])
      expect(PERMISSION_NAMES.filter((name) => name.startsWith(noun) && staffMay(name))).toEqual([]);
  });

  it.each([null, { reason: "They cannot do it themselves" }])(
    "lets in at each door of the organization what staff may there, whatever the owner may (%j)",
    async (changes) => {
      const cookie = await opened({ as: "owner", changes });
      const actor = (await whoIs(cookie))!;
      const at = (await gates.membership(actor, org.slug))!;
      for (const permission of PERMISSION_NAMES) {
        if (!allows("owner", permission)) continue;
        let answer = "in";
        try {
          gates.permission(at, actor, permission);
        } catch (error) {
          answer = (error as DomainError).code;
        }
        expect([permission, answer]).toEqual([
          permission,
          staffMay(permission) ? "in" : "kernel.not_for_staff",
        ]);
      }
    },
  );

  it("changes nothing read-only: each mutation is refused at its door", async () => {
    const cookie = await opened({ as: "owner" });
    const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
    for (const [name, { _def }] of Object.entries(procedures)) {
      const door = DOORS[name]!;
      if (_def.type !== "mutation" || door === "staff" || (typeof door === "object" && "stranger" in door))
        continue;
      const answer = await said(cookie, name);
      expect([name, ["kernel.not_for_staff", "BAD_REQUEST"].includes(answer)]).toEqual([name, true]);
    }
  });

  it("is read-only in Postgres itself, in the organization and among the member's own rows", async () => {
    const cookie = await opened({ as: "owner" });
    const actor = (await whoIs(cookie))!;
    const at = (await gates.membership(actor, org.slug))!;
    const inOrg = gates.permission(at, actor, "crm.write");
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => "wrote",
        (error: { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }; code?: string }) =>
          error.meta?.driverAdapterError?.cause?.originalCode ?? error.code,
      );
    const write = withTenant(inOrg, ({ db }) => db.company.create({ data: { orgId: org.orgId, name: "X" } }));
    expect(await codeOf(write)).toBe("25006");
    const rename = withUser(
      actor,
      ({ db }) => db.$executeRaw`UPDATE "user" SET name = 'X' WHERE id = ${actor.userId}::uuid`,
    );
    expect(await codeOf(rename)).toBe("25006");
  });

  it("changes things where that was asked for, as the member by staff", async () => {
    const cookie = await opened({ changes: { reason: "They cannot do it themselves" } });
    expect(await said(cookie, "crm.companies.create", { name: "Written by staff" })).toBe("ran");
    const [entry] = await asOwner<{ actor_id: string; via: string }>(
      "select actor_id, via from audit_entry where org_id = $1 and action = 'company.created'",
      [org.orgId],
    );
    expect(entry).toEqual({ actor_id: org.as("member").userId, via: `staff:${staff.userId}` });
    // What is the member's own stays theirs.
    expect(await said(cookie, "auth.updateProfile", { name: "X" })).toBe("kernel.not_for_staff");
    expect(await said(cookie, "auth.devices")).toBe("kernel.not_for_staff");
    expect(await said(cookie, "tenancy.noteVisit")).toBe("kernel.not_for_staff");
    expect(await said(cookie, "tenancy.leave")).toBe("kernel.not_for_staff");
  });

  it("offers no act on a view or a job that it would refuse", async () => {
    await callerFor(appRouter, org.as("admin")).views.keep({
      ...{ list: "jobs", name: "Mine", state: { search: "", sort: null, filters: {}, columns: null } },
    });
    const jobId = newId();
    await asOwner(
      `insert into job (id, org_id, user_id, task_type, status, input, correlation_id)
       values ($1, $2, $3, 'import', 'RUNNING', '{"value": {}}', 'test')`,
      [jobId, org.orgId, org.as("admin").userId],
    );
    const offered = async (changes: { reason: string } | null) => {
      const cookie = await opened({ as: "admin", changes });
      const { views, jobs } = appRouter.createCaller(knocking(cookie, org.slug));
      const { mayKeep, mayShare, views: seen } = await views.list({ list: "jobs" });
      const { mayCancel } = await jobs.get({ id: jobId });
      return { mayKeep, mayShare, mayChangeView: seen[0]!.mayChange, mayCancel };
    };
    const none = { mayKeep: false, mayShare: false, mayChangeView: false };
    expect(await offered(null)).toEqual({ ...none, mayCancel: false });
    expect(await offered({ reason: "It hangs" })).toEqual({ ...none, mayCancel: true });
  });

  it("never is more than the member may today", async () => {
    const cookie = await opened({ as: "readonly", changes: { reason: "Try" } });
    expect(await said(cookie, "crm.companies.create", { name: "X" })).toBe("kernel.forbidden");
  });

  it("stands in both chains with its reason and how long, and in the member's devices", async () => {
    const cookie = await opened({ minutes: 15 });
    const entries = await asOwner<{
      org: boolean;
      action: string;
      after: Record<string, unknown>;
      via: string | null;
    }>(
      `select e.org_id is not null as org, e.action, d.detail->'after' as after, e.via from audit_entry e
       join audit_detail d on d.entry_id = e.id where e.actor_id = $1 and e.action like 'staff.%' order by org`,
      [staff.userId],
    );
    expect(entries.map(({ org, action, via }) => [org, action, via])).toEqual([
      [false, "staff.opened_as_member", null],
      [true, "staff.opened_as_member", `staff:${staff.userId}`],
    ]);
    expect(entries[1]!.after).toMatchObject({ reason: REASON, minutes: 15, access: "read-only" });
    const member = org.users.find(({ role }) => role === "member")!;
    const { living } = await appRouter.createCaller(knocking(await cookieFor(member))).auth.devices();
    expect(living.map(({ method, client }) => [method, client])).toContainEqual(["staff", "Tenantry staff"]);
    expect(await whoIs(cookie)).not.toBeNull();
  });
});

describe("it ends", () => {
  it("at its instant, by the product's clock", async () => {
    const cookie = await opened({ minutes: 5 });
    clock.setOffset(4 * 60_000);
    expect(await whoIs(cookie)).not.toBeNull();
    clock.setOffset(5 * 60_000 + 1_000);
    expect(await whoIs(cookie)).toBeNull();
  });

  it("by its button, which goes back to the organization's page and is written down", async () => {
    const cookie = await opened();
    const response = await answerCloseOpened(
      new Request(`${APP}/api/open-as`, { method: "DELETE", headers: { cookie } }),
      gates,
    );
    expect(await response.json()).toEqual({ to: `/admin/organizations/${org.orgId}` });
    expect(response.headers.get("set-cookie")).toMatch(/tenantry\.member=; .*Max-Age=0/);
    expect(await whoIs(cookie)).toBeNull();
    expect(
      await asOwner("select 1 from audit_entry where org_id = $1 and action = 'staff.closed_as_member'", [
        org.orgId,
      ]),
    ).toHaveLength(1);
  });

  it("when the member ends it among their devices", async () => {
    const cookie = await opened();
    const member = org.users.find(({ role }) => role === "member")!;
    await appRouter.createCaller(knocking(await cookieFor(member))).auth.endOtherDevices();
    expect(await whoIs(cookie)).toBeNull();
  });

  it("with the own session of whoever opened it, and when they are staff no longer", async () => {
    const one = await opened();
    await asOwner("update session set revoked_at = now() where id = $1", [staff.sessionId]);
    expect(await whoIs(one)).toBeNull();
    const other = await testStaff();
    const two = await opened({}, other);
    await asOwner(`update "user" set platform_role = null where id = $1`, [other.userId]);
    expect(await whoIs(two)).toBeNull();
  });

  it("when the same person opens another one", async () => {
    const first = await opened();
    const second = await opened({ as: "admin" });
    expect(await whoIs(first)).toBeNull();
    expect(await whoIs(second)).not.toBeNull();
  });

  it("and its token is no ordinary session's: without its mark it is nobody's", async () => {
    await opened();
    const [row] = await asOwner<{ id: string; user_id: string }>(
      "select id, user_id from session where staff_id = $1",
      [staff.userId],
    );
    const forged = await signSession(row!.user_id, row!.id);
    expect(await gates.session(forged, testTrace())).toBeNull();
    expect(await gates.session(await signSession(row!.user_id, newId()), testTrace())).toBeNull();
  });
});
