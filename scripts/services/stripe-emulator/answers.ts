import type { Kind } from "./objects";
import { invalid } from "./refusal";
import type { World } from "./world";

/** A list endpoint's parameters. */
export interface Paging {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | { gt?: number; gte?: number; lt?: number; lte?: number };
}

/** One page, newest first. `all` is in the order of making. */
export function page<T extends { id: string; created?: number }>(all: T[], paging: Paging, url: string) {
  const limit = paging.limit ?? 10;
  if (limit < 1 || limit > 100)
    throw invalid("This value must be between 1 and 100 (inclusive).", "limit", "parameter_invalid_integer");
  const found = [...all].reverse().filter(({ created }) => inRange(created, paging.created));
  const place = (id: string, param: string) => {
    const at = found.findIndex((item) => item.id === id);
    if (at < 0) throw invalid(`No such object: '${id}'`, param, "resource_missing");
    return at;
  };
  if (paging.ending_before) {
    const end = place(paging.ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return list(found.slice(start, end), url, start > 0);
  }
  const start = paging.starting_after ? place(paging.starting_after, "starting_after") + 1 : 0;
  return list(found.slice(start, start + limit), url, found.length > start + limit);
}

export function list<T>(data: T[], url: string, hasMore = false) {
  return { object: "list" as const, data, has_more: hasMore, url };
}

function inRange(created: number | undefined, range: Paging["created"]): boolean {
  if (range === undefined || created === undefined) return true;
  if (typeof range === "number") return created === range;
  return (
    created > (range.gt ?? -Infinity) &&
    created >= (range.gte ?? -Infinity) &&
    created < (range.lt ?? Infinity) &&
    created <= (range.lte ?? Infinity)
  );
}

/** Fields that an answer carries only when they are asked for by `expand`. */
const ON_DEMAND: Record<string, (world: World, object: { id: string }) => unknown> = {
  "customer.tax_ids": (world, { id }) =>
    list(
      world
        .all("tax_id")
        .filter(({ customer }) => customer === id)
        .reverse(),
      `/v1/customers/${id}/tax_ids`,
    ),
  "customer.subscriptions": (world, { id }) =>
    list(
      world
        .all("subscription")
        .filter(({ customer, status }) => customer === id && status !== "canceled")
        .reverse(),
      `/v1/customers/${id}/subscriptions`,
    ),
  "invoice.payments": (world, { id }) =>
    list(
      world
        .all("invoice_payment")
        .filter(({ invoice }) => invoice === id)
        .reverse(),
      `/v1/invoice_payments?invoice=${id}`,
    ),
  "invoice.confirmation_secret": (world, { id }) => {
    const payment = world.all("invoice_payment").findLast(({ invoice }) => invoice === id);
    const intent = world.find("payment_intent", payment?.payment.payment_intent);
    return intent ? { client_secret: intent.client_secret, type: "payment_intent" } : null;
  },
  "checkout.session.line_items": (world, { id }) =>
    list(world.state.checkouts[id]?.lineItems ?? [], `/v1/checkout/sessions/${id}/line_items`),
};

/** Which kind an id of a field is of, where the id alone does not say it. */
const KIND_OF_FIELD: Record<string, Kind> = {
  product: "product",
  coupon: "coupon",
  price: "price",
  default_price: "price",
  customer: "customer",
  test_clock: "test_helpers.test_clock",
  subscription: "subscription",
  invoice: "invoice",
  latest_invoice: "invoice",
  payment_intent: "payment_intent",
  payment_method: "payment_method",
  default_payment_method: "payment_method",
  discounts: "discount",
  discount: "discount",
  promotion_code: "promotion_code",
  configuration: "billing_portal.configuration",
};

/**
 * A copy of an answer with ids replaced by the objects they name.
 * @throws Refusal for a field that cannot be expanded.
 */
export function expanded(world: World, answer: object, paths: string[]): object {
  const copy = structuredClone(answer);
  for (const path of paths) {
    const steps = path.split(".");
    if (steps.length > 4)
      throw invalid(
        "You cannot expand more than 4 levels of a property.",
        "expand",
        "property_expansion_max_depth",
      );
    expand(world, copy, steps, path);
  }
  return copy;
}

function expand(world: World, node: unknown, steps: string[], path: string): void {
  const [step, ...rest] = steps;
  if (step === undefined || node === null || node === undefined) return;
  if (Array.isArray(node)) {
    for (const item of node) expand(world, item, steps, path);
    return;
  }
  if (typeof node !== "object") return;
  const holder = node as Record<string, unknown>;
  const onDemand = ON_DEMAND[`${String(holder.object)}.${step}`];
  if (onDemand && holder[step] === undefined)
    holder[step] = structuredClone(onDemand(world, holder as { id: string }));
  const kind = KIND_OF_FIELD[step];
  const value = holder[step];
  if (value === undefined) {
    // A deleted thing and another form of the object have no such field.
    if (holder.deleted || (!rest.length && kind)) return;
    throw invalid(`This property cannot be expanded (${path}).`, "expand", "property_not_expandable");
  }
  if (kind && typeof value === "string") holder[step] = structuredClone(world.find(kind, value) ?? value);
  else if (kind && Array.isArray(value))
    holder[step] = value.map((id) =>
      typeof id === "string" ? structuredClone(world.find(kind, id) ?? id) : id,
    );
  else if (!kind && !onDemand && !rest.length)
    throw invalid(`This property cannot be expanded (${path}).`, "expand", "property_not_expandable");
  expand(world, holder[step], rest, path);
}
