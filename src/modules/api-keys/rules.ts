/** Decisions about keys: their form, when they end, what a rotation does. Pure; clock and facts passed in. */
import type { KeyEnd, Overlap } from "./schema";

/*
 * A key is `tnt_<live|test>_<prefix><secret>_<checksum>`: fixed words that scanners look for, a public prefix that it is
 * found by (12), the secret (43 base62 characters, 256 bits), and the CRC-32 of everything before, so that a scanner, and
 * our own door, know a key from an accident without asking anybody.
 */
export const PREFIX_LENGTH = 12;
export const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What a scanner looks for; `docs/API.md` publishes it. */
export const KEY_PATTERN = /tnt_(?:live|test)_[0-9A-Za-z]{55}_[0-9A-Za-z]{6}/;
const KEY = new RegExp(`^${KEY_PATTERN.source}$`);

/** Keys that may be living at once in an organization: one a program, not one a request. */
export const MOST_KEYS = 50;
/** How long an ended key stays in the list. */
export const ENDED_SHOWN_DAYS = 90;

/** Whole seconds by what is chosen. */
export const OVERLAP_SECONDS: Record<Overlap, number> = {
  none: 0,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
};

/** The characters for these bytes, each of the 62 as likely as any; bytes of 248 and more would tip that and are left out. */
export const base62Of = (bytes: Uint8Array): string =>
  [...bytes]
    .filter((byte) => byte < 248)
    .map((byte) => DIGITS[byte % 62])
    .join("");

/** CRC-32 (IEEE 802.3) of ASCII text, as 6 base62 characters. */
export function checksumOf(text: string): string {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let rest = (crc ^ 0xffffffff) >>> 0;
  let digits = "";
  for (let at = 0; at < CHECKSUM_LENGTH; at++) {
    digits = DIGITS[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

export function composeKey(kind: "live" | "test", prefix: string, secret: string): string {
  const body = `tnt_${kind}_${prefix}${secret}`;
  return `${body}_${checksumOf(body)}`;
}

/** Whether a bearer means to be a key, well-formed or not. */
export const looksLikeKey = (text: string): boolean => text.startsWith("tnt_");

/** The public prefix of a key whose form and checksum are right; null for anything else. Asks nobody. */
export function prefixOf(text: string): string | null {
  if (!KEY.test(text)) return null;
  const cut = text.lastIndexOf("_");
  if (checksumOf(text.slice(0, cut)) !== text.slice(cut + 1)) return null;
  const start = "tnt_live_".length;
  return text.slice(start, start + PREFIX_LENGTH);
}

/** Where in a text keys stand, by form and checksum: an example with a made-up checksum is none. */
export const keysIn = (text: string): number[] =>
  [...text.matchAll(new RegExp(KEY_PATTERN, "g"))]
    .filter(([key]) => prefixOf(key) !== null)
    .map(({ index }) => index);

type Ends = { expiresAt: Date | null; revokedAt: Date | null; replacedById: string | null };

/** Why and since when a key lets nobody in, or null while it does. A rotated key ends by its shortened time. */
export function endOfKey(key: Ends, now: Date): { at: Date; reason: KeyEnd } | null {
  if (key.revokedAt) return { at: key.revokedAt, reason: "revoked" };
  if (key.expiresAt && key.expiresAt <= now)
    return { at: key.expiresAt, reason: key.replacedById ? "rotated" : "expired" };
  return null;
}

/** When the old key stops after a rotation: after the overlap, and never later than it would have anyway. */
export function endAfterRotation(expiresAt: Date | null, overlap: Overlap, now: Date): Date {
  const end = new Date(now.getTime() + OVERLAP_SECONDS[overlap] * 1_000);
  return expiresAt && expiresAt < end ? expiresAt : end;
}

/** When the new key of a rotation expires: it lives as long as the old one was given, from now. */
export const expiryAfterRotation = (
  { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date | null },
  now: Date,
): Date | null => expiresAt && new Date(now.getTime() + (expiresAt.getTime() - createdAt.getTime()));
