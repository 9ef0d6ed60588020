import type { Reached, Secrets } from "./state";
import type { GoogleAt } from "./services/google";
import type { S3At } from "./services/s3";
import type { StripeAt } from "./services/stripe";

/** Variables of a process. */
export type Environment = Record<string, string | undefined>;

/** What the local services offer the app; a part is absent when the person's own environment names the real one. */
export interface Offered {
  app: string;
  home: string;
  secrets: Secrets;
  postgres?: Required<Reached>["postgres"];
  inngest?: string;
  smtp?: string;
  s3?: S3At;
  google?: GoogleAt;
  stripe?: StripeAt;
}

/** Which local service steps back for which variable of the person's own environment. */
export const TAKEN_OVER_BY = {
  postgres: "DATABASE_URL",
  inngest: "INNGEST_BASE_URL",
  mail: "SMTP_URL",
  s3: "S3_BUCKET",
  google: "GOOGLE_CLIENT_ID",
  stripe: "STRIPE_SECRET_KEY",
} as const;

export type LocalService = keyof typeof TAKEN_OVER_BY;

/** The whole environment of the app process: the person's own variables win over the local services. */
export function appEnvironment(offered: Offered, own: Environment): Environment {
  const { secrets, postgres, s3, google, stripe } = offered;
  const local: Record<string, string | undefined> = {
    APP_ENV: "local",
    LOG_LEVEL: "INFO",
    SERVICE_NAME: "api",
    MAIL_FROM: "Tenantry <hello@tenantry.test>",
    JWT_AUDIENCE: "tenantry",
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    JWT_SIGNING_KEYS: secrets.jwtSigningKeys,
    DATABASE_URL: postgres?.app,
    DATABASE_SYSTEM_URL: postgres?.system,
    DATABASE_LISTEN_URL: postgres?.app,
    INNGEST_BASE_URL: offered.inngest,
    INNGEST_EVENT_KEY: offered.inngest && secrets.inngestEventKey,
    INNGEST_SIGNING_KEY: offered.inngest && secrets.inngestSigningKey,
    INNGEST_DEV: "0",
    SMTP_URL: offered.smtp,
    S3_ENDPOINT: s3?.url,
    S3_BUCKET: s3?.bucket,
    S3_FORCE_PATH_STYLE: s3 && "true",
    AWS_REGION: s3?.region,
    AWS_ACCESS_KEY_ID: s3?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3?.secretAccessKey,
    GOOGLE_CLIENT_ID: google?.clientId,
    GOOGLE_CLIENT_SECRET: google && secrets.googleClientSecret,
    GOOGLE_ISSUER: google?.issuer,
    STRIPE_API_URL: stripe?.url,
    STRIPE_SECRET_KEY: stripe && secrets.stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: stripe && secrets.stripe.publishableKey,
    STRIPE_WEBHOOK_SECRET: stripe && secrets.stripe.webhookSecret,
    // Here everybody has one address: a whole team's tests, and all of end-to-end.
    SIGN_IN_LINKS_PER_ADDRESS: "10000",
    ANONYMOUS_REQUESTS_PER_MINUTE: "100000",
    // Load tests and benchmarks are one person's.
    REQUESTS_PER_SECOND_AT_LEAST: "10000",
  };
  const environment: Environment = { ...own };
  for (const [name, value] of Object.entries(local))
    if (!own[name] && value !== undefined) environment[name] = value;
  // What a local service needs belongs together: half of another one's settings would reach nobody.
  if (s3)
    for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
      environment[name] = local[name];
  if (stripe)
    for (const name of ["STRIPE_API_URL", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"])
      environment[name] = local[name];
  const { hostname, port } = new URL(offered.app);
  Object.assign(environment, {
    APP_URL: own.APP_URL || offered.app,
    NEXTAUTH_URL: own.NEXTAUTH_URL || own.APP_URL || offered.app,
    PORT: port,
    HOSTNAME: hostname,
    TENANTRY_HOME: offered.home,
  });
  // Only migrations may be the owner.
  delete environment.DATABASE_OWNER_URL;
  return environment;
}
