// What the audit log calls the things of other slices.
import { afterAll, expect, it } from "vitest";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { readTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { testKey } from "~/testing/keys";
import { testOrg } from "~/testing/tenants";
import { auditTargets } from "./audit-targets";
import { appRouter } from "./routers";

afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

it("calls a key by its name and a webhook by its host, and leads to both", async () => {
  const { owner } = await testOrg();
  const api = callerFor(appRouter, owner);
  const key = await testKey(owner, { name: "Warehouse sync" });
  await api.apiKeys.revoke({ id: key.id });
  const { endpoint } = await api.webhooks.create({
    url: "https://hooks.example.com/in?token=for-the-receiver-alone",
    allEvents: true,
  });
  const { items } = await api.audit.list({});
  expect(items.slice(0, 3).map(({ deed }) => deed)).toEqual([
    "added the webhook to hooks.example.com",
    "revoked the API key Warehouse sync",
    "created the API key Warehouse sync",
  ]);
  expect(items[0]!.target).toMatchObject({
    label: "hooks.example.com",
    path: `/settings/webhooks/${endpoint.id}`,
  });
});

it("names nothing of another organization", async () => {
  const [org, other] = [await testOrg(), await testOrg()];
  const { id } = await testKey(other.owner, { name: "Theirs" });
  const found = await readTenant(org.owner, (scope) =>
    auditTargets(scope, [
      { type: "key", id },
      { type: "user", id: other.owner.userId! },
      { type: "organization", id: other.orgId },
    ]),
  );
  expect([...found.values()]).toEqual([]);
});
