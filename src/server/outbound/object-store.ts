/**
 * The object store (S3 or whatever speaks it). Keys of tenants begin `org/{org_id}/`, a person's own `person/{id}/`: they
 * are built here and nowhere else, so that no caller can reach into another's folder. Browsers upload and download by presigned URLs.
 */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Readable } from "node:stream";
import { env } from "~/server/config/env";
import { asUnavailable, store } from "./s3-client";

/** Whose folder. */
export type Folder = { orgId: string } | { personId: string };
export type TenantObject = Folder & {
  /** Below the folder, e.g. `imports/{id}/source.csv`. */ path: string;
};

const SAFE_PATH = /^[a-z0-9][a-z0-9_.-]*(?:\/[a-z0-9][a-z0-9_.-]*)*$/i;

/** @throws when a path could leave the tenant's folder. */
export function keyOf(object: TenantObject): string {
  const { path } = object;
  if (!SAFE_PATH.test(path) || path.includes("..")) throw new Error("object path is not safe");
  return `${folderKey(object)}${path}`;
}

const folderKey = (folder: Folder): string =>
  "orgId" in folder ? `org/${folder.orgId}/` : `person/${folder.personId}/`;

const UPLOAD_SECONDS = 15 * 60;

/** A URL that takes exactly one object of this length and type by PUT, for 15 minutes. */
export async function presignUpload(
  object: TenantObject,
  expected: { contentType: string; sizeBytes: number },
): Promise<{ url: string; headers: Record<string, string> }> {
  const { client, bucket } = store();
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: keyOf(object),
    ContentType: expected.contentType,
    ContentLength: expected.sizeBytes,
  });
  const url = await getSignedUrl(client, command, {
    expiresIn: UPLOAD_SECONDS,
    signableHeaders: new Set(["content-type", "content-length"]),
  });
  return { url, headers: { "content-type": expected.contentType } };
}

/** A URL that downloads the object as a file of this name (never shown inline). */
export async function presignDownload(
  object: TenantObject,
  fileName: string,
  seconds = 300,
): Promise<string> {
  const { client, bucket } = store();
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: keyOf(object),
    ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  });
  return getSignedUrl(client, command, { expiresIn: seconds });
}

/** Size in bytes and version tag, or null when there is no such object. */
export async function headObject(object: TenantObject): Promise<{ sizeBytes: number; etag: string } | null> {
  const { client, bucket } = store();
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(object) }));
    return { sizeBytes: head.ContentLength ?? 0, etag: head.ETag ?? "" };
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return null;
    return asUnavailable(error);
  }
}

/** Bytes from `from` (0-based) to `until` (exclusive; to the end by default), as a stream. */
export async function readObject(
  object: TenantObject,
  range: { from?: number; until?: number } = {},
): Promise<Readable> {
  const { client, bucket } = store();
  const { from = 0, until } = range;
  const isWhole = from === 0 && until === undefined;
  try {
    const answer = await client.send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: keyOf(object),
        ...(!isWhole && { Range: `bytes=${from}-${until === undefined ? "" : until - 1}` }),
      }),
    );
    return answer.Body as Readable;
  } catch (error) {
    return asUnavailable(error);
  }
}

export async function writeObject(
  object: TenantObject,
  body: Uint8Array,
  contentType: string,
): Promise<void> {
  const { client, bucket } = store();
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: keyOf(object),
    Body: body,
    ContentType: contentType,
  });
  await client.send(command).catch(asUnavailable);
}

/** Begins an object that is put together from parts of at least 5 MiB each, but for the last. @returns its upload's id. */
export async function beginUpload(object: TenantObject, contentType: string): Promise<string> {
  const { client, bucket } = store();
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket,
    Key: keyOf(object),
    ContentType: contentType,
  });
  const { UploadId } = await client.send(command).catch(asUnavailable);
  return UploadId!;
}

/** Puts one part (1 to 10,000) in its place; put there again, it replaces the one before. @returns its version tag. */
export async function uploadPart(
  object: TenantObject,
  uploadId: string,
  number: number,
  body: Uint8Array,
): Promise<string> {
  const { client, bucket } = store();
  const command = new UploadPartCommand({
    Bucket: bucket,
    Key: keyOf(object),
    UploadId: uploadId,
    PartNumber: number,
    Body: body,
  });
  const { ETag } = await client.send(command).catch(asUnavailable);
  return ETag!;
}

/**
 * Makes one object of the parts, which are `sizeBytes` together. Done again, it answers as the first time: the upload is
 * gone then, which stores say in different ways, but the object is there.
 */
export async function completeUpload(
  object: TenantObject,
  uploadId: string,
  parts: readonly { number: number; etag: string }[],
  sizeBytes: number,
): Promise<void> {
  const { client, bucket } = store();
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket,
    Key: keyOf(object),
    UploadId: uploadId,
    MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
  });
  try {
    await client.send(command);
  } catch (error) {
    if ((await headObject(object))?.sizeBytes !== sizeBytes) asUnavailable(error);
  }
}

/** It is gone already; or the store knows no such call, as the one for development, and its parts stay until it is emptied. */
const NOTHING_TO_ABANDON = new Set(["NoSuchUpload", "MethodNotAllowed", "NotImplemented"]);

/** Gives an unfinished object up, with its parts. */
export async function abandonUpload(object: TenantObject, uploadId: string): Promise<void> {
  const { client, bucket } = store();
  const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: keyOf(object), UploadId: uploadId });
  await client.send(command).catch((error: unknown) => {
    if (!NOTHING_TO_ABANDON.has((error as { name?: string }).name ?? "")) asUnavailable(error);
  });
}

export async function deleteObject(object: TenantObject): Promise<void> {
  const { client, bucket } = store();
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(object) })).catch(asUnavailable);
}

/** Whether files are set up here at all. */
export const isObjectStoreThere = (): boolean => Boolean(env().S3_BUCKET);

export type Listed = { key: string; sizeBytes: number };

/** One page (1,000 at most) of the objects below a prefix, in the order of their keys. */
async function listPage(
  prefix: string,
  after: string | null,
): Promise<{ objects: Listed[]; next: string | null }> {
  const { client, bucket } = store();
  const page = await client
    .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(after && { StartAfter: after }) }))
    .catch(asUnavailable);
  const objects = (page.Contents ?? []).map(({ Key, Size }) => ({ key: Key ?? "", sizeBytes: Size ?? 0 }));
  return { objects, next: page.IsTruncated ? (objects.at(-1)?.key ?? null) : null };
}

async function* everyObject(prefix: string): AsyncGenerator<Listed> {
  let after: string | null = null;
  do {
    const page = await listPage(prefix, after);
    yield* page.objects;
    after = page.next;
  } while (after !== null);
}

/** A folder's objects, by their path below it. */
export async function* objectsIn(folder: Folder): AsyncGenerator<{ path: string; sizeBytes: number }> {
  const prefix = folderKey(folder);
  for await (const { key, sizeBytes } of everyObject(prefix))
    yield { path: key.slice(prefix.length), sizeBytes };
}

/** Bytes of all objects of a tenant, as the store lists them. */
export async function storedBytes(orgId: string): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of objectsIn({ orgId })) bytes += sizeBytes;
  return bytes;
}

/** Removes up to 1,000 objects of a folder. @returns how many there were; 0 when it is empty. */
export async function emptyFolder(folder: Folder): Promise<number> {
  const { client, bucket } = store();
  const { objects } = await listPage(folderKey(folder), null);
  for (const { key } of objects)
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).catch(asUnavailable);
  return objects.length;
}

/** Everybody's keys, a page at a time: for the search for what an erasure has left, and nothing else. */
export const listAll = (after: string | null): Promise<{ objects: Listed[]; next: string | null }> =>
  listPage("", after);

/** The text of a small object by its key, for the same search; null when it is gone. */
export async function textOf(key: string): Promise<string | null> {
  const { client, bucket } = store();
  try {
    const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToString()) ?? null;
  } catch (error) {
    if ((error as { name?: string }).name === "NoSuchKey") return null;
    return asUnavailable(error);
  }
}

/** Whether the bucket answers. For readiness. */
export async function isObjectStoreReachable(): Promise<boolean> {
  const { client, bucket } = store();
  return client.send(new HeadBucketCommand({ Bucket: bucket })).then(
    () => true,
    () => false,
  );
}
