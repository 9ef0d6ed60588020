/** Amounts as decimal strings (design decision 28): never floats, rounded once, at the invoice line; unit prices with 12 decimals. */
import Decimal from "decimal.js";

/** Currencies that Stripe counts without, or with three, decimals; all others have two. Source: Stripe's list, and ISO 4217. */
const ZERO_DECIMALS = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMALS = new Set("bhd jod kwd omr tnd".split(" "));

/** Digits after the point that the currency's minor unit has. */
export const minorDigits = (currency: string): number => {
  const code = currency.toLowerCase();
  return ZERO_DECIMALS.has(code) ? 0 : THREE_DECIMALS.has(code) ? 3 : 2;
};

/** Whole (or, for unit prices, fractional) minor units as an amount, exactly: 2900 cents are "29". */
export const fromMinor = (minor: number | string, currency: string): string =>
  new Decimal(minor).div(new Decimal(10).pow(minorDigits(currency))).toFixed();

/** An amount in minor units, exactly, perhaps with a fraction: "0.05" are "5" cents, "0.001" are "0.1". */
export const toMinor = (amount: string, currency: string): string =>
  new Decimal(amount).mul(new Decimal(10).pow(minorDigits(currency))).toFixed();

/** The minor unit, rounded half up (away from zero): what stands on an invoice line. */
export const roundToMinor = (amount: string, currency: string): string =>
  new Decimal(amount)
    .toDecimalPlaces(minorDigits(currency), Decimal.ROUND_HALF_UP)
    .toFixed(minorDigits(currency));

export const addAmounts = (...amounts: string[]): string =>
  amounts.reduce((sum, amount) => sum.add(amount), new Decimal(0)).toFixed();

export const timesAmount = (amount: string, times: number | bigint | string): string =>
  new Decimal(amount).mul(times.toString()).toFixed();

/** Rounded half up to so many digits, for what does not divide. */
export const divideAmount = (amount: string, by: number | string, digits: number): string =>
  new Decimal(amount).div(by).toDecimalPlaces(digits, Decimal.ROUND_HALF_UP).toFixed();

export const negative = (amount: string): string => new Decimal(amount).negated().toFixed();

/** Less than 0 when `one` is smaller, 0 when equal whatever their digits, else more. */
export const compareAmounts = (one: string, other: string): number => new Decimal(one).cmp(other);

/** `price` for `per` units, as the price of one: 12 decimals. */
export const unitPrice = (price: string, per: number): string => new Decimal(price).div(per).toFixed(12);

/** What `units` cost at `price` for `per` of them: three decimals, rounded half up. */
export const amountOf = (price: string, units: number, per = 1): string =>
  new Decimal(price).mul(units).div(per).toFixed(3, Decimal.ROUND_HALF_UP);
