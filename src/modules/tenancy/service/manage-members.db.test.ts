// Real Postgres, app role, RLS forced; a fresh organization per test.
import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "~/kernel/roles";
import { withTenant } from "~/server/db/with-tenant";
import { actorIn, addMember, asOwner, testOrg, testUser, type TestOrg } from "~/testing/tenants";
import { callerFor } from "~/testing/callers";
import { refused } from "~/testing/refusals";
import { leaveOrganization } from "../flows";
import { tenancyRouter } from "../router";
import { changeRole, removeMember, transferOwnership } from "./manage-members";

const rolesIn = async (orgId: string) =>
  Object.fromEntries(
    (
      await asOwner<{ user_id: string; role: Role }>(
        "select user_id, role from membership where org_id = $1",
        [orgId],
      )
    ).map(({ user_id, role }) => [user_id, role]),
  );
const ownersIn = async (orgId: string) =>
  Object.values(await rolesIn(orgId)).filter((role) => role === "owner").length;
const idOf = (org: TestOrg, role: Role) => org.users.find((user) => user.role === role)!.userId;
const actions = async (orgId: string) =>
  (
    await asOwner<{ action: string }>("select action from audit_entry where org_id = $1 order by id", [orgId])
  ).map(({ action }) => action);

/** An organization of `count` owners and nobody else. */
async function ownedBy(count: number) {
  const org = await testOrg({ members: [] });
  const owners = [org.owner];
  while (owners.length < count) owners.push(await addMember(org.orgId, await testUser(), "owner"));
  return { org, owners };
}

describe("the last owner", () => {
  it("is left by 20 owners who demote themselves at once: exactly one stays", async () => {
    const { org, owners } = await ownedBy(20);
    const outcomes = await Promise.all(
      owners.map((owner) =>
        refused(withTenant(owner, (scope) => changeRole(scope, { userId: owner.userId!, role: "admin" }))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(19);
    expect(outcomes.filter((outcome) => outcome === "tenancy.last_owner")).toHaveLength(1);
    expect(await ownersIn(org.orgId)).toBe(1);
  });

  it("is left by 20 owners who leave at once, too", async () => {
    const { org, owners } = await ownedBy(20);
    const outcomes = await Promise.all(owners.map((owner) => refused(leaveOrganization(owner))));
    expect(outcomes.filter((outcome) => outcome === "tenancy.last_owner")).toHaveLength(1);
    expect(await ownersIn(org.orgId)).toBe(1);
  });

  it("stays when two owners demote each other at the same moment", async () => {
    for (let round = 0; round < 5; round++) {
      const { org, owners } = await ownedBy(2);
      const [a, b] = [owners[0]!, owners[1]!];
      await Promise.all([
        refused(withTenant(a, (scope) => changeRole(scope, { userId: b.userId!, role: "member" }))),
        refused(withTenant(b, (scope) => changeRole(scope, { userId: a.userId!, role: "member" }))),
      ]);
      expect(await ownersIn(org.orgId)).toBe(1);
    }
  });

  it("can neither be demoted, nor leave, nor be removed", async () => {
    const org = await testOrg();
    const { userId } = org.owner;
    const caller = callerFor(tenancyRouter, org.owner);
    expect(await refused(caller.changeRole({ userId: userId!, role: "admin" }))).toBe("tenancy.last_owner");
    expect(await refused(caller.leave())).toBe("tenancy.last_owner");
    expect(await refused(caller.removeMember({ userId: userId! }))).toBe("tenancy.leave_instead");
    expect((await rolesIn(org.orgId))[userId!]).toBe("owner");
  });
});

describe("changing roles", () => {
  it("lets each role change exactly whom it may, to exactly what it may", async () => {
    const allowed: string[] = [];
    for (const own of ROLES) {
      for (const target of ROLES) {
        for (const next of ROLES) {
          const org = await testOrg({ members: [] });
          await addMember(org.orgId, await testUser(), "owner");
          const actor = own === "owner" ? org.owner : await addMember(org.orgId, await testUser(), own);
          const other = await testUser();
          await addMember(org.orgId, other, target);
          const outcome = await refused(
            callerFor(tenancyRouter, actor).changeRole({ userId: other.userId, role: next }),
          );
          if (outcome === "done") allowed.push(`${own}: ${target} to ${next}`);
          else expect(["kernel.forbidden", "tenancy.owner_protected"]).toContain(outcome);
          const role = (await rolesIn(org.orgId))[other.userId];
          expect(role).toBe(outcome === "done" ? next : target);
        }
      }
    }
    const others = ["admin", "member", "readonly"];
    expect(allowed).toEqual([
      ...ROLES.flatMap((target) => ROLES.map((next) => `owner: ${target} to ${next}`)),
      ...others.flatMap((target) => others.map((next) => `admin: ${target} to ${next}`)),
    ]);
  });

  it("takes the actor's role from the row, not from the door, so that a demotion a moment ago counts", async () => {
    const { org, owners } = await ownedBy(3);
    await withTenant(owners[0]!, (scope) =>
      changeRole(scope, { userId: owners[1]!.userId!, role: "member" }),
    );
    const late = withTenant(owners[1]!, (scope) =>
      changeRole(scope, { userId: owners[2]!.userId!, role: "member" }),
    );
    expect(await refused(late)).toBe("tenancy.owner_protected");
    expect(await ownersIn(org.orgId)).toBe(2);
  });

  it("does not know a member of another organization", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const stranger = idOf(other, "member");
    const caller = callerFor(tenancyRouter, org.owner);
    for (const call of [
      () => caller.changeRole({ userId: stranger, role: "readonly" }),
      () => caller.removeMember({ userId: stranger }),
      () => caller.transferOwnership({ userId: stranger, confirmation: org.name }),
    ]) {
      expect(await refused(call())).toBe("kernel.not_found");
    }
    expect((await rolesIn(other.orgId))[stranger]).toBe("member");
  });

  it("writes each change down, and nothing where nothing changed", async () => {
    const org = await testOrg();
    const userId = idOf(org, "member");
    await withTenant(org.owner, (scope) => changeRole(scope, { userId, role: "member" }));
    expect(await actions(org.orgId)).toEqual([]);
    await withTenant(org.owner, (scope) => changeRole(scope, { userId, role: "admin" }));
    expect(await actions(org.orgId)).toEqual(["member.role_changed"]);
  });
});

describe("going", () => {
  it.each(["admin", "member", "readonly"] as const)(
    "is free to a %s, even where the role writes nothing else",
    async (role) => {
      const org = await testOrg();
      await callerFor(tenancyRouter, org.as(role)).leave();
      expect(Object.keys(await rolesIn(org.orgId))).not.toContain(idOf(org, role));
      expect(await actions(org.orgId)).toEqual(["member.left"]);
    },
  );

  it("touches no other organization of the same person", async () => {
    const person = await testUser();
    const [here, there] = [await testOrg(), await testOrg()];
    const actor = await addMember(here.orgId, person, "member");
    await addMember(there.orgId, person, "member");
    await leaveOrganization(actor);
    expect((await rolesIn(there.orgId))[person.userId]).toBe("member");
    expect(await refused(leaveOrganization(actor))).toBe("kernel.not_found");
  });

  it("is imposed on others by admins and owners, but on an owner only by owners", async () => {
    const org = await testOrg();
    const second = await testUser();
    await addMember(org.orgId, second, "owner");
    const by = (role: Role) => callerFor(tenancyRouter, org.as(role));
    expect(await refused(by("admin").removeMember({ userId: second.userId }))).toBe(
      "tenancy.owner_protected",
    );
    expect(await refused(by("member").removeMember({ userId: idOf(org, "readonly") }))).toBe(
      "kernel.forbidden",
    );
    expect(await refused(by("admin").removeMember({ userId: idOf(org, "readonly") }))).toBe("done");
    expect(await refused(by("owner").removeMember({ userId: second.userId }))).toBe("done");
    expect(Object.keys(await rolesIn(org.orgId))).toHaveLength(3);
  });

  it("refuses the removal of oneself, and says what to do instead", async () => {
    const org = await testOrg();
    const admin = org.as("admin");
    const call = withTenant(admin, (scope) => removeMember(scope, { userId: admin.userId! }));
    await expect(call).rejects.toMatchObject({ code: "tenancy.leave_instead" });
  });
});

describe("transferring ownership", () => {
  it("makes one an owner and the other an admin, together", async () => {
    const org = await testOrg();
    const heir = idOf(org, "member");
    await withTenant(org.owner, (scope) =>
      transferOwnership(scope, { userId: heir, confirmation: org.name }),
    );
    const roles = await rolesIn(org.orgId);
    expect([roles[heir], roles[org.owner.userId!]]).toEqual(["owner", "admin"]);
    expect(await actions(org.orgId)).toEqual([
      "member.role_changed",
      "member.role_changed",
      "organization.ownership_transferred",
    ]);
  });

  it("changes nothing without the name typed exactly", async () => {
    const org = await testOrg();
    const call = withTenant(org.owner, (scope) =>
      transferOwnership(scope, { userId: idOf(org, "member"), confirmation: org.name.toUpperCase() }),
    );
    await expect(call).rejects.toMatchObject({ code: "tenancy.confirmation_mismatch" });
    expect(await ownersIn(org.orgId)).toBe(1);
  });

  it("belongs to owners", async () => {
    const org = await testOrg();
    const input = { userId: idOf(org, "member"), confirmation: org.name };
    for (const role of ["admin", "member", "readonly"] as const) {
      expect(await refused(callerFor(tenancyRouter, org.as(role)).transferOwnership(input))).toBe(
        "kernel.forbidden",
      );
    }
    const self = { ...input, userId: org.owner.userId! };
    expect(await refused(callerFor(tenancyRouter, org.owner).transferOwnership(self))).toBe(
      "tenancy.transfer_to_self",
    );
    // A door that still takes a demoted owner for one does not help.
    const late = actorIn(org.orgId, org.users[1]!, "owner");
    expect(await refused(withTenant(late, (scope) => transferOwnership(scope, input)))).toBe(
      "tenancy.owner_protected",
    );
  });
});

describe("the list", () => {
  it("shows everybody of this organization to every role, in pages, with a count of all", async () => {
    const org = await testOrg();
    await testOrg();
    for (const role of ROLES) {
      const caller = callerFor(tenancyRouter, org.as(role));
      const first = await caller.members({ limit: 3 });
      const second = await caller.members({ limit: 3, cursor: first.nextCursor });
      expect([...first.items, ...second.items].map(({ userId }) => userId)).toEqual(
        org.users.map(({ userId }) => userId),
      );
      expect([first.total, second.total, second.nextCursor]).toEqual([4, 4, null]);
      expect(
        [...first.items, ...second.items].filter(({ isYou }) => isYou).map((member) => member.role),
      ).toEqual([role]);
    }
  });

  it("finds by parts of name or address, and takes wildcards for what they are", async () => {
    const org = await testOrg({ members: [] });
    await addMember(org.orgId, await testUser({ name: "Ann_Lee", email: "ann@find.test" }), "member");
    await addMember(org.orgId, await testUser({ name: "AnnXLee", email: "other@find.test" }), "admin");
    const find = async (input: { search?: string; role?: Role }) =>
      (await callerFor(tenancyRouter, org.owner).members(input)).items.map(({ email }) => email);
    expect(await find({ search: "N_L" })).toEqual(["ann@find.test"]);
    expect(await find({ search: "find.test" })).toHaveLength(2);
    expect(await find({ search: "%" })).toEqual([]);
    expect(await find({ role: "admin" })).toEqual(["other@find.test"]);
  });
});
