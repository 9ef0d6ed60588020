import { Decimal } from "decimal.js";
import { page, type Paging } from "./answers";
import type { Coupon, Metadata, Meter, Price, Product, PromotionCode, Recurring } from "./objects";
import { invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { mergedMetadata, newId, type World } from "./world";

interface ProductParams {
  id?: string;
  name?: string;
  active?: boolean;
  description?: string;
  images?: string[] | "";
  marketing_features?: { name: string }[] | "";
  metadata?: Metadata | "";
  default_price?: string;
  shippable?: boolean;
  statement_descriptor?: string;
  tax_code?: string;
  unit_label?: string;
  url?: string;
}

const PRODUCT_FIELDS = [
  "active description images marketing_features metadata name shippable statement_descriptor tax_code",
  "unit_label url",
].flatMap((names) => names.split(" "));

function writeProduct(product: Product, params: ProductParams): void {
  const { metadata, images, marketing_features: features, ...plain } = params;
  for (const [name, value] of Object.entries(plain)) {
    if (name !== "id" && name !== "expand") Object.assign(product, { [name]: value === "" ? null : value });
  }
  if (images !== undefined) product.images = images || [];
  if (features !== undefined) product.marketing_features = features || [];
  product.metadata = mergedMetadata(product.metadata, metadata);
}

interface PriceParams {
  active?: boolean;
  currency: string;
  lookup_key?: string;
  metadata?: Metadata | "";
  nickname?: string;
  product?: string;
  product_data?: { name: string; id?: string; metadata?: Metadata };
  recurring?: Partial<Recurring> & { interval: Recurring["interval"] };
  tax_behavior?: Price["tax_behavior"];
  transfer_lookup_key?: boolean;
  unit_amount?: number;
  unit_amount_decimal?: string;
  billing_scheme?: "per_unit" | "tiered";
}

/** A lookup key names one price: taking it over is asked for explicitly. */
function giveLookupKey(world: World, price: Price, key: string | undefined, transfer: boolean): void {
  if (key === undefined) return;
  const holder = world.all("price").find((other) => other.lookup_key === key && other.id !== price.id);
  if (holder && !transfer) {
    throw invalid(
      `A price (\`${holder.id}\`) already uses that lookup key. To transfer the lookup key to this price instead, set \`transfer_lookup_key\` to \`true\`.`,
      "lookup_key",
      "resource_already_exists",
    );
  }
  if (holder) world.change("price.updated", holder, (other) => (other.lookup_key = null));
  price.lookup_key = key || null;
}

function makePrice(world: World, params: PriceParams): Price {
  understands(params, PRICE_FIELDS);
  if (params.billing_scheme === "tiered")
    throw invalid("The local Stripe has no tiers.", "billing_scheme", "not_emulated");
  if (params.unit_amount !== undefined && params.unit_amount_decimal !== undefined)
    throw invalid(
      "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
      "unit_amount",
    );
  const decimal = params.unit_amount_decimal ?? params.unit_amount?.toString();
  if (decimal === undefined)
    throw invalid(
      "Prices require an `unit_amount` or `unit_amount_decimal`.",
      "unit_amount",
      "parameter_missing",
    );
  const amount = /^-?\d+(\.\d{1,12})?$/.test(decimal) ? new Decimal(decimal) : undefined;
  if (!amount || amount.isNegative())
    throw invalid("Invalid decimal: at most 12 decimal places", "unit_amount_decimal");
  let product = params.product;
  if (product) world.get("product", product, "product");
  else if (params.product_data) product = makeProduct(world, params.product_data).id;
  else
    throw invalid(
      "You must specify either `product` or `product_data` when creating a price.",
      "product",
      "parameter_missing",
    );
  const recurring: Recurring | null = params.recurring
    ? { interval_count: 1, meter: null, usage_type: "licensed", ...params.recurring }
    : null;
  if (recurring?.meter) world.get("billing.meter", recurring.meter, "recurring[meter]");
  if (recurring && (recurring.usage_type === "metered") !== (recurring.meter !== null))
    throw invalid("A metered price must name a meter, and only a metered price may.", "recurring[meter]");
  const price: Price = {
    ...world.base("price", "price"),
    active: params.active ?? true,
    billing_scheme: "per_unit",
    currency: params.currency.toLowerCase(),
    custom_unit_amount: null,
    lookup_key: null,
    metadata: mergedMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring,
    tax_behavior: params.tax_behavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? "recurring" : "one_time",
    unit_amount: amount.isInteger() ? amount.toNumber() : null,
    unit_amount_decimal: amount.toFixed(),
  };
  giveLookupKey(world, price, params.lookup_key, params.transfer_lookup_key ?? false);
  world.put("price", price);
  world.emit("price.created", price);
  return price;
}

const PRICE_FIELDS = [
  "active currency lookup_key metadata nickname product product_data recurring tax_behavior",
  "transfer_lookup_key unit_amount unit_amount_decimal billing_scheme",
].flatMap((names) => names.split(" "));

function makeProduct(world: World, params: ProductParams): Product {
  if (params.id && world.find("product", params.id))
    throw invalid("Product already exists.", "id", "resource_already_exists");
  const product: Product = {
    ...world.base("prod", "product"),
    ...(params.id && { id: params.id }),
    active: true,
    default_price: null,
    description: null,
    images: [],
    marketing_features: [],
    metadata: {},
    name: "",
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    unit_label: null,
    updated: world.worldNow(),
    url: null,
  };
  writeProduct(product, params);
  world.put("product", product);
  world.emit("product.created", product);
  return product;
}

interface MeterParams {
  customer_mapping?: { event_payload_key: string; type: "by_id" };
  default_aggregation: Meter["default_aggregation"];
  display_name: string;
  event_name: string;
  event_time_window?: "day" | "hour";
  value_settings?: { event_payload_key: string };
}

interface CouponParams {
  id?: string;
  amount_off?: number;
  currency?: string;
  duration?: Coupon["duration"];
  duration_in_months?: number;
  max_redemptions?: number;
  metadata?: Metadata | "";
  name?: string;
  percent_off?: number;
  redeem_by?: number;
}

function makeCoupon(world: World, params: CouponParams): Coupon {
  understands(
    params,
    "id amount_off currency duration duration_in_months max_redemptions metadata name percent_off redeem_by".split(
      " ",
    ),
  );
  if ((params.amount_off === undefined) === (params.percent_off === undefined))
    throw invalid("You must pass either percent_off or amount_off.", "percent_off");
  if (params.percent_off !== undefined && (params.percent_off <= 0 || params.percent_off > 100))
    throw invalid("Invalid percent_off: must be greater than 0 and at most 100", "percent_off");
  if (params.amount_off !== undefined && (!params.currency || params.amount_off <= 0))
    throw invalid(
      "You must pass currency when passing amount_off, which must be greater than 0.",
      "currency",
    );
  const duration = params.duration ?? "once";
  if ((duration === "repeating") !== (params.duration_in_months !== undefined))
    throw invalid(
      "duration_in_months goes with a repeating coupon, and only with one.",
      "duration_in_months",
    );
  if (params.id && world.find("coupon", params.id))
    throw invalid("Coupon already exists.", "id", "resource_already_exists");
  const coupon: Coupon = {
    ...world.base("", "coupon"),
    id: params.id ?? newId("c", 8).slice(2),
    amount_off: params.amount_off ?? null,
    currency: params.currency?.toLowerCase() ?? null,
    duration,
    duration_in_months: params.duration_in_months ?? null,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergedMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  world.put("coupon", coupon);
  world.emit("coupon.created", coupon);
  return coupon;
}

interface PromotionCodeParams {
  promotion: { type: "coupon"; coupon?: string };
  active?: boolean;
  code?: string;
  customer?: string;
  expires_at?: number;
  max_redemptions?: number;
  metadata?: Metadata | "";
  restrictions?: {
    first_time_transaction?: boolean;
    minimum_amount?: number;
    minimum_amount_currency?: string;
  };
}

function makePromotionCode(world: World, params: PromotionCodeParams): PromotionCode {
  understands(
    params,
    "promotion active code customer expires_at max_redemptions metadata restrictions".split(" "),
  );
  const coupon = params.promotion.coupon;
  if (!coupon)
    throw invalid("Missing required param: promotion[coupon].", "promotion[coupon]", "parameter_missing");
  world.get("coupon", coupon, "promotion[coupon]");
  if (params.customer) world.get("customer", params.customer, "customer");
  const code = params.code ?? newId("p", 8).slice(2).toUpperCase();
  const same = world
    .all("promotion_code")
    .some((other) => other.active && other.code.toLowerCase() === code.toLowerCase());
  if (same) throw invalid("An active promotion code with `code` already exists.", "code");
  const made: PromotionCode = {
    ...world.base("promo", "promotion_code"),
    active: params.active ?? true,
    code,
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergedMetadata({}, params.metadata),
    promotion: { coupon, type: "coupon" },
    restrictions: {
      first_time_transaction: params.restrictions?.first_time_transaction ?? false,
      minimum_amount: params.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  };
  world.put("promotion_code", made);
  world.emit("promotion_code.created", made);
  return made;
}

/** Whether a coupon may still be given at this instant. */
export function isCouponUsable(coupon: Coupon, at: number): boolean {
  // Its last redemption has taken its validity.
  return coupon.valid && (coupon.redeem_by === null || at < coupon.redeem_by);
}

/** Products, prices, meters, coupons and promotion codes: what is for sale. */
export const catalogue: Routes = {
  "GET /v1/products": handle<Paging & { active?: boolean; ids?: string[] }>(({ world, params, url }) => {
    understands(params, ["active", "ids", "created", "limit", "starting_after", "ending_before"]);
    const found = world
      .all("product")
      .filter(
        (product) =>
          (params.active === undefined || product.active === params.active) &&
          (!params.ids || params.ids.includes(product.id)),
      );
    return page(found, params, url);
  }),
  "POST /v1/products": handle<ProductParams>(({ world, params }) => {
    understands(params, [...PRODUCT_FIELDS, "id"]);
    return makeProduct(world, params);
  }),
  "GET /v1/products/{id}": handle(({ world, id }) => world.get("product", id())),
  "POST /v1/products/{id}": handle<ProductParams>(({ world, params, id }) => {
    understands(params, [...PRODUCT_FIELDS, "default_price"]);
    if (params.default_price) world.get("price", params.default_price, "default_price");
    return world.change("product.updated", world.get("product", id()), (product) => {
      writeProduct(product, params);
      product.updated = world.worldNow();
    });
  }),
  "GET /v1/prices": handle<
    Paging & {
      active?: boolean;
      lookup_keys?: string[];
      product?: string;
      type?: string;
      currency?: string;
      recurring?: { interval?: string; meter?: string; usage_type?: string };
    }
  >(({ world, params, url }) => {
    const { recurring } = params;
    const found = world
      .all("price")
      .filter(
        (price) =>
          (params.active === undefined || price.active === params.active) &&
          (!params.lookup_keys ||
            (price.lookup_key !== null && params.lookup_keys.includes(price.lookup_key))) &&
          (!params.product || price.product === params.product) &&
          (!params.type || price.type === params.type) &&
          (!params.currency || price.currency === params.currency) &&
          (!recurring?.interval || price.recurring?.interval === recurring.interval) &&
          (!recurring?.meter || price.recurring?.meter === recurring.meter) &&
          (!recurring?.usage_type || price.recurring?.usage_type === recurring.usage_type),
      );
    return page(found, params, url);
  }),
  "POST /v1/prices": handle<PriceParams>(({ world, params }) => makePrice(world, params)),
  "GET /v1/prices/{price}": handle(({ world, id }) => world.get("price", id())),
  "POST /v1/prices/{price}": handle<PriceParams>(({ world, params, id }) => {
    understands(params, [
      "active",
      "lookup_key",
      "transfer_lookup_key",
      "metadata",
      "nickname",
      "tax_behavior",
    ]);
    return world.change("price.updated", world.get("price", id()), (price) => {
      giveLookupKey(world, price, params.lookup_key, params.transfer_lookup_key ?? false);
      if (params.active !== undefined) price.active = params.active;
      if (params.nickname !== undefined) price.nickname = params.nickname || null;
      if (params.tax_behavior) price.tax_behavior = params.tax_behavior;
      price.metadata = mergedMetadata(price.metadata, params.metadata);
    });
  }),
  "GET /v1/billing/meters": handle<Paging & { status?: string }>(({ world, params, url }) =>
    page(
      world.all("billing.meter").filter(({ status }) => !params.status || status === params.status),
      params,
      url,
    ),
  ),
  "POST /v1/billing/meters": handle<MeterParams>(({ world, params }) => {
    const same = world
      .all("billing.meter")
      .some(({ event_name: name, status }) => status === "active" && name === params.event_name);
    if (same)
      throw invalid(
        `There is already an active meter with the event name ${params.event_name}.`,
        "event_name",
        "resource_already_exists",
      );
    const meter: Meter = {
      ...world.base("mtr_test", "billing.meter"),
      customer_mapping: params.customer_mapping ?? { event_payload_key: "stripe_customer_id", type: "by_id" },
      default_aggregation: params.default_aggregation,
      display_name: params.display_name,
      event_name: params.event_name,
      event_time_window: params.event_time_window ?? null,
      status: "active",
      status_transitions: { deactivated_at: null },
      updated: world.worldNow(),
      value_settings: params.value_settings ?? { event_payload_key: "value" },
    };
    if (meter.event_time_window)
      throw invalid("The local Stripe has no pre-aggregated meters.", "event_time_window", "not_emulated");
    world.put("billing.meter", meter);
    world.emit("billing.meter.created", meter);
    return meter;
  }),
  "GET /v1/billing/meters/{id}": handle(({ world, id }) => world.get("billing.meter", id())),
  "POST /v1/billing/meters/{id}": handle<{ display_name?: string }>(({ world, params, id }) =>
    world.change("billing.meter.updated", world.get("billing.meter", id()), (meter) => {
      if (params.display_name) meter.display_name = params.display_name;
      meter.updated = world.worldNow();
    }),
  ),
  "POST /v1/billing/meters/{id}/deactivate": handle(({ world, id }) =>
    world.change("billing.meter.deactivated", world.get("billing.meter", id()), (meter) => {
      meter.status = "inactive";
      meter.status_transitions.deactivated_at = meter.updated = world.worldNow();
    }),
  ),
  "POST /v1/billing/meters/{id}/reactivate": handle(({ world, id }) =>
    world.change("billing.meter.reactivated", world.get("billing.meter", id()), (meter) => {
      meter.status = "active";
      meter.status_transitions.deactivated_at = null;
      meter.updated = world.worldNow();
    }),
  ),
  "GET /v1/coupons": handle<Paging>(({ world, params, url }) => page(world.all("coupon"), params, url)),
  "POST /v1/coupons": handle<CouponParams>(({ world, params }) => makeCoupon(world, params)),
  "GET /v1/coupons/{coupon}": handle(({ world, id }) => world.get("coupon", id())),
  "DELETE /v1/coupons/{coupon}": handle(({ world, id }) => {
    // What was given with it stays given, so it is only withdrawn.
    const coupon = world.get("coupon", id());
    coupon.valid = false;
    world.emit("coupon.deleted", coupon);
    return { id: coupon.id, object: "coupon", deleted: true };
  }),
  "GET /v1/promotion_codes": handle<
    Paging & { active?: boolean; code?: string; coupon?: string; customer?: string }
  >(({ world, params, url }) =>
    page(
      world
        .all("promotion_code")
        .filter(
          (promotion) =>
            (params.active === undefined || promotion.active === params.active) &&
            (!params.code || promotion.code.toLowerCase() === params.code.toLowerCase()) &&
            (!params.coupon || promotion.promotion.coupon === params.coupon) &&
            (!params.customer || promotion.customer === params.customer),
        ),
      params,
      url,
    ),
  ),
  "POST /v1/promotion_codes": handle<PromotionCodeParams>(({ world, params }) =>
    makePromotionCode(world, params),
  ),
  "GET /v1/promotion_codes/{promotion_code}": handle(({ world, id }) => world.get("promotion_code", id())),
  "POST /v1/promotion_codes/{promotion_code}": handle<{ active?: boolean; metadata?: Metadata | "" }>(
    ({ world, params, id }) => {
      understands(params, ["active", "metadata"]);
      return world.change("promotion_code.updated", world.get("promotion_code", id()), (promotion) => {
        if (params.active !== undefined) promotion.active = params.active;
        promotion.metadata = mergedMetadata(promotion.metadata, params.metadata);
      });
    },
  ),
};
