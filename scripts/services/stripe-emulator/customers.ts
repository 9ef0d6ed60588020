import { page, type Paging } from "./answers";
import { attach, detach, makeCard, TEST_CARDS, DECLINED } from "./cards";
import type { Address, BalanceTransaction, Customer, Metadata, PaymentMethod, TaxId } from "./objects";
import { cardDeclined, invalid, missing } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { mergedMetadata, newId, type World } from "./world";

interface CustomerParams {
  address?: Partial<Address> | "";
  balance?: number;
  business_name?: string;
  individual_name?: string;
  description?: string;
  email?: string;
  invoice_prefix?: string;
  invoice_settings?: { default_payment_method?: string; footer?: string };
  metadata?: Metadata | "";
  name?: string;
  payment_method?: string;
  phone?: string;
  preferred_locales?: string[];
  tax_exempt?: "" | Customer["tax_exempt"];
  tax_id_data?: { type: string; value: string }[];
  test_clock?: string;
}

const FIELDS = (
  "address balance business_name individual_name description email invoice_prefix invoice_settings metadata name phone " +
  "preferred_locales tax_exempt"
).split(" ");

/** The customer, unless it was deleted. */
export function liveCustomer(world: World, id: string, param?: string): Customer {
  const customer = world.get("customer", id, param);
  if ("deleted" in customer) throw missing("customer", id, param);
  return customer;
}

function write(world: World, customer: Customer, params: CustomerParams): void {
  for (const name of ["description", "email", "name", "phone"] as const) {
    const value = params[name];
    if (value !== undefined) customer[name] = value || null;
  }
  for (const name of ["business_name", "individual_name"] as const) {
    const value = params[name];
    if (value) customer[name] = value;
    else if (value === "") delete customer[name];
  }
  if (params.address === "") customer.address = null;
  else if (params.address) customer.address = { ...NO_ADDRESS, ...params.address };
  if (params.invoice_prefix) customer.invoice_prefix = params.invoice_prefix;
  if (params.preferred_locales) customer.preferred_locales = params.preferred_locales;
  if (params.tax_exempt !== undefined) customer.tax_exempt = params.tax_exempt || "none";
  customer.metadata = mergedMetadata(customer.metadata, params.metadata);
  const method = params.invoice_settings?.default_payment_method;
  if (method) {
    const found = world.get("payment_method", method, "invoice_settings[default_payment_method]");
    if (found.customer !== customer.id)
      throw invalid(
        "The customer does not have a payment method with the ID " +
          `${method}. The payment method must be attached to the customer.`,
        "invoice_settings[default_payment_method]",
        "resource_missing",
      );
  }
  if (method !== undefined) customer.invoice_settings.default_payment_method = method || null;
  if (params.invoice_settings?.footer !== undefined)
    customer.invoice_settings.footer = params.invoice_settings.footer || null;
}

const NO_ADDRESS: Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export function makeCustomer(world: World, params: CustomerParams): Customer {
  if (params.test_clock) world.get("test_helpers.test_clock", params.test_clock, "test_clock");
  const customer: Customer = {
    ...world.base("cus", "customer"),
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email: null,
    invoice_prefix: newId("p", 8).slice(2).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: params.test_clock ?? null,
  };
  customer.id = newId("cus", 14);
  world.put("customer", customer);
  customer.created = world.now(customer.id);
  write(world, customer, params);
  customer.balance = params.balance ?? 0;
  world.emit("customer.created", customer);
  for (const data of params.tax_id_data ?? []) makeTaxId(world, customer.id, data);
  if (params.payment_method) attachNamed(world, params.payment_method, customer.id, "payment_method");
  return customer;
}

/** Numbers that a check can tell from nonsense: European VAT and Australian ABN by shape. */
const SHAPES: Record<string, RegExp> = {
  eu_vat: /^[A-Z]{2}[0-9A-Z]{2,12}$/,
  au_abn: /^\d{11}$/,
  gb_vat: /^(GB)?\d{9}(\d{3})?$/,
  us_ein: /^\d{2}-?\d{7}$/,
};

/** @throws Refusal for a number that cannot be one of its type */
export function checkTaxId(type: string, value: string): string {
  const tidy = value.trim().toUpperCase();
  const shape = SHAPES[type];
  if (!tidy || (shape && !shape.test(tidy.replaceAll(" ", ""))))
    throw invalid(`Invalid value for ${type}.`, "value", "tax_id_invalid");
  return tidy;
}

export function makeTaxId(
  world: World,
  customer: string,
  { type, value }: { type: string; value: string },
): TaxId {
  const tidy = checkTaxId(type, value);
  const same = world
    .all("tax_id")
    .find((held) => held.customer === customer && held.type === type && held.value === tidy);
  if (same) return same;
  const taxId: TaxId = {
    ...world.base("txi", "tax_id", customer),
    country: type === "eu_vat" ? tidy.slice(0, 2) : type.slice(0, 2).toUpperCase(),
    customer,
    customer_account: null,
    owner: { customer, type: "customer" },
    type,
    value: tidy,
    // Stripe asks the tax office later; here it stays to be asked.
    verification: { status: "pending", verified_address: null, verified_name: null },
  };
  world.put("tax_id", taxId);
  world.emit("customer.tax_id.created", taxId);
  return taxId;
}

export function removeTaxId(world: World, taxId: TaxId): object {
  world.remove("tax_id", taxId.id);
  world.emit("customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}

/** Attaches a payment method, or makes one of a test card's alias such as `pm_card_visa`. */
function attachNamed(world: World, id: string, customer: string, param: string): PaymentMethod {
  const alias = TEST_CARDS.find((card) => card.alias === id);
  const method = alias
    ? makeCard(
        world,
        {
          number: alias.number,
          exp_month: 12,
          exp_year: new Date(world.now(customer) * 1000).getUTCFullYear() + 10,
        },
        customer,
      )
    : world.get("payment_method", id, param);
  if (method.customer && method.customer !== customer)
    throw invalid("The payment method you provided has already been attached to a customer.", param);
  if (world.state.cards[method.id]?.onAttach === "declines")
    throw cardDeclined(world.state.cards[method.id]?.declineCode ?? "generic_decline", DECLINED);
  return method.customer === customer ? method : attach(world, method, customer);
}

/** Moves the customer's balance; negative is credit that the next invoices use up. */
export function moveBalance(
  world: World,
  customer: Customer,
  move: Pick<BalanceTransaction, "amount" | "type"> & Partial<BalanceTransaction>,
): BalanceTransaction {
  world.change("customer.updated", customer, (held) => {
    held.balance += move.amount;
    held.currency ??= move.currency ?? "usd";
  });
  return world.put("customer_balance_transaction", {
    ...world.base("cbtxn", "customer_balance_transaction", customer.id),
    credit_note: null,
    currency: customer.currency ?? "usd",
    customer_account: null,
    description: null,
    invoice: null,
    metadata: {},
    ...move,
    customer: customer.id,
    ending_balance: customer.balance,
  });
}

/** Customers, what they pay with, their tax ids and their credit. */
export const customers: Routes = {
  "GET /v1/customers": handle<Paging & { email?: string; test_clock?: string }>(({ world, params, url }) => {
    const found = world
      .all("customer")
      .filter(
        (customer) =>
          !("deleted" in customer) &&
          (!params.email || customer.email === params.email) &&
          (params.test_clock ? customer.test_clock === params.test_clock : customer.test_clock === null),
      );
    return page(found, params, url);
  }),
  "POST /v1/customers": handle<CustomerParams>(({ world, params }) => {
    understands(params, [...FIELDS, "payment_method", "tax_id_data", "test_clock"]);
    return makeCustomer(world, params);
  }),
  "GET /v1/customers/{customer}": handle(({ world, id }) => world.get("customer", id())),
  "POST /v1/customers/{customer}": handle<CustomerParams>(({ world, params, id }) => {
    understands(params, FIELDS);
    const customer = liveCustomer(world, id());
    if (params.balance !== undefined && params.balance !== customer.balance) {
      moveBalance(world, customer, { amount: params.balance - customer.balance, type: "adjustment" });
    }
    return world.change("customer.updated", customer, (held) => write(world, held, params));
  }),
  "GET /v1/customers/{customer}/balance_transactions": handle<Paging>(({ world, params, id, url }) => {
    const { id: customer } = liveCustomer(world, id());
    return page(
      world.all("customer_balance_transaction").filter((held) => held.customer === customer),
      params,
      url,
    );
  }),
  "POST /v1/customers/{customer}/balance_transactions": handle<{
    amount: number;
    currency: string;
    description?: string;
    metadata?: Metadata | "";
  }>(({ world, params, id }) => {
    understands(params, ["amount", "currency", "description", "metadata"]);
    return moveBalance(world, liveCustomer(world, id()), {
      amount: params.amount,
      currency: params.currency,
      type: "adjustment",
      description: params.description ?? null,
      metadata: mergedMetadata({}, params.metadata),
    });
  }),
  "GET /v1/customers/{customer}/payment_methods": handle<Paging & { type?: string }>(
    ({ world, params, id, url }) => {
      const { id: customer } = liveCustomer(world, id());
      const found = world
        .all("payment_method")
        .filter((method) => method.customer === customer && (!params.type || method.type === params.type));
      return page(found, params, url);
    },
  ),
  "GET /v1/customers/{customer}/tax_ids": handle<Paging>(({ world, params, id, url }) => {
    const { id: customer } = liveCustomer(world, id());
    return page(
      world.all("tax_id").filter((taxId) => taxId.customer === customer),
      params,
      url,
    );
  }),
  "POST /v1/customers/{customer}/tax_ids": handle<{ type: string; value: string }>(({ world, params, id }) =>
    makeTaxId(world, liveCustomer(world, id()).id, params),
  ),
  "GET /v1/customers/{customer}/tax_ids/{id}": handle(({ world, id }) => taxIdOf(world, id(0), id(1))),
  "DELETE /v1/customers/{customer}/tax_ids/{id}": handle(({ world, id }) =>
    removeTaxId(world, taxIdOf(world, id(0), id(1))),
  ),
  "GET /v1/payment_methods/{payment_method}": handle(({ world, id }) => world.get("payment_method", id())),
  "POST /v1/payment_methods/{payment_method}/attach": handle<{ customer?: string }>(
    ({ world, params, id }) => {
      understands(params, ["customer"]);
      if (!params.customer)
        throw invalid("Missing required param: customer.", "customer", "parameter_missing");
      return attachNamed(world, id(), liveCustomer(world, params.customer, "customer").id, "id");
    },
  ),
  "POST /v1/payment_methods/{payment_method}/detach": handle(({ world, id }) => {
    const method = world.get("payment_method", id());
    if (!method.customer)
      throw invalid(
        "The payment method you provided is not attached to a customer so detachment is impossible.",
      );
    return detach(world, method);
  }),
  "GET /v1/payment_intents/{intent}": handle(({ world, id }) => world.get("payment_intent", id())),
};

function taxIdOf(world: World, customer: string, id: string): TaxId {
  const taxId = world.get("tax_id", id);
  if (taxId.customer !== customer) throw missing("tax_id", id);
  return taxId;
}
