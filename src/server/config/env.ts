/**
 * Every setting, validated at start: the sole reader of process.env. What is wrong is told in one message that
 * lists all of it. `.env.example` documents the same names (a test compares them).
 */
import { z } from "zod";

const url = (protocols: string[]) =>
  z
    .string()
    .refine(
      (value) =>
        protocols.some((protocol) => value.startsWith(`${protocol}://`)) &&
        URL.canParse(value) &&
        new URL(value).hostname !== "",
      { error: `must be a URL that starts with ${protocols.map((p) => `${p}://`).join(" or ")}` },
    );
const postgres = url(["postgresql", "postgres"]);
const flag = (fallback: boolean) =>
  z
    .enum(["true", "false"], { error: "must be true or false" })
    .default(fallback ? "true" : "false")
    .transform((value) => value === "true");
const whole = (min: number, max: number, fallback: number) =>
  z.coerce.number({ error: "must be a whole number" }).int().min(min).max(max).default(fallback);

const SigningKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("must be JSON: an array of private ES256 JWKs");
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(z.looseObject({ kty: z.literal("EC"), crv: z.literal("P-256"), kid: z.string(), d: z.string() }))
      .min(1, "needs at least one private ES256 JWK; the first one signs, all of them verify"),
  );

const EncryptionKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("must be JSON: an array of 256-bit oct JWKs");
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(
        z.object({
          kty: z.literal("oct"),
          kid: z.string().refine((kid) => kid !== "derived", { error: "the kid derived is taken" }),
          k: z.string().regex(/^[\w-]{43}$/, "k must be 32 bytes, base64url"),
        }),
      )
      .min(1, "needs at least one oct JWK; the first one seals, all of them open"),
  );

const Env = z.object({
  /** Set by our own scripts; has no default, so that nothing is local by accident. */
  APP_ENV: z.enum(["local", "dev", "staging", "prod"], { error: "must be local, dev, staging or prod" }),
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  SERVICE_NAME: z
    .enum(["api", "worker-generic", "worker-browser", "worker-agents", "billing-cron"])
    .default("api"),
  LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARNING", "ERROR"]).default("INFO"),
  /** The public address, without a slash at the end. */
  APP_URL: url(["http", "https"]).transform((value) => value.replace(/\/+$/, "")),
  /** How many proxies of ours stand in front; 0 takes the socket's address. */
  TRUSTED_PROXY_HOPS: whole(0, 5, 0),

  DATABASE_URL: postgres,
  DATABASE_SYSTEM_URL: postgres,
  /** Direct, never through a transaction pooler. */
  DATABASE_LISTEN_URL: postgres,
  DATABASE_POOL_MAX: whole(1, 200, 10),
  DATABASE_SYSTEM_POOL_MAX: whole(1, 50, 3),
  /** Off behind a pooler that has no named statements (PgBouncer before 1.21). */
  DATABASE_NAMED_STATEMENTS: flag(true),

  NEXTAUTH_SECRET: z.string().min(32, "needs at least 32 characters"),
  /** Private ES256 JWKs as a JSON array, newest first; the first signs, all verify. */
  JWT_SIGNING_KEYS: SigningKeys,
  /** Keys of secrets that must be read again, as oct JWKs in a JSON array, newest first; derived from NEXTAUTH_SECRET when unset. */
  ENCRYPTION_KEYS: EncryptionKeys.optional(),
  JWT_AUDIENCE: z.string().min(1).default("tenantry"),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GOOGLE_ISSUER: url(["http", "https"]).default("https://accounts.google.com"),
  /** Sign-in links that one client address may ask for within 15 minutes. */
  SIGN_IN_LINKS_PER_ADDRESS: whole(1, 100_000, 10),
  /** Sign-in links that may go to one mail address within 15 minutes. */
  SIGN_IN_LINKS_PER_MAIL: whole(1, 100_000, 5),
  /** Where limits are counted instead of Postgres. */
  REDIS_URL: url(["redis", "rediss"]).optional(),
  /** Requests a minute of an address at which nobody is known. */
  ANONYMOUS_REQUESTS_PER_MINUTE: whole(1, 1_000_000, 60),
  /** Raises the limit of each person and key to this many a second; for machines that are loaded on purpose. */
  REQUESTS_PER_SECOND_AT_LEAST: whole(0, 1_000_000, 0),

  INNGEST_BASE_URL: url(["http", "https"]).optional(),
  INNGEST_EVENT_KEY: z.string().min(1),
  INNGEST_SIGNING_KEY: z.string().min(1),
  /** Where Inngest reaches this app, when not by APP_URL. */
  INNGEST_SERVE_ORIGIN: url(["http", "https"]).optional(),
  /** Seconds after which a job without a sign of life is sent again. */
  JOB_STALE_AFTER_S: whole(2, 3_600, 90),

  /** False counts everything and refuses nothing for want of a plan. */
  FF_BILLING_ENFORCEMENT_ENABLED: flag(true),
  /** Kill switches: false takes a feature away from everybody; its queued jobs wait. */
  FF_CALENDAR_SYNC_ENABLED: flag(true),
  FF_WORKFLOWS_ENABLED: flag(true),
  FF_PROPOSALS_ENABLED: flag(true),
  FF_SMART_TASKS_ENABLED: flag(true),
  FF_AI_COPILOT_ENABLED: flag(true),
  FF_AGENTS_ENABLED: flag(true),
  FF_SLACK_INTEGRATION_ENABLED: flag(true),
  FF_ADVANCED_REPORTING_ENABLED: flag(true),
  FF_REVENUE_SPLITTING_ENABLED: flag(true),
  FF_STOREFRONT_ENABLED: flag(true),
  FF_STUDIO_ENABLED: flag(true),
  FF_BROWSER_WORKER_ENABLED: flag(true),

  SMTP_URL: url(["smtp", "smtps"]).optional(),
  MAIL_FROM: z.string().default("Tenantry <no-reply@tenantry.test>"),

  /** Given for an S3-compatible server; unset for AWS itself. */
  S3_ENDPOINT: url(["http", "https"]).optional(),
  S3_BUCKET: z.string().min(3).optional(),
  S3_FORCE_PATH_STYLE: flag(false),
  AWS_REGION: z.string().default("us-east-1"),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  /** Where the usage ledger is kept besides, day by day; a bucket of its own, with Object Lock. */
  LEDGER_BUCKET: z.string().min(3).optional(),
  /** OFF only where the store knows no locks, which then stands in every export. */
  LEDGER_OBJECT_LOCK: z.enum(["COMPLIANCE", "GOVERNANCE", "OFF"]).default("COMPLIANCE"),
  /** Seven years by default. */
  LEDGER_RETENTION_DAYS: whole(1, 36_500, 2_557),

  /** Without it the product says that payments are not set up, and plans are given by staff. */
  STRIPE_SECRET_KEY: z
    .string()
    .startsWith("sk_", "must be a secret key of Stripe, which starts with sk_")
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith("pk_", "must start with pk_").optional(),
  /** Signing secrets of the webhook endpoint, comma-separated while one is being replaced. */
  STRIPE_WEBHOOK_SECRET: z.string().startsWith("whsec_", "must start with whsec_").optional(),
  /** A local Stripe; unset for Stripe itself. */
  STRIPE_API_URL: url(["http", "https"]).optional(),

  SENTRY_DSN: z.string().optional(),
  /** Told by /.well-known/security.txt; security@ the host of APP_URL when unset. */
  SECURITY_CONTACT: z
    .string()
    .regex(/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, "must start with mailto: or https://")
    .optional(),
  /** Wanted by /api/metrics and the details of /api/health/ready outside local. */
  METRICS_TOKEN: z.string().min(16, "needs at least 16 characters").optional(),
});

export type Env = z.infer<typeof Env>;

/** What must hold between settings, as pairs of a name and what is wrong with it. */
function contradictions(env: Env): [string, string][] {
  const wrong: [string, string][] = [];
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(env.APP_URL).hostname);
  if (env.APP_ENV === "local" && !isLoopback)
    wrong.push(["APP_URL", "must be a loopback address when APP_ENV=local"]);
  if (env.APP_ENV !== "local") {
    if (!env.SMTP_URL) wrong.push(["SMTP_URL", "is missing: sign-in links could not be sent"]);
    if (!env.METRICS_TOKEN) wrong.push(["METRICS_TOKEN", "is missing: /api/metrics would be open"]);
    if (env.APP_ENV === "prod" && !env.APP_URL.startsWith("https://"))
      wrong.push(["APP_URL", "must be https:// in prod"]);
    if (env.GOOGLE_ISSUER !== "https://accounts.google.com")
      wrong.push(["GOOGLE_ISSUER", "is for local emulators only"]);
    if (env.STRIPE_API_URL) wrong.push(["STRIPE_API_URL", "is for local emulators only"]);
    if (env.APP_ENV === "prod" && env.STRIPE_SECRET_KEY?.startsWith("sk_test_"))
      wrong.push(["STRIPE_SECRET_KEY", "is a test key: nobody would pay"]);
  }
  if (Boolean(env.GOOGLE_CLIENT_ID) !== Boolean(env.GOOGLE_CLIENT_SECRET)) {
    wrong.push(["GOOGLE_CLIENT_ID", "and GOOGLE_CLIENT_SECRET are set together or not at all"]);
  }
  if (env.LEDGER_BUCKET && env.LEDGER_BUCKET === env.S3_BUCKET && env.APP_ENV !== "local") {
    wrong.push([
      "LEDGER_BUCKET",
      "must be another bucket than S3_BUCKET: files are erased on demand, locked records never",
    ]);
  }
  if (Boolean(env.STRIPE_SECRET_KEY) !== Boolean(env.STRIPE_WEBHOOK_SECRET)) {
    wrong.push(["STRIPE_SECRET_KEY", "and STRIPE_WEBHOOK_SECRET are set together or not at all"]);
  }
  return wrong;
}

/** @throws Error with one message that names each wrong setting; never with a value, which may be a secret. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Env.safeParse(given);
  const wrong = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue): [string, string] => {
        const name = String(issue.path[0]);
        return [name, name in given ? issue.message : "is missing"];
      });
  if (parsed.success && wrong.length === 0) return parsed.data;
  const lines = [...new Map(wrong)].map(([name, what]) => `  ${name} ${what}`);
  throw new Error(
    `The settings are not complete:\n${lines.join("\n")}\nSee .env.example for what each one means.`,
  );
}

/** Settings that open something. Never logged: the logger takes their values out wherever they stand. */
export const SECRET_SETTINGS = [
  ...(["DATABASE_URL", "DATABASE_SYSTEM_URL", "DATABASE_LISTEN_URL", "REDIS_URL", "SMTP_URL"] as const),
  ...(["NEXTAUTH_SECRET", "JWT_SIGNING_KEYS", "ENCRYPTION_KEYS", "GOOGLE_CLIENT_SECRET"] as const),
  ...(["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const),
  ...(["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "METRICS_TOKEN"] as const),
] satisfies (keyof Env)[];

/** Shorter ones are no secrets, and words besides. */
const SHORTEST_SECRET = 12;

/** What must not be read of the settings: passwords of addresses, private parts of keys, tokens whole. */
export function secretsOf(settings: Env): string[] {
  const values = SECRET_SETTINGS.flatMap((name): string[] => {
    const value = settings[name];
    if (value === undefined) return [];
    if (typeof value !== "string")
      return value.map((jwk) => String("k" in jwk ? jwk.k : "d" in jwk ? jwk.d : ""));
    if (!URL.canParse(value) || !value.includes("://")) return value.split(",").map((one) => one.trim());
    const { password } = new URL(value);
    return [password, decoded(password)];
  });
  return [...new Set(values)].filter(({ length }) => length >= SHORTEST_SECRET);
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

export const SETTING_NAMES = Object.keys(Env.shape);

let parsed: Env | undefined;

/** The settings of this process. */
export function env(): Env {
  if (parsed) return parsed;
  parsed = parseEnv(process.env);
  // next-auth reads its own address from here and nowhere else.
  process.env.NEXTAUTH_URL = parsed.APP_URL;
  return parsed;
}

/** For tests that change the environment of a running process. */
export const forgetEnv = (): void => {
  parsed = undefined;
};
