import { isCouponUsable } from "./catalogue";
import { cost, formatted, share, split, sum } from "./money";
import type { Collections, Discount, Item, Line, Span, Subscription } from "./objects";
import { day } from "./periods";
import { invalid } from "./refusal";
import { usageOf } from "./usage";
import { newId, type Billed, type World } from "./world";

interface LineDraft {
  amount: number;
  quantity: number;
  quantityDecimal?: string;
  description: string;
  period: Span;
  isProration?: boolean;
  credits?: { invoice: string; line: string };
}

function lineOf(subscription: Subscription, item: Item, draft: LineDraft): Line {
  const isProration = draft.isProration ?? false;
  const { credits } = draft;
  return {
    id: newId("il"),
    object: "line_item",
    amount: draft.amount,
    currency: subscription.currency,
    description: draft.description,
    discount_amounts: [],
    // A proration is net of discounts already (`proration_discounts: included`).
    discountable: !isProration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: isProration ? newId("ii") : null,
        proration: isProration,
        proration_details: isProration
          ? {
              credited_items: credits
                ? { invoice: credits.invoice, invoice_line_items: [credits.line] }
                : null,
            }
          : null,
        subscription: subscription.id,
        subscription_item: item.id,
      },
    },
    period: draft.period,
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: item.price.id, product: item.price.product },
      type: "price_details",
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity: draft.quantity,
    quantity_decimal: draft.quantityDecimal ?? String(draft.quantity),
    subtotal: draft.amount,
    taxes: [],
  };
}

function nameOf(world: World, item: Item): string {
  return item.price.nickname ?? world.find("product", item.price.product)?.name ?? item.price.product;
}

function perUnit(item: Item): string {
  const { currency, recurring, unit_amount: amount, unit_amount_decimal: decimal } = item.price;
  const price = amount === null ? `${decimal} cents ${currency}` : formatted(amount, currency);
  return `${price} / ${recurring?.interval ?? "once"}`;
}

export function isMetered(item: Item): boolean {
  return item.price.recurring?.usage_type === "metered";
}

/** A period of a licensed item, paid in advance; a trial costs nothing. */
export function licensedLine(
  world: World,
  subscription: Subscription,
  item: Item,
  period: Span,
  isTrial: boolean,
): Line {
  const quantity = item.quantity ?? 1;
  const name = nameOf(world, item);
  return lineOf(subscription, item, {
    amount: isTrial ? 0 : cost(quantity, item.price.unit_amount_decimal),
    quantity,
    description: isTrial ? `Trial period for ${name}` : `${quantity} × ${name} (at ${perUnit(item)})`,
    period,
  });
}

/** What a meter counted in a period that is over, or so far. A negative sum is billed as none. */
export function meteredLine(world: World, subscription: Subscription, item: Item, period: Span): Line {
  const meter = item.price.recurring?.meter ?? "";
  const counted = usageOf(world, meter, subscription.customer, period.start, period.end);
  const used = counted.startsWith("-") ? "0" : counted;
  return lineOf(subscription, item, {
    amount: cost(used, item.price.unit_amount_decimal),
    quantity: Math.trunc(Number(used)),
    quantityDecimal: used,
    description: `${used} × ${nameOf(world, item)} (at ${perUnit(item)})`,
    period,
  });
}

/** What was paid for the rest of the period comes back, by the second. */
export function creditLine(
  world: World,
  subscription: Subscription,
  item: Item,
  billed: Billed,
  at: number,
): Line {
  const from = Math.max(at, billed.from);
  return lineOf(subscription, item, {
    amount: 0 - share(billed.amount, billed.to - from, billed.to - billed.from),
    quantity: item.quantity ?? 1,
    description: `Unused time on ${nameOf(world, item)} after ${day(from)}`,
    period: { start: from, end: billed.to },
    isProration: true,
    credits: billed.invoice ? { invoice: billed.invoice, line: billed.line } : undefined,
  });
}

/** What the rest of the period costs from now on, by the second, net of the discounts that run on. */
export function debitLine(
  world: World,
  subscription: Subscription,
  item: Item,
  period: Span,
  at: number,
  discounts: Discount[],
): Line {
  const quantity = item.quantity ?? 1;
  const gross = share(
    cost(quantity, item.price.unit_amount_decimal),
    period.end - at,
    period.end - period.start,
  );
  const line = lineOf(subscription, item, {
    amount: gross,
    quantity,
    description: `Remaining time on ${quantity} × ${nameOf(world, item)} after ${day(at)}`,
    period: { start: at, end: period.end },
    isProration: true,
  });
  // An amount off belongs to a whole invoice, so only a percentage goes into a part of a period.
  for (const { source } of discounts) {
    const percent = world.find("coupon", source.coupon)?.percent_off ?? 0;
    line.amount -= share(line.amount, Math.round(percent * 100), 10_000);
  }
  line.subtotal = line.amount;
  return line;
}

/** Whether a discount still counts at an instant; its end is exclusive. */
export function isRunning(discount: Discount, at: number): boolean {
  return discount.start <= at && (discount.end === null || at < discount.end);
}

/** Takes discounts off the lines that may have them, one after the other, to the cent. */
export function discounted(world: World, lines: Line[], discounts: Discount[]): void {
  for (const line of lines) line.discount_amounts = [];
  for (const discount of discounts) {
    const coupon = world.get("coupon", discount.source.coupon);
    const open = lines.filter((line) => line.discountable && line.amount > 0);
    const left = open.map((line) => line.amount - sum(line.discount_amounts.map(({ amount }) => amount)));
    const whole = sum(left);
    const off =
      coupon.percent_off === null
        ? Math.min(coupon.amount_off ?? 0, whole)
        : share(whole, Math.round(coupon.percent_off * 100), 10_000);
    for (const [index, part] of split(off, left).entries()) {
      open[index]?.discount_amounts.push({ amount: part, discount: discount.id });
    }
  }
}

/** What a line costs after discounts. */
export function net(line: Line): number {
  return line.amount - sum(line.discount_amounts.map(({ amount }) => amount));
}

export interface DiscountParams {
  coupon?: string;
  promotion_code?: string;
  discount?: string;
}

/**
 * The coupon that a coupon's or a promotion code's id stands for, if it may be given now.
 * @throws Refusal when it is used up, over, or of another customer.
 */
export function usable(
  world: World,
  given: DiscountParams,
  customer: string | null,
  at: number,
): { coupon: Collections["coupon"]; promotion: Collections["promotion_code"] | null } {
  const promotion = given.promotion_code
    ? world.get("promotion_code", given.promotion_code, "discounts[0][promotion_code]")
    : null;
  const coupon = world.get(
    "coupon",
    promotion?.promotion.coupon ?? given.coupon ?? "",
    "discounts[0][coupon]",
  );
  const isOver =
    promotion &&
    (!promotion.active ||
      (promotion.expires_at !== null && promotion.expires_at <= at) ||
      (promotion.max_redemptions !== null && promotion.times_redeemed >= promotion.max_redemptions) ||
      (promotion.customer !== null && promotion.customer !== customer));
  if (isOver)
    throw invalid(
      "This promotion code cannot be redeemed.",
      "discounts[0][promotion_code]",
      "promotion_code_invalid",
    );
  if (promotion?.restrictions.first_time_transaction && customer && hasPaid(world, customer))
    throw invalid(
      "This promotion code cannot be redeemed because the associated customer has prior transactions.",
      "discounts[0][promotion_code]",
      "promotion_code_customer_not_first_time",
    );
  if (!isCouponUsable(coupon, at))
    throw invalid(`Coupon expired: ${coupon.id}`, "discounts[0][coupon]", "coupon_expired");
  return { coupon, promotion };
}

function hasPaid(world: World, customer: string): boolean {
  return world.all("invoice").some((invoice) => invoice.customer === customer && invoice.amount_paid > 0);
}
