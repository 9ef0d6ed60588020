import fs from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { env, forgetEnv, parseEnv, SETTING_NAMES } from "./env";

const key = { kty: "EC", crv: "P-256", kid: "k1", d: "private-part", x: "x", y: "y" };
const whole = {
  APP_ENV: "local",
  APP_URL: "http://localhost:3000/",
  DATABASE_URL: "postgresql://app:hunter2@localhost/t",
  DATABASE_SYSTEM_URL: "postgresql://system:hunter2@localhost/t",
  DATABASE_LISTEN_URL: "postgresql://app:hunter2@localhost/t",
  NEXTAUTH_SECRET: "s".repeat(32),
  JWT_SIGNING_KEYS: JSON.stringify([key]),
  INNGEST_EVENT_KEY: "e",
  INNGEST_SIGNING_KEY: "ab",
};
const production = {
  ...whole,
  APP_ENV: "prod",
  APP_URL: "https://app.example.com",
  SMTP_URL: "smtps://u:p@mail.example.com",
  METRICS_TOKEN: "m".repeat(16),
};

const complaint = (change: Record<string, string | undefined>, base: Record<string, string> = whole) => {
  try {
    parseEnv({ ...base, ...change });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("settings", () => {
  it("come with defaults for what a newcomer need not know", () => {
    expect(parseEnv(whole)).toMatchObject({
      APP_URL: "http://localhost:3000",
      SERVICE_NAME: "api",
      TRUSTED_PROXY_HOPS: 0,
      DATABASE_POOL_MAX: 10,
      DATABASE_NAMED_STATEMENTS: true,
      GOOGLE_ISSUER: "https://accounts.google.com",
    });
    expect(parseEnv({ ...whole, DATABASE_POOL_MAX: "7", DATABASE_NAMED_STATEMENTS: "false" })).toMatchObject({
      DATABASE_POOL_MAX: 7,
      DATABASE_NAMED_STATEMENTS: false,
    });
  });

  it("take an empty variable as one that is not set", () => {
    expect(parseEnv({ ...whole, SENTRY_DSN: "", LOG_LEVEL: "" })).toMatchObject({ LOG_LEVEL: "INFO" });
    expect(complaint({ DATABASE_URL: "" })).toContain("DATABASE_URL is missing");
  });

  it("that are wrong are all told in one message, each with what to do", () => {
    const message = complaint({
      APP_ENV: undefined,
      APP_URL: "localhost:3000",
      DATABASE_URL: "mysql://root@localhost/t",
      NEXTAUTH_SECRET: "short",
      JWT_SIGNING_KEYS: "not json",
      TRUSTED_PROXY_HOPS: "many",
      DATABASE_NAMED_STATEMENTS: "yes",
      INNGEST_EVENT_KEY: undefined,
    });
    expect(message.split("\n")).toEqual([
      "The settings are not complete:",
      "  APP_ENV is missing",
      "  APP_URL must be a URL that starts with http:// or https://",
      "  TRUSTED_PROXY_HOPS must be a whole number",
      "  DATABASE_URL must be a URL that starts with postgresql:// or postgres://",
      "  DATABASE_NAMED_STATEMENTS must be true or false",
      "  NEXTAUTH_SECRET needs at least 32 characters",
      "  JWT_SIGNING_KEYS must be JSON: an array of private ES256 JWKs",
      "  INNGEST_EVENT_KEY is missing",
      "See .env.example for what each one means.",
    ]);
  });

  it.each([
    ["a URL without a host", { APP_URL: "http://" }],
    ["a URL that is none", { APP_URL: "http://[::1" }],
    ["no signing key", { JWT_SIGNING_KEYS: "[]" }],
    ["a public signing key", { JWT_SIGNING_KEYS: JSON.stringify([{ ...key, d: undefined }]) }],
    ["a pool of none", { DATABASE_POOL_MAX: "0" }],
    ["an unknown environment", { APP_ENV: "production" }],
  ])("refuse %s in the same way", (_what, change) => {
    expect(complaint(change)).toContain(Object.keys(change)[0]);
    expect(complaint(change)).toContain("The settings are not complete");
  });

  it("never show a value, which may be a secret", () => {
    const secret = "hunter2-very-secret";
    for (const name of SETTING_NAMES) {
      const message = complaint({ [name]: secret });
      expect(message, name).not.toContain(secret);
      expect(complaint({ [name]: secret }, production), name).not.toContain(secret);
    }
  });
});

describe("settings that contradict each other", () => {
  it("are refused: local must be reached from this machine alone", () => {
    expect(complaint({ APP_URL: "https://app.example.com" })).toContain("APP_URL must be a loopback address");
    for (const url of ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost"])
      expect(complaint({ APP_URL: url })).toBe("");
  });

  it("are refused: outside local, mail and the token for metrics must be there, Google must be Google, prod is https", () => {
    expect(complaint({}, production)).toBe("");
    const message = complaint(
      {
        SMTP_URL: undefined,
        METRICS_TOKEN: undefined,
        APP_URL: "http://app.example.com",
        GOOGLE_ISSUER: "http://localhost:4000",
      },
      production,
    );
    for (const name of [
      "SMTP_URL is missing",
      "METRICS_TOKEN is missing",
      "APP_URL must be https",
      "GOOGLE_ISSUER is for local",
    ]) {
      expect(message).toContain(name);
    }
  });

  it("are refused: half of a Google client", () => {
    expect(complaint({ GOOGLE_CLIENT_ID: "id" })).toContain(
      "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET are set together",
    );
    expect(complaint({ GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "s" })).toBe("");
  });
});

it("documents in .env.example exactly the settings that are read", () => {
  const documented = fs
    .readFileSync(".env.example", "utf8")
    .split("\n")
    .flatMap((line) => /^(?:# )?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1] ?? []);
  // Read by scripts/, before there is an app.
  const byScriptsAlone = documented.filter((name) => !SETTING_NAMES.includes(name));
  const scripts = fs
    .readdirSync("scripts", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => fs.readFileSync(`scripts/${file}`, "utf8"))
    .join("\n");
  expect(byScriptsAlone.filter((name) => !scripts.includes(name))).toEqual([]);
  expect(documented.filter((name) => !byScriptsAlone.includes(name)).sort()).toEqual(
    [...SETTING_NAMES].sort(),
  );
});

describe("the settings of a process", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
    forgetEnv();
  });

  it("are read once, and tell next-auth the address", () => {
    forgetEnv();
    process.env = { ...before, ...whole };
    const first = env();
    process.env.LOG_LEVEL = "DEBUG";
    expect(env()).toBe(first);
    expect(process.env.NEXTAUTH_URL).toBe("http://localhost:3000");
    forgetEnv();
    expect(env().LOG_LEVEL).toBe("DEBUG");
  });
});
