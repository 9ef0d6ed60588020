import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { isAlive } from "./processes";

const claims = path.join(os.tmpdir(), `tenantry-ports-${os.userInfo().username}`);

/**
 * The preferred port, or the next free one. A claim file keeps two copies that start at the same moment from
 * choosing the same port between the look and the listening.
 */
export async function claimPort(preferred: number): Promise<number> {
  fs.mkdirSync(claims, { recursive: true });
  for (let port = preferred; port < Math.min(preferred + 1000, 65_536); port += 1) {
    if (claim(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port from ${preferred} upward: end something that listens there, or set PORT.`);
}

function claim(port: number): boolean {
  const file = path.join(claims, String(port));
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = holderOf(file);
    if (holder === process.pid || isAlive(holder)) return false;
    fs.rmSync(file, { force: true });
    return claim(port);
  }
}

function holderOf(file: string): number {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

/**
 * Gives back what this process claimed and no service of its own holds any more: a second stack in the same process finds
 * the usual ports again.
 */
export function giveBackPorts(): void {
  if (!fs.existsSync(claims)) return;
  for (const port of fs.readdirSync(claims)) {
    const file = path.join(claims, port);
    if (holderOf(file) === process.pid) fs.rmSync(file, { force: true });
  }
}

/** Whoever listens on one loopback address or on all takes the port: a browser may reach either. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0"]) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
