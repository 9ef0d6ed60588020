/** Exports contracts: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { FORMATS } from "./rules";

/** What the address of a list says: search, filters, order. */
const Asked = z.record(z.string().max(40), z.string().max(500));

export const StartExportInput = z.object({
  /** Name of the list: "companies". */
  list: z.string().max(40),
  asked: Asked.default({}),
  format: z.enum(FORMATS).default("csv"),
});
export const ExportStarted = z.object({ id: z.uuid(), jobId: z.uuid() });

export const ExportStatus = z.enum(["running", "finished", "expired"]);
export const ExportOfJobInput = z.object({ jobId: z.uuid() });
export const ExportView = z.object({
  id: z.uuid(),
  jobId: z.uuid(),
  list: z.string(),
  status: ExportStatus,
  fileName: z.string(),
  rowCount: z.int(),
  sizeBytes: z.number(),
  /** The file can be fetched until then; null while it is written. */
  expiresAt: z.date().nullable(),
});
export const ExportIdInput = z.object({ id: z.uuid() });
/** Good for 5 minutes; downloads, never shown in the browser. */
export const Download = z.object({ url: z.string() });

/** What the job is given: everything else stands in the export's row. */
export const ExportJobInput = z.object({ exportId: z.uuid() });

export const UploadedParts = z.array(z.object({ number: z.int().positive(), etag: z.string() }));

export type StartExportInput = z.infer<typeof StartExportInput>;
export type ExportView = z.infer<typeof ExportView>;
export type ExportJobInput = z.infer<typeof ExportJobInput>;
export type UploadedParts = z.infer<typeof UploadedParts>;
