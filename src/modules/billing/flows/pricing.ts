/** What is sold, for everybody: from the table of plans and the price list. */
import { METERS } from "~/kernel/meter-table";
import { PLAN_PRICES, PLANS } from "~/kernel/plans";
import { planLimits } from "~/modules/entitlements";
import { newId } from "~/server/db/ids";
import { readSystem } from "~/server/db/with-system";
import { meterOf } from "../rules";
import { OVERAGE_METERS, type Pricing } from "../schema";

export async function pricing(): Promise<Pricing> {
  const trace = { correlationId: newId(), address: null };
  const limits = await readSystem({ reason: "prices for everybody", trace }, ({ db }) => planLimits(db));
  return {
    plans: PLANS.map((plan) => ({ plan, price: PLAN_PRICES[plan], limits: limits[plan] })),
    overage: OVERAGE_METERS.flatMap((one) => {
      const { overage, label, unit, kind } = METERS[meterOf(one)];
      if (!overage) return [];
      const per = kind === "gauge" ? "GB and month" : overage.per === 60 ? "minute" : unit;
      return [{ label, price: overage.price, per }];
    }),
  };
}
