// Feeds the logger what must never reach a line, in every place where somebody could put it.
import { expect, it } from "vitest";
import { createLogger, redactText } from "./logger";

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
