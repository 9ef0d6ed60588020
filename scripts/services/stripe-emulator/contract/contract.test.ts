import fs from "node:fs";
import Stripe from "stripe";
import { beforeAll, describe, expect, test } from "vitest";
import { document, endpointOf, endpoints } from "../contract";
import { wrongInAnswer, wrongInEvent, wrongInObject } from "./check";
import { play } from "./scenario";

let played: Awaited<ReturnType<typeof play>>;
beforeAll(async () => {
  played = await play();
});

describe("the local Stripe, held to Stripe's own document", () => {
  test("every answer is as the document says, and has no field that Stripe has not", () => {
    const wrong = played.requests
      .filter(({ status }) => status === 200)
      .flatMap(({ method, path, answer }) => wrongInAnswer(method, path, JSON.parse(answer)));
    expect([...new Set(wrong)]).toEqual([]);
  });

  test("every event is as the document says, and so is the object that it carries", () => {
    const wrong = played.events.flatMap((event) => wrongInEvent(event));
    expect([...new Set(wrong)]).toEqual([]);
  });

  test("the scenario makes every call that the local Stripe answers", () => {
    const called = new Set(
      played.requests
        .filter(({ status }) => status === 200)
        .map(({ method, path }) => `${method} ${endpointOf(method, path.split("?")[0] ?? "")?.path}`),
    );
    const silent = endpoints
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !called.has(name));
    // The product's code never finalizes an invoice by hand; year.test.ts does.
    expect(silent).toEqual(["POST /v1/invoices/{invoice}/finalize"]);
  });

  test("each event that the app acts on came up", () => {
    const types = new Set(played.events.map(({ type }) => type as string));
    const wanted = (
      "checkout.session.completed customer.subscription.created customer.subscription.updated " +
      "customer.subscription.deleted customer.subscription.paused customer.subscription.resumed " +
      "customer.subscription.trial_will_end invoice.created invoice.finalized invoice.paid invoice.payment_failed " +
      "invoice.payment_action_required invoice.voided invoice.marked_uncollectible invoice.updated customer.updated " +
      "customer.tax_id.created customer.tax_id.deleted payment_method.attached payment_method.detached"
    ).split(" ");
    expect(wanted.filter((type) => !types.has(type))).toEqual([]);
  });

  test("the check itself sees a missing field, a wrong type, an invented field and an unknown value", () => {
    const answer =
      played.requests.find(({ method, path }) => method === "POST" && path === "/v1/customers")?.answer ?? "";
    const customer = JSON.parse(answer) as Record<string, unknown>;
    const { created: _created, ...incomplete } = customer;
    expect(wrongInObject(customer)).toEqual([]);
    expect(wrongInObject(incomplete)).not.toEqual([]);
    expect(wrongInObject({ ...customer, balance: "0" })).not.toEqual([]);
    expect(wrongInObject({ ...customer, favourite_colour: "red" })).not.toEqual([]);
    expect(wrongInObject({ ...customer, tax_exempt: "perhaps" })).not.toEqual([]);
  });

  test("the SDK's version of the API is the document's, or docs/BILLING.md lists what lies between", () => {
    const sdk = Stripe.API_VERSION as string;
    if (sdk === document.info.version) return;
    const told = fs.readFileSync(new URL("../../../../docs/BILLING.md", import.meta.url), "utf8");
    expect(told).toContain(`\`${sdk}\``);
    expect(told).toContain(`\`${document.info.version}\``);
    expect(told).toContain(`\`stripe\` ${Stripe.PACKAGE_VERSION}`);
  });

  test("Stripe's licence lies beside its document", () => {
    expect(fs.readFileSync(new URL("LICENSE", import.meta.url), "utf8")).toContain("MIT License");
  });
});
