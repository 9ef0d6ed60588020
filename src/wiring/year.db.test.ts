// A customer's year with a test clock, through our own code, against a table that was worked out by hand.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { carryOutDunning, decideDunning } from "~/modules/billing/flows/dunning";
import { handleStripeEvent } from "~/modules/billing/flows/handle-event";
import { reconcile } from "~/modules/billing/flows/reconcile";
import { reportOverage } from "~/modules/billing/flows/report-overage";
import { takeInWebhook } from "~/modules/billing/flows/take-in-webhook";
import { countUsage, reserveUsage } from "~/modules/metering";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { refused } from "~/testing/refusals";
import { startService } from "~/testing/services";
import { CARDS, startTestStripe, type TestStripe } from "~/testing/stripe";
import { actorIn, asOwner, testTrace, testUser, unique, type TestUser } from "~/testing/tenants";
import { mail } from "../../scripts/services/mail";
import { appRouter } from "./routers";

/**
 * PRO is $29.00 a month, with 2,500 images, 300,000 seconds of speech and 150,000 of rendering. Beyond: 5 cents an image,
 * 0.1 cents a second of speech, 10 cents for 60 seconds of rendering. A line is rounded once, half a cent up.
 * Lines: the plan, images, speech, rendering, storage.
 */
const INVOICES = [
  // Subscribed in the middle of the trial of 14 days: nothing yet.
  { issued: "01-15", period: ["01-15", "01-15"], lines: ["0"], total: "0", attempts: 0 },
  // The trial is over.
  { issued: "01-24", period: ["01-15", "01-24"], lines: ["29"], total: "29", attempts: 1 },
  // 137 images are 6.85; 12,345 seconds of speech 12.345 → 12.35.
  {
    issued: "02-24",
    period: ["01-24", "02-24"],
    lines: ["29", "6.85", "12.35", "0", "0"],
    total: "48.2",
    attempts: 1,
  },
  // 40 images and one more ten minutes before the period's end, told after it: 2.05. The last second of speech is included.
  {
    issued: "03-24",
    period: ["02-24", "03-24"],
    lines: ["29", "2.05", "0", "0", "0"],
    total: "31.05",
    attempts: 1,
  },
  // 200 images. Declined on the 24th, 25th and 27th, paid by another card on the 29th.
  {
    issued: "04-24",
    period: ["03-24", "04-24"],
    lines: ["29", "10", "0", "0", "0"],
    total: "39",
    attempts: 4,
  },
  // 10 images, and 5 that were not told yet when it was opted out: 0.75. 61 seconds of rendering: 0.1016… → 0.10.
  {
    issued: "05-24",
    period: ["04-24", "05-24"],
    lines: ["29", "0.75", "0", "0.1", "0"],
    total: "29.85",
    attempts: 1,
  },
  // All that the plan includes was used, and nothing beyond it can be.
  {
    issued: "06-24",
    period: ["05-24", "06-24"],
    lines: ["29", "0", "0", "0", "0"],
    total: "29",
    attempts: 1,
  },
  {
    issued: "07-24",
    period: ["06-24", "07-24"],
    lines: ["29", "0", "0", "0", "0"],
    total: "29",
    attempts: 1,
  },
  {
    issued: "08-24",
    period: ["07-24", "08-24"],
    lines: ["29", "0", "0", "0", "0"],
    total: "29",
    attempts: 1,
  },
  {
    issued: "09-24",
    period: ["08-24", "09-24"],
    lines: ["29", "0", "0", "0", "0"],
    total: "29",
    attempts: 1,
  },
  // Cancelled on October 5, after it was opted in again: only the 33 images of the last period.
  { issued: "10-24", period: ["09-24", "10-24"], lines: ["1.65"], total: "1.65", attempts: 1 },
];
/** 0 + 29 + 48.20 + 31.05 + 39 + 29.85 + 4 × 29 + 1.65. */
const PAID = "294.75";

/** The plan in force and the one that is paid for, the subscription's state, and the period that use is counted in. */
const STEPS = [
  ["01-10", "PRO", "FREE", null, "01-10", "02-10"],
  ["01-15", "PRO", "PRO", "trialing", "12-24", "01-24"],
  ["01-24", "PRO", "PRO", "active", "01-24", "02-24"],
  ["02-24", "PRO", "PRO", "active", "02-24", "03-24"],
  ["03-24", "PRO", "PRO", "active", "03-24", "04-24"],
  ["04-24", "PRO", "PRO", "past_due", "04-24", "05-24"],
  ["04-27", "PRO", "PRO", "past_due", "04-24", "05-24"],
  ["04-29", "PRO", "PRO", "active", "04-24", "05-24"],
  ["05-24", "PRO", "PRO", "active", "05-24", "06-24"],
  ["06-24", "PRO", "PRO", "active", "06-24", "07-24"],
  ["07-24", "PRO", "PRO", "active", "07-24", "08-24"],
  ["08-24", "PRO", "PRO", "active", "08-24", "09-24"],
  ["09-24", "PRO", "PRO", "active", "09-24", "10-24"],
  ["10-05", "PRO", "PRO", "active", "09-24", "10-24"],
];

const YEAR = new Date().getUTCFullYear() + 1;
const instant = (day: string, time = "00:00:00") => new Date(`${YEAR}-${day}T${time}Z`);
const dayOf = (at: Date) => at.toISOString().slice(5, 10);

let stripe: TestStripe;
let mailbox: string;
let founder: TestUser;
let owner: OrgActor;
const steps: unknown[][] = [];
const mails: [string, number][] = [];
let afterOptingOut: unknown;
/** Differences found, one number for each time that all was compared. */
const found: number[] = [];

const billing = () => callerFor(appRouter, owner).billing;

/** Events that wait come in, what is due is decided and carried out, and usage is told: what runs by itself. */
async function runWhatIsDue(): Promise<void> {
  const waiting = await stripe.waiting();
  for (const { body, signature } of waiting) {
    expect(await takeInWebhook(body, signature, testTrace())).toBe("stored");
    await handleStripeEvent({ stripeEventId: (JSON.parse(body) as { id: string }).id }, testTrace());
  }
  await stripe.control("deliveries/drop", { ids: waiting.map(({ id }) => id) });
  await decideDunning();
  for (const { id } of await asOwner<{ id: string }>(
    "select id from dunning_step where state = 'done' and mailed_at is null",
  ))
    await carryOutDunning({ stepId: id }, testTrace());
  await reportOverage();
}

async function until(day: string, time = "02:00:00"): Promise<void> {
  await stripe.moveTo(instant(day, time));
  await runWhatIsDue();
}

async function count(meter: "images" | "tts_seconds" | "render_seconds", quantity: number): Promise<void> {
  await withTenant(owner, (scope) =>
    countUsage(scope, { meter, quantity, idempotencyKey: newId(), occurredAt: clock.now() }),
  );
}

/** Writes down where the organization stands. */
async function stand(): Promise<void> {
  const { plan, basePlan, subscription, period } = await billing().overview();
  const { status = null } = subscription ?? {};
  steps.push([dayOf(clock.now()), plan, basePlan, status, dayOf(period.start), dayOf(period.end)]);
}

/** To the day's renewal and past the hour in which its invoice is open. */
async function renewal(day: string): Promise<void> {
  await until(day, "00:30:00");
  await until(day);
  await stand();
  found.push((await reconcile(testTrace())).differences);
}

/** Mails that said that the payment did not go through, so far. */
async function countMails(): Promise<void> {
  type Mail = { subject: string; text: string; to: { address: string }[] };
  const all = (await (await fetch(`${mailbox}/api/email`)).json()) as Mail[];
  const told = all.filter(
    ({ subject, text, to }) =>
      subject === "The payment for Year & Co did not go through" &&
      text.includes("$39.00") &&
      to.some(({ address }) => address === founder.email),
  );
  mails.push([dayOf(clock.now()), told.length]);
}

async function payBy(card: string): Promise<void> {
  const { url } = await billing().portal();
  const fields = { action: "card", cardNumber: card, cardExpiry: "12 / 40", cardCvc: "123", country: "US" };
  const answer = await fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
  expect(answer.status).toBeLessThan(400);
}

async function live(): Promise<void> {
  await stripe.moveTo(instant("01-10"));
  founder = await testUser();
  const { id } = await callerFor(appRouter, founder).tenancy.create({
    name: "Year & Co",
    slug: unique("year"),
  });
  owner = actorIn(id, founder, "owner");
  await stand();

  await until("01-15");
  const { url } = await billing().checkout({ plan: "PRO", intentId: newId() });
  expect(await stripe.pay(url)).toContain("checkout=done");
  await runWhatIsDue();
  await stand();
  await renewal("01-24");

  await billing().setOverage({ enabled: true, cap: "100" });
  await until("02-05", "10:20:00");
  await count("images", 2_500);
  await count("images", 100);
  await count("tts_seconds", 300_000);
  await until("02-05", "11:20:00");
  await count("images", 37);
  await until("02-05", "12:20:00");
  await count("tts_seconds", 12_345);
  await until("02-05", "13:20:00");
  await renewal("02-24");

  await until("03-03");
  await count("images", 2_540);
  await count("tts_seconds", 300_000);
  await until("03-03", "03:00:00");
  await until("03-23", "23:50:00");
  await count("images", 1);
  await renewal("03-24");

  await until("04-10");
  await count("images", 2_700);
  await until("04-10", "03:00:00");
  const [customer] = await asOwner<{ id: string }>("select stripe_customer_id as id from billing_customer");
  await stripe.declineFromNowOn(customer!.id);
  await renewal("04-24");
  await countMails();
  await until("04-25");
  await countMails();
  await until("04-27");
  await countMails();
  await stand();
  await payBy(CARDS.fine);
  await until("04-29");
  await stand();
  await until("05-01", "02:00:00");
  await countMails();

  await until("05-02");
  await count("images", 2_510);
  await count("render_seconds", 150_061);
  await until("05-02", "03:00:00");
  await until("05-09", "10:00:00");
  await count("images", 5);
  await billing().setOverage({ enabled: false });
  await until("05-10");
  const one = { meter: "images", quantity: 1, key: newId(), expiresAt: instant("05-11") } as const;
  afterOptingOut = await refused(withTenant(owner, (scope) => reserveUsage(scope, one)));
  await renewal("05-24");

  await until("06-02");
  await count("images", 2_500);
  for (const day of ["06-24", "07-24", "08-24", "09-24"]) await renewal(day);

  await until("10-02");
  await billing().setOverage({ enabled: true, cap: "20" });
  await count("images", 2_533);
  await until("10-05");
  await billing().cancel({ intentId: newId() });
  await stand();
  await until("10-24");
  found.push((await reconcile(testTrace())).differences);
  await until("12-31");
}

beforeAll(async () => {
  stripe = await startTestStripe();
  const { at } = await startService(mail, undefined);
  mailbox = at.web;
  process.env.SMTP_URL = at.smtp;
  forgetEnv();
  await live();
}, 240_000);
afterAll(() => stripe.close());

describe("a customer's year", () => {
  it("has every invoice and line to the cent, as the table was worked out by hand", async () => {
    const { items } = await billing().invoices({ limit: 100 });
    const invoices = await Promise.all(items.reverse().map(({ id }) => billing().invoice({ id })));
    const attempts = await asOwner<{ id: string; attempt_count: number }>(
      "select id, attempt_count from invoice",
    );
    expect(
      invoices.map(({ id, issuedAt, period, lines, total }) => ({
        issued: dayOf(issuedAt),
        period: [dayOf(period.start), dayOf(period.end)],
        lines: lines.map(({ amount }) => amount),
        total,
        attempts: attempts.find((one) => one.id === id)?.attempt_count,
      })),
    ).toEqual(INVOICES);
    expect(
      invoices.every(({ status, amountRemaining }) => status === "paid" && amountRemaining === "0"),
    ).toBe(true);
    const [paid] = await asOwner("select trim_scale(sum(amount_paid))::text as sum from invoice");
    expect(paid).toEqual({ sum: PAID });
  });

  it("names what each line of usage charges for, by meter and in units", async () => {
    const lines = await asOwner(
      `select l.meter, l.quantity::text, trim_scale(l.unit_amount)::text as unit, to_char(l.period_start at time zone 'UTC', 'MM-DD') as start
       from invoice_line l join invoice i on i.id = l.invoice_id where l.meter is not null and l.amount > 0
       order by i.issued_at, l.position`,
    );
    expect(lines).toEqual([
      { meter: "images", quantity: "137", unit: "0.05", start: "01-24" },
      { meter: "tts_seconds", quantity: "12345", unit: "0.001", start: "01-24" },
      { meter: "images", quantity: "41", unit: "0.05", start: "02-24" },
      { meter: "images", quantity: "200", unit: "0.05", start: "03-24" },
      { meter: "images", quantity: "15", unit: "0.05", start: "04-24" },
      { meter: "render_seconds", quantity: "61", unit: "0.001666666667", start: "04-24" },
      { meter: "images", quantity: "33", unit: "0.05", start: "09-24" },
    ]);
  });

  it("can be followed back from each line of usage to the entries that made it, though the plan is another by now", async () => {
    const { items } = await billing().invoices({ limit: 100 });
    const used: [string, number][] = [];
    for (const { id } of items.reverse())
      for (const { meter, amount, period } of (await billing().invoice({ id })).lines) {
        if (!meter || meter === "storage_mb_months" || amount === "0") continue;
        const asked = { meter, periodStart: period.start };
        const { metering } = callerFor(appRouter, owner);
        const entries = (await metering.entries(asked)).items;
        const sum = entries.reduce((units, { quantity }) => units + quantity, 0);
        expect(entries.every(({ occurredAt }) => period.start <= occurredAt && occurredAt < period.end)).toBe(
          true,
        );
        expect(await metering.byDay(asked)).toMatchObject({ period, used: sum });
        used.push([meter, sum]);
      }
    expect(used).toEqual([
      ["images", 2_500 + 137],
      ["tts_seconds", 300_000 + 12_345],
      ["images", 2_500 + 41],
      ["images", 2_500 + 200],
      ["images", 2_500 + 15],
      ["render_seconds", 150_000 + 61],
      ["images", 2_500 + 33],
    ]);
  });

  it("was on the right plan and in the right period at each step", () => {
    expect(steps).toEqual(STEPS);
  });

  it("had its failed payment told on days 1 and 3, and not again once it was paid", async () => {
    expect(mails).toEqual([
      ["04-24", 0],
      ["04-25", 1],
      ["04-27", 2],
      ["05-01", 2],
    ]);
    const counted = await asOwner<{ quantity: string }>(
      "select quantity from usage_ledger where meter = 'emails' and idempotency_key like 'mail:dunning.%'",
    );
    expect(counted).toEqual([{ quantity: "1" }, { quantity: "1" }]);
    expect(await asOwner("select day, state from dunning_step order by day")).toEqual([
      { day: 1, state: "done" },
      { day: 3, state: "done" },
      { day: 7, state: "dropped" },
      { day: 14, state: "dropped" },
    ]);
  });

  it("was refused what goes beyond the plan after it opted out", () => {
    expect(afterOptingOut).toBe("quota_exceeded");
  });

  it("ended on FREE with the last period it paid for, and stays there", async () => {
    const { plan, source, subscription, overage } = await billing().overview();
    expect({ plan, source, subscription, isEnabled: overage.isEnabled }).toEqual({
      plan: "FREE",
      source: "none",
      subscription: null,
      isEnabled: false,
    });
    const [ended] = await asOwner<{ ended_at: Date }>("select ended_at from subscription");
    expect(dayOf(ended!.ended_at)).toBe("10-24");
  });

  it("moved revenue twice: new when the trial became a payment, churn when it ended", async () => {
    const movements = await asOwner(
      `select kind, trim_scale(before)::text as before, trim_scale(after)::text as after,
              to_char(occurred_at at time zone 'UTC', 'MM-DD') as day from revenue_movement order by id`,
    );
    expect(movements).toEqual([
      { kind: "new", before: "0", after: "29", day: "01-24" },
      { kind: "churn", before: "29", after: "0", day: "10-24" },
    ]);
  });

  it("told Stripe each unit once, and leaves reconciliation nothing to find", async () => {
    expect(
      await asOwner(
        `select meter, sum(quantity)::int as units, array_agg(distinct state) as states from usage_report
         group by meter order by meter`,
      ),
    ).toEqual([
      { meter: "images", units: 137 + 41 + 200 + 15 + 33, states: ["confirmed"] },
      { meter: "render_seconds", units: 61, states: ["confirmed"] },
      { meter: "tts_seconds", units: 12_345, states: ["confirmed"] },
    ]);
    expect(found).toEqual(Array.from({ length: 10 }, () => 0));
    expect(await reconcile(testTrace())).toMatchObject({ differences: 0 });
  });
});
