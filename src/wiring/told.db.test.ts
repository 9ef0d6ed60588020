// What tenancy announces, told by notifications: through both slices' own doors, with the engine's part done by hand.
import { expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { tellOfAcceptance, tellOfRole } from "~/modules/notifications/flows/tell";
import { InvitationAccepted, RoleChanged } from "~/modules/tenancy/events";
import { acceptInvitation, inviteMembers } from "~/modules/tenancy/flows";
import { invitationToken } from "~/modules/tenancy/service";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, testTrace, testUser } from "~/testing/tenants";
import { appRouter } from "./routers";

const announced = async (orgId: string, name: string): Promise<unknown> => {
  const [row] = await asOwner("select data from outbox_event where org_id = $1 and name = $2", [orgId, name]);
  return row?.data;
};
const told = async (actor: OrgActor) => (await callerFor(appRouter, actor).notifications.list({})).items;

it("tells whoever invited that the invitation was accepted, once", async () => {
  const org = await testOrg();
  const guest = await testUser({ name: "Grace Guest" });
  let token = "";
  await inviteMembers(org.owner, { emails: [guest.email], role: "member" }, async (mail) => {
    token = invitationToken(mail.id, mail.sentAt);
  });
  await acceptInvitation(guest, token);
  const event = InvitationAccepted.parse(await announced(org.orgId, "tenancy/invitation.accepted"));
  for (const _ of [1, 2]) expect(await tellOfAcceptance(event, testTrace())).toBe(true);
  expect(await told(org.owner)).toMatchObject([
    { kind: "invitation.accepted", person: { name: "Grace Guest" }, detail: { role: "member" } },
  ]);
});

it("tells of no acceptance that was none", async () => {
  const org = await testOrg();
  const guest = await testUser();
  let invitationId = "";
  await inviteMembers(org.owner, { emails: [guest.email], role: "member" }, async (mail) => {
    invitationId = mail.id;
  });
  expect(await tellOfAcceptance({ invitationId }, testTrace())).toBe(false);
  expect(await tellOfAcceptance({ invitationId: newId() }, testTrace())).toBe(false);
  expect(await told(org.owner)).toEqual([]);
});

it("tells a member of a new role, and believes the row about whose it is", async () => {
  const org = await testOrg();
  const member = org.as("member");
  await callerFor(appRouter, org.owner).tenancy.changeRole({ userId: member.userId!, role: "admin" });
  const event = RoleChanged.parse(await announced(org.orgId, "tenancy/role.changed"));
  await tellOfRole(event, testTrace());
  expect(await told(member)).toMatchObject([
    {
      kind: "role.changed",
      person: { name: org.users[0]!.name },
      detail: { before: "member", after: "admin" },
    },
  ]);
  expect(await tellOfRole({ ...event, membershipId: newId() }, testTrace())).toBe(false);
});
