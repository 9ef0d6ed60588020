import { attach, DECLINED, makeCard, makeDefault, readCard, TEST_CARDS, type CardForm } from "./cards";
import { challenge } from "./challenges";
import { CARD_LIST, TAX_ID_TYPES } from "./checkout";
import { makeTaxId, removeTaxId } from "./customers";
import { cardFields, choice, escaped, field, pageOf, type PageAnswer } from "./html";
import { cost, formatted } from "./money";
import type { Customer, PortalConfiguration, PortalSession, Subscription } from "./objects";
import { day } from "./periods";
import { Refusal } from "./refusal";
import { cancelNow, periodOf, updateSubscription } from "./subscriptions";
import type { World } from "./world";

type Form = Record<string, string>;

interface View {
  session: PortalSession;
  configuration: PortalConfiguration;
  customer: Customer;
  subscriptions: Subscription[];
}

function viewOf(world: World, id: string): View | undefined {
  const session = world.find("billing_portal.session", id);
  const customer = world.find("customer", session?.customer);
  const configuration = world.find("billing_portal.configuration", session?.configuration);
  if (!session || !customer || !configuration || "deleted" in customer) return undefined;
  const subscriptions = world
    .all("subscription")
    .filter((subscription) => subscription.customer === customer.id && subscription.ended_at === null);
  return { session, configuration, customer, subscriptions };
}

const GONE: PageAnswer = { status: 404, html: pageOf("Billing", "<h1>This page is no longer open.</h1>") };

/** The portal's page, or the one step that its session was opened for. */
export function portalPage(
  world: World,
  id: string,
  form: Form = {},
  errors: Record<string, string> = {},
): PageAnswer {
  const view = viewOf(world, id);
  if (!view) return GONE;
  const { session, configuration } = view;
  if (session.flow?.type === "subscription_cancel" && session.flow.subscription_cancel)
    return cancelPage(world, id, session.flow.subscription_cancel.subscription);
  const back = session.return_url
    ? `<p><a href="${escaped(session.return_url)}" id="return">Return to ${escaped(world.state.settings.account_name)}</a></p>`
    : "";
  const { features } = configuration;
  const isCardOnly = session.flow?.type === "payment_method_update";
  const sections = isCardOnly
    ? [cardSection(world, view, form, errors)]
    : [
        ...view.subscriptions.map((subscription) => subscriptionSection(world, view, subscription)),
        features.payment_method_update.enabled ? cardSection(world, view, form, errors) : "",
        features.customer_update.enabled ? detailsSection(world, view, form, errors) : "",
        features.invoice_history.enabled ? invoiceSection(world, view) : "",
      ];
  return {
    status: Object.keys(errors).length ? 402 : 200,
    html: pageOf(
      "Billing",
      `${back}<h1>Billing of ${escaped(view.customer.name ?? view.customer.email)}</h1>${sections.join("")}`,
    ),
  };
}

function subscriptionSection(
  world: World,
  { configuration, session }: View,
  subscription: Subscription,
): string {
  const [item] = subscription.items.data;
  const name = item ? (world.find("product", item.price.product)?.name ?? item.price.product) : "";
  const price = item
    ? `${formatted(cost(item.quantity ?? 1, item.price.unit_amount_decimal), subscription.currency)} per ${item.price.recurring?.interval}`
    : "";
  const end = day(periodOf(subscription).end);
  const isEnding = subscription.cancel_at_period_end;
  const act = isEnding
    ? `<form method="post"><input type="hidden" name="subscription" value="${subscription.id}"><button name="action" value="resume" id="resume">Do not cancel</button></form>`
    : configuration.features.subscription_cancel.enabled
      ? `<p><a class="button plain" id="cancel" href="/p/session/${session.id}/cancel/${subscription.id}">Cancel subscription</a></p>`
      : "";
  return `<h2>Current plan</h2><p><strong>${escaped(name)}</strong>, ${escaped(price)}<br><span id="renewal">${isEnding ? `Ends on ${end}` : `Renews on ${end}`}</span> <span id="status">(${subscription.status})</span></p>${act}`;
}

function cardSection(
  world: World,
  { customer, subscriptions }: View,
  form: Form,
  errors: Record<string, string>,
): string {
  const used = subscriptions[0]?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  const card = world.find("payment_method", used)?.card;
  const now = card ? `Card ending in ${card.last4}, expires ${card.exp_month}/${card.exp_year}` : "No card";
  const problem = errors.form ? `<p role="alert" id="form-error">${escaped(errors.form)}</p>` : "";
  return `<h2>Payment method</h2><p id="current-card">${now}</p>${problem}<form method="post" id="card">${cardFields(form, errors, CARD_LIST)}<button name="action" value="card" id="save-card">Save card</button></form>`;
}

function detailsSection(
  world: World,
  { customer, configuration }: View,
  form: Form,
  errors: Record<string, string>,
): string {
  const allowed = configuration.features.customer_update.allowed_updates;
  const fields = [
    allowed.includes("name")
      ? field({ name: "name", label: "Name", value: form.name ?? customer.name ?? "" }, errors)
      : "",
    allowed.includes("email")
      ? field(
          { name: "email", label: "Email", type: "email", value: form.email ?? customer.email ?? "" },
          errors,
        )
      : "",
  ].join("");
  const details = fields
    ? `<h2>Billing details</h2><form method="post">${fields}<button name="action" value="details">Save details</button></form>`
    : "";
  if (!allowed.includes("tax_id")) return details;
  const taxIds = world.all("tax_id").filter((taxId) => taxId.customer === customer.id);
  const held = taxIds.map(
    (taxId) =>
      `<li>${escaped(taxId.value)} <form method="post"><input type="hidden" name="taxId" value="${taxId.id}"><button class="plain" name="action" value="remove-tax-id">Remove ${escaped(taxId.value)}</button></form></li>`,
  );
  return `${details}<h2>Tax ids</h2><ul id="tax-ids">${held.join("")}</ul><form method="post">${choice({ name: "taxIdType", label: "Tax id type", value: form.taxIdType ?? "eu_vat" }, TAX_ID_TYPES.slice(1))}${field({ name: "taxIdValue", label: "Tax id", value: form.taxIdValue }, errors)}<button name="action" value="add-tax-id">Add tax id</button></form>`;
}

function invoiceSection(world: World, { customer }: View): string {
  const invoices = world
    .all("invoice")
    .filter((invoice) => invoice.customer === customer.id && invoice.number !== null)
    .reverse();
  const rows = invoices.map(
    (invoice) =>
      `<tr><td>${day(invoice.created)}</td><td><a href="/i/${invoice.id}">${escaped(invoice.number)}</a></td><td>${invoice.status}</td><td class="amount">${formatted(invoice.total, invoice.currency)}</td><td><a href="/i/${invoice.id}/pdf">PDF</a></td></tr>`,
  );
  return `<h2>Invoices</h2><table id="invoices"><thead><tr><th>Date</th><th>Number</th><th>Status</th><th class="amount">Total</th><th>File</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const REASONS: [string, string][] = [
  ["", "No answer"],
  ["too_expensive", "It is too expensive"],
  ["missing_features", "I miss features"],
  ["switched_service", "I found an alternative"],
  ["unused", "I no longer need it"],
  ["customer_service", "Customer service"],
  ["too_complex", "It is too complex"],
  ["low_quality", "Quality"],
  ["other", "Other"],
];

export function cancelPage(world: World, id: string, subscriptionId: string): PageAnswer {
  const view = viewOf(world, id);
  const subscription = view?.subscriptions.find((held) => held.id === subscriptionId);
  if (!view || !subscription) return GONE;
  const { subscription_cancel: cancel } = view.configuration.features;
  const when = cancel.mode === "immediately" ? "now" : `on ${day(periodOf(subscription).end)}`;
  const options = cancel.cancellation_reason.options;
  const why = cancel.cancellation_reason.enabled
    ? `${choice(
        { name: "feedback", label: "Why do you cancel?" },
        REASONS.filter(([value]) => value === "" || !options.length || options.includes(value)),
      )}${field({ name: "comment", label: "Tell us more" })}`
    : "";
  return {
    html: pageOf(
      "Cancel",
      `<h1>Cancel your subscription</h1><p>It ends ${when}.</p><form method="post" action="/p/session/${id}"><input type="hidden" name="subscription" value="${subscription.id}">${why}<button name="action" value="cancel" id="confirm-cancel">Cancel subscription</button></form><p><a href="${escaped(view.session.flow ? (view.session.return_url ?? "/") : `/p/session/${id}`)}">Go back</a></p>`,
    ),
  };
}

/** Where the person goes when a step is done. */
function done({ session }: View): PageAnswer {
  const redirect = session.flow?.after_completion.redirect?.return_url;
  if (redirect) return { to: redirect };
  if (session.flow) session.flow = null;
  return { to: `/p/session/${session.id}` };
}

export function submitPortal(world: World, id: string, form: Form): PageAnswer {
  const view = viewOf(world, id);
  if (!view) return GONE;
  const { features } = view.configuration;
  const subscription = view.subscriptions.find((held) => held.id === form.subscription);
  if (form.action === "card") return submitCard(world, view, form);
  if (form.action === "cancel" && subscription && features.subscription_cancel.enabled) {
    const details = {
      ...(form.comment && { comment: form.comment }),
      ...(form.feedback && { feedback: form.feedback }),
    };
    if (features.subscription_cancel.mode === "immediately") {
      const behavior = features.subscription_cancel.proration_behavior;
      cancelNow(world, subscription, {
        cancellation_details: details,
        prorate: behavior !== "none",
        invoice_now: behavior === "always_invoice",
      });
    } else
      updateSubscription(world, subscription, { cancel_at_period_end: true, cancellation_details: details });
    return done(view);
  }
  if (form.action === "resume" && subscription) {
    updateSubscription(world, subscription, { cancel_at_period_end: false });
    return done(view);
  }
  if (!features.customer_update.enabled) return portalPage(world, id);
  const allowed = features.customer_update.allowed_updates;
  if (form.action === "details") {
    world.change("customer.updated", view.customer, (customer) => {
      if (allowed.includes("name") && form.name) customer.name = form.name;
      if (allowed.includes("email") && form.email) customer.email = form.email;
    });
    return done(view);
  }
  if (form.action === "add-tax-id" && allowed.includes("tax_id")) {
    try {
      makeTaxId(world, view.customer.id, { type: form.taxIdType ?? "", value: form.taxIdValue ?? "" });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return portalPage(world, id, form, { taxIdValue: "This tax id does not look right." });
    }
    return done(view);
  }
  const taxId = world.find("tax_id", form.taxId);
  if (form.action === "remove-tax-id" && allowed.includes("tax_id") && taxId?.customer === view.customer.id) {
    removeTaxId(world, taxId);
    return done(view);
  }
  return portalPage(world, id);
}

function submitCard(world: World, view: View, form: Form): PageAnswer {
  const { id } = view.session;
  const card = readCard(form, world.now(view.customer.id));
  if ("field" in card) return portalPage(world, id, form, { [card.field]: card.message });
  const behaviour = TEST_CARDS.find(({ number }) => number === card.number);
  if (behaviour?.onAttach === "declines") return portalPage(world, id, {}, { form: DECLINED });
  if (behaviour?.onAttach === "authenticates")
    return challenge(world, { purpose: "portal", id, card, form: {} });
  return saveCard(world, view, card);
}

export function afterChallenge(
  world: World,
  id: string,
  form: Form,
  card: CardForm,
  didAuthenticate: boolean,
): PageAnswer {
  const view = viewOf(world, id);
  if (!view) return GONE;
  if (!didAuthenticate)
    return portalPage(world, id, form, {
      form: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    });
  return saveCard(world, view, card);
}

function saveCard(world: World, view: View, card: CardForm): PageAnswer {
  const method = attach(
    world,
    makeCard(world, { ...card, email: view.customer.email ?? undefined }, view.customer.id),
    view.customer.id,
  );
  makeDefault(world, method, view.customer.id);
  return done(view);
}
