import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billingPeriod } from "~/kernel/billing-period";
import { anchorOf } from "./rules";

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
