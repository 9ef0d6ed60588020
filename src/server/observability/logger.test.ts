// Feeds the logger what must never reach a line, in every place where somebody could put it.
import { afterEach, expect, it } from "vitest";
import { parseEnv, SECRET_SETTINGS, secretsOf, SETTING_NAMES } from "~/server/config/env";
import { createLogger, hideValues, redactText } from "./logger";

const JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIwMTkifQ.c2lnbmF0dXJl-part";

/** Value → what must not be found of it. */
const SECRETS: [text: string, hidden: string][] = [
  ["postgresql://tenantry_app:hunter2@localhost:5432/tenantry", "hunter2"],
  ["smtp://:hunter2@mail.example.com", "hunter2"],
  ["Bearer abcdefgh12345678", "abcdefgh12345678"],
  ["Authorization: Basic dXNlcjpodW50ZXIy", "dXNlcjpodW50ZXIy"],
  [JWT, "eyJzdWIiOiIwMTkifQ"],
  [`tenantry.session=${JWT}; Path=/`, "c2lnbmF0dXJl"],
  ["tenantry.refresh=s3cr3t-refresh-value; Path=/api/session", "s3cr3t-refresh-value"],
  ["https://app.test/invite?token=abc123def", "abc123def"],
  ["refresh_token=abc123def&x=1", "abc123def"],
  ["NEXTAUTH_SECRET=abc123def", "abc123def"],
  ["https://s3.test/b/k?X-Amz-Signature=abc123def&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE", "abc123def"],
  ["https://s3.test/b/k?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"],
  ["key AKIAIOSFODNN7EXAMPLE used", "AKIAIOSFODNN7EXAMPLE"],
  ["signkey-prod-0123456789abcdef", "0123456789abcdef"],
  ['{"password":"hunter2"}', "hunter2"],
  ["sent to pat.o'neil+x@mail.example.co.uk today", "neil+x@mail.example.co.uk"],
  ["Key (email)=(pat@example.test) already exists", "pat@example.test"],
];

function written(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger("DEBUG", "api", { write: (line: string) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  expect(() => JSON.parse(lines[0]!) as unknown).not.toThrow();
  return lines[0]!;
}

it.each(SECRETS)("redacts %s wherever it stands", (text, hidden) => {
  expect(redactText(text)).not.toContain(hidden);
  const error = Object.assign(new Error(`failed: ${text}`, { cause: new Error(text) }), {
    detail: text,
    config: { url: text },
  });
  for (const line of [
    written((log) => log.info(text)),
    written((log) => log.info("%s was sent", text)),
    written((log) => log.info({ text }, "x")),
    written((log) => log.info({ a: { b: { c: { d: { e: text } } } } }, "x")),
    written((log) => log.info({ list: [text, [text], { deep: text }] }, "x")),
    written((log) => log.info({ json: JSON.stringify({ inner: text }) }, "x")),
    written((log) => log.error(error)),
    written((log) => log.error({ err: error })),
    written((log) => log.error({ err: error }, "x")),
    written((log) => log.error({ other: error, errors: [error] }, "x")),
    written((log) => log.child({ bound: text }).info("x")),
    written((log) => log.info({ [text]: 1 }, "x")),
  ]) {
    expect(line).not.toContain(hidden);
  }
});

it.each([
  ...["password", "secret", "token", "accessToken", "refresh_token", "authorization", "Cookie", "set-cookie"],
  ...["apiKey", "api_key", "signingKey", "INNGEST_EVENT_KEY", "privateKey", "credentials", "sessionToken"],
  ...["email", "userEmail", "user_email", "name", "userName", "first_name", "lastName", "invitedByName"],
  ...["address", "clientAddress", "phone", "to_address"],
])("hides what is called %s, at any depth", (name) => {
  for (const value of ["plainvalue", { inner: "plainvalue" }, ["plainvalue"]]) {
    expect(written((log) => log.info({ [name]: value }, "x"))).not.toContain("plainvalue");
    expect(written((log) => log.info({ a: [{ b: { c: { [name]: value } } }] }, "x"))).not.toContain(
      "plainvalue",
    );
    expect(written((log) => log.child({ [name]: value }).info("x"))).not.toContain("plainvalue");
  }
});

it("hides an API key of ours wherever it stands, whole, cut short or inside an address", () => {
  const key = `tnt_live_${"Ab3".repeat(18)}x_0aZ9bY`;
  const cut = key.slice(0, 40);
  for (const text of [key, cut]) {
    for (const line of [
      written((log) => log.info({ header: `Bearer ${text}` }, "x")),
      written((log) => log.warn(`the request with ${text} failed`)),
      written((log) => log.error({ err: new Error(`bad key "${text}"`) }, "x")),
      written((log) => log.info({ url: `https://a.test/?q=${text}&b=1`, list: [{ deep: text }] }, "x")),
      written((log) => log.child({ asked: text }).info("x")),
    ]) {
      expect(line).not.toContain("Ab3Ab3");
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }
  }
});

/** Settings that anybody may read. A new setting belongs here, or among `SECRET_SETTINGS`. */
const HARMLESS = new Set(
  `APP_ENV NODE_ENV SERVICE_NAME LOG_LEVEL APP_URL TRUSTED_PROXY_HOPS DATABASE_POOL_MAX DATABASE_SYSTEM_POOL_MAX
  DATABASE_NAMED_STATEMENTS JWT_AUDIENCE GOOGLE_CLIENT_ID GOOGLE_ISSUER SIGN_IN_LINKS_PER_ADDRESS SIGN_IN_LINKS_PER_MAIL
  ANONYMOUS_REQUESTS_PER_MINUTE REQUESTS_PER_SECOND_AT_LEAST INNGEST_BASE_URL INNGEST_SERVE_ORIGIN JOB_STALE_AFTER_S MAIL_FROM S3_ENDPOINT
  S3_BUCKET S3_FORCE_PATH_STYLE AWS_REGION LEDGER_BUCKET LEDGER_OBJECT_LOCK LEDGER_RETENTION_DAYS STRIPE_PUBLISHABLE_KEY
  STRIPE_API_URL SENTRY_DSN SECURITY_CONTACT`.split(/\s+/),
);

it("knows of every setting whether it is a secret", () => {
  const secret = new Set<string>(SECRET_SETTINGS);
  const undecided = SETTING_NAMES.filter(
    (name) => !name.startsWith("FF_") && secret.has(name) === HARMLESS.has(name),
  );
  expect(undecided).toEqual([]);
});

/** One value a setting, as real ones look: some with signs that JSON and addresses escape. */
const SET: Record<(typeof SECRET_SETTINGS)[number], { value: string; hidden: string }> = {
  DATABASE_URL: { value: "postgres://app:Zq7-plain-word-one@db.test/t", hidden: "Zq7-plain-word-one" },
  DATABASE_SYSTEM_URL: { value: "postgres://sys:Zq7%2Fplain%22two@db.test/t", hidden: 'Zq7/plain"two' },
  DATABASE_LISTEN_URL: { value: "postgres://sys:Zq7plainwordthree@db.test/t", hidden: "Zq7plainwordthree" },
  REDIS_URL: { value: "rediss://:Zq7plainwordfour@redis.test", hidden: "Zq7plainwordfour" },
  SMTP_URL: { value: "smtp://post:Zq7plainwordfive@mail.test", hidden: "Zq7plainwordfive" },
  NEXTAUTH_SECRET: { value: 'Zq7 plain "words" \\ that sign cookies', hidden: "that sign cookies" },
  JWT_SIGNING_KEYS: {
    value: JSON.stringify([{ kty: "EC", crv: "P-256", kid: "one", d: "Zq7privatepartofthekey" }]),
    hidden: "Zq7privatepartofthekey",
  },
  ENCRYPTION_KEYS: {
    value: JSON.stringify([{ kty: "oct", kid: "one", k: "Zq7".padEnd(43, "a") }]),
    hidden: "Zq7".padEnd(43, "a"),
  },
  GOOGLE_CLIENT_SECRET: { value: "GOCSPX-Zq7plainwordsix", hidden: "Zq7plainwordsix" },
  INNGEST_EVENT_KEY: { value: "Zq7plainwordseven", hidden: "Zq7plainwordseven" },
  INNGEST_SIGNING_KEY: { value: "Zq7plainwordeight", hidden: "Zq7plainwordeight" },
  AWS_ACCESS_KEY_ID: { value: "Zq7plainwordnine", hidden: "Zq7plainwordnine" },
  AWS_SECRET_ACCESS_KEY: { value: "Zq7/plain+word/ten=", hidden: "Zq7/plain+word/ten" },
  STRIPE_SECRET_KEY: { value: "sk_live_Zq7plainwordeleven", hidden: "Zq7plainwordeleven" },
  STRIPE_WEBHOOK_SECRET: { value: "whsec_Zq7older0, whsec_Zq7newer1", hidden: "whsec_Zq7newer1" },
  METRICS_TOKEN: { value: "Zq7 plain words for metrics", hidden: "words for metrics" },
};
const settings = () =>
  parseEnv({
    APP_ENV: "local",
    APP_URL: "http://localhost:3000",
    GOOGLE_CLIENT_ID: "id",
    ...Object.fromEntries(Object.entries(SET).map(([name, { value }]) => [name, value])),
  });
afterEach(() => hideValues([]));

it.each(Object.entries(SET))(
  "never writes the value of %s, however it looks and wherever it stands",
  (_name, { hidden }) => {
    hideValues(secretsOf(settings()));
    const whole = secretsOf(settings()).find((value) => value.includes(hidden))!;
    for (const line of [
      written((log) => log.info(`said ${whole} to it`)),
      written((log) => log.info({ odd: whole, deep: [{ er: { still: `x${whole}y` } }] }, "x")),
      written((log) => log.info({ json: JSON.stringify({ json: whole }) }, "x")),
      written((log) => log.info({ href: `https://a.test/?q=${encodeURIComponent(whole)}` }, "x")),
      written((log) => log.error({ err: new Error(`refused: ${whole}`) }, "x")),
      written((log) => log.child({ bound: whole }).info("x")),
      written((log) => log.info({ [whole]: 1 }, "x")),
    ]) {
      expect(line).not.toContain("Zq7");
      expect(line).not.toContain(hidden);
    }
  },
);

it("keeps what an operator needs: ids, counts, codes, where an error came from", () => {
  const id = "01a1fc6b-7058-7098-bb69-c2208186bf46";
  const error = Object.assign(new TypeError("column x does not exist"), { code: "42703" });
  const line = JSON.parse(
    written((log) =>
      log.warn(
        { correlation_id: id, org_id: id, tokens: 40, task_type: "import", err: error, at: new Date(0) },
        "kept",
      ),
    ),
  ) as Record<string, unknown>;
  expect(line).toMatchObject({
    level: "warn",
    service: "api",
    message: "kept",
    correlation_id: id,
    org_id: id,
    tokens: 40,
    task_type: "import",
    at: "1970-01-01T00:00:00.000Z",
    err: { type: "TypeError", code: "42703", message: "column x does not exist" },
  });
  expect((line.err as { stack: string }).stack).toContain("logger.test.ts");
});

it("survives what cannot be written: circles, buffers, depth, big integers", () => {
  const circle: Record<string, unknown> = { big: 10n, bytes: Buffer.from("hunter2") };
  circle.self = circle;
  const line = written((log) => log.info({ circle }, "x"));
  expect(line).toContain("[deeper]");
  expect(line).not.toContain("hunter2");
});

it("writes from its level on", () => {
  const lines: string[] = [];
  const log = createLogger("WARNING", "api", { write: (line: string) => void lines.push(line) });
  log.info("no");
  log.warn("yes");
  expect(lines).toHaveLength(1);
});
