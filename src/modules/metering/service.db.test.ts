// Real Postgres, roles as in production; a fresh organization per test. Each title is a promise.
import { describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg } from "~/testing/tenants";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { withSystem } from "~/server/db/with-system";
import type { OrgActor } from "~/kernel/actor";
import { meteringRouter } from "./router";
import { countUsage, usageThisPeriod } from "./service";

const count = (actor: OrgActor, idempotencyKey: string, quantity = 1, occurredAt = clock.now()) =>
  withTenant(actor, (scope) => countUsage(scope, { meter: "jobs", quantity, idempotencyKey, occurredAt }));
const ledgerOf = (orgId: string) =>
  asOwner<{ quantity: string; idempotency_key: string }>(
    "select quantity, idempotency_key from usage_ledger where org_id = $1",
    [orgId],
  );

describe("counting", () => {
  it("counts a replayed key once, so that a retry is never billed twice", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    expect(await count(owner, "job:1", 3)).toEqual({ counted: true, used: 3 });
    expect(await count(owner, "job:1", 3)).toEqual({ counted: false, used: 3 });
    expect(await count(owner, "job:2")).toEqual({ counted: true, used: 4 });
    expect(await ledgerOf(orgId)).toHaveLength(2);
  });

  it("counts once when the same key comes twenty times at once", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const receipts = await Promise.all(Array.from({ length: 20 }, () => count(owner, "job:same")));
    expect(receipts.filter((receipt) => receipt.counted)).toHaveLength(1);
    expect(await ledgerOf(orgId)).toHaveLength(1);
    expect(await readTenant(owner, (scope) => usageThisPeriod(scope, "jobs"))).toMatchObject({ used: 1 });
  });

  it("keeps the counter equal to the ledger when many keys come at once", async () => {
    const { owner } = await testOrg({ members: [] });
    await Promise.all(Array.from({ length: 30 }, (_, at) => count(owner, `job:${at % 15}`, 2)));
    expect(await readTenant(owner, (scope) => usageThisPeriod(scope, "jobs"))).toMatchObject({ used: 30 });
  });

  it("counts nothing when the transaction that counts is rolled back", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    const undone = withTenant(owner, async (scope) => {
      await countUsage(scope, {
        meter: "jobs",
        quantity: 1,
        idempotencyKey: "job:1",
        occurredAt: clock.now(),
      });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await ledgerOf(orgId)).toEqual([]);
    expect(await count(owner, "job:1")).toEqual({ counted: true, used: 1 });
  });

  it("is blind to another organization's rows under the same key", async () => {
    const [one, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    await count(one.owner, "same", 40);
    expect(await count(other.owner, "same")).toEqual({ counted: true, used: 1 });
  });

  it("puts a use into the period of its own instant, and starts anew with the next period", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await asOwner("update organization_plan set period_anchor = '2026-01-31T10:00:00Z' where org_id = $1", [
      orgId,
    ]);
    await count(owner, "before", 5, new Date("2026-02-28T09:59:59.999Z"));
    await count(owner, "after", 7, new Date("2026-02-28T10:00:00Z"));
    expect(
      await asOwner("select period_start, period_end, used from usage_counter where org_id = $1 order by 1", [
        orgId,
      ]),
    ).toEqual([
      {
        period_start: new Date("2026-01-31T10:00:00Z"),
        period_end: new Date("2026-02-28T10:00:00Z"),
        used: "5",
      },
      {
        period_start: new Date("2026-02-28T10:00:00Z"),
        period_end: new Date("2026-03-31T10:00:00Z"),
        used: "7",
      },
    ]);
  });

  it("shows nothing used once the clock has passed the period's end", async () => {
    const { owner } = await testOrg({ members: [] });
    onTestFinished(() => clock.setOffset(0));
    await count(owner, "job:1");
    const usage = () => callerFor(meteringRouter, owner).thisPeriod({ meter: "jobs" });
    const { used, period } = await usage();
    expect(used).toBe(1);
    clock.setOffset(period.end.getTime() - Date.now() + 1_000);
    expect(await usage()).toMatchObject({ used: 0, period: { start: period.end } });
  });

  it.each([0, -1, 1.5])("refuses a quantity of %s, which is no whole use", async (quantity) => {
    const { owner } = await testOrg({ members: [] });
    await expect(count(owner, "job:1", quantity)).rejects.toThrow();
  });
});

describe("the ledger is append-only", () => {
  const changes = [
    "update usage_ledger set quantity = 0 where org_id = $1::uuid",
    "delete from usage_ledger where org_id = $1::uuid",
  ];
  it.each(changes)("refuses the owner role: %s", async (sql) => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, "job:1");
    await expect(asOwner(sql, [orgId])).rejects.toMatchObject({ code: "42501" });
    expect(await ledgerOf(orgId)).toHaveLength(1);
  });

  it("refuses the owner role to truncate it", async () => {
    await expect(asOwner("truncate usage_ledger cascade")).rejects.toMatchObject({ code: "42501" });
  });

  it.each(changes)("refuses the app and the system role: %s", async (sql) => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, "job:1");
    const statement = sql.replace("$1::uuid", `'${orgId}'::uuid`);
    const asApp = withTenant(owner, (scope) => scope.db.$executeRawUnsafe(statement));
    const trace = owner.trace;
    const asSystem = withSystem({ reason: "test", trace }, (scope) => scope.db.$executeRawUnsafe(statement));
    await expect(asApp).rejects.toThrow(/permission denied/);
    await expect(asSystem).rejects.toThrow(/permission denied/);
    expect(await ledgerOf(orgId)).toHaveLength(1);
  });
});
