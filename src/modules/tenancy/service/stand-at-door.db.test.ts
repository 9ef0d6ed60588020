// Real Postgres with its notifications; the cache under test is this process's own.
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { UserActor } from "~/kernel/actor";
import { PERMISSION_NAMES, ROLES } from "~/kernel/roles";
import { databaseListener, type Notification } from "~/server/db/listener";
import { withTenant } from "~/server/db/with-tenant";
import { refused } from "~/testing/refusals";
import { addMember, asOwner, testOrg, testUser, type TestOrg } from "~/testing/tenants";
import { updateSettings } from "./change-organization";
import { actAs, orgAtDoor } from "./stand-at-door";

const WITHIN_A_SECOND = { timeout: 1_000, interval: 20 };

beforeAll(async () => {
  databaseListener().isFresh();
  await vi.waitFor(() => expect(databaseListener().isFresh()).toBe(true), { timeout: 5_000 });
});

const personOf = (org: TestOrg, role: (typeof ROLES)[number]) =>
  org.users.find((user) => user.role === role)!;

describe("the organization at the door", () => {
  it("is found by its slug, with the role of who asks", async () => {
    const org = await testOrg({ timeZone: "Asia/Tokyo" });
    for (const role of ROLES) {
      expect(await orgAtDoor(personOf(org, role), org.slug)).toEqual({
        orgId: org.orgId,
        slug: org.slug,
        name: org.name,
        role,
        status: "active",
        timeZone: "Asia/Tokyo",
        defaultCurrency: "USD",
        logoKey: null,
      });
    }
  });

  it("of somebody else answers as one that does not exist", async () => {
    const org = await testOrg();
    const stranger = await testUser();
    expect(await orgAtDoor(stranger, org.slug)).toBeNull();
    expect(await orgAtDoor(stranger, "never-was-there")).toBeNull();
  });

  it.each([
    ["empty", ""],
    ["too short", "a"],
    ["with spaces", "no spaces"],
    ["a path", "../etc"],
    ["with a NUL", "nul\u0000"],
    ["very long", "x".repeat(5_000)],
    ["a wildcard", "%"],
  ])("is not looked for under what no slug can be: %s", async (_, slug) =>
    expect(await orgAtDoor(await testUser(), slug)).toBeNull(),
  );

  it("is found under an old slug too, and says today's", async () => {
    const org = await testOrg();
    const slug = `${org.slug}-now`;
    const settings = { name: org.name, slug, defaultCurrency: "USD", timeZone: "UTC" };
    await withTenant(org.owner, (scope) => updateSettings(scope, settings));
    expect((await orgAtDoor(personOf(org, "member"), org.slug))?.slug).toBe(slug);
    expect((await orgAtDoor(personOf(org, "member"), slug))?.slug).toBe(slug);
  });
});

/** The answer once it is kept: notifications of the set-up may still be on their way, and each empties. */
const cached = (person: UserActor, org: TestOrg) =>
  vi.waitFor(async () => {
    const first = await orgAtDoor(person, org.slug);
    expect(await orgAtDoor(person, org.slug)).toBe(first);
    return first;
  });

describe("the cache", () => {
  it("answers without the database, until something changes", async () => {
    const org = await testOrg();
    await cached(personOf(org, "member"), org);
  });

  it("forgets a role within a second of its change", async () => {
    const org = await testOrg();
    const person = personOf(org, "admin");
    expect((await cached(person, org))?.role).toBe("admin");
    await asOwner("update membership set role = 'readonly' where org_id = $1 and user_id = $2", [
      org.orgId,
      person.userId,
    ]);
    await vi.waitFor(
      async () => expect((await orgAtDoor(person, org.slug))?.role).toBe("readonly"),
      WITHIN_A_SECOND,
    );
  });

  it("forgets a membership within a second of its end, and a new one is there at once", async () => {
    const org = await testOrg();
    const person = await testUser();
    expect(await orgAtDoor(person, org.slug)).toBeNull();
    await addMember(org.orgId, person, "member");
    expect((await orgAtDoor(person, org.slug))?.role).toBe("member");
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [org.orgId, person.userId]);
    await vi.waitFor(async () => expect(await orgAtDoor(person, org.slug)).toBeNull(), WITHIN_A_SECOND);
  });

  it("forgets name and status within a second of their change", async () => {
    const org = await testOrg();
    const person = personOf(org, "member");
    await cached(person, org);
    await asOwner("update organization set status = 'suspended', name = 'New' where id = $1", [org.orgId]);
    await vi.waitFor(
      async () =>
        expect(await orgAtDoor(person, org.slug)).toMatchObject({ status: "suspended", name: "New" }),
      WITHIN_A_SECOND,
    );
  });

  it("is not asked while the listener may have missed something", async () => {
    const org = await testOrg();
    const person = personOf(org, "admin");
    await cached(person, org);
    const deaf = vi.spyOn(databaseListener(), "isFresh").mockReturnValue(false);
    try {
      await asOwner("update membership set role = 'member' where org_id = $1 and user_id = $2", [
        org.orgId,
        person.userId,
      ]);
      expect((await orgAtDoor(person, org.slug))?.role).toBe("member");
    } finally {
      deaf.mockRestore();
    }
  });

  it("keeps no answer longer than 30 s, even if nobody says a word", async () => {
    const org = await testOrg();
    const person = personOf(org, "member");
    const first = await cached(person, org);
    const now = Date.now();
    const later = vi.spyOn(Date, "now").mockReturnValue(now + 30_001);
    const fresh = vi.spyOn(databaseListener(), "isFresh").mockReturnValue(true);
    try {
      expect(await orgAtDoor(person, org.slug)).not.toBe(first);
    } finally {
      later.mockRestore();
      fresh.mockRestore();
    }
  });

  it("does not keep an answer that was overtaken by a change", async () => {
    const org = await testOrg();
    const person = personOf(org, "member");
    const [tell, stop] = newCache();
    try {
      const asking = orgAtDoor(person, org.slug);
      // Told while the question is on its way: what comes back may be from before.
      tell({ kind: "membership", orgId: org.orgId });
      const overtaken = await asking;
      const kept = await orgAtDoor(person, org.slug);
      expect(kept).not.toBe(overtaken);
      expect(await orgAtDoor(person, org.slug)).toBe(kept);
    } finally {
      stop();
    }
  });
});

/** A cache of its own for one test, and the way to tell it things at a chosen moment. */
function newCache(): [tell: (notification: Notification) => void, stop: () => void] {
  const held = globalThis as { __tenantryDoor?: unknown };
  delete held.__tenantryDoor;
  const listeners: ((notification: Notification) => void)[] = [];
  const subscribe = vi.spyOn(databaseListener(), "subscribe").mockImplementation((listener) => {
    listeners.push(listener);
    return () => true;
  });
  const stop = () => {
    subscribe.mockRestore();
    delete held.__tenantryDoor;
  };
  return [(notification) => listeners.forEach((listener) => listener(notification)), stop];
}

describe("acting", () => {
  it("needs the permission", async () => {
    const org = await testOrg();
    const person = personOf(org, "member");
    const door = (await orgAtDoor(person, org.slug))!;
    expect(await refused(Promise.resolve().then(() => actAs(door, person, "organization.update")))).toBe(
      "kernel.forbidden",
    );
    expect(actAs(door, person, "crm.write")).toEqual({
      kind: "org",
      orgId: org.orgId,
      userId: person.userId,
      role: "member",
      trace: person.trace,
    });
  });

  it("in a suspended organization is reading, exporting, leaving, handing over and paying, for whoever it is", async () => {
    const org = await testOrg();
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    const person = personOf(org, "owner");
    const door = { ...(await orgAtDoor(person, org.slug))!, status: "suspended" };
    for (const permission of PERMISSION_NAMES) {
      const outcome = await refused(Promise.resolve().then(() => actAs(door, person, permission)));
      expect([permission, outcome]).toEqual([
        permission,
        /\.(read|leave)|^billing\.manage$|^organization\.(export|transfer)$/.test(permission)
          ? "done"
          : "tenancy.org_suspended",
      ]);
    }
  });
});
