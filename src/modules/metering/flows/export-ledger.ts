/**
 * The ledger, kept besides where nobody can remove it: each night, one file per organization and day, and a manifest. A file
 * is planned in a row first, and its bytes are made of what can never change: whatever is killed or repeated, the same
 * file lies there once. Days that a night missed come with the next.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { env } from "~/server/config/env";
import { asDomainError } from "~/server/db/failure";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import type { Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import { knowsLocks, recordsBucket, writeRecord, type Kept } from "~/server/outbound/locked-store";
import { exportDiffers, exportNotLocked } from "../errors";
import {
  entriesToExport,
  exportableUntil,
  exportState,
  markExported,
  organizationsToExport,
  planExport,
  setExportedUntil,
} from "../queries/exports";
import { exportKeys, exportLine, exportManifest, type PlannedExport } from "../rules";

const PAGE = 5_000;
const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Writes the next file of an organization. @returns whether there was one.
 * @throws metering.export_differs, metering.export_not_locked, files.unavailable
 */
export async function exportNextDay(orgId: string, trace: Trace): Promise<boolean> {
  const asked = { reason: "export the ledger", trace };
  const planned = await withSystem(asked, (scope) => planExport(scope, orgId));
  if (!planned) return false;
  const folder = await mkdtemp(path.join(os.tmpdir(), "tenantry-ledger-"));
  try {
    const file = path.join(folder, "entries.jsonl");
    const made = await writeLines(planned, file, trace);
    const keys = exportKeys(planned);
    const now = clock.now();
    const kept = await writeRecord(
      keys.file,
      { file, sizeBytes: made.bytes },
      { sha256: made.sha256, contentType: "application/x-ndjson", now },
    );
    expectKept(keys.file, kept, made.sha256);
    const manifest = Buffer.from(`${JSON.stringify(exportManifest(planned, made), null, 2)}\n`);
    const sha256 = sha256Of(manifest);
    const keptManifest = await writeRecord(
      keys.manifest,
      { bytes: manifest },
      { sha256, contentType: "application/json", now },
    );
    expectKept(keys.manifest, keptManifest, sha256);
    await withSystem(asked, (scope) =>
      markExported(scope, planned, { ...made, lockedUntil: kept.lockedUntil }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return true;
}

/** Without a lock a file proves little: locally that is told, elsewhere it is a failure. */
function expectKept(key: string, { sha256, lockedUntil }: Kept, wanted: string): void {
  if (sha256 !== wanted) throw exportDiffers(key);
  const { LEDGER_OBJECT_LOCK, APP_ENV } = env();
  if (lockedUntil === null && LEDGER_OBJECT_LOCK !== "OFF" && APP_ENV !== "local") throw exportNotLocked(key);
}

async function writeLines(
  { orgId, firstSeq, lastSeq }: PlannedExport,
  file: string,
  trace: Trace,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  const out = createWriteStream(file);
  let bytes = 0;
  for (let from = firstSeq; from <= lastSeq;) {
    const page = await readSystem({ reason: "entries to export", trace }, (scope) =>
      entriesToExport(scope, orgId, from, lastSeq, PAGE),
    );
    // A seal without its entry, or a gap: `verifyLedger` tells of it, and nothing false is locked away for years.
    if (page.length === 0) throw new Error("entries of the chain are missing");
    const text = Buffer.from(page.map(exportLine).join(""));
    hash.update(text);
    bytes += text.byteLength;
    if (!out.write(text)) await once(out, "drain");
    from = page.at(-1)!.seq + 1n;
  }
  out.end();
  await once(out, "close");
  return { bytes, sha256: hash.digest("hex") };
}

/** `last`: the organization to go on after, null when there is none; `failed`: how many could not be exported. */
export type ExportTurn = { last: string | null; files: number; failed: number };

/** Milliseconds of work in one step. */
const STEP_MS = 15_000;

/**
 * Exports for a while, organization by organization after `after`; what fails with one holds back no other.
 */
export async function exportSome(after: string | null, trace: Trace): Promise<ExportTurn> {
  const until = performance.now() + STEP_MS;
  let last = after;
  let files = 0;
  let failed = 0;
  for (;;) {
    const page = await readSystem({ reason: "organizations whose ledger is exported", trace }, (scope) =>
      organizationsToExport(scope, last, 50),
    );
    for (const orgId of page) {
      try {
        while (await exportNextDay(orgId, trace)) files++;
      } catch (error) {
        failed++;
        const { code } = asDomainError(error);
        logger().error({ err: error, org_id: orgId, code }, "the ledger of an organization was not exported");
      }
      last = orgId;
      if (performance.now() > until) return { last, files, failed };
    }
    if (page.length === 0) return { last: null, files, failed };
  }
}

/** Before a run: whether there is a bucket, and up to which day everything will be there after it. */
export const beginExport = async (trace: Trace): Promise<Date | null> =>
  recordsBucket() === null ? null : readSystem({ reason: "the ledger is exported", trace }, exportableUntil);

/** After a run in which nothing failed. */
export const endExport = (until: Date, trace: Trace): Promise<number> =>
  withSystem({ reason: "the ledger is exported", trace }, (scope) => setExportedUntil(scope, until));

/** All of it, now: `npm run ledger:export`. @returns how many files were written; null without a bucket. */
export async function exportLedger(trace: Trace): Promise<{ files: number; failed: number } | null> {
  const until = await beginExport(trace);
  if (until === null) return null;
  let files = 0;
  let failed = 0;
  for (let last: string | null = null, isFirst = true; isFirst || last !== null; isFirst = false) {
    const some: ExportTurn = await exportSome(last, trace);
    files += some.files;
    failed += some.failed;
    last = some.last;
  }
  if (failed === 0) await endExport(until, trace);
  return { files, failed };
}

const held = globalThis as typeof globalThis & { __tenantryExportTold?: boolean };

/** Keeps the gauges; and once a process says where the export is less than it should be. */
async function tellExportState(): Promise<void> {
  const trace = { correlationId: newId(), address: null };
  const bucket = recordsBucket();
  const { ageSeconds, unlocked } = await readSystem({ reason: "how old the export is", trace }, exportState);
  metrics().ledgerExportAge.set(bucket === null ? -1 : ageSeconds);
  metrics().ledgerExportUnlocked.set(unlocked);
  if (held.__tenantryExportTold) return;
  held.__tenantryExportTold = true;
  if (bucket === null) {
    logger().warn("LEDGER_BUCKET is not set: the usage ledger lies in the database alone");
    return;
  }
  // The store may start beside us.
  const isLocked = await knowsLocks().catch(() => pause(2_000).then(knowsLocks));
  if (!isLocked)
    logger().warn(
      { bucket },
      "the bucket of the usage ledger has no Object Lock: its export can be changed by who may write there",
    );
}

export const exportSweeps = (): Sweep[] => [
  { name: "ledger export state", everyMs: 10 * 60_000, turn: tellExportState },
];
