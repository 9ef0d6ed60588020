/** Foreign origins that a page may talk to; what the content security policy names. */
import { env } from "./env";

/** Where browsers upload to and load images from; null without an object store. */
export function objectStoreOrigin(): string | null {
  const { S3_ENDPOINT, S3_BUCKET, AWS_REGION, S3_FORCE_PATH_STYLE } = env();
  if (!S3_BUCKET) return null;
  if (S3_ENDPOINT) return new URL(S3_ENDPOINT).origin;
  const host = `s3.${AWS_REGION}.amazonaws.com`;
  return S3_FORCE_PATH_STYLE ? `https://${host}` : `https://${S3_BUCKET}.${host}`;
}

/** Where a sign-in form may be sent on to; null when Google is not set up. */
export const googleOrigin = (): string | null =>
  env().GOOGLE_CLIENT_ID ? new URL(env().GOOGLE_ISSUER).origin : null;

/** Where browsers report errors to; null without a DSN. */
export function sentryOrigin(): string | null {
  const { SENTRY_DSN } = env();
  return SENTRY_DSN ? new URL(SENTRY_DSN).origin : null;
}
