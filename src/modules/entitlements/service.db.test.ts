// What an organization may have, on real Postgres.
import { describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import { ENTITLEMENTS, PLANS } from "~/kernel/plans";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { withSystem } from "~/server/db/with-system";
import { asOwner, testOrg, testTrace, type TestOrg } from "~/testing/tenants";
import { callerFor } from "~/testing/callers";
import { entitlementsRouter } from "./router";
import { applyPlan, askRoom, requireFeature, setOverage, termsOf } from "./service";
import type { PlanChange } from "./schema";

const DAY = 86_400_000;
const asked = { reason: "test", trace: testTrace() };
const apply = (orgId: string, change: PlanChange) =>
  withSystem(asked, (scope) => applyPlan(scope, orgId, change));
const terms = (org: Pick<TestOrg, "owner" | "orgId">) =>
  readTenant(org.owner, ({ db }) => termsOf({ db, orgId: org.orgId }));
const announced = (orgId: string) =>
  asOwner<{ before: string; after: string }>(
    `select data ->> 'before' as before, data ->> 'after' as after from outbox_event
     where org_id = $1 and name = 'entitlements/plan.changed' order by id`,
    [orgId],
  );
const override = (orgId: string, feature: string, limit: number, expiresAt: Date | null = null) =>
  asOwner(
    `insert into entitlement_override (id, org_id, feature, "limit", reason, expires_at)
     values (gen_random_uuid(), $1, $2, $3, 'test', $4)`,
    [orgId, feature, limit, expiresAt],
  );

describe("the table of plans", () => {
  it("has every entitlement of every plan, and says of FREE, PRO and ENTERPRISE what the price page promises", async () => {
    const rows = await asOwner<{ plan: string; feature: string; limit: string }>(
      "select * from plan_entitlements",
    );
    expect(rows).toHaveLength(PLANS.length * ENTITLEMENTS.length);
    const of = (feature: string) =>
      PLANS.map((plan) => Number(rows.find((row) => row.plan === plan && row.feature === feature)!.limit));
    expect(of("members")).toEqual([1, 5, -1]);
    expect(of("jobs")).toEqual([1_000, 5_000, -1]);
    expect(of("ai_tokens")).toEqual([0, 100_000, -1]);
    expect(of("images")).toEqual([500, 2_500, -1]);
    expect(of("tts_minutes")).toEqual([1_000, 5_000, -1]);
    expect(of("render_minutes")).toEqual([500, 2_500, -1]);
    expect(of("storage_gb")).toEqual([100, 500, -1]);
    expect(of("rendering_4k")).toEqual([0, 1, 1]);
    expect(of("crm")).toEqual([1, 1, 1]);
  });
});

describe("an organization", () => {
  it("cannot give itself a plan or a longer trial later", async () => {
    const { owner, orgId } = await testOrg({ plan: "FREE", members: [] });
    for (const sql of [
      `update organization_plan set plan = 'ENTERPRISE' where org_id = '${orgId}'`,
      `update organization_plan set trial_ends_at = now() + interval '9 years' where org_id = '${orgId}'`,
      `insert into entitlement_override (id, org_id, feature, "limit", reason) values (gen_random_uuid(), '${orgId}', 'jobs', -1, 'please')`,
      `insert into organization_plan (org_id, plan, period_anchor) values ('${orgId}', 'ENTERPRISE', now())`,
      `update plan_entitlements set "limit" = -1`,
    ])
      await expect(withTenant(owner, ({ db }) => db.$executeRawUnsafe(sql))).rejects.toThrow(
        /permission denied/,
      );
  });
});

describe("a change of plan", () => {
  it("is announced once, ends a trial for good, and is known to this process without waiting", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    await asOwner(
      "update organization_plan set trial_ends_at = now() + interval '9 days' where org_id = $1",
      [org.orgId],
    );
    expect((await terms(org)).basePlan).toBe("FREE");
    const change = { plan: "PRO", source: "stripe", periodAnchor: new Date("2026-05-05T05:05:05Z") } as const;
    expect(await apply(org.orgId, change)).toBe(true);
    expect(await apply(org.orgId, change)).toBe(false);
    expect(await announced(org.orgId)).toEqual([{ before: "FREE", after: "PRO" }]);
    await expect.poll(async () => (await terms(org)).basePlan, { timeout: 10_000 }).toBe("PRO");
    const now = await terms(org);
    expect(now.trialEndsAt).toBeNull();
    expect(now.periodAt(new Date("2026-06-01T00:00:00Z")).start).toEqual(change.periodAnchor);
    await apply(org.orgId, { plan: "FREE", source: "none", periodAnchor: null });
    await expect.poll(async () => (await terms(org)).plan, { timeout: 10_000 }).toBe("FREE");
  });

  it("switches overage off with the plan that had it", async () => {
    const org = await testOrg({ plan: "PRO", members: [] });
    await withTenant(org.owner, (scope) => setOverage(scope, { enabled: true, cap: "25" }));
    await expect.poll(async () => (await terms(org)).overageCap, { timeout: 10_000 }).toBe("25.000");
    await apply(org.orgId, { plan: "FREE", source: "none" });
    await expect.poll(async () => (await terms(org)).overageCap, { timeout: 10_000 }).toBeNull();
    await expect(
      withTenant(org.owner, (scope) => setOverage(scope, { enabled: true, cap: "25" })),
    ).rejects.toMatchObject({
      code: "entitlements.overage_not_in_plan",
    });
  });
});

describe("an override", () => {
  it("goes before the plan until it expires by the clock", async () => {
    onTestFinished(() => clock.setOffset(0));
    const org = await testOrg({ plan: "FREE", members: [] });
    await override(org.orgId, "members", 3, new Date(Date.now() + DAY));
    expect((await terms(org)).limit("members")).toBe(3);
    clock.setOffset(DAY + 1_000);
    expect((await terms(org)).limit("members")).toBe(1);
  });

  it("may take away what the plan has", async () => {
    const org = await testOrg({ plan: "PRO", members: [] });
    await override(org.orgId, "studio", 0);
    await expect(
      readTenant(org.owner, ({ db }) => requireFeature({ db, orgId: org.orgId }, "studio")),
    ).rejects.toMatchObject({ code: "plan_required", kind: "limit" });
  });
});

describe("the question", () => {
  it("names the lowest plan that would allow it, and none where none does", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    const ask = (used: number) =>
      readTenant(org.owner, ({ db }) =>
        askRoom({ db, orgId: org.orgId }, { limit: "members", used, asked: 1, resetsAt: null }),
      );
    expect(await ask(0)).toEqual({ isThere: true });
    expect(await ask(1)).toMatchObject({ isThere: false, limit: 1, used: 1, plan: "PRO" });
    expect(await ask(5)).toMatchObject({ isThere: false, plan: "ENTERPRISE" });
  });

  it("says what PRO has to an organization on FREE that lacks a feature", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    const refused = readTenant(org.owner, ({ db }) => requireFeature({ db, orgId: org.orgId }, "workflows"));
    await expect(refused).rejects.toMatchObject({
      code: "plan_required",
      details: { feature: "workflows", plan: "PRO" },
    });
    await expect(
      readTenant(org.owner, ({ db }) => requireFeature({ db, orgId: org.orgId }, "crm")),
    ).resolves.toBeUndefined();
  });

  it("is answered to every member of an organization, by that organization alone", async () => {
    const [one, other] = [await testOrg({ plan: "PRO" }), await testOrg({ plan: "FREE" })];
    expect(await callerFor(entitlementsRouter, one.as("readonly")).current()).toMatchObject({
      plan: "PRO",
      limits: { members: 5 },
    });
    expect(await callerFor(entitlementsRouter, other.owner).current()).toMatchObject({ plan: "FREE" });
  });
});
