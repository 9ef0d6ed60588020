import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import { record } from "~/modules/audit";
import { startJob } from "~/modules/jobs";
import { reserveUsage } from "~/modules/metering";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { cursorInvalid, importNotReady, mappingRefused } from "../errors";
import { discardFrom, lockImport } from "../queries";
import { mappingProblem, suggestMapping } from "../rules";
import { Inspection, Mapping } from "../schema";
import type {
  CreateImportInput,
  Import,
  ImportItem,
  ImportListInput,
  ImportStatus,
  Owner,
  Refusal,
  StartImportInput,
} from "../schema";
import { ownersOf } from "./read-lists";

/** Below the organization's folder of the object store. */
export const sourcePath = (importId: string) => `imports/${importId}/source.csv`;

/** Until then the upload is done, or will not be; the next daily measure of storage knows. */
const STORAGE_HELD_MS = 48 * 3_600_000;

/** Notes that a file is about to be uploaded. @throws quota_exceeded when the plan's storage has no room for it. */
export async function createImport(scope: TenantScope, input: CreateImportInput): Promise<{ id: string }> {
  const { db, actor } = scope;
  if (!actor.userId) throw notFound("member");
  const id = newId();
  await reserveUsage(scope, {
    meter: "storage_bytes",
    key: `import:${id}`,
    quantity: input.sizeBytes,
    expiresAt: new Date(clock.now().getTime() + STORAGE_HELD_MS),
  });
  await db.import.createMany({
    data: {
      id,
      orgId: actor.orgId,
      createdById: actor.userId,
      entity: input.entity,
      fileName: input.fileName,
      sizeBytes: BigInt(input.sizeBytes),
      objectKey: sourcePath(id),
    },
  });
  await record(scope, {
    action: "import.created",
    target: { type: "import", id },
    after: { entity: input.entity, fileName: input.fileName, sizeBytes: input.sizeBytes },
  });
  return { id };
}

/** An import whose file may be looked at. @throws kernel.not_found, crm.import_not_ready once it is started. */
export async function importToInspect({ db }: TenantReadScope, id: string) {
  const row = await db.import.findFirst({
    where: { id },
    select: { entity: true, status: true, sizeBytes: true },
  });
  if (!row) throw notFound("import");
  if (!isWaiting(row.status)) throw importNotReady();
  return { entity: row.entity as ImportItem["entity"], sizeBytes: Number(row.sizeBytes) };
}

const isWaiting = (status: string) => status === "awaiting_upload" || status === "ready";

/** Keeps what was found in the file; the import can be started from then on. @throws crm.import_not_ready. */
export async function saveInspection(
  scope: TenantScope,
  p: { id: string; inspection: Inspection },
): Promise<void> {
  const { count } = await scope.db.import.updateMany({
    where: { id: p.id, status: { in: ["awaiting_upload", "ready"] } },
    data: { inspection: p.inspection, hasHeader: p.inspection.hasHeader, status: "ready" },
  });
  if (count === 0) throw importNotReady();
  const { encoding, delimiter, columnCount } = p.inspection;
  await record(scope, {
    action: "import.inspected",
    target: { type: "import", id: p.id },
    after: { encoding, delimiter, columnCount },
  });
}

/**
 * Starts the job that takes the rows in. The sample rows go from the import's own row: from here on the file is enough.
 * @throws kernel.not_found, crm.import_not_ready, crm.mapping_refused.
 */
export async function startImport(scope: TenantScope, input: StartImportInput): Promise<{ jobId: string }> {
  const { db } = scope;
  if (!(await lockImport(scope, input.id))) throw notFound("import");
  const row = await db.import.findFirstOrThrow({ where: { id: input.id } });
  if (row.status !== "ready") throw importNotReady();
  const inspection = Inspection.parse(row.inspection);
  if (input.mapping.length !== inspection.columnCount) {
    throw mappingRefused("Say for each column of the file what it holds, or that it is left out.");
  }
  const problem = mappingProblem(row.entity as ImportItem["entity"], input.mapping);
  if (problem) throw mappingRefused(problem);
  const { jobId } = await startJob(scope, { taskType: "import", input: { importId: input.id } });
  await db.import.updateMany({
    where: { id: input.id },
    data: {
      status: "started",
      jobId,
      mapping: input.mapping,
      hasHeader: input.hasHeader,
      onDuplicate: input.onDuplicate,
      inspection: { ...inspection, rows: [], firstRow: input.hasHeader ? inspection.firstRow : [] },
    },
  });
  const { mapping, hasHeader, onDuplicate } = input;
  await record(scope, {
    action: "import.started",
    target: { type: "import", id: input.id },
    after: { jobId, mapping, hasHeader, onDuplicate },
  });
  return { jobId };
}

/** Gives up an import that is not running; what it has taken in stays. @throws kernel.not_found, crm.import_not_ready. */
export async function discardImport(
  scope: TenantScope,
  { id }: { id: string },
  from: ImportStatus[] = ["awaiting_upload", "ready"],
): Promise<void> {
  if (!(await lockImport(scope, id))) throw notFound("import");
  if (!(await discardFrom(scope, id, from))) throw importNotReady();
  await record(scope, { action: "import.discarded", target: { type: "import", id } });
}

type ImportRow = NonNullable<Awaited<ReturnType<TenantReadScope["db"]["import"]["findFirst"]>>>;

const itemOf = (row: ImportRow, by: Owner): ImportItem => ({
  id: row.id,
  entity: row.entity as ImportItem["entity"],
  status: row.status as ImportStatus,
  fileName: row.fileName,
  sizeBytes: Number(row.sizeBytes),
  jobId: row.jobId,
  counts: {
    rows: Number(row.rowCount),
    created: Number(row.createdCount),
    updated: Number(row.updatedCount),
    skipped: Number(row.skippedCount),
    refused: Number(row.refusedCount),
  },
  by,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

/** Imports, newest first. Discarded ones are left out unless they are asked for. */
export async function importPage(
  scope: TenantReadScope,
  input: ImportListInput,
): Promise<{ items: ImportItem[]; nextCursor: string | null }> {
  // Ids are uuid v7: they sort by creation.
  const rows = await scope.db.import.findMany({
    where: {
      orgId: scope.actor.orgId,
      status: input.status ?? { not: "discarded" },
      ...(input.entity && { entity: input.entity }),
      ...(input.cursor && { id: { lt: idOf(input.cursor) } }),
    },
    orderBy: { id: "desc" },
    take: input.limit + 1,
  });
  const { items, nextCursor } = cutPage(rows, input.limit, (row) => row.id);
  const ownerOf = await ownersOf(
    scope,
    items.map((row) => row.createdById),
  );
  return { items: items.map((row) => itemOf(row, ownerOf(row.createdById)!)), nextCursor };
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
function idOf(cursor: string): string {
  if (!UUID.test(cursor)) throw cursorInvalid();
  return cursor;
}

/** @throws kernel.not_found. */
export async function importDetail(scope: TenantReadScope, { id }: { id: string }): Promise<Import> {
  const row = await scope.db.import.findFirst({ where: { id } });
  if (!row) throw notFound("import");
  const ownerOf = await ownersOf(scope, [row.createdById]);
  const inspection = Inspection.nullable().parse(row.inspection);
  const item = itemOf(row, ownerOf(row.createdById)!);
  return {
    ...item,
    inspection,
    mapping: Mapping.nullable().parse(row.mapping),
    suggestedMapping: inspection && suggestMapping(item.entity, inspection.firstRow),
    hasHeader: row.hasHeader,
    onDuplicate: row.onDuplicate as Import["onDuplicate"],
  };
}

/** Rows that were not taken, in the order of the file. @throws kernel.not_found, crm.cursor_invalid. */
export async function refusalPage(
  scope: TenantReadScope,
  input: { id: string; cursor?: string | null; limit: number },
): Promise<{ items: Refusal[]; nextCursor: string | null }> {
  const { db, actor } = scope;
  if (input.cursor && !/^\d{1,15}$/.test(input.cursor)) throw cursorInvalid();
  if ((await db.import.count({ where: { id: input.id } })) === 0) throw notFound("import");
  const rows = await db.importRefusal.findMany({
    where: {
      orgId: actor.orgId,
      importId: input.id,
      ...(input.cursor && { line: { gt: BigInt(input.cursor) } }),
    },
    orderBy: { line: "asc" },
    take: input.limit + 1,
    select: { line: true, reason: true, cells: true },
  });
  const { items, nextCursor } = cutPage(rows, input.limit, (row) => String(row.line));
  return {
    items: items.map(({ line, reason, cells }) => ({ line: Number(line), reason, cells: cells as string[] })),
    nextCursor,
  };
}
