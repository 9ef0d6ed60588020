/** Puts the price list to Stripe: products, meters and prices under names of ours, again and again without harm. */
import Stripe from "stripe";
import { compareAmounts, toMinor } from "~/kernel/money";
import type { ListedPrice } from "../rules";
import type { OverageMeter } from "../schema";
import { meterEventName, portalConfiguration } from "./stripe";
import { putProduct } from "./products";
import { callStripe } from "./stripe-client";

/** Of our own prices. */
const CURRENCY = "usd";

/** @returns what was made or changed, in words; nothing when all was there. */
export async function putPriceList(list: readonly ListedPrice[]): Promise<string[]> {
  const done: string[] = [];
  const [meters, prices] = await Promise.all([
    callStripe("billing.meters.list", (stripe) =>
      stripe.billing.meters.list({ limit: 100, status: "active" }),
    ),
    callStripe("prices.list", (stripe) =>
      stripe.prices.list({ lookup_keys: list.map(({ lookupKey }) => lookupKey), limit: 100 }),
    ),
  ]);
  const meterIds = new Map(meters.data.map(({ event_name, id }) => [event_name, id]));
  for (const listed of list) {
    const what = await putProduct(listed);
    if (what) done.push(`product ${listed.product} ${what}`);
    const meter = "overage" in listed ? await putMeter(listed, listed.overage, meterIds, done) : undefined;
    await putPrice(
      listed,
      meter,
      prices.data.find(({ lookup_key }) => lookup_key === listed.lookupKey),
      done,
    );
  }
  if (await portalConfiguration(true)) done.push("portal configured");
  return done;
}

async function putMeter(
  { name }: ListedPrice,
  overage: OverageMeter,
  known: Map<string, string>,
  done: string[],
): Promise<string> {
  const event_name = meterEventName(overage);
  const there = known.get(event_name);
  if (there) return there;
  const { id } = await callStripe("billing.meters.create", (stripe) =>
    stripe.billing.meters.create({
      display_name: name,
      event_name,
      default_aggregation: { formula: "sum" },
      customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
      value_settings: { event_payload_key: "value" },
    }),
  );
  done.push(`meter ${event_name} made`);
  return id;
}

/** A price's amount can't be changed at Stripe: a new one takes its name over, and who subscribed keeps the old. */
async function putPrice(
  listed: ListedPrice,
  meter: string | undefined,
  there: Stripe.Price | undefined,
  done: string[],
): Promise<void> {
  const wanted = toMinor("amount" in listed ? listed.amount : listed.unitAmount, CURRENCY);
  if (
    there?.active &&
    compareAmounts(String(there.unit_amount_decimal ?? there.unit_amount ?? 0), wanted) === 0
  )
    return;
  await callStripe("prices.create", (stripe) =>
    stripe.prices.create({
      product: listed.product,
      currency: CURRENCY,
      lookup_key: listed.lookupKey,
      transfer_lookup_key: true,
      nickname: listed.name,
      ...("amount" in listed
        ? { unit_amount: Number(wanted), recurring: { interval: "month" as const } }
        : {
            unit_amount_decimal: Stripe.Decimal.from(wanted),
            recurring: { interval: "month" as const, usage_type: "metered" as const, meter },
          }),
    }),
  );
  done.push(`price ${listed.lookupKey} ${there ? "changed" : "made"}`);
  if (there?.active)
    await callStripe("prices.update", (stripe) => stripe.prices.update(there.id, { active: false }));
}
