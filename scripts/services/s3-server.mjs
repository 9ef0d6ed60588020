/**
 * The process of the local object store: s3rver, and that what it takes in is there whole or not at all, as in any store that is
 * meant to be used. It writes the bytes to their place while they come and what is known of them after; who asks meanwhile
 * sees half an object.
 */
import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import S3rver from "s3rver";
import Store from "s3rver/lib/stores/filesystem.js";

Store.prototype.putObject = async function putObject({ bucket, key, content, metadata }) {
  const place = this.getResourcePath(bucket, key, "object");
  const staged = `${place}.${randomUUID()}`;
  await mkdir(path.dirname(place), { recursive: true });
  const md5 = createHash("md5");
  let size = 0;
  const counted = new Transform({
    transform(chunk, _encoding, next) {
      md5.update(chunk);
      size += chunk.length;
      next(null, chunk);
    },
  });
  try {
    const bytes = Buffer.isBuffer(content) ? Readable.from([content]) : content;
    await pipeline(bytes, counted, createWriteStream(staged));
    const digest = md5.digest("hex");
    await this.putMetadata(bucket, key, metadata, digest);
    await rename(staged, place);
    return { size, md5: digest };
  } finally {
    await rm(staged, { force: true });
  }
};

const string = { type: "string" };
const { values } = parseArgs({ options: { port: string, folder: string, bucket: string, cors: string } });
await new S3rver({
  directory: values.folder,
  address: "127.0.0.1",
  port: Number(values.port),
  vhostBuckets: false,
  configureBuckets: [{ name: values.bucket, configs: [await readFile(values.cors)] }],
}).run();
console.log(`s3rver listens on port ${values.port}`);
