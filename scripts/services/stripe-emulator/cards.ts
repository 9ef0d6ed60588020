import { createHash } from "node:crypto";
import type { Address, PaymentMethod } from "./objects";
import type { World } from "./world";

/** What a test card does. Numbers and words as in https://docs.stripe.com/testing. */
export interface CardBehaviour {
  /** Refused already when it is added. */
  onAttach: "succeeds" | "declines" | "authenticates";
  onPresent: "succeeds" | "declines" | "authenticates";
  /** Charged while its owner is away. */
  onAbsent: "succeeds" | "declines" | "authenticates";
  declineCode: string;
}

export interface TestCard extends CardBehaviour {
  number: string;
  brand: string;
  /** A payment method that Stripe's test mode always has: attaching it makes a card of this kind. */
  alias: string;
  says: string;
}

const fine = { onAttach: "succeeds", onPresent: "succeeds", onAbsent: "succeeds" } as const;
const declined = { onAttach: "declines", onPresent: "declines", onAbsent: "declines" } as const;

export const TEST_CARDS: TestCard[] = [
  {
    number: "4242424242424242",
    brand: "visa",
    alias: "pm_card_visa",
    ...fine,
    declineCode: "",
    says: "succeeds",
  },
  {
    number: "5555555555554444",
    brand: "mastercard",
    alias: "pm_card_mastercard",
    ...fine,
    declineCode: "",
    says: "succeeds",
  },
  {
    number: "4000000000000002",
    brand: "visa",
    alias: "pm_card_chargeDeclined",
    ...declined,
    declineCode: "generic_decline",
    says: "is declined",
  },
  {
    number: "4000000000009995",
    brand: "visa",
    alias: "pm_card_chargeDeclinedInsufficientFunds",
    ...declined,
    declineCode: "insufficient_funds",
    says: "is declined: insufficient funds",
  },
  {
    number: "4000000000000341",
    brand: "visa",
    alias: "pm_card_chargeCustomerFail",
    onAttach: "succeeds",
    onPresent: "declines",
    onAbsent: "declines",
    declineCode: "generic_decline",
    says: "can be saved, then every charge is declined",
  },
  {
    number: "4000002500003155",
    brand: "visa",
    alias: "pm_card_authenticationRequiredOnSetup",
    onAttach: "authenticates",
    onPresent: "authenticates",
    onAbsent: "succeeds",
    declineCode: "authentication_required",
    says: "needs authentication once",
  },
  {
    number: "4000002760003184",
    brand: "visa",
    alias: "pm_card_authenticationRequired",
    onAttach: "authenticates",
    onPresent: "authenticates",
    onAbsent: "authenticates",
    declineCode: "authentication_required",
    says: "needs authentication each time",
  },
];

export const DECLINED = "Your card was declined.";

const NO_ADDRESS: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export interface CardForm {
  number: string;
  exp_month: number;
  exp_year: number;
  cvc?: string;
  name?: string;
  email?: string;
  address?: Address;
}

/** What a person wrote into a card form, checked. `card` or, by field, what to mend. */
export function readCard(
  form: Record<string, string>,
  at: number,
): CardForm | { field: string; message: string } {
  const number = (form.cardNumber ?? "").replaceAll(/\D/g, "");
  if (!TEST_CARDS.some((card) => card.number === number))
    return { field: "cardNumber", message: "Use one of the test cards listed below." };
  const expiry = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(form.cardExpiry ?? "");
  const month = Number(expiry?.[1]);
  const year = Number(expiry?.[2]) + ((expiry?.[2]?.length ?? 0) === 2 ? 2000 : 0);
  if (!expiry || month < 1 || month > 12)
    return { field: "cardExpiry", message: "Write month and year, such as 12 / 34." };
  if (Date.UTC(year, month) / 1000 <= at) return { field: "cardExpiry", message: "Your card has expired." };
  if (!/^\d{3,4}$/.test((form.cardCvc ?? "").trim()))
    return { field: "cardCvc", message: "Write the three digits on the back of the card." };
  return {
    number,
    exp_month: month,
    exp_year: year,
    cvc: form.cardCvc,
    name: form.billingName,
    email: form.email,
  };
}

/** A new payment method of a test card, of nobody yet. */
export function makeCard(world: World, form: CardForm, customer: string | null): PaymentMethod {
  const known = TEST_CARDS.find(({ number }) => number === form.number);
  if (!known) throw new Error(`${form.number.slice(-4)} is no test card`);
  const { onAttach, onPresent, onAbsent, declineCode } = known;
  const method: PaymentMethod = {
    ...world.base("pm", "payment_method", customer),
    allow_redisplay: "limited",
    billing_details: {
      address: form.address ?? NO_ADDRESS,
      email: form.email ?? null,
      name: form.name ?? null,
      phone: null,
      tax_id: null,
    },
    card: {
      brand: known.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: form.cvc ? "pass" : null,
      },
      country: "US",
      display_brand: known.brand,
      exp_month: form.exp_month,
      exp_year: form.exp_year,
      fingerprint: createHash("sha256").update(form.number).digest("hex").slice(0, 16),
      funding: "credit",
      generated_from: null,
      last4: form.number.slice(-4),
      networks: { available: [known.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    customer: null,
    customer_account: null,
    metadata: {},
    type: "card",
  };
  world.state.cards[method.id] = { onAttach, onPresent, onAbsent, declineCode };
  return world.put("payment_method", method);
}

/** Whether a charge of this card succeeds while its owner is there or away. */
export function outcomeOf(
  world: World,
  method: string | null,
  isPresent: boolean,
): CardBehaviour["onAbsent"] {
  const behaviour = method === null ? undefined : world.state.cards[method];
  if (!behaviour) return "declines";
  return isPresent ? behaviour.onPresent : behaviour.onAbsent;
}

export function declineCodeOf(world: World, method: string | null): string {
  return (method && world.state.cards[method]?.declineCode) || "generic_decline";
}

export function attach(world: World, method: PaymentMethod, customer: string): PaymentMethod {
  method.customer = customer;
  world.emit("payment_method.attached", method);
  return method;
}

export function detach(world: World, method: PaymentMethod): PaymentMethod {
  const customer = world.find("customer", method.customer);
  const before = method.customer;
  method.customer = null;
  world.emit("payment_method.detached", method, { customer: before });
  if (customer?.invoice_settings.default_payment_method === method.id) {
    world.change(
      "customer.updated",
      customer,
      (owner) => (owner.invoice_settings.default_payment_method = null),
    );
  }
  for (const subscription of world.all("subscription")) {
    if (subscription.default_payment_method !== method.id) continue;
    world.change(
      "customer.subscription.updated",
      subscription,
      (held) => (held.default_payment_method = null),
    );
  }
  return method;
}

/** Makes a card the one that is charged, for the customer and each of its running subscriptions. */
export function makeDefault(world: World, method: PaymentMethod, customer: string): void {
  world.change(
    "customer.updated",
    world.get("customer", customer),
    (owner) => (owner.invoice_settings.default_payment_method = method.id),
  );
  for (const subscription of world.all("subscription")) {
    if (subscription.customer !== customer || subscription.ended_at !== null) continue;
    if (subscription.default_payment_method === null) continue;
    world.change(
      "customer.subscription.updated",
      subscription,
      (held) => (held.default_payment_method = method.id),
    );
  }
}
