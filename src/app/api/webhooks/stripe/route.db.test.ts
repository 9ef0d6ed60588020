// Stripe's door on real Postgres: what it takes, what it refuses, and that a refusal changes nothing.
import { createHmac } from "node:crypto";
import Stripe from "stripe";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { asOwner } from "~/testing/tenants";
import { POST } from "./route";

const SECRET = `whsec_${"0a1b2c3d".repeat(4)}`;
const OLD_SECRET = `whsec_${"9f8e7d6c".repeat(4)}`;

beforeAll(() => {
  process.env.STRIPE_SECRET_KEY = ["sk", "test", "only_for_this_file"].join("_");
  process.env.STRIPE_WEBHOOK_SECRET = `${SECRET},${OLD_SECRET}`;
  forgetEnv();
});
let stored: number;
const count = async () =>
  (await asOwner<{ count: number }>("select count(*)::int as count from stripe_event"))[0]!.count;
beforeEach(async () => {
  stored = await count();
});

const eventBody = (over: Record<string, unknown> = {}) =>
  JSON.stringify({
    id: `evt_${newId()}`,
    object: "event",
    type: "customer.subscription.updated",
    created: Math.floor(Date.now() / 1000),
    data: { object: { id: "sub_1", object: "subscription", customer: "cus_unknown" } },
    ...over,
  });
const sign = (payload: string, over: { secret?: string; timestamp?: number } = {}) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, ...over });
const send = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(
    new Request("http://localhost/api/webhooks/stripe", {
      method: "POST",
      body,
      headers,
      duplex: "half",
    } as RequestInit),
  );

describe("Stripe's door", () => {
  it("stores a signed event once, however often it comes, and answers 200 each time", async () => {
    const body = eventBody();
    for (let at = 0; at < 3; at++)
      expect((await send(body, { "stripe-signature": sign(body) })).status).toBe(200);
    const { id } = JSON.parse(body) as { id: string };
    expect(
      await asOwner("select state, body, customer_id, type from stripe_event where id = $1", [id]),
    ).toEqual([
      { state: "received", body, customer_id: "cus_unknown", type: "customer.subscription.updated" },
    ]);
  });

  it("stores it once when it comes twenty times at once", async () => {
    const body = eventBody();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(body, { "stripe-signature": sign(body) })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await count()).toBe(stored + 1);
  });

  it("takes the older secret too, while one is being replaced", async () => {
    const body = eventBody();
    expect((await send(body, { "stripe-signature": sign(body, { secret: OLD_SECRET }) })).status).toBe(200);
  });

  it("keeps an event of a type that nothing is done about, and says so", async () => {
    const body = eventBody({ type: "charge.dispute.created" });
    expect((await send(body, { "stripe-signature": sign(body) })).status).toBe(200);
    const { id } = JSON.parse(body) as { id: string };
    expect(await asOwner("select state, due_at from stripe_event where id = $1", [id])).toEqual([
      { state: "ignored", due_at: null },
    ]);
  });

  it.each<[string, (body: string) => Record<string, string>]>([
    ["without a signature", () => ({})],
    [
      "with a signature by another secret",
      (body) => ({ "stripe-signature": sign(body, { secret: "whsec_other" }) }),
    ],
    ["with a signature of another body", (body) => ({ "stripe-signature": sign(`${body} `) })],
    ["with a signature that is no signature", () => ({ "stripe-signature": "t=1,v1=abc" })],
    [
      "with a signature of ten minutes ago",
      (body) => ({
        "stripe-signature": sign(body, { timestamp: Math.floor(Date.now() / 1000) - 600 }),
      }),
    ],
  ])("refuses an event %s, and stores nothing", async (_words, headers) => {
    const body = eventBody();
    const answer = await send(body, headers(body));
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await count()).toBe(stored);
  });

  it.each([
    ["truncated", eventBody().slice(0, -20)],
    ["no object", '"evt"'],
    ["an object without an id", JSON.stringify({ type: "x", created: 1, data: {} })],
    ["null", "null"],
    ["empty", ""],
  ])("refuses what is signed but %s, and stores nothing", async (_words, body) => {
    const signature = `t=${Math.floor(Date.now() / 1000)}`;
    const v1 = createHmac("sha256", SECRET)
      .update(`${signature.slice(2)}.${body}`)
      .digest("hex");
    expect((await send(body, { "stripe-signature": `${signature},v1=${v1}` })).status).toBe(400);
    expect(await count()).toBe(stored);
  });

  it("refuses a megabyte and more, told by its length or found by reading", async () => {
    const large = eventBody({ padding: "x".repeat(1_000_000) });
    const told = await send(large, {
      "stripe-signature": sign(large),
      "content-length": String(large.length),
    });
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 20; at++) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    const found = await send(stream, { "stripe-signature": "t=1,v1=a" });
    expect([told.status, found.status]).toEqual([413, 413]);
    expect(await count()).toBe(stored);
  });

  it("takes an event just below a megabyte", async () => {
    const body = eventBody({ padding: "x".repeat(990_000) });
    expect((await send(body, { "stripe-signature": sign(body) })).status).toBe(200);
  });

  it("says that payments are not set up when they are not", async () => {
    delete process.env.STRIPE_WEBHOOK_SECRET;
    delete process.env.STRIPE_SECRET_KEY;
    forgetEnv();
    try {
      const body = eventBody();
      const answer = await send(body, { "stripe-signature": sign(body) });
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ code: "billing.not_set_up" });
    } finally {
      process.env.STRIPE_SECRET_KEY = ["sk", "test", "only_for_this_file"].join("_");
      process.env.STRIPE_WEBHOOK_SECRET = `${SECRET},${OLD_SECRET}`;
      forgetEnv();
    }
  });
});
