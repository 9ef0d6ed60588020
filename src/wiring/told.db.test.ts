// What tenancy announces, told by notifications: through both slices' own doors, with the engine's part done by hand.
import { expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { countUsage } from "~/modules/metering";
import { countInvitationMail } from "~/modules/metering/flows/count-mails";
import { LimitNeared } from "~/modules/metering/events";
import { tellOfAcceptance, tellOfRole } from "~/modules/notifications/flows/tell";
import { tellOfLimit, type LimitMailed } from "~/modules/notifications/flows/tell-of-limit";
import { InvitationAccepted, InvitationMailed, RoleChanged } from "~/modules/tenancy/events";
import { acceptInvitation, inviteMembers } from "~/modules/tenancy/flows";
import { invitationToken } from "~/modules/tenancy/service";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
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

it("tells owners and admins of a limit that is neared, mails the owners, and counts those mails", async () => {
  const org = await testOrg();
  await asOwner(
    `insert into entitlement_override (id, org_id, feature, "limit", reason) values (gen_random_uuid(), $1, 'images', 10, 'test')`,
    [org.orgId],
  );
  await withTenant(org.owner, (scope) =>
    countUsage(scope, { meter: "images", quantity: 9, idempotencyKey: "images:1", occurredAt: new Date() }),
  );
  const event = LimitNeared.parse(await announced(org.orgId, "metering/limit.neared"));
  const mails: LimitMailed[] = [];
  for (const _ of [1, 2])
    expect(await tellOfLimit(event, testTrace(), async (mail) => void mails.push(mail))).toBe(1);
  expect(new Set(mails.map(({ id }) => id)).size).toBe(1);
  expect(mails[0]).toMatchObject({
    to: org.users[0]!.email,
    meter: "images",
    threshold: 80,
    used: 9,
    included: 10,
  });
  for (const role of ["owner", "admin"] as const)
    expect(await told(org.as(role))).toMatchObject([
      { kind: "limit.neared", targetId: null, detail: { meter: "images", threshold: 80 } },
    ]);
  expect(await told(org.as("member"))).toEqual([]);
  expect(
    await asOwner(
      "select sum(quantity)::int as mails from usage_ledger where org_id = $1 and meter = 'emails'",
      [org.orgId],
    ),
  ).toEqual([{ mails: 1 }]);
});

it("tells nobody of a limit that no warning was decided for, whatever the event says", async () => {
  const org = await testOrg({ members: [] });
  const made = {
    orgId: org.orgId,
    meter: "jobs",
    threshold: 100,
    periodStart: new Date().toISOString(),
  } as const;
  expect(await tellOfLimit(made, testTrace(), async () => expect.unreachable())).toBe(false);
  expect(await told(org.owner)).toEqual([]);
});

it("counts the mail of an invitation once for each time it is sent", async () => {
  const org = await testOrg();
  await inviteMembers(org.owner, { emails: [`${newId()}@example.test`], role: "member" }, async () => {});
  const event = InvitationMailed.parse(await announced(org.orgId, "tenancy/invitation.mailed"));
  expect(await countInvitationMail(event, testTrace())).toBe(true);
  expect(await countInvitationMail(event, testTrace())).toBe(false);
});
