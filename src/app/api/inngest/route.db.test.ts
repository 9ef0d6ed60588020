// Inngest's door before anything of a call is trusted: how much of it is read, and by whom it was signed.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { env, forgetEnv } from "~/server/config/env";
import { closeClients } from "~/server/db/client";
import { POST, PUT } from "./route";

/** An engine that takes every registration, and keeps what it was told. */
const registered: { url: string }[] = [];
const engine = createServer((request, response) => {
  void text(request).then((body) => {
    registered.push(JSON.parse(body) as { url: string });
    response.setHeader("content-type", "application/json").end('{"ok":true,"modified":true}');
  });
}).listen(0, "127.0.0.1");
beforeAll(async () => {
  if (!engine.listening) await once(engine, "listening");
  process.env.INNGEST_BASE_URL = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  forgetEnv();
});
afterAll(async () => {
  engine.close();
  await closeClients();
});

const url = () => `${env().APP_URL}/api/inngest?fnId=x&stepId=step`;
const large = () => "x".repeat(4_000_001);
const sent = (method: "POST" | "PUT", body: BodyInit, headers: Record<string, string> = {}) =>
  new NextRequest(url(), { method, body, headers, duplex: "half" });

it.each([
  ["POST", POST],
  ["PUT", PUT],
] as const)(
  "%s of more than 4 MB is refused, told by its length or found by reading",
  async (method, door) => {
    const told = await door(sent(method, large(), { "content-length": String(large().length) }), {});
    expect(told.status).toBe(413);
    const found = await door(sent(method, new Blob([large()]).stream()), {});
    expect(found.status).toBe(413);
  },
);

it("refuses a call that Inngest did not sign, though it names a function of ours", async () => {
  const forged = `t=${Math.floor(Date.now() / 1_000)}&s=${"0".repeat(64)}`;
  for (const signature of [undefined, forged]) {
    const body = JSON.stringify({ event: {}, events: [], ctx: {} });
    const answer = await POST(sent("POST", body, signature ? { "x-inngest-signature": signature } : {}), {});
    expect(answer.status).toBe(401);
  }
});

it("registers our own address, whatever host a stranger names who asks for it", async () => {
  const answer = await PUT(
    new NextRequest("https://evil.example/api/inngest", {
      method: "PUT",
      headers: { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
    }),
    {},
  );
  expect(answer.status).toBe(200);
  expect(registered).toHaveLength(1);
  expect(new URL(registered[0]!.url).origin).toBe(new URL(env().APP_URL).origin);
});
