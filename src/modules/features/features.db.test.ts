// Features on real Postgres: what is set, what stays of it, who learns of it, and what the doors make of it.
import pg from "pg";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { clock } from "~/kernel/clock";
import { FEATURES, type Feature } from "~/kernel/features";
import { env, forgetEnv } from "~/server/config/env";
import { databaseListener } from "~/server/db/listener";
import { OrgCache } from "~/server/db/org-cache";
import { readTenant } from "~/server/db/with-tenant";
import { withSystem } from "~/server/db/with-system";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { callerFor } from "~/testing/callers";
import { otherInstance } from "~/testing/other-instance";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { clearFeature, isFeatureEnabled, setFeature } from "./flows";
import { featuresRouter } from "./router";
import { heldNamespaces } from "./service";
import type { SetFeatureInput } from "./schema";

const set = (orgId: string, feature: Feature, enabled: boolean, more: Partial<SetFeatureInput> = {}) =>
  withSystem({ reason: "test", trace: testTrace() }, (scope) =>
    setFeature(scope, { orgId, feature, enabled, reason: "a trial of it", ...more }),
  );
const clear = (orgId: string, feature: Feature) =>
  withSystem({ reason: "test", trace: testTrace() }, (scope) =>
    clearFeature(scope, { orgId, feature, reason: "over" }),
  );

function kill(feature: Feature) {
  const { killSwitch } = FEATURES[feature];
  process.env[killSwitch] = "false";
  forgetEnv();
}
afterEach(() => {
  for (const { killSwitch } of Object.values(FEATURES)) delete process.env[killSwitch];
  forgetEnv();
  clock.setOffset(0);
});

async function asSuperuser(sql: string): Promise<void> {
  const superuser = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await superuser.connect();
  await superuser.query(sql);
  await superuser.end();
}

/** A founded organization would be on trial, which is PRO; test organizations are on what they are asked for. */
const freeOrg = () => testOrg({ plan: "FREE", members: [] });

describe("whether a feature is on", () => {
  it("follows the plan, until something is set for the organization, and again when that is taken back", async () => {
    const free = await freeOrg();
    const { orgId: rich } = await testOrg({ plan: "PRO", members: [] });
    expect(await isFeatureEnabled("workflows", rich)).toBe(true);
    expect(await isFeatureEnabled("workflows", free.orgId)).toBe(false);
    expect(await isFeatureEnabled("storefront", free.orgId)).toBe(true);
    await set(free.orgId, "workflows", true);
    await expect.poll(() => isFeatureEnabled("workflows", free.orgId)).toBe(true);
    await set(rich, "workflows", false);
    await expect.poll(() => isFeatureEnabled("workflows", rich)).toBe(false);
    await clear(rich, "workflows");
    await expect.poll(() => isFeatureEnabled("workflows", rich)).toBe(true);
  });

  it("ends with an override's own end, by the clock, though nothing changes in the table", async () => {
    const { orgId } = await freeOrg();
    await set(orgId, "agents", true, { expiresAt: new Date(Date.now() + 60_000) });
    await expect.poll(() => isFeatureEnabled("agents", orgId)).toBe(true);
    clock.setOffset(61_000);
    expect(await isFeatureEnabled("agents", orgId)).toBe(false);
  });

  it("is off under a kill switch, whatever else holds", async () => {
    const { orgId } = await testOrg({ members: [] });
    await set(orgId, "browser_automation", true);
    await expect.poll(() => isFeatureEnabled("browser_automation", orgId)).toBe(true);
    expect(heldNamespaces()).toEqual([]);
    kill("browser_automation");
    expect(env().FF_BROWSER_WORKER_ENABLED).toBe(false);
    expect(await isFeatureEnabled("browser_automation", orgId)).toBe(false);
    expect(heldNamespaces()).toEqual(["browser"]);
  });

  it("is told to whoever listens, of that organization and no other, as soon as it is committed", async () => {
    const [one, other] = [await freeOrg(), await freeOrg()];
    await expect.poll(() => databaseListener().isFresh()).toBe(true);
    // Two instances: each keeps what it knows until it is told.
    const [here, there] = [new OrgCache<string>("feature"), new OrgCache<string>("feature")];
    for (const cache of [here, there]) {
      await cache.of(one.orgId, async () => "old");
      await cache.of(other.orgId, async () => "old");
      expect(await cache.of(one.orgId, async () => "new")).toBe("old");
    }
    await set(one.orgId, "proposals", true);
    for (const cache of [here, there]) {
      await expect.poll(() => cache.of(one.orgId, async () => "new")).toBe("new");
      expect(await cache.of(other.orgId, async () => "new")).toBe("old");
    }
  });
});

describe("another process", () => {
  it("follows what is set here by what the database tells it, long before its own memory would be over", async () => {
    const ask = await otherInstance("src/testing/instance-of-features.ts");
    const { orgId } = await freeOrg();
    const there = () => ask(`agents ${orgId}`);
    expect(await there()).toBe("off");
    // Without the trigger that tells, it goes by its memory: that is what keeps the database out of each question.
    await asSuperuser(`set session_replication_role = replica;
      insert into organization_features (id, org_id, feature_name, enabled, reason)
      values (gen_random_uuid(), '${orgId}', 'agents', true, 'told to nobody')`);
    for (let asked = 0; asked < 20; asked++) expect(await there()).toBe("off");
    await asSuperuser(
      `set session_replication_role = replica; delete from organization_features where org_id = '${orgId}'`,
    );

    await set(orgId, "agents", true);
    await expect.poll(there, { timeout: 5_000, interval: 20 }).toBe("on");
    await set(orgId, "agents", false);
    await expect.poll(there, { timeout: 5_000, interval: 20 }).toBe("off");
  }, 60_000);
});

describe("what was set", () => {
  it("stays as history, with author, reason and end, and is written down each time", async () => {
    const { orgId, owner } = await freeOrg();
    const staff = owner.userId!;
    const asStaff = { reason: "test", trace: testTrace(), actorId: staff };
    await withSystem(asStaff, (scope) =>
      setFeature(scope, { orgId, feature: "agents", enabled: true, reason: "a trial" }),
    );
    await withSystem(asStaff, (scope) =>
      setFeature(scope, { orgId, feature: "agents", enabled: false, reason: "the trial is over" }),
    );
    const again = await withSystem(asStaff, (scope) =>
      setFeature(scope, { orgId, feature: "agents", enabled: false, reason: "the trial is over" }),
    );
    expect(again).toBe(false);
    const { features } = await callerFor(featuresRouter, owner).explain();
    const agents = features.find(({ feature }) => feature === "agents")!;
    expect(agents).toMatchObject({
      isOn: false,
      by: "override",
      plan: null,
      override: { enabled: false, reason: "the trial is over", author: "Pat owner", expiresAt: null },
      history: [{ enabled: true, reason: "a trial", author: "Pat owner" }],
    });
    expect(agents.rules).toEqual([
      { rule: "kill_switch", says: null, decides: false },
      { rule: "override", says: "off", decides: true },
      { rule: "plan", says: "off", decides: false },
      { rule: "default", says: "on", decides: false },
    ]);
    const entries = await asOwner(
      "select actor_id, action, target_id from audit_entry where org_id = $1 and action like 'feature.%'",
      [orgId],
    );
    expect(entries).toEqual(
      Array(2).fill({ actor_id: staff, action: "feature.override_set", target_id: "agents" }),
    );
  });

  it("is one at a time, also when two set it at once", async () => {
    const { orgId } = await freeOrg();
    await Promise.all([set(orgId, "studio", false), set(orgId, "studio", true), set(orgId, "studio", false)]);
    const open = await asOwner("select 1 from organization_features where org_id = $1 and ended_at is null", [
      orgId,
    ]);
    expect(open).toHaveLength(1);
  });

  it("needs an organization, a reason and an end that is still to come", async () => {
    const { orgId } = await freeOrg();
    await expect(set(orgId, "studio", true, { reason: " " })).rejects.toThrow();
    await expect(set(orgId, "studio", true, { expiresAt: new Date(0) })).rejects.toMatchObject({
      code: "features.expiry_is_over",
      fields: { expiresAt: expect.any(Array) as unknown },
    });
    await expect(set(crypto.randomUUID(), "studio", true)).rejects.toMatchObject({
      code: "kernel.not_found",
    });
    expect(await clear(orgId, "studio")).toBe(false);
  });

  it("says by the plan that would bring it, where only the plan is in the way", async () => {
    const { owner } = await freeOrg();
    const { features } = await callerFor(featuresRouter, owner).explain();
    expect(features.find(({ feature }) => feature === "workflows")).toMatchObject({
      isOn: false,
      by: "plan",
      plan: "PRO",
    });
  });

  it("is not the organization's own to write", async () => {
    const { owner, orgId } = await freeOrg();
    await set(orgId, "studio", false);
    const write = readTenant(owner, ({ db }) =>
      db.organizationFeature.updateMany({ where: { orgId }, data: { endedAt: new Date() } }),
    );
    await expect(write).rejects.toThrow();
  });
});

describe("a procedure of a feature", () => {
  const gated = router({
    report: orgProcedure
      .meta({ permission: "crm.read", feature: "advanced_reporting" })
      .output(z.string())
      .query(() => "figures"),
    open: orgProcedure
      .meta({ permission: "crm.read" })
      .output(z.string())
      .query(() => "always"),
  });

  it("answers where it is on, names the plan where that is the reason, and says it is off otherwise", async () => {
    const rich = await testOrg({ plan: "PRO", members: [] });
    const free = await freeOrg();
    expect(await callerFor(gated, rich.owner).report()).toBe("figures");
    await expect(callerFor(gated, free.owner).report()).rejects.toMatchObject({
      code: "PAYMENT_REQUIRED",
      cause: { code: "plan_required", details: { feature: "advanced_reporting", plan: "PRO" } },
    });
    await set(rich.orgId, "advanced_reporting", false);
    const refused = () =>
      callerFor(gated, rich.owner)
        .report()
        .then(
          () => "answered",
          (error: { cause?: { code?: string; publicMessage?: string } }) => error.cause,
        );
    await expect.poll(refused).toMatchObject({ code: "features.not_enabled" });
    expect(await refused()).toMatchObject({
      publicMessage: expect.stringMatching(/^Feature Advanced reporting not enabled\./) as unknown,
    });
    kill("advanced_reporting");
    await expect(callerFor(gated, free.owner).report()).rejects.toMatchObject({
      code: "FORBIDDEN",
      cause: { code: "features.not_enabled" },
    });
    expect(await callerFor(gated, free.owner).open()).toBe("always");
  });

  it("is refused for the permission first, so that a feature tells nobody what they may not know", async () => {
    const free = await testOrg({ plan: "FREE", members: ["readonly"] });
    const secret = router({
      act: orgProcedure
        .meta({ permission: "crm.write", feature: "advanced_reporting" })
        .output(z.string())
        .mutation(() => "done"),
    });
    await expect(callerFor(secret, free.as("readonly")).act()).rejects.toMatchObject({
      cause: { code: "kernel.forbidden" },
    });
  });
});

describe("why somebody may or may not", () => {
  it("names the first rule that refuses: member, role, organization, feature", async () => {
    const org = await testOrg({ plan: "FREE", members: ["member"] });
    onTestFinished(() =>
      asOwner("update organization set status = 'active' where id = $1", [org.orgId]).then(),
    );
    const caller = callerFor(featuresRouter, org.owner);
    const member = org.users[1]!.userId;
    const why = (userId: string, permission: string, feature?: Feature) =>
      caller.why({ userId, permission, feature });
    expect(await why(member, "crm.write")).toMatchObject({
      isAllowed: true,
      refusedBy: null,
      role: "member",
      roles: ["owner", "admin", "member"],
      scope: "crm:write",
      notForKeys: null,
    });
    expect(await why(member, "crm.write", "workflows")).toMatchObject({
      isAllowed: false,
      refusedBy: "feature",
      feature: { feature: "workflows", isOn: false, by: "plan" },
    });
    expect(await why(member, "billing.read")).toMatchObject({
      refusedBy: "role",
      roles: ["owner"],
      scope: null,
      notForKeys: expect.any(String) as unknown,
    });
    expect(await why(crypto.randomUUID(), "crm.read")).toMatchObject({ refusedBy: "member", role: null });
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    expect(await why(member, "crm.write")).toMatchObject({ refusedBy: "organization", status: "suspended" });
    expect(await why(member, "crm.read")).toMatchObject({ isAllowed: true });
  });

  it("is told to owners and admins alone", async () => {
    const org = await testOrg();
    await expect(callerFor(featuresRouter, org.as("member")).explain()).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await callerFor(featuresRouter, org.as("admin")).explain()).features).toHaveLength(12);
    expect(Object.keys(await callerFor(featuresRouter, org.as("readonly")).states())).toHaveLength(12);
  });
});
