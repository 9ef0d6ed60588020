// The ledger's export on real Postgres and over HTTP to a real store, which knows no locks; one that does is asked for by env.
import { CreateBucketCommand, DeleteObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { clock } from "~/kernel/clock";
import { forgetEnv } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import { withTenant } from "~/server/db/with-tenant";
import { headRecord, knowsLocks, readRecord, writeRecord } from "~/server/outbound/locked-store";
import { client } from "~/server/outbound/s3-client";
import { startS3 } from "~/testing/s3";
import { asOwner, testOrg, testTrace } from "~/testing/tenants";
import { countUsage } from "../service";
import { correctUsage } from "./correct";
import { exportLedger, exportNextDay } from "./export-ledger";
import { sealLedger } from "./seal";
import { verifyExport } from "./verify-export";
import { exportKeys } from "../rules";

beforeAll(async () => {
  await startS3();
});

const sealAll = async () => {
  while ((await asOwner("select from usage_unsealed")).length > 0) await sealLedger();
};

/** An organization with entries sealed on each of the given days (YYYY-MM-DD, UTC), `each` a day. */
async function orgWithDays(days: string[], each = 3) {
  const org = await testOrg({ members: [] });
  for (const day of days) {
    await withTenant(org.owner, async (scope) => {
      for (let at = 0; at < each; at++) {
        const id = newId();
        await countUsage(scope, {
          meter: "jobs",
          quantity: 1,
          idempotencyKey: `job:${id}`,
          occurredAt: clock.now(),
          source: { type: "job", id },
        });
      }
    });
    await sealAll();
    await sealedOn(org.orgId, day);
  }
  return org;
}

/** Seals of today are given another day, as its own owner could. */
async function sealedOn(orgId: string, day: string): Promise<void> {
  await asOwner("alter table usage_seal disable trigger user");
  await asOwner(
    "update usage_seal set sealed_at = $2 where org_id = $1 and sealed_at > now() - interval '1 hour'",
    [orgId, `${day}T10:00:00Z`],
  );
  await asOwner("alter table usage_seal enable trigger user");
}

const keysOf = (orgId: string, day: string) => exportKeys({ orgId, day: new Date(`${day}T00:00:00Z`) });
const linesOf = async (orgId: string, day: string): Promise<Record<string, unknown>[]> =>
  (await text((await readRecord(keysOf(orgId, day).file))!))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const findingsOf = async (orgId: string) =>
  (await verifyExport(testTrace(), null)).findings
    .filter((one) => one.orgId === orgId)
    .map(({ kind }) => kind);
const exportAll = async (orgId: string) => {
  let files = 0;
  while (await exportNextDay(orgId, testTrace())) files++;
  return files;
};
const rowsOf = (orgId: string) =>
  asOwner<{ day: string; first_seq: string; last_seq: string; sha256: string | null }>(
    "select day::text, first_seq, last_seq, sha256 from usage_export where org_id = $1 order by day",
    [orgId],
  );

describe("the export of the ledger", () => {
  it("writes one file per organization and ended day, which go on from each other and verify", async () => {
    const org = await orgWithDays(["2026-11-01", "2026-11-02", "2026-11-05"]);
    expect(await exportAll(org.orgId)).toBe(3);
    expect(
      (await rowsOf(org.orgId)).map(({ day, first_seq, last_seq }) => [day, first_seq, last_seq]),
    ).toEqual([
      ["2026-11-01", "1", "3"],
      ["2026-11-02", "4", "6"],
      ["2026-11-05", "7", "9"],
    ]);
    const lines = await linesOf(org.orgId, "2026-11-02");
    expect(lines.map(({ seq }) => seq)).toEqual([4, 5, 6]);
    const manifest = JSON.parse(
      await text((await readRecord(keysOf(org.orgId, "2026-11-02").manifest))!),
    ) as Record<string, unknown>;
    expect(manifest).toMatchObject({ rows: 3, first_seq: 4, last_seq: 6, chain_head: lines.at(-1)!.hash });
    expect(manifest.previous).toMatchObject({ day: "2026-11-01", chain_head: lines[0]!.prev_hash });
    expect(await findingsOf(org.orgId)).toEqual([]);
  });

  it("leaves the day that runs alone, and has it when it has ended", async () => {
    const org = await orgWithDays(["2026-11-01"], 2);
    await withTenant(org.owner, (scope) =>
      countUsage(scope, { meter: "images", quantity: 5, idempotencyKey: newId(), occurredAt: clock.now() }),
    );
    await sealAll();
    expect(await exportAll(org.orgId)).toBe(1);
    expect(await exportAll(org.orgId)).toBe(0);
    await sealedOn(org.orgId, "2026-11-03");
    expect(await exportAll(org.orgId)).toBe(1);
    expect(await linesOf(org.orgId, "2026-11-03")).toHaveLength(1);
  });

  it("goes on with the file it had planned when it was killed, and writes the same bytes once", async () => {
    const org = await orgWithDays(["2026-11-01", "2026-11-02"]);
    expect(await exportNextDay(org.orgId, testTrace())).toBe(true);
    const [before] = await rowsOf(org.orgId);
    // Killed after the file was written, before that was noted.
    await asOwner(
      "update usage_export set written_at = null, sha256 = null, bytes = null where org_id = $1",
      [org.orgId],
    );
    expect(await exportAll(org.orgId)).toBe(2);
    const after = await rowsOf(org.orgId);
    expect(after[0]).toEqual(before);
    expect(await findingsOf(org.orgId)).toEqual([]);
  });

  it("is planned once by turns that meet", async () => {
    const org = await orgWithDays(["2026-11-01", "2026-11-02"], 4);
    await Promise.all([exportAll(org.orgId), exportAll(org.orgId), exportAll(org.orgId)]);
    expect((await rowsOf(org.orgId)).map(({ last_seq }) => last_seq)).toEqual(["4", "8"]);
    expect(await findingsOf(org.orgId)).toEqual([]);
  });

  it("holds ids only: the words of a correction stay in the database", async () => {
    const org = await orgWithDays(["2026-11-01"], 1);
    const [entry] = await asOwner<{ id: string }>("select id from usage_ledger where org_id = $1", [
      org.orgId,
    ]);
    await correctUsage(
      {
        entryId: entry!.id,
        quantity: -1,
        reason: "Counted for Zephyrine by mistake",
        idempotencyKey: newId(),
      },
      { trace: testTrace(), actorId: org.users[0]!.userId },
    );
    await sealAll();
    await sealedOn(org.orgId, "2026-11-02");
    await exportAll(org.orgId);
    const [line] = await linesOf(org.orgId, "2026-11-02");
    expect(line).toMatchObject({ corrects_id: entry!.id, quantity: -1 });
    expect(JSON.stringify(line)).not.toContain("Zephyrine");
    expect(await findingsOf(org.orgId)).toEqual([]);
  });

  it("never overwrites what lies under its name, and says so", async () => {
    const org = await orgWithDays(["2026-11-01"]);
    await writeRecord(
      keysOf(org.orgId, "2026-11-01").file,
      { bytes: Buffer.from("something else") },
      { sha256: await digestOf("something else"), contentType: "text/plain", now: new Date() },
    );
    await expect(exportNextDay(org.orgId, testTrace())).rejects.toMatchObject({
      code: "metering.export_differs",
    });
    expect((await rowsOf(org.orgId))[0]!.sha256).toBeNull();
  });

  it("exports all organizations, and notes up to which day only when none failed", async () => {
    const orgs = [await orgWithDays(["2026-11-01"]), await orgWithDays(["2026-11-02"])];
    await writeRecord(
      keysOf(orgs[0]!.orgId, "2026-11-01").file,
      { bytes: Buffer.from("in the way") },
      { sha256: await digestOf("in the way"), contentType: "text/plain", now: new Date() },
    );
    const until = async () =>
      (
        await asOwner<{ at: Date }>(
          "select rolled_until as at from usage_rollup_state where name = 'ledger-export'",
        )
      )[0]!.at;
    const before = await until();
    expect((await exportLedger(testTrace()))!.failed).toBeGreaterThan(0);
    expect(await until()).toEqual(before);
    expect(await rowsOf(orgs[1]!.orgId)).toMatchObject([{ day: "2026-11-02" }]);
  });
});

const digestOf = async (words: string) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(words))).toString("hex");

describe("verifying the export", () => {
  /** Where the store keeps its bytes, changed behind its back. */
  async function rewrite(orgId: string, day: string, change: (words: string) => string | null) {
    const stored = await pathOf(keysOf(orgId, day).file);
    const words = await readFile(stored, "utf8");
    const next = change(words);
    if (next === null) await rm(stored);
    else await writeFile(stored, next);
  }
  async function pathOf(key: string): Promise<string> {
    const homes = (await readdir(os.tmpdir())).filter((name) => name.startsWith("tenantry-s3-"));
    for (const home of homes) {
      const folder = path.join(os.tmpdir(), home, "s3", "tenantry", path.dirname(key));
      const names = await readdir(folder).catch(() => []);
      const name = names.find((one) => one.startsWith(`${path.basename(key)}._S3rver_object`));
      if (name) return path.join(folder, name);
    }
    throw new Error(`no ${key} on disk`);
  }

  it.each([
    [
      "a quantity was changed",
      (words: string) => words.replace('"quantity":1,', '"quantity":2,'),
      "file_changed",
    ],
    ["a line is missing", (words: string) => words.split("\n").toSpliced(1, 1).join("\n"), "chain_broken"],
    [
      "its end is missing",
      (words: string) => `${words.trim().split("\n").slice(0, 2).join("\n")}\n`,
      "chain_broken",
    ],
    ["it is gone", () => null, "file_missing"],
    ["a line is no entry", (words: string) => words.replace('{"seq":2', '{"sek":2'), "file_changed"],
  ])("finds a file where %s", async (_what, change, kind) => {
    const org = await orgWithDays(["2026-11-01"]);
    await exportAll(org.orgId);
    await rewrite(org.orgId, "2026-11-01", change);
    expect(await findingsOf(org.orgId)).toContain(kind);
  });

  it("finds a ledger that was written anew since: the file has another chain", async () => {
    const org = await orgWithDays(["2026-11-01"]);
    await exportAll(org.orgId);
    await asOwner("alter table usage_seal disable trigger user");
    await asOwner("update usage_seal set hash = repeat('0', 64) where org_id = $1 and seq = 2", [org.orgId]);
    await asOwner("alter table usage_seal enable trigger user");
    expect(await findingsOf(org.orgId)).toContain("differs_from_ledger");
  });

  it("finds days that have ended and lie in no file", async () => {
    const org = await orgWithDays(["2026-11-01"]);
    expect(await findingsOf(org.orgId)).toEqual(["not_exported"]);
  });
});

describe("a store without locks", () => {
  it("is told apart, and locally its files are counted as unlocked", async () => {
    const org = await orgWithDays(["2026-11-01"]);
    await exportAll(org.orgId);
    expect(await knowsLocks()).toBe(false);
    expect((await headRecord(keysOf(org.orgId, "2026-11-01").file))!.lockedUntil).toBeNull();
    expect((await verifyExport(testTrace(), null)).unlocked).toBeGreaterThan(0);
  });

  it("is a failure elsewhere, so that nobody believes a lock that is not there", async () => {
    const org = await orgWithDays(["2026-11-01"]);
    const before = { ...process.env };
    onTestFinished(() => {
      process.env = before;
      forgetEnv();
    });
    Object.assign(process.env, {
      APP_ENV: "staging",
      LEDGER_BUCKET: process.env.S3_BUCKET,
      S3_BUCKET: "files",
      METRICS_TOKEN: "0123456789abcdef",
      SMTP_URL: "smtp://127.0.0.1:1",
      STRIPE_API_URL: "",
      GOOGLE_ISSUER: "",
    });
    forgetEnv();
    await expect(exportNextDay(org.orgId, testTrace())).rejects.toMatchObject({
      code: "metering.export_not_locked",
    });
  });
});

// With VERSITYGW=<binary> (`go install github.com/versity/versitygw/cmd/versitygw@v1.8.0`), a store that knows locks.
describe.skipIf(!process.env.VERSITYGW)("a store with Object Lock", () => {
  it("keeps files and manifests that nobody can remove or replace until their time", async () => {
    const { client: s3, bucket } = await lockingStore();
    const org = await orgWithDays(["2026-11-01", "2026-11-02"]);
    expect(await knowsLocks()).toBe(true);
    expect(await exportAll(org.orgId)).toBe(2);
    const { file, manifest } = keysOf(org.orgId, "2026-11-01");
    const sevenYears = Date.now() + 2_557 * 86_400_000;
    for (const key of [file, manifest]) {
      const kept = await headRecord(key);
      expect(Math.abs(kept!.lockedUntil!.getTime() - sevenYears)).toBeLessThan(60_000);
      const { VersionId } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      await expect(
        s3.send(
          new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId, BypassGovernanceRetention: true }),
        ),
      ).rejects.toMatchObject({ name: "AccessDenied" });
    }
    expect(await findingsOf(org.orgId)).toEqual([]);
    // Killed before it was noted: written again, nothing changes.
    await asOwner(
      "update usage_export set written_at = null, sha256 = null, bytes = null where org_id = $1",
      [org.orgId],
    );
    expect(await exportAll(org.orgId)).toBe(2);
    expect(await findingsOf(org.orgId)).toEqual([]);
  });
});

async function lockingStore() {
  const home = mkdtempSync(path.join(os.tmpdir(), "tenantry-versitygw-"));
  for (const folder of ["data", "versions"]) await mkdir(path.join(home, folder));
  const port = await freePort();
  const gateway = spawn(
    process.env.VERSITYGW!,
    [
      ...["--access", "ledger", "--secret", "ledger-secret", "--port", `127.0.0.1:${port}`, "--quiet"],
      ...["posix", "--versioning-dir", path.join(home, "versions"), path.join(home, "data")],
    ],
    { stdio: "ignore" },
  );
  const held = globalThis as { __tenantryObjectStore?: unknown };
  const before = { ...process.env };
  onTestFinished(async () => {
    process.env = before;
    forgetEnv();
    delete held.__tenantryObjectStore;
    gateway.kill();
    await rm(home, { recursive: true, force: true });
  });
  Object.assign(process.env, {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "ledger",
    AWS_SECRET_ACCESS_KEY: "ledger-secret",
    LEDGER_BUCKET: "records",
  });
  forgetEnv();
  delete held.__tenantryObjectStore;
  const s3 = client();
  await expect
    .poll(
      () =>
        s3.send(new CreateBucketCommand({ Bucket: "records", ObjectLockEnabledForBucket: true })).then(
          () => true,
          (error: Error) => error.name,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  return { client: s3, bucket: "records" };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
