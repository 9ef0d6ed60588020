// Usage beyond the plan, from the ledger to the line of an invoice: each unit once, whatever is repeated or lost.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { addAmounts, fromMinor } from "~/kernel/money";
import { countUsage } from "~/modules/metering";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { customerOf, startTestStripe, type TestStripe } from "~/testing/stripe";
import { asOwner, testOrg, testTrace, testUser, type TestOrg } from "~/testing/tenants";
import { reconcile } from "./flows/reconcile";
import { batchOverage, reportOverage, tellOverage } from "./flows/report-overage";
import { billingRouter } from "./router";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const as = (org: TestOrg) => callerFor(billingRouter, org.owner);
const ahead = (ms: number) => stripe.moveTo(new Date(clock.now().getTime() + ms));
const use = (org: TestOrg, quantity: number, meter: "images" | "render_seconds" = "images") =>
  withTenant(org.owner, (scope) =>
    countUsage(scope, { meter, quantity, idempotencyKey: newId(), occurredAt: clock.now() }),
  );
const reports = (org: TestOrg) =>
  asOwner<{ meter: string; quantity: string; state: string }>(
    "select meter, quantity, state from usage_report where org_id = $1 order by created_at",
    [org.orgId],
  );
type Summary = { event_name?: string; body?: string };
/** What was sent to Stripe as meter events of this organization, by identifier. */
async function sent(org: TestOrg): Promise<Map<string, number>> {
  const customer = await customerOf(org.orgId);
  const requests = await stripe.control<(Summary & { path: string; status: number })[]>("requests");
  const told = new Map<string, number>();
  for (const { path, body, status } of requests) {
    const given = new URLSearchParams(body);
    if (path !== "/v1/billing/meter_events" || status !== 200) continue;
    if (given.get("payload[stripe_customer_id]") !== customer) continue;
    told.set(given.get("identifier")!, Number(given.get("payload[value]")));
  }
  return told;
}

async function payingOrg(cap: string | null = "500"): Promise<TestOrg> {
  const org = await testOrg({ members: [], plan: "FREE" });
  const { url } = await as(org).checkout({ plan: "PRO", intentId: newId() });
  expect(await stripe.pay(url)).not.toBeNull();
  await as(org).refresh();
  if (cap) await as(org).setOverage({ enabled: true, cap });
  return org;
}

describe("overage", () => {
  it("is nobody's who did not opt in", async () => {
    const org = await payingOrg(null);
    await use(org, 2_500);
    await reportOverage();
    expect(await reports(org)).toEqual([]);
  });

  it("is told once an hour, each unit once, and stands on the next invoice to the cent", async () => {
    const org = await payingOrg();
    await use(org, 2_500);
    await use(org, 30);
    await reportOverage();
    await reportOverage();
    expect(await reports(org)).toEqual([{ meter: "images", quantity: "30", state: "confirmed" }]);
    await use(org, 7);
    await reportOverage();
    expect(await reports(org)).toHaveLength(1);
    await ahead(HOUR_MS);
    await Promise.all([batchOverage(org.orgId, testTrace()), batchOverage(org.orgId, testTrace())]);
    await tellOverage(testTrace());
    expect((await reports(org)).map(({ quantity }) => quantity)).toEqual(["30", "7"]);
    expect([...(await sent(org)).values()].sort()).toEqual([30, 7]);

    await ahead(31 * DAY_MS);
    await ahead(2 * HOUR_MS);
    await as(org).refresh();
    const { items } = await as(org).invoices({});
    expect(items[0]).toMatchObject({ status: "paid", total: "30.85" });
    const { lines } = await as(org).invoice({ id: items[0]!.id });
    const images = lines.filter(({ meter }) => meter === "images");
    expect(addAmounts(...images.map(({ amount }) => amount))).toBe(fromMinor(37 * 5, "usd"));
    expect(images[0]).toMatchObject({ quantity: "37", unitAmount: "0.05" });
  });

  it("charges a started cent of rendering as the price says: 0.10 a minute, by the second", async () => {
    const org = await payingOrg();
    await use(org, 2_500 * 60, "render_seconds");
    await use(org, 90, "render_seconds");
    await reportOverage();
    await ahead(31 * DAY_MS);
    await ahead(2 * HOUR_MS);
    await as(org).refresh();
    const { items } = await as(org).invoices({});
    expect(items[0]).toMatchObject({ total: "29.15" });
  });

  it("is written as used before it is switched off", async () => {
    const org = await payingOrg();
    await use(org, 2_500);
    await use(org, 11);
    await as(org).setOverage({ enabled: false });
    await tellOverage(testTrace());
    expect(await reports(org)).toEqual([{ meter: "images", quantity: "11", state: "confirmed" }]);
  });

  it("is told again under the same name after an outage, and counted once", async () => {
    const org = await payingOrg();
    await use(org, 2_500);
    await use(org, 5);
    await stripe.control("failures", { kind: "500", count: 3, path: "/v1/billing/meter_events" });
    await reportOverage();
    expect(await reports(org)).toEqual([{ meter: "images", quantity: "5", state: "pending" }]);
    await fetch(`${stripe.url}/_emulator/failures`, { method: "DELETE" });
    await tellOverage(testTrace());
    await tellOverage(testTrace());
    expect(await reports(org)).toEqual([{ meter: "images", quantity: "5", state: "confirmed" }]);
    expect([...(await sent(org)).values()]).toEqual([5]);
  });

  it("is compared with Stripe's own sum before it is told again a day later", async () => {
    const org = await payingOrg();
    await use(org, 2_500);
    await use(org, 9);
    await reportOverage();
    // The answer was lost: Stripe has it, and we do not know.
    await asOwner("update usage_report set state = 'sent', confirmed_at = null where org_id = $1", [
      org.orgId,
    ]);
    await stripe.control("requests");
    await fetch(`${stripe.url}/_emulator/requests`, { method: "DELETE" });
    await ahead(25 * HOUR_MS);
    await tellOverage(testTrace());
    expect(await reports(org)).toEqual([{ meter: "images", quantity: "9", state: "confirmed" }]);
    expect([...(await sent(org)).values()]).toEqual([]);
  });

  it("is refused any change of what was told", async () => {
    const org = await payingOrg();
    await use(org, 2_500);
    await use(org, 3);
    await reportOverage();
    const { readSystem } = await import("~/server/db/with-system");
    const change = readSystem(
      { reason: "test", trace: testTrace() },
      ({ db }) => db.$executeRaw`UPDATE usage_report SET quantity = 1 WHERE org_id = ${org.orgId}::uuid`,
    );
    await expect(change).rejects.toThrow(/permission denied/);
  });
});

describe("platform admins", () => {
  const admin = async () => {
    const person = await testUser();
    await asOwner(`update "user" set platform_role = 'admin' where id = $1`, [person.userId]);
    return callerFor(billingRouter, person).revenue;
  };

  it("alone see revenue: for everybody else it is not there", async () => {
    const org = await testOrg({ members: [] });
    const person = await testUser();
    for (const caller of [org.owner, person]) {
      const { revenue } = callerFor(billingRouter, caller);
      await expect(revenue.overview()).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(revenue.inbox({})).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(revenue.replay({ id: "evt_1" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(callerFor(billingRouter, null).revenue.overview()).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
  });

  it("see what is earned, by plan and how it moved", async () => {
    await payingOrg();
    const revenue = await (await admin()).overview();
    const [pro] = revenue.plans;
    expect(pro).toMatchObject({ plan: "PRO" });
    expect(Number(pro!.amount)).toBe(29 * pro!.organizations);
    expect(Number(revenue.mrr)).toBe(Number(pro!.amount));
    expect(revenue.movements.find(({ kind }) => kind === "new")).toBeDefined();
  });

  it("repair what does not agree by one press, with a reason that is kept", async () => {
    const org = await payingOrg();
    await asOwner("update subscription set status = 'canceled' where org_id = $1", [org.orgId]);
    await asOwner("update organization_plan set plan = 'FREE', source = 'none' where org_id = $1", [
      org.orgId,
    ]);
    await reconcile(testTrace());
    const staff = await admin();
    const mine = async () =>
      (await staff.overview()).differences.filter(
        ({ orgId, state }) => orgId === org.orgId && state === "open",
      );
    const found = await mine();
    expect(found.map(({ kind }) => kind).sort()).toEqual(["mirror_stale", "plan_differs"]);
    await expect(staff.close({ id: found[0]!.id, act: "repair", reason: " " })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await staff.close({ id: found[0]!.id, act: "repair", reason: "the mirror was tampered with" });
    await expect(staff.close({ id: found[0]!.id, act: "repair", reason: "again" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect((await as(org).overview()).subscription).toMatchObject({ status: "active" });
    expect(await asOwner("select plan from organization_plan where org_id = $1", [org.orgId])).toEqual([
      { plan: "PRO" },
    ]);
    await reconcile(testTrace());
    expect(await mine()).toEqual([]);
  });

  it("find what Stripe sent and we never got, and fetch it", async () => {
    const org = await payingOrg();
    const all = await stripe.waiting();
    await stripe.control("deliveries/drop", { ids: all.map(({ id }) => id) });
    await ahead(HOUR_MS);
    await reconcile(testTrace());
    const staff = await admin();
    const missing = (await staff.overview()).differences.find(
      ({ kind, state, expected }) =>
        kind === "event_missing" && state === "open" && expected === "customer.subscription.created",
    );
    await staff.close({ id: missing!.id, act: "repair", reason: "lost on the way" });
    expect((await staff.event({ id: missing!.subject })).state).toBe("handled");
    expect(org.orgId).toBeTruthy();
  });
});
