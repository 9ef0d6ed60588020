// The local store is as whole as the one it stands for.
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { client } from "~/server/outbound/s3-client";
import { startS3 } from "./s3";

let bucket: string;
beforeAll(async () => {
  ({ bucket } = await startS3());
});

it("shows an object once it is there with all that was said of it, and not while its bytes come", async () => {
  const Key = "whole/object";
  const look = () =>
    client()
      .send(new HeadObjectCommand({ Bucket: bucket, Key }))
      .then(
        ({ ContentLength, Metadata }) => [ContentLength, Metadata?.sha256],
        (error: { name: string }) => error.name,
      );
  const pieces = 20;
  async function* slowly() {
    for (let piece = 0; piece < pieces; piece++) {
      yield Buffer.alloc(1_000, "a");
      await pause(10);
    }
  }
  const write = client().send(
    new PutObjectCommand({
      Bucket: bucket,
      Key,
      Body: Readable.from(slowly()),
      ContentLength: pieces * 1_000,
      Metadata: { sha256: "told" },
    }),
  );
  let isDone = false;
  const done = write.then(() => (isDone = true));
  const seen = new Set<string>();
  while (!isDone) seen.add(JSON.stringify(await look()));
  await done;
  expect(await look()).toEqual([pieces * 1_000, "told"]);
  seen.delete(JSON.stringify("NotFound"));
  seen.delete(JSON.stringify([pieces * 1_000, "told"]));
  expect([...seen]).toEqual([]);
  const { Body } = await client().send(new GetObjectCommand({ Bucket: bucket, Key }));
  expect((await Body!.transformToString()).length).toBe(pieces * 1_000);
});
