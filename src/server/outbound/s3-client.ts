/** The one client of the object store of this process. Which keys may be asked for is decided beside it. */
import { S3Client } from "@aws-sdk/client-s3";
import { DomainError } from "~/kernel/errors";
import { env } from "~/server/config/env";

const held = globalThis as typeof globalThis & { __tenantryObjectStore?: S3Client };

const notSetUp = () =>
  new DomainError(
    "unavailable",
    "files.unavailable",
    "File storage is not set up here (S3_BUCKET). Nothing was changed.",
  );

/** The client, and the bucket of tenants' files. @throws files.unavailable where there is none. */
export function store(): { client: S3Client; bucket: string } {
  const { S3_BUCKET } = env();
  if (!S3_BUCKET) throw notSetUp();
  return { client: client(), bucket: S3_BUCKET };
}

/** The same client, for a bucket of another name. */
export function client(): S3Client {
  const settings = env();
  return (held.__tenantryObjectStore ??= new S3Client({
    region: settings.AWS_REGION,
    endpoint: settings.S3_ENDPOINT,
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    // Presigned PUTs come from browsers, which send no checksum trailer.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
    ...(settings.AWS_ACCESS_KEY_ID && {
      credentials: {
        accessKeyId: settings.AWS_ACCESS_KEY_ID,
        secretAccessKey: settings.AWS_SECRET_ACCESS_KEY ?? "",
      },
    }),
  }));
}

export const asUnavailable = (error: unknown): never => {
  if (error instanceof DomainError) throw error;
  throw new DomainError(
    "unavailable",
    "files.unavailable",
    "The file storage does not answer. Nothing is lost; try again in a moment.",
    {},
    { cause: error },
  );
};
