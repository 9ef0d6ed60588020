import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { document } from "../contract";
import type { Recorded } from "../control";
import { play } from "./scenario";
import { STRIPE_MOCK, stripeMockFolder, trimmed } from "./trim.mjs";

/** Where Go keeps the module; undefined without Go, or where the module cannot be fetched. */
function moduleFolder(): string | undefined {
  try {
    return stripeMockFolder();
  } catch {
    return undefined;
  }
}

const folder = moduleFolder() ?? "";
const isThere = folder !== "";
if (!isThere) {
  console.log("not run here: stripe-mock needs Go and its module (https://go.dev/doc/install)");
  test.runIf(process.env.CI === "true")("stripe-mock needs Go, and in CI everything must run", () => {
    expect(isThere).toBe(true);
  });
}

let server: ChildProcess | undefined;
let port = 0;

/** Outside the clone, so that it is built once a machine. */
function builtStripeMock(): string {
  const cache = process.env.TENANTRY_CACHE || path.join(os.homedir(), ".cache", "tenantry");
  const program = path.join(cache, `stripe-mock-${STRIPE_MOCK.version}`);
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(cache, { recursive: true });
  const made = `${program}.${process.pid}.new`;
  execFileSync("go", ["build", "-trimpath", "-o", made, "."], {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=mod" },
  });
  fs.renameSync(made, program);
  return program;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return free;
}

beforeAll(async () => {
  if (!isThere) return;
  port = await freePort();
  server = spawn(builtStripeMock(), ["-http-addr", `127.0.0.1:${port}`, "-strict-version-check=false"], {
    stdio: "ignore",
  });
  for (let waited = 0; waited < 100; waited += 1) {
    const there = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("stripe-mock does not answer");
}, 300_000);

afterAll(() => server?.kill());

/** What stripe-mock says to a request that the emulator took. */
async function refusal({
  method,
  path: at,
  body,
}: Pick<Recorded, "method" | "path" | "body">): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}${at}`, {
    method,
    headers: {
      authorization: `Bearer ${["sk", "test", "123"].join("_")}`,
      ...(method !== "GET" && { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(method !== "GET" && { body }),
  });
  const text = await response.text();
  return response.ok ? undefined : `${method} ${at} ${body}: ${response.status} ${text}`;
}

test.runIf(isThere)(
  "stripe-mock, which refuses unknown parameters, accepts every request that ours took",
  async () => {
    const { requests } = await play();
    const taken = requests.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThan(100);
    const refused = [];
    for (const request of taken) {
      const words = await refusal(request);
      if (words) refused.push(words);
    }
    expect(refused).toEqual([]);
  },
  120_000,
);

test.runIf(isThere)("stripe-mock and the local Stripe refuse the same wrong parameters", async () => {
  expect(await refusal({ method: "POST", path: "/v1/customers", body: "emial=a%40b.test" })).toContain(
    "emial",
  );
  expect(await refusal({ method: "POST", path: "/v1/prices", body: "unit_amount=1" })).toContain("currency");
});

test.runIf(isThere)("the document that lies here is the module's own, trimmed", () => {
  const kept = fs.readFileSync(new URL("openapi.json", import.meta.url), "utf8");
  expect(kept === trimmed(folder)).toBe(true);
  expect(document.info.version).toBe("2026-08-26.dahlia");
});
