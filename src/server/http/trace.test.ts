import { afterAll, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { clientAddress, CORRELATION_HEADER, limitKeyOf, SOCKET_ADDRESS_HEADER, traceOf } from "./trace";

const SOCKET = "198.51.100.9";
const from = (forwarded: string | null, hops: number, socket: string | null = SOCKET) => {
  const headers = new Headers();
  if (socket) headers.set(SOCKET_ADDRESS_HEADER, socket);
  if (forwarded !== null) headers.set("x-forwarded-for", forwarded);
  return clientAddress(headers, hops);
};

describe("a client's address", () => {
  it("is the socket's own when no proxy is trusted, whatever the client claims", () => {
    expect(from("1.1.1.1", 0)).toBe(SOCKET);
    expect(from(null, 0)).toBe(SOCKET);
    expect(from("1.1.1.1", 0, null)).toBeNull();
  });

  it("is what the outermost trusted proxy saw, not what the client wrote before it", () => {
    expect(from("203.0.113.5", 1)).toBe("203.0.113.5");
    expect(from("6.6.6.6, 203.0.113.5", 1)).toBe("203.0.113.5");
    expect(from("6.6.6.6, 203.0.113.5, 10.0.0.1", 2)).toBe("203.0.113.5");
    expect(from("6.6.6.6,7.7.7.7 ,203.0.113.5,10.0.0.1,10.0.0.2", 3)).toBe("203.0.113.5");
  });

  it("falls back to the socket when the chain is shorter than it must be", () => {
    expect(from(null, 1)).toBe(SOCKET);
    expect(from("", 1)).toBe(SOCKET);
    expect(from(" , ", 1)).toBe(SOCKET);
    expect(from("203.0.113.5", 2)).toBe(SOCKET);
  });

  it("is nothing when it is no address", () => {
    for (const bad of ["unknown", "<script>", "999.1.1.1", "1.1.1.1; drop table", "_hidden"]) {
      expect(from(bad, 1)).toBeNull();
    }
  });

  it("has one form: an IPv4 address mapped into IPv6 is the IPv4 address", () => {
    expect(from("::ffff:203.0.113.5", 1)).toBe("203.0.113.5");
    expect(from("2001:DB8:0:0::1", 1)).toBe("2001:db8::1");
  });
});

describe("what limits count by", () => {
  it("is an IPv4 address, and the /64 of an IPv6 one, which one household can roam", () => {
    expect(limitKeyOf("203.0.113.5")).toBe("203.0.113.5");
    expect(limitKeyOf("::ffff:203.0.113.5")).toBe("203.0.113.5");
    expect(limitKeyOf("2001:db8:1:2:aaaa::1")).toBe(limitKeyOf("2001:db8:1:2:bbbb:cccc:dddd:eeee"));
    expect(limitKeyOf("2001:db8:1:2::1")).not.toBe(limitKeyOf("2001:db8:1:3::1"));
  });

  it("is one bucket for everybody whose address is not known", () => {
    expect(limitKeyOf(null)).toBe("unknown");
  });
});

describe("a trace", () => {
  const before = { ...process.env };
  Object.assign(process.env, {
    APP_ENV: "local",
    APP_URL: "http://localhost:1",
    DATABASE_URL: "postgres://h/d",
    DATABASE_SYSTEM_URL: "postgres://h/d",
    DATABASE_LISTEN_URL: "postgres://h/d",
    NEXTAUTH_SECRET: "s".repeat(32),
    JWT_SIGNING_KEYS: '[{"kty":"EC","crv":"P-256","kid":"k","d":"d"}]',
    INNGEST_EVENT_KEY: "e",
    INNGEST_SIGNING_KEY: "ab",
    TRUSTED_PROXY_HOPS: "1",
  });
  forgetEnv();
  afterAll(() => {
    process.env = before;
    forgetEnv();
  });

  it("keeps the browser's correlation id when it has a sane form, else makes one", () => {
    const of = (id: string) => traceOf(new Headers({ [CORRELATION_HEADER]: id })).correlationId;
    expect(of("0123abcd-99")).toBe("0123abcd-99");
    for (const bad of ["short", "x".repeat(65), "has space 123", '"injected":true', "äöüäöüäöü"]) {
      expect(() => of(bad)).not.toThrow();
      expect(of(bad)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    }
  });

  it("takes the address by TRUSTED_PROXY_HOPS", () => {
    expect(traceOf(new Headers({ "x-forwarded-for": "6.6.6.6, 203.0.113.5" })).address).toBe("203.0.113.5");
  });
});
