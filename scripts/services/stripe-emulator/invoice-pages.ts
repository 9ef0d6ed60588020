import {
  attach,
  DECLINED,
  makeCard,
  makeDefault,
  readCard,
  TEST_CARDS,
  outcomeOf,
  type CardForm,
} from "./cards";
import { challenge } from "./challenges";
import { CARD_LIST } from "./checkout";
import { cardFields, escaped, pageOf, type PageAnswer } from "./html";
import { attempt, cardOf } from "./invoices";
import { formatted, sum } from "./money";
import type { Invoice } from "./objects";
import { day } from "./periods";
import { pdf, type PdfLine } from "./pdf";
import type { World } from "./world";

const STATUS_WORDS = {
  draft: "Draft",
  open: "To be paid",
  paid: "Paid",
  uncollectible: "Uncollectible",
  void: "Void",
};

function sumsOf(invoice: Invoice): [string, string][] {
  const { currency } = invoice;
  const off = sum(invoice.total_discount_amounts.map(({ amount }) => amount));
  const credit = (invoice.ending_balance ?? invoice.starting_balance) - invoice.starting_balance;
  return [
    ["Subtotal", formatted(invoice.subtotal, currency)],
    ...(off ? [["Discount", formatted(-off, currency)] as [string, string]] : []),
    ["Total", formatted(invoice.total, currency)],
    ...(credit ? [["Applied balance", formatted(-credit, currency)] as [string, string]] : []),
    ["Amount due", formatted(invoice.amount_due, currency)],
  ];
}

/** The public page of an invoice: what it charges, its PDF, and a form to pay it. */
export function invoicePage(
  world: World,
  id: string,
  form: Record<string, string> = {},
  errors: Record<string, string> = {},
): PageAnswer {
  const invoice = world.find("invoice", id);
  if (!invoice?.hosted_invoice_url)
    return { status: 404, html: pageOf("Invoice", "<h1>There is no such invoice.</h1>") };
  const lines = invoice.lines.data.map(
    (line) =>
      `<tr><td>${escaped(line.description)}<br><span class="note">${day(line.period.start)} to ${day(line.period.end)}</span></td><td class="amount">${formatted(line.amount, invoice.currency)}</td></tr>`,
  );
  const sums = sumsOf(invoice).map(
    ([label, amount]) => `<tr><th>${label}</th><td class="amount">${amount}</td></tr>`,
  );
  const saved = world.find("payment_method", cardOf(world, invoice));
  const withSaved = saved
    ? `<form method="post"><button name="action" value="pay-saved" id="pay-saved">Pay with card ending in ${saved.card.last4}</button></form>`
    : "";
  const problem = errors.form ? `<p role="alert" id="form-error">${escaped(errors.form)}</p>` : "";
  const pay =
    invoice.status === "open"
      ? `<h2>Pay this invoice</h2>${problem}${withSaved}<form method="post" id="payment">${cardFields(form, errors, CARD_LIST)}<button name="action" value="pay" id="submit">Pay ${formatted(invoice.amount_due, invoice.currency)}</button></form>`
      : "";
  return {
    status: Object.keys(errors).length ? 402 : 200,
    html: pageOf(
      `Invoice ${invoice.number ?? ""}`,
      `<h1>Invoice ${escaped(invoice.number)}</h1><p>${escaped(invoice.account_name)} for ${escaped(invoice.customer_name ?? invoice.customer_email)}. <strong id="status">${STATUS_WORDS[invoice.status]}</strong></p>
<table><tbody>${lines.join("")}</tbody><tfoot>${sums.join("")}</tfoot></table><p><a href="/i/${invoice.id}/pdf">Download PDF</a></p>${pay}`,
    ),
  };
}

export function submitInvoice(world: World, id: string, form: Record<string, string>): PageAnswer {
  const invoice = world.find("invoice", id);
  if (invoice?.status !== "open") return invoicePage(world, id);
  if (form.action === "pay-saved") {
    const method = cardOf(world, invoice);
    if (outcomeOf(world, method, true) === "authenticates")
      return challenge(world, { purpose: "invoice", id, card: null, form: {} });
    const outcome = attempt(world, invoice, { method, isPresent: true, isScheduled: false });
    return outcome === "paid" ? { to: `/i/${id}` } : invoicePage(world, id, {}, { form: DECLINED });
  }
  const card = readCard(form, world.now(invoice.customer));
  if ("field" in card) return invoicePage(world, id, form, { [card.field]: card.message });
  const behaviour = TEST_CARDS.find(({ number }) => number === card.number);
  if (behaviour?.onPresent === "declines") return invoicePage(world, id, {}, { form: DECLINED });
  if (behaviour?.onPresent === "authenticates")
    return challenge(world, { purpose: "invoice", id, card, form: {} });
  return payWith(world, invoice, card, false);
}

export function afterChallenge(
  world: World,
  id: string,
  card: CardForm | null,
  didAuthenticate: boolean,
): PageAnswer {
  const invoice = world.find("invoice", id);
  if (invoice?.status !== "open") return invoicePage(world, id);
  if (!didAuthenticate)
    return invoicePage(
      world,
      id,
      {},
      {
        form: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
      },
    );
  return payWith(world, invoice, card, true);
}

/** A card that paid an invoice is the one that is charged from then on. */
function payWith(
  world: World,
  invoice: Invoice,
  card: CardForm | null,
  isAuthenticated: boolean,
): PageAnswer {
  const method = card
    ? attach(world, makeCard(world, card, invoice.customer), invoice.customer).id
    : cardOf(world, invoice);
  const made = world.find("payment_method", method);
  if (card && made) makeDefault(world, made, invoice.customer);
  attempt(world, invoice, { method, isPresent: true, isAuthenticated, isScheduled: false });
  return { to: `/i/${invoice.id}` };
}

export function invoicePdf(world: World, id: string): Uint8Array<ArrayBuffer> | undefined {
  const invoice = world.find("invoice", id);
  if (!invoice?.invoice_pdf) return undefined;
  const lines: PdfLine[] = [
    { left: `Invoice ${invoice.number ?? ""}`, right: STATUS_WORDS[invoice.status], isBold: true },
    { left: `From: ${invoice.account_name}` },
    { left: `To: ${invoice.customer_name ?? invoice.customer_email ?? ""}` },
    ...invoice.customer_tax_ids.map(({ value }) => ({ left: `Tax id: ${value}` })),
    { left: `Date: ${day(invoice.effective_at ?? invoice.created)}` },
    { left: "" },
    ...invoice.lines.data.flatMap((line) => [
      { left: line.description, right: formatted(line.amount, invoice.currency) },
      { left: `   ${day(line.period.start)} to ${day(line.period.end)}` },
    ]),
    { left: "" },
    ...sumsOf(invoice).map(([left, right]) => ({ left, right, isBold: true })),
  ];
  return pdf(lines);
}
