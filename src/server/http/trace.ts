/** What a request says about where it comes from. */
import ipaddr from "ipaddr.js";
import type { Trace } from "~/kernel/actor";
import { env } from "~/server/config/env";
import { newId } from "~/server/db/ids";

/** Set by our own HTTP server from the socket; what a client sends under this name is overwritten. */
export const SOCKET_ADDRESS_HEADER = "x-tenantry-socket-address";
export const CORRELATION_HEADER = "x-correlation-id";
const CORRELATION_ID = /^[A-Za-z0-9-]{8,64}$/;

/** The browser's correlation id when it has a sane form, else a new one; and the client's address. */
export function traceOf(headers: Headers): Trace {
  const given = headers.get(CORRELATION_HEADER);
  return {
    correlationId: given && CORRELATION_ID.test(given) ? given : newId(),
    address: clientAddress(headers, env().TRUSTED_PROXY_HOPS),
  };
}

/**
 * The client's address: the one that the outermost trusted proxy saw. With 0 hops it is the socket's own; with N it
 * is the Nth entry of X-Forwarded-For from the right, since everything further left is the client's own word; with
 * fewer entries nobody but the socket can say.
 */
export function clientAddress(headers: Headers, trustedHops: number): string | null {
  const socket = headers.get(SOCKET_ADDRESS_HEADER);
  const forwarded = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const claimed = trustedHops === 0 ? socket : (forwarded.at(-trustedHops) ?? socket);
  return claimed && ipaddr.isValid(claimed) ? ipaddr.process(claimed).toString() : null;
}

/** What limits count by: an IPv4 address, or the /64 of an IPv6 one (a household has a whole /64). */
export function limitKeyOf(address: string | null): string {
  if (!address) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const prefix = (parsed as ipaddr.IPv6).toByteArray().slice(0, 8);
  return `${Buffer.from(prefix).toString("hex")}/64`;
}
