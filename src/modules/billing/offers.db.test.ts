// An offer to one organization: made by staff, paid by the second in mid-period, and the way back down.
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { callerFor } from "~/testing/callers";
import { CARDS, customerOf, planOf, startTestStripe, type TestStripe } from "~/testing/stripe";
import { asOwner, testOrg, testTrace, testUser, type TestOrg } from "~/testing/tenants";
import { reconcile } from "./flows/reconcile";
import { syncCustomer } from "./flows/sync-customer";
import { billingRouter } from "./router";

let stripe: TestStripe;
let api: Stripe;
beforeAll(async () => {
  stripe = await startTestStripe();
  const { hostname, port } = new URL(stripe.url);
  api = new Stripe(inject("secrets").stripe.secretKey, { host: hostname, port, protocol: "http" });
});
afterAll(() => stripe.close());

const DAY_MS = 86_400_000;
const as = (org: TestOrg) => callerFor(billingRouter, org.owner);
const ahead = (days: number) => stripe.moveTo(new Date(clock.now().getTime() + days * DAY_MS));
const sync = async (org: TestOrg) => syncCustomer(await customerOf(org.orgId), testTrace());
const movements = (orgId: string) =>
  asOwner<{ kind: string; before: string; after: string }>(
    `select kind, trim_scale(before)::text as before, trim_scale(after)::text as after from revenue_movement
     where org_id = $1 order by id`,
    [orgId],
  );
const differencesOf = async (orgId: string) => {
  await reconcile(testTrace());
  return asOwner(
    "select kind, expected, found from reconciliation_difference where org_id = $1 and state = 'open'",
    [orgId],
  );
};

async function staff() {
  const user = await testUser();
  await asOwner(`update "user" set platform_role = 'admin' where id = $1`, [user.userId]);
  return callerFor(billingRouter, user).revenue;
}
const offer = async (org: TestOrg, monthlyAmount = "499") =>
  (await staff()).offer({ organization: org.slug, monthlyAmount, reason: "Agreed on the phone" });

async function payingOrg(coupon?: string): Promise<TestOrg> {
  const org = await testOrg({ members: [], plan: "FREE" });
  const { url } = await as(org).checkout({ plan: "PRO", intentId: newId() });
  expect(await stripe.pay(url, CARDS.fine, coupon)).toContain("checkout=done");
  await as(org).refresh();
  return org;
}

describe("an offer", () => {
  it("is made by staff with a reason, shown to the owner, and one at a time", async () => {
    const org = await testOrg({ members: [], plan: "FREE" });
    await offer(org, "600");
    await offer(org, "499.50");
    expect((await as(org).overview()).offer).toMatchObject({ plan: "ENTERPRISE", monthlyAmount: "499.5" });
    const rows = (await (await staff()).overview()).offers.filter(({ slug }) => slug === org.slug);
    expect(rows.map(({ state, monthlyAmount }) => [state, monthlyAmount])).toEqual([
      ["open", "499.5"],
      ["withdrawn", "600"],
    ]);
    expect(
      await asOwner("select action from audit_entry where org_id = $1 and action like 'offer.%'", [
        org.orgId,
      ]),
    ).toEqual([{ action: "offer.made" }, { action: "offer.made" }]);
  });

  it.each([
    ["nowhere-to-be-found", "499", "organization"],
    ["", "499", "organization"],
    [null, "0", "monthlyAmount"],
    [null, "-5", "monthlyAmount"],
    [null, "49.999", "monthlyAmount"],
  ])("is refused with a word at the field: %s, %s", async (slug, monthlyAmount, field) => {
    const org = await testOrg({ members: [], plan: "FREE" });
    const asked = { organization: slug ?? org.slug, monthlyAmount, reason: "Test" };
    await expect((await staff()).offer(asked)).rejects.toSatisfy((error: unknown) =>
      JSON.stringify(error, Object.getOwnPropertyNames(error)).includes(field),
    );
    expect((await as(org).overview()).offer).toBeNull();
  });

  it("is another organization's business alone, and nobody without one can buy Enterprise", async () => {
    const [one, other] = [await testOrg({ members: [], plan: "FREE" }), await payingOrg()];
    await offer(one);
    expect((await as(other).overview()).offer).toBeNull();
    for (const act of [
      () => as(other).changePlan({ plan: "ENTERPRISE", intentId: newId() }),
      () => as(other).preview({ plan: "ENTERPRISE" }),
    ])
      await expect(act()).rejects.toMatchObject({ cause: { code: "billing.plan_not_sold" } });
    await expect(
      callerFor(billingRouter, one.owner).revenue.offer({
        organization: one.slug,
        monthlyAmount: "1",
        reason: "For me",
      }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that was withdrawn cannot be taken up", async () => {
    const org = await payingOrg();
    await offer(org);
    await as(org).preview({ plan: "ENTERPRISE" });
    const [row] = (await (await staff()).overview()).offers.filter(({ slug }) => slug === org.slug);
    await (await staff()).withdrawOffer({ id: row!.id, reason: "Changed our mind" });
    expect((await as(org).overview()).offer).toBeNull();
    await expect(as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() })).rejects.toMatchObject({
      cause: { code: "billing.plan_not_sold" },
    });
    await expect((await staff()).withdrawOffer({ id: row!.id, reason: "Again" })).rejects.toMatchObject({
      cause: { code: "billing.no_offer" },
    });
    const [price] = await asOwner<{ id: string }>(
      "select stripe_price_id as id from billing_offer where org_id = $1",
      [org.orgId],
    );
    expect((await api.prices.retrieve(price!.id)).active).toBe(false);
  });
});

describe("taking an offer up", () => {
  it("costs today what the preview said, to the cent, and is Enterprise from then on", async () => {
    const org = await payingOrg();
    await offer(org, "499");
    await ahead(10.25);
    const preview = (await as(org).preview({ plan: "ENTERPRISE" }))!;
    expect(preview.lines).toHaveLength(2);
    expect(Number(preview.amountDue)).toBeGreaterThan(300);
    expect(Number(preview.amountDue)).toBeLessThan(330);
    await as(org).changePlan({ plan: "ENTERPRISE", intentId: newId(), countedAt: preview.countedAt });
    const overview = await as(org).overview();
    expect(overview).toMatchObject({
      plan: "ENTERPRISE",
      source: "stripe",
      offer: null,
      subscription: { plan: "ENTERPRISE", monthlyAmount: "499", status: "active", held: null },
    });
    const { items } = await as(org).invoices({});
    expect(items[0]).toMatchObject({ status: "paid", total: preview.amountDue });
    const lines = (await as(org).invoice({ id: items[0]!.id })).lines.map(({ amount }) => amount);
    expect(lines).toEqual(preview.lines.map(({ amount }) => amount));
    expect(await movements(org.orgId)).toEqual([
      { kind: "new", before: "0", after: "29" },
      { kind: "expansion", before: "29", after: "499" },
    ]);
    expect(await differencesOf(org.orgId)).toEqual([]);
  });

  it("happens once, however often the button is pressed", async () => {
    const org = await payingOrg();
    await offer(org);
    const intentId = newId();
    const { countedAt } = (await as(org).preview({ plan: "ENTERPRISE" }))!;
    await as(org).changePlan({ plan: "ENTERPRISE", intentId, countedAt });
    await expect(as(org).changePlan({ plan: "ENTERPRISE", intentId, countedAt })).rejects.toMatchObject({
      cause: { code: "billing.already_on_plan" },
    });
    const { items } = await as(org).invoices({});
    expect(items).toHaveLength(2);
  });

  it("changes nothing when the card is refused", async () => {
    const org = await payingOrg();
    await offer(org);
    await stripe.declineFromNowOn(await customerOf(org.orgId));
    await ahead(3);
    await expect(as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() })).rejects.toMatchObject({
      cause: { code: "billing.card_declined" },
    });
    await sync(org);
    expect(await planOf(org.orgId)).toEqual({ plan: "PRO", source: "stripe" });
    expect((await as(org).overview()).offer).toMatchObject({ monthlyAmount: "499" });
    expect((await as(org).overview()).subscription).toMatchObject({ status: "active", pastDueSince: null });
  });

  it("without a subscription leads to a checkout at the offered price", async () => {
    const org = await testOrg({ members: [], plan: "FREE" });
    await offer(org, "250");
    const { url } = await as(org).checkout({ plan: "ENTERPRISE", intentId: newId() });
    expect(await stripe.pay(url)).toContain("checkout=done");
    await as(org).refresh();
    expect(await planOf(org.orgId)).toEqual({ plan: "ENTERPRISE", source: "stripe" });
    expect((await as(org).overview()).subscription).toMatchObject({ monthlyAmount: "250" });
  });

  it("takes the place of what staff gave, and of nothing else that staff gave", async () => {
    const org = await testOrg({ members: [], plan: "PRO" });
    expect(await planOf(org.orgId)).toEqual({ plan: "PRO", source: "staff" });
    await offer(org, "250");
    const { url } = await as(org).checkout({ plan: "ENTERPRISE", intentId: newId() });
    await stripe.pay(url);
    await as(org).refresh();
    expect(await planOf(org.orgId)).toEqual({ plan: "ENTERPRISE", source: "stripe" });
  });

  it("at another price for the same plan holds from now on", async () => {
    const org = await payingOrg();
    await offer(org, "499");
    await as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() });
    await offer(org, "399");
    await as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() });
    expect((await as(org).overview()).subscription).toMatchObject({
      plan: "ENTERPRISE",
      monthlyAmount: "399",
    });
    expect((await as(org).overview()).offer).toBeNull();
  });
});

describe("a smaller plan", () => {
  async function enterpriseOrg(): Promise<TestOrg> {
    const org = await payingOrg();
    await offer(org, "499");
    await as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() });
    return org;
  }

  it("begins with the next period: until then all that is paid for stays, and nothing is charged", async () => {
    const org = await enterpriseOrg();
    const before = (await as(org).invoices({})).items.length;
    await ahead(5);
    await as(org).changePlan({ plan: "PRO", intentId: newId() });
    const { subscription, plan } = await as(org).overview();
    expect(plan).toBe("ENTERPRISE");
    expect(subscription).toMatchObject({
      plan: "PRO",
      monthlyAmount: "29",
      held: { plan: "ENTERPRISE", until: subscription!.period.end },
    });
    expect((await as(org).invoices({})).items).toHaveLength(before);
    expect((await as(org).preview({}))!.total).toBe("29");
    await stripe.moveTo(new Date(subscription!.period.end.getTime() - 60_000));
    await sync(org);
    expect(await planOf(org.orgId)).toMatchObject({ plan: "ENTERPRISE" });
    await stripe.moveTo(new Date(subscription!.period.end.getTime() + 2 * 3_600_000));
    await sync(org);
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO", source: "stripe" });
    expect((await as(org).overview()).subscription).toMatchObject({ plan: "PRO", held: null });
    expect((await as(org).invoices({})).items[0]).toMatchObject({ status: "paid", total: "29" });
    expect(await differencesOf(org.orgId)).toEqual([]);
  });

  it("can be taken back before, at the price that was offered", async () => {
    const org = await enterpriseOrg();
    await as(org).changePlan({ plan: "PRO", intentId: newId() });
    await as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() });
    const { subscription } = await as(org).overview();
    expect(subscription).toMatchObject({ plan: "ENTERPRISE", monthlyAmount: "499", held: null });
    expect((await as(org).preview({}))!.total).toBe("499");
    await expect(as(org).changePlan({ plan: "ENTERPRISE", intentId: newId() })).rejects.toMatchObject({
      cause: { code: "billing.already_on_plan" },
    });
  });
});

describe("monthly recurring revenue", () => {
  const mrrOf = async (orgId: string) =>
    (
      await asOwner<{ net: string }>(
        "select trim_scale(net_amount)::text as net from subscription where org_id = $1",
        [orgId],
      )
    )[0]!.net;
  async function code(params: Stripe.CouponCreateParams): Promise<string> {
    const coupon = await api.coupons.create(params);
    const words = `CODE${newId().slice(-8).toUpperCase()}`;
    await api.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: words });
    return words;
  }

  it.each([
    ["a share for ever", { percent_off: 25, duration: "forever" }, "21.75"],
    [
      "an amount for some months",
      { amount_off: 500, currency: "usd", duration: "repeating", duration_in_months: 3 },
      "24",
    ],
    ["a first month that is given", { percent_off: 100, duration: "once" }, "29"],
  ] as const)("is after %s", async (_what, coupon, net) => {
    const org = await payingOrg(await code({ ...coupon }));
    expect(await mrrOf(org.orgId)).toBe(net);
    expect((await as(org).overview()).subscription).toMatchObject({ monthlyAmount: "29" });
    expect((await movements(org.orgId)).at(-1)).toMatchObject({ kind: "new", after: net });
    expect(await differencesOf(org.orgId)).toEqual([]);
  });

  it("expands when a discount ends", async () => {
    const org = await payingOrg(
      await code({ amount_off: 500, currency: "usd", duration: "repeating", duration_in_months: 1 }),
    );
    await ahead(40);
    await sync(org);
    expect(await mrrOf(org.orgId)).toBe("29");
    expect(await movements(org.orgId)).toEqual([
      { kind: "new", before: "0", after: "24" },
      { kind: "expansion", before: "24", after: "29" },
    ]);
  });
});

// After the others: no one can check out at the old price from here on, and this process remembers it a while.
describe("a price that was changed since", () => {
  it("keeps who subscribed to the old one on the plan, though its name went to the new one", async () => {
    const org = await payingOrg();
    await api.prices.create({
      product: "tenantry_pro",
      currency: "usd",
      unit_amount: 3_500,
      recurring: { interval: "month" },
      lookup_key: "pro_monthly",
      transfer_lookup_key: true,
    });
    await sync(org);
    expect((await as(org).overview()).subscription).toMatchObject({ plan: "PRO", monthlyAmount: "29" });
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
  });
});

// The last one, so that it sees what all the others asked for.
describe("what we ask of Stripe for an offer", () => {
  it("is taken by the official stripe-mock, and answered as Stripe's document says", async () => {
    const { kinds, wrong } = await stripe.contract();
    expect(kinds).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  }, 300_000);
});
