/** From "I have a file" to "this is what stands in it": upload ticket, look at its first part, giving it up. */
import type { OrgActor } from "~/kernel/actor";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { inspectCsv, isBlank, LONG_SAMPLE_BYTES, SAMPLE_BYTES, type NotCsv } from "~/server/csv/inspection";
import type { CsvRecord } from "~/server/csv/reader";
import { deleteObject, presignUpload } from "~/server/outbound/object-store";
import { storedSource } from "../adapters/object-store";
import { fileMissing, fileRefused } from "../errors";
import { keptCells, looksLikeHeader, RECORD_PROBLEM_WORDS, type ImportEntity } from "../rules";
import {
  MAX_COLUMNS,
  UPLOAD_TYPE,
  type CreateImportInput,
  type Import,
  type InspectImportInput,
  type Inspection,
} from "../schema";
import {
  createImport,
  discardImport as discard,
  importDetail,
  importToInspect,
  saveInspection,
  sourcePath,
} from "../service";
import type { ImportSource } from "./import-source";

/** Notes the import and says where the browser puts its file: straight into the object store, within 15 minutes. */
export async function createUpload(actor: OrgActor, input: CreateImportInput) {
  const { id } = await withTenant(actor, (scope) => createImport(scope, input));
  const object = { orgId: actor.orgId, path: sourcePath(id) };
  const ticket = await presignUpload(object, { contentType: UPLOAD_TYPE, sizeBytes: input.sizeBytes });
  return { id, ...ticket };
}

/**
 * Looks at the uploaded file; may be asked again with another encoding or delimiter.
 * @throws kernel.not_found, crm.import_not_ready, crm.file_refused (nothing was changed), files.unavailable.
 */
export async function inspectImport(
  actor: OrgActor,
  input: InspectImportInput,
  sourceOf: (id: string) => ImportSource = (id) => storedSource({ orgId: actor.orgId, path: sourcePath(id) }),
): Promise<Import> {
  const { entity, sizeBytes } = await readTenant(actor, (scope) => importToInspect(scope, input.id));
  const inspection = await lookAtFile(sourceOf(input.id), { ...input, entity, sizeBytes });
  return withTenant(actor, async (scope) => {
    await saveInspection(scope, { id: input.id, inspection });
    return importDetail(scope, { id: input.id });
  });
}

type Look = Omit<InspectImportInput, "id"> & { entity: ImportEntity; /** As announced. */ sizeBytes: number };

async function lookAtFile(source: ImportSource, look: Look): Promise<Inspection> {
  const head = await source.head();
  if (!head) throw fileMissing();
  if (head.sizeBytes !== look.sizeBytes) {
    throw fileRefused("The uploaded file is not as long as it was when you chose it. Upload it again.");
  }
  let found: ReturnType<typeof inspectCsv> | undefined;
  for (const bytes of [SAMPLE_BYTES, LONG_SAMPLE_BYTES]) {
    const isWhole = head.sizeBytes <= bytes;
    const sample = await source.read(0, Math.min(bytes, head.sizeBytes));
    found = inspectCsv(sample, isWhole, look);
    // A longer look only helps when no two rows were seen yet.
    if (isWhole || ("refused" in found ? found.refused.kind !== "endless_line" : found.records.length > 1))
      break;
  }
  if (!found || "refused" in found) throw fileRefused(refusalWords(found?.refused ?? { kind: "empty" }));
  const { records } = found;
  const columnCount = records[0]!.cells.length;
  if (columnCount > MAX_COLUMNS) {
    throw fileRefused(
      `The file has ${columnCount} columns; at most ${MAX_COLUMNS} can be read. Remove the ones you do not need.`,
    );
  }
  const hasHeader = looksLikeHeader(
    look.entity,
    records.slice(0, 20).map((record) => record.cells),
  );
  if (hasHeader && records.length === 1) {
    throw fileRefused("The file has column names, but no rows below them. Choose a file with rows.");
  }
  const rows = sampleRows(records);
  return {
    encoding: found.encoding,
    delimiter: found.delimiter,
    dataOffset: found.dataOffset,
    dataLine: found.dataLine,
    hasHeader,
    columnCount,
    firstRow: rows[0]!.cells,
    rows,
    etag: head.etag,
  };
}

/** Rows for the preview (20 and the header) and how many characters of them are kept at most. */
const SAMPLE_ROWS = 21;
const SAMPLE_CHARACTERS = 200_000;

function sampleRows(records: CsvRecord[]): Inspection["rows"] {
  let characters = 0;
  return records
    .filter((record) => !isBlank(record))
    .slice(0, SAMPLE_ROWS)
    .map(({ line, cells, problem }) => ({
      line,
      cells: keptCells(cells),
      problem: problem ? RECORD_PROBLEM_WORDS[problem]! : null,
    }))
    .filter((row, i) => {
      characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
      return i < 2 || characters <= SAMPLE_CHARACTERS;
    });
}

function refusalWords(refused: NotCsv): string {
  switch (refused.kind) {
    case "empty":
      return "The file is empty. Choose one with rows in it.";
    case "zero_bytes":
      return "The file holds zero bytes, so it is not a text file. Save your list as CSV and import that file.";
    case "endless_line":
      return "The first line of the file is longer than 1 MB, so it cannot be read as rows. Save your list as CSV and import that file.";
    case "format":
      if (refused.isSpreadsheet) {
        return `This is ${refused.format}. Open it, save the sheet as CSV, and import that file.`;
      }
      return `This is ${refused.format}, not a table. Save your list as CSV and import that file.`;
  }
}

/** Gives up an import that was not started, and removes its file. @throws kernel.not_found, crm.import_not_ready. */
export async function discardImport(actor: OrgActor, { id }: { id: string }): Promise<void> {
  await withTenant(actor, (scope) => discard(scope, { id }));
  await deleteObject({ orgId: actor.orgId, path: sourcePath(id) });
}
