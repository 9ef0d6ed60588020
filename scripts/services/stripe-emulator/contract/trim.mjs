// Cuts Stripe's OpenAPI document, as stripe-mock carries it, down to what the local Stripe answers, and writes it
// beside this file. Run it after a new pin: `node scripts/services/stripe-emulator/contract/trim.mjs` (needs Go).
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The one place that says which stripe-mock is meant. */
export const STRIPE_MOCK = { module: "github.com/stripe/stripe-mock", version: "v0.203.0" };

const here = path.dirname(fileURLToPath(import.meta.url));

/** What the local Stripe answers: path and verbs. */
export const OPERATIONS = {
  "/v1/products": ["get", "post"],
  "/v1/products/{id}": ["get", "post"],
  "/v1/prices": ["get", "post"],
  "/v1/prices/{price}": ["get", "post"],
  "/v1/billing/meters": ["get", "post"],
  "/v1/billing/meters/{id}": ["get", "post"],
  "/v1/billing/meters/{id}/deactivate": ["post"],
  "/v1/billing/meters/{id}/reactivate": ["post"],
  "/v1/billing/meters/{id}/event_summaries": ["get"],
  "/v1/billing/meter_events": ["post"],
  "/v1/customers": ["get", "post"],
  "/v1/customers/{customer}": ["get", "post", "delete"],
  "/v1/customers/{customer}/balance_transactions": ["get", "post"],
  "/v1/customers/{customer}/payment_methods": ["get"],
  "/v1/customers/{customer}/tax_ids": ["get", "post"],
  "/v1/customers/{customer}/tax_ids/{id}": ["get", "delete"],
  "/v1/payment_methods/{payment_method}": ["get"],
  "/v1/payment_methods/{payment_method}/attach": ["post"],
  "/v1/payment_methods/{payment_method}/detach": ["post"],
  "/v1/payment_intents/{intent}": ["get"],
  "/v1/checkout/sessions": ["get", "post"],
  "/v1/checkout/sessions/{session}": ["get"],
  "/v1/checkout/sessions/{session}/expire": ["post"],
  "/v1/checkout/sessions/{session}/line_items": ["get"],
  "/v1/billing_portal/configurations": ["get", "post"],
  "/v1/billing_portal/configurations/{configuration}": ["get", "post"],
  "/v1/billing_portal/sessions": ["post"],
  "/v1/subscriptions": ["get", "post"],
  "/v1/subscriptions/{subscription_exposed_id}": ["get", "post", "delete"],
  "/v1/subscriptions/{subscription}/resume": ["post"],
  "/v1/invoices": ["get"],
  "/v1/invoices/create_preview": ["post"],
  "/v1/invoices/{invoice}": ["get", "post"],
  "/v1/invoices/{invoice}/lines": ["get"],
  "/v1/invoices/{invoice}/finalize": ["post"],
  "/v1/invoices/{invoice}/pay": ["post"],
  "/v1/invoices/{invoice}/void": ["post"],
  "/v1/invoices/{invoice}/mark_uncollectible": ["post"],
  "/v1/coupons": ["get", "post"],
  "/v1/coupons/{coupon}": ["get", "delete"],
  "/v1/promotion_codes": ["get", "post"],
  "/v1/promotion_codes/{promotion_code}": ["get", "post"],
  "/v1/events": ["get"],
  "/v1/events/{id}": ["get"],
  "/v1/test_helpers/test_clocks": ["get", "post"],
  "/v1/test_helpers/test_clocks/{test_clock}": ["get", "delete"],
  "/v1/test_helpers/test_clocks/{test_clock}/advance": ["post"],
};

/** Objects that the local Stripe has; a reference to any other is cut to its id. */
const OBJECTS = new Set(
  (
    "product price billing.meter billing.meter_event billing.meter_event_summary customer deleted_customer tax_id " +
    "deleted_tax_id customer_balance_transaction payment_method payment_intent checkout.session item " +
    "billing_portal.configuration billing_portal.session subscription subscription_item invoice line_item " +
    "invoice_payment coupon deleted_coupon promotion_code discount deleted_discount event test_helpers.test_clock " +
    "deleted_test_helpers.test_clock api_errors"
  ).split(" "),
);

/** Ways to pay, and parts of the objects above, that nothing here has. */
const CUT = [
  /^payment_method_(?!card$|card_|details)/,
  /^payment_flows_private_payment_methods_(?!card)/,
  /^(checkout|invoice|payment_intent|subscription)_payment_method_options/,
  /^(checkout_session|payment_intent)_payment_method_options$/,
  /^payment_intent_next_action_(?!redirect_to_url)/,
  /^(invoices|subscriptions|subscription)_.*payment_method_options/,
  /^(subscriptions_resource_payment_method_options|invoices_payment_method_options)$/,
  /^(payment_intent_processing|payment_flows_amount_details.*|payment_flows_payment_details|cash_balance|source)$/,
  /^(quotes|smor|issuing|treasury|radar)_/,
];

function trim(document) {
  const schemas = document.components.schemas;
  const isCut = (name) => CUT.some((pattern) => pattern.test(name));
  const nameOf = (ref) => ref.slice("#/components/schemas/".length);
  const wanted = new Map();
  const waiting = [];

  const isObject = (name) => Boolean(schemas[name]?.properties?.object?.enum) || name.startsWith("deleted_");
  const mayStay = (node) => {
    if (!node.$ref) return true;
    const name = nameOf(node.$ref);
    return !isCut(name) && (!isObject(name) || OBJECTS.has(name));
  };

  function cut(node) {
    if (Array.isArray(node)) return node.map(cut);
    if (!node || typeof node !== "object") return node;
    if (node.$ref) {
      const name = nameOf(node.$ref);
      if (!wanted.has(name)) {
        wanted.set(name, undefined);
        waiting.push(name);
      }
      return { $ref: node.$ref };
    }
    const kept = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === "description" || key === "title" || key.startsWith("x-")) continue;
      if (key === "anyOf") {
        const staying = value.filter(mayStay);
        if (staying.length) kept.anyOf = staying.map(cut);
        // Nothing of it is here: only null can be.
        else kept.enum = [null];
      } else if (key === "properties") {
        kept.properties = Object.fromEntries(
          Object.entries(value)
            .filter(([name, property]) => mayStay(property) || node.required?.includes(name))
            .map(([name, property]) => [name, cut(property)]),
        );
      } else kept[key] = cut(value);
    }
    return kept;
  }

  const paths = {};
  for (const [route, verbs] of Object.entries(OPERATIONS)) {
    paths[route] = {};
    for (const verb of verbs) {
      const operation = document.paths[route]?.[verb];
      if (!operation) throw new Error(`Stripe's document has no ${verb} ${route}`);
      const body = operation.requestBody?.content?.["application/x-www-form-urlencoded"]?.schema;
      paths[route][verb] = {
        operationId: operation.operationId,
        parameters: cut(operation.parameters ?? []),
        ...(body && {
          requestBody: { content: { "application/x-www-form-urlencoded": { schema: cut(body) } } },
        }),
        responses: {
          200: {
            content: {
              "application/json": {
                schema: cut(operation.responses["200"].content["application/json"].schema),
              },
            },
          },
        },
      };
    }
  }
  for (const name of OBJECTS) cut({ $ref: `#/components/schemas/${name}` });
  while (waiting.length) {
    const name = waiting.pop();
    wanted.set(name, cut(schemas[name]));
  }
  return {
    openapi: document.openapi,
    info: { title: document.info.title, version: document.info.version },
    components: { schemas: Object.fromEntries([...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) },
    paths,
  };
}

/** One line a schema and one a path, so that a new pin can be read as a difference. */
export function write(document) {
  const lines = (entries) =>
    Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",\n");
  return `{"openapi":${JSON.stringify(document.openapi)},"info":${JSON.stringify(document.info)},
"components":{"schemas":{
${lines(document.components.schemas)}
}},
"paths":{
${lines(document.paths)}
}}
`;
}

/** The module's folder on this machine; fetched by Go when it is not there yet. */
export function stripeMockFolder() {
  const { module, version } = STRIPE_MOCK;
  const told = execFileSync("go", ["mod", "download", "-json", `${module}@${version}`], {
    encoding: "utf8",
    cwd: here,
  });
  return JSON.parse(told).Dir;
}

/** The trimmed document as text, from the module's own. */
export function trimmed(folder) {
  const file = path.join(folder, "embedded", "openapi", "spec3.json");
  return write(trim(JSON.parse(fs.readFileSync(file, "utf8"))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = stripeMockFolder();
  fs.writeFileSync(path.join(here, "openapi.json"), trimmed(folder));
  fs.writeFileSync(path.join(here, "LICENSE"), fs.readFileSync(path.join(folder, "LICENSE"), "utf8"));
  console.log(`openapi.json is of ${STRIPE_MOCK.module} ${STRIPE_MOCK.version}`);
}
