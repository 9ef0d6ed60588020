// The whole life of an invitation on real Postgres; the mails are caught where they would leave.
import { afterEach, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { ROLES, type Role } from "~/kernel/roles";
import type { OrgActor } from "~/kernel/actor";
import { callerFor } from "~/testing/callers";
import { refused, refusedFields } from "~/testing/refusals";
import { asOwner, testOrg, testUser, unique } from "~/testing/tenants";
import { tenancyRouter } from "../router";
import type { InvitableRole } from "../schema";
import { invitationToken, type InvitationToMail } from "../service";
import { inviteMembers, resendInvitation } from "./invitations";

const DAY_MS = 24 * 60 * 60 * 1000;
afterEach(() => clock.setOffset(0));

const address = () => `${unique("guest")}@example.test`;

/** Invites and hands out what the mails would carry, newest last. */
function desk(actor: OrgActor) {
  const tokens: string[] = [];
  const send = async ({ id, sentAt }: InvitationToMail) => void tokens.push(invitationToken(id, sentAt));
  return {
    invite: async (email: string, role: InvitableRole = "member") => {
      const { invitations } = await inviteMembers(actor, { emails: [email], role }, send);
      return { id: invitations[0]!.id, token: tokens.at(-1)! };
    },
    resend: async (id: string) => {
      await resendInvitation(actor, { id }, send);
      return tokens.at(-1)!;
    },
  };
}

const rolesOf = async (orgId: string, userId: string) =>
  (
    await asOwner<{ role: Role }>("select role from membership where org_id = $1 and user_id = $2", [
      orgId,
      userId,
    ])
  ).map(({ role }) => role);
const accept = async (token: string, guest: Awaited<ReturnType<typeof testUser>>) =>
  callerFor(tenancyRouter, guest).acceptInvitation({ token });
const look = (token: string) => callerFor(tenancyRouter, null).invitation({ token });

describe("an invitation", () => {
  it("is seen by whoever holds its token, and makes its own address a member with its role", async () => {
    for (const role of ["admin", "member", "readonly"] as const) {
      const org = await testOrg();
      const guest = await testUser({ email: address(), name: "Guest" });
      const { token } = await desk(org.as("admin")).invite(guest.email, role);
      expect(await look(token)).toMatchObject({
        state: "open",
        organization: org.name,
        role,
        email: guest.email,
        invitedBy: "Pat admin",
      });
      expect(await accept(token, guest)).toEqual({ slug: org.slug });
      expect(await rolesOf(org.orgId, guest.userId)).toEqual([role]);
    }
  });

  it("is stored without what could be used to accept it", async () => {
    const org = await testOrg();
    const { id, token } = await desk(org.owner).invite(address());
    const rows = await asOwner("select invitation::text as all from invitation where id = $1", [id]);
    const audited = await asOwner("select detail::text as all from audit_detail where org_id = $1", [
      org.orgId,
    ]);
    expect([...rows, ...audited].some((row) => String(row.all).includes(token))).toBe(false);
    expect(token).toMatch(/^[\w-]{43}$/);
  });

  it("is accepted by no other address, nor by its own unverified one", async () => {
    const org = await testOrg();
    const email = address();
    const { token } = await desk(org.owner).invite(email);
    const other = await testUser();
    const unverified = await testUser({ email, isVerified: false });
    expect(await refused(accept(token, other))).toBe("tenancy.invitation_wrong_address");
    expect(await refused(accept(token, unverified))).toBe("tenancy.address_unverified");
    expect(await refused(callerFor(tenancyRouter, null).acceptInvitation({ token }))).toBe(
      "kernel.unauthenticated",
    );
    expect([await rolesOf(org.orgId, other.userId), await rolesOf(org.orgId, unverified.userId)]).toEqual([
      [],
      [],
    ]);
    expect((await look(token)).state).toBe("open");
  });

  it("expires after 7 days, and lives again when it is sent again", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { invite, resend } = desk(org.owner);
    const { id, token } = await invite(guest.email);
    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await look(token)).toEqual({ state: "expired" });
    expect(await refused(accept(token, guest))).toBe("tenancy.invitation_ended");
    const { items } = await callerFor(tenancyRouter, org.owner).invitations();
    expect(items).toMatchObject([{ id, isExpired: true }]);
    await accept(await resend(id), guest);
    expect(await rolesOf(org.orgId, guest.userId)).toEqual(["member"]);
  });

  it("that was sent again is dead under its earlier token", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { invite, resend } = desk(org.owner);
    const { id, token } = await invite(guest.email);
    const newer = await resend(id);
    expect(newer).not.toBe(token);
    expect(await look(token)).toEqual({ state: "unknown" });
    expect(await refused(accept(token, guest))).toBe("kernel.not_found");
    expect((await look(newer)).state).toBe("open");
  });

  it("that was withdrawn lets nobody in, and says so", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { id, token } = await desk(org.owner).invite(guest.email);
    const caller = callerFor(tenancyRouter, org.as("admin"));
    await caller.revokeInvitation({ id });
    expect(await look(token)).toEqual({ state: "revoked" });
    expect(await refused(accept(token, guest))).toBe("tenancy.invitation_ended");
    for (const again of [() => caller.revokeInvitation({ id }), () => caller.resendInvitation({ id })]) {
      expect(await refused(again())).toBe("kernel.not_found");
    }
    expect((await caller.invitations()).total).toBe(0);
  });

  it("works once: pressing twice is one membership, and after leaving it opens nothing", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { token } = await desk(org.owner).invite(guest.email);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refused(accept(token, guest))));
    expect(outcomes).toEqual(Array(20).fill("done"));
    expect(await rolesOf(org.orgId, guest.userId)).toEqual(["member"]);
    const accepted = "select from audit_entry where org_id = $1 and action = 'invitation.accepted'";
    expect(await asOwner(accepted, [org.orgId])).toHaveLength(1);
    expect(await look(token)).toEqual({ state: "accepted" });
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [org.orgId, guest.userId]);
    expect(await refused(accept(token, guest))).toBe("tenancy.invitation_ended");
  });

  it("leaves the role of somebody who became a member meanwhile", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { token } = await desk(org.owner).invite(guest.email, "readonly");
    await asOwner(
      "insert into membership (id, org_id, user_id, role, user_email) values (gen_random_uuid(), $1, $2, 'admin', $3)",
      [org.orgId, guest.userId, guest.email],
    );
    await accept(token, guest);
    expect(await rolesOf(org.orgId, guest.userId)).toEqual(["admin"]);
  });

  it("to a suspended organization waits until that is over", async () => {
    const org = await testOrg();
    const guest = await testUser({ email: address() });
    const { token } = await desk(org.owner).invite(guest.email);
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    expect(await refused(accept(token, guest))).toBe("tenancy.org_suspended");
    await asOwner("update organization set status = 'active' where id = $1", [org.orgId]);
    expect(await refused(accept(token, guest))).toBe("done");
  });

  it.each(["", "x", "'; drop table invitation", "ä".repeat(100)])(
    "is not known under the made-up token %j",
    async (token) => {
      expect(await look(token)).toEqual({ state: "unknown" });
      expect(await refused(accept(token, await testUser()))).toBe("kernel.not_found");
    },
  );

  it("is not asked for by text that no row could hold", async () => {
    const code = { cause: { code: "kernel.invalid_input" } };
    await expect(look("nul\u0000")).rejects.toMatchObject(code);
    await expect(accept("nul\u0000", await testUser())).rejects.toMatchObject(code);
  });

  it("of another organization does not exist", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const { id } = await desk(other.owner).invite(address());
    const caller = callerFor(tenancyRouter, org.owner);
    expect(await refused(caller.resendInvitation({ id }))).toBe("kernel.not_found");
    expect(await refused(caller.revokeInvitation({ id }))).toBe("kernel.not_found");
    expect((await caller.invitations()).items).toEqual([]);
  });
});

describe("inviting", () => {
  it("belongs to owners and admins; everybody sees who was invited", async () => {
    const org = await testOrg();
    const { id } = await desk(org.owner).invite(address());
    for (const role of ROLES) {
      const caller = callerFor(tenancyRouter, org.as(role));
      const mayInvite = role === "owner" || role === "admin";
      const expected = mayInvite ? "done" : "kernel.forbidden";
      expect(await refused(caller.invite({ emails: [address()], role: "member" }))).toBe(expected);
      expect(await refused(caller.resendInvitation({ id }))).toBe(expected);
      expect((await caller.invitations()).items.some((row) => row.id === id)).toBe(true);
    }
  });

  it("refuses members and those invited already, address by address, and then invites nobody", async () => {
    const org = await testOrg();
    const { invite } = desk(org.owner);
    const open = address();
    await invite(open);
    const member = org.users[2]!.email;
    const call = callerFor(tenancyRouter, org.owner).invite({
      emails: [address(), member.toUpperCase(), open, "twice@example.test", "TWICE@example.test"],
      role: "member",
    });
    expect(await refusedFields(call)).toEqual({
      "emails.1": [`${member} is a member already.`],
      "emails.2": [expect.stringContaining("invited already")],
      "emails.4": [expect.stringContaining("twice")],
    });
    expect((await callerFor(tenancyRouter, org.owner).invitations()).total).toBe(1);
  });

  it("renews an expired invitation instead of piling up another", async () => {
    const org = await testOrg();
    const email = address();
    const { invite } = desk(org.owner);
    const first = await invite(email, "member");
    clock.setOffset(8 * DAY_MS);
    const second = await invite(email, "admin");
    expect(second.id).toBe(first.id);
    expect(second.token).not.toBe(first.token);
    const { items } = await callerFor(tenancyRouter, org.owner).invitations();
    expect(items).toMatchObject([{ id: first.id, role: "admin", isExpired: false }]);
  });

  it("lets two admins who invite the same address at once make one invitation", async () => {
    const org = await testOrg();
    const email = address();
    const outcomes = await Promise.all(
      ["owner", "admin"].map((role) => refused(desk(org.as(role as Role)).invite(email))),
    );
    expect(outcomes.sort()).toEqual(["done", "tenancy.addresses_refused"]);
  });

  it("keeps the invitation when the mail server is down, says so, and sends it later", async () => {
    const org = await testOrg();
    const caller = callerFor(tenancyRouter, org.owner);
    // Nothing listens at SMTP_URL in this file.
    const { invitations } = await caller.invite({ emails: [address()], role: "member" });
    expect(invitations).toMatchObject([{ isMailed: false }]);
    expect((await caller.invitations()).items).toMatchObject([{ isMailed: false, isExpired: false }]);
    await desk(org.owner).resend(invitations[0]!.id);
    expect((await caller.invitations()).items).toMatchObject([{ isMailed: true }]);
  });

  it("is counted per organization, so that it sends no spam", async () => {
    const org = await testOrg();
    const { invite, resend } = desk(org.owner);
    const { id } = await invite(address());
    await asOwner("update rate_limit set points = 200 where key like $1", [`invitation-mail:${org.orgId}%`]);
    expect(await refused(resend(id))).toBe("kernel.too_many_requests");
    expect(await refused(desk((await testOrg()).owner).invite(address()))).toBe("done");
  });

  it("ends with the membership of who invites: somebody removed a moment ago invites nobody", async () => {
    const org = await testOrg();
    const admin = org.as("admin");
    await asOwner("delete from membership where org_id = $1 and user_id = $2", [org.orgId, admin.userId]);
    expect(await refused(desk(admin).invite(address()))).toBe("kernel.not_found");
  });
});

describe("the plan's members", () => {
  const quota = (used: number, limit: number, plan: string | null) => ({
    code: "quota_exceeded",
    kind: "limit",
    details: { meter: "members", limit, used, plan, resets_at: null },
  });

  it("are counted with open invitations, so that whoever is invited finds a place", async () => {
    const org = await testOrg({ plan: "PRO", members: ["admin", "member"] });
    const { invite } = desk(org.owner);
    await invite(address());
    await invite(address());
    await expect(invite(address())).rejects.toMatchObject(quota(5, 5, "ENTERPRISE"));
    const both = inviteMembers(org.owner, { emails: [address(), address()], role: "member" }, async () => {});
    await expect(both).rejects.toMatchObject({ code: "quota_exceeded" });
  });

  it("are one on FREE, and the refusal names what allows more", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    await expect(desk(org.owner).invite(address())).rejects.toMatchObject(quota(1, 1, "PRO"));
  });

  it("let exactly one of ten invitations through that are sent at once for one place", async () => {
    const org = await testOrg({ plan: "PRO", members: ["admin", "member", "readonly"] });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => desk(org.owner).invite(address())),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("are counted again when an invitation is accepted: the plan may have shrunk meanwhile", async () => {
    const org = await testOrg({ plan: "PRO", members: [] });
    const guest = await testUser({ email: address() });
    const { token } = await desk(org.owner).invite(guest.email);
    await asOwner("update organization_plan set plan = 'FREE' where org_id = $1", [org.orgId]);
    await expect.poll(() => refused(accept(token, guest)), { timeout: 10_000 }).toBe("quota_exceeded");
    expect(await rolesOf(org.orgId, guest.userId)).toEqual([]);
    await asOwner("update organization_plan set plan = 'PRO' where org_id = $1", [org.orgId]);
    await expect.poll(() => accept(token, guest), { timeout: 10_000 }).toEqual({ slug: org.slug });
  });
});
