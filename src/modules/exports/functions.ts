/** Exports' door for jobs. */
import { defineJob } from "~/modules/jobs";
import type { ListExport } from "~/server/csv/list-export";
import { runExport } from "./flows";
import { ExportJobInput } from "./schema";

/** A part of 5 MiB may be 100,000 short rows: a step's work is not cut to 20 s, since a smaller part is not taken. */
const PART_TIMEOUT_MS = 120_000;

/** Writes lists into files; `lists` are those that there are. */
export const exportJob = (lists: readonly ListExport[]) =>
  defineJob({
    namespace: "default",
    taskType: "export",
    input: ExportJobInput,
    stepTimeoutMs: PART_TIMEOUT_MS,
    run: (job) => runExport(job, lists),
  });
