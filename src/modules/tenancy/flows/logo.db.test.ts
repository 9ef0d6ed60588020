// Logos on real Postgres and a real object store (s3rver; it takes any signature, so what a wrong one does is not tried here).
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { headObject, writeObject } from "~/server/outbound/object-store";
import { callerFor } from "~/testing/callers";
import { refused, refusedFields } from "~/testing/refusals";
import { startService } from "~/testing/services";
import { asOwner, testOrg, type TestOrg } from "~/testing/tenants";
import { s3 } from "../../../../scripts/services/s3";
import { tenancyRouter } from "../router";

beforeAll(async () => {
  const { at } = await startService(s3, { app: "http://localhost:3000" });
  Object.assign(process.env, {
    S3_ENDPOINT: at.url,
    S3_BUCKET: at.bucket,
    S3_FORCE_PATH_STYLE: "true",
    AWS_REGION: at.region,
    AWS_ACCESS_KEY_ID: at.accessKeyId,
    AWS_SECRET_ACCESS_KEY: at.secretAccessKey,
  });
  forgetEnv();
});

const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#2a7f6f" } });

/** What a browser does: asks where, puts the file there, says that it is there. */
async function upload(org: TestOrg, bytes: Buffer, contentType = "image/png") {
  const caller = callerFor(tenancyRouter, org.owner);
  const input = { contentType: contentType as "image/png", sizeBytes: bytes.length };
  const { uploadId, url, headers } = await caller.startLogoUpload(input);
  const put = await fetch(url, { method: "PUT", headers, body: new Uint8Array(bytes) });
  expect(put.status).toBe(200);
  return { uploadId, finish: () => caller.finishLogoUpload({ uploadId }) };
}
const logoKey = async (org: TestOrg) =>
  (await asOwner("select logo_key from organization where id = $1", [org.orgId]))[0]!.logo_key as
    string | null;
const isThere = async (org: TestOrg, path: string) => (await headObject({ orgId: org.orgId, path })) !== null;
const uploadPath = (uploadId: string) => `logo/upload/${uploadId}`;

// Both can be read by the library that re-encodes; they are refused before it sees them.
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>`;
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64").toString(
  "latin1",
);

describe("a logo", () => {
  it.each([
    ["image/png", () => solid(900, 300).png().toBuffer()],
    ["image/jpeg", () => solid(40, 80).jpeg().toBuffer()],
    ["image/webp", () => solid(256, 256).webp().toBuffer()],
  ])("as %s becomes a square PNG of 256 pixels that everybody here sees", async (contentType, make) => {
    const org = await testOrg();
    const { uploadId, finish } = await upload(org, await make(), contentType);
    const { logoUrl } = await finish();
    const answer = await fetch(logoUrl);
    expect(answer.headers.get("content-type")).toBe("image/png");
    const image = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([image.format, image.width, image.height]).toEqual(["png", 256, 256]);
    expect(await isThere(org, uploadPath(uploadId))).toBe(false);
    const member = callerFor(tenancyRouter, org.as("readonly"));
    expect((await member.current()).logoUrl).toBe(logoUrl);
    expect((await member.setup()).hasLogo).toBe(true);
    expect((await member.myOrganizations())[0]!.logoUrl).toBe(logoUrl);
  });

  it("carries nothing over from the file but its picture", async () => {
    const org = await testOrg();
    const bytes = await solid(10, 10)
      .withExif({ IFD0: { Copyright: "home address in here" } })
      .jpeg()
      .toBuffer();
    expect(bytes.includes("home address")).toBe(true);
    const { finish } = await upload(org, bytes, "image/jpeg");
    const stored = Buffer.from(await (await fetch((await finish()).logoUrl)).arrayBuffer());
    expect(stored.includes("home address")).toBe(false);
  });

  it.each([
    ["a page behind its last byte", "<!doctype html><script>alert(document.domain)</script>"],
    ["an archive behind its last byte", "PK\x03\x04payload.exe"],
    ["a program behind its last byte", "<?php system($_GET['c']); ?>"],
  ])("that is also %s is stored as a picture alone, written anew", async (_, tail) => {
    const org = await testOrg();
    const picture = await solid(10, 10).png().toBuffer();
    const comment = await solid(10, 10)
      .withExif({ IFD0: { ImageDescription: tail } })
      .jpeg()
      .toBuffer();
    for (const [bytes, type] of [
      [Buffer.concat([picture, Buffer.from(tail, "latin1")]), "image/png"],
      [comment, "image/jpeg"],
    ] as const) {
      expect(bytes.includes(Buffer.from(tail, "latin1"))).toBe(true);
      const { uploadId, finish } = await upload(org, bytes, type);
      const answer = await fetch((await finish()).logoUrl);
      const stored = Buffer.from(await answer.arrayBuffer());
      expect(stored.includes(Buffer.from(tail, "latin1"))).toBe(false);
      // As a file of its own, never as a page of the store's.
      expect(answer.headers.get("content-disposition")).toMatch(/^attachment;/);
      expect(answer.headers.get("content-type")).toBe("image/png");
      expect(await isThere(org, uploadPath(uploadId))).toBe(false);
    }
  });

  it("is taken for what its bytes are, whatever type it was called", async () => {
    const org = await testOrg();
    const { finish } = await upload(org, await solid(30, 30).png().toBuffer(), "image/webp");
    expect(await refused(finish())).toBe("done");
  });

  it.each([
    ["an SVG with a script", SVG],
    ["HTML", "<!doctype html><script>alert(1)</script>"],
    ["a GIF", GIF],
    ["a PNG of which only the beginning is there", "\u0089PNG\r\n\u001a\n broken"],
  ])("is not made of %s, and nothing of it stays", async (_, text) => {
    const org = await testOrg();
    const { uploadId, finish } = await upload(org, Buffer.from(text, "latin1"));
    expect(await refusedFields(finish())).toEqual({ logo: [expect.stringContaining("Choose another file")] });
    expect(await isThere(org, uploadPath(uploadId))).toBe(false);
    expect(await logoKey(org)).toBeNull();
  });

  it("is not made of a small file that unpacks to more than any logo", async () => {
    const org = await testOrg();
    const bomb = await solid(12_000, 12_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    const { finish } = await upload(org, bomb);
    expect(await refused(finish())).toBe("tenancy.logo_refused");
  });

  it("larger than 2 MB is refused even if it got into the store", async () => {
    const org = await testOrg();
    const { uploadId, finish } = await upload(org, await solid(5, 5).png().toBuffer());
    const large = Buffer.concat([await solid(5, 5).png().toBuffer(), Buffer.alloc(2_000_001)]);
    await writeObject({ orgId: org.orgId, path: uploadPath(uploadId) }, large, "image/png");
    expect(await refusedFields(finish())).toEqual({ logo: [expect.stringContaining("2 MB")] });
    expect(await isThere(org, uploadPath(uploadId))).toBe(false);
  });

  it("takes the place of the one before, whose file goes; removing it leaves no file either", async () => {
    const org = await testOrg();
    await (await upload(org, await solid(5, 5).png().toBuffer())).finish();
    const first = (await logoKey(org))!;
    await (await upload(org, await solid(6, 6).png().toBuffer())).finish();
    const second = (await logoKey(org))!;
    expect([await isThere(org, first), await isThere(org, second)]).toEqual([false, true]);
    await callerFor(tenancyRouter, org.as("admin")).removeLogo();
    expect([await logoKey(org), await isThere(org, second)]).toEqual([null, false]);
    await callerFor(tenancyRouter, org.as("admin")).removeLogo();
    const actions = await asOwner("select action from audit_entry where org_id = $1 order by id", [
      org.orgId,
    ]);
    expect(actions.map(({ action }) => action as string)).toEqual([
      "organization.logo_changed",
      "organization.logo_changed",
      "organization.logo_removed",
    ]);
  });

  it("uploaded by one organization is not there for another", async () => {
    const [org, other] = [await testOrg(), await testOrg()];
    const { uploadId, finish } = await upload(org, await solid(5, 5).png().toBuffer());
    expect(await refused(callerFor(tenancyRouter, other.owner).finishLogoUpload({ uploadId }))).toBe(
      "kernel.not_found",
    );
    expect(await refused(finish())).toBe("done");
    expect(await refused(finish())).toBe("kernel.not_found");
  });

  it("leaves no file when it may not be set after all", async () => {
    const org = await testOrg();
    const { finish } = await upload(org, await solid(5, 5).png().toBuffer());
    await asOwner(
      "alter table organization add constraint no_logo check (id <> $1 or logo_key is null)".replace(
        "$1",
        `'${org.orgId}'`,
      ),
    );
    try {
      expect(await refused(finish())).not.toBe("done");
      expect(await logoKey(org)).toBeNull();
    } finally {
      await asOwner("alter table organization drop constraint no_logo");
    }
  });
});
