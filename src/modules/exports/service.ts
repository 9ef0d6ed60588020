/** Use cases of exports: ask for one, write down how far it is, find it again. */
import type { OrgActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { may, requireMay } from "~/kernel/may";
import { record } from "~/modules/audit";
import { startJob } from "~/modules/jobs";
import type { ListExport } from "~/server/csv/list-export";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { beginAnew, expired, filtersInvalid, notFinished } from "./errors";
import { expiryOf, fileNameOf, formatOf, type Format } from "./rules";
import { ExportStatus, UploadedParts, type ExportView, type StartExportInput } from "./schema";

/**
 * Begins a file of all rows that the list's address asks for. The list is asked once as the person: what they may not
 * see is refused before there is a job, which sees as its organization does.
 * @throws kernel.not_found for an unknown list, what `requireMay` throws, exports.filters_invalid, and what the list refuses.
 */
export async function startExport(
  scope: TenantScope,
  list: ListExport | undefined,
  { asked, format }: StartExportInput,
): Promise<{ id: string; jobId: string }> {
  const { actor, db } = scope;
  if (!list) throw notFound("list");
  requireMay(actor, list.permission);
  const input = list.read(asked);
  if (input === null) throw filtersInvalid();
  await list.page(scope, input, { cursor: null, limit: 1 });
  const id = newId();
  const { jobId } = await startJob(scope, { taskType: "export", input: { exportId: id } });
  await db.export.create({
    data: {
      id,
      orgId: actor.orgId,
      createdById: actor.userId!,
      jobId,
      list: list.list,
      asked,
      fileName: fileNameOf(list.list, clock.now(), format),
    },
    select: { id: true },
  });
  await record(scope, {
    action: "export.started",
    target: { type: "export", id },
    after: { list: list.list, format, asked, jobId },
  });
  return { id, jobId };
}

export type ExportPlan = {
  list: string;
  format: Format;
  asked: Record<string, string>;
  isFinished: boolean;
  uploadId: string | null;
  parts: UploadedParts;
  cursor: string | null;
  rowCount: number;
  sizeBytes: number;
};

/** What the job goes on from. @throws kernel.not_found. */
export async function openExport({ db, actor }: TenantReadScope, id: string): Promise<ExportPlan> {
  const row = await db.export.findFirst({ where: { orgId: actor.orgId, id } });
  if (!row) throw notFound("export");
  return {
    list: row.list,
    format: formatOf(row.fileName),
    asked: row.asked as Record<string, string>,
    isFinished: row.status !== "running",
    uploadId: row.uploadId,
    parts: UploadedParts.parse(row.parts),
    cursor: row.cursor,
    rowCount: row.rowCount,
    sizeBytes: Number(row.sizeBytes),
  };
}

/**
 * A job that is run again goes on where the failed one stopped, and takes the file over.
 * @throws exports.begin_anew when there is nothing to go on with.
 */
export async function adoptExport({ db, actor }: TenantScope, id: string, jobId: string): Promise<void> {
  const row = await db.export.findFirst({
    where: { orgId: actor.orgId, id },
    select: { jobId: true, status: true },
  });
  if (!row) throw notFound("export");
  if (row.jobId === jobId) return;
  if (row.status !== "running") throw beginAnew();
  await db.export.updateMany({ where: { orgId: actor.orgId, id, status: "running" }, data: { jobId } });
}

/** Keeps the first upload that was begun; a second one, after a kill, is not used. */
export async function noteUpload({ db, actor }: TenantScope, id: string, uploadId: string): Promise<void> {
  await db.export.updateMany({ where: { orgId: actor.orgId, id, uploadId: null }, data: { uploadId } });
}

/** Moves parts, place and counts together, when the file still ends where this part begins. */
export async function notePart(
  { db, actor }: TenantScope,
  id: string,
  part: { before: ExportPlan; etag: string; cursor: string | null; rows: number; bytes: number },
): Promise<void> {
  const { before } = part;
  await db.export.updateMany({
    where: { orgId: actor.orgId, id, status: "running", sizeBytes: before.sizeBytes },
    data: {
      parts: [...before.parts, { number: before.parts.length + 1, etag: part.etag }],
      cursor: part.cursor,
      rowCount: before.rowCount + part.rows,
      sizeBytes: before.sizeBytes + part.bytes,
    },
  });
}

/** The file stands in the object store. */
export async function finishExport(
  scope: TenantScope,
  id: string,
): Promise<{ rows: number; sizeBytes: number }> {
  const { rowCount: rows, sizeBytes } = await openExport(scope, id);
  const { count } = await scope.db.export.updateMany({
    where: { orgId: scope.actor.orgId, id, status: "running" },
    data: { status: "finished", cursor: null, expiresAt: expiryOf(clock.now()) },
  });
  if (count > 0) {
    await record(scope, {
      action: "export.finished",
      target: { type: "export", id },
      after: { rows, sizeBytes },
    });
  }
  return { rows, sizeBytes };
}

/** One's own, or with the right to all jobs anybody's; else not found. */
async function requireExport({ db, actor }: TenantReadScope, where: { id: string } | { jobId: string }) {
  const row = await db.export.findFirst({ where: { orgId: actor.orgId, ...where } });
  if (!row || !maySee(actor, row)) throw notFound("export");
  return row;
}
const maySee = (actor: OrgActor, row: { createdById: string }): boolean =>
  row.createdById === actor.userId || (actor.role !== "job" && may(actor, "job.readAll"));

/** @throws kernel.not_found, also for a job that is no export, and for a colleague's. */
export const exportOfJob = async (
  scope: TenantReadScope,
  { jobId }: { jobId: string },
): Promise<ExportView> => viewOf(await requireExport(scope, { jobId }));

/** @throws kernel.not_found, also for a colleague's. */
export const getExport = async (scope: TenantReadScope, { id }: { id: string }): Promise<ExportView> =>
  viewOf(await requireExport(scope, { id }));

function viewOf(row: Awaited<ReturnType<typeof requireExport>>): ExportView {
  return {
    id: row.id,
    jobId: row.jobId,
    list: row.list,
    status: ExportStatus.parse(row.status),
    fileName: row.fileName,
    rowCount: row.rowCount,
    sizeBytes: Number(row.sizeBytes),
    expiresAt: row.expiresAt,
  };
}

/**
 * That somebody takes the file out is written down. What stands in it must be theirs to see today: roles change, and a
 * key has fewer scopes than the one that asked for it.
 * @throws kernel.not_found, what `requireMay` throws, exports.not_finished, exports.expired.
 */
export async function takeFile(
  scope: TenantScope,
  { id }: { id: string },
  lists: readonly ListExport[],
): Promise<{ fileName: string }> {
  const row = await requireExport(scope, { id });
  const list = lists.find((one) => one.list === row.list);
  if (!list) throw notFound("list");
  requireMay(scope.actor, list.permission);
  if (row.status === "running") throw notFinished();
  if (row.status === "expired" || row.expiresAt! <= clock.now()) throw expired();
  await record(scope, { action: "export.downloaded", target: { type: "export", id } });
  return { fileName: row.fileName };
}

/** The file is gone, or will never be. */
export async function expireExport({ db, actor }: TenantScope, id: string): Promise<void> {
  await db.export.updateMany({
    where: { orgId: actor.orgId, id },
    data: { status: "expired", cursor: null, asked: {} },
  });
}
