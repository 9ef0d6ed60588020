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
    const asApp = () => withTenant(owner, (scope) => scope.db.$executeRawUnsafe(statement));
    const why = { reason: "test", trace: owner.trace };
    const asSystem = () => withSystem(why, (scope) => scope.db.$executeRawUnsafe(statement));
    await expect(asApp()).rejects.toThrow(/permission denied/);
    // What nobody need keep any more may go, and the database says what that is.
    await expect(asSystem()).rejects.toThrow(/permission denied|append-only/);
    expect(await ledgerOf(orgId)).toHaveLength(1);
  });
});

describe("periods to look at", () => {
  const DAY = 86_400_000;
  const at = (text: string) => new Date(text);

  it("are those that something was counted in, by their real bounds, when the anchor moved in mid-period", async () => {
    onTestFinished(() => clock.setOffset(0));
    const org = await testOrg({ plan: "PRO", members: [] });
    const anchor = (to: Date) =>
      asOwner("update organization_plan set period_anchor = $2 where org_id = $1", [org.orgId, to]);
    const anchorIsKnown = (start: Date) =>
      expect
        .poll(
          () =>
            readTenant(org.owner, (scope) => usageThisPeriod(scope, "jobs")).then(
              ({ period }) => period.start,
            ),
          { timeout: 10_000 },
        )
        .toEqual(start);
    clock.setOffset(at("2027-01-12T00:00:00Z").getTime() - Date.now());
    await anchor(at("2027-01-10T00:00:00Z"));
    await anchorIsKnown(at("2027-01-10T00:00:00Z"));
    await count(org.owner, "job:before", 7);
    // Paid for in mid-period: from here on periods are counted from the 24th.
    await anchor(at("2027-01-24T00:00:00Z"));
    await anchorIsKnown(at("2026-12-24T00:00:00Z"));
    clock.setOffset(at("2027-01-15T00:00:00Z").getTime() - Date.now());
    await count(org.owner, "job:after", 2);

    const usage = callerFor(meteringRouter, org.owner);
    const periods = await usage.periods();
    expect(periods).toEqual([
      { start: at("2027-01-10T00:00:00Z"), end: at("2027-02-10T00:00:00Z"), isNow: false },
      { start: at("2026-12-24T00:00:00Z"), end: at("2027-01-24T00:00:00Z"), isNow: true },
    ]);
    const byDay = async (periodStart: Date | null) => {
      const { used, days, period } = await usage.byDay({ meter: "jobs", periodStart });
      return { used, period, days: days.filter(({ quantity }) => quantity > 0) };
    };
    expect(await byDay(periods[0]!.start)).toEqual({
      used: 7,
      period: { start: periods[0]!.start, end: periods[0]!.end },
      days: [{ day: "2027-01-12", quantity: 7 }],
    });
    // The same instants lie in the one that runs; what was counted before is not counted again.
    expect(await byDay(null)).toEqual({
      used: 2,
      period: { start: periods[1]!.start, end: periods[1]!.end },
      days: [{ day: "2027-01-15", quantity: 2 }],
    });
    expect(await byDay(periods[1]!.start)).toMatchObject({ used: 2 });
  });

  it("have the same bounds for a meter that nothing was counted of", async () => {
    onTestFinished(() => clock.setOffset(0));
    const org = await testOrg({ plan: "PRO", members: [] });
    await count(org.owner, "job:1");
    clock.setOffset(70 * DAY);
    const usage = callerFor(meteringRouter, org.owner);
    const [, past] = await usage.periods();
    const { period, used } = await usage.byDay({ meter: "images", periodStart: past!.start });
    expect({ period, used }).toEqual({ period: { start: past!.start, end: past!.end }, used: 0 });
  });

  it("say which plan has more of it, and how much, until none has", async () => {
    const [free, all] = [await testOrg({ plan: "FREE", members: [] }), await testOrg({ members: [] })];
    const next = async (org: typeof free, meter: "jobs" | "tts_seconds") =>
      (await callerFor(meteringRouter, org.owner).byDay({ meter })).next;
    expect(await next(free, "jobs")).toEqual({ plan: "PRO", limit: 5_000 });
    expect(await next(free, "tts_seconds")).toEqual({ plan: "PRO", limit: 300_000 });
    expect(await next(all, "jobs")).toBeNull();
  });
});
