/**
 * The import job. The file is read in blocks from the place the last batch ended at; each batch is one transaction that
 * moves rows, refusals, counts and that place together, so that a run killed anywhere goes on where the last commit was.
 */
import type { JobRun, JobStep } from "~/modules/jobs";
import { isBlank } from "~/server/csv/inspection";
import { CsvReader, type CsvRecord } from "~/server/csv/reader";
import { deleteObject } from "~/server/outbound/object-store";
import { storedSource } from "../adapters/object-store";
import { fileChanged } from "../errors";
import { keptCells, readRow, RECORD_PROBLEM_WORDS } from "../rules";
import type { ImportJobInput } from "../schema";
import { finishImport, openImport, sourcePath, writeBatch, type ImportPlan, type RowBatch } from "../service";
import type { ImportSource } from "./import-source";

const SIZES = {
  /** A batch ends with whichever comes first. */
  batchRows: 1_000,
  batchBytes: 1_000_000,
  /** Bytes asked of the object store at once. */
  blockBytes: 256 * 1024,
};
type Sizes = typeof SIZES;
/** A step hands over when less than this is left of its time: enough for one more batch on a slow day. */
const MARGIN_MS = 3_000;

/** The file of an import, and how it is removed. Tests hand in their own. */
type Store = { source: ImportSource; remove: () => Promise<void> };

const liveStore = (orgId: string, importId: string): Store => {
  const object = { orgId, path: sourcePath(importId) };
  return { source: storedSource(object), remove: () => deleteObject(object) };
};

/** Takes the rows of an import in. The answer counts rows of the file. */
export async function runImport(
  job: JobRun<ImportJobInput>,
  { source, remove }: Store = liveStore(job.actor.orgId, job.input.importId),
  sizes: Sizes = SIZES,
) {
  const { importId } = job.input;
  for (let isDone = false; !isDone;) {
    ({ isDone } = await job.step("read-rows", (step) =>
      readRows(step, { importId, jobId: job.jobId, source, sizes }),
    ));
  }
  const counts = await job.step("finish", (step) =>
    step.transaction((scope) => finishImport(scope, importId)),
  );
  await job.step("remove-file", async () => {
    await remove();
    return { removed: true };
  });
  return counts;
}

type Place = { importId: string; jobId: string; source: ImportSource; sizes: Sizes };

/** Reads until the file or the step's time ends. */
async function readRows(
  step: JobStep,
  { importId, jobId, source, sizes }: Place,
): Promise<{ isDone: boolean }> {
  const plan = await step.transaction((scope) => openImport(scope, { importId, jobId }));
  if (plan.isFinished || plan.byteOffset >= plan.sizeBytes) return { isDone: true };
  const head = await source.head();
  const isSame = head?.etag === plan.inspection.etag && head.sizeBytes === plan.sizeBytes;
  if (!isSame) throw fileChanged();

  const { dataOffset, dataLine } = plan.inspection;
  const isAtStart = plan.byteOffset === 0;
  let at = isAtStart ? dataOffset : plan.byteOffset;
  const reader = new CsvReader(plan.inspection, {
    offset: at,
    line: isAtStart ? dataLine : plan.lineNumber + 1,
  });
  const batches = new Batches(importId, plan, sizes);
  while (at < plan.sizeBytes) {
    const block = await source.read(at, Math.min(at + sizes.blockBytes, plan.sizeBytes));
    if (block.length === 0) throw fileChanged();
    at += block.length;
    for (const record of reader.take(block, at === plan.sizeBytes)) {
      const batch = batches.add(record);
      if (!batch) continue;
      await commit(step, batch, plan);
      if (step.timeLeftMs() < MARGIN_MS) return { isDone: batch.until >= plan.sizeBytes };
    }
  }
  await commit(step, batches.rest(), plan);
  return { isDone: true };
}

async function commit(step: JobStep, batch: RowBatch, plan: ImportPlan): Promise<void> {
  step.signal.throwIfAborted();
  plan.rowCount += batch.rows.length + batch.refusals.length;
  await step.transaction(async (scope) => {
    await writeBatch(scope, batch);
    const note = `${plan.rowCount.toLocaleString("en")} rows read`;
    await step.progress(scope, { done: batch.until, total: plan.sizeBytes, note });
  });
}

/** Gathers records into batches of rows that can be taken and rows that cannot. */
class Batches {
  #batch: RowBatch;
  #isHeaderDue: boolean;

  constructor(
    importId: string,
    private readonly plan: ImportPlan,
    private readonly sizes: Sizes,
  ) {
    const { byteOffset, lineNumber } = plan;
    this.#isHeaderDue = byteOffset === 0 && plan.hasHeader;
    this.#batch = emptyBatch(importId, byteOffset, lineNumber);
  }

  /** The batch that this record completes. */
  add(record: CsvRecord): RowBatch | null {
    const batch = this.#batch;
    batch.until = record.until;
    batch.lastLine = record.lastLine;
    if (isBlank(record)) return this.#completed();
    if (this.#isHeaderDue) {
      this.#isHeaderDue = false;
      return null;
    }
    const refused = this.#take(record);
    if (refused) batch.refusals.push({ line: record.line, reason: refused, cells: keptCells(record.cells) });
    return this.#completed();
  }

  #take(record: CsvRecord): string | null {
    if (record.problem) return RECORD_PROBLEM_WORDS[record.problem]!;
    const { entity, mapping, inspection } = this.plan;
    const read = readRow({ entity, mapping, columnCount: inspection.columnCount }, record.cells);
    if (!read.ok) return read.reason;
    this.#batch.rows.push(read.row);
    return null;
  }

  #completed(): RowBatch | null {
    const { from, until, rows, refusals } = this.#batch;
    const { batchRows, batchBytes } = this.sizes;
    const isFull = rows.length + refusals.length >= batchRows || until - from >= batchBytes;
    return isFull && !this.#isHeaderDue ? this.#next() : null;
  }

  #next(): RowBatch {
    const batch = this.#batch;
    this.#batch = emptyBatch(batch.importId, batch.until, batch.lastLine);
    return batch;
  }

  /** What is left when the file has ended: it is all done, whatever little stood at its end. */
  rest(): RowBatch {
    return { ...this.#next(), until: this.plan.sizeBytes };
  }
}

const emptyBatch = (importId: string, from: number, lastLine: number): RowBatch => ({
  importId,
  from,
  until: from,
  lastLine,
  rows: [],
  refusals: [],
});
