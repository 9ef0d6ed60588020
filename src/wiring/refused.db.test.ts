// The doors as they are wired: whom they refuse stands in the audit log.
import { expect, it } from "vitest";
import type { UserActor } from "~/kernel/actor";
import { flushRefusals, tellRefusals } from "~/modules/audit";
import { createContext } from "~/server/trpc/context";
import { newId } from "~/server/db/ids";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { gates } from "./gates";
import { appRouter } from "./routers";

const told = async (where: string, values: unknown[]) => {
  await flushRefusals();
  await tellRefusals(new Date(Date.now() + 70_000));
  return asOwner<{ actor_id: string; target_id: string; detail: { after: { code: string; count: number } } }>(
    `select e.actor_id, e.target_id, d.detail from audit_entry e join audit_detail d on d.entry_id = e.id
     where e.action = 'permission.refused' and ${where}`,
    values,
  );
};

const callerFor = (actor: UserActor, orgSlug: string | null) =>
  appRouter.createCaller(
    createContext(
      { ...gates, session: async () => actor },
      { trace: actor.trace, token: "x", isApiClient: false, orgSlug, userAgent: null },
    ),
  );

it("tells the organization which member was refused what, and how often", async () => {
  const org = await testOrg({ members: ["readonly"] });
  const reader = org.users[1]!;
  const caller = callerFor(reader, org.slug);
  for (let n = 0; n < 3; n++)
    await expect(caller.gdpr.eraseOrganization(undefined as never)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  const entries = await told("e.org_id = $1", [org.orgId]);
  expect(entries[0]).toMatchObject({
    actor_id: reader.userId,
    target_id: "organization.delete",
    detail: { after: { code: "kernel.forbidden" } },
  });
  expect(entries.reduce((sum, { detail }) => sum + detail.after.count, 0)).toBe(3);
});

it("tells the platform who knocked at its own doors", async () => {
  const org = await testOrg({ members: [] });
  const actor: UserActor = { ...org.users[0]!, kind: "user", sessionId: newId(), trace: testTrace() };
  expect(await gates.isPlatformAdmin(actor)).toBe(false);
  expect(await told("e.org_id is null and e.actor_id = $1", [actor.userId])).toMatchObject([
    { target_id: "platform" },
  ]);
});

it("tells nothing of whoever is let in", async () => {
  const org = await testOrg({ members: [] });
  await callerFor(org.users[0]!, org.slug).tenancy.members({});
  expect(await told("e.org_id = $1", [org.orgId])).toEqual([]);
});
