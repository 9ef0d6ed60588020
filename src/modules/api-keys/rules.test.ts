import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base62Of,
  checksumOf,
  composeKey,
  endAfterRotation,
  endOfKey,
  expiryAfterRotation,
  KEY_PATTERN,
  keysIn,
  looksLikeKey,
  prefixOf,
} from "./rules";
import { CreateKeyInput } from "./schema";

const base62 = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), {
      minLength: length,
      maxLength: length,
    })
    .map((digits) => digits.join(""));
const someKey = fc
  .tuple(fc.constantFrom("live" as const, "test" as const), base62(12), base62(43))
  .map(([kind, prefix, secret]) => ({ prefix, key: composeKey(kind, prefix, secret) }));

describe("a key", () => {
  it("is found by its prefix, matches the published pattern, and looks like one", () => {
    fc.assert(
      fc.property(someKey, ({ prefix, key }) => {
        expect(prefixOf(key)).toBe(prefix);
        expect(new RegExp(`^${KEY_PATTERN.source}$`).test(key)).toBe(true);
        expect(looksLikeKey(key)).toBe(true);
      }),
    );
  });

  it("with any one character changed is known to be none without asking anybody", () => {
    fc.assert(
      fc.property(someKey, fc.nat({ max: 70 }), fc.constantFrom(..."09AZaz_-"), ({ key }, at, other) => {
        fc.pre(key[at] !== other);
        expect(prefixOf(key.slice(0, at) + other + key.slice(at + 1))).toBeNull();
      }),
    );
  });

  it("is nothing with something before or after it", () => {
    const key = composeKey("live", "a".repeat(12), "b".repeat(43));
    expect(key).toHaveLength(71);
    for (const text of [` ${key}`, `${key}\n`, `${key}x`, "", "tnt_", "tnt_live__"])
      expect(prefixOf(text)).toBeNull();
  });

  it("carries the CRC-32 that everybody else computes, as six base62 characters", () => {
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const value = (text: string) => [...text].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
    fc.assert(
      fc.property(base62(55), (text) => {
        expect(checksumOf(text)).toHaveLength(6);
        expect(value(checksumOf(text))).toBe(crc32(text));
      }),
    );
  });

  it("is drawn from 62 characters, each as likely as the next", () => {
    const every = base62Of(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const counts = new Map<string, number>();
    for (const digit of every) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    expect([...new Set(counts.values())]).toEqual([4]);
    expect(counts.size).toBe(62);
  });
});

describe("a text", () => {
  it("is searched for keys as a secret scanner does, which an example with a made-up checksum is not", () => {
    fc.assert(
      fc.property(someKey, ({ key }) => {
        expect(keysIn(`a\ncurl -H "Authorization: Bearer ${key}" b`)).toEqual([33]);
        const [body, checksum] = [key.slice(0, -6), key.slice(-6)];
        const other = checksum === "000000" ? "000001" : "000000";
        expect(keysIn(`${body}${other}`)).toEqual([]);
      }),
    );
  });
});

describe("the end of a key", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const living = { expiresAt: null, revokedAt: null, replacedById: null };

  it("is its revocation, or its expiry from that very instant on", () => {
    expect(endOfKey(living, now)).toBeNull();
    expect(endOfKey({ ...living, expiresAt: later(1) }, now)).toBeNull();
    expect(endOfKey({ ...living, expiresAt: now }, now)).toEqual({ at: now, reason: "expired" });
    expect(endOfKey({ ...living, expiresAt: later(-1), replacedById: "k" }, now)?.reason).toBe("rotated");
    expect(endOfKey({ ...living, expiresAt: later(-1), revokedAt: now }, now)?.reason).toBe("revoked");
  });

  it("after a rotation is the overlap's, and never later than the key's own", () => {
    expect(endAfterRotation(null, "none", now)).toEqual(now);
    expect(endAfterRotation(null, "hour", now)).toEqual(later(1));
    expect(endAfterRotation(null, "day", now)).toEqual(later(24));
    expect(endAfterRotation(null, "week", now)).toEqual(later(168));
    expect(endAfterRotation(later(2), "day", now)).toEqual(later(2));
    expect(endAfterRotation(later(48), "day", now)).toEqual(later(24));
  });

  it("of the new key is as far off as the old one's was from its making", () => {
    expect(expiryAfterRotation({ createdAt: later(-24), expiresAt: later(24) }, now)).toEqual(later(48));
    expect(expiryAfterRotation({ createdAt: later(-24), expiresAt: null }, now)).toBeNull();
  });
});

describe("the name of a key", () => {
  it.each(["a\r\nset-cookie: x=1", "a\nb", "a\0b", "a\u2028b", "", "x".repeat(81)])(
    "is one printable line, so that it can never be more than a value: %j is refused",
    (name) => {
      expect(CreateKeyInput.safeParse({ name, scopes: ["crm:read"], expiresAt: null }).success).toBe(false);
    },
  );

  it("comes with at least one scope that exists", () => {
    const parse = (scopes: string[]) => CreateKeyInput.safeParse({ name: "CI", scopes, expiresAt: null });
    expect(parse([]).success).toBe(false);
    expect(parse(["billing:write"]).success).toBe(false);
    expect(parse(["crm:read", "crm:read"]).data?.scopes).toEqual(["crm:read"]);
  });
});
