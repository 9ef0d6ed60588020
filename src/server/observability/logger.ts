/**
 * JSON logs. Ids travel, names do not: no mail, name or address of a person, and no secret, reaches a line
 * (paths are redacted here; a test feeds it secrets). `correlation_id` ties a line to its request and job.
 */
import pino from "pino";
import { env } from "~/server/config/env";

const LEVELS = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" } as const;

const SECRET_NAMES = [
  "password",
  "secret",
  "token",
  "accessToken",
  "access_token",
  "refreshToken",
  "refresh_token",
  "authorization",
  "cookie",
  "set-cookie",
  "apiKey",
  "api_key",
  "signingKey",
  "email",
  "userEmail",
  "name",
  "userName",
  "address",
];
/** URLs with credentials, bearer tokens and JWTs inside free text (error messages quote such things). */
const SECRET_TEXT: [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/]+):[^\s@/]+@/gi, "$1:[redacted]@"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[redacted token]"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [/\b(token|code|key|secret|signature)=[^\s&"']+/gi, "$1=[redacted]"],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g, "[redacted mail]"],
];

/** Removes what looks like a secret or a mail address from text. */
export const redactText = (text: string): string =>
  SECRET_TEXT.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);

const serializeError = (error: unknown) => {
  const plain = pino.stdSerializers.err(error as Error) as { message?: string; stack?: string } & Record<
    string,
    unknown
  >;
  if (typeof plain !== "object" || plain === null) return plain;
  return {
    type: plain.type,
    code: plain.code,
    message: redactText(String(plain.message ?? "")),
    stack: plain.stack && redactText(plain.stack),
  };
};

/** A logger that writes to `destination` (stdout by default); the tests read what it writes. */
export const createLogger = (
  level: keyof typeof LEVELS,
  service: string,
  destination?: pino.DestinationStream,
) =>
  pino(
    {
      level: LEVELS[level],
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: "message",
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: "[redacted]",
      },
      serializers: { err: serializeError, error: serializeError },
      hooks: {
        logMethod(args, method) {
          const clean = args.map((arg) => (typeof arg === "string" ? redactText(arg) : arg));
          method.apply(this, clean as Parameters<typeof method>);
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );

let held: pino.Logger | undefined;
export const logger = (): pino.Logger => (held ??= createLogger(env().LOG_LEVEL, env().SERVICE_NAME));
