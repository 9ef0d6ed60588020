import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billingPeriod } from "~/kernel/billing-period";
import {
  anchorOf,
  chosenSubscription,
  countedAt,
  dunningOf,
  graceEnds,
  isLive,
  mayResend,
  monthlyRevenue,
  movementOf,
  nextEventTry,
  overageCost,
  pastDueSince,
  priceList,
  standingOf,
  unitsToReport,
} from "./rules";
import { SubscriptionStatus, type SubscriptionState } from "./schema";

const at = (text: string) => new Date(text);
const subscription = (over: Partial<SubscriptionState> = {}): SubscriptionState => ({
  stripeId: "sub_1",
  status: "active",
  plan: "PRO",
  currency: "USD",
  monthlyAmount: "29",
  netAmount: "29",
  priceId: "price_1",
  heldPlan: null,
  heldUntil: null,
  periodStart: at("2026-11-01T00:00:00Z"),
  periodEnd: at("2026-12-01T00:00:00Z"),
  cancelAtPeriodEnd: false,
  cancelAt: null,
  trialEnd: null,
  startedAt: at("2026-10-01T00:00:00Z"),
  endedAt: null,
  ...over,
});

describe("what a subscription grants", () => {
  it.each([
    ["active", "PRO"],
    ["trialing", "PRO"],
    ["past_due", "PRO"],
    ["unpaid", "FREE"],
    ["paused", "FREE"],
    ["canceled", "FREE"],
    ["incomplete", null],
    ["incomplete_expired", null],
  ] as const)("%s: %s", (status, plan) => {
    expect(standingOf(subscription({ status }), false, at("2026-11-10T00:00:00Z"))?.plan ?? null).toBe(plan);
  });

  it("is nothing once dunning gave it up, and says nothing without one", () => {
    expect(standingOf(subscription({ status: "past_due" }), true, at("2026-11-10T00:00:00Z"))).toEqual({
      plan: "FREE",
      period: null,
    });
    expect(standingOf(null, false, at("2026-11-10T00:00:00Z"))).toBeNull();
  });

  it("is of the one that grants, whatever else there is and in whatever order it comes", () => {
    const statuses = fc.array(fc.constantFrom(...SubscriptionStatus.options), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(statuses, fc.nat(), (list, turn) => {
        const all = list.map((status, index) => subscription({ status, stripeId: `sub_${index}` }));
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
        const chosen = chosenSubscription(all);
        expect(chosenSubscription(turned)).toEqual(chosen);
        const granting = ["active", "trialing", "past_due"];
        if (list.some((status) => granting.includes(status))) expect(granting).toContain(chosen!.status);
        else if (list.some(isLive)) expect(isLive(chosen!.status)).toBe(true);
      }),
    );
  });
});

describe("monthly recurring revenue", () => {
  it("is what is paid or owed, and nothing for a trial", () => {
    expect(monthlyRevenue(subscription({ status: "past_due" }))).toBe("29");
    expect(monthlyRevenue(subscription({ status: "trialing" }))).toBe("0");
    expect(monthlyRevenue(null)).toBe("0");
  });

  it.each([
    ["0", "29", "new"],
    ["29", "0.000", "churn"],
    ["29", "99", "expansion"],
    ["99", "29.000", "contraction"],
    ["29.000", "29", null],
  ] as const)("from %s to %s is %s", (before, after, kind) => {
    expect(movementOf(before, after)).toBe(kind);
  });
});

describe("not paying", () => {
  const open = (issuedAt: string, over = {}) => ({
    status: "open" as const,
    subscriptionId: "sub_1",
    issuedAt: at(issuedAt),
    attemptCount: 1,
    ...over,
  });

  it("begins with the oldest open invoice of the subscription that was tried", () => {
    const late = subscription({ status: "past_due" });
    const invoices = [
      open("2026-11-20T00:00:00Z"),
      open("2026-11-10T00:00:00Z"),
      open("2026-11-05T00:00:00Z", { attemptCount: 0 }),
      open("2026-11-01T00:00:00Z", { subscriptionId: "sub_2" }),
    ];
    expect(pastDueSince(late, invoices)).toEqual(at("2026-11-10T00:00:00Z"));
    expect(pastDueSince(subscription(), invoices)).toBeNull();
  });

  it("is mailed about on days 1, 3 and 7 and ends the plan on day 14", () => {
    const since = at("2026-11-10T06:30:00Z");
    expect(dunningOf(since).map(({ act, dueAt }) => [act, dueAt.toISOString()])).toEqual([
      ["mail", "2026-11-11T06:30:00.000Z"],
      ["mail", "2026-11-13T06:30:00.000Z"],
      ["mail", "2026-11-17T06:30:00.000Z"],
      ["downgrade", "2026-11-24T06:30:00.000Z"],
    ]);
    expect(graceEnds(since)).toEqual(at("2026-11-24T06:30:00Z"));
  });
});

describe("overage", () => {
  it("tells what is new and never less than nothing", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (over, told) => {
        const units = unitsToReport(over, told);
        expect(units >= 0n).toBe(true);
        expect(told + units).toBe(over > told ? over : told);
      }),
    );
  });

  it("is counted inside its period, whenever it is told", () => {
    const period = { start: at("2026-11-01T00:00:00Z"), end: at("2026-12-01T00:00:00Z") };
    expect(countedAt(period, at("2026-11-15T12:00:00Z"))).toEqual(at("2026-11-15T12:00:00Z"));
    expect(countedAt(period, at("2026-12-01T00:00:00Z"))).toEqual(at("2026-11-30T23:59:59Z"));
    expect(countedAt(period, at("2026-10-31T23:00:00Z"))).toEqual(period.start);
  });

  it("is told again blindly only while Stripe still knows the identifier", () => {
    const now = at("2026-11-21T20:00:00Z");
    expect(mayResend(null, now)).toBe(true);
    expect(mayResend(at("2026-11-21T00:00:01Z"), now)).toBe(true);
    expect(mayResend(at("2026-11-21T00:00:00Z"), now)).toBe(false);
  });

  it("costs what the price list says", () => {
    expect(overageCost("images", 37)).toBe("1.85");
    expect(overageCost("tts_seconds", 1_000)).toBe("1");
    expect(overageCost("render_seconds", 90)).toBe("0.15");
    expect(overageCost("storage_mb_months", 2_500)).toBe("0.25");
  });
});

it("sells Pro and four kinds of usage beyond it, and no plan by agreement", () => {
  expect(priceList().map((one) => [one.lookupKey, "amount" in one ? one.amount : one.unitAmount])).toEqual([
    ["pro_monthly", "29.000"],
    ["overage_images", "0.05"],
    ["overage_tts_seconds", "0.001"],
    ["overage_render_seconds", "0.00166666666667"],
    ["overage_storage_mb_months", "0.0001"],
  ]);
});

it("tries an event again ever later, and leaves it to a person in the end", () => {
  const now = at("2026-11-21T00:00:00Z");
  const waits = Array.from(
    { length: 12 },
    (_, attempts) => nextEventTry(attempts, now)!.getTime() - now.getTime(),
  );
  expect(waits.every((wait, index) => index === 0 || wait >= waits[index - 1]!)).toBe(true);
  expect(waits.at(-1)).toBeLessThanOrEqual(6 * 3_600_000);
  expect(nextEventTry(12, now)).toBeNull();
});

describe("the anchor of Stripe's periods", () => {
  it("told from any one monthly period gives every other one, whatever the day it began on", () => {
    const instants = fc.date({
      min: new Date("2024-01-01T00:00:00Z"),
      max: new Date("2030-01-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, instants, instants, (anchor, at, later) => {
        const told = anchorOf(billingPeriod(anchor, at));
        expect(billingPeriod(told, later)).toEqual(billingPeriod(anchor, later));
      }),
      { numRuns: 2_000 },
    );
  });
});
