/** What the import job does inside its transactions: each batch moves rows, counts and the place in the file together. */
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import type { TenantScope } from "~/server/db/with-tenant";
import { importNotReady } from "../errors";
import {
  companiesFor,
  knownEmails,
  lockImport,
  writeCompanies,
  writeContacts,
  writeRefusals,
  type LinkedContact,
  type RefusalRow,
} from "../queries";
import { foldRepeated, type CompanyRow, type ContactRow, type ImportEntity } from "../rules";
import { Inspection, Mapping } from "../schema";

/** Where an import stands and how its file is read. */
export type ImportPlan = {
  entity: ImportEntity;
  sizeBytes: number;
  inspection: Inspection;
  mapping: Mapping;
  hasHeader: boolean;
  /** Bytes of the file that are done, and the last line of them (1-based, 0 before the first). */
  byteOffset: number;
  lineNumber: number;
  rowCount: number;
  isFinished: boolean;
};

/** Reads the place to go on from, and notes which job is at it. @throws kernel.not_found, crm.import_not_ready. */
export async function openImport(
  scope: TenantScope,
  p: { importId: string; jobId: string },
): Promise<ImportPlan> {
  const { db } = scope;
  if (!(await lockImport(scope, p.importId))) throw notFound("import");
  const row = await db.import.findFirstOrThrow({ where: { id: p.importId } });
  if (row.status !== "started" && row.status !== "finished") throw importNotReady();
  // A job that was run again takes over from the one before.
  if (row.jobId !== p.jobId)
    await db.import.updateMany({ where: { id: p.importId }, data: { jobId: p.jobId } });
  return {
    entity: row.entity as ImportEntity,
    sizeBytes: Number(row.sizeBytes),
    inspection: Inspection.parse(row.inspection),
    mapping: Mapping.parse(row.mapping),
    hasHeader: row.hasHeader,
    byteOffset: Number(row.byteOffset),
    lineNumber: Number(row.lineNumber),
    rowCount: Number(row.rowCount),
    isFinished: row.status === "finished",
  };
}

export type RowBatch = {
  importId: string;
  /** The place in the file that the batch begins at; another one means that somebody else has written it. */
  from: number;
  until: number;
  lastLine: number;
  rows: (CompanyRow | ContactRow)[];
  refusals: RefusalRow[];
};

/**
 * Writes one batch, its refusals, the counts and the place in the file. Called again for the same place it refuses:
 * a batch is written once.
 * @throws Error when the import is at another place by now; the caller starts over from there.
 */
export async function writeBatch(scope: TenantScope, batch: RowBatch): Promise<void> {
  const { db } = scope;
  if (!(await lockImport(scope, batch.importId))) throw notFound("import");
  const row = await db.import.findFirstOrThrow({
    where: { id: batch.importId },
    select: { entity: true, createdById: true, onDuplicate: true, byteOffset: true },
  });
  if (Number(row.byteOffset) !== batch.from) {
    throw new Error(`import ${batch.importId} is at byte ${row.byteOffset}, not at ${batch.from}`);
  }
  const how = {
    importId: batch.importId,
    ownerId: row.createdById,
    onDuplicate: row.onDuplicate as "update" | "skip",
  };
  const { created, updated } =
    row.entity === "company"
      ? await takeCompanies(scope, batch.rows as CompanyRow[], how)
      : await takeContacts(scope, batch.rows as ContactRow[], how);
  await writeRefusals(scope, batch.importId, batch.refusals);
  await db.import.updateMany({
    where: { id: batch.importId },
    data: {
      byteOffset: BigInt(batch.until),
      lineNumber: BigInt(batch.lastLine),
      rowCount: { increment: batch.rows.length + batch.refusals.length },
      createdCount: { increment: created },
      updatedCount: { increment: updated },
      skippedCount: { increment: batch.rows.length - created - updated },
      refusedCount: { increment: batch.refusals.length },
    },
  });
}

type How = { importId: string; ownerId: string; onDuplicate: "update" | "skip" };
/** Rows of the file, not records: one that repeats an earlier row of the batch counts as updated. */
type Taken = { created: number; updated: number };

async function takeCompanies(scope: TenantScope, rows: CompanyRow[], how: How): Promise<Taken> {
  const folded = foldRepeated(rows, (row) => row.domain, how.onDuplicate);
  const { created, updated } = await writeCompanies(scope, folded, how);
  const repeated = how.onDuplicate === "update" ? rows.length - folded.length : 0;
  return { created, updated: updated + repeated };
}

async function takeContacts(scope: TenantScope, rows: ContactRow[], how: How): Promise<Taken> {
  if (how.onDuplicate === "update") {
    // Linked before folding: a company that only an overruled row names is there as if the rows had come one by one.
    const folded = foldRepeated(await linked(scope, rows, how), (row) => row.email, "update");
    const { created, updated } = await writeContacts(scope, folded, how);
    return { created, updated: updated + rows.length - folded.length };
  }
  const first = foldRepeated(rows, (row) => row.email, "skip");
  const known = await knownEmails(
    scope,
    first.flatMap((row) => row.email ?? []),
  );
  const fresh = first.filter((row) => row.email === null || !known.has(row.email));
  return writeContacts(scope, await linked(scope, fresh, how), how);
}

async function linked(scope: TenantScope, rows: ContactRow[], how: How): Promise<LinkedContact[]> {
  const refs = rows.flatMap((row) => row.company ?? []);
  const ids = (await companiesFor(scope, refs, how)).values();
  return rows.map(({ company, ...row }) => ({ ...row, companyId: company && (ids.next().value ?? null) }));
}

/** Marks an import as read to its end. Again it only answers the counts. */
export async function finishImport(scope: TenantScope, importId: string) {
  const { db } = scope;
  const { count } = await db.import.updateMany({
    where: { id: importId, status: "started" },
    data: { status: "finished" },
  });
  const row = await db.import.findFirst({ where: { id: importId } });
  if (!row) throw notFound("import");
  const counts = {
    rows: Number(row.rowCount),
    created: Number(row.createdCount),
    updated: Number(row.updatedCount),
    skipped: Number(row.skippedCount),
    refused: Number(row.refusedCount),
  };
  if (count > 0) {
    await record(scope, {
      action: "import.finished",
      target: { type: "import", id: importId },
      after: counts,
    });
  }
  return counts;
}
