// Real sockets: what is never called, however it is spelled, and what a call that goes wrong says.
import dns from "node:dns";
import { createServer, type RequestListener } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { addressFault } from "~/server/http/public-address";
import { callPublicly } from "./public-request";

const LOCAL = process.env.APP_ENV;
type Resolved = { address: string; family: number }[];
type Told = (error: null, answer: string | Resolved, family?: number) => void;

/** What names resolve to, one answer after the other; the last one stays. */
function resolveTo(...answers: Resolved[]) {
  vi.spyOn(dns, "lookup").mockImplementation(((_name: string, options: { all?: boolean }, told: Told) => {
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    if (options.all) told(null, answer);
    else told(null, answer[0]!.address, answer[0]!.family);
  }) as unknown as typeof dns.lookup);
  syncBuiltinESMExports();
}

const outsideLocal = () => {
  Object.assign(process.env, { APP_ENV: "dev", METRICS_TOKEN: "sixteen characters" });
  process.env.GOOGLE_ISSUER = "";
  process.env.STRIPE_API_URL = "";
  forgetEnv();
};
const asked = { method: "POST", headers: {}, body: "{}", timeoutMs: 2_000, maxBytes: 100 } as const;

let reached = 0;
let close: () => void;
let port: number;
let answer: RequestListener;
beforeEach(async () => {
  reached = 0;
  answer = (_request, response) => void response.end("hello");
  const server = createServer((request, response) => {
    reached++;
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => {
  close();
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  process.env.APP_ENV = LOCAL;
  forgetEnv();
});

describe("an address that is kept", () => {
  it.each([
    ["https://hooks.example.com/in?team=1", null],
    ["https://hooks.example.com:8443/in", null],
    ["https://93.184.216.34/in", null],
    ["https://[2606:4700:4700::1111]/in", null],
    ["http://hooks.example.com/in", "not_https"],
    ["ftp://hooks.example.com/in", "not_https"],
    ["javascript:alert(1)", "not_a_url"],
    ["hooks.example.com", "not_a_url"],
    ["https://user:pass@hooks.example.com/", "credentials"],
    ["https://hooks.example.com:25/", "port"],
    ["https://localhost/", "not_public"],
    ["https://a.localhost/", "not_public"],
    ["https://127.0.0.1/", "not_public"],
    ["https://2130706433/", "not_public"],
    ["https://0x7f000001/", "not_public"],
    ["https://0177.0.0.1/", "not_public"],
    ["https://127.1/", "not_public"],
    ["https://0.0.0.0/", "not_public"],
    ["https://10.0.0.8/", "not_public"],
    ["https://172.16.3.4/", "not_public"],
    ["https://192.168.1.1/", "not_public"],
    ["https://100.64.0.1/", "not_public"],
    ["https://169.254.169.254/latest/meta-data/", "not_public"],
    ["https://[::1]/", "not_public"],
    ["https://[::]/", "not_public"],
    ["https://[::ffff:169.254.169.254]/", "not_public"],
    ["https://[::ffff:7f00:1]/", "not_public"],
    ["https://[64:ff9b::a9fe:a9fe]/", "not_public"],
    ["https://[2002:7f00:1::]/", "not_public"],
    ["https://[fd00:ec2::254]/", "not_public"],
    ["https://[fe80::1]/", "not_public"],
    [`https://hooks.example.com/${"a".repeat(2_000)}`, "too_long"],
  ])("%s → %s", (url, fault) => {
    outsideLocal();
    expect(addressFault(url)).toBe(fault);
  });

  it("may be this machine in local, where a developer's own receiver listens, and no other private one", () => {
    expect(addressFault(`http://127.0.0.1:${port}/`)).toBeNull();
    expect(addressFault("http://localhost:4000/")).toBeNull();
    expect(addressFault("http://169.254.169.254:8080/")).toBe("not_https");
    expect(addressFault("https://169.254.169.254/")).toBe("not_public");
  });
});

describe("a call", () => {
  it("is refused when the name resolves to this machine only once the connection is made", async () => {
    outsideLocal();
    resolveTo([{ address: "127.0.0.1", family: 4 }]);
    await expect(callPublicly({ ...asked, url: `https://rebound.example:${port}/` })).rejects.toMatchObject({
      fault: "not_public",
    });
    expect(reached).toBe(0);
  });

  it("is refused when one of several addresses is private, whichever would have been tried", async () => {
    outsideLocal();
    resolveTo([
      { address: "93.184.216.34", family: 4 },
      { address: "::ffff:10.0.0.1", family: 6 },
    ]);
    await expect(callPublicly({ ...asked, url: "https://two.example/" })).rejects.toMatchObject({
      fault: "not_public",
    });
  });

  it("to a private address is not made even when the row was written before the rule", async () => {
    outsideLocal();
    await expect(callPublicly({ ...asked, url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      fault: "not_public",
    });
    expect(reached).toBe(0);
  });

  it("takes a redirect for an answer and goes nowhere", async () => {
    answer = (_request, response) =>
      void response.writeHead(302, { location: "http://169.254.169.254/latest/" }).end();
    const { status } = await callPublicly({ ...asked, url: `http://127.0.0.1:${port}/` });
    expect([status, reached]).toEqual([302, 1]);
  });

  it("reads no more than it was asked to", async () => {
    answer = (_request, response) => {
      const pour = () => {
        while (response.writable && response.write("x".repeat(10_000)));
      };
      response.on("drain", pour);
      pour();
    };
    const { text } = await callPublicly({ ...asked, url: `http://127.0.0.1:${port}/` });
    expect(text).toBe("x".repeat(100));
  });

  it("that is not answered ends by its time, with the headers or the body outstanding", async () => {
    answer = () => {};
    const short = { ...asked, timeoutMs: 100, url: `http://127.0.0.1:${port}/` };
    await expect(callPublicly(short)).rejects.toMatchObject({ fault: "timeout" });
    answer = (_request, response) => void response.writeHead(200).write("a");
    await expect(callPublicly(short)).rejects.toMatchObject({ fault: "timeout" });
  });

  it("says what went wrong by a word of a short list", async () => {
    const closed = port;
    close();
    await expect(callPublicly({ ...asked, url: `http://127.0.0.1:${closed}/` })).rejects.toMatchObject({
      fault: "refused",
    });
    await expect(callPublicly({ ...asked, url: "https://nowhere.invalid/" })).rejects.toMatchObject({
      fault: "dns",
    });
  });

  it("that is cut off is told as such", async () => {
    answer = (request) => void request.socket.destroy();
    await expect(callPublicly({ ...asked, url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      fault: "reset",
    });
  });
});
