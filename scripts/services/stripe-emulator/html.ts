/** Text that is safe inside an element or a quoted attribute. */
export function escaped(text: string | number | null | undefined): string {
  return String(text ?? "").replaceAll(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] ?? sign,
  );
}

const STYLE = `
:root { background: light-dark(#fff, #16161a); color: light-dark(#1a1a1f, #ededf0); color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin: 0 auto; max-width: 40rem; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.note { font-size: .875rem; opacity: .8; }
.error, [role=alert] { color: light-dark(#b3261e, #ffb4ab); margin: .25rem 0 0; }
label, legend { display: block; font-weight: 600; margin-top: .75rem; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; }
input, select, textarea { box-sizing: border-box; font: inherit; min-height: 2.75rem; padding: .5rem .75rem; width: 100%; }
button, .button { background: #635bff; border: 0; border-radius: .375rem; box-sizing: border-box; color: #fff; cursor: pointer;
  display: inline-block; font: inherit; font-weight: 600; margin-top: 1rem; min-height: 2.75rem; padding: .625rem 1.25rem; text-decoration: none; }
button.plain, .button.plain { background: transparent; border: 1px solid; color: inherit; }
table { border-collapse: collapse; width: 100%; } td, th { padding: .375rem .5rem .375rem 0; text-align: start; vertical-align: top; }
td.amount, th.amount { text-align: end; padding-inline-end: 0; }
tfoot th, tfoot td { border-top: 1px solid; } a { color: inherit; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; } .row > div { flex: 1 1 10rem; }
.banner { border: 1px dashed; font-size: .875rem; margin-bottom: 1.5rem; padding: .5rem .75rem; }
`;

/** A whole page of the emulator; it says at its top what it is. */
export function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header class="banner">Local Stripe: no money moves here.</header><main>${body}</main></body></html>`;
}

export interface Field {
  name: string;
  label: string;
  value?: string;
  type?: string;
  autocomplete?: string;
  inputmode?: string;
  hint?: string;
  isRequired?: boolean;
}

/** A labelled field; what is wrong with it stands beneath and is announced. */
export function field(given: Field, errors: Record<string, string> = {}): string {
  const error = errors[given.name];
  const described = [given.hint && `${given.name}-hint`, error && `${given.name}-error`]
    .filter(Boolean)
    .join(" ");
  return `<div><label for="${given.name}">${escaped(given.label)}</label>
<input id="${given.name}" name="${given.name}" type="${given.type ?? "text"}" value="${escaped(given.value)}"${
    given.autocomplete ? ` autocomplete="${given.autocomplete}"` : ""
  }${given.inputmode ? ` inputmode="${given.inputmode}"` : ""}${given.isRequired ? " required" : ""}${
    described ? ` aria-describedby="${described}"` : ""
  }${error ? ' aria-invalid="true"' : ""}>${
    given.hint ? `<p class="note" id="${given.name}-hint">${escaped(given.hint)}</p>` : ""
  }${error ? `<p class="error" id="${given.name}-error" role="alert">${escaped(error)}</p>` : ""}</div>`;
}

export function choice(
  given: { name: string; label: string; value?: string },
  options: [value: string, label: string][],
): string {
  return `<div><label for="${given.name}">${escaped(given.label)}</label><select id="${given.name}" name="${given.name}">${options
    .map(
      ([value, label]) =>
        `<option value="${escaped(value)}"${value === given.value ? " selected" : ""}>${escaped(label)}</option>`,
    )
    .join("")}</select></div>`;
}

/** The parts of a form that ask for a card, and the cards that may be used. */
export function cardFields(
  given: Record<string, string>,
  errors: Record<string, string>,
  cards: [string, string][],
): string {
  const fields: Field[] = [
    {
      name: "cardNumber",
      label: "Card number",
      value: given.cardNumber,
      autocomplete: "cc-number",
      inputmode: "numeric",
    },
    {
      name: "cardExpiry",
      label: "Expiry (MM / YY)",
      value: given.cardExpiry,
      autocomplete: "cc-exp",
      inputmode: "numeric",
    },
    { name: "cardCvc", label: "CVC", value: given.cardCvc, autocomplete: "cc-csc", inputmode: "numeric" },
  ];
  const [number = "", expiry = "", cvc = ""] = fields.map((one) =>
    field({ ...one, isRequired: true }, errors),
  );
  return `${number}<div class="row">${expiry}${cvc}</div>
<details class="note"><summary>Test cards</summary><ul>${cards
    .map(([card, says]) => `<li><code>${escaped(card)}</code> ${escaped(says)}</li>`)
    .join("")}</ul></details>`;
}

/** What a page answers with: itself, or the way on. */
export type PageAnswer = { html: string; status?: number } | { to: string };
