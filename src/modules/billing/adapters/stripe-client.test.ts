import { expect, it } from "vitest";
import { isStripeOutage, stripeCodeOf } from "./stripe-client";

/** As thrown by a client that another bundle of the same process made: the SDK's shape under a class of its own. */
class ForeignError extends Error {
  constructor(
    readonly type: string,
    readonly code?: string,
    readonly statusCode?: number,
  ) {
    super(type);
  }
}

it("knows Stripe's code whichever copy of the SDK threw it", () => {
  const cause = new ForeignError("StripeInvalidRequestError", "resource_missing", 404);
  expect(stripeCodeOf(new Error("refused", { cause }))).toBe("resource_missing");
  expect(stripeCodeOf(new Error("ours", { cause: Object.assign(new Error(), { code: "23505" }) }))).toBe(
    undefined,
  );
});

it("takes silence, haste and 5xx for an outage, and a refusal for an answer", () => {
  expect(isStripeOutage(new ForeignError("StripeConnectionError"))).toBe(true);
  expect(isStripeOutage(new ForeignError("StripeRateLimitError", undefined, 429))).toBe(true);
  expect(isStripeOutage(new ForeignError("StripeAPIError", undefined, 502))).toBe(true);
  expect(isStripeOutage(new ForeignError("StripeCardError", "card_declined", 402))).toBe(false);
  expect(isStripeOutage(Object.assign(new Error(), { statusCode: 500 }))).toBe(false);
});
