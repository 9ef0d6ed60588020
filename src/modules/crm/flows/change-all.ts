/** Jobs that change many records, a thousand in a transaction. The job's id is the id of the batch. */
import type { JobRun } from "~/modules/jobs";
import type { TenantScope } from "~/server/db/with-tenant";
import type { ChangeJobInput, UndoJobInput } from "../schema";
import { changePart, countChanged, countMatching, undoNextPart } from "../service";

/** A step hands over when less than this is left of its time. */
const MARGIN_MS = 5_000;

type Part = (scope: TenantScope, after: string | null) => Promise<{ after: string | null; rows: number }>;

/** Walks to the end, part by part. A part's records are named by the last one of the part before. */
async function walk(job: JobRun<unknown>, total: number | null, part: Part): Promise<void> {
  let place: { after: string | null; rows: number } = { after: null, rows: 0 };
  for (let isDone = false; !isDone;) {
    const from = place;
    ({ place, isDone } = await job.step("change", async (step) => {
      let at = from;
      do {
        const done = await step.transaction(async (scope) => {
          const next = await part(scope, at.after);
          await step.progress(scope, {
            done: at.rows + next.rows,
            total,
            note: `${(at.rows + next.rows).toLocaleString("en")} records`,
          });
          return next;
        });
        if (done.after === null) return { place: at, isDone: true };
        at = { after: done.after, rows: at.rows + done.rows };
      } while (step.timeLeftMs() > MARGIN_MS);
      return { place: at, isDone: false };
    }));
  }
}

/** Does one act to all that match. */
export async function changeAll(job: JobRun<ChangeJobInput>) {
  const { input, jobId } = job;
  const { total } = await job.step("count", (step) =>
    step.transaction(async (scope) => ({ total: await countMatching(scope, input) })),
  );
  await walk(job, total, (scope, after) => changePart(scope, input, { batchId: jobId, after }));
  return result(job, input.kind);
}

/** Takes back what one act did. */
export async function undoAll(job: JobRun<UndoJobInput>) {
  const { kind, batchId: undone } = job.input;
  const { total } = await job.step("count", (step) =>
    step.transaction(async (scope) => ({ total: await countChanged(scope, kind, undone) })),
  );
  await walk(job, total, (scope, after) => undoNextPart(scope, kind, { undone, batchId: job.jobId, after }));
  return result(job, kind);
}

const result = async (job: JobRun<unknown>, kind: "company" | "contact") =>
  job.step("result", (step) =>
    step.transaction(async (scope) => ({
      records: kind === "company" ? "companies" : "contacts",
      changed: await countChanged(scope, kind, job.jobId),
    })),
  );
