// A real object store over HTTP, and what is said when there is none or it does not answer.
import { text } from "node:stream/consumers";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { startService } from "~/testing/services";
import { s3 } from "../../../scripts/services/s3";
import {
  deleteObject,
  headObject,
  isObjectStoreReachable,
  keyOf,
  presignDownload,
  presignUpload,
  readObject,
  writeObject,
} from "./object-store";

const held = globalThis as { __tenantryObjectStore?: unknown };
function use(settings: Record<string, string>) {
  Object.assign(process.env, settings);
  forgetEnv();
  delete held.__tenantryObjectStore;
}

describe("the key of a tenant's object", () => {
  const orgId = newId();

  it("begins with the tenant's folder", () => {
    expect(keyOf({ orgId, path: "imports/1/source.csv" })).toBe(`org/${orgId}/imports/1/source.csv`);
  });

  it.each([
    ...[
      "../other/secret.csv",
      "a/../../other",
      "a/..",
      "..",
      "/absolute",
      "a//b",
      "a/",
      "",
      ".hidden",
      "a/./b",
    ],
    ...["a\\b", "a b", "a\u0000b", "a\nb", "%2e%2e/other", "ä.csv", "a?x=1", "a#b"],
  ])("is refused for the path %j", (path) => {
    expect(() => keyOf({ orgId, path })).toThrow("not safe");
  });
});

describe("without a bucket", () => {
  it("everything says that file storage is not set up", async () => {
    use({ S3_BUCKET: "" });
    const object = { orgId: newId(), path: "a.csv" };
    const refusal = { kind: "unavailable", code: "files.unavailable" };
    await expect(headObject(object)).rejects.toMatchObject(refusal);
    await expect(presignUpload(object, { contentType: "text/csv", sizeBytes: 1 })).rejects.toMatchObject(
      refusal,
    );
    await expect(readObject(object)).rejects.toMatchObject(refusal);
  });
});

describe("an object store", () => {
  let settings: Record<string, string>;
  beforeAll(async () => {
    const { at } = await startService(s3, { app: process.env.APP_URL! });
    settings = {
      S3_ENDPOINT: at.url,
      S3_BUCKET: at.bucket,
      S3_FORCE_PATH_STYLE: "true",
      AWS_REGION: at.region,
      AWS_ACCESS_KEY_ID: at.accessKeyId,
      AWS_SECRET_ACCESS_KEY: at.secretAccessKey,
    };
    use(settings);
  });
  afterEach(() => use(settings));

  it("keeps, reads in parts, and forgets", async () => {
    const object = { orgId: newId(), path: "notes/a.txt" };
    expect(await headObject(object)).toBeNull();
    await writeObject(object, Buffer.from("0123456789"), "text/plain");
    expect(await headObject(object)).toMatchObject({ sizeBytes: 10 });
    expect(await text(await readObject(object))).toBe("0123456789");
    expect(await text(await readObject(object, { from: 4 }))).toBe("456789");
    expect(await text(await readObject(object, { from: 2, until: 5 }))).toBe("234");
    await deleteObject(object);
    expect(await headObject(object)).toBeNull();
    expect(await isObjectStoreReachable()).toBe(true);
  });

  it("takes by a presigned URL the one object it was made for", async () => {
    const object = { orgId: newId(), path: "imports/a.csv" };
    const { url, headers } = await presignUpload(object, { contentType: "text/csv", sizeBytes: 5 });
    const { searchParams } = new URL(url);
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
    expect(searchParams.get("X-Amz-Expires")).toBe("900");
    expect((await fetch(url, { method: "PUT", body: "a,b,c", headers })).status).toBe(200);
    expect(await headObject(object)).toMatchObject({ sizeBytes: 5 });
    // This store takes a wrong signature, so that it is made for this object alone is seen in the URL only.
    const signatureOf = (one: string) => new URL(one).searchParams.get("X-Amz-Signature");
    const other = await presignUpload(
      { ...object, path: "imports/b.csv" },
      { contentType: "text/csv", sizeBytes: 5 },
    );
    expect(signatureOf(other.url)).not.toBe(signatureOf(url));
    const larger = await presignUpload(object, { contentType: "text/csv", sizeBytes: 6 });
    expect(signatureOf(larger.url)).not.toBe(signatureOf(url));
  });

  it("lets download as a file of that name and never shows it in the page", async () => {
    const object = { orgId: newId(), path: "imports/a.csv" };
    await writeObject(object, Buffer.from("<script>"), "text/html");
    const response = await fetch(await presignDownload(object, 'naïve "name".csv'));
    expect(await response.text()).toBe("<script>");
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''na%C3%AFve%20%22name%22.csv",
    );
  });

  it.each([
    'a.csv"; filename="b.html',
    "a.csv\r\nSet-Cookie: smuggled=1\r\n\r\n<script>",
    "a.csv\u0000.html",
    "../../etc/passwd",
    "\u202Evsc.exe",
  ])("lets no name of a file write a header of its own: %j", async (name) => {
    const object = { orgId: newId(), path: "imports/a.csv" };
    await writeObject(object, Buffer.from("a"), "text/csv");
    const response = await fetch(await presignDownload(object, name));
    expect(response.headers.get("set-cookie")).toBeNull();
    const disposition = response.headers.get("content-disposition")!;
    expect(disposition).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    expect(disposition.slice(disposition.indexOf("''") + 2)).toMatch(/^[\w.%!'()*~-]+$/);
    expect(await response.text()).toBe("a");
  });

  it("that does not answer is told as unavailable, with what is safe", async () => {
    use({ S3_ENDPOINT: "http://127.0.0.1:1" });
    const object = { orgId: newId(), path: "a.csv" };
    const refusal = {
      kind: "unavailable",
      code: "files.unavailable",
      publicMessage: expect.stringContaining("Nothing is lost") as string,
    };
    await expect(headObject(object)).rejects.toMatchObject(refusal);
    await expect(readObject(object)).rejects.toMatchObject(refusal);
    await expect(writeObject(object, Buffer.from("x"), "text/plain")).rejects.toMatchObject(refusal);
    await expect(deleteObject(object)).rejects.toMatchObject(refusal);
    expect(await isObjectStoreReachable()).toBe(false);
  });
});
