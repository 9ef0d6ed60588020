/**
 * Records that nobody may change or remove before their time, the platform's own administrators included: objects of a
 * bucket of their own, written once under an S3 Object Lock. Keys here never begin with `org/`: tenants cannot ask for them.
 */
import {
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { env } from "~/server/config/env";
import { asUnavailable, client } from "./s3-client";

const DAY_MS = 86_400_000;

export type Kept = {
  sizeBytes: number;
  /** Hexadecimal, as it was written down beside the object. */
  sha256: string | null;
  /** Until when nobody can remove it; null where the store knows no locks. */
  lockedUntil: Date | null;
};

/**
 * The bucket of records; null where there is none, and nothing is kept. Locally they lie beside the tenants' files;
 * elsewhere they need a bucket with Object Lock, which the files, being erased on demand, must not have.
 */
export function recordsBucket(): string | null {
  const { LEDGER_BUCKET, S3_BUCKET, APP_ENV } = env();
  return LEDGER_BUCKET ?? (APP_ENV === "local" ? (S3_BUCKET ?? null) : null);
}

const bucketOrThrow = (): string => {
  const bucket = recordsBucket();
  if (!bucket) throw new Error("LEDGER_BUCKET is not set");
  return bucket;
};

/** Whether the bucket refuses to give locked objects up. @throws files.unavailable when it does not answer. */
export async function knowsLocks(): Promise<boolean> {
  const asked = new GetObjectLockConfigurationCommand({ Bucket: bucketOrThrow() });
  try {
    const { ObjectLockConfiguration } = await client().send(asked);
    return ObjectLockConfiguration?.ObjectLockEnabled === "Enabled";
  } catch (error) {
    // An answer, that is a status, that says no; without one the store was not reached.
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    return status !== undefined && status < 500 && status !== 403
      ? false
      : status === 501
        ? false
        : asUnavailable(error);
  }
}

/** What is kept under the key, or null. */
export async function headRecord(key: string): Promise<Kept | null> {
  try {
    const head = await client().send(new HeadObjectCommand({ Bucket: bucketOrThrow(), Key: key }));
    return {
      sizeBytes: head.ContentLength ?? 0,
      sha256: head.Metadata?.sha256 ?? null,
      lockedUntil: head.ObjectLockMode ? (head.ObjectLockRetainUntilDate ?? null) : null,
    };
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return null;
    return asUnavailable(error);
  }
}

/** The bytes of a record, or null when there is none. */
export async function readRecord(key: string): Promise<Readable | null> {
  try {
    const { Body } = await client().send(new GetObjectCommand({ Bucket: bucketOrThrow(), Key: key }));
    return Body as Readable;
  } catch (error) {
    if ((error as { name?: string }).name === "NoSuchKey") return null;
    return asUnavailable(error);
  }
}

/**
 * Writes a record once. Written again with the same bytes it changes nothing, not even its lock.
 * @returns what is kept now; its `sha256` is another one when something else lies there, which is never overwritten.
 */
export async function writeRecord(
  key: string,
  body: { file: string; sizeBytes: number } | { bytes: Uint8Array },
  { sha256, contentType, now }: { sha256: string; contentType: string; now: Date },
): Promise<Kept> {
  const there = await headRecord(key);
  if (there) return there;
  const { LEDGER_OBJECT_LOCK: mode, LEDGER_RETENTION_DAYS: days } = env();
  const command = new PutObjectCommand({
    Bucket: bucketOrThrow(),
    Key: key,
    Body: "bytes" in body ? body.bytes : createReadStream(body.file),
    ContentLength: "bytes" in body ? body.bytes.byteLength : body.sizeBytes,
    ContentType: contentType,
    Metadata: { sha256 },
    // S3 wants a checksum with every lock, and refuses what did not arrive whole.
    ChecksumSHA256: Buffer.from(sha256, "hex").toString("base64"),
    IfNoneMatch: "*",
    ...(mode !== "OFF" && {
      ObjectLockMode: mode,
      ObjectLockRetainUntilDate: new Date(now.getTime() + days * DAY_MS),
    }),
  });
  await client()
    .send(command)
    .catch((error: unknown) => {
      // Another process was faster; what it wrote is looked at below.
      if ((error as { name?: string }).name !== "PreconditionFailed") asUnavailable(error);
    });
  return (await headRecord(key)) ?? asUnavailable(new Error("written, and not there"));
}
