import { Decimal } from "decimal.js";

/** Rounded half away from zero to whole minor units, as Stripe rounds an amount. */
export function rounded(value: Decimal): number {
  return value.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber() || 0;
}

/** What `quantity` units cost, in minor units. `unitAmount` is a decimal number of minor units. */
export function cost(quantity: string | number, unitAmount: string): number {
  return rounded(new Decimal(unitAmount).times(quantity));
}

/** `amount × part ÷ whole`, rounded. */
export function share(amount: number, part: number, whole: number): number {
  return whole === 0 ? 0 : rounded(new Decimal(amount).times(part).dividedBy(whole));
}

/** Cuts `total` into parts as large as the weights say, each whole, that add up to `total`: largest remainder first. */
export function split(total: number, weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => new Decimal(total).times(weight).dividedBy(whole));
  const parts = exact.map((part) => part.floor().toNumber());
  let left = total - parts.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((part, index) => ({ index, remainder: part.minus(part.floor()).toNumber() }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (left-- <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}

export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The sum of decimal numbers, exactly. */
export function decimalSum(values: string[]): string {
  return values.reduce((total, value) => total.plus(value), new Decimal(0)).toFixed();
}

export function formatted(amount: number, currency: string): string {
  const sign = amount < 0 ? "−" : "";
  const symbol = currency === "usd" ? "$" : `${currency.toUpperCase()} `;
  return `${sign}${symbol}${(Math.abs(amount) / 100).toFixed(2)}`;
}
