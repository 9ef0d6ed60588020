/** Secrets that travel in a link or a cookie: random, stored only as their hash. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "~/server/config/env";

/** 32 random bytes, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is stored of a secret. A plain digest: 256 random bits leave nothing to guess. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/**
 * The refresh token that follows `token`. Derived, so that a second tab gets the same one although nothing that could
 * be used is stored; the server's secret is in it, so that nobody who holds an old token can go on by himself.
 */
export const successorOf = (token: string): string =>
  createHmac("sha256", env().NEXTAUTH_SECRET).update(`refresh:${token}`).digest("base64url");

/** Compares without telling by its time how much was right. */
export function isSameSecret(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** What is stored of a mailed link's token; made as next-auth makes it, which looks the link up by this. */
export const hashLinkToken = (token: string): string =>
  createHash("sha256").update(`${token}${env().NEXTAUTH_SECRET}`).digest("hex");
