// Stripe does not answer: payments are delayed, and nothing else breaks.
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "~/server/db/ids";
import { metrics } from "~/server/observability/metrics";
import { callerFor } from "~/testing/callers";
import { startTestStripe, type TestStripe } from "~/testing/stripe";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { handleStripeEvent } from "./flows/handle-event";
import { takeInWebhook } from "./flows/take-in-webhook";
import { billingRouter } from "./router";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.close());

it("says so on the page, shows what was last heard, keeps events, and makes no more calls", async () => {
  const org = await testOrg({ members: [], plan: "FREE" });
  const billing = callerFor(billingRouter, org.owner);
  await stripe.pay((await billing.checkout({ plan: "PRO", intentId: newId() })).url);
  await billing.refresh();
  const [event] = (await stripe.waiting()).filter(({ type }) => type === "customer.subscription.created");

  await stripe.control("failures", { kind: "500", count: -1, path: "/v1/" });
  for (let at = 0; at < 6; at++)
    await expect(billing.portal()).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: /Payments are delayed/,
    });
  expect(await billing.overview()).toMatchObject({
    payments: "delayed",
    plan: "PRO",
    subscription: { status: "active", monthlyAmount: "29" },
    card: { last4: "4242" },
  });
  const made = await stripe.control<unknown[]>("requests");
  await expect(billing.portal()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(await stripe.control<unknown[]>("requests")).toHaveLength(made.length);
  const gauge = (await metrics().breakerState.get()).values.find(({ labels }) => labels.party === "stripe");
  expect(gauge?.value).toBe(2);

  expect(await takeInWebhook(event!.body, event!.signature, testTrace())).toBe("stored");
  const { id } = JSON.parse(event!.body) as { id: string };
  await handleStripeEvent({ stripeEventId: id }, testTrace());
  expect(
    await asOwner("select state, last_error, due_at is not null as due from stripe_event where id = $1", [
      id,
    ]),
  ).toEqual([{ state: "failed", last_error: "billing.payments_delayed", due: true }]);
});
