// The whole way on real Postgres against a local Stripe: paying, failing, ending; and that events only make us look.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clock } from "~/kernel/clock";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { callerFor } from "~/testing/callers";
import { CARDS, customerOf, planOf, startTestStripe, type TestStripe } from "~/testing/stripe";
import { asOwner, testOrg, testTrace, type TestOrg } from "~/testing/tenants";
import { handleStripeEvent } from "./flows/handle-event";
import { carryOutDunning, decideDunning } from "./flows/dunning";
import { reconcile, reconcileWhenDue } from "./flows/reconcile";
import { syncCustomer } from "./flows/sync-customer";
import { syncPrices } from "./flows/sync-prices";
import { takeInWebhook } from "./flows/take-in-webhook";
import { beginReading, isNewestReading } from "./queries/system";
import { billingRouter } from "./router";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.close());

const as = (org: TestOrg) => callerFor(billingRouter, org.owner);
const DAY_MS = 86_400_000;
const later = (days: number) => new Date(clock.now().getTime() + days * DAY_MS);

/** An organization that has paid for PRO, and whose mirror knows. */
async function payingOrg(): Promise<TestOrg> {
  const org = await testOrg({ members: [], plan: "FREE" });
  const { url } = await as(org).checkout({ plan: "PRO", intentId: newId() });
  expect(await stripe.pay(url)).toContain("checkout=done");
  await as(org).refresh();
  return org;
}

/** One whose card is refused from now on. */
async function failingOrg(): Promise<TestOrg> {
  const org = await payingOrg();
  await stripe.declineFromNowOn(await customerOf(org.orgId));
  return org;
}

/** Takes in all events that wait, in the order given by `arrange`, and handles each. */
async function deliver<T extends { id: string; body: string; signature: string }>(
  arrange: (events: T[]) => T[] = (events) => events,
): Promise<void> {
  const waiting = (await stripe.waiting()) as unknown as T[];
  for (const { body, signature } of arrange(waiting)) {
    expect(["stored", "repeated"]).toContain(await takeInWebhook(body, signature, testTrace()));
    await handleStripeEvent({ stripeEventId: (JSON.parse(body) as { id: string }).id }, testTrace());
  }
  await stripe.control("deliveries/drop", { ids: waiting.map(({ id }) => id) });
}

describe("the price list", () => {
  it("is put once, and found complete afterwards", async () => {
    expect(await syncPrices()).toEqual([]);
  });
});

describe("paying", () => {
  it("puts an organization on the plan it has paid for, with the invoice to show", async () => {
    const org = await payingOrg();
    const overview = await as(org).overview();
    expect(overview).toMatchObject({
      payments: "ready",
      plan: "PRO",
      basePlan: "PRO",
      source: "stripe",
      subscription: { status: "active", monthlyAmount: "29", cancelAtPeriodEnd: false, pastDueSince: null },
      card: { brand: "visa", last4: "4242" },
    });
    expect(overview.period).toEqual(overview.subscription?.period);
    const { items } = await as(org).invoices({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ status: "paid", total: "29", amountRemaining: "0", currency: "USD" });
    const invoice = await as(org).invoice({ id: items[0]!.id });
    expect(invoice.lines.filter(({ amount }) => amount !== "0")).toMatchObject([
      { amount: "29", meter: null },
    ]);
    expect(items[0]!.pdfUrl).toMatch(/^http/);
  });

  it("makes one customer, however many checkouts are begun at once", async () => {
    const org = await testOrg({ members: [], plan: "FREE" });
    await Promise.all(Array.from({ length: 5 }, () => as(org).checkout({ plan: "PRO", intentId: newId() })));
    const customer = await customerOf(org.orgId);
    const requests =
      await stripe.control<{ method: string; path: string; body: string; answer: string }[]>("requests");
    const made = requests.filter(
      ({ method, path, body }) =>
        method === "POST" && path === "/v1/customers" && decodeURIComponent(body).includes(org.orgId),
    );
    expect(new Set(made.map(({ answer }) => (JSON.parse(answer) as { id: string }).id))).toEqual(
      new Set([customer]),
    );
    const told = await asOwner<{ target_id: string }>(
      "select target_id from audit_entry where org_id = $1 and action = 'customer.created'",
      [org.orgId],
    );
    expect(told).toEqual([{ target_id: customer }]);
  });

  it("opens the same checkout for the same press, and another for another", async () => {
    const org = await testOrg({ members: [], plan: "FREE" });
    const intentId = newId();
    const [one, again] = [
      await as(org).checkout({ plan: "PRO", intentId }),
      await as(org).checkout({ plan: "PRO", intentId }),
    ];
    const other = await as(org).checkout({ plan: "PRO", intentId: newId() });
    expect(again.url).toBe(one.url);
    expect(other.url).not.toBe(one.url);
  });

  it("changes nothing when the card is declined", async () => {
    const org = await testOrg({ members: [], plan: "FREE" });
    const { url } = await as(org).checkout({ plan: "PRO", intentId: newId() });
    expect(await stripe.pay(url, CARDS.declined)).toBeNull();
    await as(org).refresh();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "FREE" });
  });

  it("refuses a second subscription, and a plan without a price", async () => {
    const org = await payingOrg();
    await expect(as(org).checkout({ plan: "PRO", intentId: newId() })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(as(org).checkout({ plan: "ENTERPRISE", intentId: newId() })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("is the owner's alone", async () => {
    const org = await testOrg();
    for (const role of ["admin", "member", "readonly"] as const) {
      const caller = callerFor(billingRouter, org.as(role));
      await expect(caller.checkout({ plan: "PRO", intentId: newId() })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
      await expect(caller.overview()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });

  it("shows no organization another's invoice", async () => {
    const [one, other] = [await payingOrg(), await testOrg({ members: [], plan: "FREE" })];
    const { items } = await as(one).invoices({});
    await expect(as(other).invoice({ id: items[0]!.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("ending", () => {
  it("goes on to the end of what is paid, can be taken back, and then is over", async () => {
    const org = await payingOrg();
    await as(org).cancel({ intentId: newId() });
    expect((await as(org).overview()).subscription).toMatchObject({
      status: "active",
      cancelAtPeriodEnd: true,
    });
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
    await as(org).resume({ intentId: newId() });
    expect((await as(org).overview()).subscription).toMatchObject({ cancelAtPeriodEnd: false });
    await as(org).cancel({ intentId: newId() });
    await stripe.moveTo(later(32));
    await deliver();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "FREE", source: "none" });
    expect((await as(org).overview()).subscription).toBeNull();
    const movements = await asOwner<{ kind: string; before: string; after: string }>(
      "select kind, before, after from revenue_movement where org_id = $1 order by id",
      [org.orgId],
    );
    expect(movements).toEqual([
      { kind: "new", before: "0.000", after: "29.000" },
      { kind: "churn", before: "29.000", after: "0.000" },
    ]);
  });
});

describe("what staff gave", () => {
  it("is not taken by Stripe", async () => {
    const org = await payingOrg();
    await asOwner("update organization_plan set plan = 'ENTERPRISE', source = 'staff' where org_id = $1", [
      org.orgId,
    ]);
    await as(org).refresh();
    expect(await planOf(org.orgId)).toEqual({ plan: "ENTERPRISE", source: "staff" });
  });
});

describe("a failed payment", () => {
  it("is told on days 1, 3 and 7, keeps the plan for 14 days, then takes it and leaves the data", async () => {
    const org = await failingOrg();
    await stripe.moveTo(later(32));
    await deliver();
    const overview = await as(org).overview();
    expect(overview.subscription).toMatchObject({ status: "past_due" });
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
    const since = overview.subscription!.pastDueSince!;
    expect(overview.subscription!.graceEndsAt).toEqual(new Date(since.getTime() + 14 * DAY_MS));
    expect(await as(org).notice()).toMatchObject({ pastDueSince: since });
    const steps = () =>
      asOwner<{ day: number; state: string }>(
        "select day, state from dunning_step where org_id = $1 order by day",
        [org.orgId],
      );
    expect(await steps()).toEqual([1, 3, 7, 14].map((day) => ({ day, state: "waiting" })));

    for (const [day, done] of [
      [0.5, 0],
      [1.1, 1],
      [3.1, 2],
      [7.1, 3],
      [13.9, 3],
    ] as const) {
      await stripe.moveTo(new Date(since.getTime() + day * DAY_MS));
      await Promise.all([decideDunning(), decideDunning()]);
      await decideDunning();
      expect((await steps()).filter(({ state }) => state === "done")).toHaveLength(done);
      expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
    }
    await stripe.moveTo(new Date(since.getTime() + 14.1 * DAY_MS));
    await decideDunning();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "FREE" });
    const told = await asOwner<{ event_id: string }>(
      "select event_id from outbox_event where org_id = $1 and name = 'billing/dunning.decided'",
      [org.orgId],
    );
    expect(new Set(told.map(({ event_id }) => event_id.split(":").slice(0, 2).join(":"))).size).toBe(4);
    expect(await asOwner("select 1 from membership where org_id = $1", [org.orgId])).toHaveLength(1);
  });

  it("is forgotten when it is paid, and begins anew when it happens again", async () => {
    const org = await failingOrg();
    await stripe.moveTo(later(32));
    await deliver();
    const since = (await as(org).overview()).subscription!.pastDueSince!;
    const [open] = await asOwner<{ hosted_url: string }>(
      "select hosted_url from invoice where org_id = $1 and status = 'open'",
      [org.orgId],
    );
    await payInvoice(open!.hosted_url);
    await deliver();
    expect((await as(org).overview()).subscription).toMatchObject({ status: "active", pastDueSince: null });
    expect(await as(org).notice()).toBeNull();
    await stripe.moveTo(new Date(since.getTime() + 20 * DAY_MS));
    await decideDunning();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
    expect(await asOwner("select distinct state from dunning_step where org_id = $1", [org.orgId])).toEqual([
      { state: "dropped" },
    ]);
  });

  it("takes no plan while Stripe does not answer whether it was paid", async () => {
    const org = await failingOrg();
    await stripe.moveTo(later(32));
    await deliver();
    const since = (await as(org).overview()).subscription!.pastDueSince!;
    await stripe.moveTo(new Date(since.getTime() + 15 * DAY_MS));
    await stripe.control("failures", {
      kind: "500",
      count: 3,
      path: `/v1/customers/${await customerOf(org.orgId)}`,
    });
    await decideDunning();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "PRO" });
    await fetch(`${stripe.url}/_emulator/failures`, { method: "DELETE" });
    await decideDunning();
    expect(await planOf(org.orgId)).toMatchObject({ plan: "FREE" });
  });
});

async function payInvoice(url: string): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      action: "pay",
      cardNumber: CARDS.fine,
      cardExpiry: "12 / 40",
      cardCvc: "123",
      country: "US",
    }),
  });
  if (answer.status >= 400) throw new Error(`paying answered ${answer.status}: ${await answer.text()}`);
}

describe("events", () => {
  it("end in Stripe's state in any order, repeated and with losses", async () => {
    const mirrorOf = async (orgId: string) => ({
      plan: await planOf(orgId),
      subscriptions: await asOwner(
        `select status, plan, period_start, period_end, cancel_at_period_end, past_due_since, ended_at
         from subscription where org_id = $1 order by stripe_subscription_id`,
        [orgId],
      ),
      invoices: await asOwner(
        "select stripe_invoice_id, status, total, amount_paid from invoice where org_id = $1 order by 1",
        [orgId],
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("month", "cancel", "resume", "half"), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(1_000)),
        async (acts, chance) => {
          const org = await testOrg({ members: [], plan: "FREE" });
          const { url } = await as(org).checkout({ plan: "PRO", intentId: newId() });
          await stripe.pay(url);
          const customer = await customerOf(org.orgId);
          await deliver((events) => events.slice(-1));
          for (const act of acts) {
            if (act === "month") await stripe.moveTo(later(31));
            if (act === "half") await stripe.moveTo(later(15));
            if (act === "cancel" || act === "resume")
              await as(org)
                [act]({ intentId: newId() })
                .catch(() => undefined);
          }
          await deliver((events) => {
            const repeated = events.flatMap((event) =>
              Array.from({ length: chance.next().value % 3 }, () => event),
            );
            return repeated
              .map((event) => ({ event, at: chance.next().value }))
              .sort((one, other) => one.at - other.at)
              .map(({ event }) => event);
          });
          // All may have been lost: the daily reading is what heals then.
          await syncCustomer(customer, testTrace());
          const after = await mirrorOf(org.orgId);
          await syncCustomer(customer, testTrace());
          expect(await mirrorOf(org.orgId)).toEqual(after);
          const { differences } = await reconcileOnly(org.orgId);
          expect(differences).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  async function reconcileOnly(orgId: string) {
    const { runId } = await reconcile(testTrace());
    const differences = await asOwner<{ kind: string; subject: string }>(
      "select kind, subject, expected, found from reconciliation_difference where run_id = $1 and org_id = $2 and state = 'open'",
      [runId, orgId],
    );
    return { differences };
  }

  it("let no reading that was begun earlier overwrite one that was begun later", async () => {
    const org = await payingOrg();
    const customer = await customerOf(org.orgId);
    const at = { reason: "test", trace: testTrace() };
    const early = await withSystem(at, (scope) => beginReading(scope, customer));
    await syncCustomer(customer, testTrace());
    expect(await withSystem(at, (scope) => isNewestReading(scope, org.orgId, early!.reading))).toBe(false);
    expect(await withSystem(at, (scope) => isNewestReading(scope, org.orgId, early!.reading + 2n))).toBe(
      true,
    );
  });

  it("of a customer that is none of ours are kept and ignored", async () => {
    const body = JSON.stringify({
      id: `evt_${newId()}`,
      object: "event",
      type: "invoice.paid",
      created: Math.floor(Date.now() / 1000),
      data: { object: { id: "in_x", object: "invoice", customer: "cus_of_another" } },
    });
    const { Stripe } = await import("stripe").then((module) => ({ Stripe: module.default }));
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: process.env.STRIPE_WEBHOOK_SECRET!,
    });
    expect(await takeInWebhook(body, signature, testTrace())).toBe("stored");
    const { id } = JSON.parse(body) as { id: string };
    await handleStripeEvent({ stripeEventId: id }, testTrace());
    expect(await asOwner("select state, org_id from stripe_event where id = $1", [id])).toEqual([
      { state: "ignored", org_id: null },
    ]);
  });
});

describe("a burst of events of one customer", () => {
  /** How many readings of Stripe have begun. */
  const callsOf = async (customer: string) =>
    (
      await asOwner<{ begun: number }>(
        "select sync_begun::int as begun from billing_customer where stripe_customer_id = $1",
        [customer],
      )
    )[0]!.begun;
  /** Stores all that waits, without handling it. @returns the ids. */
  async function storeAll(customer: string): Promise<string[]> {
    const waiting = await stripe.waiting();
    const ids: string[] = [];
    for (const { body, signature } of waiting) {
      await takeInWebhook(body, signature, testTrace());
      if (body.includes(customer)) ids.push((JSON.parse(body) as { id: string }).id);
    }
    await stripe.control("deliveries/drop", { ids: waiting.map(({ id }) => id) });
    const rows = await asOwner<{ id: string }>(
      "select id from stripe_event where id = any($1) and state = 'received'",
      [ids],
    );
    return rows.map(({ id }) => id);
  }
  const statesOf = async (ids: string[]) =>
    new Set(
      (
        await asOwner<{ state: string; attempts: number }>(
          "select state from stripe_event where id = any($1)",
          [ids],
        )
      ).map(({ state }) => state),
    );

  it("is handled by one reading of Stripe: those that came before it are in it", async () => {
    const org = await payingOrg();
    const customer = await customerOf(org.orgId);
    const ids = await storeAll(customer);
    expect(ids.length).toBeGreaterThan(3);
    const before = await callsOf(customer);
    for (const id of ids) await handleStripeEvent({ stripeEventId: id }, testTrace());
    expect((await callsOf(customer)) - before).toBe(1);
    expect(await statesOf(ids)).toEqual(new Set(["handled"]));
  });

  it("is handled by two at most when all of them begin at once", async () => {
    const org = await payingOrg();
    const customer = await customerOf(org.orgId);
    const ids = await storeAll(customer);
    const before = await callsOf(customer);
    await Promise.all(ids.map((id) => handleStripeEvent({ stripeEventId: id }, testTrace())));
    expect((await callsOf(customer)) - before).toBeLessThanOrEqual(2);
    expect(await statesOf(ids)).toEqual(new Set(["handled"]));
  });

  it("leaves to the next reading what came after it began", async () => {
    const org = await payingOrg();
    const customer = await customerOf(org.orgId);
    const [first, ...rest] = await storeAll(customer);
    await asOwner("update stripe_event set received_at = now() + interval '1 hour' where id = any($1)", [
      rest,
    ]);
    await handleStripeEvent({ stripeEventId: first! }, testTrace());
    expect(await statesOf(rest)).toEqual(new Set(["received"]));
    await asOwner("update stripe_event set received_at = now() where id = any($1)", [rest]);
    await handleStripeEvent({ stripeEventId: rest[0]! }, testTrace());
    expect(await statesOf(rest)).toEqual(new Set(["handled"]));
  });
});

describe("a comparison that was killed", () => {
  it("is gone on with where it stopped, once nobody is at it, and sees what is left", async () => {
    const orgs = await Promise.all([payingOrg(), payingOrg(), payingOrg()]);
    const ids = orgs.map(({ orgId }) => orgId).sort();
    await asOwner("delete from reconciliation_difference");
    await asOwner("delete from reconciliation_run");
    // Killed after the second: it was noted up to there.
    const runId = newId();
    const now = clock.now();
    await asOwner(
      `insert into reconciliation_run (id, started_at, compared_until, busy_until, customer_count)
       values ($1, $2, $3, $4, 2)`,
      [runId, now, ids[1], new Date(now.getTime() + 60_000)],
    );
    await asOwner("update subscription set status = 'paused' where org_id = any($1)", [[ids[0], ids[2]]]);
    expect(await reconcileWhenDue()).toBeNull();
    await stripe.moveTo(new Date(now.getTime() + 10 * 60_000));
    await Promise.all([reconcileWhenDue(), reconcileWhenDue()]);
    const [run, ...others] = await asOwner<{ id: string; finished_at: Date | null; busy_until: Date | null }>(
      "select id, finished_at, busy_until from reconciliation_run",
    );
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: runId, busy_until: null });
    expect(run!.finished_at).not.toBeNull();
    const found = await asOwner<{ org_id: string }>(
      "select org_id from reconciliation_difference where kind = 'mirror_stale'",
    );
    expect(found.map(({ org_id: orgId }) => orgId)).toContain(ids[2]);
    expect(found.map(({ org_id: orgId }) => orgId)).not.toContain(ids[0]);
  });
});

describe("dunning's mails", () => {
  it("are not sent for what is paid by now", async () => {
    const org = await failingOrg();
    await stripe.moveTo(later(32));
    await deliver();
    const since = (await as(org).overview()).subscription!.pastDueSince!;
    await stripe.moveTo(new Date(since.getTime() + 1.5 * DAY_MS));
    await decideDunning();
    const [open] = await asOwner<{ hosted_url: string }>(
      "select hosted_url from invoice where org_id = $1 and status = 'open'",
      [org.orgId],
    );
    await payInvoice(open!.hosted_url);
    await deliver();
    const [step] = await asOwner<{ id: string }>(
      "select id from dunning_step where org_id = $1 and day = 1",
      [org.orgId],
    );
    await carryOutDunning({ stepId: step!.id }, testTrace());
    expect(await asOwner("select state, mailed_at from dunning_step where id = $1", [step!.id])).toEqual([
      { state: "dropped", mailed_at: null },
    ]);
  });
});

// The last one, so that it sees what all the others asked for.
describe("what we ask of Stripe", () => {
  it("is taken by the official stripe-mock, and answered as Stripe's document says", async () => {
    const { kinds, wrong } = await stripe.contract();
    expect(kinds).toBeGreaterThan(15);
    expect(wrong).toEqual([]);
  }, 300_000);
});
