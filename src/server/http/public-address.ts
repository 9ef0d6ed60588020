/** Addresses that a customer typed in: which of them may be called at all. Calls are made by `server/outbound/public-request`. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { env } from "~/server/config/env";

/** Why an address is not called. Bounded: it goes into rows and metrics. */
export type AddressFault = "not_a_url" | "too_long" | "not_https" | "credentials" | "port" | "not_public";

/** Ports that speak something else, where a request may be taken for a command. */
const MIN_OTHER_PORT = 1024;

/** In `local` a developer's own receiver on this machine may be called, and nothing else that is not public. */
export const mayCallLoopback = (): boolean => env().APP_ENV === "local";

const isPublicAddress = (address: string): boolean => {
  const parsed = ipaddr.parse(address);
  return parsed.range() === "unicast" || (mayCallLoopback() && parsed.range() === "loopback");
};

/** Judges what somebody typed, before it is kept. What its name resolves to is judged at each call. @returns null when it may be called. */
export function addressFault(text: string): AddressFault | null {
  if (text.length > 2_000) return "too_long";
  const url = URL.parse(text);
  if (!url || url.hostname === "") return "not_a_url";
  const isLocalName = url.hostname === "localhost" || url.hostname.endsWith(".localhost");
  const isOwnMachine =
    mayCallLoopback() && (isLocalName || url.hostname === "[::1]" || url.hostname.startsWith("127."));
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isOwnMachine)) return "not_https";
  if (url.username !== "" || url.password !== "") return "credentials";
  if (url.port !== "" && Number(url.port) < MIN_OTHER_PORT) return "port";
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) ? !isPublicAddress(literal) : isLocalName && !isOwnMachine) return "not_public";
  return null;
}
