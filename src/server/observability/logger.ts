/**
 * JSON logs. Ids travel, names do not: no mail, name or address of a person, and no secret, reaches a line. Values are
 * cleaned by what they are called, at any depth; then the written line is searched once more for what looks like a
 * secret, wherever it stands. `correlation_id` ties a line to its request and job.
 */
import pino from "pino";
import { env, secretsOf } from "~/server/config/env";

const LEVELS = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" } as const;

/** Called like this, a value is a secret. Numbers stay: `tokens: 40` is a count. */
const SECRET_NAME =
  /(?:password|passphrase|secret|token|jwt|authorization|cookie|credential|(?:api|signing|private|access|event)[_-]?key)s?$/i;
/** Called like this, a value is a person's: alone or after the word for whose it is. */
const PERSONAL_NAME =
  /^(?:(?:user|first|last|full|display|invited_?by|sender|recipient|client|socket|ip|remote|from|to)[_-]?)?(?:e?-?mails?|name|phone|address|addresses)$/i;

/**
 * What looks like a secret within text (error messages quote such things). Nothing here matches a quote or a
 * backslash, so that a written line stays JSON.
 */
const SECRET_TEXT: [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/"'\\]*):[^\s@/"'\\]+@/gi, "$1:[redacted]@"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "[redacted token]"],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [redacted]"],
  [
    /\b([\w-]*(?:token|code|key|secret|signature|password|credential|session|refresh))=[^\s&;"'\\]+/gi,
    "$1=[redacted]",
  ],
  [/((?:password|secret|token|api_?key)\\?["']\s*:\s*\\?["'])[^"'\\]+/gi, "$1[redacted]"],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, "[redacted key]"],
  // Our own API keys, whole or cut short.
  [/\btnt_(?:live|test)_\w+/g, "[redacted key]"],
  [/\b(?:sk|pk|rk|signkey|whsec)[-_][\w-]{12,}/g, "[redacted key]"],
  [/[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g, "[redacted mail]"],
];

/** The values of our own secret settings, which look like nothing in particular. */
let ownSecrets: RegExp | null = null;

/** From now on these are taken out of all text, also where they stand escaped in JSON or in an address. */
export function hideValues(values: readonly string[]): void {
  const forms = values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
  ]);
  const escaped = [...new Set(forms)].map((form) => form.replace(/[$()*+./?[\\\]^{|}-]/g, "\\$&"));
  ownSecrets = escaped.length > 0 ? new RegExp(escaped.join("|"), "g") : null;
}

/** Removes our own secrets, and what looks like a secret or a mail address, from text. */
export const redactText = (text: string): string =>
  SECRET_TEXT.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    ownSecrets ? text.replace(ownSecrets, "[redacted setting]") : text,
  );

const MAX_DEPTH = 8;

/** Type, code, message and stack of an error; its other properties quote queries and rows. */
const plainError = (error: Error) => ({
  type: error.name,
  code: (error as { code?: unknown }).code,
  message: redactText(error.message),
  stack: error.stack && redactText(error.stack),
});

function cleaned(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint") return String(value);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Error) return plainError(value);
  if (depth >= MAX_DEPTH) return "[deeper]";
  if (ArrayBuffer.isView(value)) return "[binary]";
  if (Array.isArray(value)) return value.map((inner) => cleaned(inner, depth + 1));
  if ("toJSON" in value && typeof value.toJSON === "function") return cleaned(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isHidden(name, inner) ? "[redacted]" : cleaned(inner, depth + 1),
    ]),
  );
}

const isHidden = (name: string, value: unknown): boolean =>
  (typeof value === "string" || (typeof value === "object" && value !== null)) &&
  (SECRET_NAME.test(name) || PERSONAL_NAME.test(name));

const cleanedObject = (object: object) => cleaned(object) as Record<string, unknown>;

/** A logger that writes to `destination` (stdout by default); the tests read what it writes. */
export const createLogger = (
  level: keyof typeof LEVELS,
  service: string,
  destination?: pino.DestinationStream,
) => {
  const log = pino(
    {
      level: LEVELS[level],
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: "message",
      formatters: { level: (label) => ({ level: label }), log: cleanedObject },
      // Cleaned above already; pino's own would copy every property of an error.
      serializers: { err: (error: unknown) => error },
      hooks: { streamWrite: redactText },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
  // Pino formats the bindings of its root alone.
  const { child } = log;
  log.child = function (this: pino.Logger, bindings: pino.Bindings, ...options: []) {
    return child.call(this, cleanedObject(bindings), ...options);
  } as typeof child;
  return log;
};

let held: pino.Logger | undefined;
export function logger(): pino.Logger {
  if (held) return held;
  hideValues(secretsOf(env()));
  return (held = createLogger(env().LOG_LEVEL, env().SERVICE_NAME));
}
