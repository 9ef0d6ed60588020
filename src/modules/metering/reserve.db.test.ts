// Reservations on real Postgres: what is promised never exceeds a plan, and no unit is lost or doubled.
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { DomainError } from "~/kernel/errors";
import type { Meter } from "~/kernel/meters";
import { applyPlan } from "~/modules/entitlements";
import { withSystem } from "~/server/db/with-system";
import { withTenant } from "~/server/db/with-tenant";
import { asOwner, testOrg } from "~/testing/tenants";
import { expireReservations } from "./flows/expire";
import { commitUsage, releaseUsage, reserveUsage } from "./service";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Gives the organization a limit of its own. */
async function limited(limit: number, feature = "jobs") {
  const org = await testOrg({ members: [] });
  await asOwner(
    "insert into entitlement_override (id, org_id, feature, \"limit\", reason) values (gen_random_uuid(), $1, $2, $3, 'test')",
    [org.orgId, feature, limit],
  );
  return org;
}

const reserve = (
  actor: OrgActor,
  key: string,
  quantity = 1,
  { meter = "jobs" as Meter, forMs = HOUR } = {},
) =>
  withTenant(actor, (scope) =>
    reserveUsage(scope, { meter, key, quantity, expiresAt: new Date(clock.now().getTime() + forMs) }),
  );
const commit = (actor: OrgActor, key: string, quantity = 1, meter: Meter = "jobs") =>
  withTenant(actor, (scope) =>
    commitUsage(scope, { meter, quantity, idempotencyKey: key, occurredAt: clock.now() }),
  );
const release = (actor: OrgActor, key: string) =>
  withTenant(actor, (scope) => releaseUsage(scope, { meter: "jobs", key }));
const refusalOf = (error: unknown) => {
  if (!(error instanceof DomainError)) throw error;
  return error;
};
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => refusalOf(error),
  );
const countersOf = async (orgId: string, meter: Meter = "jobs") =>
  (
    await asOwner<{ used: string; reserved: string }>(
      "select used, reserved from usage_counter where org_id = $1 and meter = $2 order by period_start",
      [orgId, meter],
    )
  ).map(({ used, reserved }) => ({ used: Number(used), reserved: Number(reserved) }));
const ledgerSum = async (orgId: string) =>
  Number(
    (
      await asOwner<{ sum: string }>(
        "select coalesce(sum(quantity), 0) as sum from usage_ledger where org_id = $1",
        [orgId],
      )
    )[0]!.sum,
  );

describe("a reservation", () => {
  it("lets exactly 50 of 200 callers through when 50 are left", async () => {
    const { owner, orgId } = await limited(50);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, at) => refused(reserve(owner, `job:${at}`))),
    );
    expect(answers.filter((answer) => answer === null)).toHaveLength(50);
    expect(await countersOf(orgId)).toEqual([{ used: 0, reserved: 50 }]);
  });

  it("refuses with what ran out, how much there is, when it begins anew, and where more is to be had", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    await asOwner(
      "insert into entitlement_override (id, org_id, feature, \"limit\", reason) values (gen_random_uuid(), $1, 'jobs', 2, 'test')",
      [org.orgId],
    );
    await reserve(org.owner, "job:1", 2);
    const error = await refused(reserve(org.owner, "job:2"));
    expect(error).toMatchObject({ kind: "limit", code: "quota_exceeded" });
    expect(error!.message).toMatch(/ It begins anew on \d{1,2} [A-Z][a-z]+ \d{4} \(UTC\)\./);
    expect(error!.details).toMatchObject({
      meter: "jobs",
      limit: 2,
      used: 2,
      plan: "PRO",
      plan_limit: 5_000,
    });
    expect(String(error!.details.upgrade_url)).toMatch(/\/billing$/);
    expect(new Date(String(error!.details.resets_at)) > clock.now()).toBe(true);
  });

  it("holds the same units when it is asked for again", async () => {
    const { owner, orgId } = await limited(1);
    await reserve(owner, "job:1");
    await reserve(owner, "job:1");
    expect(await countersOf(orgId)).toEqual([{ used: 0, reserved: 1 }]);
  });

  it("becomes a use when it is committed, once, and gives nothing back afterwards", async () => {
    const { owner, orgId } = await limited(1);
    await reserve(owner, "job:1");
    expect(await commit(owner, "job:1")).toEqual({ counted: true, used: 1 });
    expect(await commit(owner, "job:1")).toEqual({ counted: false, used: 1 });
    expect(await release(owner, "job:1")).toBe(false);
    expect(await countersOf(orgId)).toEqual([{ used: 1, reserved: 0 }]);
    expect(await ledgerSum(orgId)).toBe(1);
  });

  it("gives its units to others when it is released", async () => {
    const { owner } = await limited(1);
    await reserve(owner, "job:1");
    expect(await release(owner, "job:1")).toBe(true);
    await reserve(owner, "job:2");
    expect((await refused(reserve(owner, "job:3")))?.code).toBe("quota_exceeded");
  });

  it("commits less than was reserved and gives the rest back; more only where there is room", async () => {
    const { owner, orgId } = await limited(10);
    await reserve(owner, "job:less", 5);
    await commit(owner, "job:less", 3);
    expect(await countersOf(orgId)).toEqual([{ used: 3, reserved: 0 }]);
    await reserve(owner, "job:more", 2);
    await commit(owner, "job:more", 7);
    expect(await countersOf(orgId)).toEqual([{ used: 10, reserved: 0 }]);
    await asOwner('update entitlement_override set "limit" = 11 where org_id = $1', [orgId]);
    await expect.poll(() => refused(reserve(owner, "job:over", 1))).toBeNull();
    expect((await refused(commit(owner, "job:over", 2)))?.code).toBe("quota_exceeded");
    expect(await countersOf(orgId)).toEqual([{ used: 10, reserved: 1 }]);
  });

  it("expires by the clock, and is taken anew by its late commit only while there is room", async () => {
    onTestFinished(() => clock.setOffset(0));
    const { owner, orgId } = await limited(1);
    await reserve(owner, "job:late", 1, { forMs: 1_000 });
    clock.setOffset(2_000);
    await expireReservations();
    expect(await countersOf(orgId)).toEqual([{ used: 0, reserved: 0 }]);
    await reserve(owner, "job:other");
    expect((await refused(commit(owner, "job:late")))?.code).toBe("quota_exceeded");
    await release(owner, "job:other");
    expect(await commit(owner, "job:late")).toEqual({ counted: true, used: 1 });
    expect(await ledgerSum(orgId)).toBe(1);
  });

  it("counts in the period it is committed in, and frees the one it was made in", async () => {
    onTestFinished(() => clock.setOffset(0));
    const { owner, orgId } = await limited(1);
    await reserve(owner, "job:1", 1, { forMs: 90 * DAY });
    clock.setOffset(32 * DAY);
    await commit(owner, "job:1");
    expect(await countersOf(orgId)).toEqual([
      { used: 0, reserved: 0 },
      { used: 1, reserved: 0 },
    ]);
  });

  it("is kept by its organization alone: another one's key of the same name is another", async () => {
    const [one, other] = [await limited(1), await limited(1)];
    await reserve(one.owner, "job:1");
    await reserve(other.owner, "job:1");
    expect(await release(one.owner, "job:1")).toBe(true);
    expect(await countersOf(other.orgId)).toEqual([{ used: 0, reserved: 1 }]);
  });
});

describe("overage", () => {
  async function paying(cap: string) {
    const org = await testOrg({ plan: "PRO", members: [] });
    for (const [feature, limit] of [
      ["images", 10],
      ["tts_minutes", 1],
    ] as const)
      await asOwner(
        "insert into entitlement_override (id, org_id, feature, \"limit\", reason) values (gen_random_uuid(), $1, $2, $3, 'test')",
        [org.orgId, feature, limit],
      );
    await asOwner("update organization_plan set overage_enabled = true, overage_cap = $2 where org_id = $1", [
      org.orgId,
      cap,
    ]);
    return org;
  }

  it("goes beyond the plan up to its cap and not a unit further, however many ask at once", async () => {
    const { owner, orgId } = await paying("1.000");
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) => refused(reserve(owner, `image:${at}`, 1, { meter: "images" }))),
    );
    // 10 included, and 20 images of $0.05 for $1.
    expect(answers.filter((answer) => answer === null)).toHaveLength(30);
    expect(await countersOf(orgId, "images")).toEqual([{ used: 0, reserved: 30 }]);
  });

  it("shares its cap between the meters", async () => {
    const { owner } = await paying("1.000");
    await reserve(owner, "image:1", 20, { meter: "images" }); // 10 beyond: $0.50
    await reserve(owner, "speech:1", 560, { meter: "tts_seconds" }); // 500 s beyond: $0.50
    expect((await refused(reserve(owner, "speech:2", 1, { meter: "tts_seconds" })))?.code).toBe(
      "quota_exceeded",
    );
    expect((await refused(reserve(owner, "image:2", 1, { meter: "images" })))?.code).toBe("quota_exceeded");
  });

  it("does not exist for jobs", async () => {
    const { owner, orgId } = await paying("100.000");
    await asOwner(
      "insert into entitlement_override (id, org_id, feature, \"limit\", reason) values (gen_random_uuid(), $1, 'jobs', 1, 'test')",
      [orgId],
    );
    await reserve(owner, "job:1");
    expect((await refused(reserve(owner, "job:2")))?.code).toBe("quota_exceeded");
  });
});

describe("a plan that changes", () => {
  it("is felt by the next use, on the same connection pool, without waiting for anything to expire", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    const asked = { reason: "test", trace: org.owner.trace };
    expect((await refused(reserve(org.owner, "tokens:1", 10, { meter: "ai_tokens" })))?.code).toBe(
      "quota_exceeded",
    );
    await withSystem(asked, (scope) => applyPlan(scope, org.orgId, { plan: "PRO", source: "staff" }));
    await expect.poll(() => refused(reserve(org.owner, "tokens:1", 10, { meter: "ai_tokens" }))).toBeNull();
  });
});

type Act =
  | { do: "reserve"; key: number; quantity: number }
  | { do: "commit"; key: number; quantity: number }
  | { do: "release"; key: number }
  | { do: "expire" }
  | { do: "wait"; ms: number };

describe("any interleaving of reserve, commit, release, expiry and change of period", () => {
  const key = fc.integer({ min: 0, max: 5 });
  const quantity = fc.integer({ min: 1, max: 4 });
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.record({ do: fc.constant("reserve" as const), key, quantity }),
    fc.record({ do: fc.constant("commit" as const), key, quantity }),
    fc.record({ do: fc.constant("release" as const), key }),
    fc.record({ do: fc.constant("expire" as const) }),
    fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: HOUR / 2, max: 20 * DAY }) }),
  );
  const LIMIT = 7;

  it("never overshoots the limit, and counts each key once or not at all", { timeout: 240_000 }, async () => {
    onTestFinished(() => clock.setOffset(0));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        async (rounds) => {
          clock.setOffset(0);
          const { owner, orgId } = await limited(LIMIT);
          let offset = 0;
          const counted = new Map<string, number>();
          for (const round of rounds) {
            // What stands in one round happens at once.
            await Promise.all(
              round.map(async (each) => {
                if (each.do === "reserve") await refused(reserve(owner, `key:${each.key}`, each.quantity));
                else if (each.do === "commit") {
                  const receipt = await commit(owner, `key:${each.key}`, each.quantity).catch(refusalOf);
                  if ("counted" in receipt && receipt.counted) {
                    expect(counted.has(`key:${each.key}`)).toBe(false);
                    counted.set(`key:${each.key}`, each.quantity);
                  }
                } else if (each.do === "release") await release(owner, `key:${each.key}`);
                else if (each.do === "expire") await expireReservations();
              }),
            );
            for (const each of round) if (each.do === "wait") offset += each.ms;
            clock.setOffset(offset);
            for (const { used, reserved } of await countersOf(orgId))
              expect(used + reserved).toBeLessThanOrEqual(LIMIT);
          }
          const entries = await asOwner<{ idempotency_key: string; quantity: string }>(
            "select idempotency_key, quantity from usage_ledger where org_id = $1",
            [orgId],
          );
          expect(new Map(entries.map((row) => [row.idempotency_key, Number(row.quantity)]))).toEqual(counted);
          const used = (await countersOf(orgId)).reduce((sum, counter) => sum + counter.used, 0);
          expect(used).toBe([...counted.values()].reduce((sum, each) => sum + each, 0));
          const [held] = await asOwner<{ sum: string }>(
            "select coalesce(sum(quantity), 0) as sum from usage_reservation where org_id = $1 and state = 'held'",
            [orgId],
          );
          expect((await countersOf(orgId)).reduce((sum, counter) => sum + counter.reserved, 0)).toBe(
            Number(held!.sum),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
