import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { forgetEnv } from "~/server/config/env";

/** A sink that speaks enough of Sentry's protocol to take envelopes. */
let sink: Server;
const received: string[] = [];

beforeAll(async () => {
  sink = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push(body);
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void sink.close());

const dsn = () => `http://public@127.0.0.1:${(sink.address() as AddressInfo).port}/1`;

it("loads nothing and reports nothing without a DSN", async () => {
  vi.stubEnv("SENTRY_DSN", "");
  forgetEnv();
  const { reportError, flushReports } = await import("./error-reporting");
  await reportError(new Error("nobody hears this"));
  await flushReports();
  expect(received).toEqual([]);
});

it("reports an error with its correlation id, scrubbed of secrets and mails, by the DSN alone", async () => {
  vi.stubEnv("SENTRY_DSN", dsn());
  forgetEnv();
  const { reportError, flushReports } = await import("./error-reporting");
  // Put together here, because a report quotes the lines of code around the throw.
  const mail = ["ada", "example.com"].join("@");
  const secret = Array.from("abcdef123456").reverse().join("");
  await reportError(new Error(`no login for ${mail} with token=${secret}`), { correlation_id: "c-1" });
  await flushReports();
  const sent = received.join("\n");
  expect(sent).toContain("no login for");
  expect(sent).toContain('"correlation_id":"c-1"');
  expect(sent).not.toContain(mail);
  expect(sent).not.toContain(secret);
});
