/** Flows of exports: the job that writes a file part by part, fetching it, and removing it when its time is over. */
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { JobRun, JobStep } from "~/modules/jobs";
import { BYTE_ORDER_MARK, csvText, jsonLines, type ListExport } from "~/server/csv/list-export";
import { readSystem } from "~/server/db/with-system";
import { newId, readTenant, withTenant } from "~/server/db/with-tenant";
import type { Sweep } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import {
  abandonUpload,
  beginUpload,
  completeUpload,
  deleteObject,
  presignDownload,
  uploadPart,
} from "~/server/outbound/object-store";
import { dueExports } from "./queries/system";
import { abandonedBefore, CONTENT_TYPES, pathOf } from "./rules";
import type { ExportJobInput } from "./schema";
import {
  adoptExport,
  expireExport,
  finishExport,
  notePart,
  noteUpload,
  openExport,
  takeFile,
  type ExportPlan,
} from "./service";

const SIZES = {
  /** The object store takes no smaller part than 5 MiB, but for the last. */
  partBytes: 5 * 1024 * 1024,
  pageRows: 1_000,
};
type Sizes = typeof SIZES;

type Writing = { exportId: string; list: ListExport; actor: OrgActor; sizes: Sizes };

/**
 * Writes the file. Each part is read page by page in the list's own order, put in its place, and then noted together
 * with where the list goes on: killed anywhere, the next run puts the same part in the same place again.
 */
export async function runExport(job: JobRun<ExportJobInput>, lists: readonly ListExport[], sizes = SIZES) {
  const { actor, input } = job;
  const { exportId } = input;
  const object = { orgId: actor.orgId, path: pathOf(exportId) };
  const asked = await readTenant(actor, (scope) => openExport(scope, exportId));
  const list = lists.find((one) => one.list === asked.list);
  if (!list) throw notFound("list");
  const writing: Writing = { exportId, list, actor, sizes };

  await job.step("begin", async (step) => {
    await step.transaction((scope) => adoptExport(scope, exportId, job.jobId));
    const { uploadId: begun, format } = await readTenant(actor, (scope) => openExport(scope, exportId));
    if (begun !== null) return { begun: true };
    const uploadId = await beginUpload(object, CONTENT_TYPES[format]);
    await step.transaction((scope) => noteUpload(scope, exportId, uploadId));
    return { begun: true };
  });
  for (let isDone = false; !isDone;) {
    ({ isDone } = await job.step("write-part", (step) => writePart(step, writing)));
  }
  await job.step("complete", async () => {
    const { uploadId, parts, sizeBytes } = await readTenant(actor, (scope) => openExport(scope, exportId));
    await completeUpload(object, uploadId!, parts, sizeBytes);
    return { parts: parts.length };
  });
  return job.step("finish", (step) => step.transaction((scope) => finishExport(scope, exportId)));
}

/** Writes the next part, and says whether it was the last. */
async function writePart(step: JobStep, writing: Writing): Promise<{ isDone: boolean }> {
  const { exportId, list, actor } = writing;
  const plan = await readTenant(actor, (scope) => openExport(scope, exportId));
  // Done already, by a run that was killed before it could say so.
  if (plan.parts.length > 0 && plan.cursor === null) return { isDone: true };
  const input = list.read(plan.asked);
  if (input === null) throw notFound("list");
  const total = (await readTenant(actor, async (scope) => list.count?.(scope, input))) ?? null;
  const part = await readPart(step, { ...writing, input, plan });
  const object = { orgId: actor.orgId, path: pathOf(exportId) };
  const etag = await uploadPart(object, plan.uploadId!, plan.parts.length + 1, part.body);
  await step.transaction(async (scope) => {
    const { rows, cursor } = part;
    await notePart(scope, exportId, { before: plan, etag, cursor, rows, bytes: part.body.length });
    const done = plan.rowCount + rows;
    await step.progress(scope, {
      done,
      // Rows may have come meanwhile: what is written is never more than there are.
      total: cursor === null ? done : total && Math.max(total, done),
      note: `${done.toLocaleString("en")} rows written`,
    });
  });
  return { isDone: part.cursor === null };
}

/** Text of at least a part's size, or what is left of the list. */
async function readPart(
  step: JobStep,
  { list, actor, sizes, input, plan }: Writing & { input: unknown; plan: ExportPlan },
): Promise<{ body: Buffer; rows: number; cursor: string | null }> {
  const isFirst = plan.parts.length === 0;
  const isCsv = plan.format === "csv";
  const pieces: Buffer[] = isFirst && isCsv ? [Buffer.from(BYTE_ORDER_MARK + csvText([list.headings]))] : [];
  let bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  let rows = 0;
  let { cursor } = plan;
  do {
    step.signal.throwIfAborted();
    const at = { cursor, limit: sizes.pageRows };
    const page = await readTenant(actor, (scope) => list.page(scope, input, at));
    if (page.rows.length > 0) {
      const piece = Buffer.from(isCsv ? csvText(page.rows) : jsonLines(page.records));
      pieces.push(piece);
      bytes += piece.length;
    }
    rows += page.rows.length;
    cursor = page.nextCursor;
  } while (cursor !== null && bytes < sizes.partBytes);
  return { body: Buffer.concat(pieces), rows, cursor };
}

/** A link that downloads the file, good for 5 minutes; made anew as often as it is asked for while the file is kept. */
export async function downloadExport(
  actor: OrgActor,
  { id }: { id: string },
  lists: readonly ListExport[],
): Promise<{ url: string }> {
  const { fileName } = await withTenant(actor, (scope) => takeFile(scope, { id }, lists));
  return { url: await presignDownload({ orgId: actor.orgId, path: pathOf(id) }, fileName) };
}

const LIMIT = 500;

/** Removes files whose 7 days are over, and gives up those that were never finished. @returns how many. */
export async function removeExpired(): Promise<number> {
  const trace = { correlationId: newId(), address: null };
  const now = clock.now();
  const due = await readSystem({ reason: "find expired exports", trace }, (scope) =>
    dueExports(scope, { now, abandoned: abandonedBefore(now) }, LIMIT),
  );
  let removed = 0;
  for (const { id, orgId, uploadId, isFinished } of due) {
    const object = { orgId, path: pathOf(id) };
    try {
      if (isFinished) await deleteObject(object);
      else if (uploadId) await abandonUpload(object, uploadId);
      const actor: OrgActor = { kind: "org", orgId, userId: null, role: "job", trace };
      await withTenant(actor, (scope) => expireExport(scope, id));
      removed++;
    } catch (error) {
      logger().warn(
        { err: error, export_id: id, correlation_id: trace.correlationId },
        "expired export not removed",
      );
    }
  }
  return removed;
}

const HOUR_MS = 60 * 60 * 1_000;
export const exportSweeps = (): Sweep[] => [
  { name: "exports-expired", everyMs: HOUR_MS, turn: () => removeExpired() },
];
