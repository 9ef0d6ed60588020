// The ledger's chain, sums, warnings and corrections on real Postgres.
import { describe, expect, it, onTestFinished } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import type { Meter } from "~/kernel/meters";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { asOwner, testOrg, testTrace, unique } from "~/testing/tenants";
import { countCall, flushCalls } from "./flows/count-calls";
import { correctUsage } from "./flows/correct";
import { overageOf } from "./flows/overage";
import { closeEndedPeriods, rollUp } from "./flows/roll-up";
import { sealLedger } from "./flows/seal";
import { verifyLedger } from "./flows/verify";
import { countUsage, listEntries, usageByDay, usageSummary } from "./service";
import { withSystem } from "~/server/db/with-system";

const DAY = 86_400_000;

const count = (
  actor: OrgActor,
  quantity = 1,
  {
    meter = "jobs" as Meter,
    at = clock.now(),
    key = unique("key"),
    service = undefined as string | undefined,
  } = {},
) =>
  withTenant(actor, (scope) =>
    countUsage(scope, { meter, quantity, idempotencyKey: key, occurredAt: at, service }),
  );

/** As the database's own superuser could: past triggers. */
async function tamper(sql: string, values: unknown[]): Promise<void> {
  await asOwner("alter table usage_ledger disable trigger append_only");
  await asOwner("alter table usage_seal disable trigger user");
  try {
    await asOwner(sql, values);
  } finally {
    await asOwner("alter table usage_ledger enable trigger append_only");
    await asOwner("alter table usage_seal enable trigger user");
  }
}
const findingsOf = async (orgId: string) =>
  (await verifyLedger(testTrace())).findings
    .filter((finding) => finding.orgId === orgId)
    .map(({ kind }) => kind);
const sealAll = async () => {
  // Again, where a test has another turn under way.
  while ((await asOwner("select from usage_unsealed")).length > 0) await sealLedger();
};

describe("the chain", () => {
  it("seals every entry in a chain of its organization, without a gap, and verifies", async () => {
    const [one, other] = [await testOrg({ members: [] }), await testOrg({ members: [] })];
    await Promise.all([count(one.owner), count(other.owner), count(one.owner), count(one.owner)]);
    await sealAll();
    const seals = await asOwner<{ seq: string; prev_hash: string; hash: string }>(
      "select seq, prev_hash, hash from usage_seal where org_id = $1 order by seq",
      [one.orgId],
    );
    expect(seals.map(({ seq }) => seq)).toEqual(["1", "2", "3"]);
    expect(seals[0]!.prev_hash).toBe("");
    expect(seals[2]!.prev_hash).toBe(seals[1]!.hash);
    expect(await findingsOf(one.orgId)).toEqual([]);
  });

  it("goes on where it stopped, also when two processes seal at once", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 10 }, () => count(owner)));
      await Promise.all([sealLedger(), sealLedger()]);
    }
    await sealAll();
    expect(await findingsOf(orgId)).toEqual([]);
    expect(await asOwner("select max(seq)::int as seq from usage_seal where org_id = $1", [orgId])).toEqual([
      { seq: 30 },
    ]);
  });

  it("finds an entry that somebody changed past the triggers", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, 3);
    await sealAll();
    await tamper("update usage_ledger set quantity = 1 where org_id = $1", [orgId]);
    expect(await findingsOf(orgId)).toEqual(expect.arrayContaining(["entry_changed", "counter_differs"]));
  });

  it("finds an entry that was changed together with its digest", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, 3);
    await sealAll();
    await tamper("update usage_ledger set service = 'other' where org_id = $1", [orgId]);
    await tamper("update usage_ledger l set digest = app.ledger_digest(l) where org_id = $1", [orgId]);
    expect(await findingsOf(orgId)).toEqual(["chain_broken"]);
  });

  it("finds an entry that was taken out with its seal", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner);
    await count(owner);
    await count(owner);
    await sealAll();
    await tamper("delete from usage_seal where org_id = $1 and seq = 2", [orgId]);
    expect(await findingsOf(orgId)).toContain("chain_broken");
  });

  it("finds an entry that stays unsealed, and a counter that somebody moved", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner);
    await asOwner("delete from usage_unsealed where org_id = $1", [orgId]);
    await tamper("update usage_ledger set created_at = created_at - interval '2 minutes' where org_id = $1", [
      orgId,
    ]);
    await asOwner("update usage_counter set used = 9 where org_id = $1", [orgId]);
    expect(await findingsOf(orgId)).toEqual(expect.arrayContaining(["unsealed", "counter_differs"]));
  });

  it("takes no digest but its own from whoever writes", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await asOwner(
      `insert into usage_ledger (id, org_id, meter, quantity, idempotency_key, period_start, period_end, occurred_at, digest)
       values (gen_random_uuid(), $1, 'emails', 1, 'forged', now(), now() + interval '1 day', now(), 'forged')`,
      [orgId],
    );
    const [row] = await asOwner<{ digest: string }>("select digest from usage_ledger where org_id = $1", [
      owner.orgId,
    ]);
    expect(row!.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("sums by day", () => {
  it("say the same before and after each roll-up, and count what comes late", async () => {
    const { owner } = await testOrg({ members: [] });
    const day = () =>
      readTenant(owner, (scope) => usageByDay(scope, { meter: "images", periodsBack: 0 }, "Asia/Kolkata"));
    await count(owner, 5, { meter: "images" });
    const first = await day();
    expect(first.days.at(-1)!.quantity).toBe(5);
    await tamper("update usage_ledger set created_at = created_at - interval '2 minutes' where org_id = $1", [
      owner.orgId,
    ]);
    expect(await rollUp(testTrace())).toBeGreaterThan(0);
    expect(await asOwner("select quantity from usage_rollup where org_id = $1", [owner.orgId])).toEqual([
      { quantity: "5" },
    ]);
    expect((await day()).days).toEqual(first.days);
    await count(owner, 2, { meter: "images" });
    expect((await day()).days.at(-1)!.quantity).toBe(7);
    await rollUp(testTrace());
    expect((await day()).days.at(-1)!.quantity).toBe(7);
  });

  it("put a use into the day of the organization's own zone", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await asOwner("update organization_plan set period_anchor = '2026-03-01T00:00:00Z' where org_id = $1", [
      orgId,
    ]);
    onTestFinished(() => clock.setOffset(0));
    clock.setOffset(Date.parse("2026-03-20T12:00:00Z") - Date.now());
    await count(owner, 4, { meter: "images", at: new Date("2026-03-10T20:00:00Z") });
    const days = async (zone: string) =>
      (
        await readTenant(owner, (scope) => usageByDay(scope, { meter: "images", periodsBack: 0 }, zone))
      ).days.filter(({ quantity }) => quantity > 0);
    expect(await days("UTC")).toEqual([{ day: "2026-03-10", quantity: 4 }]);
    expect(await days("Asia/Kolkata")).toEqual([{ day: "2026-03-11", quantity: 4 }]);
  });

  it("close a period with what ledger and counter say of it, again and again alike", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, 6, { at: new Date(Date.now() - 62 * DAY) });
    await closeEndedPeriods(testTrace());
    await closeEndedPeriods(testTrace());
    expect(
      await asOwner("select quantity, entries, counted from usage_period where org_id = $1", [orgId]),
    ).toEqual([{ quantity: "6", entries: "1", counted: "6" }]);
  });
});

describe("warnings", () => {
  const warnedOf = (orgId: string) =>
    asOwner<{ threshold: number }>("select threshold from usage_warning where org_id = $1 order by 1", [
      orgId,
    ]);
  const announced = (orgId: string) =>
    asOwner<{ threshold: string }>(
      "select data ->> 'threshold' as threshold from outbox_event where org_id = $1 and name = 'metering/limit.neared'",
      [orgId],
    );
  const limited = async (limit: number) => {
    const org = await testOrg({ members: [] });
    await asOwner(
      "insert into entitlement_override (id, org_id, feature, \"limit\", reason) values (gen_random_uuid(), $1, 'jobs', $2, 'test')",
      [org.orgId, limit],
    );
    return org;
  };

  it("are decided exactly once a period and threshold, however many cross it at once", async () => {
    const { owner, orgId } = await limited(20);
    await Promise.all(Array.from({ length: 20 }, () => count(owner)));
    expect(await warnedOf(orgId)).toEqual([{ threshold: 80 }, { threshold: 100 }]);
    expect((await announced(orgId)).map(({ threshold }) => threshold).sort()).toEqual(["100", "80"]);
  });

  it("say 100 alone when one use goes past both, and nothing below 80", async () => {
    const { owner, orgId } = await limited(10);
    await count(owner, 7);
    expect(await warnedOf(orgId)).toEqual([]);
    await count(owner, 4);
    expect(await announced(orgId)).toEqual([{ threshold: "100" }]);
    expect(await readTenant(owner, usageSummary)).toMatchObject({
      meters: expect.arrayContaining([
        expect.objectContaining({ meter: "jobs", used: 11, limit: 10, warned: 100 }),
      ]) as unknown,
    });
  });
});

describe("a correction", () => {
  it("names what it corrects, moves the counter in that period, and counts once", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, 5, { key: "job:wrong" });
    const [entry] = await asOwner<{ id: string }>("select id from usage_ledger where org_id = $1", [orgId]);
    const correct = () =>
      correctUsage(
        { entryId: entry!.id, quantity: -2, reason: "counted twice by a fault", idempotencyKey: "fix:1" },
        { trace: testTrace(), actorId: owner.userId! },
      );
    expect(await correct()).toBe(await correct());
    expect(await asOwner("select used from usage_counter where org_id = $1", [orgId])).toEqual([
      { used: "3" },
    ]);
    const { items } = await readTenant(owner, (scope) =>
      listEntries(scope, { meter: "jobs", periodsBack: 0, limit: 10 }),
    );
    expect(items[0]).toMatchObject({
      quantity: -2,
      corrects: { id: entry!.id, reason: "counted twice by a fault" },
    });
    await sealAll();
    expect(await findingsOf(orgId)).toEqual([]);
  });

  it("cannot take away more than there is", async () => {
    const { owner, orgId } = await testOrg({ members: [] });
    await count(owner, 5);
    const [entry] = await asOwner<{ id: string }>("select id from usage_ledger where org_id = $1", [orgId]);
    const correct = (quantity: number, idempotencyKey: string) =>
      correctUsage(
        { entryId: entry!.id, quantity, reason: "test", idempotencyKey },
        { trace: testTrace(), actorId: owner.userId! },
      );
    await correct(-4, "fix:1");
    await expect(correct(-2, "fix:2")).rejects.toMatchObject({ code: "metering.corrects_too_much" });
  });
});

describe("API calls", () => {
  it("become one entry a turn and organization, with every call in it", async () => {
    const { orgId } = await testOrg({ members: [] });
    for (let call = 0; call < 250; call++) countCall(orgId);
    await flushCalls();
    await flushCalls();
    expect(
      await asOwner("select quantity, source_type from usage_ledger where org_id = $1", [orgId]),
    ).toEqual([{ quantity: "250", source_type: "call" }]);
  });

  it("are written later, once, when the database refused them", async () => {
    const { orgId } = await testOrg({ members: [] });
    countCall(orgId);
    await asOwner(
      "alter table usage_ledger add constraint out_of_order check (meter <> 'api_calls') not valid",
    );
    await expect(flushCalls()).rejects.toThrow();
    await asOwner("alter table usage_ledger drop constraint out_of_order");
    countCall(orgId);
    await flushCalls();
    expect(
      await asOwner("select sum(quantity)::int as calls from usage_ledger where org_id = $1", [orgId]),
    ).toEqual([{ calls: 2 }]);
  });
});

describe("overage", () => {
  it("is what was used beyond the plan, per period, from counters and daily measures", async () => {
    const { owner, orgId } = await testOrg({ plan: "PRO", members: [] });
    await asOwner("update organization_plan set period_anchor = '2026-04-01T00:00:00Z' where org_id = $1", [
      orgId,
    ]);
    const at = new Date("2026-04-10T00:00:00Z");
    await count(owner, 2_507, { meter: "images", at });
    await count(owner, 10, { meter: "tts_seconds", at });
    const found = await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
      overageOf(scope, orgId, new Date("2026-04-01T00:00:00Z")),
    );
    expect(found.map(({ meter, used, included, over }) => ({ meter, used, included, over }))).toEqual([
      { meter: "images", used: 2_507, included: 2_500, over: 7 },
      { meter: "tts_seconds", used: 10, included: 300_000, over: 0 },
    ]);
  });
});
