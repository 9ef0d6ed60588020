import { list, page, type Paging } from "./answers";
import { attach, DECLINED, makeCard, readCard, TEST_CARDS, type CardForm } from "./cards";
import { challenge } from "./challenges";
import { checkTaxId, liveCustomer, makeCustomer, makeTaxId } from "./customers";
import { cardFields, choice, escaped, field, pageOf, type PageAnswer } from "./html";
import { usable, type DiscountParams } from "./lines";
import { cost, formatted, share, sum } from "./money";
import type { CheckoutSession, Metadata, Price, Subscription } from "./objects";
import { DAY_S, HOUR_S } from "./periods";
import { invalid, Refusal } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { createSubscription } from "./subscriptions";
import { mergedMetadata, newId, type World } from "./world";

const OPEN_S = 24 * HOUR_S;
/** Checkout wants a trial's end so far ahead. */
const SHORTEST_TRIAL_S = 2 * DAY_S;

interface LineParams {
  price?: string;
  quantity?: number;
}

interface SubscriptionData {
  description?: string;
  metadata?: Metadata;
  trial_end?: number;
  trial_period_days?: number;
  trial_settings?: Subscription["trial_settings"];
}

interface SessionParams {
  allow_promotion_codes?: boolean;
  billing_address_collection?: "auto" | "required";
  cancel_url?: string;
  client_reference_id?: string;
  customer?: string;
  customer_email?: string;
  customer_update?: { address?: "auto" | "never"; name?: "auto" | "never" };
  discounts?: DiscountParams[];
  expires_at?: number;
  line_items?: LineParams[];
  locale?: string;
  metadata?: Metadata | "";
  mode?: string;
  payment_method_collection?: "always" | "if_required";
  subscription_data?: SubscriptionData;
  success_url?: string;
  tax_id_collection?: { enabled: boolean; required?: "if_supported" | "never" };
}

/** What a session holds besides its public face. */
export interface CheckoutNotes {
  lines: LineParams[];
  lineItems: object[];
  subscription: SubscriptionData;
  update: { address: boolean; name: boolean };
}

const FIELDS = (
  "allow_promotion_codes billing_address_collection cancel_url client_reference_id customer customer_email customer_update " +
  "discounts expires_at line_items locale metadata mode payment_method_collection subscription_data " +
  "success_url tax_id_collection"
).split(" ");

function priceOf(world: World, line: LineParams, index: number): Price {
  const at = `line_items[${index}]`;
  if (!line.price)
    throw invalid(`Missing required param: ${at}[price].`, `${at}[price]`, "parameter_missing");
  const price = world.get("price", line.price, `${at}[price]`);
  if (!price.active)
    throw invalid("The price specified is inactive. This field only accepts active prices.", at);
  if (!price.recurring)
    throw invalid("The local Stripe's Checkout sells subscriptions only.", at, "not_emulated");
  const isMetered = price.recurring.usage_type === "metered";
  if (isMetered && line.quantity !== undefined)
    throw invalid(
      `Quantity should not be specified where usage_type is \`metered\`. Remove quantity from \`${at}\``,
      `${at}[quantity]`,
    );
  if (!isMetered && !line.quantity)
    throw invalid(`Quantity is required. Add \`quantity\` to \`${at}\``, `${at}[quantity]`);
  return price;
}

function makeSession(world: World, params: SessionParams): CheckoutSession {
  understands(params, FIELDS);
  understands(
    params.subscription_data ?? {},
    ["description", "metadata", "trial_end", "trial_period_days", "trial_settings"],
    "subscription_data",
  );
  if (!params.mode) throw invalid("Missing required param: mode.", "mode", "parameter_missing");
  if (params.mode !== "subscription")
    throw invalid("The local Stripe's Checkout sells subscriptions only.", "mode", "not_emulated");
  if (!params.success_url)
    throw invalid("Missing required param: success_url.", "success_url", "parameter_missing");
  for (const name of ["success_url", "cancel_url"] as const) {
    if (params[name] && !/^https?:\/\//.test(params[name]))
      throw invalid("Not a valid URL", name, "url_invalid");
  }
  const lines = params.line_items ?? [];
  const prices = lines.map((line, index) => priceOf(world, line, index));
  const [first] = prices;
  if (!first) throw invalid("Missing required param: line_items.", "line_items", "parameter_missing");
  const customer = params.customer ? liveCustomer(world, params.customer, "customer") : null;
  if (customer && params.customer_email)
    throw invalid("You may only specify one of these parameters: customer, customer_email.", "customer");
  if (!customer && params.customer_update)
    throw invalid("`customer_update` can only be used with `customer`.", "customer_update");
  if (params.tax_id_collection?.enabled && customer && params.customer_update?.name !== "auto")
    throw invalid(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      "customer_update[name]",
    );
  if (params.allow_promotion_codes !== undefined && params.discounts)
    throw invalid(
      "You may only specify one of these parameters: allow_promotion_codes, discounts.",
      "discounts",
    );
  const now = world.now(customer?.id);
  const trialEnd = params.subscription_data?.trial_end;
  if (trialEnd !== undefined && trialEnd < now + SHORTEST_TRIAL_S)
    throw invalid(
      "The `trial_end` date has to be at least 2 days in the future.",
      "subscription_data[trial_end]",
    );
  for (const given of params.discounts ?? []) usable(world, given, customer?.id ?? null, now);
  const id = `cs_test_${newId("x", 58).slice(2)}`;
  const session: CheckoutSession = {
    ...world.base("cs_test", "checkout.session", customer?.id),
    id,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    consent: null,
    consent_collection: null,
    currency: first.currency,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : "always",
    customer_details: {
      address: null,
      business_name: null,
      email: customer?.email ?? params.customer_email ?? null,
      individual_name: null,
      name: null,
      phone: null,
      tax_exempt: "none",
      tax_ids: null,
    },
    customer_email: params.customer_email ?? null,
    discounts: (params.discounts ?? []).map(({ coupon, promotion_code: code }) => ({
      coupon: coupon ?? null,
      promotion_code: code ?? null,
    })),
    expires_at: params.expires_at ?? now + OPEN_S,
    invoice: null,
    invoice_creation: null,
    locale: params.locale ?? null,
    metadata: mergedMetadata({}, params.metadata),
    mode: "subscription",
    payment_intent: null,
    payment_link: null,
    payment_method_collection: params.payment_method_collection ?? "always",
    payment_method_options: null,
    payment_method_types: ["card"],
    payment_status: "unpaid",
    phone_number_collection: { enabled: false },
    recovered_from: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    success_url: params.success_url,
    tax_id_collection: {
      enabled: params.tax_id_collection?.enabled ?? false,
      required: params.tax_id_collection?.required ?? "never",
    },
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${world.baseUrl}/c/pay/${id}`,
    wallet_options: null,
  };
  world.put("checkout.session", session);
  world.state.checkouts[id] = {
    lines,
    lineItems: [],
    subscription: params.subscription_data ?? {},
    update: {
      address: params.customer_update?.address === "auto",
      name: params.customer_update?.name === "auto",
    },
  };
  addUp(world, session);
  return session;
}

function notesOf(world: World, session: CheckoutSession): CheckoutNotes {
  const notes = world.state.checkouts[session.id];
  if (!notes) throw new Error(`${session.id} has no notes`);
  return notes;
}

/** What is due today: licences in advance, nothing in a trial, usage later. */
function addUp(world: World, session: CheckoutSession): void {
  const notes = notesOf(world, session);
  const isTrial = Boolean(notes.subscription.trial_end ?? notes.subscription.trial_period_days);
  const amounts = notes.lines.map((line, index) => {
    const price = priceOf(world, line, index);
    return isTrial || price.recurring?.usage_type === "metered"
      ? 0
      : cost(line.quantity ?? 0, price.unit_amount_decimal);
  });
  const subtotal = sum(amounts);
  let off = 0;
  for (const given of session.discounts ?? []) {
    const { coupon } = usable(
      world,
      { coupon: given.coupon ?? undefined, promotion_code: given.promotion_code ?? undefined },
      session.customer,
      world.now(session.customer),
    );
    const left = subtotal - off;
    off +=
      coupon.percent_off === null
        ? Math.min(coupon.amount_off ?? 0, left)
        : share(left, Math.round(coupon.percent_off * 100), 10_000);
  }
  session.amount_subtotal = subtotal;
  session.amount_total = subtotal - off;
  session.total_details.amount_discount = off;
  notes.lineItems = notes.lines.map((line, index) => {
    const price = priceOf(world, line, index);
    const amount = amounts[index] ?? 0;
    const discount = subtotal === 0 ? 0 : share(off, amount, subtotal);
    return {
      id: `li_${session.id.slice(-10)}${index}`,
      object: "item",
      adjustable_quantity: null,
      amount_discount: discount,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount - discount,
      currency: price.currency,
      description: world.find("product", price.product)?.name ?? price.product,
      metadata: {},
      price,
      quantity: line.quantity ?? null,
    };
  });
}

/** Checkout sessions by API. */
export const checkouts: Routes = {
  "GET /v1/checkout/sessions": handle<Paging & { customer?: string; subscription?: string; status?: string }>(
    ({ world, params, url }) => {
      understands(
        params,
        "customer subscription status created limit starting_after ending_before".split(" "),
      );
      const found = world
        .all("checkout.session")
        .filter(
          (session) =>
            (!params.customer || session.customer === params.customer) &&
            (!params.subscription || session.subscription === params.subscription) &&
            (!params.status || session.status === params.status),
        );
      return page(found, params, url);
    },
  ),
  "POST /v1/checkout/sessions": handle<SessionParams>(({ world, params }) => makeSession(world, params)),
  "GET /v1/checkout/sessions/{session}": handle(({ world, id }) => world.get("checkout.session", id())),
  "POST /v1/checkout/sessions/{session}/expire": handle(({ world, id }) => {
    const session = world.get("checkout.session", id());
    if (session.status !== "open")
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    session.status = "expired";
    session.url = null;
    world.emit("checkout.session.expired", session);
    return session;
  }),
  "GET /v1/checkout/sessions/{session}/line_items": handle(({ world, id, url }) =>
    list(notesOf(world, world.get("checkout.session", id())).lineItems, url),
  ),
};

type Form = Record<string, string>;

export const TAX_ID_TYPES: [string, string][] = [
  ["", "None"],
  ["eu_vat", "EU VAT number"],
  ["gb_vat", "UK VAT number"],
  ["us_ein", "US EIN"],
  ["ae_trn", "UAE TRN"],
  ["sa_vat", "Saudi VAT number"],
  ["au_abn", "Australian ABN"],
];

export const CARD_LIST = TEST_CARDS.map(({ number, says }): [string, string] => [
  number.replaceAll(/(\d{4})(?=\d)/g, "$1 "),
  says,
]);

function needsCard(session: CheckoutSession): boolean {
  return session.payment_method_collection === "always" || (session.amount_total ?? 0) > 0;
}

/** The page on which a person pays. */
export function checkoutPage(
  world: World,
  id: string,
  form: Form = {},
  errors: Record<string, string> = {},
): PageAnswer {
  const session = world.find("checkout.session", id);
  if (!session || session.status !== "open") {
    const why = session?.status === "complete" ? "You have paid already." : "This page is no longer open.";
    const back = session?.status === "complete" ? session.success_url : session?.cancel_url;
    const link = back ? `<p><a class="button" href="${escaped(withId(back, id))}">Go back</a></p>` : "";
    return { status: session ? 410 : 404, html: pageOf("Checkout", `<h1>${why}</h1>${link}`) };
  }
  const notes = notesOf(world, session);
  const currency = session.currency ?? "usd";
  const isTrial = Boolean(notes.subscription.trial_end ?? notes.subscription.trial_period_days);
  const lines = notes.lines.map((line, index) => {
    const price = priceOf(world, line, index);
    const isMetered = price.recurring?.usage_type === "metered";
    const name = price.nickname ?? world.find("product", price.product)?.name ?? price.product;
    const amount = isMetered
      ? `${price.unit_amount === null ? `${price.unit_amount_decimal} cents` : formatted(price.unit_amount, currency)} per unit used`
      : `${formatted(cost(line.quantity ?? 1, price.unit_amount_decimal), currency)} per ${price.recurring?.interval}`;
    return `<tr><td>${escaped(name)}</td><td class="amount">${escaped(amount)}</td></tr>`;
  });
  const off = session.total_details.amount_discount;
  const given = session.discounts?.[0];
  const applied = given
    ? (world.find("promotion_code", given.promotion_code)?.code ??
      world.find("coupon", given.coupon)?.name ??
      given.coupon)
    : null;
  const promotion = session.allow_promotion_codes
    ? applied
      ? `<form method="post"><p>Promotion code <strong>${escaped(applied)}</strong> <button class="plain" name="action" value="remove">Remove code</button></p></form>`
      : `<form method="post" class="row">${field({ name: "promotionCode", label: "Promotion code", value: form.promotionCode }, errors)}<button class="plain" name="action" value="apply">Apply</button></form>`
    : "";
  const customer = world.find("customer", session.customer);
  const taxId = session.tax_id_collection.enabled
    ? `<fieldset><legend>Buying as a business</legend>${field({ name: "businessName", label: "Business name", value: form.businessName, autocomplete: "organization" }, errors)}
<div class="row">${choice({ name: "taxIdType", label: "Tax id type", value: form.taxIdType }, TAX_ID_TYPES)}${field({ name: "taxId", label: "Tax id", value: form.taxId }, errors)}</div></fieldset>`
    : "";
  const email = customer
    ? `<p>Email: <strong>${escaped(customer.email)}</strong></p>`
    : field(
        {
          name: "email",
          label: "Email",
          type: "email",
          value: form.email ?? session.customer_email ?? "",
          isRequired: true,
        },
        errors,
      );
  const card = needsCard(session)
    ? `<h2>Card</h2>${cardFields(form, errors, CARD_LIST)}${field({ name: "billingName", label: "Name on card", value: form.billingName, autocomplete: "cc-name" }, errors)}${choice({ name: "country", label: "Country", value: form.country ?? "US" }, COUNTRIES)}`
    : "";
  const problem = errors.form ? `<p role="alert" id="form-error">${escaped(errors.form)}</p>` : "";
  const cancel = session.cancel_url
    ? `<p><a href="${escaped(withId(session.cancel_url, id))}">Back to ${escaped(world.state.settings.account_name)}</a></p>`
    : "";
  return {
    status: Object.keys(errors).length ? 402 : 200,
    html: pageOf(
      "Checkout",
      `${cancel}<h1>Subscribe to ${escaped(world.state.settings.account_name)}</h1>
<table><tbody>${lines.join("")}</tbody><tfoot>${off ? `<tr><th>Discount</th><td class="amount">${formatted(-off, currency)}</td></tr>` : ""}
<tr><th>Due today</th><td class="amount" id="due-today">${formatted(session.amount_total ?? 0, currency)}</td></tr></tfoot></table>
${promotion}<form method="post" id="payment">${problem}${email}${taxId}${card}
<button name="action" value="pay" id="submit">${isTrial ? "Start trial" : "Subscribe"}</button></form>`,
    ),
  };
}

export const COUNTRIES: [string, string][] = [
  ["US", "United States"],
  ["GB", "United Kingdom"],
  ["DE", "Germany"],
  ["FR", "France"],
  ["AE", "United Arab Emirates"],
  ["KW", "Kuwait"],
  ["SA", "Saudi Arabia"],
  ["AU", "Australia"],
];

function withId(url: string, id: string): string {
  return url.replaceAll("{CHECKOUT_SESSION_ID}", id);
}

/** What the page's forms send. */
export function submitCheckout(world: World, id: string, form: Form): PageAnswer {
  const session = world.find("checkout.session", id);
  if (session?.status !== "open") return checkoutPage(world, id);
  if (form.action === "apply") return applyPromotion(world, session, form);
  if (form.action === "remove") {
    session.discounts = [];
    addUp(world, session);
    return { to: `/c/pay/${id}` };
  }
  if (!session.customer && !form.email?.includes("@"))
    return checkoutPage(world, id, form, { email: "Write the address that receipts go to." });
  if (!needsCard(session)) return completed(world, session, form, null, false);
  const card = readCard(form, world.now(session.customer));
  if ("field" in card) return checkoutPage(world, id, form, { [card.field]: card.message });
  card.address = {
    city: null,
    country: form.country ?? "US",
    line1: null,
    line2: null,
    postal_code: null,
    state: null,
  };
  const behaviour = TEST_CARDS.find(({ number }) => number === card.number);
  const outcome = (session.amount_total ?? 0) > 0 ? behaviour?.onPresent : behaviour?.onAttach;
  if (outcome === "declines") return checkoutPage(world, id, withoutCard(form), { form: DECLINED });
  if (outcome === "authenticates") return challenge(world, { purpose: "checkout", id, card, form });
  return completed(world, session, form, card, false);
}

function withoutCard(form: Form): Form {
  return { ...form, cardNumber: "", cardExpiry: "", cardCvc: "" };
}

function applyPromotion(world: World, session: CheckoutSession, form: Form): PageAnswer {
  const code = (form.promotionCode ?? "").trim().toLowerCase();
  const found = world
    .all("promotion_code")
    .find((promotion) => promotion.active && promotion.code.toLowerCase() === code);
  try {
    if (!found) throw invalid("This code is invalid.");
    usable(world, { promotion_code: found.id }, session.customer, world.now(session.customer));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return checkoutPage(world, session.id, form, { promotionCode: "This code is invalid." });
  }
  session.discounts = [{ coupon: null, promotion_code: found.id }];
  addUp(world, session);
  return { to: `/c/pay/${session.id}` };
}

/** The person came back from authentication. */
export function afterChallenge(
  world: World,
  id: string,
  form: Form,
  card: CardForm,
  didAuthenticate: boolean,
): PageAnswer {
  const session = world.find("checkout.session", id);
  if (session?.status !== "open") return checkoutPage(world, id);
  if (!didAuthenticate)
    return checkoutPage(world, id, withoutCard(form), {
      form: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    });
  return completed(world, session, form, card, true);
}

/** Paid: customer, card, subscription and first invoice come into being together. */
function completed(
  world: World,
  session: CheckoutSession,
  form: Form,
  card: CardForm | null,
  isAuthenticated: boolean,
): PageAnswer {
  const notes = notesOf(world, session);
  const known = world.find("customer", session.customer);
  try {
    // Refused before anything is kept: the customer may not exist yet.
    if (form.taxIdType) checkTaxId(form.taxIdType, form.taxId ?? "");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return checkoutPage(world, session.id, form, { taxId: "This tax id does not look right." });
  }
  const customer = known ?? makeCustomer(world, { email: form.email, name: form.billingName || undefined });
  session.customer = customer.id;
  world.change("customer.updated", customer, (held) => {
    if ((notes.update.name || !known) && form.businessName)
      held.business_name = held.name = form.businessName;
    else if (notes.update.name && form.billingName) held.name ??= form.billingName;
    if ((notes.update.address || !known) && card?.address) held.address = card.address;
  });
  if (form.taxIdType) makeTaxId(world, customer.id, { type: form.taxIdType, value: form.taxId ?? "" });
  const method = card
    ? attach(
        world,
        makeCard(world, { ...card, email: customer.email ?? undefined }, customer.id),
        customer.id,
      )
    : null;
  const subscription = createSubscription(
    world,
    {
      customer: customer.id,
      items: notes.lines.map(({ price, quantity }) => ({ price, quantity })),
      default_payment_method: method?.id,
      discounts: (session.discounts ?? []).map(({ coupon, promotion_code: code }) => ({
        coupon: coupon ?? undefined,
        promotion_code: code ?? undefined,
      })),
      ...notes.subscription,
    },
    { isPresent: true, isAuthenticated },
  );
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  session.status = "complete";
  session.payment_status = (session.amount_total ?? 0) > 0 ? "paid" : "no_payment_required";
  session.url = null;
  session.customer_details = {
    address: card?.address ?? null,
    business_name: form.businessName || null,
    email: customer.email,
    individual_name: null,
    name: form.businessName || form.billingName || customer.name,
    phone: null,
    tax_exempt: customer.tax_exempt,
    tax_ids: world
      .all("tax_id")
      .filter((taxId) => taxId.customer === customer.id)
      .map(({ type, value }) => ({ type, value })),
  };
  world.emit("checkout.session.completed", session);
  return { to: withId(session.success_url ?? "/", session.id) };
}
