/** GDPR's Inngest door: erasures whose time has come, and exports to be written. */
import type { InngestFunction } from "inngest";
import { z } from "zod";
import type { Privacy } from "~/kernel/privacy";
import { defineJob } from "~/modules/jobs";
import { onEvent } from "~/server/events/on-event";
import { ERASURE_DUE, ErasureDue, EXPORT_DUE, ExportDue } from "./events";
import { runErasure, runOrganizationExport, runPersonExport } from "./flows";

/** An archive is written in one go: it cannot be gone on with, only begun anew. */
const ARCHIVE_TIMEOUT_MS = 2 * 60 * 60_000;

/** `privacy` is every slice's word on its tables. */
export const dataExportJob = (privacy: readonly Privacy[]) =>
  defineJob({
    namespace: "default",
    taskType: "data-export",
    input: z.object({ exportId: z.uuid() }),
    stepTimeoutMs: ARCHIVE_TIMEOUT_MS,
    run: (job) => runOrganizationExport(job, { privacy }),
  });

export const gdprFunctions = (privacy: readonly Privacy[]): InngestFunction.Any[] => [
  onEvent({
    id: "erase",
    event: ERASURE_DUE,
    data: ErasureDue,
    atOnce: { key: "event.data.erasureId", limit: 1 },
    run: async (due, trace) => (await runErasure(due, trace, { privacy })) === "completed",
  }),
  onEvent({
    id: "write-data-export",
    event: EXPORT_DUE,
    data: ExportDue,
    atOnce: { key: "event.data.exportId", limit: 1 },
    run: async (due, trace) => (await runPersonExport(due, trace, { privacy })) === "written",
  }),
];
